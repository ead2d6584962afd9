#include "registry/core/synthesis_foreign.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "registry/core/synthesis_dates.hpp"

namespace mado::registry {

namespace {
// Foreign residents stand in 住民記録 since this day (住民基本台帳法改正の施行日).
const Day first_day{std::chrono::year{2012} / 7 / 9};

struct Status {
  std::string_view status;
  std::string_view period;  // empty: 永住者 stay without a term
};
constexpr Status statuses[]{{"永住者", ""},
                            {"技術・人文知識・国際業務", "３年"},
                            {"留学", "１年３月"},
                            {"家族滞在", "３年"},
                            {"特定技能１号", "１年"},
                            {"定住者", "３年"},
                            {"技能実習２号ロ", "１年"}};

std::string card_number(Making& making) {
  const auto letter = [&] { return static_cast<char>('A' + making.choice.between(0, 25)); };
  return fmt::format("{}{}{:08}{}{}", letter(), letter(), making.choice.below(100'000'000), letter(), letter());
}

v1::ResidenceCategory choose_category(Making& making, const Human& human) {
  constexpr std::string_view special[]{"韓国", "台湾", "中国"};
  if (making.choice.percent(8)) {
    constexpr v1::ResidenceCategory rare[]{v1::RESIDENCE_CATEGORY_TEMPORARY_REFUGE,
                                           v1::RESIDENCE_CATEGORY_PROVISIONAL_STAY, v1::RESIDENCE_CATEGORY_BIRTH,
                                           v1::RESIDENCE_CATEGORY_LOSS_OF_NATIONALITY};
    return rare[making.numbers.next(Round::residence_category) % std::size(rare)];
  }
  return std::ranges::find(special, human.nationality) != std::end(special) && making.choice.percent(25)
             ? v1::RESIDENCE_CATEGORY_SPECIAL_PERMANENT
             : v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM;
}

void add_status(Making& making, bool married, v1::ForeignResident& foreign) {
  const auto status =
      married ? Status{"日本人の配偶者等", "３年"} : making.choice.of(std::span<const Status>(statuses));
  foreign.set_status(std::string(status.status));
  foreign.set_period(std::string(status.period.empty() ? "無期限" : status.period));
  foreign.set_card_number(card_number(making));
  const auto expires = days_after(making.city.today, making.choice.between(20, 1700));
  foreign.mutable_expires()->set_day(iso_text(expires));
}

void add_category(Making& making, const Human& human, bool married, v1::ForeignResident& foreign) {
  const auto category = married ? v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM : choose_category(making, human);
  foreign.set_category(category);
  switch (category) {
    case v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM:
      return add_status(making, married, foreign);
    case v1::RESIDENCE_CATEGORY_SPECIAL_PERMANENT:
      return foreign.set_card_number(card_number(making));
    case v1::RESIDENCE_CATEGORY_TEMPORARY_REFUGE:
    case v1::RESIDENCE_CATEGORY_PROVISIONAL_STAY:
      return foreign.set_period("６月");
    default:
      return;
  }
}

// 通称 is recorded, and for some was another before.
void add_alias(Making& making, Day since, v1::ForeignResident& foreign) {
  const auto choose = [&] {
    return fmt::format("{}　{}", choose_surname(making).written,
                       choose_given_name(making, making.choice.percent(50), 1990).written);
  };
  const auto add = [&](Day on) -> v1::AliasRecord& {
    auto& record = *foreign.add_aliases();
    record.set_alias(choose());
    *record.mutable_recorded() = recorded(on);
    record.set_recorded_in(name_of_city(making.city));
    return record;
  };
  const auto changed = making.day_between(since, making.city.today);
  if (making.choice.percent(35)) {
    auto& before = add(since);
    before.set_recorded_in(std::string(making.choice.of(elsewhere())));
    *before.mutable_deleted() = recorded(changed);
    before.set_deleted_in(name_of_city(making.city));
  }
  foreign.set_alias(add(changed).alias());
}
}  // namespace

void make_foreign(Making& making, const Human& human, bool married, v1::Resident& resident) {
  auto& foreign = *resident.mutable_foreign();
  foreign.set_name_kanji(human.kanji);
  foreign.set_nationality(human.nationality);
  add_category(making, human, married, foreign);
  const auto came = parse_day(resident.resident_since().day()).value_or(first_day);
  const auto since = std::max(came, first_day);
  *foreign.mutable_foreign_resident_since() = recorded(since);
  resident.clear_resident_since();
  if (making.choice.percent(30)) add_alias(making, since, foreign);
}

}  // namespace mado::registry
