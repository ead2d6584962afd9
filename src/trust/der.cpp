#include "trust/der.hpp"

#include <algorithm>

namespace mado::trust {

namespace {
struct Element {
  std::size_t header = 0;
  std::size_t length = 0;
};

// Header and content length of the element at the start of `bytes`, if it is whole and in shortest form.
std::optional<Element> measure(ByteView bytes) {
  if (bytes.size() < 2) return std::nullopt;
  if ((bytes[0] & 0x1f) == 0x1f) return std::nullopt;  // long tags do not occur in our messages
  if (bytes[1] < 0x80) {
    const Element element{2, bytes[1]};
    return bytes.size() - 2 >= element.length ? std::optional(element) : std::nullopt;
  }
  const std::size_t count = bytes[1] & 0x7f;
  if (count == 0 || count > 4 || bytes.size() < 2 + count || bytes[2] == 0) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | bytes[2 + i];
  if (length < 0x80 || bytes.size() - 2 - count < length) return std::nullopt;
  return Element{2 + count, length};
}
}  // namespace

ByteView DerReader::take_whole(std::uint8_t tag) {
  const auto element = ok_ && !rest_.empty() && rest_[0] == tag ? measure(rest_) : std::nullopt;
  if (!element) {
    fail();
    return {};
  }
  const auto whole = rest_.first(element->header + element->length);
  rest_ = rest_.subspan(whole.size());
  return whole;
}

ByteView DerReader::take(std::uint8_t tag) {
  const auto whole = take_whole(tag);
  if (!ok_) return {};
  return whole.subspan(measure(whole)->header);
}

DerReader DerReader::enter(std::uint8_t tag) {
  DerReader inner(take(tag));
  if (!ok_) inner.fail();
  return inner;
}

void DerReader::expect(std::uint8_t tag, ByteView content) {
  if (!std::ranges::equal(take(tag), content)) fail();
}

void DerReader::expect_end() {
  if (!rest_.empty()) fail();
}

}  // namespace mado::trust
