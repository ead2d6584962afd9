// Replays files, or every file of folders, through one target.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/examine.hpp"

namespace {
std::vector<std::filesystem::path> files_of(const std::filesystem::path& given) {
  if (!std::filesystem::is_directory(given)) return {given};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(given)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}
}  // namespace

int main(int count, char** words) {
  std::size_t replayed = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& file : files_of(words[i])) {
      std::ifstream in(file, std::ios::binary);
      const mado::Bytes bytes{std::istreambuf_iterator<char>(in), {}};
      // Named beforehand: what ends the process is then the last one named.
      std::printf("%s\n", file.filename().c_str());
      std::fflush(stdout);
      mado::fuzz::examine(bytes);
      ++replayed;
    }
  }
  std::printf("%zu replayed\n", replayed);
  return replayed == 0 ? 1 : 0;
}
