#include "simulator/trust/keys.hpp"
#include "simulator/trust/stand_in.hpp"

namespace mado::simulator {

namespace {
using stand_in::Usage;

constexpr std::size_t longest_digest = 245;  // as an RSA key of 2,048 bits

class StandInOperation final : public card::PrivateOperation {
 public:
  StandInOperation(const StandInCryptography& crypto, std::shared_ptr<const StandInKey> key)
      : crypto_(crypto), key_(std::move(key)) {}
  std::size_t largest_input() const override { return longest_digest; }
  Outcome<Bytes> sign(ByteView digest_info) const override { return crypto_.sign_digest(*key_, digest_info); }

 private:
  const StandInCryptography& crypto_;
  std::shared_ptr<const StandInKey> key_;
};

class StandInKeys final : public Keys {
 public:
  StandInKeys(Random random, Instant valid_from)
      : crypto_(random, valid_from),
        kiosks_(crypto_.make_key(Usage::authority, nullptr, "kiosk authority", "")),
        cards_(crypto_.make_key(Usage::authority, nullptr, "JPKI", "")) {}

  trust::Cryptography& crypto() override { return crypto_; }
  std::shared_ptr<const trust::SigningKey> pinned_signing(const std::string& name,
                                                          const std::string& subject_serial) override {
    return crypto_.make_key(Usage::pinned, nullptr, name, subject_serial);
  }
  std::shared_ptr<const trust::ReceivingKey> pinned_receiving(const std::string& name,
                                                              const std::string& subject_serial) override {
    return crypto_.make_key(Usage::pinned, nullptr, name, subject_serial);
  }
  Bytes kiosk_authority() override { return kiosks_->certificate(); }
  std::shared_ptr<const trust::SigningKey> device(const std::string& kiosk) override {
    return crypto_.make_key(Usage::device, kiosks_.get(), kiosk, "");
  }
  Bytes card_authority() override { return cards_->certificate(); }
  CardChip card() override {
    auto key = crypto_.make_key(Usage::card, cards_.get(), "a card", "");
    return {key->certificate(), std::make_shared<const StandInOperation>(crypto_, key)};
  }
  Bytes ocsp_answer(ByteView request, const StandingOf& standing_of, Instant now) override {
    return crypto_.ocsp_answer(*cards_, request, standing_of, now);
  }

 private:
  StandInCryptography crypto_;
  std::shared_ptr<const StandInKey> kiosks_;
  std::shared_ptr<const StandInKey> cards_;
};
}  // namespace

std::unique_ptr<Keys> make_stand_in_keys(Random random, Instant valid_from) {
  return std::make_unique<StandInKeys>(random, valid_from);
}

}  // namespace mado::simulator
