#include "paper/mq_encoder.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace mado::paper {

namespace {
// Table E.1: probability estimate, next index after the likelier and after the less likely value, whether the latter
// exchanges the two.
struct Estimate {
  std::uint16_t qe;
  std::uint8_t after_likely;
  std::uint8_t after_unlikely;
  bool exchanges;
};
constexpr std::array<Estimate, 47> table{{
    {0x5601, 1, 1, true},    {0x3401, 2, 6, false},   {0x1801, 3, 9, false},   {0x0AC1, 4, 12, false},
    {0x0521, 5, 29, false},  {0x0221, 38, 33, false}, {0x5601, 7, 6, true},    {0x5401, 8, 14, false},
    {0x4801, 9, 14, false},  {0x3801, 10, 14, false}, {0x3001, 11, 17, false}, {0x2401, 12, 18, false},
    {0x1C01, 13, 20, false}, {0x1601, 29, 21, false}, {0x5601, 15, 14, true},  {0x5401, 16, 14, false},
    {0x5101, 17, 15, false}, {0x4801, 18, 16, false}, {0x3801, 19, 17, false}, {0x3401, 20, 18, false},
    {0x3001, 21, 19, false}, {0x2801, 22, 19, false}, {0x2401, 23, 20, false}, {0x2201, 24, 21, false},
    {0x1C01, 25, 22, false}, {0x1801, 26, 23, false}, {0x1601, 27, 24, false}, {0x1401, 28, 25, false},
    {0x1201, 29, 26, false}, {0x1101, 30, 27, false}, {0x0AC1, 31, 28, false}, {0x09C1, 32, 29, false},
    {0x08A1, 33, 30, false}, {0x0521, 34, 31, false}, {0x0441, 35, 32, false}, {0x02A1, 36, 33, false},
    {0x0221, 37, 34, false}, {0x0141, 38, 35, false}, {0x0111, 39, 36, false}, {0x0085, 40, 37, false},
    {0x0049, 41, 38, false}, {0x0025, 42, 39, false}, {0x0015, 43, 40, false}, {0x0009, 44, 41, false},
    {0x0005, 45, 42, false}, {0x0001, 45, 43, false}, {0x5601, 46, 46, false},
}};

// The same for a context's byte, which is twice the index and the likelier value.
struct Step {
  std::uint16_t qe;
  MqContext after_likely;
  MqContext after_unlikely;
};
constexpr auto steps = [] {
  std::array<Step, 2 * table.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& from = table[i / 2];
    const auto likely = i % 2;
    all[i] = {from.qe, static_cast<MqContext>(2 * from.after_likely + likely),
              static_cast<MqContext>(2 * from.after_unlikely + (from.exchanges ? 1 - likely : likely))};
  }
  return all;
}();
}  // namespace

// E.2.6, E.2.7: CODEMPS and CODELPS with conditional exchange.
void MqEncoder::encode(MqContext& context, bool decision) {
  const auto& step = steps[context];
  interval_ -= step.qe;
  const bool takes_lower = interval_ < step.qe;
  if (decision == ((context & 1U) != 0)) {
    if ((interval_ & 0x8000U) != 0) {
      code_ += step.qe;
      return;
    }
    takes_lower ? interval_ = step.qe : code_ += step.qe;
    context = step.after_likely;
  } else {
    takes_lower ? code_ += step.qe : interval_ = step.qe;
    context = step.after_unlikely;
  }
  renormalise();
}

// RENORME, E.2.8, as many places at once as there are before the next byte.
void MqEncoder::renormalise() {
  int places = std::countl_zero(static_cast<std::uint16_t>(interval_));
  interval_ <<= places;
  while (places >= until_byte_) {
    code_ <<= until_byte_;
    places -= until_byte_;
    put_byte();
  }
  code_ <<= places;
  until_byte_ -= places;
}

// BYTEOUT, E.2.8: after a byte FF only seven bits follow, so that a carry has room.
void MqEncoder::put_byte() {
  const bool carries = bytes_.back() != 0xff && (code_ & 0x8000000U) != 0;
  if (carries) {
    ++bytes_.back();
    code_ &= 0x7ffffffU;
  }
  if (bytes_.back() == 0xff) {
    bytes_.push_back(static_cast<std::uint8_t>(code_ >> 20));
    code_ &= 0xfffffU;
    until_byte_ = 7;
  } else {
    bytes_.push_back(static_cast<std::uint8_t>(code_ >> 19));
    code_ &= 0x7ffffU;
    until_byte_ = 8;
  }
}

// FLUSH with SETBITS, E.2.9.
Bytes MqEncoder::finish() && {
  const auto end = code_ + interval_;
  code_ |= 0xffffU;
  if (code_ >= end) code_ -= 0x8000U;
  for (int i = 0; i < 2; ++i) {
    code_ <<= until_byte_;
    put_byte();
  }
  if (bytes_.back() != 0xff) bytes_.push_back(0xff);
  bytes_.push_back(0xac);
  bytes_.erase(bytes_.begin());
  return std::move(bytes_);
}

}  // namespace mado::paper
