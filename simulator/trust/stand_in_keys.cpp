#include "simulator/trust/keys.hpp"
#include "simulator/trust/stand_in.hpp"

namespace mado::simulator {

namespace {
using stand_in::Usage;

class StandInChip final : public CardChip {
 public:
  StandInChip(const StandInCryptography& crypto, std::shared_ptr<const StandInKey> key)
      : crypto_(crypto), key_(std::move(key)) {}
  const Bytes& certificate() const override { return key_->certificate(); }
  Bytes sign(ByteView digest_info) const override { return crypto_.sign_digest(*key_, digest_info); }

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
  std::unique_ptr<CardChip> card() override {
    return std::make_unique<StandInChip>(crypto_, crypto_.make_key(Usage::card, cards_.get(), "a card", ""));
  }
  Bytes ocsp_answer(ByteView request, const std::function<bool(const Bytes& serial)>& is_revoked,
                    Instant now) override {
    return crypto_.ocsp_answer(*cards_, request, is_revoked, now);
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
