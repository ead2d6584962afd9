// The shapes of synthetic households: who lives with whom, how old, under which 続柄, and how they are related.
#pragma once

#include <string_view>
#include <vector>

#include "registry/core/synthesis_names.hpp"
#include "registry/core/synthesis_random.hpp"

namespace mado::registry {

enum class PlaceInRegister { head, spouse, child };  // 筆頭者, 配偶者, 子

inline constexpr int outside = -1;  // somebody who is no member of this household

// A member before names and dates are filled in. Others are named by their index in the household.
struct Member {
  std::string_view relation;
  bool female = false;
  int age = 0;
  int register_head = outside;  // 筆頭者 of the member's 戸籍
  PlaceInRegister place = PlaceInRegister::child;
  int father = outside;
  int mother = outside;
  bool own_surname = false;  // another surname than the household's head
};

// One of the usual shapes, from 1 to 9 members, the head first.
std::vector<Member> choose_family(Choice& choice);
// One person, a couple, or a couple with children: households of foreign residents.
std::vector<Member> choose_small_family(Choice& choice);
// The five of the first household and the twelve of the second, the same in every city.
std::vector<Member> family_of_five();
std::vector<Member> family_of_twelve();

}  // namespace mado::registry
