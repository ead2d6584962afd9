#include "simulator/trust/stand_in_form.hpp"

#include <algorithm>

namespace mado::simulator::stand_in {

Writer& Writer::octet(std::uint8_t value) {
  bytes_.push_back(value);
  return *this;
}
Writer& Writer::number(std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
  return *this;
}
Writer& Writer::block(ByteView bytes) {
  number(bytes.size());
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return *this;
}

Reader::Reader(ByteView bytes, Form form) : rest_(bytes), good_(true) {
  good_ = octet() == static_cast<std::uint8_t>(form);
}

ByteView Reader::take(std::size_t size) {
  if (!good_ || rest_.size() < size) {
    good_ = false;
    return {};
  }
  const auto taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

std::uint8_t Reader::octet() {
  const auto taken = take(1);
  return taken.empty() ? std::uint8_t{0} : taken[0];
}
std::uint64_t Reader::number() {
  std::uint64_t value = 0;
  for (const auto byte : take(8)) value = value << 8 | byte;
  return value;
}
ByteView Reader::block() { return take(number()); }
ByteView Reader::code() { return take(code_size); }

namespace {
constexpr std::size_t head_size = 4;

Bytes der_head(std::size_t size) {
  return {0x30, 0x82, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
}
}  // namespace

std::optional<Certificate> Certificate::read(ByteView bytes) {
  if (bytes.size() < head_size || !std::ranges::equal(bytes.first(head_size), der_head(bytes.size() - head_size)))
    return std::nullopt;
  Reader reader(bytes.subspan(head_size), Form::certificate);
  Certificate certificate;
  certificate.usage = static_cast<Usage>(reader.octet());
  certificate.key = reader.number();
  certificate.issuer = reader.number();
  certificate.not_before = {static_cast<std::int64_t>(reader.number())};
  certificate.not_after = {static_cast<std::int64_t>(reader.number())};
  certificate.common_name = string_of(reader.block());
  certificate.subject_serial = string_of(reader.block());
  certificate.code = reader.code();
  if (!reader.good()) return std::nullopt;
  return certificate;
}

Bytes Certificate::written() const {
  const auto content = Writer(Form::certificate)
                           .octet(static_cast<std::uint8_t>(usage))
                           .number(key)
                           .number(issuer)
                           .number(static_cast<std::uint64_t>(not_before.milliseconds))
                           .number(static_cast<std::uint64_t>(not_after.milliseconds))
                           .block(view_of(common_name))
                           .block(view_of(subject_serial))
                           .take();
  auto bytes = der_head(content.size() + code_size);
  bytes.insert(bytes.end(), content.begin(), content.end());
  return bytes;
}

}  // namespace mado::simulator::stand_in
