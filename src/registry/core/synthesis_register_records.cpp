// A planned family as the records of 戸籍 and 附票.
#include <algorithm>

#include "registry/core/synthesis_dates.hpp"
#include "registry/core/synthesis_register.hpp"

namespace mado::registry {

namespace {
const Day computerised{std::chrono::year{2002} / 3 / 23};        // when this city's 戸籍 were (改製)
const Day kana_recorded{std::chrono::year{2025} / 5 / 26};       // 振り仮名 are recorded from here on (戸籍法13条)
const Day supplement_changed{std::chrono::year{2022} / 1 / 11};  // birth and sex stand in 附票 since

// Who was removed before the records were computerised was not carried over; 筆頭者 always is.
bool was_carried_over(const Kin& kin) {
  return kin.stays() || kin.place == PlaceInRegister::head || *kin.removed >= computerised;
}

v1::RegisterEntry birth_of(Making& making, const Kin& kin) {
  const auto& born = kin.human.recorded_born;
  const bool day_known = born.written().empty();
  const auto place = making.choice.percent(45) ? name_of_city(making.city) : std::string(making.choice.of(elsewhere()));
  return entry("出生",
               {{"出生日", register_text(born)},
                {"出生地", place},
                {"届出日", day_known ? register_text(days_after(kin.human.born, making.choice.between(3, 13))) : ""},
                {"届出人", making.choice.percent(75) ? "父" : "母"}});
}

void begin(FamilyPlan& plan, v1::FamilyRegister& record) {
  *record.add_matters() = plan.compiled < computerised
                              ? entry("戸籍改製", {{"改製日", register_text(computerised)},
                                                   {"改製事由", "平成６年法務省令第５１号附則第２条第１項による改製"}})
                              : entry("戸籍編製", {{"編製日", register_text(plan.compiled)}});
  for (auto& matter : plan.matters) *record.add_matters() = matter;
}

void record_kana(Making& making, const FamilyPlan& plan, v1::FamilyRegister& record) {
  if (making.city.today < kana_recorded || plan.closed || !making.choice.percent(80)) return;
  const auto on = making.day_between(kana_recorded, std::min(making.city.today, days_after(kana_recorded, 364)));
  const auto& head = plan.kin.front().human;
  record.set_surname_kana(head.surname_kana);
  *record.add_matters() = entry("氏の振り仮名", {{"氏の振り仮名", head.surname_kana}, {"記載日", register_text(on)}});
  for (auto& person : *record.mutable_persons()) {
    if (person.removed()) continue;
    const auto kin =
        std::ranges::find(plan.kin, person.number(), [](const Kin& each) { return each.human.registered; });
    person.set_kana(kin->human.given_kana);
    *person.add_entries() =
        entry("名の振り仮名", {{"名の振り仮名", kin->human.given_kana}, {"記載日", register_text(on)}});
  }
}

void add_person(Making& making, const Kin& kin, v1::FamilyRegister& record) {
  auto& person = *record.add_persons();
  person.set_number(kin.human.registered);
  person.set_given_name(kin.human.given);
  *person.mutable_born() = kin.human.recorded_born;
  if (kin.married) person.set_spouse(kin.human.female ? "妻" : "夫");
  person.set_father(kin.father);
  person.set_mother(kin.mother);
  person.set_relation(kin.relation);
  person.set_adoptive_father(kin.adoptive_father);
  person.set_adoptive_mother(kin.adoptive_mother);
  person.set_adoptive_relation(kin.adoptive_relation);
  person.set_removed(!kin.stays());
  if (kin.stays()) person.set_resident(kin.human.resident);
  *person.add_entries() = birth_of(making, kin);
  for (const auto& entry : kin.entries) *person.add_entries() = entry;
}

// Where somebody lived who does not live here.
void live_elsewhere(Making& making, const FamilyPlan& plan, const Kin& kin, v1::SupplementPerson& person) {
  if (!kin.human.addresses.empty() && !kin.stays()) {
    *person.add_addresses() = kin.human.addresses.front();
    return;
  }
  const auto since = std::max(plan.compiled, kin.human.born);
  *person.add_addresses() = lived_at(choose_address_elsewhere(making), recorded(since));
  if (!kin.stays()) return;
  const auto moved = making.day_between(since, making.city.today);
  if (moved == since) return;
  if (making.one_in(30)) {
    *person.add_addresses() = lived_at(std::string(making.choice.of(abroad())), recorded(moved));
    *person.mutable_leaves_japan() = recorded(moved);
    if (making.choice.percent(60)) person.set_overseas_voter_city(name_of_city(making.city));
  } else if (making.choice.percent(50)) {
    *person.add_addresses() = lived_at(choose_address_elsewhere(making), recorded(moved));
  }
}

void add_person(Making& making, const FamilyPlan& plan, const Kin& kin, v1::RegisterSupplement& record) {
  auto& person = *record.add_persons();
  const auto& human = kin.human;
  person.set_number(human.registered);
  person.set_name(full_name(human));
  person.set_given_name(human.given);
  person.set_removed(!kin.stays());
  if (kin.stays() || *kin.removed >= supplement_changed) {
    *person.mutable_born() = human.recorded_born;
    person.set_sex(human.sex());
  }
  if (!kin.stays() || human.resident.empty()) return live_elsewhere(making, plan, kin, person);
  person.set_resident(human.resident);
  for (const auto& address : human.addresses) *person.add_addresses() = address;
}

// Every so often somebody's 戸籍 or 附票 is kept back: in the record, or by a row of suppressions.csv.
void keep_back(Making& making, CityPart& part) {
  if (!making.one_in(150)) return;
  const auto turn = making.numbers.next(Round::register_suppression);
  constexpr v1::Suppression causes[]{v1::SUPPRESSION_PROTECTED, v1::SUPPRESSION_BLOCKED,
                                     v1::SUPPRESSION_PROTECTED_PENDING};
  const auto cause = causes[turn % std::size(causes)];
  auto& person = *part.family_registers.back().mutable_persons(0);
  auto& in_supplement = *part.supplements.back().mutable_persons(0);
  switch (turn % 4) {
    case 0:
      return person.add_suppressions(cause);
    case 1:
      return in_supplement.add_suppressions(cause);
    case 2:
      return part.family_registers.back().set_notice_pending(true);
    default:
      part.suppressions.push_back({in_supplement.number(), v1::RECORD_KIND_SUPPLEMENT, cause});
  }
}
}  // namespace

void add_records(Making& making, FamilyPlan& plan, CityPart& part) {
  std::erase_if(plan.kin, [](const Kin& kin) { return !was_carried_over(kin); });
  v1::FamilyRegister record;
  record.set_number(making.numbers.next_family_register());
  record.set_domicile(plan.domicile);
  record.set_head(full_name(plan.head().human));
  record.set_closed(plan.closed);
  begin(plan, record);
  for (const auto& kin : plan.kin) add_person(making, kin, record);
  record_kana(making, plan, record);
  v1::RegisterSupplement supplement;
  supplement.set_number(record.number());
  supplement.set_domicile(record.domicile());
  supplement.set_head(record.head());
  *supplement.mutable_compiled() = recorded(plan.compiled);
  if (plan.compiled < computerised) *supplement.mutable_recompiled() = recorded(computerised);
  for (const auto& kin : plan.kin) add_person(making, plan, kin, supplement);
  part.family_registers.push_back(std::move(record));
  if (!plan.closed) part.supplements.push_back(std::move(supplement));
  if (!plan.closed && !plan.known) keep_back(making, part);
}

}  // namespace mado::registry
