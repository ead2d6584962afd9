// What a menu, a certificate and a release say: decided over one snapshot of the register, written to the ledger,
// signed.
#include <algorithm>

#include "issuer/core/entitlement.hpp"
#include "issuer/core/issuer.hpp"

namespace mado::issuer {

using trust::StatementType;

namespace {
std::string family_of(v1::Kind kind) { return kind == v1::KIND_RESIDENCE_CERTIFICATE ? "residence" : "other"; }

const v1::Resident& resident_of(const v1::Household& household, const std::string& number) {
  return *std::ranges::find(household.members(), number, &v1::Resident::number);
}

// 発行番号 of one copy: the day, the city, the kiosk, the ledger's running number. Facts: 標準仕様書 5.5.
std::string issuance_number(Day day, const std::string& city_name, const std::string& kiosk, std::uint64_t number) {
  std::string date = iso_text(day);
  std::erase(date, '-');
  std::string running = std::to_string(number);
  if (running.size() < 6) running.insert(0, 6 - running.size(), '0');
  return date + " " + city_name + " " + kiosk + " " + running;
}
}  // namespace

Bytes Issuer::handle_of(ByteView opening_digest, const std::string& resident) {
  Bytes named(opening_digest.begin(), opening_digest.end());
  named.insert(named.end(), resident.begin(), resident.end());
  auto code = ports_.crypto.authentication_code(material_.handle_key, named);
  code.resize(16);
  return code;
}

Task<Outcome<Issuer::Household>> Issuer::read_household(const application::OpenedSession& session) {
  v1::HouseholdQuery query;
  query.set_issuer_key(string_of(session.card.issuer_key));
  query.set_serial(string_of(session.card.serial));
  query.set_public_key_digest(string_of(session.card.public_key_digest));
  const auto asked = wire::serialise(query);
  auto read = co_await ports_.residents.read(std::move(query));
  MADO_CO_TRY(snapshot, std::move(read));
  // The answer to another question would draw another household (lesson 足立).
  if (snapshot.reveal().mapping() == v1::CARD_MAPPING_FOUND && wire::serialise(snapshot.reveal().card()) != asked)
    co_return refuse(Reason::record_incomplete, "the register answered about another card");
  MADO_CO_CHECK(check_household(snapshot.reveal(), in_japan(ports_.clock.now()).day));
  MADO_CO_TRY(order, ports_.composer.order(snapshot.reveal().household()));
  co_return Household{std::move(snapshot), std::move(order)};
}

Task<Outcome<v1::CityReply>> Issuer::make_menu(const Asker& asker) {
  MADO_CO_CHECK(material_.rules.check_open(ports_.clock.now()));
  auto read = co_await read_household(asker.session);
  MADO_CO_TRY(household, std::move(read));
  v1::Menu menu;
  menu.set_request_digest(string_of(asker.request_digest));
  for (const auto& rule : material_.rules.kinds) {
    auto& kind = *menu.add_kinds();
    kind.set_kind(rule.kind);
    kind.set_title_ja(rule.title_ja);
    kind.set_title_en(rule.title_en);
    kind.set_fee(rule.fee);
    for (const auto scope : rule.scopes) kind.add_scopes(scope);
    for (const auto option : rule.options) kind.add_options(option);
  }
  for (const auto& number : household.order) {
    const auto& resident = resident_of(household.record(), number);
    auto& person = *menu.add_persons();
    person.set_handle(string_of(handle_of(asker.session.digest, number)));
    person.set_name(resident.name());
    person.set_relation(resident.relation());
    person.set_holder(number == household.holder());
  }
  menu.set_most_copies(material_.rules.most_copies);
  menu.set_rules_version(material_.rules.version);
  menu.set_telephone(material_.rules.telephone);
  menu.set_salt(salt());
  const wire::SensitiveMessage<v1::Menu> held{std::move(menu)};
  co_return sign_reply(StatementType::menu, held.reveal());
}

Outcome<void> Issuer::check_application(const v1::Application& application,
                                        const application::OpenedSession& session) const {
  const auto& opening = session.opening;
  if (application.opening_digest() != string_of(session.digest) || application.city() != opening.city() ||
      application.kiosk() != opening.kiosk() || application.issuance().size() != 16 ||
      application.salt().size() != 32) {
    return refuse(Reason::application_invalid, "the application is not of this opening");
  }
  if (application.sequence() < 1 || application.sequence() > opening.most_applications()) {
    return refuse(Reason::opening_used_up, "the application's sequence is beyond the opening's number");
  }
  const auto* rule = material_.rules.find(application.kind());
  if (rule == nullptr) return refuse(Reason::kind_not_offered, "the kind is not offered");
  if (application.rules_version() != material_.rules.version)
    return refuse(Reason::application_changed, "made under other rules");
  if (std::ranges::find(rule->scopes, application.scope()) == rule->scopes.end())
    return refuse(Reason::option_not_offered, "the scope is not offered");
  for (int i = 0; i < application.options_size(); ++i) {
    const auto option = static_cast<v1::Option>(application.options(i));
    if (std::ranges::find(rule->options, option) == rule->options.end())
      return refuse(Reason::option_not_offered, "an option is not offered");
    if (i > 0 && application.options(i) <= application.options(i - 1))
      return refuse(Reason::application_invalid, "options are out of order");
  }
  if (application.copies() < 1 || application.copies() > material_.rules.most_copies) {
    return refuse(Reason::copies_out_of_range, "the number of copies is not offered");
  }
  if (application.fee() != rule->fee * application.copies())
    return refuse(Reason::fee_changed, "the fee is not the rules' fee");
  return {};
}

Outcome<std::vector<std::string>> Issuer::chosen_residents(const v1::Application& application,
                                                           const Household& household, const Bytes& opening_digest) {
  // The card stands for the very resident whom the menu marked as its holder, also at the release (chain rule 8).
  if (application.holder() != string_of(handle_of(opening_digest, household.holder())))
    return refuse(Reason::person_not_in_household, "the card stood for another resident in the menu");
  std::vector<std::string> chosen;
  for (const auto& number : household.order) {
    const auto handle = string_of(handle_of(opening_digest, number));
    if (std::ranges::find(application.handles(), handle) != application.handles().end()) chosen.push_back(number);
  }
  // Each handle names a different person of this very household, in the menu's order.
  bool in_order = static_cast<int>(chosen.size()) == application.handles_size() && !chosen.empty();
  for (int i = 0; in_order && i < application.handles_size(); ++i) {
    in_order = application.handles(i) == string_of(handle_of(opening_digest, chosen[static_cast<std::size_t>(i)]));
  }
  if (!in_order) return refuse(Reason::person_not_in_household, "a handle names nobody of this household, or twice");
  const bool self = chosen.size() == 1 && chosen.front() == household.holder();
  if (application.scope() == v1::SCOPE_SELF && !self)
    return refuse(Reason::person_not_in_household, "another person than the holder alone");
  if (application.scope() == v1::SCOPE_HOUSEHOLD && chosen.size() != household.order.size()) {
    return refuse(Reason::person_not_in_household, "not the whole household");
  }
  return chosen;
}

Task<Outcome<v1::CityReply>> Issuer::make_certificate(const Asker& asker, const Applied& applied) {
  const auto& application = applied.application;
  MADO_CO_CHECK(check_application(application, asker.session));
  const auto now = ports_.clock.now();
  MADO_CO_CHECK(material_.rules.check_open(now));
  auto read = co_await read_household(asker.session);
  MADO_CO_TRY(household, std::move(read));
  MADO_CO_TRY(chosen, chosen_residents(application, household, asker.session.digest));

  const auto issuance = *Id::from(view_of(application.issuance()));
  MADO_CO_TRY(first_number, ports_.ledger.begin({issuance, asker.session.digest, application.sequence(), applied.digest,
                                                 material_.city, application.kiosk(), family_of(application.kind()),
                                                 application.copies(), asker.session.opening.most_applications()},
                                                now));
  v1::Certificate certificate;
  v1::CityReply reply;
  MADO_CO_CHECK(draw_copies(asker, applied, household, chosen, first_number, certificate, reply));
  certificate.set_application_digest(string_of(applied.digest));
  certificate.set_issuance(application.issuance());
  certificate.set_kind(application.kind());
  certificate.set_fee(application.fee());
  certificate.set_rules_version(material_.rules.version);
  certificate.set_salt(salt());
  MADO_CO_TRY(signed_reply, sign_reply(StatementType::certificate, certificate));
  MADO_CO_CHECK(ports_.ledger.made(issuance, ports_.crypto.digest(view_of(signed_reply.statement()))));
  reply.set_statement(signed_reply.statement());
  co_return reply;
}

Outcome<void> Issuer::draw_copies(const Asker& asker, const Applied& applied, const Household& household,
                                  const std::vector<std::string>& chosen, std::uint64_t first_number,
                                  v1::Certificate& certificate, v1::CityReply& reply) {
  const auto& application = applied.application;
  const auto today = in_japan(ports_.clock.now()).day;
  std::set<v1::Option> options;
  for (const auto option : application.options()) options.insert(static_cast<v1::Option>(option));
  int sheet = 0;
  for (std::uint32_t i = 0; i < application.copies(); ++i) {
    const auto number = issuance_number(today, material_.city_name, application.kiosk(), first_number + i);
    MADO_TRY(copy, ports_.composer.compose({household.snapshot.reveal(), nullptr, chosen, application.kind(),
                                            application.scope(), options, today, number}));
    // Whom the statement names comes from the rows that were drawn; it must be whom the application asked for (lesson
    // 足立).
    if (copy.drawn_residents != chosen)
      return refuse(Reason::page_check_failed, "the persons drawn are not those applied for");
    auto& said = *certificate.add_copies();
    said.set_issuance_number(number);
    for (auto& front : copy.fronts) {
      if (sheet >= applied.grant.sheets_size())
        return refuse(Reason::page_check_failed, "the grant covers fewer sheets than were drawn");
      auto& page = *said.add_pages();
      page.set_front_digest(string_of(ports_.crypto.digest(front)));
      page.set_sheet(applied.grant.sheets(sheet++));
      reply.add_images(string_of(front));
      wipe(front);
    }
    if (i != 0) continue;
    for (const auto& drawn : copy.drawn_residents)
      certificate.add_handles(string_of(handle_of(asker.session.digest, drawn)));
  }
  return {};
}

Task<Outcome<v1::CityReply>> Issuer::make_release(const Asker& asker, const v1::Confirmation& confirmation,
                                                  const v1::Application& application) {
  MADO_CO_CHECK(check_application(application, asker.session));
  // Suppression, mapping and the card's revocation are read again at the last moment (I7, lesson さいたま).
  auto read = co_await read_household(asker.session);
  MADO_CO_TRY(household, std::move(read));
  MADO_CO_CHECK(chosen_residents(application, household, asker.session.digest));
  const auto now = ports_.clock.now();
  MADO_CO_CHECK(ports_.ledger.confirm(*Id::from(view_of(application.issuance())),
                                      view_of(confirmation.application_digest()),
                                      view_of(confirmation.certificate_digest()), now));
  v1::Release release;
  release.set_confirmation_digest(string_of(asker.request_digest));
  release.set_application_digest(confirmation.application_digest());
  release.set_released_at(now.milliseconds);
  release.set_good_for(application::release_seconds);
  release.set_salt(salt());
  co_return sign_reply(StatementType::release, release);
}

}  // namespace mado::issuer
