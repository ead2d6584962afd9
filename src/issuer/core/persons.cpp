#include "issuer/core/persons.hpp"

#include <algorithm>
#include <set>

#include "issuer/core/kind_sources.hpp"

namespace mado::issuer {

namespace {
std::unexpected<Refusal> incomplete(const char* why) { return refuse(Reason::record_incomplete, why); }
std::unexpected<Refusal> not_among(const char* why) { return refuse(Reason::person_not_in_household, why); }

// A number in the 戸籍 may read like a 宛名番号, and is not one.
std::string key_in_register(const std::string& number) { return "戸籍 " + number; }

// The people of one 戸籍 have one 氏 (戸籍法6条), which stands in the 筆頭者's name.
std::string name_of(const v1::RegisteredPerson& person, const std::string& head) {
  constexpr std::string_view space = "　";
  const auto end = head.find(space);
  return end == std::string::npos ? person.given_name() : head.substr(0, end + space.size()) + person.given_name();
}
std::string name_of(const v1::SupplementPerson& person, const std::string&) { return person.name(); }

std::string relation_of(const v1::RegisteredPerson& person) {
  if (!person.spouse().empty()) return person.spouse();
  return person.adoptive_relation().empty() ? person.relation() : person.adoptive_relation();
}
std::string relation_of(const v1::SupplementPerson&) { return {}; }

Person listed_in_register(const auto& person, const std::string& head) {
  Person listed;
  listed.key = person.resident().empty() ? key_in_register(person.number()) : person.resident();
  listed.registered = person.number();
  listed.name = name_of(person, head);
  listed.relation = relation_of(person);
  return listed;
}

void list_household(const v1::Household& household, const std::vector<std::string>& order, Persons& persons) {
  for (const auto& number : order) {
    const auto member = std::ranges::find(household.members(), number, &v1::Resident::number);
    if (member == household.members().end()) continue;
    persons.push_back({number, number, {}, member->name(), member->relation(), false});
  }
}

Outcome<void> list_register(const auto& record, Persons& persons) {
  std::set<std::string> numbers;
  std::set<std::string> keys;
  for (const auto& person : record.persons()) {
    if (!numbers.insert(person.number()).second) return incomplete("two people of one 戸籍 have the same number");
    if (person.removed()) continue;
    auto listed = listed_in_register(person, record.head());
    if (!keys.insert(listed.key).second) return incomplete("one resident stands twice in one 戸籍");
    const auto known = std::ranges::find(persons, listed.key, &Person::key);
    if (known == persons.end()) {
      persons.push_back(std::move(listed));
    } else {
      known->registered = listed.registered;
    }
  }
  return {};
}

// Numbers of a 戸籍 or 附票 in its order, of those whom a paper of this scope shows.
std::vector<std::string> numbers_in(const auto& record, bool whole, const std::set<std::string>& chosen) {
  std::vector<std::string> numbers;
  for (const auto& person : record.persons()) {
    if (whole || chosen.contains(person.number())) numbers.push_back(person.number());
  }
  return numbers;
}
}  // namespace

Outcome<Persons> list_persons(const v1::HouseholdSnapshot& snapshot, v1::Service service,
                              const std::vector<std::string>& order) {
  Persons persons;
  if (service != v1::SERVICE_DOMICILE_CITY) list_household(snapshot.household(), order, persons);
  if (snapshot.has_family_register()) {
    MADO_CHECK(list_register(snapshot.family_register(), persons));
  } else if (snapshot.has_supplement()) {
    MADO_CHECK(list_register(snapshot.supplement(), persons));
  }
  const auto& resident = snapshot.holder();
  const auto holder = std::ranges::find_if(persons, [&](const Person& person) {
    return resident.empty() ? person.registered == snapshot.family_register_person() : person.key == resident;
  });
  if (holder == persons.end()) return incomplete("nobody of those listed holds the card");
  holder->holder = true;
  return persons;
}

bool belongs_to(const Person& person, v1::Group group) {
  return group == v1::GROUP_FAMILY_REGISTER ? !person.registered.empty() : !person.resident.empty();
}

Outcome<std::vector<const Person*>> choose_persons(const v1::Application& application, const Persons& persons,
                                                   const NameHandle& handle_of) {
  const auto group = group_of(application.kind());
  std::vector<const Person*> chosen;
  int listed = 0;
  for (const auto& person : persons) {
    const auto handle = handle_of(person);
    // The card stands for the very person whom the menu marked as its holder, also at the release (chain rule 8).
    if (person.holder && application.holder() != handle)
      return not_among("the card stood for another person in the menu");
    if (!belongs_to(person, group)) continue;
    ++listed;
    const auto place = static_cast<int>(chosen.size());
    if (place < application.handles_size() && application.handles(place) == handle) chosen.push_back(&person);
  }
  if (chosen.empty() || static_cast<int>(chosen.size()) != application.handles_size())
    return not_among("a handle names nobody of these people, or twice, or out of order");
  const bool self = chosen.size() == 1 && chosen.front()->holder;
  if (application.scope() == v1::SCOPE_SELF && !self) return not_among("another person than the holder alone");
  if (application.scope() == v1::SCOPE_HOUSEHOLD && static_cast<int>(chosen.size()) != listed)
    return not_among("not all of these people");
  return chosen;
}

Outcome<std::vector<std::string>> numbers_to_draw(const v1::Application& application,
                                                  const std::vector<const Person*>& chosen,
                                                  const v1::HouseholdSnapshot& snapshot) {
  std::vector<std::string> numbers;
  if (group_of(application.kind()) == v1::GROUP_HOUSEHOLD) {
    for (const auto* person : chosen) numbers.push_back(person->resident);
    return numbers;
  }
  std::set<std::string> registered;
  for (const auto* person : chosen) registered.insert(person->registered);
  const bool whole = application.scope() == v1::SCOPE_HOUSEHOLD;
  numbers = application.kind() == v1::KIND_FAMILY_REGISTER_SUPPLEMENT
                ? numbers_in(snapshot.supplement(), whole, registered)
                : numbers_in(snapshot.family_register(), whole, registered);
  for (const auto& number : registered) {
    if (std::ranges::find(numbers, number) == numbers.end()) return not_among("somebody does not stand in the record");
  }
  return numbers;
}

std::vector<const Person*> persons_drawn(const Persons& persons, v1::Kind kind, const std::vector<std::string>& drawn) {
  const bool by_register = group_of(kind) == v1::GROUP_FAMILY_REGISTER;
  std::vector<const Person*> shown;
  for (const auto& person : persons) {
    const auto& number = by_register ? person.registered : person.resident;
    if (!number.empty() && std::ranges::find(drawn, number) != drawn.end()) shown.push_back(&person);
  }
  return shown;
}

}  // namespace mado::issuer
