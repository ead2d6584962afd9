#include "registry/core/synthesis_tax.hpp"

#include <fmt/format.h>

#include "registry/core/relation.hpp"
#include "registry/core/synthesis_dates.hpp"
#include "registry/core/synthesis_income.hpp"

namespace mado::registry {

namespace {
enum class Living { employed, self_employed, pensioner, dependant, undeclared };

struct RareIncome {
  std::string_view word;
  std::string_view base;  // of 分離課税; empty: taxed with the rest
};
constexpr RareIncome rare_incomes[]{{"real_estate", ""},
                                    {"dividends", ""},
                                    {"miscellaneous_business", ""},
                                    {"miscellaneous_other", ""},
                                    {"agriculture", ""},
                                    {"interest", ""},
                                    {"general_transfer", ""},
                                    {"occasional", ""},
                                    {"short_term_transfer", "short_term_transfer"},
                                    {"long_term_transfer", "long_term_transfer"},
                                    {"shares_unlisted", "shares"},
                                    {"shares_listed", "shares"},
                                    {"dividends_listed", "dividends_listed"},
                                    {"futures", "futures"},
                                    {"forestry", "forestry"},
                                    {"retirement", "retirement"}};

// How one member lives, the same in both years.
struct Taxpayer {
  Living living = Living::undeclared;
  Earnings earnings;
};

int age_on(const Human& human, Day day) {
  const int years = static_cast<int>(day.year()) - static_cast<int>(human.born.year());
  return years_after(human.born, years) <= day ? years : years - 1;
}

Living choose_living(Making& making, const SyntheticHousehold& household, std::size_t at) {
  const int age = age_on(household.humans[at], making.city.today);
  const auto& relation = household.shape[at].relation;
  const auto draw = making.choice.below(100);
  if (household.known && at == 1) return Living::dependant;  // the wife of either
  if (age < 18 || (age < 23 && relation != head_of_household)) return Living::dependant;
  if (!household.known && draw < 3) return Living::undeclared;
  if (age >= 66) return draw < 85 || household.known ? Living::pensioner : Living::employed;
  if ((relation == "妻" || relation == "子の妻") && draw < 30) return Living::dependant;
  return draw < 90 || household.known ? Living::employed : Living::self_employed;
}

void add_rare(Making& making, Earnings& earnings) {
  auto& choice = making.choice;
  if (choice.percent(15)) earnings.medical = choice.between(1, 90) * 4'321;
  if (choice.percent(60)) earnings.life_insurance = choice.between(2, 7) * 10'000;
  if (choice.percent(12)) earnings.housing_loan = choice.between(10, 97) * 1'000;
  earnings.disabled = choice.percent(3);
  if (!making.one_in(30)) return;
  const auto& rare = rare_incomes[making.numbers.next(Round::rare_income) % std::size(rare_incomes)];
  earnings.rare = rare.word;
  earnings.separate = rare.base;
  earnings.rare_yen = choice.between(20, 9'000) * 1'234;
}

Taxpayer choose_taxpayer(Making& making, const SyntheticHousehold& household, std::size_t at) {
  auto& choice = making.choice;
  Taxpayer taxpayer{.living = choose_living(making, household, at), .earnings = {}};
  auto& earnings = taxpayer.earnings;
  const int age = age_on(household.humans[at], making.city.today);
  earnings.aged_65 = age >= 66;
  const bool kazuko = household.known && household.shape[at].relation == "母" && household.shape.size() == 5;
  switch (taxpayer.living) {
    case Living::employed:
      earnings.salary = choice.between(at == 0 ? 2'400 : 900, at == 0 ? 11'000 : 6'000) * 1'000 + 528;
      if (household.known && at == 0) earnings.salary = 6'824'000;
      break;
    case Living::self_employed:
      earnings.business = choice.between(300, 9'000) * 1'000 + 17;
      break;
    case Living::pensioner:
      earnings.pension = kazuko ? 1'320'500 : choice.between(700, 3'100) * 1'000 + 94;
      break;
    default:
      return taxpayer;
  }
  if (!household.known) add_rare(making, earnings);
  return taxpayer;
}

Dependants dependants_of(const SyntheticHousehold& household, const std::vector<Taxpayer>& taxpayers, Day on) {
  Dependants found;
  for (std::size_t at = 1; at < household.humans.size(); ++at) {
    if (taxpayers[at].living != Living::dependant) continue;
    const int age = age_on(household.humans[at], on);
    const auto& relation = household.shape[at].relation;
    if (relation == "妻" || relation == "夫") {
      found.spouse = true;
      found.elderly_spouse = age >= 70;
    } else if (relation == "同居人") {
      continue;
    } else if (age < 16) {
      ++found.under_16;
    } else if (age >= 19 && age <= 22) {
      ++found.specific;
    } else if (age >= 70) {
      ++found.elderly_at_home;
    } else {
      ++found.general;
    }
  }
  return found;
}

// Where somebody lived on that day; empty: not in this city.
std::string address_on(const Making& making, const Human& human, Day on) {
  std::string address;
  for (const auto& lived : human.addresses) {
    if (lived.since().day() <= iso_text(on)) address = lived.address();
  }
  return address.starts_with(name_of_city(making.city)) ? address : std::string{};
}

void add_declaration(Making& making, const v1::TaxRecord& record, CityPart& part) {
  auto& declaration = part.declarations.emplace_back();
  declaration.set_number(making.numbers.next_declaration());
  declaration.set_fiscal_year(record.fiscal_year());
  declaration.set_resident(record.resident());
  const Day opened{std::chrono::year{static_cast<int>(record.fiscal_year())} / 2 / 16};
  declaration.set_received(iso_text(days_after(opened, making.choice.between(0, 27))));
  declaration.set_form(fmt::format("municipal_declaration/{}", record.fiscal_year()));
  auto content =
      fmt::format("市町村民税・道府県民税申告書\n受付番号 {}\n年度 {}\n", declaration.number(), record.fiscal_year());
  for (const auto& income : record.incomes()) content += fmt::format("{} {}\n", income.item(), income.yen());
  declaration.set_content(content);
}

void add_record(Making& making, const SyntheticHousehold& household, const std::vector<Taxpayer>& taxpayers,
                std::size_t at, std::uint32_t year, CityPart& part) {
  const Day on{std::chrono::year{static_cast<int>(year)} / 1 / 1};
  const auto& human = household.humans[at];
  const auto address = address_on(making, human, on);
  if (address.empty() || age_on(human, on) < 15) return;
  v1::TaxRecord record;
  record.set_fiscal_year(year);
  record.set_resident(human.resident);
  record.set_name(household.rows[at].resident.name());
  record.set_address(address);
  *record.mutable_born() = human.recorded_born;
  auto earnings = taxpayers[at].earnings;
  // A little less the year before.
  if (year != newest_tax_year(making.city.today)) earnings.salary = earnings.salary * 97 / 100;
  switch (taxpayers[at].living) {
    case Living::dependant:
      record.set_standing(v1::TAX_STANDING_DEPENDANT);
      break;
    case Living::undeclared:
      record.set_standing(v1::TAX_STANDING_NOT_DECLARED);
      break;
    default:
      assess(earnings, at == 0 ? dependants_of(household, taxpayers, on) : Dependants{}, record);
      if (making.one_in(12) || earnings.business > 0) add_declaration(making, record, part);
  }
  part.tax_records.push_back(std::move(record));
}

void add_addressee(const ResidentRow& row, CityPart& part) {
  auto& addressee = part.addressees.emplace_back();
  const auto& resident = row.resident;
  addressee.set_number(resident.number());
  addressee.set_standing(resident.state() == v1::RESIDENT_STATE_CURRENT ? v1::ADDRESSEE_STANDING_RESIDENT
                                                                        : v1::ADDRESSEE_STANDING_OUTSIDE);
  addressee.set_name(resident.name());
  addressee.set_kana(resident.kana());
  *addressee.mutable_born() = resident.born();
  addressee.set_sex(resident.sex());
  addressee.set_address(row.address);
  addressee.set_individual_number(resident.individual_number());
}

// Who owns a house here and lives elsewhere; or a resident who is entered a second time, under the address of before.
void add_outsider(Making& making, const SyntheticHousehold& household, CityPart& part) {
  auto& addressee = part.addressees.emplace_back();
  addressee.set_number(making.numbers.next_register_number());
  addressee.set_standing(v1::ADDRESSEE_STANDING_OUTSIDE);
  addressee.set_address(choose_address_elsewhere(making));
  if (making.one_in(6)) {
    const auto& resident = household.rows.front().resident;
    addressee.set_name(resident.name());
    addressee.set_kana(resident.kana());
    addressee.set_individual_number(resident.individual_number());
    return;
  }
  const auto human =
      choose_human(making, choose_surname(making), making.choice.percent(50), making.choice.between(30, 90));
  addressee.set_name(full_name(human));
  addressee.set_kana(human.surname_kana + "　" + human.given_kana);
  *addressee.mutable_born() = human.recorded_born;
  addressee.set_sex(human.sex());
  if (making.choice.percent(50)) addressee.set_individual_number(making.numbers.next_individual_number());
}
}  // namespace

std::uint32_t newest_tax_year(Day today) {
  const int year = static_cast<int>(today.year());
  return static_cast<std::uint32_t>(today.month() >= std::chrono::June ? year : year - 1);
}

void add_taxation(Making& making, const SyntheticHousehold& household, CityPart& part) {
  for (const auto& row : household.rows) add_addressee(row, part);
  if (!household.known && making.one_in(25)) add_outsider(making, household, part);
  std::vector<Taxpayer> taxpayers;
  for (std::size_t at = 0; at < household.humans.size(); ++at)
    taxpayers.push_back(choose_taxpayer(making, household, at));
  const auto newest = newest_tax_year(making.city.today);
  for (const auto year : {newest - 1, newest}) {
    for (std::size_t at = 0; at < household.humans.size(); ++at)
      add_record(making, household, taxpayers, at, year, part);
  }
}

}  // namespace mado::registry
