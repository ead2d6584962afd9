// Statements: first the bytes as they are, then a genuine statement with the changes that they name.
#include "trust/openssl_cryptography.hpp"
#include "trust/shape.hpp"

#include "fuzz/examine.hpp"

namespace mado::fuzz {

namespace {
const Instant at{1'800'000'000'000};
const auto type = trust::StatementType::application;

struct Signed {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  std::unique_ptr<trust::SigningKey> key = crypto->make_signing_key(at);
  Bytes statement = crypto->sign(type, view_of("what an application says"), *key, at).value();
};

void examine_bytes(trust::Cryptography& crypto, ByteView bytes) {
  const auto shape = trust::check_statement_shape(bytes);
  const auto read = crypto.read(bytes, type);
  if (!shape) claim_is_explained(shape.error());
  if (!read) claim_is_explained(read.error());
  claim(shape || !read, "OpenSSL never reads what has another shape");
}
}  // namespace

void examine(ByteView input) {
  static Signed genuine;
  Pieces pieces(input);
  if (pieces.byte() % 2 == 0) {
    examine_bytes(*genuine.crypto, pieces.rest());
    return;
  }
  const auto changed = tampered(genuine.statement, pieces.rest());
  const auto read = genuine.crypto->read(changed, type);
  claim(read.has_value() == (changed == genuine.statement), "a changed statement is refused, a genuine one read");
}

}  // namespace mado::fuzz
