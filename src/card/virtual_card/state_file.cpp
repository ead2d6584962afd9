#include "card/virtual_card/state_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace mado::card {

namespace {
constexpr std::size_t largest_file = 64 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

std::unexpected<Refusal> failed(const std::filesystem::path& file, std::string_view what) {
  return refuse(Reason::storage_failed, fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::filesystem::path directory_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
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
  const Descriptor source{::open(file_.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!source.open()) return failed(file_, "cannot be opened");
  Sensitive<std::string> text{std::string(largest_file + 1, '\0')};
  std::size_t size = 0;
  while (size < text.reveal().size()) {
    const auto got = ::read(source.number(), text.reveal().data() + size, text.reveal().size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(file_, "cannot be read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > largest_file) return refuse(Reason::input_invalid, fmt::format("{}: larger than 64 KiB", file_.string()));
  text.reveal().resize(size);
  auto memory = memory_from(text);
  if (!memory) return refuse(memory.error().reason, fmt::format("{}: {}", file_.string(), memory.error().cause));
  return memory;
}

Outcome<void> StateFile::write(const CardMemory& memory) {
  const auto text = text_of(memory);
  const auto draft = file_.string() + ".new";
  {
    const Descriptor target{::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!target.open()) return failed(draft, "cannot be written");
    const bool written = ::fchmod(target.number(), 0600) == 0 && write_all(target.number(), text.reveal()) &&
                         ::fsync(target.number()) == 0;
    if (!written) return failed(draft, "cannot be written");
  }
  if (::rename(draft.c_str(), file_.c_str()) != 0) return failed(file_, "cannot be replaced");
  // The new name is durable only once the directory is.
  const Descriptor directory{::open(directory_of(file_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!directory.open() || ::fsync(directory.number()) != 0) return failed(file_, "its directory cannot be synced");
  return {};
}

}  // namespace mado::card
