// 本籍地利用登録申請: in an opening of its own, somebody asks to have this card known for the 戸籍 that is here.
#include <algorithm>

#include "issuer/core/domicile_application.hpp"
#include "issuer/core/issuer.hpp"
#include "issuer/core/kind_sources.hpp"

namespace mado::issuer {

using trust::StatementType;

namespace {
// Who is known here needs no registration: a resident asks as one.
Outcome<void> check_unknown(const v1::HouseholdSnapshot& snapshot) {
  if (snapshot.mapping() == v1::CARD_MAPPING_UNKNOWN) return {};
  if (snapshot.mapping() == v1::CARD_MAPPING_AMBIGUOUS)
    return refuse(Reason::record_incomplete, "two people have this card");
  return refuse(Reason::domicile_registered_already, "the card is known here");
}
}  // namespace

Task<Answer> Issuer::register_for_domicile(v1::CityQuery query, v1::MenuBundle bundle, Session session,
                                           Instant asked_at) {
  MADO_CO_TRY(
      said, application::read_said<v1::DomicileApplication>(
                ports_.crypto, view_of(bundle.request()), StatementType::domicile_application, "domicile application"));
  const wire::SensitiveMessage<v1::DomicileApplication> asked(std::move(said.message));
  MADO_CO_CHECK(application::check_session_signer(session, said.signer));
  if (asked.reveal().opening_digest() != string_of(session.digest))
    co_return refuse(Reason::application_invalid, "a request of another opening");
  Asker asker{std::move(session), said.digest, asked_at};
  Outcome<v1::CityReply> reply = refuse(Reason::internal, "");
  if (const auto valid = check_validity(query, asker.session, asker.session.digest); !valid) {
    reply = std::unexpected(valid.error());
  } else {
    reply = co_await make_acceptance(asker, asked.reveal());
  }
  co_return answer_to(asker, std::move(reply));
}

Task<Outcome<v1::CityReply>> Issuer::make_acceptance(const Asker& asker, const v1::DomicileApplication& application) {
  const auto& offer = asker.session.offer;
  const auto& family = offer.rules().domicile_family;
  if (family.empty()) co_return refuse(Reason::kind_not_offered, "the city takes no 利用登録 at kiosks");
  const auto now = ports_.clock.now();
  MADO_CO_CHECK(offer.check_family(family, now));
  MADO_CO_CHECK(check_domicile_application(application, in_japan(now).day));
  auto read = co_await ports_.residents.read(card_of(asker.session));
  MADO_CO_TRY(snapshot, std::move(read));
  MADO_CO_CHECK(check_unknown(snapshot.reveal()));

  v1::DomicileEntry entry;
  *entry.mutable_card() = card_of(asker.session);
  entry.set_name(application.name());
  entry.set_born(application.born());
  entry.set_head(application.head());
  entry.set_telephone(application.telephone());
  entry.set_applied_at(now.milliseconds);
  HeldDomicileEntry held{std::move(entry)};
  auto kept = co_await ports_.residents.keep(std::move(held));
  MADO_CO_TRY(number, std::move(kept));
  v1::DomicileAcceptance acceptance;
  acceptance.set_request_digest(string_of(asker.request_digest));
  acceptance.set_number(number);
  acceptance.set_telephone(offer.rules().telephone);
  acceptance.set_salt(salt());
  co_return sign_reply(StatementType::domicile_acceptance, acceptance);
}

}  // namespace mado::issuer
