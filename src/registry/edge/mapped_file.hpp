// A file as one text, mapped into memory: a city's file is read without a copy of it.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/refusal.hpp"

namespace mado::registry {

class MappedFile {
 public:
  static constexpr std::size_t largest = std::size_t{2} << 30;  // bytes

  // Refusal: input_invalid, naming the file.
  static Outcome<MappedFile> open(const std::filesystem::path& file);
  MappedFile(MappedFile&& other) noexcept : data_(other.data_), size_(other.size_) { other.data_ = nullptr; }
  MappedFile& operator=(MappedFile&&) = delete;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

 private:
  MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}
  void* data_;
  std::size_t size_;
};

}  // namespace mado::registry
