// An RSA private key as the card holds one: signs by itself, and leaves only as the card's durable state.
#pragma once

#include <memory>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"
#include "card/virtual_card/private_operation.hpp"

namespace mado::card {

class RsaKey final : public PrivateOperation {
 public:
  // `bits` from 2,048 to 4,096. Takes a second or so. Refusal: input_invalid.
  static Outcome<RsaKey> generate(int bits);
  // PKCS #8 PrivateKeyInfo, DER. Refusal: input_invalid.
  static Outcome<RsaKey> from_private_der(ByteView pkcs8);

  RsaKey(RsaKey&&) noexcept;
  RsaKey& operator=(RsaKey&&) noexcept;
  ~RsaKey() override;

  Sensitive<Bytes> private_der() const;
  // SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), DER.
  Bytes public_der() const;
  // The longest input of sign(): modulus length − 11.
  std::size_t largest_input() const override;
  // PKCS #1 type 1 padding around `input` as it is, then the private operation (RFC 8017 §8.2.1 steps 2–3).
  // Refusal: input_invalid if it is too long.
  Outcome<Bytes> sign(ByteView input) const override;

 private:
  struct Inside;
  explicit RsaKey(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

Bytes sha256(ByteView data);

// The SubjectPublicKeyInfo of a DER X.509 certificate. Refusal: input_invalid.
Outcome<Bytes> public_key_of_certificate(ByteView certificate);

}  // namespace mado::card
