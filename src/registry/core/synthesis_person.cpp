#include "registry/core/synthesis_person.hpp"

#include <fmt/format.h>

#include "registry/core/synthesis_dates.hpp"

namespace mado::registry {

namespace {
constexpr int of_unknown_birth = 68;  // from this age on, some births were recorded as 不詳
constexpr int at_era_changes = 97;    // from this age on, some were born on a day that two eras share

Name name_of(const NameAndReading& name) { return {std::string(name.written), std::string(name.reading)}; }

Day birthday(Making& making, int age) {
  const auto& today = making.city.today;
  const Day this_year{today.year() - std::chrono::years{age}, today.month(), std::chrono::day{1}};
  return days_after(this_year, -making.choice.between(1, 364));
}

// The days on which 明治 and 大正, 大正 and 昭和 meet, as they were written.
v1::WrittenDate era_change(std::size_t turn) {
  constexpr std::string_view written[]{"大正15年12月25日", "昭和元年12月25日", "明治45年7月30日"};
  constexpr std::string_view days[]{"1926-12-25", "1926-12-25", "1912-07-30"};
  v1::WrittenDate date;
  date.set_day(std::string(days[turn % 3]));
  date.set_written(std::string(written[turn % 3]));
  return date;
}

}  // namespace

std::string full_name(const Human& human) {
  return human.foreign() ? human.surname : fmt::format("{}　{}", human.surname, human.given);
}

std::string joined_name(const Human& human) {
  return human.foreign() ? human.surname_kana + "、" + human.given_kana : human.surname + human.given;
}

Name choose_surname(Making& making) {
  return name_of(making.choice.of(making.one_in(60) ? rare_surnames() : surnames()));
}

Name choose_given_name(Making& making, bool female, int birth_year) {
  return name_of(making.choice.of(making.one_in(500) ? long_given_names() : given_names(female, birth_year)));
}

Human choose_human(Making& making, const Name& surname, bool female, int age) {
  Human human;
  human.surname = surname.written;
  human.surname_kana = surname.kana;
  human.female = female;
  human.born = birthday(making, age);
  human.recorded_born = recorded(human.born);
  const auto given = choose_given_name(making, female, static_cast<int>(human.born.year()));
  human.given = given.written;
  human.given_kana = given.kana;
  human.registered = making.numbers.next_registered_person();
  return human;
}

void choose_unusual_birth(Making& making, int age, Human& human) {
  if (age >= at_era_changes && making.choice.percent(50)) {
    human.recorded_born = era_change(making.numbers.next(Round::era_change));
    human.born = *parse_day(human.recorded_born.day());
  } else if (age >= of_unknown_birth && making.one_in(35)) {
    human.recorded_born = unknown_day(making.numbers.next(Round::unknown_day), human.born);
  } else if (making.one_in(400)) {
    const auto year = human.born.year();
    const Day leap{year, std::chrono::month{2}, std::chrono::day{29}};
    human.recorded_born = year.is_leap() ? recorded(leap) : leap_day_of_common_year(static_cast<int>(year));
    human.born = year.is_leap() ? leap : *parse_day(human.recorded_born.day());
  }
}

Human choose_foreigner(Making& making, std::size_t family, bool female, int age) {
  const auto& name = foreign_families()[family];
  const auto& given = making.choice.of(foreign_given_names(female, !name.kanji.empty()));
  Human human;
  human.surname = fmt::format("{} {}", name.alphabet, given.alphabet);
  human.surname_kana = name.reading;
  human.given_kana = given.reading;
  if (!name.kanji.empty()) human.kanji = fmt::format("{}　{}", name.kanji, given.kanji);
  human.female = female;
  human.nationality = name.nationality;
  human.born = birthday(making, age);
  human.recorded_born = recorded(human.born);
  return human;
}

std::string name_of_city(const SyntheticCity& city) { return city.prefecture + city.municipality; }

Dwelling choose_dwelling(Making& making) {
  auto& choice = making.choice;
  Dwelling dwelling;
  dwelling.address = fmt::format("{}{}{}番{}号", name_of_city(making.city), choice.of(towns()),
                                 full_width(choice.between(1, 48)), full_width(choice.between(1, 28)));
  if (making.one_in(150))
    dwelling.building =
        fmt::format("{}インターナショナル・ガーデンテラス・ザ・プレミアム{}弐番館南棟{}階{}号室（{}方）",
                    choice.of(surnames()).reading, choice.of(towns()), full_width(choice.between(10, 42)),
                    full_width(choice.between(1001, 4208)), choice.of(surnames()).written);
  else if (choice.percent(40))
    dwelling.building = fmt::format("{}{}{}号室", choice.of(surnames()).reading, choice.of(buildings()),
                                    full_width(choice.between(1, 9) * 100 + choice.between(1, 8)));
  if (!dwelling.building.empty()) dwelling.address += "　" + dwelling.building;
  return dwelling;
}

std::string choose_address_elsewhere(Making& making) {
  auto& choice = making.choice;
  return fmt::format("{}{}{}番地", choice.of(elsewhere()), choice.of(towns()), full_width(choice.between(1, 900)));
}

std::string choose_domicile(Making& making, bool here) {
  auto& choice = making.choice;
  const auto where = here ? name_of_city(making.city) : std::string(choice.of(elsewhere()));
  return fmt::format("{}{}{}番地", where, choice.of(towns()), full_width(choice.between(1, 2400)));
}

v1::SupplementAddress lived_at(const std::string& address, const v1::WrittenDate& since) {
  v1::SupplementAddress lived;
  lived.set_address(address);
  if (!since.day().empty() || !since.written().empty()) *lived.mutable_since() = since;
  return lived;
}

}  // namespace mado::registry
