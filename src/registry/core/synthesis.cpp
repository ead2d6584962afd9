#include "registry/core/synthesis.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "registry/core/check_digit.hpp"
#include "registry/core/relation.hpp"
#include "registry/core/synthesis_family.hpp"

namespace mado::registry {

namespace {
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t first_household = 0;
constexpr std::size_t second_household = 1;
constexpr NameAndReading known_surname{"渡邉\U000E0102", "ワタナベ"};
constexpr NameAndReading known_given_name{"健一", "ケンイチ"};

// "12" → "１２": numbers inside addresses are written in full width.
std::string full_width(int number) {
  std::string text;
  for (const char digit : std::to_string(number))
    text += fmt::format("\xef\xbc{}", static_cast<char>(0x90 + (digit - '0')));
  return text;
}

// Two cities of one installation share a seed and not their residents.
std::uint64_t seed_of(const SyntheticCity& city) {
  std::uint64_t seed = city.seed;
  for (const char digit : city.code) seed = seed * 1'000'003 + static_cast<unsigned char>(digit);
  return seed;
}

class City {
 public:
  explicit City(const SyntheticCity& city) : city_(city), choice_(seed_of(city)) {}

  void make(const std::function<void(const ResidentRow&)>& each) {
    for (std::uint64_t made = 0; made < city_.residents; ++households_) {
      for (const auto& row : household()) {
        each(row);
        ++made;
      }
    }
  }

 private:
  std::vector<ResidentRow> household();
  ResidentRow resident(const Member& member, const NameAndReading& surname, const std::string& address, Day moved_in,
                       bool from_elsewhere);
  void fill_dates(const Member& member, Day moved_in, bool from_elsewhere, v1::Resident& resident);
  void fill_registers(const std::vector<Member>& family, std::vector<ResidentRow>& rows);
  Day birthday(int age);
  std::string address();
  std::string home_of_register();
  std::string next_number();
  std::string individual_number();

  const SyntheticCity& city_;
  Choice choice_;
  std::size_t households_ = 0;
  std::uint64_t sequence_ = 0;
};

// Each sequence is used once, for a household or a resident; the few without a check digit are passed over.
std::string City::next_number() {
  while (true) {
    if (const auto number = register_number(++sequence_)) return *number;
  }
}

std::string City::individual_number() {
  auto digits = fmt::format("{:011}", choice_.below(100'000'000'000ULL));
  digits.push_back(individual_number_check_digit(digits));
  return digits;
}

std::string City::address() {
  auto text = fmt::format("{}{}{}{}番{}号", city_.prefecture, city_.municipality, choice_.of(towns()),
                          full_width(choice_.between(1, 48)), full_width(choice_.between(1, 28)));
  if (choice_.percent(40))
    text += fmt::format("　{}ハイツ{}号室", choice_.of(surnames()).reading,
                        full_width(choice_.between(1, 9) * 100 + choice_.between(1, 8)));
  return text;
}

std::string City::home_of_register() {
  const std::string where =
      choice_.percent(45) ? city_.prefecture + city_.municipality : std::string(choice_.of(elsewhere()));
  return fmt::format("{}{}{}番地", where, choice_.of(towns()), full_width(choice_.between(1, 2400)));
}

Day City::birthday(int age) {
  const Day this_year{city_.today.year() - std::chrono::years{age}, city_.today.month(), std::chrono::day{1}};
  return Day{sys_days{this_year} - days{choice_.between(1, 364)}};
}

void City::fill_dates(const Member& member, Day moved_in, bool from_elsewhere, v1::Resident& resident) {
  const auto born = birthday(member.age);
  resident.mutable_born()->set_day(iso_text(born));
  // Someone who came into the world after the household came here has been a resident since birth.
  const bool newcomer = from_elsewhere && born < moved_in;
  const auto since = std::max(born, moved_in);
  resident.mutable_resident_since()->set_day(iso_text(newcomer ? moved_in : born));
  if (since != born) resident.mutable_address_since()->set_day(iso_text(since));
  if (newcomer) {
    resident.mutable_notified()->set_day(iso_text(Day{sys_days{moved_in} + days{choice_.between(0, 13)}}));
  }
}

ResidentRow City::resident(const Member& member, const NameAndReading& surname, const std::string& address,
                           Day moved_in, bool from_elsewhere) {
  ResidentRow row;
  row.address = address;
  auto& resident = row.resident;
  resident.set_number(next_number());
  resident.set_state(v1::RESIDENT_STATE_CURRENT);
  resident.set_sex(member.female ? v1::SEX_FEMALE : v1::SEX_MALE);
  resident.set_relation(std::string(member.relation));
  fill_dates(member, moved_in, from_elsewhere, resident);
  const int birth_year = static_cast<int>(city_.today.year()) - member.age;
  const bool known = households_ == first_household && member.relation == head_of_household;
  const auto& given = known ? known_given_name : choice_.of(given_names(member.female, birth_year));
  resident.set_name(fmt::format("{}　{}", surname.written, given.written));
  resident.set_kana(fmt::format("{}　{}", surname.reading, given.reading));
  resident.set_individual_number(individual_number());
  return row;
}

// Members who share a 筆頭者 share a 本籍; everybody whose 筆頭者 lives elsewhere has one of their own.
void City::fill_registers(const std::vector<Member>& family, std::vector<ResidentRow>& rows) {
  std::vector<std::string> homes(family.size());
  for (std::size_t i = 0; i < family.size(); ++i) {
    auto& resident = rows[i].resident;
    const int of = family[i].register_head;
    if (of < 0) {
      const auto surname = resident.name().substr(0, resident.name().find("　"));
      resident.set_family_register(home_of_register());
      resident.set_register_head(fmt::format("{}　{}", surname, choice_.of(given_names(false, 1940)).written));
      continue;
    }
    const auto at = static_cast<std::size_t>(of);
    if (homes[at].empty()) homes[at] = home_of_register();
    resident.set_family_register(homes[at]);
    resident.set_register_head(rows[at].resident.name());
  }
}

std::vector<ResidentRow> City::household() {
  const auto family = households_ == first_household    ? family_of_five()
                      : households_ == second_household ? family_of_twelve()
                                                        : choose_family(choice_);
  const auto surname = households_ == first_household ? known_surname : choice_.of(surnames());
  const auto number = next_number();
  const auto where = address();
  const bool from_elsewhere = choice_.percent(55) || households_ == first_household;
  const Day moved_in{sys_days{city_.today} - days{choice_.between(60, 9000)}};
  const auto previous =
      fmt::format("{}{}{}番地", choice_.of(elsewhere()), choice_.of(towns()), full_width(choice_.between(1, 900)));

  std::vector<ResidentRow> rows;
  for (const auto& member : family) {
    rows.push_back(
        resident(member, member.own_surname ? choice_.of(surnames()) : surname, where, moved_in, from_elsewhere));
    rows.back().household = number;
    if (!rows.back().resident.notified().day().empty()) rows.back().resident.set_previous_address(previous);
  }
  fill_registers(family, rows);
  // One household in two hundred is under protection, on every occasion for another cause; never the two known ones.
  if (households_ > second_household && choice_.below(200) == 0) {
    rows.front().resident.add_suppressions(
        static_cast<v1::Suppression>(choice_.between(v1::SUPPRESSION_PROTECTED, v1::SUPPRESSION_PROVISIONAL)));
  }
  return rows;
}
}  // namespace

void synthesise(const SyntheticCity& city, const std::function<void(const ResidentRow&)>& each) {
  City(city).make(each);
}

}  // namespace mado::registry
