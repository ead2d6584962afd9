#include "simulator/machines/card.hpp"

namespace mado::simulator {

namespace {
constexpr std::uint8_t verify = 0x20;
constexpr std::uint16_t ok = 0x9000;
constexpr std::string_view signature_pin = "ABC123";  // that no kiosk asks for

card::SlotMemory copy_of(const card::SlotMemory& slot) {
  return {slot.pin.copy(), slot.tries, slot.key.copy(), slot.certificate, slot.authority};
}
card::CardMemory copy_of(const card::CardMemory& memory) {
  return {copy_of(memory.authentication), copy_of(memory.signature)};
}

// What a VERIFY command offers; nothing if it is another command or offers nothing.
std::optional<std::string> pin_in(ByteView command) {
  const auto parsed = card::CommandApdu::parse(command);
  if (!parsed || parsed->ins != verify || parsed->data.reveal().empty()) return std::nullopt;
  return string_of(parsed->data.reveal());
}

// A card that was blocked before, or whose memory fails, compares nothing.
bool tells(ByteView answer) {
  const auto parsed = card::ResponseApdu::parse(answer);
  return parsed && (parsed->sw == ok || (parsed->sw & 0xFFF0) == 0x63C0);
}
}  // namespace

// The chip's key, which remembers what it has signed.
class CardBody::Signing final : public card::PrivateOperation {
 public:
  explicit Signing(std::shared_ptr<const card::PrivateOperation> key) : key_(std::move(key)) {}
  std::size_t largest_input() const override { return key_->largest_input(); }
  Outcome<Bytes> sign(ByteView input) const override {
    auto signature = key_->sign(input);
    if (signature) made_.push_back(*signature);
    return signature;
  }
  std::vector<Bytes> take() { return std::exchange(made_, {}); }

 private:
  std::shared_ptr<const card::PrivateOperation> key_;
  mutable std::vector<Bytes> made_;
};

CardBody::CardBody(CardChip chip, Faults& faults, Random random)
    : faults_(faults), random_(random), key_(std::make_shared<Signing>(std::move(chip.key))) {
  durable_.authentication.pin = Sensitive{std::string(pin)};
  durable_.authentication.tries = card::jpki::authentication_pin_tries;
  durable_.authentication.certificate = std::move(chip.certificate);
  durable_.signature.pin = Sensitive{std::string(signature_pin)};
  durable_.signature.tries = card::jpki::signature_pin_tries;
  lose_power();
}

void CardBody::lose_power() {
  card_.emplace(card::VirtualCard::open(copy_of(durable_), *this, {key_, key_}));
  powered_ = true;
}

CardBody::Cut CardBody::any_cut() {
  if (!faults_.happens(Fault::card_loses_power)) return Cut::none;
  return static_cast<Cut>(random_.between(std::int64_t{1}, std::int64_t{4}));
}

std::optional<Bytes> CardBody::answer(ByteView command) {
  offered_.reset();
  cut_ = any_cut();
  if (cut_ == Cut::before_command) {
    lose_power();
    return std::nullopt;
  }
  const auto offered = pin_in(command);
  const auto before = tries();
  auto answer = card_->answer(command);
  const bool heard = powered_ && cut_ != Cut::after_command;
  if (offered) offered_ = PinOffered{*offered == pin, heard && tells(answer), before, tries()};
  if (heard) return answer;
  lose_power();
  return std::nullopt;
}

// What the card does after its power has gone did not happen.
Outcome<void> CardBody::write(CrashPoint, const card::CardMemory& memory) {
  if (cut_ == Cut::before_write) powered_ = false;
  if (!powered_) return refuse(Reason::storage_failed, "the power is gone");
  const bool lost = faults_.happens(Fault::card_write_fails);
  if (!lost || random_.chance(0.5)) durable_ = copy_of(memory);
  if (cut_ == Cut::after_write) powered_ = false;
  if (lost) return refuse(Reason::storage_failed, "it is not known whether the write is durable");
  return {};
}

std::vector<Bytes> CardBody::take_signatures() { return key_->take(); }

}  // namespace mado::simulator
