// The shapes of synthetic households: who lives with whom, how old, under which 続柄.
#pragma once

#include <string_view>
#include <vector>

#include "registry/core/synthesis_names.hpp"
#include "registry/core/synthesis_random.hpp"

namespace mado::registry {

// A member before names and dates are filled in.
struct Member {
  std::string_view relation;
  bool female = false;
  int age = 0;
  // The name under which 戸籍 is kept (筆頭者): the index of a member of this household, or -1 for a person outside it.
  int register_head = -1;
  bool own_surname = false;  // another surname than the head's
};

// One of the usual shapes, from 1 to 9 members, the head first.
std::vector<Member> choose_family(Choice& choice);
// The five of the first household and the twelve of the second, the same in every city.
std::vector<Member> family_of_five();
std::vector<Member> family_of_twelve();

}  // namespace mado::registry
