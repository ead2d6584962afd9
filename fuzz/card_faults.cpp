// The scripts by which tests ask a virtual card for faults.
#include "card/virtual_card/faults.hpp"

#include "fuzz/examine.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  auto faults = card::Faults::parse(text_of(input));
  if (!faults) {
    claim(faults.error().reason == Reason::input_invalid, "one reason for every script that is not read");
    return;
  }
  // Every fault happens once.
  const Bytes command{0x00, 0xa4, 0x04, 0x0c};
  std::size_t happened = 0;
  for (int i = 0; i < 100; ++i) happened += faults->next(command) ? 1 : 0;
  claim(happened <= 64, "no more faults than a script may have");
}

}  // namespace mado::fuzz
