// The reader of DER: what it accepts is the one encoding of what it read.
#include "trust/der.hpp"

#include "fuzz/examine.hpp"
#include "trust/der_writer.hpp"

namespace mado::fuzz {

namespace {
constexpr std::uint8_t constructed = 0x20;
constexpr int deepest = 32;

// Reads every element and writes it again.
Bytes rewritten(trust::DerReader reader, ByteView content, int depth) {
  Bytes written;
  while (!reader.at_end()) {
    const auto tag = content[written.size()];
    const auto inner = reader.take(tag);
    if (!reader.ok()) return Bytes(content.begin(), content.end());  // nothing is claimed of what is refused
    const bool enter = (tag & constructed) != 0 && depth < deepest;
    const auto again = trust::der::element(
        tag, enter ? rewritten(trust::DerReader(inner), inner, depth + 1) : Bytes(inner.begin(), inner.end()));
    written.insert(written.end(), again.begin(), again.end());
    claim(written.size() <= content.size(), "an element is not longer than what it was read from");
  }
  return written;
}
}  // namespace

void examine(ByteView input) {
  const auto written = rewritten(trust::DerReader(input), input, 0);
  claim(written == Bytes(input.begin(), input.end()), "what is read as DER is written as the same bytes");
}

}  // namespace mado::fuzz
