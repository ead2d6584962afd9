// The bound chain (結び付き), as every party checks it for itself: from the card's opening to the city's answer. Pure:
// keys come through the Cryptography port, time is handed in. chain.md, Messages and Rules.
#pragma once

#include <string>

#include "application/opening_hours.hpp"
#include "application/roster.hpp"

namespace mado::application {

inline constexpr std::string_view opening_purpose = "madoguchi opening v1";
inline constexpr std::chrono::seconds challenge_life{600};  // of the issuer's clock
inline constexpr std::chrono::seconds clock_tolerance{5};   // chain rule 13
inline constexpr std::uint32_t most_applications = 5;       // chain rule 10
inline constexpr std::uint32_t most_copies = 10;
inline constexpr int most_persons = 64;
inline constexpr std::uint32_t release_seconds = 60;

// A contract message together with the statement that carried it.
template <typename Message>
struct Said {
  Message message;
  Bytes digest;  // of the statement
  Bytes signer;  // certificate in DER
  Instant signed_at;
};

// Reads a statement and its content. Whether the signer may say so is not checked here.
template <typename Message>
Outcome<Said<Message>> read_said(trust::Cryptography& crypto, ByteView statement, trust::StatementType type,
                                 const char* what) {
  MADO_TRY(read, crypto.read(statement, type));
  MADO_TRY(message, wire::parse<Message>(read.content, what));
  return Said<Message>{std::move(message), std::move(read.digest), std::move(read.signer_certificate), read.signed_at};
}

// What a verified opening tells: who asks, through which kiosk, with which session keys.
struct OpenedSession {
  v1::Opening opening;
  Bytes digest;                  // of the opening statement
  trust::CertificateFacts card;  // of the 利用者証明用 certificate that signed it
  Bytes signing_certificate;     // of the session
  Bytes receiving_certificate;   // of the session
  Channel channel;               // where the kiosk stands
};

// Refusals: opening_invalid (form, purpose, bounds, endorsement by another key or for another opening),
// card_unknown_issuer, card_expired, kiosk_not_registered (device certificate of no known kiosk authority, or of
// another kiosk), city_unknown.
Outcome<OpenedSession> verify_opening(trust::Cryptography& crypto, const RosterBook& roster, ByteView opening,
                                      ByteView endorsement, Instant now);

// A statement signed by the session's signing key. Refusal: application_invalid.
Outcome<void> check_session_signer(const OpenedSession& session, const Bytes& signer);

// A statement that a city signed with a key that the roster lists for it and for this type. Refusals:
// signer_not_entitled, city_unknown.
Outcome<void> check_city_signer(trust::Cryptography& crypto, const RosterBook& roster, const std::string& city,
                                trust::StatementType type, const Bytes& signer, Instant now);

// Refusal: signer_not_entitled.
Outcome<void> check_center_signer(trust::Cryptography& crypto, const RosterBook& roster, const Bytes& signer,
                                  Instant now);

// The kiosk whose device key signed: its certificate's CN is its name, its OU where it stands ("store", which is meant
// without an OU, or "issuing-machine").
struct Device {
  std::string kiosk;
  Channel channel = Channel::store;
};
// Refusal: kiosk_not_registered.
Outcome<Device> device_of(trust::Cryptography& crypto, const RosterBook& roster, const Bytes& signer, Instant now);

// What center and city say to a receipt that they hold (chain.md, message 6b).
Outcome<Bytes> acknowledge(trust::Cryptography& crypto, ByteView receipt_digest, const trust::SigningKey& key,
                           Instant now);
// Refusal: certificate_not_ours if it is about another receipt. Whether its signer may say so is not checked here.
Outcome<Bytes> acknowledgement_signer(trust::Cryptography& crypto, ByteView acknowledgement, ByteView receipt_digest);

bool is_kiosk_name(std::string_view text);  // 1–32 of A–Z 0–9 -

}  // namespace mado::application
