// The file in which a virtual card keeps its memory.
#include "card/virtual_card/state_file.hpp"

#include <algorithm>

#include "fuzz/examine.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const Sensitive<std::string> text{std::string(text_of(input))};
  const auto memory = card::memory_from(text);
  if (!memory) {
    claim_is_explained(memory.error());
    const bool digits = std::ranges::any_of(memory.error().cause, [](char c) { return c >= '0' && c <= '9'; });
    claim(!digits, "no cause holds a PIN or a key");
    return;
  }
  claim(memory->authentication.tries <= card::jpki::authentication_pin_tries, "tries are bounded");
  claim(memory->signature.tries <= card::jpki::signature_pin_tries, "tries are bounded");
  const auto written = card::text_of(*memory);
  const auto again = card::memory_from(written);
  claim(again && card::text_of(*again).reveal() == written.reveal(), "a memory is read as it was written");
}

}  // namespace mado::fuzz
