// 戸籍 and 附票 of a synthetic city.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/core/synthesis_household.hpp"

namespace mado::registry {

// Somebody in a 戸籍, while it is put together.
struct Kin {
  Human human;
  PlaceInRegister place = PlaceInRegister::child;
  std::string father;  // joined names
  std::string mother;
  std::string former_register;  // 従前戸籍: 本籍 and 筆頭者; empty: the parents', who live elsewhere
  std::string relation;         // 長男
  std::string adoptive_father;
  std::string adoptive_mother;
  std::string adoptive_relation;
  bool married = false;                    // to somebody now: 配偶者区分 is written
  std::optional<Day> removed;              // 除籍
  std::vector<v1::RegisterEntry> entries;  // 身分事項, after 出生

  bool stays() const { return !removed.has_value(); }
};

struct FamilyPlan {
  std::string domicile;
  Day compiled;
  bool closed = false;
  bool known = false;                      // of one of the first two households, whom nothing keeps from certificates
  std::vector<v1::RegisterEntry> matters;  // 戸籍事項, after those of its beginning
  std::vector<Kin> kin;                    // 筆頭者 first, then the spouse, then children by birth

  Kin& head() { return kin.front(); }
  Kin* spouse();  // who stays
  std::vector<Kin*> children();
};

// Entries, with empty items left out.
using Items = std::vector<std::pair<std::string_view, std::string>>;
v1::RegisterEntry entry(std::string_view label, const Items& items);
// 従前の記録, as the last item.
void add_former_record(v1::RegisterEntry& entry, const Items& items);

// 婚姻 of two people of one 戸籍, who both keep it.
void marry(Making& making, Day on, Kin& one, Kin& other);
// 除籍 of a child by marriage: with whom (joined name), and to which 本籍.
void marry_away(Making& making, Day on, const std::string& with, const std::string& domicile, Kin& child);
void let_die(Making& making, Day on, Kin& kin, Kin* survivor, const std::string& reporter);

// Tells one of the stories that fit the family, of which each comes about as often: divorce, adoption, 認知, 転籍 and
// so on. What it means for residents' own records is written into `household`, if there is one.
void tell_story(Making& making, FamilyPlan& plan, SyntheticHousehold* household);

// Fills in 本籍 and 筆頭者 of the household's residents, and adds those 戸籍 and 附票 that are kept here.
void add_registers(Making& making, SyntheticHousehold& household, CityPart& part);
// A 戸籍 here of people who all live elsewhere.
void add_register_of_others(Making& making, CityPart& part);
// Both records of a family.
void add_records(Making& making, FamilyPlan& plan, CityPart& part);

}  // namespace mado::registry
