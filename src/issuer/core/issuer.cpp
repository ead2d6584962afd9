// The chain at the issuer: what is opened, what is checked, how it is answered. What a menu, a certificate and a
// release say is in issuance.cpp.
#include "issuer/core/issuer.hpp"

namespace mado::issuer {

using application::read_said;
using trust::StatementType;

namespace {
constexpr std::chrono::seconds check_life{60};
}

Task<Answer> Issuer::answer(std::string method, Bytes request) {
  if (method == "/madoguchi.v1.City/Challenge") co_return challenge(request);
  if (method == "/madoguchi.v1.City/Menu") co_return co_await menu(std::move(request));
  if (method == "/madoguchi.v1.City/Apply") co_return co_await apply(std::move(request));
  if (method == "/madoguchi.v1.City/Confirm") co_return co_await confirm(std::move(request));
  if (method == "/madoguchi.v1.City/Report") co_return report(request);
  co_return refuse(Reason::method_not_allowed, "a city has no method " + method);
}

Outcome<Bytes> Issuer::challenge(ByteView request) {
  MADO_TRY(query, wire::parse<v1::CityChallengeQuery>(request, "challenge query"));
  if (query.city() != material_.city) return refuse(Reason::city_unknown, "a challenge of another city was asked for");
  const auto now = ports_.clock.now();
  MADO_CHECK(material_.roster->check_age(now));
  MADO_TRY(epoch, ports_.ledger.epoch());
  v1::Challenge challenge;
  challenge.set_city(material_.city);
  challenge.set_epoch(string_of(epoch.view()));
  challenge.set_issued_at(now.milliseconds);
  challenge.set_nonce(string_of(ports_.crypto.random_id().view()));
  MADO_TRY(statement,
           ports_.crypto.sign(StatementType::challenge, wire::serialise(challenge), *material_.statement_key, now));
  v1::CityChallengeAnswer answer;
  answer.set_challenge(string_of(statement));
  return wire::serialise(answer);
}

Task<Answer> Issuer::menu(Bytes request) {
  const auto asked_at = ports_.clock.now();
  MADO_CO_TRY(query, wire::parse<v1::CityQuery>(request, "menu query"));
  MADO_CO_TRY(plain, open_sealed(query.sealed()));
  MADO_CO_TRY(bundle, wire::parse<v1::MenuBundle>(plain.reveal(), "menu bundle"));
  MADO_CO_TRY(session, check_chain(bundle.opening(), bundle.endorsement(), bundle.challenge()));
  if (session.opening.service() == v1::SERVICE_DOMICILE_REGISTRATION)
    co_return co_await register_for_domicile(std::move(query), std::move(bundle), std::move(session), asked_at);
  const auto opening_digest = session.digest;
  MADO_CO_TRY(said, read_said<v1::MenuRequest>(ports_.crypto, view_of(bundle.request()), StatementType::menu_request,
                                               "menu request"));
  MADO_CO_CHECK(application::check_session_signer(session, said.signer));
  if (said.message.opening_digest() != string_of(opening_digest))
    co_return refuse(Reason::application_invalid, "a request of another opening");
  Asker asker{std::move(session), said.digest, asked_at};
  Outcome<v1::CityReply> reply = refuse(Reason::internal, "");
  if (const auto valid = check_validity(query, asker.session, opening_digest); !valid) {
    reply = std::unexpected(valid.error());
  } else {
    reply = co_await make_menu(asker);
  }
  co_return answer_to(asker, std::move(reply));
}

Task<Answer> Issuer::apply(Bytes request) {
  const auto asked_at = ports_.clock.now();
  MADO_CO_TRY(query, wire::parse<v1::CityQuery>(request, "apply query"));
  MADO_CO_TRY(plain, open_sealed(query.sealed()));
  MADO_CO_TRY(bundle, wire::parse<v1::ApplicationBundle>(plain.reveal(), "application bundle"));
  MADO_CO_TRY(session, check_chain(bundle.opening(), bundle.endorsement(), bundle.challenge()));
  MADO_CO_TRY(said, read_said<v1::Application>(ports_.crypto, view_of(bundle.application()), StatementType::application,
                                               "application"));
  MADO_CO_CHECK(application::check_session_signer(session, said.signer));
  MADO_CO_TRY(grant, read_said<v1::GuardGrant>(ports_.crypto, view_of(query.grant()), StatementType::guard_grant,
                                               "guard grant"));
  MADO_CO_CHECK(application::check_center_signer(ports_.crypto, *material_.roster, grant.signer, ports_.clock.now()));
  if (grant.message.application_digest() != string_of(said.digest))
    co_return refuse(Reason::application_changed, "a grant of another application");

  Asker asker{std::move(session), said.digest, asked_at};
  const Applied applied{std::move(said.message), said.digest, std::move(grant.message)};
  Outcome<v1::CityReply> reply = refuse(Reason::internal, "");
  if (const auto valid = check_validity(query, asker.session, applied.digest); !valid) {
    reply = std::unexpected(valid.error());
  } else {
    reply = co_await make_certificate(asker, applied);
  }
  co_return answer_to(asker, std::move(reply));
}

Task<Answer> Issuer::confirm(Bytes request) {
  const auto asked_at = ports_.clock.now();
  MADO_CO_TRY(query, wire::parse<v1::CityQuery>(request, "confirm query"));
  MADO_CO_TRY(plain, open_sealed(query.sealed()));
  MADO_CO_TRY(bundle, wire::parse<v1::ConfirmationBundle>(plain.reveal(), "confirmation bundle"));
  MADO_CO_TRY(session, check_chain(bundle.opening(), bundle.endorsement(), bundle.challenge()));
  MADO_CO_TRY(said, read_said<v1::Confirmation>(ports_.crypto, view_of(bundle.confirmation()),
                                                StatementType::confirmation, "confirmation"));
  MADO_CO_TRY(applied, read_said<v1::Application>(ports_.crypto, view_of(bundle.application()),
                                                  StatementType::application, "application"));
  MADO_CO_CHECK(application::check_session_signer(session, said.signer));
  MADO_CO_CHECK(application::check_session_signer(session, applied.signer));
  if (said.message.application_digest() != string_of(applied.digest)) {
    co_return refuse(Reason::application_changed, "a confirmation of another application");
  }
  Asker asker{std::move(session), said.digest, asked_at};
  Outcome<v1::CityReply> reply = refuse(Reason::internal, "");
  if (const auto valid = check_validity(query, asker.session, said.digest); !valid) {
    reply = std::unexpected(valid.error());
  } else {
    reply = co_await make_release(asker, said.message, applied.message);
  }
  co_return answer_to(asker, std::move(reply));
}

Outcome<Bytes> Issuer::report(ByteView request) {
  MADO_TRY(query, wire::parse<v1::CityReportQuery>(request, "report query"));
  MADO_TRY(receipt, read_said<v1::Receipt>(ports_.crypto, view_of(query.receipt()), StatementType::receipt, "receipt"));
  MADO_TRY(device, application::device_of(ports_.crypto, *material_.roster, receipt.signer, receipt.signed_at));
  const auto issuance = Id::from(view_of(receipt.message.issuance()));
  if (device.kiosk != receipt.message.kiosk() || receipt.message.city() != material_.city || !issuance) {
    return refuse(Reason::kiosk_not_registered, "a receipt of another kiosk or city");
  }
  const auto settled = ports_.ledger.settle(*issuance, view_of(receipt.message.application_digest()), device.kiosk,
                                            v1::Ending_Name(receipt.message.ending()), ports_.clock.now());
  v1::CityReportAnswer answer;
  if (settled) {
    MADO_TRY(said,
             application::acknowledge(ports_.crypto, receipt.digest, *material_.statement_key, ports_.clock.now()));
    answer.set_acknowledgement(string_of(said));
  }
  return wire::serialise(answer);
}

Outcome<Sensitive<Bytes>> Issuer::open_sealed(const std::string& sealed) {
  for (const auto& key : material_.receiving_keys) {
    if (auto plain = ports_.crypto.open(view_of(sealed), *key)) return plain;
  }
  return refuse(Reason::envelope_invalid, "no receiving key of the city opens this envelope");
}

Outcome<Issuer::Session> Issuer::check_chain(const std::string& opening, const std::string& endorsement,
                                             const std::string& challenge) {
  const auto now = ports_.clock.now();
  MADO_CHECK(material_.roster->check_age(now));
  MADO_TRY(session,
           application::verify_opening(ports_.crypto, *material_.roster, view_of(opening), view_of(endorsement), now));
  if (session.opening.city() != material_.city)
    return refuse(Reason::opening_for_another_city, "an opening for another city");

  auto said = read_said<v1::Challenge>(ports_.crypto, view_of(challenge), StatementType::challenge, "challenge");
  if (!said) return refuse(Reason::challenge_invalid, said.error().cause);
  MADO_CHECK(application::check_city_signer(ports_.crypto, *material_.roster, material_.city, StatementType::challenge,
                                            said->signer, now));
  MADO_TRY(epoch, ports_.ledger.epoch());
  const bool ours = said->message.city() == material_.city && said->message.epoch() == string_of(epoch.view()) &&
                    session.opening.challenge_digest() == string_of(said->digest);
  if (!ours) return refuse(Reason::challenge_invalid, "a challenge of another opening or epoch");
  const Instant issued{said->message.issued_at()};
  const Instant expires{session.opening.expires_at()};
  if (issued > now + application::clock_tolerance || expires > issued + application::challenge_life) {
    return refuse(Reason::challenge_invalid, "a challenge from the future, or an opening that outlives it");
  }
  if (now >= issued + application::challenge_life || now >= expires)
    return refuse(Reason::challenge_expired, "the challenge has expired");
  MADO_TRY(rules, ports_.rules.book());
  MADO_TRY(offer, rules->offer(session.channel, issued, now));
  return Session{std::move(session), issued, std::move(rules), std::move(offer)};
}

Outcome<void> Issuer::check_validity(const v1::CityQuery& query, const application::OpenedSession& session,
                                     ByteView subject_digest) {
  const auto now = ports_.clock.now();
  MADO_TRY(check, read_said<v1::Check>(ports_.crypto, view_of(query.check()), StatementType::check, "check"));
  MADO_CHECK(application::check_center_signer(ports_.crypto, *material_.roster, check.signer, now));
  const bool about_this = check.message.city() == material_.city && check.message.kiosk() == session.opening.kiosk() &&
                          check.message.subject_digest() == string_of(subject_digest) &&
                          check.message.ocsp_digest() == string_of(ports_.crypto.digest(view_of(query.ocsp())));
  if (!about_this) return refuse(Reason::check_not_ours, "the center's check is about something else");
  const Instant checked{check.message.checked_at()};
  if (!application::is_time(check.message.checked_at()) || checked > now + application::clock_tolerance ||
      checked + check_life < now) {
    return refuse(Reason::check_stale, "the center's check is over 60 s old, or from the future");
  }
  return ports_.crypto.check_ocsp(view_of(query.ocsp()), session.card, subject_digest, now);
}

Outcome<v1::CityReply> Issuer::sign_reply(StatementType type, const google::protobuf::Message& content) {
  MADO_TRY(statement, ports_.crypto.sign(type, wire::serialise(content), *material_.statement_key, ports_.clock.now()));
  v1::CityReply reply;
  reply.set_statement(string_of(statement));
  return reply;
}

Answer Issuer::answer_to(const Asker& asker, Outcome<v1::CityReply> reply) {
  if (reply) return seal_reply(asker, std::move(*reply));
  if (ports_.refused) ports_.refused(reply.error());
  MADO_TRY(refusal, refusal_of(asker, reply.error()));
  auto sealed = seal_reply(asker, std::move(refusal));
  return {std::move(sealed), refusal_moment(asker.asked_at, ports_.clock.now(), material_.refusal_delay)};
}

Outcome<v1::CityReply> Issuer::refusal_of(const Asker& asker, const Refusal& refusal) {
  v1::CityRefusal said;
  said.set_request_digest(string_of(asker.request_digest));
  said.set_code(std::string(code_of(refusal.reason)));
  said.set_telephone(asker.session.offer.rules().telephone);
  said.set_salt(salt());
  return sign_reply(StatementType::city_refusal, said);
}

Outcome<Bytes> Issuer::seal_reply(const Asker& asker, v1::CityReply reply) {
  const Sensitive<Bytes> plain{wire::serialise(reply)};
  wire::wipe_message(reply);
  MADO_TRY(sealed, ports_.crypto.seal(plain.reveal(), asker.session.receiving_certificate));
  v1::CityAnswer answer;
  answer.set_sealed(string_of(sealed));
  return wire::serialise(answer);
}

}  // namespace mado::issuer
