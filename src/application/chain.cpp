#include "application/chain.hpp"

#include <algorithm>

namespace mado::application {

bool is_kiosk_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

namespace {
constexpr std::size_t largest_session_certificate = 1024;

bool is_service(v1::Service service) {
  return service == v1::SERVICE_HOME_CITY || service == v1::SERVICE_DOMICILE_CITY ||
         service == v1::SERVICE_DOMICILE_REGISTRATION;
}

Outcome<void> check_opening_form(const v1::Opening& opening) {
  const bool good = opening.purpose() == opening_purpose && is_city_code(opening.city()) &&
                    is_kiosk_name(opening.kiosk()) && is_service(opening.service()) && opening.session().size() == 16 &&
                    opening.signing_certificate().size() <= largest_session_certificate &&
                    opening.receiving_certificate().size() <= largest_session_certificate &&
                    opening.signing_certificate() != opening.receiving_certificate() &&
                    opening.challenge_digest().size() == 32 && opening.most_applications() >= 1 &&
                    opening.most_applications() <= most_applications && is_time(opening.expires_at());
  if (!good) return refuse(Reason::opening_invalid, "an opening's fields are not within their bounds");
  return {};
}
}  // namespace

Outcome<OpenedSession> verify_opening(trust::Cryptography& crypto, const RosterBook& roster, ByteView opening,
                                      ByteView endorsement, Instant now) {
  auto said = read_said<v1::Opening>(crypto, opening, trust::StatementType::opening, "opening");
  if (!said) return refuse(Reason::opening_invalid, said.error().cause);
  MADO_CHECK(check_opening_form(said->message));
  MADO_CHECK(roster.city(said->message.city()));

  const auto endorsed =
      read_said<v1::Endorsement>(crypto, endorsement, trust::StatementType::endorsement, "endorsement");
  if (!endorsed) return refuse(Reason::opening_invalid, endorsed.error().cause);
  if (!std::ranges::equal(view_of(endorsed->message.opening_digest()), said->digest)) {
    return refuse(Reason::opening_invalid, "the device key endorsed another opening");
  }
  MADO_TRY(device, device_of(crypto, roster, endorsed->signer, now));
  if (device.kiosk != endorsed->message.kiosk() || device.kiosk != said->message.kiosk()) {
    return refuse(Reason::kiosk_not_registered, "the device key is another kiosk's");
  }
  MADO_TRY(card, crypto.check_certificate(said->signer, roster.jpki_authorities(), trust::CertificateUse::card, now));
  auto signing = bytes_of(said->message.signing_certificate());
  auto receiving = bytes_of(said->message.receiving_certificate());
  return OpenedSession{std::move(said->message), std::move(said->digest), std::move(card),
                       std::move(signing),       std::move(receiving),    device.channel};
}

Outcome<void> check_session_signer(const OpenedSession& session, const Bytes& signer) {
  if (signer == session.signing_certificate) return {};
  return refuse(Reason::application_invalid, "signed by another key than the opening's session key");
}

Outcome<void> check_city_signer(trust::Cryptography& crypto, const RosterBook& roster, const std::string& city,
                                trust::StatementType type, const Bytes& signer, Instant now) {
  MADO_TRY(entry, roster.city(city));
  for (const auto& key : entry->statement_keys()) {
    if (!std::ranges::equal(view_of(key.certificate()), signer)) continue;
    const auto& types = key.statement_types();
    if (std::ranges::find(types, std::string(trust::object_identifier(type))) == types.end()) {
      return refuse(Reason::signer_not_entitled, "the city's key may not sign this type of statement");
    }
    MADO_TRY(facts, crypto.check_pinned(signer, now));
    if (facts.subject_serial != city)
      return refuse(Reason::signer_not_entitled, "the key's certificate names another city");
    return {};
  }
  return refuse(Reason::signer_not_entitled, "not a key of city " + city);
}

Outcome<void> check_center_signer(trust::Cryptography& crypto, const RosterBook& roster, const Bytes& signer,
                                  Instant now) {
  for (const auto& center : roster.content().centers()) {
    if (!std::ranges::equal(view_of(center.certificate()), signer)) continue;
    MADO_CHECK(crypto.check_pinned(signer, now));
    return {};
  }
  return refuse(Reason::signer_not_entitled, "not a center's key");
}

Outcome<Device> device_of(trust::Cryptography& crypto, const RosterBook& roster, const Bytes& signer, Instant now) {
  auto facts = crypto.check_certificate(signer, roster.kiosk_authorities(), trust::CertificateUse::device, now);
  if (!facts) return refuse(Reason::kiosk_not_registered, "the device certificate: " + facts.error().cause);
  if (!is_kiosk_name(facts->common_name))
    return refuse(Reason::kiosk_not_registered, "the device certificate names no kiosk");
  const bool in_store = facts->organizational_unit.empty() || facts->organizational_unit == "store";
  if (!in_store && facts->organizational_unit != "issuing-machine")
    return refuse(Reason::kiosk_not_registered, "the device certificate says of no known channel that it stands there");
  return Device{std::move(facts->common_name), in_store ? Channel::store : Channel::issuing_machine};
}

Outcome<Bytes> acknowledge(trust::Cryptography& crypto, ByteView receipt_digest, const trust::SigningKey& key,
                           Instant now) {
  v1::Acknowledgement acknowledgement;
  acknowledgement.set_receipt_digest(string_of(receipt_digest));
  acknowledgement.set_acknowledged_at(now.milliseconds);
  return crypto.sign(trust::StatementType::acknowledgement, wire::serialise(acknowledgement), key, now);
}

Outcome<Bytes> acknowledgement_signer(trust::Cryptography& crypto, ByteView acknowledgement, ByteView receipt_digest) {
  MADO_TRY(said, read_said<v1::Acknowledgement>(crypto, acknowledgement, trust::StatementType::acknowledgement,
                                                "acknowledgement"));
  if (!std::ranges::equal(view_of(said.message.receipt_digest()), receipt_digest))
    return refuse(Reason::certificate_not_ours, "an acknowledgement of another receipt");
  return std::move(said.signer);
}

}  // namespace mado::application
