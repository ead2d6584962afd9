// The virtual card behind its frames: whatever a reader sends, the card answers, and its counters only fall.
#include "card/virtual_card/virtual_card.hpp"

#include <span>

#include "card/frame.hpp"
#include "card/virtual_card/rsa_key.hpp"
#include "fuzz/examine.hpp"

namespace mado::fuzz {

namespace {
constexpr std::size_t most_commands = 64;  // in one input
constexpr std::string_view pin = "1234";
constexpr std::string_view signature_pin = "ABC123";

class KeepsNothing final : public card::MemoryPort {
 public:
  Outcome<void> write(CrashPoint, const card::CardMemory&) override { return {}; }
};

card::SlotMemory slot(const card::jpki::Slot& rules, std::string_view its_pin) {
  // One key for all: making one takes long.
  static const auto key = card::RsaKey::generate(2048).value();
  card::SlotMemory made;
  made.pin = Sensitive{std::string(its_pin)};
  made.tries = rules.tries;
  made.key = key.private_der();
  made.certificate = Bytes(1740, 0x5a);
  made.authority = Bytes(1304, 0xa5);
  return made;
}

bool holds(ByteView command, std::string_view text) { return text_of(command).find(text) != std::string_view::npos; }
}  // namespace

void examine(ByteView input) {
  KeepsNothing port;
  auto made = card::VirtualCard::open(
      {slot(card::jpki::authentication, pin), slot(card::jpki::signature, signature_pin)}, port);
  claim(made.has_value(), "the card opens");
  auto& card = *made;
  for (std::size_t commands = 0; input.size() >= card::frame_head_size && commands < most_commands; ++commands) {
    const auto size = card::payload_size(input.first<card::frame_head_size>());
    if (input.size() - card::frame_head_size < size) return;  // the reader hangs up within a frame
    const auto command = input.subspan(card::frame_head_size, size);
    input = input.subspan(card::frame_head_size + size);
    if (command.size() == 1) {
      card.reset();
      continue;
    }
    const auto before = card.authentication_tries();
    const auto answer = card.answer(command);
    claim(card::ResponseApdu::parse(answer).has_value(), "the card always answers with a status");
    claim(card.authentication_tries() <= before || holds(command, pin), "only the PIN gives tries back");
    claim(before != 0 || card.authentication_tries() == 0, "a locked PIN stays locked");
  }
}

}  // namespace mado::fuzz
