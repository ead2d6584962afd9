// Envelopes: first the bytes as they are, then a genuine envelope with the changes that they name.
#include "trust/openssl_cryptography.hpp"
#include "trust/shape.hpp"

#include "fuzz/examine.hpp"

namespace mado::fuzz {

namespace {
const Instant at{1'800'000'000'000};

struct Sealed {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  std::unique_ptr<trust::ReceivingKey> key = crypto->make_receiving_key(at);
  Bytes envelope = crypto->seal(view_of("what only the session may read"), key->certificate()).value();
};
}  // namespace

void examine(ByteView input) {
  static Sealed genuine;
  Pieces pieces(input);
  const bool raw = pieces.byte() % 2 == 0;
  const auto bytes =
      raw ? Bytes(pieces.rest().begin(), pieces.rest().end()) : tampered(genuine.envelope, pieces.rest());
  const auto shape = trust::check_envelope_shape(bytes, genuine.key->certificate());
  const auto opened = genuine.crypto->open(bytes, *genuine.key);
  if (!shape) claim_is_explained(shape.error());
  if (!opened)
    claim(opened.error().reason == Reason::envelope_invalid, "one reason for every envelope that stays shut");
  claim(opened.has_value() == (bytes == genuine.envelope), "a changed envelope stays shut, a genuine one opens");
}

}  // namespace mado::fuzz
