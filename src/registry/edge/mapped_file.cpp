#include "registry/edge/mapped_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace mado::registry {

namespace {
std::unexpected<Refusal> failed(const std::filesystem::path& file, std::string_view why) {
  return refuse(Reason::input_invalid, fmt::format("{}: {}", file.string(), why));
}
}  // namespace

Outcome<MappedFile> MappedFile::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(file, std::generic_category().message(errno));
  struct stat status{};
  const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = static_cast<std::size_t>(status.st_size);
  void* data = nullptr;
  if (regular && size > 0 && size <= largest) data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (!regular) return failed(file, "is no file");
  if (size == 0) return failed(file, "is empty");
  if (size > largest) return failed(file, "is larger than 2 GiB");
  if (data == MAP_FAILED) return failed(file, "cannot be mapped into memory");
  return MappedFile{data, size};
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

}  // namespace mado::registry
