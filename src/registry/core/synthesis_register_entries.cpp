// Entries of a synthetic 戸籍 (戸籍事項, 身分事項), in the words of the closed vocabulary.
#include <fmt/format.h>

#include "registry/core/synthesis_dates.hpp"
#include "registry/core/synthesis_register.hpp"

namespace mado::registry {

namespace {
void add_items(const Items& items, const auto& add) {
  for (const auto& [index, text] : items) {
    if (text.empty()) continue;
    auto& item = add();
    item.set_index(std::string(index));
    item.set_text(text);
  }
}

std::string former_register(Making& making, const std::string& head) {
  return choose_domicile(making, making.choice.percent(25)) + "　" + head;
}
// Who left a 戸籍 by marriage came from the father's.
std::string parents_register(Making& making, const Kin& kin) {
  if (!kin.former_register.empty()) return kin.former_register;
  return former_register(making, kin.father.empty() ? kin.mother : kin.father);
}

// A notice that another city took: 送付を受けた日, 受理者.
Items received_elsewhere(Making& making, Day on) {
  if (!making.choice.percent(30)) return {};
  const auto city = std::string(making.choice.of(elsewhere()));
  return {{"送付を受けた日", register_text(days_after(on, making.choice.between(2, 9)))}, {"受理者", city + "長"}};
}

Items joined(Items first, const Items& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}
}  // namespace

Kin* FamilyPlan::spouse() {
  for (auto& each : kin) {
    if (each.place == PlaceInRegister::spouse && each.stays()) return &each;
  }
  return nullptr;
}

std::vector<Kin*> FamilyPlan::children() {
  std::vector<Kin*> found;
  for (auto& each : kin) {
    if (each.place == PlaceInRegister::child && each.stays()) found.push_back(&each);
  }
  return found;
}

v1::RegisterEntry entry(std::string_view label, const Items& items) {
  v1::RegisterEntry made;
  made.set_label(std::string(label));
  add_items(items, [&]() -> v1::RegisterItem& { return *made.add_items(); });
  return made;
}

void add_former_record(v1::RegisterEntry& entry, const Items& items) {
  auto& former = *entry.add_items();
  former.set_index("従前の記録");
  add_items(items, [&]() -> v1::RegisterItem& { return *former.add_under(); });
}

void marry(Making& making, Day on, Kin& one, Kin& other) {
  const auto received = received_elsewhere(making, on);
  const auto write = [&](Kin& kin, const Kin& with) {
    auto name = joined_name(with.human);
    if (!with.human.birth_surname.empty()) name = with.human.birth_surname + with.human.given;
    kin.married = true;
    kin.entries.push_back(
        entry("婚姻",
              joined({{"婚姻日", register_text(on)}, {"配偶者氏名", name}, {"従前戸籍", parents_register(making, kin)}},
                     received)));
  };
  write(one, other);
  write(other, one);
}

void marry_away(Making& making, Day on, const std::string& with, const std::string& domicile, Kin& child) {
  child.removed = on;
  child.entries.push_back(
      entry("婚姻",
            joined({{"婚姻日", register_text(on)}, {"配偶者氏名", with}, {"新本籍", domicile}, {"称する氏", "夫の氏"}},
                   received_elsewhere(making, on))));
}

void let_die(Making& making, Day on, Kin& kin, Kin* survivor, const std::string& reporter) {
  kin.removed = on;
  kin.married = false;
  kin.entries.push_back(entry(
      "死亡",
      {{"死亡日", register_text(on)},
       {"死亡時分", fmt::format("{}{}時{}分", making.choice.percent(50) ? "午前" : "午後",
                                full_width(making.choice.between(1, 11)), full_width(making.choice.between(1, 59)))},
       {"死亡地", name_of_city(making.city)},
       {"届出日", register_text(days_after(on, making.choice.between(0, 6)))},
       {"届出人", "親族　" + reporter}}));
  if (survivor == nullptr) return;
  survivor->married = false;
  survivor->entries.push_back(entry("配偶者の死亡", {{"配偶者の死亡日", register_text(on)}}));
}

}  // namespace mado::registry
