// What a citizen may choose from: the city's kinds, those that may not be had now with the reason, and the people.
#include <algorithm>

#include "issuer/core/issuer.hpp"
#include "issuer/core/kind_sources.hpp"

namespace mado::issuer {

namespace {
constexpr std::size_t most_persons = 64;

v1::MenuKind menu_kind(const application::KindRule& rule, std::uint32_t fee, const Outcome<void>& available) {
  v1::MenuKind kind;
  kind.set_kind(rule.kind);
  kind.set_title_ja(rule.title_ja);
  kind.set_title_en(rule.title_en);
  kind.set_fee(fee);
  for (const auto scope : rule.scopes) kind.add_scopes(scope);
  for (const auto option : rule.options) kind.add_options(option);
  for (const auto option : rule.chosen) kind.add_chosen(option);
  kind.set_group(group_of(rule.kind));
  if (!available) kind.set_unavailable(std::string(code_of(available.error().reason)));
  return kind;
}

// A kind that is closed for now says nothing of the person.
bool is_of_the_hour(Reason reason) { return reason == Reason::outside_hours || reason == Reason::stopped_for_now; }

struct Offered {
  const application::KindRule* rule;
  Outcome<void> available;
};

// The service's kinds, as far as the hour goes.
std::vector<Offered> offered_now(const application::Offer& offer, v1::Service service, Instant now) {
  std::vector<Offered> offered;
  for (const auto& rule : offer.rules().kinds) {
    if (belongs_to(service, rule.kind)) offered.push_back({&rule, offer.check_family(rule.family, now)});
  }
  return offered;
}

std::vector<v1::Kind> open_kinds(const std::vector<Offered>& offered) {
  std::vector<v1::Kind> kinds;
  for (const auto& kind : offered) {
    if (kind.available) kinds.push_back(kind.rule->kind);
  }
  return kinds;
}

// Where nothing may be had there is nothing to choose from: a refusal, with what is told of the person before what is
// told of the hour.
Outcome<void> check_something_is_left(const std::vector<Offered>& offered) {
  const Refusal* why = nullptr;
  for (const auto& kind : offered) {
    if (kind.available) return {};
    if (why == nullptr || is_of_the_hour(why->reason)) why = &kind.available.error();
  }
  if (why == nullptr) return refuse(Reason::kind_not_offered, "the city offers no kind for this service");
  return std::unexpected(*why);
}

// Whose certificates may be had: nobody else's names are told.
Persons persons_to_choose_from(Persons persons, const std::vector<Offered>& offered) {
  std::erase_if(persons, [&](const Person& person) {
    return !person.holder && std::ranges::none_of(offered, [&](const Offered& kind) {
      return kind.available && belongs_to(person, group_of(kind.rule->kind));
    });
  });
  return persons;
}

// The code that takes most room of all that tell something of a person.
std::string_view longest_code() {
  const auto size = [](const Cause& cause) { return code_of(cause.reason).size(); };
  return code_of(std::ranges::max_element(causes(), {}, size)->reason);
}

// As if none of its kinds might be had.
std::size_t longest_size(const v1::Menu& menu) {
  wire::SensitiveMessage<v1::Menu> longest{menu};
  const std::string code(longest_code());
  for (auto& kind : *longest.reveal().mutable_kinds()) kind.set_unavailable(code);
  return longest.reveal().ByteSizeLong();
}

// The salt takes up the room that codes and names leave, so that a menu is as long whatever of it may not be had, and
// its envelope of one size class (chain rule 9). From 128 bytes on, the salt's length takes two bytes itself.
std::size_t salt_size(const v1::Menu& menu, std::size_t longest_menu) {
  constexpr std::size_t least = 128;
  const auto size = menu.ByteSizeLong();
  return least + (longest_menu > size ? longest_menu - size : 0);
}
}  // namespace

Outcome<void> Issuer::check_available(const Claim& claim) {
  auto entitled = check_entitled(claim);
  if (!entitled && ports_.refused) {
    const auto& [reason, cause] = entitled.error();
    ports_.refused({reason, std::string(application::name_of(claim.kind)) + ": " + cause});
  }
  return entitled;
}

void Issuer::add_persons(const Asker& asker, const Persons& persons, v1::Menu& menu) {
  for (const auto& listed : persons) {
    auto& person = *menu.add_persons();
    person.set_handle(handle_of(asker, listed));
    person.set_name(listed.name);
    person.set_relation(listed.relation);
    person.set_holder(listed.holder);
    for (const auto group : {v1::GROUP_HOUSEHOLD, v1::GROUP_FAMILY_REGISTER}) {
      if (belongs_to(listed, group)) person.add_groups(group);
    }
  }
}

Task<Outcome<v1::CityReply>> Issuer::make_menu(const Asker& asker) {
  const auto& offer = asker.session.offer;
  const auto& rules = offer.rules();
  const auto now = ports_.clock.now();
  auto offered = offered_now(offer, asker.session.opening.service(), now);
  MADO_CO_CHECK(check_something_is_left(offered));
  auto read = co_await read_sources(asker, open_kinds(offered));
  MADO_CO_TRY(sources, std::move(read));
  for (auto& [rule, available] : offered) {
    if (available) available = check_available(claim_of(asker, sources, *rule));
  }
  MADO_CO_CHECK(check_something_is_left(offered));
  MADO_CO_TRY(everybody, persons_of(asker, sources));
  const auto persons = persons_to_choose_from(everybody, offered);
  if (persons.size() > most_persons) co_return refuse(Reason::record_incomplete, "more people than a menu can list");

  v1::Menu menu;
  menu.set_request_digest(string_of(asker.request_digest));
  for (const auto& [rule, available] : offered) *menu.add_kinds() = menu_kind(*rule, offer.fee_of(*rule), available);
  menu.set_most_copies(rules.most_copies);
  menu.set_rules_version(rules.version);
  menu.set_telephone(rules.telephone);
  add_persons(asker, everybody, menu);
  const auto longest = longest_size(menu);
  if (persons.size() < everybody.size()) {
    menu.clear_persons();
    add_persons(asker, persons, menu);
  }
  menu.set_salt(string_of(ports_.crypto.random(salt_size(menu, longest))));
  const wire::SensitiveMessage<v1::Menu> held{std::move(menu)};
  co_return sign_reply(trust::StatementType::menu, held.reveal());
}

}  // namespace mado::issuer
