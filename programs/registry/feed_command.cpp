// A source's changes from a file: for a system without the line, and for what piled up while the line was down.
#include <fmt/format.h>

#include "commands.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "registry/edge/feed.hpp"
#include "registry/edge/mapped_file.hpp"
#include "wire/message.hpp"

namespace mado::registry {

namespace {
constexpr std::size_t size_bytes = 4;

// Takes the next message off the front: its size in four bytes, most significant first, then the message.
Outcome<ByteView> take_message(ByteView& rest) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < size_bytes && i < rest.size(); ++i) size = size << 8U | rest[i];
  if (rest.size() < size_bytes || rest.size() - size_bytes < size)
    return refuse(Reason::message_malformed, "the file ends within a message");
  const auto message = rest.subspan(size_bytes, size);
  rest = rest.subspan(size_bytes + size);
  return message;
}

Outcome<void> apply_file(const std::string& settings, const std::string& messages) {
  MADO_TRY(registers, open_for_command(settings));
  MADO_TRY(file, MappedFile::open(messages));
  Feed feed(*registers);
  auto rest = view_of(file.text());
  while (!rest.empty()) {
    MADO_TRY(bytes, take_message(rest));
    MADO_TRY(parsed, wire::parse<v1::FeedChange>(bytes, "FeedChange"));
    const wire::SensitiveMessage<v1::FeedChange> change(std::move(parsed));
    // Who may write the file and run the command speaks for the source.
    std::string peer;
    for (const auto& source : registers->sources()) {
      if (source.name == change.reveal().source()) peer = source.peer;
    }
    MADO_TRY(acknowledged, feed.apply(change.reveal(), peer, operation::now()));
    fmt::print("{} {}: acknowledged, position {}\n", change.reveal().source(), acknowledged.number(),
               acknowledged.position());
  }
  return {};
}
}  // namespace

int run_feed(const std::vector<std::string>& words) {
  operation::Arguments arguments(
      "madoguchi-registry feed",
      "Applies FeedChange messages of a file, each after its size in four bytes, until one is refused");
  std::string settings;
  std::string messages;
  arguments.required("--config", settings, "The register's settings file");
  arguments.required("--messages", messages, "The file");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-registry feed", apply_file(settings, messages));
}

}  // namespace mado::registry
