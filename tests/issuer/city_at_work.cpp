#include "tests/issuer/city_at_work.hpp"

#include <algorithm>
#include <stdexcept>

#include "issuer/core/kind_sources.hpp"

namespace mado::issuer::at_work {

using trust::StatementType;

namespace {
constexpr std::uint64_t most_open_applications = 2;

template <typename T>
T must(Outcome<T> made) {
  if (!made) throw std::logic_error(made.error().cause);
  return std::move(*made);
}
void must(const Outcome<void>& done) {
  if (!done) throw std::logic_error(done.error().cause);
}

std::vector<std::string> numbers_in(const auto& persons, const std::vector<std::string>& ordered) {
  std::vector<std::string> numbers;
  for (const auto& person : persons) {
    if (std::ranges::find(ordered, person.number()) != ordered.end()) numbers.push_back(person.number());
  }
  return numbers;
}

application::KindRule rule_of(v1::Kind kind) {
  application::KindRule rule;
  rule.kind = kind;
  rule.title_ja = rule.title_en = v1::Kind_Name(kind);
  rule.fee = 200;
  rule.group = group_of(kind);
  rule.family = rule.group == v1::GROUP_FAMILY_REGISTER ? "registers" : "residence";
  const bool alone = kind == v1::KIND_SEAL_CERTIFICATE || is_tax_kind(kind);
  if (kind == v1::KIND_FAMILY_REGISTER_WHOLE) {
    rule.scopes = {v1::SCOPE_HOUSEHOLD};
  } else if (alone) {
    rule.scopes = {v1::SCOPE_SELF};
  } else {
    rule.scopes = {v1::SCOPE_SELF, v1::SCOPE_MEMBERS, v1::SCOPE_HOUSEHOLD};
  }
  if (kind == v1::KIND_RESIDENCE_CERTIFICATE) {
    rule.options = {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES};
    rule.chosen = {v1::OPTION_HEAD_AND_RELATION};
  }
  return rule;
}
}  // namespace

Task<Outcome<HeldSnapshot>> OwnRegisters::read(v1::HouseholdQuery query) {
  asked.push_back(query);
  auto snapshot = registers_.read_household(query, clock_.now());
  if (!snapshot) co_return std::unexpected(snapshot.error());
  co_return HeldSnapshot{std::move(*snapshot)};
}

Task<Outcome<std::string>> OwnRegisters::keep(HeldDomicileEntry entry) {
  registry::DomicileRegister applications(registers_, most_open_applications);
  co_return applications.keep(entry.reveal(), clock_.now());
}

Outcome<HeldTaxRecord> OwnTaxRecords::find(std::string_view resident) {
  ++asked;
  const auto found = records.find(resident);
  if (found == records.end()) return refuse(Reason::tax_record_not_found, "none");
  return HeldTaxRecord{found->second};
}

void OnlyRules::are(application::OfferRules rules) {
  book_ = std::make_shared<const application::RuleBook>(
      std::vector<application::Edition>{std::make_shared<const application::OfferRules>(std::move(rules))});
}

Outcome<std::vector<std::string>> RecordComposer::order(const v1::Household& household) {
  std::vector<std::string> numbers;
  for (const auto& member : household.members()) {
    if (member.state() == v1::RESIDENT_STATE_CURRENT) numbers.push_back(member.number());
  }
  std::ranges::sort(numbers);
  return numbers;
}

Outcome<DrawnCopy> RecordComposer::compose(const CopyOrder& order) {
  if (refuses) return refuse(*refuses, "as the test has it");
  DrawnCopy copy;
  if (order.kind == v1::KIND_FAMILY_REGISTER_SUPPLEMENT) {
    copy.drawn_residents = numbers_in(order.snapshot.supplement().persons(), order.persons);
  } else if (group_of(order.kind) == v1::GROUP_FAMILY_REGISTER) {
    copy.drawn_residents = numbers_in(order.snapshot.family_register().persons(), order.persons);
  } else {
    copy.drawn_residents = numbers_in(order.snapshot.household().members(), order.persons);
    std::ranges::sort(copy.drawn_residents);
  }
  for (std::size_t page = 0; page < pages; ++page)
    copy.fronts.push_back(bytes_of(order.issuance_number + "/" + std::to_string(page)));
  return copy;
}

CityAtWork::CityAtWork()
    : keys(simulator::make_stand_in_keys(simulator::Random(1, "keys"), clock.time + -std::chrono::days{1})),
      installation(simulator::make_installation(*keys, {city_code}, 1, 1, clock.time)),
      registers(must(registry::Registers::open("test_opens"_point, directory / "registers.db"))),
      lines(*registers, clock) {
  start(rules());
}

application::OfferRules CityAtWork::rules() {
  application::OfferRules rules;
  rules.version = 1;
  rules.families = {{.name = "residence"}, {.name = "registers"}};
  rules.domicile_family = "registers";
  rules.most_copies = 3;
  rules.telephone = "03-0000-0000";
  for (const auto kind :
       {v1::KIND_RESIDENCE_CERTIFICATE, v1::KIND_SEAL_CERTIFICATE, v1::KIND_FAMILY_REGISTER_WHOLE,
        v1::KIND_FAMILY_REGISTER_PERSONS, v1::KIND_FAMILY_REGISTER_SUPPLEMENT, v1::KIND_TAXATION, v1::KIND_NO_TAXATION})
    rules.kinds.push_back(rule_of(kind));
  return rules;
}

void CityAtWork::start(application::OfferRules rules) {
  only_rules.are(std::move(rules));
  const auto& city = installation.cities.front();
  IssuerMaterial material;
  material.city = city.code;
  material.city_name = city.name;
  material.roster = installation.roster;
  material.statement_key = city.statement_key;
  material.receiving_keys = {city.receiving_key};
  material.handle_key = city.handle_key;
  material.refusal_delay = std::chrono::milliseconds{500};
  issuer = std::make_unique<Issuer>(IssuerPorts{keys->crypto(), lines, tax, only_rules, ledger, composer, clock,
                                                [this](const Refusal& refusal) { told_to_staff.push_back(refusal); }},
                                    std::move(material));
}

void CityAtWork::change(const std::function<Outcome<void>(registry::Registers::Change&)>& work) {
  must(registers->change("test_changes"_point, clock.time, work));
}

simulator::CardChip CityAtWork::card_of(const std::string& person) {
  auto chip = keys->card();
  const std::vector<Bytes> authorities{keys->card_authority()};
  const auto facts =
      must(keys->crypto().check_certificate(chip.certificate, authorities, trust::CertificateUse::card, clock.time));
  constexpr std::size_t resident_number_size = 15;
  const registry::CardRow row{facts.issuer_key, facts.serial, facts.public_key_digest, person,
                              person.size() != resident_number_size};
  change([&](registry::Registers::Change& c) { return c.put_card(row); });
  return chip;
}

Session::Session(CityAtWork& city, const simulator::CardChip& card, v1::Service service) : city_(city) {
  auto& crypto = city.keys->crypto();
  const auto now = city.clock.time;
  const std::vector<Bytes> authorities{city.keys->card_authority()};
  card_ = must(crypto.check_certificate(card.certificate, authorities, trust::CertificateUse::card, now));
  signing_key_ = crypto.make_signing_key(now);
  receiving_key_ = crypto.make_receiving_key(now);

  v1::CityChallengeQuery wanted;
  wanted.set_city(city_code);
  const auto given =
      must(std::move(run(city.issuer->answer("/madoguchi.v1.City/Challenge", wire::serialise(wanted))).content));
  challenge_ = bytes_of(must(wire::parse<v1::CityChallengeAnswer>(given, "challenge")).challenge());

  const auto& kiosk = city.installation.kiosks.front();
  v1::Opening opening;
  opening.set_purpose(std::string(application::opening_purpose));
  opening.set_city(city_code);
  opening.set_service(service);
  opening.set_kiosk(kiosk);
  opening.set_session(string_of(crypto.random_id().view()));
  opening.set_signing_certificate(string_of(signing_key_->certificate()));
  opening.set_receiving_certificate(string_of(receiving_key_->certificate()));
  opening.set_challenge_digest(string_of(crypto.digest(challenge_)));
  opening.set_most_applications(application::most_applications);
  opening.set_expires_at((now + application::challenge_life).milliseconds);
  const auto prepared = must(crypto.prepare(StatementType::opening, wire::serialise(opening), card.certificate, now));
  opening_ = must(crypto.complete(prepared, must(card.key->sign(prepared.digest_info))));
  v1::Endorsement endorsement;
  endorsement.set_kiosk(kiosk);
  endorsement.set_opening_digest(string_of(crypto.digest(opening_)));
  endorsement_ =
      must(crypto.sign(StatementType::endorsement, wire::serialise(endorsement), *city.keys->device(kiosk), now));
}

template <typename Bundle>
v1::CityQuery Session::query(Bundle bundle, ByteView subject) {
  auto& crypto = city_.keys->crypto();
  const auto now = city_.clock.time;
  bundle.set_opening(string_of(opening_));
  bundle.set_endorsement(string_of(endorsement_));
  bundle.set_challenge(string_of(challenge_));
  const auto good = [](const Bytes&) { return jpki::OcspStanding{true, std::nullopt}; };
  const auto ocsp = city_.keys->ocsp_answer(must(crypto.ocsp_request(card_, subject)), good, now);
  v1::Check check;
  check.set_city(city_code);
  check.set_kiosk(city_.installation.kiosks.front());
  check.set_subject_digest(string_of(subject));
  check.set_ocsp_digest(string_of(crypto.digest(ocsp)));
  check.set_checked_at(now.milliseconds);
  v1::GuardGrant grant;
  grant.set_application_digest(string_of(subject));
  for (int sheet = 0; sheet < 20; ++sheet) grant.add_sheets(string_of(crypto.random_id().view()));
  const auto& center = *city_.installation.centers.front().key;
  v1::CityQuery query;
  query.set_check(string_of(must(crypto.sign(StatementType::check, wire::serialise(check), center, now))));
  query.set_ocsp(string_of(ocsp));
  query.set_grant(string_of(must(crypto.sign(StatementType::guard_grant, wire::serialise(grant), center, now))));
  query.set_sealed(string_of(
      must(crypto.seal(wire::serialise(bundle), city_.installation.cities.front().receiving_key->certificate()))));
  return query;
}

template <typename Message>
Told<Message> Session::ask(const std::string& method, const v1::CityQuery& query, StatementType expected) {
  auto& crypto = city_.keys->crypto();
  const auto answer = run(city_.issuer->answer("/madoguchi.v1.City/" + method, wire::serialise(query)));
  Told<Message> told;
  told.was_held = answer.not_before > city_.clock.time;
  if (!answer.content) {
    told.code = "unsealed " + std::string(code_of(answer.content.error().reason));
    return told;
  }
  const auto sealed = must(wire::parse<v1::CityAnswer>(*answer.content, "city answer")).sealed();
  told.envelope = sealed.size();
  const auto plain = must(crypto.open(view_of(sealed), *receiving_key_));
  const auto reply = must(wire::parse<v1::CityReply>(plain.reveal(), "city reply"));
  const auto statement = view_of(reply.statement());
  if (const auto refusal = crypto.read(statement, StatementType::city_refusal)) {
    told.code = must(wire::parse<v1::CityRefusal>(refusal->content, "refusal")).code();
    return told;
  }
  const auto said = must(crypto.read(statement, expected));
  told.message = must(wire::parse<Message>(said.content, "statement"));
  if (expected == StatementType::certificate) certificate_digest_ = said.digest;
  return told;
}

Told<v1::Menu> Session::open() {
  auto& crypto = city_.keys->crypto();
  v1::MenuRequest request;
  request.set_opening_digest(string_of(crypto.digest(opening_)));
  request.set_language("ja");
  request.set_salt(std::string(32, 's'));
  v1::MenuBundle bundle;
  bundle.set_request(string_of(
      must(crypto.sign(StatementType::menu_request, wire::serialise(request), *signing_key_, city_.clock.time))));
  auto told = ask<v1::Menu>("Menu", query(bundle, crypto.digest(opening_)), StatementType::menu);
  menu_ = told.message;
  return told;
}

Told<v1::DomicileAcceptance> Session::ask_for_registration(const v1::DomicileApplication& said) {
  auto& crypto = city_.keys->crypto();
  auto application = said;
  application.set_opening_digest(string_of(crypto.digest(opening_)));
  v1::MenuBundle bundle;
  bundle.set_request(string_of(must(crypto.sign(StatementType::domicile_application, wire::serialise(application),
                                                *signing_key_, city_.clock.time))));
  return ask<v1::DomicileAcceptance>("Menu", query(bundle, crypto.digest(opening_)),
                                     StatementType::domicile_acceptance);
}

v1::Application Session::application_of(const Choice& choice) {
  v1::Application application;
  application.set_opening_digest(string_of(city_.keys->crypto().digest(opening_)));
  application.set_issuance(string_of(city_.keys->crypto().random_id().view()));
  application.set_sequence(++sequence_);
  application.set_city(city_code);
  application.set_kiosk(city_.installation.kiosks.front());
  application.set_kind(choice.kind);
  application.set_scope(choice.scope);
  for (const auto place : choice.persons) application.add_handles(menu_.persons(place).handle());
  for (const auto& person : menu_.persons()) {
    if (!person.holder()) continue;
    application.set_holder(person.handle());
    if (choice.persons.empty()) application.add_handles(person.handle());
  }
  for (const auto option : choice.options) application.add_options(option);
  application.set_copies(choice.copies);
  application.set_fee(200 * choice.copies);
  application.set_rules_version(menu_.rules_version());
  application.set_salt(std::string(32, 's'));
  return application;
}

Told<v1::Certificate> Session::apply(const Choice& choice) { return send(application_of(choice)); }

Told<v1::Certificate> Session::send(v1::Application application) {
  auto& crypto = city_.keys->crypto();
  applied_ = std::move(application);
  application_statement_ =
      must(crypto.sign(StatementType::application, wire::serialise(applied_), *signing_key_, city_.clock.time));
  v1::ApplicationBundle bundle;
  bundle.set_application(string_of(application_statement_));
  return ask<v1::Certificate>("Apply", query(bundle, crypto.digest(application_statement_)),
                              StatementType::certificate);
}

Told<v1::Release> Session::confirm() {
  auto& crypto = city_.keys->crypto();
  v1::Confirmation confirmation;
  confirmation.set_application_digest(string_of(crypto.digest(application_statement_)));
  confirmation.set_certificate_digest(string_of(certificate_digest_));
  confirmation.set_salt(std::string(32, 's'));
  const auto said =
      must(crypto.sign(StatementType::confirmation, wire::serialise(confirmation), *signing_key_, city_.clock.time));
  v1::ConfirmationBundle bundle;
  bundle.set_confirmation(string_of(said));
  bundle.set_application(string_of(application_statement_));
  return ask<v1::Release>("Confirm", query(bundle, crypto.digest(said)), StatementType::release);
}

}  // namespace mado::issuer::at_work
