#include "registry/core/synthesis_register.hpp"

#include <algorithm>
#include <map>

#include "registry/core/synthesis_dates.hpp"
#include "registry/core/synthesis_kin.hpp"

namespace mado::registry {

namespace {
constexpr int late_husbands_register = 100;  // keys of 戸籍 whose 筆頭者 is no member of the household
using enum PlaceInRegister;

// In whose 戸籍 a member stands: a member's index, or a key above all indices.
int register_of(const std::vector<Member>& shape, int at) {
  const auto& member = shape[static_cast<std::size_t>(at)];
  if (member.register_head != outside) return member.register_head;
  if (member.place == spouse) return late_husbands_register + at;
  if (member.mother != outside && shape[static_cast<std::size_t>(member.mother)].register_head == outside)
    return register_of(shape, member.mother);
  const bool sibling = member.relation == "妹" || member.relation == "弟";
  return sibling && at != 0 ? register_of(shape, 0) : late_husbands_register + at;
}

std::string joined_name_of(const SyntheticHousehold& household, int member) {
  return household.has(member) ? joined_name(household.human(member)) : std::string{};
}

Kin kin_of(const SyntheticHousehold& household, int at) {
  const auto& member = household.shape[static_cast<std::size_t>(at)];
  Kin kin;
  kin.human = household.human(at);
  kin.place = member.place;
  kin.father = joined_name_of(household, member.father);
  kin.mother = joined_name_of(household, member.mother);
  return kin;
}

// The families of one household's members, each with its 戸籍, by the keys of register_of.
class Families {
 public:
  Families(Making& making, SyntheticHousehold& household) : making_(making), household_(household) {}

  void make() {
    begin();
    for (auto& [key, family] : families_) remember_former_registers(key, family);
    for (auto& [key, family] : families_) celebrate(key, family);
    for (auto& [key, family] : families_) add_children_who_left(key, family);
    for (auto& [key, family] : families_) {
      order_children(family.plan);
      number_children(family.plan);
    }
  }
  void record(CityPart& part) {
    for (auto& [key, family] : families_) {
      auto& plan = family.plan;
      if (family.here && !household_.known) tell_story(making_, plan, &household_);
      for (const int at : family.members) {
        household_.resident(at).set_family_register(plan.domicile);
        household_.resident(at).set_register_head(full_name(plan.head().human));
      }
      if (family.here) add_records(making_, plan, part);
    }
  }

 private:
  struct Family {
    std::vector<int> members;
    FamilyPlan plan;
    bool here = false;
    bool head_elsewhere = false;
    bool widowed = false;
  };

  int members() const { return static_cast<int>(household_.humans.size()); }
  const Member& shape(int at) const { return household_.shape[static_cast<std::size_t>(at)]; }

  void begin() {
    for (int at = 0; at < members(); ++at) {
      if (!household_.human(at).foreign()) families_[register_of(household_.shape, at)].members.push_back(at);
    }
    for (auto& [key, family] : families_) {
      family.here = household_.known || making_.choice.percent(36);
      auto& plan = family.plan;
      plan.known = household_.known;
      plan.domicile = choose_domicile(making_, family.here);
      for (const int at : family.members) plan.kin.push_back(kin_of(household_, at));
      std::ranges::stable_sort(plan.kin, {}, &Kin::place);
      family.widowed = plan.kin.front().place == spouse;
      family.head_elsewhere = plan.kin.front().place != PlaceInRegister::head;
      if (family.head_elsewhere) add_heads_elsewhere(making_, plan);
    }
  }

  // The family in which somebody was born, if a parent is a member of the household.
  Family* family_of_parents(int at, int own) {
    const int parent = shape(at).father != outside ? shape(at).father : shape(at).mother;
    if (parent == outside || household_.human(parent).foreign()) return nullptr;
    const int key = register_of(household_.shape, parent);
    return key == own ? nullptr : &families_.at(key);
  }

