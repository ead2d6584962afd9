// Outside programs that judge what we made: they run on a file in a directory of its own, which is removed afterwards.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace mado::paper::judge {

class Directory {
 public:
  Directory() {
    auto name = (std::filesystem::temp_directory_path() / "madoguchi-paper-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() { std::filesystem::remove_all(path_); }

  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, ByteView bytes) const {
    std::ofstream(file(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return file(name);
  }
  Bytes read(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path path_;
};

struct Verdict {
  int exit = -1;
  std::string output;
};

inline Verdict run(const std::string& command) {
  Verdict verdict;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return verdict;
  std::array<char, 4096> chunk{};
  while (const auto count = fread(chunk.data(), 1, chunk.size(), pipe)) verdict.output.append(chunk.data(), count);
  verdict.exit = pclose(pipe);
  return verdict;
}

// The pixels of a PNM file (P4 or P5), packed like a page: black is what is darker than half.
inline Bytes black_of_pnm(const Bytes& file) {
  std::istringstream in(string_of(file));
  std::string kind;
  std::vector<std::size_t> head;  // width, height and, in P5, the value of white
  in >> kind;
  for (std::string word; head.size() < (kind == "P4" ? 2U : 3U) && in >> word;) {
    if (word.starts_with('#')) {
      std::getline(in, word);
    } else {
      head.push_back(std::stoul(word));
    }
  }
  const auto from = static_cast<std::size_t>(in.tellg()) + 1;
  if (kind == "P4") return {file.begin() + static_cast<std::ptrdiff_t>(from), file.end()};
  const auto stride = (head.at(0) + 7) / 8;
  Bytes packed(stride * head.at(1));
  for (std::size_t y = 0; y < head.at(1); ++y) {
    for (std::size_t x = 0; x < head.at(0); ++x) {
      if (file.at(from + y * head.at(0) + x) < 128)
        packed[y * stride + x / 8] |= static_cast<std::uint8_t>(0x80U >> (x % 8));
    }
  }
  return packed;
}

// How many pixels of two packed images differ; all of them if their sizes do.
inline std::size_t differing_pixels(const Bytes& a, const Bytes& b) {
  if (a.size() != b.size()) return 8 * std::max(a.size(), b.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += static_cast<std::size_t>(__builtin_popcount(a[i] ^ b[i]));
  return count;
}

// Every black pixel spread to its eight neighbours, in a packed image of rows of `stride` bytes.
inline Bytes widened(const Bytes& image, std::size_t stride) {
  Bytes wide(image.size());
  const auto bit = [&](std::size_t i) { return i < image.size() ? image[i] : std::uint8_t{0}; };
  for (std::size_t i = 0; i < image.size(); ++i) {
    const unsigned left = i % stride == 0 ? 0 : bit(i - 1);
    const unsigned right = (i + 1) % stride == 0 ? 0 : bit(i + 1);
    const unsigned here = image[i];
    wide[i] = static_cast<std::uint8_t>(here | here >> 1 | left << 7 | here << 1 | right >> 7);
  }
  Bytes both(wide);
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (i >= stride) both[i] |= wide[i - stride];
    if (i + stride < wide.size()) both[i] |= wide[i + stride];
  }
  return both;
}

// How many black pixels of either image have no black one within a pixel's distance in the other.
inline std::size_t stray_pixels(const Bytes& a, const Bytes& b, std::size_t stride) {
  if (a.size() != b.size()) return 8 * std::max(a.size(), b.size());
  const auto wide_a = widened(a, stride);
  const auto wide_b = widened(b, stride);
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    count += static_cast<std::size_t>(__builtin_popcount((a[i] & ~wide_b[i]) | (b[i] & ~wide_a[i])));
  }
  return count;
}

}  // namespace mado::paper::judge
