// What the registers say to a card: read anew for a menu, for a certificate and for its release.
#include <algorithm>

#include "issuer/core/issuer.hpp"
#include "issuer/core/kind_sources.hpp"

namespace mado::issuer {

v1::HouseholdQuery Issuer::card_of(const application::OpenedSession& session) const {
  v1::HouseholdQuery card;
  card.set_issuer_key(string_of(session.card.issuer_key));
  card.set_serial(string_of(session.card.serial));
  card.set_public_key_digest(string_of(session.card.public_key_digest));
  return card;
}

Task<Outcome<Issuer::Sources>> Issuer::read_sources(const Asker& asker, std::vector<v1::Kind> kinds) {
  const auto service = asker.session.opening.service();
  auto query = card_of(asker.session);
  const auto asked = wire::serialise(query);
  for (const auto record : records_of(service, kinds)) query.add_records(record);
  auto read = co_await ports_.residents.read(std::move(query));
  MADO_CO_TRY(snapshot, std::move(read));
  const auto& found = snapshot.reveal();
  // The answer to another question would draw another household (lesson 足立).
  if (found.mapping() == v1::CARD_MAPPING_FOUND && wire::serialise(found.card()) != asked)
    co_return refuse(Reason::record_incomplete, "the register answered about another card");
  Sources sources{std::move(snapshot), std::nullopt, ports_.clock.now()};
  MADO_CO_CHECK(check_session(claim_of(asker, sources, {})));
  if (std::ranges::any_of(kinds, is_tax_kind)) sources.tax.emplace(ports_.tax.find(sources.snapshot.reveal().holder()));
  co_return sources;
}

Claim Issuer::claim_of(const Asker& asker, const Sources& sources, const application::KindRule& rule) const {
  return {sources.snapshot.reveal(),
          asker.session.opening.service(),
          rule.kind,
          rule.youngest,
          sources.tax ? &*sources.tax : nullptr,
          sources.read_at,
          material_.most_silence};
}

Task<Outcome<Issuer::Subject>> Issuer::read_subject(const Asker& asker, const v1::Application& application,
                                                    const application::KindRule& rule) {
  std::vector<v1::Kind> kinds(1, rule.kind);
  auto read = co_await read_sources(asker, std::move(kinds));
  MADO_CO_TRY(sources, std::move(read));
  MADO_CO_CHECK(check_entitled(claim_of(asker, sources, rule)));
  MADO_CO_TRY(persons, persons_of(asker, sources));
  const auto handle = [&](const Person& person) { return handle_of(asker, person); };
  MADO_CO_TRY(chosen, choose_persons(application, persons, handle));
  MADO_CO_TRY(numbers, numbers_to_draw(application, chosen, sources.snapshot.reveal()));
  co_return Subject{std::move(sources), std::move(persons), std::move(numbers)};
}

Outcome<Persons> Issuer::persons_of(const Asker& asker, const Sources& sources) {
  const auto service = asker.session.opening.service();
  std::vector<std::string> order;
  if (service == v1::SERVICE_HOME_CITY) {
    MADO_TRY(ordered, ports_.composer.order(sources.snapshot.reveal().household()));
    order = std::move(ordered);
  }
  return list_persons(sources.snapshot.reveal(), service, order);
}

std::string Issuer::handle_of(const Asker& asker, const Person& person) {
  auto named = asker.session.digest;
  named.insert(named.end(), person.key.begin(), person.key.end());
  auto code = ports_.crypto.authentication_code(material_.handle_key, named);
  code.resize(16);
  return string_of(code);
}

Bytes Issuer::records_code(const Id& issuance, const Sources& sources) {
  Bytes named(issuance.view().begin(), issuance.view().end());
  const auto add = [&](const google::protobuf::Message& record) {
    const Sensitive<Bytes> content{wire::serialise(record)};
    const auto digest = ports_.crypto.digest(content.reveal());
    named.insert(named.end(), digest.begin(), digest.end());
  };
  // When it was read, and how much else had changed by then, is not the record.
  HeldSnapshot snapshot{sources.snapshot.reveal()};
  snapshot.reveal().clear_feed_position();
  snapshot.reveal().clear_read_at();
  snapshot.reveal().clear_freshness();
  add(snapshot.reveal());
  if (sources.tax && *sources.tax) {
    HeldTaxRecord tax{(*sources.tax)->reveal()};
    tax.reveal().clear_position();
    add(tax.reveal());
  }
  return ports_.crypto.authentication_code(material_.handle_key, named);
}

}  // namespace mado::issuer
