// What the validity service answers: first the bytes as they are, then a genuine answer with the changes that they
// name.
#include "jpki/core/ocsp_answer.hpp"
#include "fuzz/examine.hpp"
#include "jpki/core/profile.hpp"
#include "trust/ocsp.hpp"

namespace mado::fuzz {

namespace {
const Instant at{1'800'000'000'000};
constexpr std::chrono::minutes age{1};

trust::X509Certificate issued(Outcome<trust::Issuing> profile, const trust::PrivateKey& by) {
  return trust::issue(profile.value(), by).value();
}

// One authority, its responder, and its answer about one certificate.
struct Answered {
  trust::PrivateKey key = trust::PrivateKey::make(trust::KeyKind::rsa2048).value();
  trust::PrivateKey responder_key = trust::PrivateKey::make(trust::KeyKind::p256).value();
  trust::X509Certificate authority = issued(jpki::authority_profile(kind, particulars(key)), key);
  trust::X509Certificate responder =
      issued(jpki::responder_profile(kind, particulars(responder_key), authority.facts().key_id), key);
  trust::OcspExpectation expected{authority.der(), Bytes{0x11, 0x22}, Bytes(32, 0x33)};
  Bytes response = answer();

  static constexpr auto kind = jpki::Kind::authentication;
  static jpki::Particulars particulars(const trust::PrivateKey& of) {
    return {Bytes{0x01}, of.public_key(), at + std::chrono::hours{-1}, at + std::chrono::hours{24}};
  }
  Bytes answer() const {
    const auto request = trust::build_ocsp_request(authority.der(), expected.serial, expected.nonce).value();
    return jpki::make_answer(jpki::read_question(request).value(), {.known = true, .revocation = {}}, at, responder_key,
                             responder.der(), responder.facts().key_id)
        .value();
  }
};
}  // namespace

void examine(ByteView input) {
  static const Answered genuine;
  Pieces pieces(input);
  const bool raw = pieces.byte() % 2 == 0;
  const auto response =
      raw ? Bytes(pieces.rest().begin(), pieces.rest().end()) : tampered(genuine.response, pieces.rest());
  const auto checked = trust::check_ocsp(response, genuine.expected, at, age);
  if (!checked) claim_is_explained(checked.error());
  claim(checked.has_value() == (response == genuine.response), "a changed answer is refused, a genuine one is good");
}

}  // namespace mado::fuzz
