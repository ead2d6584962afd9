#include "paper/jbig2_integers.hpp"

#include <bit>

namespace mado::paper {

namespace {
// Table A.1 and Figure A.1: magnitudes from `first` on, written as `prefix` and then `bits` bits.
struct Range {
  std::uint32_t first;
  std::uint32_t prefix;
  int prefix_bits;
  int bits;
};
constexpr std::array<Range, 6> ranges{{{0, 0b0, 1, 2},
                                       {4, 0b10, 2, 4},
                                       {20, 0b110, 3, 6},
                                       {84, 0b1110, 4, 8},
                                       {340, 0b11110, 5, 12},
                                       {4436, 0b11111, 5, 32}}};

const Range& range_of(std::uint32_t magnitude) {
  std::size_t i = ranges.size() - 1;
  while (magnitude < ranges[i].first) --i;
  return ranges[i];
}
}  // namespace

// A.2, step 1: the nine bits that were written last choose the context, the first of them for ever.
void IntegerEncoder::put(MqEncoder& out, bool bit) {
  out.encode(contexts_[seen_], bit);
  const auto next = seen_ << 1 | static_cast<unsigned>(bit);
  seen_ = seen_ < 256 ? next : (next & 511U) | 256U;
}

void IntegerEncoder::put(MqEncoder& out, std::uint32_t bits, int count) {
  for (int i = count - 1; i >= 0; --i) put(out, (bits >> i & 1U) != 0);
}

void IntegerEncoder::encode(MqEncoder& out, std::int32_t value) {
  seen_ = 1;
  const auto magnitude = value < 0 ? 0U - static_cast<std::uint32_t>(value) : static_cast<std::uint32_t>(value);
  const auto& range = range_of(magnitude);
  put(out, value < 0);
  put(out, range.prefix, range.prefix_bits);
  put(out, magnitude - range.first, range.bits);
}

// Minus nought.
void IntegerEncoder::encode_end(MqEncoder& out) {
  seen_ = 1;
  put(out, true);
  put(out, 0, 3);
}

SymbolIdEncoder::SymbolIdEncoder(int length) : length_(length), contexts_(std::size_t{1} << length) {}

void SymbolIdEncoder::encode(MqEncoder& out, std::uint32_t id) {
  std::uint32_t seen = 1;
  for (int i = length_ - 1; i >= 0; --i) {
    const bool bit = (id >> i & 1U) != 0;
    out.encode(contexts_[seen], bit);
    seen = seen << 1 | static_cast<std::uint32_t>(bit);
  }
}

}  // namespace mado::paper
