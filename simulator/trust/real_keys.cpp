// Real keys: the product's own cryptography, JPKI's profiles and its OCSP answers. Cards' RSA keys take a second to
// make and serve every seed again; everything else is made anew.
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "card/virtual_card/rsa_key.hpp"
#include "jpki/core/ocsp_answer.hpp"
#include "jpki/core/profile.hpp"
#include "simulator/trust/keys.hpp"
#include "trust/openssl_cryptography.hpp"
#include "trust/x509.hpp"

namespace mado::simulator {

namespace {
namespace extension = trust::extension;
constexpr std::chrono::days certificate_life{40};
constexpr int card_key_bits = 2048;

template <typename T>
T must(Outcome<T> made) {
  if (!made) throw std::logic_error("the simulator's keys: " + made.error().cause);
  return std::move(*made);
}
void must(const Outcome<void>& done) {
  if (!done) throw std::logic_error("the simulator's keys: " + done.error().cause);
}

std::shared_ptr<const card::RsaKey> card_key(std::size_t number) {
  static std::vector<std::shared_ptr<const card::RsaKey>> made;
  while (made.size() <= number)
    made.push_back(std::make_shared<const card::RsaKey>(must(card::RsaKey::generate(card_key_bits))));
  return made[number];
}

struct Authority {
  trust::PrivateKey key;
  trust::X509Certificate certificate;
};

class RealKeys final : public Keys {
 public:
  explicit RealKeys(Instant valid_from);
  ~RealKeys() override { std::filesystem::remove_all(directory_); }
  RealKeys(const RealKeys&) = delete;
  RealKeys& operator=(const RealKeys&) = delete;

  trust::Cryptography& crypto() override { return *crypto_; }
  std::shared_ptr<const trust::SigningKey> pinned_signing(const std::string& name,
                                                          const std::string& subject_serial) override {
    save_pinned(name, subject_serial);
    return must(trust::load_signing_key(key_file_, certificate_file_));
  }
  std::shared_ptr<const trust::ReceivingKey> pinned_receiving(const std::string& name,
                                                              const std::string& subject_serial) override {
    save_pinned(name, subject_serial);
    return must(trust::load_receiving_key(key_file_, certificate_file_));
  }
  Bytes kiosk_authority() override { return kiosks_.certificate.der(); }
  std::shared_ptr<const trust::SigningKey> device(const std::string& kiosk) override;
  Bytes card_authority() override { return cards_.certificate.der(); }
  CardChip card() override;
  Bytes ocsp_answer(ByteView request, const StandingOf& standing_of, Instant now) override;

 private:
  trust::Issuing issuing(const trust::Name& subject, const trust::PrivateKey& key) const;
  jpki::Particulars particulars(const Bytes& public_key) const;
  Authority make_kiosk_authority() const;
  Authority make_card_authority() const;
  void save(const trust::PrivateKey& key, const trust::X509Certificate& certificate);
  void save_pinned(const std::string& name, const std::string& subject_serial);