  void remember_former_registers(int key, Family& family) {
    for (const int at : family.members) {
      const auto* parents = family_of_parents(at, key);
      if (parents == nullptr) continue;
      for (auto& kin : family.plan.kin) {
        if (kin.human.registered == household_.human(at).registered)
          kin.former_register = parents->plan.domicile + "　" + full_name(parents->plan.kin.front().human);
      }
    }
  }

  void celebrate(int key, Family& family) {
    const Human* foreign_spouse = nullptr;
    for (int at = 0; at < members() && key == 0; ++at) {
      if (household_.human(at).foreign()) foreign_spouse = &household_.human(at);
    }
    if (!household_.known) add_children_elsewhere(making_, family.plan);
    order_children(family.plan);
    name_parents(making_, family.plan);
    celebrate_weddings(making_, foreign_spouse, family.plan);
    if (family.head_elsewhere) bury_head(making_, family.widowed, family.plan);
  }

  // Those who live here too, and have a 戸籍 of their own by marriage or 分籍.
  void add_children_who_left(int key, Family& family) {
    for (int at = 0; at < members(); ++at) {
      if (household_.human(at).foreign()) continue;
      const int own = register_of(household_.shape, at);
      if (family_of_parents(at, own) != &family || own == key) continue;
      auto kin = kin_of(household_, at);
      kin.place = child;
      if (!kin.human.birth_surname.empty()) kin.human.surname = family.plan.head().human.surname;
      kin.human.addresses.resize(1);
      kin.human.resident.clear();
      leave(families_.at(own).plan, kin);
      if (kin.father.empty() && !family.plan.head().human.female) kin.father = joined_name(family.plan.head().human);
      family.plan.kin.push_back(std::move(kin));
    }
  }
  void leave(const FamilyPlan& own, Kin& kin) {
    const auto partner = std::ranges::find_if(
        own.kin, [&](const Kin& each) { return each.place != child && each.human.registered != kin.human.registered; });
    if (partner != own.kin.end()) {
      const auto& with = partner->human;
      const auto surname = with.birth_surname.empty() ? with.surname : with.birth_surname;
      return marry_away(making_, own.compiled, surname + with.given, own.domicile, kin);
    }
    kin.removed = own.compiled;
    kin.entries.push_back(entry("分籍", {{"分籍日", register_text(own.compiled)}, {"新本籍", own.domicile}}));
  }

  Making& making_;
  SyntheticHousehold& household_;
  std::map<int, Family> families_;
};
}  // namespace

void add_registers(Making& making, SyntheticHousehold& household, CityPart& part) {
  Families families(making, household);
  families.make();
  families.record(part);
}

void add_register_of_others(Making& making, CityPart& part) {
  FamilyPlan plan;
  const auto surname = choose_surname(making);
  const int age = making.choice.between(24, 85);
  plan.kin.push_back(somebody_elsewhere(making, surname, false, age, PlaceInRegister::head));
  if (making.choice.percent(60)) {
    plan.kin.push_back(somebody_elsewhere(making, surname, true, std::max(20, age - 3), spouse));
    plan.kin.back().human.birth_surname = choose_surname(making).written;
    for (int i = making.choice.between(0, 3), years = age - 27; i > 0 && years >= 0; --i, years -= 3)
      plan.kin.push_back(somebody_elsewhere(making, surname, making.choice.percent(50), years, child));
  }
  order_children(plan);
  name_parents(making, plan);
  number_children(plan);
  celebrate_weddings(making, nullptr, plan);
  plan.domicile = choose_domicile(making, true);
  tell_story(making, plan, nullptr);
  if (making.one_in(25)) {
    const auto on = making.day_between(days_after(making.city.today, -900), days_after(making.city.today, -10));
    plan.closed = true;
    plan.matters.push_back(entry(
        "戸籍消除",
        {{"消除日", register_text(on)}, {"転籍日", register_text(on)}, {"新本籍", choose_domicile(making, false)}}));
  }
  add_records(making, plan, part);
}

}  // namespace mado::registry
