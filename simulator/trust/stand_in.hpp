// The stand-in cryptography. Keys are numbers, their secrets lie in a table that only this file's class reads: nobody
// signs without holding the key object, nobody opens without it, and one changed bit is seen. Quick enough for millions
// of applications.
#pragma once

#include <unordered_map>

#include "simulator/scheduler/random.hpp"
#include "simulator/trust/fast_digest.hpp"
#include "simulator/trust/keys.hpp"
#include "simulator/trust/stand_in_form.hpp"
#include "trust/cryptography.hpp"

namespace mado::simulator {

// Both halves in one; who is given it as a signing key can only sign.
class StandInKey : public trust::SigningKey, public trust::ReceivingKey {
 public:
  StandInKey(std::uint64_t number, Bytes certificate) : number_(number), certificate_(std::move(certificate)) {}
  const Bytes& certificate() const override { return certificate_; }
  std::uint64_t number() const { return number_; }

 private:
  std::uint64_t number_;
  Bytes certificate_;
};

class StandInCryptography final : public trust::Cryptography {
 public:
  StandInCryptography(Random random, Instant valid_from) : random_(random), valid_from_(valid_from) {}

  // A new key whose certificate `authority` signs; nothing: its own key does.
  std::shared_ptr<const StandInKey> make_key(stand_in::Usage usage, const StandInKey* authority,
                                             std::string common_name, std::string subject_serial);
  Bytes sign_digest(const StandInKey& key, ByteView digest_info) const;
  Bytes ocsp_answer(const StandInKey& responder, ByteView request, const Keys::StandingOf& standing_of,
                    Instant now) const;

  Bytes random(std::size_t size) override { return random_.bytes(size); }
  Bytes digest(ByteView bytes) override { return octets_of(fast_digest(bytes)); }
  Bytes authentication_code(ByteView key, ByteView bytes) override;
  std::unique_ptr<trust::SigningKey> make_signing_key(Instant at) override;
  std::unique_ptr<trust::ReceivingKey> make_receiving_key(Instant at) override;
  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override;
  Outcome<trust::Statement> read(ByteView statement, trust::StatementType expected) override;
  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override;
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override;
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override;
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override;
  Outcome<trust::CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                                     trust::CertificateUse use, Instant at) override;
  Outcome<trust::CertificateFacts> check_pinned(ByteView certificate, Instant at) override;
  Outcome<Bytes> ocsp_request(const trust::CertificateFacts& card, ByteView nonce) override;
  Outcome<void> check_ocsp(ByteView response, const trust::CertificateFacts& card, ByteView nonce, Instant at) override;
  Bytes wrap(ByteView key, ByteView content, ByteView associated) override;
  Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) override;

 private:
  struct Held {
    std::uint64_t secret;
    Bytes certificate;
  };
  const Held* held(std::uint64_t key) const;
  Bytes code_by(std::uint64_t secret, ByteView bytes) const;  // [code_size]
  Bytes with_code(Bytes bytes, std::uint64_t secret) const;
  bool code_holds(ByteView bytes, ByteView code, std::uint64_t secret) const;

  Random random_;
  Instant valid_from_;
  std::unordered_map<std::uint64_t, Held> held_;
};

}  // namespace mado::simulator