  Instant valid_from_;
  std::filesystem::path directory_;
  std::filesystem::path key_file_, certificate_file_;
  std::unique_ptr<trust::Cryptography> crypto_ = trust::make_openssl_cryptography();
  Authority kiosks_;
  Authority cards_;
  trust::PrivateKey responder_key_ = must(trust::PrivateKey::make(trust::KeyKind::rsa2048));
  Bytes responder_;
  std::size_t cards_made_ = 0;
};

std::filesystem::path new_directory() {
  auto pattern = (std::filesystem::temp_directory_path() / "madoguchi-simulate-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return pattern;
}

RealKeys::RealKeys(Instant valid_from)
    : valid_from_(valid_from),
      directory_(new_directory()),
      key_file_(directory_ / "a.key"),
      certificate_file_(directory_ / "a.pem"),
      kiosks_(make_kiosk_authority()),
      cards_(make_card_authority()) {
  responder_ = must(trust::issue(must(jpki::responder_profile(jpki::Kind::authentication,
                                                              particulars(responder_key_.public_key()),
                                                              cards_.certificate.facts().key_id)),
                                 cards_.key))
                   .der();
}

trust::Issuing RealKeys::issuing(const trust::Name& subject, const trust::PrivateKey& key) const {
  trust::Issuing made;
  made.subject = made.issuer = subject;
  made.public_key = key.public_key();
  made.serial = trust::random_serial();
  made.not_before = valid_from_;
  made.not_after = valid_from_ + certificate_life;
  return made;
}

jpki::Particulars RealKeys::particulars(const Bytes& public_key) const {
  return {trust::random_serial(), public_key, valid_from_, valid_from_ + certificate_life};
}

Authority RealKeys::make_kiosk_authority() const {
  auto key = must(trust::PrivateKey::make(trust::KeyKind::p256));
  auto made = issuing({{"CN", "kiosk authority"}}, key);
  made.extensions = {extension::key_usage(trust::certificate_sign | trust::crl_sign), extension::authority(),
                     extension::subject_key_identifier(must(trust::key_id_of(made.public_key)))};
  auto certificate = must(trust::issue(made, key));
  return {std::move(key), std::move(certificate)};
}

Authority RealKeys::make_card_authority() const {
  auto key = must(trust::PrivateKey::make(trust::KeyKind::rsa2048));
  auto certificate =
      must(trust::issue(must(jpki::authority_profile(jpki::Kind::authentication, particulars(key.public_key()))), key));
  return {std::move(key), std::move(certificate)};
}

void RealKeys::save(const trust::PrivateKey& key, const trust::X509Certificate& certificate) {
  std::filesystem::remove(key_file_);
  std::filesystem::remove(certificate_file_);
  must(key.save("simulated"_point, key_file_));
  must(certificate.save("simulated"_point, certificate_file_));
}

void RealKeys::save_pinned(const std::string& name, const std::string& subject_serial) {
  trust::Name subject{{"CN", name}};
  if (!subject_serial.empty()) subject.push_back({"serialNumber", subject_serial});
  const auto key = must(trust::PrivateKey::make(trust::KeyKind::p256));
  auto made = issuing(subject, key);
  made.extensions = {extension::key_usage(trust::digital_signature | trust::key_agreement),
                     extension::subject_key_identifier(must(trust::key_id_of(made.public_key)))};
  save(key, must(trust::issue(made, key)));
}

std::shared_ptr<const trust::SigningKey> RealKeys::device(const std::string& kiosk) {
  const auto key = must(trust::PrivateKey::make(trust::KeyKind::p256));
  auto made = issuing({{"CN", kiosk}}, key);
  made.issuer = kiosks_.certificate.facts().subject;
  made.extensions = {extension::key_usage(trust::digital_signature),
                     extension::authority_key_identifier(kiosks_.certificate.facts().key_id),
                     extension::subject_key_identifier(must(trust::key_id_of(made.public_key)))};
  save(key, must(trust::issue(made, kiosks_.key)));
  return must(trust::load_signing_key(key_file_, certificate_file_));
}

CardChip RealKeys::card() {
  auto key = card_key(cards_made_++);
  const auto profile = must(jpki::authentication_profile(
      particulars(key->public_der()), cards_.certificate.facts().key_id, {"131016", "", ""}, "SIMULATED00001"));
  return {must(trust::issue(profile, cards_.key)).der(), std::move(key)};
}

Bytes RealKeys::ocsp_answer(ByteView request, const StandingOf& standing_of, Instant now) {
  const auto question = jpki::read_question(request);
  if (!question) return jpki::make_failure(jpki::OcspFailure::malformed_request);
  return must(jpki::make_answer(*question, standing_of(question->serial), now, responder_key_, responder_,
                                must(trust::key_id_of(responder_key_.public_key()))));
}
}  // namespace

std::unique_ptr<Keys> make_real_keys(Instant valid_from) { return std::make_unique<RealKeys>(valid_from); }

}  // namespace mado::simulator
