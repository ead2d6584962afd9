#include "registry/core/synthesis_family.hpp"

#include <algorithm>

#include "registry/core/relation.hpp"

namespace mado::registry {

namespace {
constexpr int head = 0;  // index of the household's head

Member the_head(bool female, int age) { return {head_of_household, female, age, head, false}; }

// A parent of the head, whose 戸籍 the head left by marriage or majority.
Member parent(Choice& choice, bool female, int child_age) {
  return {female ? "母" : "父", female, child_age + choice.between(22, 33), -1, false};
}

void add_spouse(Choice& choice, std::vector<Member>& family) {
  const auto& first = family.front();
  family.push_back(
      {first.female ? "夫" : "妻", !first.female, std::max(20, first.age + choice.between(-5, 3)), head, false});
}

void add_children(Choice& choice, std::vector<Member>& family, int most) {
  const int parents_age = family.front().age;
  int age = parents_age - choice.between(24, 34);
  for (int i = 0; i < most && age >= 0; ++i) {
    family.push_back({"子", choice.percent(50), age, head, false});
    age -= choice.between(1, 4);
  }
}

std::vector<Member> alone(Choice& choice) {
  return {the_head(choice.percent(48), choice.percent(35) ? choice.between(65, 96) : choice.between(19, 64))};
}

std::vector<Member> couple(Choice& choice) {
  std::vector<Member> family{the_head(choice.percent(8), choice.between(25, 88))};
  add_spouse(choice, family);
  return family;
}

std::vector<Member> unregistered_couple(Choice& choice) {
  const int age = choice.between(24, 55);
  return {the_head(false, age), {"妻（未届）", true, age + choice.between(-4, 2), -1, true}};
}

std::vector<Member> couple_with_children(Choice& choice) {
  std::vector<Member> family{the_head(choice.percent(6), choice.between(28, 58))};
  add_spouse(choice, family);
  add_children(choice, family, choice.between(1, 4));
  return family;
}

std::vector<Member> one_parent(Choice& choice) {
  std::vector<Member> family{the_head(choice.percent(85), choice.between(27, 55))};
  add_children(choice, family, choice.between(1, 3));
  return family;
}

std::vector<Member> with_parents(Choice& choice) {
  auto family = couple_with_children(choice);
  const int age = family.front().age;
  if (choice.percent(70)) family.push_back(parent(choice, false, age));
  family.push_back(parent(choice, true, age));
  if (choice.percent(15))
    family.push_back({choice.percent(50) ? "弟" : "妹", false, std::max(18, age - choice.between(1, 8)), -1, false});
  if (family.back().relation == "妹") family.back().female = true;
  return family;
}

std::vector<Member> with_childs_family(Choice& choice) {
  std::vector<Member> family{the_head(false, choice.between(58, 78))};
  add_spouse(choice, family);
  const int child_age = family.front().age - choice.between(25, 32);
  const int child = static_cast<int>(family.size());
  family.push_back({"子", false, child_age, child, false});
  family.push_back({"子の妻", true, child_age + choice.between(-4, 2), child, false});
  for (int age = child_age - choice.between(24, 29), i = choice.between(1, 3); i > 0 && age >= 0; --i, age -= 2) {
    family.push_back({"子の子", choice.percent(50), age, child, false});
  }
  return family;
}

std::vector<Member> siblings(Choice& choice) {
  const int age = choice.between(20, 75);
  return {the_head(choice.percent(50), age), {"妹", true, std::max(18, age - choice.between(1, 6)), -1, false}};
}

std::vector<Member> with_spouses_mother(Choice& choice) {
  auto family = couple(choice);
  family.push_back(
      {family.front().female ? "夫の母" : "妻の母", true, family.back().age + choice.between(22, 32), -1, true});
  return family;
}

std::vector<Member> sharing(Choice& choice) {
  const bool female = choice.percent(50);
  return {the_head(female, choice.between(20, 34)), {"同居人", female, choice.between(20, 34), 1, true}};
}
}  // namespace

std::vector<Member> choose_family(Choice& choice) {
  const auto draw = choice.below(100);
  auto family = draw < 34   ? alone(choice)
                : draw < 53 ? couple(choice)
                : draw < 78 ? couple_with_children(choice)
                : draw < 86 ? one_parent(choice)
                : draw < 91 ? with_parents(choice)
                : draw < 94 ? with_childs_family(choice)
                : draw < 96 ? siblings(choice)
                : draw < 98 ? with_spouses_mother(choice)
                : draw < 99 ? unregistered_couple(choice)
                            : sharing(choice);
  // Nobody is older than the oldest person in the country.
  for (auto& member : family) member.age = std::clamp(member.age, 0, 112);
  return family;
}

std::vector<Member> family_of_five() {
  return {the_head(false, 48),
          {"妻", true, 46, head, false},
          {"子", true, 17, head, false},
          {"子", false, 12, head, false},
          {"母", true, 76, -1, false}};
}

std::vector<Member> family_of_twelve() {
  constexpr int eldest_child = 2;
  return {the_head(false, 54),
          {"妻", true, 52, head, false},
          {"子", false, 29, eldest_child, false},
          {"子の妻", true, 28, eldest_child, false},
          {"子の子", true, 4, eldest_child, false},
          {"子の子", false, 1, eldest_child, false},
          {"子", true, 22, head, false},
          {"子", false, 16, head, false},
          {"父", false, 81, 8, false},
          {"母", true, 79, 8, false},
          {"父の母", true, 103, -1, false},
          {"妹", true, 50, 11, false}};
}

}  // namespace mado::registry
