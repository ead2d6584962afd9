#include "simulator/invariants/papers.hpp"

#include <algorithm>

#include "issuer/core/kind_sources.hpp"
#include "simulator/invariants/reading_time.hpp"

namespace mado::simulator {

namespace {
using Seen = std::optional<std::string>;

bool is_of_register(v1::Kind kind) { return issuer::group_of(kind) == v1::GROUP_FAMILY_REGISTER; }

bool lives_with(const Resident& holder, const std::string& name) {
  // 宛名番号 of the simulated register name their household; higher places are those who only stand in its 戸籍.
  const auto& household = holder.household->number;
  return name.starts_with(household) && name.size() == household.size() + 3 && name[household.size()] == '0';
}

const Family::Person* registered(const Family* family, const std::string& name) {
  if (family == nullptr) return nullptr;
  const auto found = std::ranges::find(family->persons, name, &Family::Person::name);
  return found == family->persons.end() ? nullptr : &*found;
}

struct BelongsToItsApplication final : Invariant {
  BelongsToItsApplication()
      : Invariant("I1",
                  "a sheet is of its application's kind and shows persons of it whom the card's holder may ask for, at "
                  "the kiosk of the opening, while its citizen stands there") {}

  Seen after(const Fact& fact, const Book& book) override {
    if (fact.what != What::sheet) return {};
    const auto* a = fact.application;
    if (a == nullptr) return "a sheet of no application";
    if (a->card == nullptr) return a->name + " has an opening that no card signed";
    const auto& page = fact.sheet->page;
    if (page.kind != a->kind || page.options != a->options)
      return a->name + " is another kind of paper than was applied for, or shows other items";
    for (const auto& person : page.persons) {
      if (auto seen = must_not_show(*a, person)) return seen;
    }
    return wrong_place(*a, fact, book);
  }

 private:
  static Seen must_not_show(const Application& a, const std::string& person) {
    const auto& holder = *a.card->holder;
    const auto* in_register = registered(holder.family, person);
    if (is_of_register(a.kind) ? in_register == nullptr : !lives_with(holder, person))
      return a.name + " shows another household, or another 戸籍";
    // The whole of a 戸籍 shows those who left it, whom no menu lists.
    const bool left = is_of_register(a.kind) && a.scope == v1::SCOPE_HOUSEHOLD && in_register->removed;
    if (!left && !a.persons.contains(person)) return a.name + " shows a person who was not applied for";
    return {};
  }

  static Seen wrong_place(const Application& a, const Fact& fact, const Book& book) {
    const auto& holder = *a.card->holder;
    const bool at_home = a.service == v1::SERVICE_HOME_CITY;
    if (!at_home && holder.family == nullptr) return a.name + " is of a 本籍 that its holder has not";
    if (a.city != (at_home ? holder.city() : holder.family->city))
      return a.name + " is of another city than its holder's";
    const auto opening = book.openings().find(a.opening);
    if (opening == book.openings().end() || opening->second.kiosk != fact.who || a.kiosk != fact.who)
      return a.name + " came out of another kiosk than the one of its opening";
    if (const auto current = book.current(fact.who); !current.empty() && current != a.name)
      return a.name + " came out while " + current + " was under way";
    return {};
  }
};

struct ShowsWhatIsRecorded final : Invariant {
  ShowsWhatIsRecorded()
      : Invariant("record", "a sheet shows a record => nothing had been registered in its place when it was released") {
  }

  Seen after(const Fact& fact, const Book& book) override {
    if (fact.what != What::sheet || fact.application == nullptr) return {};
    for (const auto& record : fact.sheet->page.records) {
      const auto replaced = book.replaced_at(record);
      if (replaced && *replaced + longest_read < fact.application->confirmed_at)
        return fact.application->name + " shows " + record.text() + ", which had been replaced";
    }
    return {};
  }
};
}  // namespace

std::unique_ptr<Invariant> a_paper_belongs_to_its_application() { return std::make_unique<BelongsToItsApplication>(); }
std::unique_ptr<Invariant> a_paper_shows_what_is_recorded() { return std::make_unique<ShowsWhatIsRecorded>(); }

}  // namespace mado::simulator
