#include "card/virtual_card/state_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "trust/file.hpp"

namespace mado::card {

namespace {
constexpr std::size_t largest_file = 64 * 1024;

std::unexpected<Refusal> failed(const std::filesystem::path& file, std::string_view what) {
  return refuse(Reason::storage_failed, fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
}
}  // namespace

StateFile::StateFile(std::filesystem::path file, int lock) : file_(std::move(file)), lock_(lock) {}
StateFile::~StateFile() { ::close(lock_); }

Outcome<std::unique_ptr<StateFile>> StateFile::claim(const std::filesystem::path& file) {
  const auto lock_file = file.string() + ".lock";
  const int lock = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return failed(lock_file, "cannot be opened");
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return refuse(Reason::storage_failed, fmt::format("{}: another process has this card", file.string()));
  }
  return std::unique_ptr<StateFile>(new StateFile(file, lock));
}

bool StateFile::exists() const { return ::access(file_.c_str(), F_OK) == 0; }

Outcome<CardMemory> StateFile::read() const {
  if (!exists()) return refuse(Reason::storage_failed, fmt::format("{}: there is no card", file_.string()));
  auto bytes = trust::read_file(file_, largest_file);
  if (!bytes) return refuse(Reason::input_invalid, bytes.error().cause);
  const Sensitive<Bytes> held{std::move(*bytes)};
  auto memory = memory_from(Sensitive<std::string>{string_of(held.reveal())});
  if (!memory) return refuse(memory.error().reason, fmt::format("{}: {}", file_.string(), memory.error().cause));
  return memory;
}

Outcome<void> StateFile::write(CrashPoint point, const CardMemory& memory) {
  const auto text = text_of(memory);
  return trust::replace_file(point, file_, view_of(text.reveal()), trust::Secrecy::secret);
}

}  // namespace mado::card
