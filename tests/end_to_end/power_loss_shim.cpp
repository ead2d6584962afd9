// A disk that forgets what was not synced, for one process (LD_PRELOAD). What would survive a loss of power is kept in
// POWER_LOSS_SHADOW, for files under POWER_LOSS_ROOT; power_loss.py puts it in their place after the process was
// killed.
//   content/INODE  a file's content at its last fsync or fdatasync
//   names/DIR      the lines "INODE NAME" of a directory at its last fsync
// DIR begins with a slash; in it a slash is %2F and a percent sign %25.
// Both are replaced whole: the process may die at any moment. The real disk is not asked. sync_file_range and msync are
// no promise that POSIX makes for a file, and change nothing here.
// A disk that lies says that it has synced the files whose path under the root begins with POWER_LOSS_FORGETS.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {
std::string said(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}
const std::string& root() {
  static const std::string directory = said("POWER_LOSS_ROOT");
  return directory;
}
const std::string& shadow() {
  static const std::string directory = said("POWER_LOSS_SHADOW");
  return directory;
}

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

std::string path_of(int file) {
  char path[PATH_MAX];
  const auto size = readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : "";
}

bool is_watched(const std::string& path) {
  return !root().empty() && (path == root() || path.starts_with(root() + "/")) && !path.starts_with(shadow());
}

std::string escaped(const std::string& directory) {
  std::string name;
  for (const char letter : directory) name += letter == '/' ? "%2F" : letter == '%' ? "%25" : std::string(1, letter);
  return name;
}

// A file of the shadow that is there whole or as it was before.
class Replaced {
 public:
  explicit Replaced(std::string name) : name_(std::move(name)) {
    static std::atomic<unsigned> number = 0;
    draft_ = shadow() + "/draft-" + std::to_string(getpid()) + "-" + std::to_string(number++);
    file_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  }
  bool append(const char* bytes, std::size_t size) const {
    return file_ >= 0 && ::write(file_, bytes, size) == static_cast<ssize_t>(size);
  }
  bool finish() const {
    return file_ >= 0 && ::close(file_) == 0 &&
           real<int (*)(const char*, const char*)>("rename")(draft_.c_str(), (shadow() + "/" + name_).c_str()) == 0;
  }

 private:
  std::string name_;
  std::string draft_;
  int file_;
};

bool keep_content(int file, ino_t inode) {
  const int source = ::open(("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDONLY | O_CLOEXEC);
  if (source < 0) return false;
  const Replaced kept("content/" + std::to_string(inode));
  char bytes[65536];
  bool good = true;
  ssize_t size = 0;
  while (good && (size = ::read(source, bytes, sizeof bytes)) > 0)
    good = kept.append(bytes, static_cast<std::size_t>(size));
  ::close(source);
  return good && size == 0 && kept.finish();
}

bool keep_names(const std::string& directory) {
  DIR* const listing = ::opendir(directory.c_str());
  if (listing == nullptr) return false;
  std::string lines;
  while (const dirent* entry = ::readdir(listing)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") lines += std::to_string(entry->d_ino) + " " + name + "\n";
  }
  ::closedir(listing);
  const Replaced kept("names/" + escaped(directory == root() ? "/" : directory.substr(root().size())));
  return kept.append(lines.data(), lines.size()) && kept.finish();
}

int sync(int file, const char* by) {
  struct stat status{};
  const auto path = path_of(file);
  if (!is_watched(path) || fstat(file, &status) != 0) return real<int (*)(int)>(by)(file);
  static const std::string forgotten = said("POWER_LOSS_FORGETS");
  if (!forgotten.empty() && path.starts_with(root() + "/" + forgotten)) return 0;
  const bool kept = S_ISDIR(status.st_mode) ? keep_names(path) : keep_content(file, status.st_ino);
  if (kept) return 0;
  errno = EIO;
  return -1;
}

// A name that goes may still be durable: its inode must not be given to another file while the process lives.
void hold(const char* path) {
  char whole[PATH_MAX];
  if (realpath(path, whole) != nullptr && is_watched(whole)) static_cast<void>(::open(whole, O_PATH | O_CLOEXEC));
}
}  // namespace

extern "C" {
int fsync(int file) { return sync(file, "fsync"); }
int fdatasync(int file) { return sync(file, "fdatasync"); }
int unlink(const char* path) noexcept {
  hold(path);
  return real<int (*)(const char*)>("unlink")(path);
}
int remove(const char* path) noexcept {
  hold(path);
  return real<int (*)(const char*)>("remove")(path);
}
int rename(const char* from, const char* to) noexcept {
  hold(to);
  return real<int (*)(const char*, const char*)>("rename")(from, to);
}
}
