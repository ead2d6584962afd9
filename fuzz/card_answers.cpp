// A card's answers, as the kiosk reads them: a card that says anything at all.
#include "card/jpki_card.hpp"

#include <algorithm>

#include "fuzz/examine.hpp"

namespace mado::fuzz {

namespace {
constexpr std::size_t most_exchanges = 16 * 1024;
const Sensitive<std::string> pin{std::string("7351")};

// Answers with one frame of the input after another, then is gone.
class Answers final : public card::Reader {
 public:
  explicit Answers(ByteView input) : pieces_(input) {}
  Outcome<bool> card_present() override { return true; }
  Outcome<Bytes> power_on() override {
    const auto atr = pieces_.frame();
    return Bytes(atr.begin(), atr.end());
  }
  Outcome<Bytes> transmit(ByteView command) override {
    claim(!command.empty() && ++exchanges_ < most_exchanges, "a conversation with a card ends");
    if (pieces_.empty()) return refuse(Reason::card_removed_early, "the card is gone");
    const auto answer = pieces_.frame();
    return Bytes(answer.begin(), answer.end());
  }
  void power_off() override { ++times_off; }
  int times_off = 0;

 private:
  Pieces pieces_;
  std::size_t exchanges_ = 0;
};

template <typename Value>
void claim_explained(const Outcome<Value>& outcome) {
  if (outcome) return;
  claim_is_explained(outcome.error());
  claim(outcome.error().cause.find(pin.reveal()) == std::string::npos, "no cause holds the PIN");
}

void converse(card::JpkiCard& card) {
  const auto label = card.label();
  claim_explained(label);
  claim(!label || label->size() <= 32, "a label is bounded");
  const auto tries = card.tries_left(card::jpki::authentication);
  claim_explained(tries);
  claim(!tries || *tries <= 15, "a counter has four bits");
  const auto verified = card.verify(card::jpki::authentication, pin);
  if (!verified) claim_is_explained(verified.error().refusal);
  const auto certificate = card.read_certificate(card::jpki::authentication);
  claim_explained(certificate);
  claim(!certificate || (!certificate->empty() && certificate->size() <= 1900), "a certificate has 1 to 1,900 bytes");
  const auto signature = card.sign(card::jpki::authentication, Bytes(51, 0x30));
  claim_explained(signature);
  claim(!signature || (!signature->empty() && signature->size() <= 65536), "a signature is bounded");
}
}  // namespace

void examine(ByteView input) {
  Answers reader(input);
  {
    auto card = card::JpkiCard::begin(reader);
    claim_explained(card);
    if (card) converse(*card);
  }
  claim(reader.times_off == 1, "the card is powered off at the end");
}

}  // namespace mado::fuzz
