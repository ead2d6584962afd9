#include "registry/core/synthesis_kin.hpp"

#include <algorithm>

#include "base/era.hpp"
#include "registry/core/synthesis_dates.hpp"

namespace mado::registry {

namespace {
using enum PlaceInRegister;

Name surname_of(const Human& human) { return {human.surname, human.surname_kana}; }

int age_of(const Making& making, const Human& human) {
  return static_cast<int>(making.city.today.year()) - static_cast<int>(human.born.year());
}

// Somebody's parents, when nobody of the household is them.
void invent_parents(Making& making, Kin& kin) {
  const auto& human = kin.human;
  const auto surname = human.birth_surname.empty() ? human.surname : human.birth_surname;
  const int year = static_cast<int>(human.born.year()) - 28;
  if (kin.father.empty()) kin.father = surname + choose_given_name(making, false, year).written;
  if (kin.mother.empty()) kin.mother = surname + choose_given_name(making, true, year).written;
}

Day wedding_of(Making& making, const FamilyPlan& plan, const Human& one, const Human& other) {
  const auto grown_up = years_after(std::max(one.born, other.born), 18);
  auto day = making.day_between(grown_up, years_after(grown_up, 12));
  for (const auto& kin : plan.kin) {
    if (kin.place == child) day = std::min(day, days_after(kin.human.born, -making.choice.between(90, 900)));
  }
  return std::min(std::max(day, grown_up), days_after(making.city.today, -30));
}

// 婚姻 with somebody who stands in no 戸籍.
void marry_foreigner(Making& making, const Human& with, Day on, Kin& kin) {
  kin.married = true;
  kin.entries.push_back(entry("婚姻", {{"婚姻日", register_text(on)},
                                       {"配偶者氏名", joined_name(with)},
                                       {"配偶者の国籍", with.nationality},
                                       {"配偶者の生年月日", "西暦" + full_width(western_date(with.born))},
                                       {"従前戸籍", choose_domicile(making, false) + "　" + kin.father}}));
}
}  // namespace

Kin somebody_elsewhere(Making& making, const Name& surname, bool female, int age, PlaceInRegister place) {
  Kin kin;
  kin.human = choose_human(making, surname, female, std::clamp(age, 0, 112));
  kin.place = place;
  return kin;
}

void add_heads_elsewhere(Making& making, FamilyPlan& plan) {
  const auto first = plan.kin.front().human;
  const bool widow = plan.kin.front().place == spouse;
  const int age = age_of(making, first);
  auto head = somebody_elsewhere(making, surname_of(first), false, age + (widow ? making.choice.between(0, 5) : 30),
                                 PlaceInRegister::head);
  if (widow) {
    plan.kin.insert(plan.kin.begin(), std::move(head));
    return;
  }
  auto mother = somebody_elsewhere(making, surname_of(first), true, age + 28, spouse);
  mother.human.birth_surname = choose_surname(making).written;
  plan.kin.insert(plan.kin.begin(), {std::move(head), std::move(mother)});
}

void add_children_elsewhere(Making& making, FamilyPlan& plan) {
  const int age = age_of(making, plan.head().human);
  if (plan.spouse() == nullptr || age < 50) return;
  for (int i = making.choice.between(0, 2); i > 0; --i) {
    auto kin = somebody_elsewhere(making, surname_of(plan.head().human), making.choice.percent(50),
                                  std::max(19, age - making.choice.between(25, 31)), child);
    if (making.choice.percent(65)) {
      const auto year = static_cast<int>(kin.human.born.year());
      const auto with = choose_surname(making).written + choose_given_name(making, !kin.human.female, year).written;
      const auto on = making.day_between(years_after(kin.human.born, 18), days_after(making.city.today, -20));
      marry_away(making, on, with, choose_domicile(making, making.choice.percent(30)), kin);
    }
    plan.kin.push_back(std::move(kin));
  }
}

void number_children(FamilyPlan& plan) {
  constexpr std::string_view places[]{"長", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  std::size_t sons = 0;
  std::size_t daughters = 0;
  for (auto& kin : plan.kin) {
    if (kin.place != child || !kin.relation.empty()) continue;
    auto& count = kin.human.female ? daughters : sons;
    kin.relation = std::string(places[std::min(count++, std::size(places) - 1)]) + (kin.human.female ? "女" : "男");
  }
}

void order_children(FamilyPlan& plan) {
  std::ranges::stable_sort(plan.kin, [](const Kin& a, const Kin& b) {
    if (a.place != b.place) return a.place < b.place;
    return a.place == child && a.human.born < b.human.born;
  });
}

void name_parents(Making& making, FamilyPlan& plan) {
  auto* mother = plan.spouse();
  auto* father = &plan.head();
  if (father->human.female) std::swap(father, mother);
  for (auto& kin : plan.kin) {
    if (kin.place == child) {
      if (kin.father.empty() && father != nullptr) kin.father = joined_name(father->human);
      if (kin.mother.empty() && mother != nullptr) kin.mother = joined_name(mother->human);
    } else {
      invent_parents(making, kin);
      kin.relation = std::string(making.choice.percent(60) ? "長" : "二") + (kin.human.female ? "女" : "男");
    }
  }
}

void celebrate_weddings(Making& making, const Human* foreign_spouse, FamilyPlan& plan) {
  auto& head = plan.head();
  if (auto* with = plan.spouse(); with != nullptr) {
    plan.compiled = wedding_of(making, plan, head.human, with->human);
    marry(making, plan.compiled, head, *with);
  } else if (foreign_spouse != nullptr) {
    plan.compiled = wedding_of(making, plan, head.human, *foreign_spouse);
    marry_foreigner(making, *foreign_spouse, plan.compiled, head);
  } else {
    const auto grown_up = years_after(head.human.born, 18);
    plan.compiled =
        making.day_between(grown_up, std::min(years_after(grown_up, 20), days_after(making.city.today, -5)));
  }
}

void bury_head(Making& making, bool widowed, FamilyPlan& plan) {
  auto& head = plan.head();
  auto* wife = plan.spouse();
  if (!widowed && age_of(making, head.human) < 88) return;
  const auto from = std::max(plan.compiled, years_after(head.human.born, 55));
  const auto on = making.day_between(from, days_after(making.city.today, -15));
  let_die(making, on, head, wife, wife != nullptr ? joined_name(wife->human) : head.father);
}

}  // namespace mado::registry
