#include "trust/der_writer.hpp"

#include <charconv>
#include <stdexcept>

namespace mado::trust::der {

namespace {
Bytes length(std::size_t size) {
  if (size < 0x80) return {static_cast<std::uint8_t>(size)};
  Bytes octets;
  for (; size > 0; size >>= 8) octets.insert(octets.begin(), static_cast<std::uint8_t>(size & 0xff));
  octets.insert(octets.begin(), static_cast<std::uint8_t>(0x80 | octets.size()));
  return octets;
}

void append_arc(Bytes& content, std::uint64_t arc) {
  Bytes octets{static_cast<std::uint8_t>(arc & 0x7f)};
  for (arc >>= 7; arc > 0; arc >>= 7) octets.insert(octets.begin(), static_cast<std::uint8_t>(0x80 | (arc & 0x7f)));
  content.insert(content.end(), octets.begin(), octets.end());
}

std::vector<std::uint64_t> arcs_of(std::string_view dotted) {
  std::vector<std::uint64_t> arcs;
  while (!dotted.empty()) {
    std::uint64_t arc = 0;
    const auto [end, error] = std::from_chars(dotted.data(), dotted.data() + dotted.size(), arc);
    if (error != std::errc{}) throw std::invalid_argument("not a dotted object identifier");
    arcs.push_back(arc);
    dotted.remove_prefix(static_cast<std::size_t>(end - dotted.data()));
    if (!dotted.empty()) dotted.remove_prefix(1);
  }
  if (arcs.size() < 2) throw std::invalid_argument("an object identifier has two arcs at least");
  return arcs;
}
}  // namespace

Bytes element(std::uint8_t tag, ByteView content) {
  Bytes bytes{tag};
  const auto size = length(content.size());
  bytes.insert(bytes.end(), size.begin(), size.end());
  bytes.insert(bytes.end(), content.begin(), content.end());
  return bytes;
}

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes bytes;
  for (const auto& part : parts) bytes.insert(bytes.end(), part.begin(), part.end());
  return bytes;
}

Bytes sequence(std::initializer_list<Bytes> parts) { return element(sequence_tag, join(parts)); }

Bytes oid(std::string_view dotted) {
  const auto arcs = arcs_of(dotted);
  Bytes content;
  append_arc(content, arcs[0] * 40 + arcs[1]);
  for (std::size_t i = 2; i < arcs.size(); ++i) append_arc(content, arcs[i]);
  return element(object, content);
}

Bytes integer(ByteView magnitude) {
  while (magnitude.size() > 1 && magnitude.front() == 0) magnitude = magnitude.subspan(1);
  Bytes content(magnitude.begin(), magnitude.end());
  if (content.empty() || (content.front() & 0x80) != 0) content.insert(content.begin(), 0);
  return element(integer_tag, content);
}

}  // namespace mado::trust::der
