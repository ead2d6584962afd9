#include "wire/capture.hpp"

#include <array>

namespace mado::wire {

namespace {
void put_length(std::ofstream& file, std::size_t length) {
  const std::array<char, 4> bytes{static_cast<char>(length >> 24), static_cast<char>(length >> 16),
                                  static_cast<char>(length >> 8), static_cast<char>(length)};
  file.write(bytes.data(), bytes.size());
}
}  // namespace

Capture::Capture(operation::Settings& settings) {
  const auto file = settings.path("capture.file", std::filesystem::path());
  if (file.empty()) return;
  file_.open(file, std::ios::binary | std::ios::app);
  if (!file_) settings.complain("capture.file", "cannot be written: " + file.string());
}

void Capture::write(std::string_view label, ByteView bytes) {
  if (!file_.is_open()) return;
  const std::lock_guard lock(mutex_);
  put_length(file_, label.size());
  file_.write(label.data(), static_cast<std::streamsize>(label.size()));
  put_length(file_, bytes.size());
  file_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file_.flush();
}

}  // namespace mado::wire
