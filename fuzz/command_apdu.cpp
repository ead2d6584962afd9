// Commands to a card, as the card reads them.
#include "card/apdu.hpp"

#include "fuzz/examine.hpp"

namespace mado::fuzz {

namespace {
bool same(const card::CommandApdu& a, const card::CommandApdu& b) {
  return a.cla == b.cla && a.ins == b.ins && a.p1 == b.p1 && a.p2 == b.p2 && a.data.reveal() == b.data.reveal() &&
         a.expected == b.expected;
}
}  // namespace

void examine(ByteView input) {
  const auto command = card::CommandApdu::parse(input);
  if (!command) {
    claim_is_explained({Reason::input_invalid, command.error()});
    claim_keeps_back({Reason::input_invalid, command.error()}, text_of(input), 4);
    return;
  }
  claim(command->data.reveal().size() <= 65535, "Lc is bounded");
  claim(!command->expected || (*command->expected >= 1 && *command->expected <= 65536), "Ne is 1 to 65,536");
  const auto written = command->encoded();
  claim(written.reveal().size() <= input.size(), "a command is written in its shortest form");
  const auto again = card::CommandApdu::parse(written.reveal());
  claim(again && same(*command, *again), "a command that is written is the command that was read");
}

}  // namespace mado::fuzz
