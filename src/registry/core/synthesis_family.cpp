#include "registry/core/synthesis_family.hpp"

#include <algorithm>

#include "registry/core/relation.hpp"

namespace mado::registry {

namespace {
constexpr int first = 0;  // index of the household's head
using enum PlaceInRegister;

Member head_of_register(bool female, int age) {
  return {.relation = head_of_household, .female = female, .age = age, .register_head = first, .place = head};
}
// Somebody in the 戸籍 of parents who live elsewhere.
Member head_in_parents_register(bool female, int age) {
  return {.relation = head_of_household, .female = female, .age = age};
}

int last(const std::vector<Member>& family) { return static_cast<int>(family.size()) - 1; }

// Father and mother of `children` of one couple, by their indices.
void set_parents(Member& child, const std::vector<Member>& family, int one, int other) {
  child.father = family[static_cast<std::size_t>(one)].female ? other : one;
  child.mother = family[static_cast<std::size_t>(one)].female ? one : other;
}

void add_spouse(Choice& choice, std::vector<Member>& family) {
  const auto one = family.front();
  family.push_back({.relation = one.female ? "夫" : "妻",
                    .female = !one.female,
                    .age = std::max(20, one.age + choice.between(-5, 3)),
                    .register_head = first,
                    .place = spouse});
}

void add_children(Choice& choice, std::vector<Member>& family, int most) {
  const int other = family.size() > 1 ? 1 : outside;
  int age = family.front().age - choice.between(24, 34);
  for (int i = 0; i < most && age >= 0; ++i) {
    Member member{.relation = "子", .female = choice.percent(50), .age = age, .register_head = first};
    set_parents(member, family, first, other);
    family.push_back(member);
    age -= choice.between(1, 4);
  }
}

std::vector<Member> alone(Choice& choice) {
  const bool female = choice.percent(48);
  const int age = choice.percent(35) ? choice.between(65, 99) : choice.between(19, 64);
  if (age < 65)
    return {choice.percent(age < 30 ? 80 : 45) ? head_in_parents_register(female, age) : head_of_register(female, age)};
  auto member = head_of_register(female, age);
  // A widow stays in the 戸籍 of which her husband was 筆頭者.
  if (female && choice.percent(65)) {
    member.register_head = outside;
    member.place = spouse;
  }
  return {member};
}

std::vector<Member> couple(Choice& choice) {
  std::vector<Member> family{head_of_register(choice.percent(8), choice.between(25, 88))};
  add_spouse(choice, family);
  return family;
}

std::vector<Member> unregistered_couple(Choice& choice) {
  const int age = choice.between(24, 55);
  return {head_in_parents_register(false, age),
          {.relation = "妻（未届）", .female = true, .age = age + choice.between(-4, 2), .own_surname = true}};
}

std::vector<Member> couple_with_children(Choice& choice) {
  std::vector<Member> family{head_of_register(choice.percent(6), choice.between(28, 58))};
  add_spouse(choice, family);
  add_children(choice, family, choice.between(1, 4));
  return family;
}

std::vector<Member> one_parent(Choice& choice) {
  std::vector<Member> family{head_of_register(choice.percent(85), choice.between(27, 55))};
  add_children(choice, family, choice.between(1, 3));
  return family;
}

std::vector<Member> with_parents(Choice& choice) {
  auto family = couple_with_children(choice);
  const int age = family.front().age;
  int father = outside;
  if (choice.percent(70)) {
    father = last(family) + 1;
    family.push_back({.relation = "父", .age = age + choice.between(22, 33), .register_head = father, .place = head});
  }
  family.push_back({.relation = "母",
                    .female = true,
                    .age = age + choice.between(22, 33),
                    .register_head = father,
                    .place = spouse});
  const int mother = last(family);
  family.front().father = father;
  family.front().mother = mother;
  if (choice.percent(15)) {
    const bool female = choice.percent(50);
    family.push_back({.relation = female ? "妹" : "弟",
                      .female = female,
                      .age = std::max(18, age - choice.between(1, 8)),
                      .register_head = father,
                      .father = father,
                      .mother = mother});
  }
  return family;
}

std::vector<Member> with_childs_family(Choice& choice) {
  std::vector<Member> family{head_of_register(false, choice.between(58, 78))};
  add_spouse(choice, family);
  const int child_age = family.front().age - choice.between(25, 32);
  const int child = last(family) + 1;
  family.push_back(
      {.relation = "子", .age = child_age, .register_head = child, .place = head, .father = first, .mother = 1});
  family.push_back({.relation = "子の妻",
                    .female = true,
                    .age = child_age + choice.between(-4, 2),
                    .register_head = child,
                    .place = spouse});
  for (int age = child_age - choice.between(24, 29), i = choice.between(1, 3); i > 0 && age >= 0; --i, age -= 2) {
    family.push_back({.relation = "子の子",
                      .female = choice.percent(50),
                      .age = age,
                      .register_head = child,
                      .father = child,
                      .mother = child + 1});
  }
  return family;
}

std::vector<Member> siblings(Choice& choice) {
  const int age = choice.between(20, 75);
  return {head_in_parents_register(choice.percent(50), age),
          {.relation = "妹", .female = true, .age = std::max(18, age - choice.between(1, 6))}};
}

std::vector<Member> with_spouses_mother(Choice& choice) {
  auto family = couple(choice);
  family.push_back({.relation = family.front().female ? "夫の母" : "妻の母",
                    .female = true,
                    .age = family.back().age + choice.between(22, 32),
                    .place = spouse,
                    .own_surname = true});
  family[1].mother = last(family);
  return family;
}

std::vector<Member> sharing(Choice& choice) {
  const bool female = choice.percent(50);
  return {head_in_parents_register(female, choice.between(20, 34)),
          {.relation = "同居人", .female = female, .age = choice.between(20, 34), .own_surname = true}};
}

// Nobody is older than the oldest person in the country.
std::vector<Member> of_possible_ages(std::vector<Member> family) {
  for (auto& member : family) member.age = std::clamp(member.age, 0, 112);
  return family;
}
}  // namespace

std::vector<Member> choose_family(Choice& choice) {
  const auto draw = choice.below(100);
  return of_possible_ages(draw < 34   ? alone(choice)
                          : draw < 53 ? couple(choice)
                          : draw < 78 ? couple_with_children(choice)
                          : draw < 86 ? one_parent(choice)
                          : draw < 91 ? with_parents(choice)
                          : draw < 94 ? with_childs_family(choice)
                          : draw < 96 ? siblings(choice)
                          : draw < 98 ? with_spouses_mother(choice)
                          : draw < 99 ? unregistered_couple(choice)
                                      : sharing(choice));
}

std::vector<Member> choose_small_family(Choice& choice) {
  const auto draw = choice.below(100);
  return of_possible_ages(draw < 60 ? alone(choice) : draw < 80 ? couple(choice) : couple_with_children(choice));
}

std::vector<Member> family_of_five() {
  constexpr int mother = 4;
  return {{.relation = head_of_household, .age = 48, .register_head = first, .place = head, .mother = mother},
          {.relation = "妻", .female = true, .age = 46, .register_head = first, .place = spouse},
          {.relation = "子", .female = true, .age = 17, .register_head = first, .father = first, .mother = 1},
          {.relation = "子", .age = 12, .register_head = first, .father = first, .mother = 1},
          {.relation = "母", .female = true, .age = 76, .place = spouse}};
}

std::vector<Member> family_of_twelve() {
  constexpr int wife = 1;
  constexpr int eldest = 2;
  constexpr int eldests_wife = 3;
  constexpr int father = 8;
  constexpr int mother = 9;
  constexpr int fathers_mother = 10;
  constexpr int sister = 11;
  return {{.relation = head_of_household,
           .age = 54,
           .register_head = first,
           .place = head,
           .father = father,
           .mother = mother},
          {.relation = "妻", .female = true, .age = 52, .register_head = first, .place = spouse},
          {.relation = "子", .age = 29, .register_head = eldest, .place = head, .father = first, .mother = wife},
          {.relation = "子の妻", .female = true, .age = 28, .register_head = eldest, .place = spouse},
          {.relation = "子の子",
           .female = true,
           .age = 4,
           .register_head = eldest,
           .father = eldest,
           .mother = eldests_wife},
          {.relation = "子の子", .age = 1, .register_head = eldest, .father = eldest, .mother = eldests_wife},
          {.relation = "子", .female = true, .age = 22, .register_head = first, .father = first, .mother = wife},
          {.relation = "子", .age = 16, .register_head = first, .father = first, .mother = wife},
          {.relation = "父", .age = 81, .register_head = father, .place = head, .mother = fathers_mother},
          {.relation = "母", .female = true, .age = 79, .register_head = father, .place = spouse},
          {.relation = "父の母", .female = true, .age = 103, .place = spouse},
          {.relation = "妹",
           .female = true,
           .age = 50,
           .register_head = sister,
           .place = head,
           .father = father,
           .mother = mother}};
}

}  // namespace mado::registry
