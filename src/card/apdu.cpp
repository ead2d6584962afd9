#include "card/apdu.hpp"

#include <fmt/format.h>

namespace mado::card {

namespace {
constexpr std::size_t header_size = 4;
constexpr std::size_t largest_short_data = 255;
constexpr std::size_t largest_data = 65535;
constexpr std::uint32_t largest_short_expected = 256;
constexpr std::uint32_t largest_expected = 65536;

CommandApdu command(std::uint8_t cla, std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, ByteView data,
                    std::optional<std::uint32_t> expected) {
  CommandApdu made;
  made.cla = cla;
  made.ins = ins;
  made.p1 = p1;
  made.p2 = p2;
  made.data = Sensitive<Bytes>{Bytes(data.begin(), data.end())};
  made.expected = expected;
  return made;
}

std::uint32_t two_bytes(ByteView wire, std::size_t at) {
  return static_cast<std::uint32_t>(wire[at] << 8 | wire[at + 1]);
}

// In an Le field zero stands for the largest value.
std::uint32_t or_largest(std::uint32_t field, std::uint32_t largest) { return field == 0 ? largest : field; }

void put_two_bytes(Bytes& wire, std::size_t value) {
  wire.push_back(static_cast<std::uint8_t>(value >> 8));
  wire.push_back(static_cast<std::uint8_t>(value));
}

void put_short_fields(Bytes& wire, ByteView data, std::optional<std::uint32_t> expected) {
  if (!data.empty()) {
    wire.push_back(static_cast<std::uint8_t>(data.size()));
    wire.insert(wire.end(), data.begin(), data.end());
  }
  if (expected) wire.push_back(static_cast<std::uint8_t>(*expected));
}

void put_extended_fields(Bytes& wire, ByteView data, std::optional<std::uint32_t> expected) {
  wire.push_back(0);
  if (!data.empty()) {
    put_two_bytes(wire, data.size());
    wire.insert(wire.end(), data.begin(), data.end());
  }
  if (expected) put_two_bytes(wire, *expected);
}

// What follows the header, when its first byte is the Lc of case 3 or 4.
std::expected<void, std::string> read_short_body(CommandApdu& into, ByteView body) {
  const std::size_t length = body[0];
  if (length == 0) return std::unexpected("Lc is zero");
  const auto rest = body.size() - 1;
  if (rest != length && rest != length + 1) return std::unexpected("Lc does not match the length");
  const auto data = body.subspan(1, length);
  into.data = Sensitive<Bytes>{Bytes(data.begin(), data.end())};
  if (rest == length + 1) into.expected = or_largest(body.back(), largest_short_expected);
  return {};
}

// What follows the header, when its first byte is the zero that announces extended fields.
std::expected<void, std::string> read_extended_body(CommandApdu& into, ByteView body) {
  if (body.size() < 3) return std::unexpected("extended fields are cut short");
  if (body.size() == 3) {
    into.expected = or_largest(two_bytes(body, 1), largest_expected);
    return {};
  }
  const std::size_t length = two_bytes(body, 1);
  if (length == 0) return std::unexpected("Lc is zero");
  const auto rest = body.size() - 3;
  if (rest != length && rest != length + 2) return std::unexpected("Lc does not match the length");
  const auto data = body.subspan(3, length);
  into.data = Sensitive<Bytes>{Bytes(data.begin(), data.end())};
  if (rest == length + 2) into.expected = or_largest(two_bytes(body, body.size() - 2), largest_expected);
  return {};
}
}  // namespace

CommandApdu CommandApdu::select_application(ByteView aid) { return command(0x00, 0xA4, 0x04, 0x0C, aid, std::nullopt); }

CommandApdu CommandApdu::select_file(std::uint16_t file) {
  const std::uint8_t id[] = {static_cast<std::uint8_t>(file >> 8), static_cast<std::uint8_t>(file)};
  return command(0x00, 0xA4, 0x02, 0x0C, id, std::nullopt);
}

CommandApdu CommandApdu::read_binary(std::uint16_t offset, std::uint32_t length) {
  return command(0x00, 0xB0, static_cast<std::uint8_t>(offset >> 8 & 0x7F), static_cast<std::uint8_t>(offset), {},
                 length);
}

CommandApdu CommandApdu::verify(ByteView pin) { return command(0x00, 0x20, 0x00, 0x80, pin, std::nullopt); }

CommandApdu CommandApdu::verify_query() { return command(0x00, 0x20, 0x00, 0x80, {}, std::nullopt); }

CommandApdu CommandApdu::change_reference_data(ByteView new_pin) {
  return command(0x00, 0x24, 0x01, 0x80, new_pin, std::nullopt);
}

CommandApdu CommandApdu::compute_digital_signature(ByteView digest_info) {
  return command(0x80, 0x2A, 0x00, 0x80, digest_info, largest_short_expected);
}

CommandApdu CommandApdu::get_response(std::uint32_t length) { return command(0x00, 0xC0, 0x00, 0x00, {}, length); }

Sensitive<Bytes> CommandApdu::encoded() const {
  const ByteView body = data.reveal();
  Bytes wire;
  // Reserved at once: a vector that grew would leave a PIN in the memory it gave back.
  wire.reserve(header_size + 3 + body.size() + 2);
  wire.insert(wire.end(), {cla, ins, p1, p2});
  const bool is_short = body.size() <= largest_short_data && expected.value_or(1) <= largest_short_expected;
  if (is_short) {
    put_short_fields(wire, body, expected);
  } else {
    put_extended_fields(wire, body, expected);
  }
  return Sensitive<Bytes>{std::move(wire)};
}

std::expected<CommandApdu, std::string> CommandApdu::parse(ByteView wire) {
  if (wire.size() < header_size) return std::unexpected("shorter than a header");
  if (wire.size() > header_size + 3 + largest_data + 2) return std::unexpected("longer than any command");
  auto parsed = command(wire[0], wire[1], wire[2], wire[3], {}, std::nullopt);
  const auto body = wire.subspan(header_size);
  if (body.empty()) return parsed;
  if (body.size() == 1) {
    parsed.expected = or_largest(body[0], largest_short_expected);
    return parsed;
  }
  const auto read = body[0] == 0 ? read_extended_body(parsed, body) : read_short_body(parsed, body);
  if (!read) return std::unexpected(read.error());
  return parsed;
}

Bytes ResponseApdu::encoded() const {
  Bytes wire = data;
  put_two_bytes(wire, sw);
  return wire;
}

std::expected<ResponseApdu, std::string> ResponseApdu::parse(ByteView wire) {
  if (wire.size() < 2) return std::unexpected("no status bytes");
  if (wire.size() > std::size_t{largest_expected} + 2) return std::unexpected("longer than any answer");
  const auto sw = static_cast<std::uint16_t>(two_bytes(wire, wire.size() - 2));
  const auto class_of_status = sw >> 12;
  if ((class_of_status != 6 && class_of_status != 9) || sw >> 8 == 0x60) {
    return std::unexpected(fmt::format("{:04X} is no status", sw));
  }
  return ResponseApdu{Bytes(wire.begin(), wire.end() - 2), sw};
}

std::string status_text(std::uint16_t sw) { return fmt::format("{:04X}", sw); }

}  // namespace mado::card
