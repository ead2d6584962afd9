// What happens to the families of a synthetic city: each story writes the entries that 戸籍 has for it.
#include <algorithm>

#include "registry/core/synthesis_dates.hpp"
#include "registry/core/synthesis_register.hpp"

namespace mado::registry {

namespace {
using enum PlaceInRegister;

struct Telling {
  Making& making;
  FamilyPlan& plan;
  SyntheticHousehold* household;

  int age_of(const Kin& kin) const {
    return static_cast<int>(making.city.today.year()) - static_cast<int>(kin.human.born.year());
  }
  Day since(Day from) { return making.day_between(from, days_after(making.city.today, -12)); }
  Kin somebody(bool female, int age, PlaceInRegister place) const {
    const auto& head = plan.head().human;
    Kin kin;
    kin.human = choose_human(making, {head.surname, head.surname_kana}, female, std::clamp(age, 19, 112));
    kin.place = place;
    kin.relation = kin.human.female ? "長女" : "長男";
    return kin;
  }
  std::string stranger(bool female, int year) const {
    return choose_surname(making).written + choose_given_name(making, female, year).written;
  }
  v1::Resident* resident(const Kin& kin) const {
    if (household == nullptr) return nullptr;
    for (auto& row : household->rows) {
      if (row.resident.number() == kin.human.resident) return &row.resident;
    }
    return nullptr;
  }
};

bool is_single(const Telling& t) {
  return t.plan.spouse() == nullptr && t.plan.head().stays() && !t.plan.head().married && t.age_of(t.plan.head()) >= 22;
}
bool is_single_woman_with_child(const Telling& t) {
  return is_single(t) && t.plan.head().human.female && !t.plan.children().empty();
}
bool is_single_man(const Telling& t) { return is_single(t) && !t.plan.head().human.female; }
bool is_couple_with_child(const Telling& t) {
  return t.plan.spouse() != nullptr && t.plan.head().stays() && !t.plan.children().empty();
}
bool is_old_and_single(const Telling& t) { return is_single(t) && t.age_of(t.plan.head()) >= 55; }
bool is_standing(const Telling& t) { return t.plan.head().stays(); }
bool has_child(const Telling& t) { return !t.plan.children().empty(); }
bool is_alone(const Telling& t) { return is_single(t) && t.plan.kin.size() == 1; }

// The former spouse, who left the 戸籍 in one way or another, and the wedding that began it.
Kin former_spouse(Telling& t) {
  auto& head = t.plan.head();
  auto kin = t.somebody(!head.human.female, t.age_of(head) - 2, spouse);
  kin.human.birth_surname = choose_surname(t.making).written;
  kin.father = kin.human.birth_surname + choose_given_name(t.making, false, 1950).written;
  kin.mother = kin.human.birth_surname + choose_given_name(t.making, true, 1950).written;
  marry(t.making, t.plan.compiled, head, kin);
  head.married = kin.married = false;
  for (auto* child : t.plan.children()) (kin.human.female ? child->mother : child->father) = joined_name(kin.human);
  return kin;
}

void divorce(Telling& t) {
  auto kin = former_spouse(t);
  const auto on = t.since(t.plan.compiled);
  const auto filed = [&](const Kin& from) {
    return entry("離婚", {{"離婚日", register_text(on)}, {"配偶者氏名", joined_name(from.human)}});
  };
  t.plan.head().entries.push_back(filed(kin));
  auto left = filed(t.plan.head());
  auto& item = *left.add_items();
  item.set_index("新本籍");
  item.set_text(choose_domicile(t.making, false));
  kin.entries.push_back(std::move(left));
  kin.removed = on;
  for (auto* child : t.plan.children()) {
    if (t.age_of(*child) < 18)
      child->entries.push_back(entry("親権", {{"親権者を定めた日", register_text(on)},
                                              {"親権者", t.plan.head().human.female ? "母" : "父"},
                                              {"届出人", "父母"}}));
  }
  t.plan.kin.insert(t.plan.kin.begin() + 1, std::move(kin));
}

void widow(Telling& t) {
  auto kin = former_spouse(t);
  let_die(t.making, t.since(t.plan.compiled), kin, &t.plan.head(), joined_name(t.plan.head().human));
  t.plan.kin.insert(t.plan.kin.begin() + 1, std::move(kin));
}

// Children take the mother's surname after a divorce (入籍).
void enter(Telling& t) {
  const auto on = t.since(t.plan.compiled);
  const auto father = t.stranger(false, 1980);
  const auto before = choose_domicile(t.making, false) + "　" + father;
  for (auto* child : t.plan.children()) {
    child->father = father;
    child->entries.push_back(entry("入籍", {{"届出日", register_text(on)},
                                            {"入籍事由", "母の氏を称する入籍"},
                                            {"届出人", "親権者母"},
                                            {"従前戸籍", before}}));
  }
}

void be_acknowledged(Telling& t) {
  auto& child = *t.plan.children().back();
  child.father = t.stranger(false, 1980);
  const auto on = t.since(child.human.born);
  child.entries.push_back(entry("認知", {{"認知日", register_text(on)},
                                         {"認知者氏名", child.father},
                                         {"認知者の戸籍", choose_domicile(t.making, false) + "　" + child.father}}));
}

void acknowledge(Telling& t) {
  const auto child = t.stranger(t.making.choice.percent(50), 2010);
  t.plan.head().entries.push_back(
      entry("認知", {{"認知日", register_text(t.since(t.plan.compiled))},
                     {"認知した子の氏名", child},
                     {"認知した子の戸籍", choose_domicile(t.making, false) + "　" + t.stranger(true, 1985)}}));
}

// The child of one of the two, whom the other adopts.
void adopt(Telling& t) {
  auto& child = *t.plan.children().front();
  auto& man = t.plan.head().human.female ? *t.plan.spouse() : t.plan.head();
  const auto father = t.stranger(false, 1980);
  const auto on = t.since(std::max(t.plan.compiled, child.human.born));
  child.father = father;
  child.adoptive_father = joined_name(man.human);
  child.adoptive_relation = child.human.female ? "養女" : "養子";
  child.entries.push_back(entry("養子縁組", {{"縁組日", register_text(on)},
                                             {"養父氏名", child.adoptive_father},
                                             {"代諾者", "親権者母"},
                                             {"従前戸籍", choose_domicile(t.making, false) + "　" + father}}));
  man.entries.push_back(entry("養子縁組", {{"縁組日", register_text(on)}, {"養子氏名", joined_name(child.human)}}));
}

// 特別養子: the new parents stand as the parents; what was before is not printed (標準仕様書 1.1.4).
void adopt_specially(Telling& t) {
  auto& child = *t.plan.children().back();
  const auto on = t.since(child.human.born);
  child.entries.push_back(entry("民法８１７条の２", {{"民法８１７条の２による裁判確定日", register_text(on)},
                                                     {"届出日", register_text(days_after(on, 4))},
                                                     {"届出人", "父母"},
                                                     {"従前戸籍", choose_domicile(t.making, false)}}));
  auto* resident = t.resident(child);
  if (resident == nullptr) return;
  auto& change = *resident->add_changes();
  change.set_reason("特別養子縁組");
  *change.mutable_changed() = recorded(on);
  change.set_item("続柄");
  change.set_before("縁故者");
  change.set_after(resident->relation());
  change.set_withheld(true);
}

void move_register(Telling& t) {
  auto moved = entry("転籍", {{"転籍日", register_text(t.since(t.plan.compiled))}});
  if (t.making.choice.percent(50)) {
    add_former_record(moved, {{"本籍", choose_domicile(t.making, true)}});
  } else {
    auto& from = *moved.add_items();
    from.set_index("従前本籍");
    from.set_text(choose_domicile(t.making, false));
  }
  t.plan.matters.push_back(std::move(moved));
}

void change_surname(Telling& t) {
  auto changed = entry("氏の変更", {{"氏変更日", register_text(t.since(t.plan.compiled))},
                                    {"氏変更の事由", "戸籍法１０７条１項の届出"}});
  add_former_record(changed, {{"氏", choose_surname(t.making).written}});
  t.plan.matters.push_back(std::move(changed));
}

void change_given_name(Telling& t) {
  auto& child = *t.plan.children().front();
  const auto before = child.human.given;
  const auto on = t.since(years_after(child.human.born, 0));
  const auto name = choose_given_name(t.making, child.human.female, static_cast<int>(child.human.born.year()));
  child.human.given = name.written;
  child.human.given_kana = name.kana;
  auto changed = entry("名の変更", {{"名の変更日", register_text(on)}, {"届出人", "親権者父母"}});
  add_former_record(changed, {{"名", before}});
  child.entries.push_back(std::move(changed));
  auto* resident = t.resident(child);
  if (resident == nullptr) return;
  auto& change = *resident->add_changes();
  change.set_reason("氏名変更");
  *change.mutable_changed() = recorded(on);
  change.set_item("氏名");
  change.set_before(resident->name());
  change.set_after(full_name(child.human));
  resident->set_name(full_name(child.human));
  resident->set_kana(child.human.surname_kana + "　" + child.human.given_kana);
}

// A child who has not been heard of for seven years (民法30条).
void go_missing(Telling& t) {
  auto& head = t.plan.head();
  auto kin = t.somebody(t.making.choice.percent(50), t.age_of(head) - 26, child);
  kin.father = head.human.female ? t.stranger(false, 1940) : joined_name(head.human);
  kin.mother = head.human.female ? joined_name(head.human) : t.stranger(true, 1940);
  const auto on = t.since(days_after(t.making.city.today, -2500));
  kin.removed = on;
  kin.entries.push_back(entry("失踪宣告", {{"死亡とみなされる日", register_text(days_after(on, -400))},
                                           {"失踪宣告の裁判確定日", register_text(on)},
                                           {"届出日", register_text(days_after(on, 6))},
                                           {"届出人", "親族　" + joined_name(head.human)}}));
  t.plan.kin.push_back(std::move(kin));
}

void naturalise(Telling& t) {
  auto& head = t.plan.head();
  const auto& family = t.making.choice.of(foreign_families());
  const auto& given = t.making.choice.of(foreign_given_names(head.human.female, !family.kanji.empty()));
  const auto former = std::string(family.reading) + "、" + std::string(given.reading);
  head.entries.push_back(entry("帰化", {{"帰化日", register_text(t.plan.compiled)},
                                        {"届出日", register_text(days_after(t.plan.compiled, 5))},
                                        {"帰化の際の国籍", std::string(family.nationality)},
                                        {"従前の氏名", former}}));
}

void divide(Telling& t) {
  auto& head = t.plan.head();
  head.entries.push_back(entry("分籍", {{"分籍日", register_text(t.plan.compiled)},
                                        {"従前戸籍", choose_domicile(t.making, false) + "　" + head.father}}));
}

void correct(Telling& t) {
  auto corrected = entry(
      "訂正", {{"訂正日", register_text(t.since(t.plan.compiled))}, {"訂正事項", "父の名"}, {"訂正事由", "誤記"}});
  add_former_record(corrected, {{"父", t.stranger(false, 1940)}});
  t.plan.head().entries.push_back(std::move(corrected));
}

struct Story {
  bool (*fits)(const Telling&);
  void (*tell)(Telling&);
};
constexpr Story stories[]{{is_single, divorce},
                          {is_old_and_single, widow},
                          {is_single_woman_with_child, enter},
                          {is_single_woman_with_child, be_acknowledged},
                          {is_single_man, acknowledge},
                          {is_couple_with_child, adopt},
                          {is_couple_with_child, adopt_specially},
                          {is_standing, move_register},
                          {is_standing, change_surname},
                          {has_child, change_given_name},
                          {is_old_and_single, go_missing},
                          {is_single, naturalise},
                          {is_alone, divide},
                          {is_standing, correct}};
static_assert(std::size(stories) <= most_stories);
}  // namespace

void tell_story(Making& making, FamilyPlan& plan, SyntheticHousehold* household) {
  if (!making.choice.percent(45)) return;
  Telling telling{making, plan, household};
  auto& told = making.numbers.stories();
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < std::size(stories); ++i) {
    if (stories[i].fits(telling) && (!next || told[i] < told[*next])) next = i;
  }
  if (!next) return;
  ++told[*next];
  stories[*next].tell(telling);
}

}  // namespace mado::registry
