// Finds any of some thousand byte strings in memory in one pass, at about the speed at which memory is read. Loaded by
// scanner.py. Each byte string has 4 bytes or more, and does not begin with four zeros.
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <vector>

namespace {
using Beginning = std::uint32_t;  // the first four bytes
constexpr std::size_t filter_bits = std::size_t{1} << 20;

Beginning beginning_at(const std::uint8_t* bytes) {
  Beginning beginning;
  std::memcpy(&beginning, bytes, sizeof beginning);
  return beginning;
}
std::size_t filter_place(Beginning beginning) { return beginning * 2654435761U >> 12; }

struct Pattern {
  std::uint32_t number;
  std::vector<std::uint8_t> bytes;
};

// A bit for each beginning that may be a pattern's; what passes is looked up.
struct Finder {
  std::vector<std::uint64_t> filter = std::vector<std::uint64_t>(filter_bits / 64);
  std::unordered_map<Beginning, std::vector<Pattern>> patterns;

  bool may_begin(Beginning beginning) const {
    const auto place = filter_place(beginning);
    return (filter[place / 64] >> (place % 64) & 1U) != 0;
  }
};
}  // namespace

extern "C" {
void* finder_make() { return new Finder; }
void finder_free(void* finder) { delete static_cast<Finder*>(finder); }

void finder_add(void* finder, std::uint32_t number, const std::uint8_t* bytes, std::size_t size) {
  auto& into = *static_cast<Finder*>(finder);
  const auto beginning = beginning_at(bytes);
  const auto place = filter_place(beginning);
  into.filter[place / 64] |= std::uint64_t{1} << (place % 64);
  into.patterns[beginning].push_back({number, {bytes, bytes + size}});
}

// Writes the numbers and offsets of at most `most` finds; returns how many there are.
std::size_t finder_search(const void* finder, const std::uint8_t* data, std::size_t size, std::uint32_t* numbers,
                          std::size_t* offsets, std::size_t most) {
  const auto& in = *static_cast<const Finder*>(finder);
  std::size_t found = 0;
  for (std::size_t at = 0; at + sizeof(Beginning) <= size; ++at) {
    const auto beginning = beginning_at(data + at);
    if (!in.may_begin(beginning)) continue;
    const auto candidates = in.patterns.find(beginning);
    if (candidates == in.patterns.end()) continue;
    for (const auto& pattern : candidates->second) {
      if (pattern.bytes.size() > size - at || std::memcmp(data + at, pattern.bytes.data(), pattern.bytes.size()) != 0)
        continue;
      if (found < most) {
        numbers[found] = pattern.number;
        offsets[found] = at;
      }
      ++found;
    }
  }
  return found;
}

// Where a zlib or a gzip stream may begin (RFC 1950, RFC 1952): the offsets of at most `most`; returns how many.
std::size_t find_streams(const std::uint8_t* data, std::size_t size, std::size_t* offsets, std::size_t most) {
  std::size_t found = 0;
  for (std::size_t at = 0; at + 2 < size && found < most; ++at) {
    const bool zlib = data[at] == 0x78 && (data[at] << 8 | data[at + 1]) % 31 == 0 && (data[at + 1] & 0x20) == 0;
    const bool gzip = data[at] == 0x1f && data[at + 1] == 0x8b && data[at + 2] == 8;
    if (zlib || gzip) offsets[found++] = at;
  }
  return found;
}
}
