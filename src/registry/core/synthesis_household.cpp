#include "registry/core/synthesis_household.hpp"

#include <algorithm>

#include "registry/core/relation.hpp"
#include "registry/core/synthesis_dates.hpp"
#include "registry/core/synthesis_foreign.hpp"

namespace mado::registry {

namespace {
// Where and since when the household has lived.
struct Homes {
  std::string number;
  Dwelling now;
  Dwelling before;        // in the city, if the household moved within it
  std::string elsewhere;  // before it came; empty: it was always here
  Day came;
  std::optional<Day> moved;  // within the city
};

Homes choose_homes(Making& making, bool newcomer) {
  const auto& today = making.city.today;
  Homes homes;
  homes.number = making.numbers.next_register_number();
  homes.now = choose_dwelling(making);
  homes.came = days_after(today, -making.choice.between(60, 9000));
  if (!newcomer) {
    homes.moved = homes.came;
  } else {
    homes.elsewhere = choose_address_elsewhere(making);
    if (making.choice.percent(25)) homes.moved = making.day_between(days_after(homes.came, 20), days_after(today, -20));
  }
  if (homes.moved) homes.before = choose_dwelling(making);
  return homes;
}

void note_addresses(const Homes& homes, Human& human) {
  auto since = human.recorded_born;
  const auto live_at = [&](const std::string& address, Day from) {
    if (human.born >= from) return;
    human.addresses.push_back(lived_at(address, since));
    since = recorded(from);
  };
  if (!homes.elsewhere.empty()) live_at(homes.elsewhere, homes.came);
  if (homes.moved) live_at(homes.before.address, *homes.moved);
  human.addresses.push_back(lived_at(homes.now.address, since));
}

void fill_dates(Making& making, const Homes& homes, const Human& human, v1::Resident& resident) {
  // Someone who came into the world after the household came here has been a resident since birth.
  const bool newcomer = !homes.elsewhere.empty() && human.born < homes.came;
  *resident.mutable_resident_since() = newcomer ? recorded(homes.came) : human.recorded_born;
  if (newcomer) {
    resident.set_previous_address(homes.elsewhere);
    *resident.mutable_notified() = recorded(days_after(homes.came, making.choice.between(0, 13)));
    *resident.mutable_address_since() = recorded(homes.came);
  }
  if (!homes.moved || human.born >= *homes.moved) return;
  *resident.mutable_address_since() = *resident.mutable_moved_within() = recorded(*homes.moved);
  auto& change = *resident.add_changes();
  change.set_reason("転居");
  *change.mutable_changed() = recorded(*homes.moved);
  *change.mutable_notified() = recorded(days_after(*homes.moved, making.choice.between(0, 13)));
  change.set_item("住所");
  change.set_before(homes.before.address);
  change.set_after(homes.now.address);
}

ResidentRow make_row(Making& making, const Homes& homes, const Member& member, Human& human) {
  ResidentRow row;
  row.household = homes.number;
  row.address = homes.now.address;
  auto& resident = row.resident;
  human.resident = making.numbers.next_register_number();
  note_addresses(homes, human);
  resident.set_number(human.resident);
  resident.set_building(homes.now.building);
  resident.set_state(v1::RESIDENT_STATE_CURRENT);
  resident.set_name(full_name(human));
  resident.set_kana(human.surname_kana + "　" + human.given_kana);
  *resident.mutable_born() = human.recorded_born;
  if (!making.one_in(600)) resident.set_sex(human.sex());
  resident.set_relation(std::string(member.relation));
  fill_dates(making, homes, human, resident);
  resident.set_individual_number(making.numbers.next_individual_number());
  resident.set_resident_code(making.numbers.next_resident_code());
  return row;
}

// A few keep using the surname of before (旧氏), by application.
void note_former_surname(Making& making, const Human& human, v1::Resident& resident) {
  if (human.birth_surname.empty() || !making.choice.percent(6)) return;
  resident.set_former_surname(human.birth_surname);
  resident.set_former_surname_kana(human.birth_surname_kana);
}

// A member who died, left or was removed stands in the household's record too, as 除票.
void add_former_member(Making& making, const Homes& homes, SyntheticHousehold& household) {
  auto& choice = making.choice;
  const bool parent = choice.percent(60);
  const int head_age = household.shape.front().age;
  Member member{.relation = parent ? "母" : "同居人", .female = choice.percent(50) || parent};
  const Name surname{household.human(0).surname, household.human(0).surname_kana};
  auto human = choose_human(making, surname, member.female, std::min(parent ? head_age + 27 : head_age, 104));
  auto row = make_row(making, homes, member, human);
  auto& resident = row.resident;
  const auto state = parent               ? v1::RESIDENT_STATE_DEAD
                     : choice.percent(70) ? v1::RESIDENT_STATE_MOVED
                                          : v1::RESIDENT_STATE_REMOVED;
  resident.set_state(state);
  resident.set_family_register(choose_domicile(making, false));
  resident.set_register_head(full_name(human));
  const auto ended = making.day_between(std::max(homes.came, human.born), making.city.today);
  auto& change = *resident.add_changes();
  change.set_reason(state == v1::RESIDENT_STATE_DEAD    ? "死亡"
                    : state == v1::RESIDENT_STATE_MOVED ? "転出"
                                                        : "職権消除");
  *change.mutable_changed() = recorded(ended);
  change.set_item("住民状態");
  household.rows.push_back(std::move(row));
}

// Every so often a household is about to move away, or kept back for one cause after the other.
void keep_back(Making& making, SyntheticHousehold& household) {
  auto& choice = making.choice;
  const auto members = static_cast<int>(household.shape.size());
  if (making.one_in(90)) {
    v1::Leaving leaving;
    *leaving.mutable_on() = recorded(days_after(making.city.today, choice.between(0, 30)));
    leaving.set_destination(choose_address_elsewhere(making));
    for (int i = 0; i < members; ++i) *household.resident(i).mutable_leaving() = leaving;
  }
  if (making.one_in(160)) {
    const auto turn = making.numbers.next(Round::suppression);
    const auto causes = v1::SUPPRESSION_PROVISIONAL - v1::SUPPRESSION_PROTECTED + 1;
    const auto cause = static_cast<int>(v1::SUPPRESSION_PROTECTED) + static_cast<int>(turn) % causes;
    household.resident(choice.between(0, members - 1)).add_suppressions(static_cast<v1::Suppression>(cause));
  }
}

std::vector<Member> shape_of(Making& making, HouseholdSort sort) {
  switch (sort) {
    case HouseholdSort::first:
      return family_of_five();
    case HouseholdSort::second:
      return family_of_twelve();
    case HouseholdSort::foreign:
      return choose_small_family(making.choice);
    default:
      return choose_family(making.choice);
  }
}

// The first two households have the same people in every city.
void name_known(HouseholdSort sort, std::vector<Human>& humans) {
  constexpr NameAndReading five[]{
      {"健一", "ケンイチ"}, {"由美子", "ユミコ"}, {"陽菜", "ヒナ"}, {"大翔", "ヒロト"}, {"和子", "カズコ"}};
  constexpr NameAndReading twelve[]{{"正雄", "マサオ"}, {"真由美", "マユミ"}, {"翔太", "ショウタ"}, {"美咲", "ミサキ"},
                                    {"紬", "ツムギ"},   {"湊", "ミナト"},     {"結衣", "ユイ"},     {"蓮", "レン"},
                                    {"義雄", "ヨシオ"}, {"節子", "セツコ"},   {"千代", "チヨ"},     {"裕子", "ユウコ"}};
  for (std::size_t i = 0; i < humans.size(); ++i) {
    const auto& given = sort == HouseholdSort::first ? five[i] : twelve[i];
    humans[i].given = given.written;
    humans[i].given_kana = given.reading;
    humans[i].recorded_born = recorded(humans[i].born);
  }
}

Name surname_of(Making& making, HouseholdSort sort) {
  if (sort == HouseholdSort::first) return {"渡邉\U000E0102", "ワタナベ"};
  if (sort == HouseholdSort::second) return {"高橋", "タカハシ"};
  return choose_surname(making);
}

std::vector<Human> choose_humans(Making& making, HouseholdSort sort, const std::vector<Member>& shape) {
  const auto surname = surname_of(making, sort);
  const auto family = static_cast<std::size_t>(making.choice.below(foreign_families().size()));
  std::vector<Human> humans;
  for (const auto& member : shape) {
    const bool spouse_of_head = member.relation == "妻" || member.relation == "夫";
    if (sort == HouseholdSort::foreign || (sort == HouseholdSort::mixed && spouse_of_head)) {
      humans.push_back(choose_foreigner(making, family, member.female, member.age));
      continue;
    }
    auto human = choose_human(making, member.own_surname ? choose_surname(making) : surname, member.female, member.age);
    choose_unusual_birth(making, member.age, human);
    if (member.place == PlaceInRegister::spouse) {
      const auto before = choose_surname(making);
      human.birth_surname = before.written;
      human.birth_surname_kana = before.kana;
    }
    humans.push_back(std::move(human));
  }
  if (sort == HouseholdSort::first || sort == HouseholdSort::second) name_known(sort, humans);
  return humans;
}
}  // namespace

SyntheticHousehold make_household(Making& making, HouseholdSort sort) {
  SyntheticHousehold household;
  household.known = sort == HouseholdSort::first || sort == HouseholdSort::second;
  household.shape = shape_of(making, sort);
  household.humans = choose_humans(making, sort, household.shape);
  const auto homes =
      choose_homes(making, household.known || sort == HouseholdSort::foreign || making.choice.percent(55));
  for (std::size_t i = 0; i < household.shape.size(); ++i) {
    auto& human = household.humans[i];
    household.rows.push_back(make_row(making, homes, household.shape[i], human));
    auto& resident = household.rows.back().resident;
    if (human.foreign()) make_foreign(making, human, sort == HouseholdSort::mixed, resident);
    note_former_surname(making, human, resident);
  }
  if (household.known) return household;
  if (making.one_in(40) && sort == HouseholdSort::ordinary) add_former_member(making, homes, household);
  keep_back(making, household);
  return household;
}

}  // namespace mado::registry
