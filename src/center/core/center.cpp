#include "center/core/center.hpp"

namespace mado::center {

using application::read_said;
using trust::StatementType;

namespace {
constexpr std::uint32_t most_sheets = 500;
constexpr std::chrono::seconds session_life{600};
constexpr std::string_view service_name = "/madoguchi.v1.Center/";

Outcome<Bytes> digest_field(const std::string& field) {
  if (field.size() != 32) return refuse(Reason::message_malformed, "a digest is not 32 bytes");
  return bytes_of(field);
}
}  // namespace

struct Center::Session {
  std::string city;
  std::string kiosk;
  Id session;
  Instant expires;
  trust::CertificateFacts card;
  Bytes opening_digest;
};

Task<Outcome<Bytes>> Center::answer(std::string method, Bytes request) {
  if (method == std::string(service_name) + "GetRoster") co_return co_await roster();
  if (method == std::string(service_name) + "GetChallenge") co_return co_await challenge(std::move(request));
  if (method == std::string(service_name) + "Open") co_return co_await open(std::move(request));
  if (method == std::string(service_name) + "Apply") co_return co_await apply(std::move(request));
  if (method == std::string(service_name) + "Confirm") co_return co_await confirm(std::move(request));
  if (method == std::string(service_name) + "Report") co_return co_await report(std::move(request));
  co_return refuse(Reason::method_not_allowed, "the center has no method " + method);
}

Task<Outcome<Bytes>> Center::roster() {
  v1::RosterAnswer answer;
  answer.set_signed_roster(string_of(material_.signed_roster));
  co_return wire::serialise(answer);
}

Outcome<void> Center::check_kiosk(const std::string& kiosk) const {
  const auto found = material_.kiosks.find(kiosk);
  if (found == material_.kiosks.end()) return refuse(Reason::kiosk_not_registered, "not in the kiosk register");
  const auto& entry = found->second;
  if (entry.blocked || entry.operator_name.empty() || entry.responsible.empty()) {
    return refuse(Reason::kiosk_not_registered, "kiosk " + kiosk + " is blocked or nobody answers for it");
  }
  return {};
}

Task<Outcome<Bytes>> Center::challenge(Bytes request) {
  MADO_CO_TRY(query, wire::parse<v1::ChallengeQuery>(request, "challenge query"));
  MADO_CO_CHECK(check_kiosk(query.kiosk()));
  MADO_CO_CHECK(material_.roster->check_age(ports_.clock.now()));
  MADO_CO_CHECK(material_.roster->city(query.city()));
  v1::CityChallengeQuery to_city;
  to_city.set_city(query.city());
  auto called = co_await ports_.cities.call(query.city(), "/madoguchi.v1.City/Challenge", wire::serialise(to_city));
  MADO_CO_TRY(bytes, std::move(called));
  MADO_CO_TRY(from_city, wire::parse<v1::CityChallengeAnswer>(bytes, "challenge answer"));
  v1::ChallengeAnswer answer;
  answer.set_challenge(from_city.challenge());
  co_return wire::serialise(answer);
}

Task<Outcome<Bytes>> Center::open(Bytes request) {
  MADO_CO_TRY(query, wire::parse<v1::OpenQuery>(request, "open query"));
  const auto now = ports_.clock.now();
  MADO_CO_CHECK(material_.roster->check_age(now));
  MADO_CO_TRY(opened, application::verify_opening(ports_.crypto, *material_.roster, view_of(query.opening()),
                                                  view_of(query.endorsement()), now));
  MADO_CO_CHECK(check_kiosk(opened.opening.kiosk()));
  const auto session_id = Id::from(view_of(opened.opening.session()));
  Session session{opened.opening.city(), opened.opening.kiosk(), *session_id, now + session_life,
                  opened.card,           opened.digest};
  Asked question{"/madoguchi.v1.City/Menu", opened.digest, query.sealed(), {}};
  auto asked = co_await ask_city(session, std::move(question));
  MADO_CO_TRY(from_city, remember("open", session, session.opening_digest, std::move(asked)));
  v1::OpenAnswer answer;
  answer.set_token(string_of(make_token(session)));
  answer.set_sealed(from_city.sealed());
  co_return wire::serialise(answer);
}

Task<Outcome<Bytes>> Center::apply(Bytes request) {
  MADO_CO_TRY(query, wire::parse<v1::ApplyQuery>(request, "apply query"));
  MADO_CO_TRY(session, read_token(query.token()));
  MADO_CO_TRY(digest, digest_field(query.application_digest()));
  MADO_CO_TRY(grant, make_grant(digest, query.sheets_wanted()));
  Asked question{"/madoguchi.v1.City/Apply", digest, query.sealed(), grant};
  auto asked = co_await ask_city(session, std::move(question));
  MADO_CO_TRY(from_city, remember("apply", session, digest, std::move(asked)));
  v1::ApplyAnswer answer;
  answer.set_sealed(from_city.sealed());
  answer.set_grant(string_of(grant));
  co_return wire::serialise(answer);
}

Task<Outcome<Bytes>> Center::confirm(Bytes request) {
  MADO_CO_TRY(query, wire::parse<v1::ConfirmQuery>(request, "confirm query"));
  MADO_CO_TRY(session, read_token(query.token()));
  MADO_CO_TRY(digest, digest_field(query.confirmation_digest()));
  Asked question{"/madoguchi.v1.City/Confirm", digest, query.sealed(), {}};
  auto asked = co_await ask_city(session, std::move(question));
  MADO_CO_TRY(from_city, remember("confirm", session, digest, std::move(asked)));
  v1::ConfirmAnswer answer;
  answer.set_sealed(from_city.sealed());
  co_return wire::serialise(answer);
}

Task<Outcome<Bytes>> Center::report(Bytes request) {
  MADO_CO_TRY(query, wire::parse<v1::ReportQuery>(request, "report query"));
  MADO_CO_TRY(receipt,
              read_said<v1::Receipt>(ports_.crypto, view_of(query.receipt()), StatementType::receipt, "receipt"));
  // By the time of signing: a receipt may be late, and the device's certificate renewed meanwhile.
  MADO_CO_TRY(device, application::device_of(ports_.crypto, *material_.roster, receipt.signer, receipt.signed_at));
  if (device.kiosk != receipt.message.kiosk())
    co_return refuse(Reason::kiosk_not_registered, "a receipt of another kiosk");
  MADO_CO_TRY(digest, digest_field(receipt.message.application_digest()));
  MADO_CO_CHECK(ports_.history.record({"report", receipt.message.city(), device.kiosk,
                                       v1::Ending_Name(receipt.message.ending()), digest, ports_.clock.now()}));
  v1::CityReportQuery to_city;
  to_city.set_receipt(query.receipt());
  const auto called =
      co_await ports_.cities.call(receipt.message.city(), "/madoguchi.v1.City/Report", wire::serialise(to_city));
  const auto recorded = called ? wire::parse<v1::CityReportAnswer>(*called, "report answer")
                               : Outcome<v1::CityReportAnswer>(std::unexpected(called.error()));
  MADO_CO_TRY(said, application::acknowledge(ports_.crypto, receipt.digest, *material_.key, ports_.clock.now()));
  v1::ReportAnswer answer;
  answer.set_by_center(string_of(said));
  if (recorded) answer.set_by_city(recorded->acknowledgement());
  co_return wire::serialise(answer);
}

Task<Outcome<v1::CityAnswer>> Center::ask_city(const Session& session, Asked asked) {
  MADO_CO_TRY(ocsp_request, ports_.crypto.ocsp_request(session.card, asked.subject_digest));
  auto checked = co_await ports_.jpki.status(std::move(ocsp_request));
  MADO_CO_TRY(ocsp, std::move(checked));
  const auto now = ports_.clock.now();
  MADO_CO_CHECK(ports_.crypto.check_ocsp(ocsp, session.card, asked.subject_digest, now));

  v1::Check check;
  check.set_city(session.city);
  check.set_kiosk(session.kiosk);
  check.set_subject_digest(string_of(asked.subject_digest));
  check.set_ocsp_digest(string_of(ports_.crypto.digest(ocsp)));
  check.set_checked_at(now.milliseconds);
  MADO_CO_TRY(said, ports_.crypto.sign(StatementType::check, wire::serialise(check), *material_.key, now));

  v1::CityQuery query;
  query.set_check(string_of(said));
  query.set_ocsp(string_of(ocsp));
  query.set_grant(string_of(asked.grant));
  query.set_sealed(std::move(asked.sealed));
  auto called = co_await ports_.cities.call(session.city, std::move(asked.method), wire::serialise(query));
  MADO_CO_TRY(bytes, std::move(called));
  co_return wire::parse<v1::CityAnswer>(bytes, "city answer");
}

Outcome<Bytes> Center::make_grant(ByteView application_digest, std::uint32_t sheets) {
  if (sheets == 0 || sheets > most_sheets)
    return refuse(Reason::message_malformed, "a grant for no or too many sheets was asked for");
  v1::GuardGrant grant;
  grant.set_application_digest(string_of(application_digest));
  for (std::uint32_t i = 0; i < sheets; ++i) grant.add_sheets(string_of(ports_.crypto.random_id().view()));
  return ports_.crypto.sign(StatementType::guard_grant, wire::serialise(grant), *material_.key, ports_.clock.now());
}

// Of one node and one day. Any node derives any node's: a session may go on at another one.
Bytes Center::token_subkey(const std::string& node, Instant at) {
  return ports_.crypto.authentication_code(material_.token_key,
                                           view_of("token " + iso_text(in_japan(at).day) + " " + node));
}

Bytes Center::make_token(const Session& session) {
  v1::CenterToken token;
  auto& header = *token.mutable_header();
  header.set_step("session");
  header.set_session(string_of(session.session.view()));
  header.set_kiosk(session.kiosk);
  header.set_expires_at(session.expires.milliseconds);
  header.set_node(material_.node);
  v1::CenterTokenContent content;
  content.set_city(session.city);
  content.set_card_authority(string_of(ports_.crypto.digest(session.card.authority)));
  content.set_card_serial(string_of(session.card.serial));
  content.set_opening_digest(string_of(session.opening_digest));
  token.set_wrapped(string_of(ports_.crypto.wrap(token_subkey(material_.node, session.expires),
                                                 wire::serialise(content), wire::serialise(header))));
  return wire::serialise(token);
}

Outcome<Center::Session> Center::read_token(const std::string& bytes) {
  MADO_TRY(token, wire::parse<v1::CenterToken>(view_of(bytes), "token"));
  const Instant expires{token.header().expires_at()};
  const auto now = ports_.clock.now();
  if (now >= expires || expires > now + session_life)
    return refuse(Reason::challenge_expired, "the session's token has expired");
  MADO_TRY(plain, ports_.crypto.unwrap(token_subkey(token.header().node(), expires), view_of(token.wrapped()),
                                       wire::serialise(token.header())));
  MADO_TRY(content, wire::parse<v1::CenterTokenContent>(plain, "token content"));
  const auto id = Id::from(view_of(token.header().session()));
  if (!id) return refuse(Reason::message_malformed, "a token without a session");
  MADO_CHECK(check_kiosk(token.header().kiosk()));
  Session session{content.city(), token.header().kiosk(), *id, expires, {}, bytes_of(content.opening_digest())};
  session.card.serial = bytes_of(content.card_serial());
  for (const auto& authority : material_.roster->jpki_authorities()) {
    if (string_of(ports_.crypto.digest(authority)) == content.card_authority()) session.card.authority = authority;
  }
  if (session.card.authority.empty())
    return refuse(Reason::card_unknown_issuer, "the token's card authority left the roster");
  return session;
}

// An answer that history cannot hold is not passed on: without it nothing is paid or printed, and the kiosk's receipt
// closes what the city had decided.
Outcome<v1::CityAnswer> Center::remember(const std::string& step, const Session& session, ByteView digest,
                                         Outcome<v1::CityAnswer> answer) {
  const auto outcome = answer ? "answered" : std::string(code_of(answer.error().reason));
  MADO_CHECK(ports_.history.record(
      {step, session.city, session.kiosk, outcome, Bytes(digest.begin(), digest.end()), ports_.clock.now()}));
  return answer;
}

}  // namespace mado::center
