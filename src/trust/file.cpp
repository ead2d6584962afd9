#include "trust/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "trust/digest.hpp"

namespace mado::trust {

namespace {
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

std::string last_error() { return std::generic_category().message(errno); }

std::unexpected<Refusal> unreadable(const std::filesystem::path& file, std::string_view why) {
  return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file.string(), why));
}

std::unexpected<Refusal> unwritable(const std::filesystem::path& file, std::string_view why) {
  return refuse(Reason::storage_failed, fmt::format("{}: {}", file.string(), why));
}

bool write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

// Makes the new name in the directory durable.
bool sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return opened.open() && ::fsync(opened.number()) == 0;
}

// A file beside `file` that becomes it, new, whole and synced, or none.
std::filesystem::path draft_of(const std::filesystem::path& file) { return file.string() + ".new"; }

// The file, new, whole and synced, or none.
Outcome<void> create(const std::filesystem::path& file, ByteView bytes, Secrecy secrecy) {
  const mode_t mode = secrecy == Secrecy::secret ? 0600 : 0644;
  const Descriptor opened{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
  if (!opened.open()) return unwritable(file, last_error());
  // The mode is set outright: a program's umask would hide certificates from those who must read them.
  if (::fchmod(opened.number(), mode) == 0 && write_all(opened.number(), bytes)) return {};
  const auto why = last_error();
  ::unlink(file.c_str());
  return unwritable(file, why);
}
}  // namespace

Outcome<Bytes> read_file(const std::filesystem::path& file, std::size_t most) {
  const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!opened.open()) return unreadable(file, last_error());
  Bytes bytes(most + 1);
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto count = ::read(opened.number(), bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(file, last_error());
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > most) return unreadable(file, fmt::format("larger than {} bytes", most));
  bytes.resize(size);
  return bytes;
}

Outcome<void> make_directory(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return {};
  const auto above = std::filesystem::absolute(directory).parent_path();
  MADO_CHECK(make_directory(above));
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return unwritable(directory, last_error());
  if (!sync_directory(above)) return unwritable(above, last_error());
  return {};
}

Outcome<void> write_new_file(CrashPoint point, const std::filesystem::path& file, ByteView bytes, Secrecy secrecy) {
  const auto directory = std::filesystem::absolute(file).parent_path();
  const auto draft = draft_of(file);
  MADO_CHECK(make_directory(directory));
  ::unlink(draft.c_str());  // of a writer that did not come to its end
  MADO_CHECK(create(draft, bytes, secrecy));
  return between(point, [&]() -> Outcome<void> {
    const bool named = ::link(draft.c_str(), file.c_str()) == 0;  // unlike rename, not over what is there
    auto why = errno == EEXIST ? "exists already and is not overwritten" : last_error();
    ::unlink(draft.c_str());
    if (!named) return unwritable(file, why);
    if (sync_directory(directory)) return {};
    why = last_error();
    ::unlink(file.c_str());
    return unwritable(file, why);
  });
}

Outcome<void> replace_file(CrashPoint point, const std::filesystem::path& file, ByteView bytes, Secrecy secrecy) {
  const auto draft = draft_of(file);
  ::unlink(draft.c_str());  // of a writer that did not come to its end
  MADO_CHECK(create(draft, bytes, secrecy));
  const bool replaced = between(point, [&] {
    return ::rename(draft.c_str(), file.c_str()) == 0 && sync_directory(std::filesystem::absolute(file).parent_path());
  });
  if (replaced) return {};
  const auto why = last_error();
  ::unlink(draft.c_str());
  return unwritable(file, why);
}

Outcome<void> overwrite_file(CrashPoint point, const std::filesystem::path& file) {
  const Descriptor opened{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};
  struct stat status{};
  if (!opened.open() || ::fstat(opened.number(), &status) != 0) return unwritable(file, last_error());
  const auto noise = random_bytes(static_cast<std::size_t>(status.st_size));
  if (between(point, [&] { return write_all(opened.number(), noise); })) return {};
  return unwritable(file, last_error());
}

Outcome<void> remove_file(CrashPoint point, const std::filesystem::path& file) {
  const bool removed = between(point, [&] {
    return (::unlink(file.c_str()) == 0 || errno == ENOENT) &&
           sync_directory(std::filesystem::absolute(file).parent_path());
  });
  if (removed) return {};
  return unwritable(file, last_error());
}

Outcome<void> sync_file(const std::filesystem::path& file) {
  const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  const bool synced =
      opened.open() && ::fsync(opened.number()) == 0 && sync_directory(std::filesystem::absolute(file).parent_path());
  if (synced) return {};
  return unwritable(file, last_error());
}

Outcome<void> check_private(const std::filesystem::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) return unreadable(file, last_error());
  if ((status.st_mode & 077) != 0) return unreadable(file, "must not be accessible to its group or others (chmod 600)");
  return {};
}

}  // namespace mado::trust
