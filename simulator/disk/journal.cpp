#include "simulator/disk/journal.hpp"

#include <algorithm>

namespace mado::simulator {

using kiosk::JournalEntry;
using kiosk::JournalStep;

namespace {
constexpr std::size_t longest_note = 200;

Outcome<void> as_journal(Outcome<void> done) {
  if (done) return done;
  return refuse(Reason::journal_unwritable, done.error().cause);
}

// What a later line of the same issuance may change.
void overwrite(JournalEntry& held, const JournalEntry& entry) {
  held.step = entry.step;
  held.sheets_printed = entry.sheets_printed;
  held.money_taken = entry.money_taken;
  held.money_returned = entry.money_returned;
  held.money_in_case = entry.money_in_case;
  held.ending = entry.ending;
  held.refusal = entry.refusal;
  held.settled = entry.settled;
  held.receipt = entry.receipt;
  held.center_has_it = entry.center_has_it;
  held.city_has_it = entry.city_has_it;
  held.case_closed = entry.case_closed;
}
}  // namespace

Outcome<void> JournalStandIn::record(const JournalEntry& entry) {
  const auto found = content_.rows.find(entry.issuance);
  if (found != content_.rows.end() && entry.step < found->second.step)
    return refuse(Reason::journal_unwritable, "a journal line never goes back a step");
  return as_journal(disk_.commit([&] {
    if (found == content_.rows.end())
      content_.rows.emplace(entry.issuance, entry);
    else
      overwrite(found->second, entry);
  }));
}

template <typename Wanted>
std::vector<JournalEntry> JournalStandIn::select(Wanted wanted, Instant JournalEntry::* order) const {
  std::vector<JournalEntry> entries;
  for (const auto& [id, entry] : content_.rows) {
    if (wanted(entry)) entries.push_back(entry);
  }
  std::ranges::stable_sort(entries, {}, order);
  return entries;
}

Outcome<std::vector<JournalEntry>> JournalStandIn::unsettled() {
  return select([](const auto& entry) { return entry.step < JournalStep::settled; }, &JournalEntry::begun);
}

Outcome<std::vector<JournalEntry>> JournalStandIn::unreported(std::size_t most) {
  auto entries = select(
      [](const auto& entry) {
        return entry.step == JournalStep::settled && !(entry.center_has_it && entry.city_has_it);
      },
      &JournalEntry::settled);
  if (entries.size() > most) entries.resize(most);
  return entries;
}

Outcome<void> JournalStandIn::acknowledge(const Id& issuance, bool center_has_it, bool city_has_it) {
  return as_journal(disk_.commit([&] {
    const auto found = content_.rows.find(issuance);
    if (found == content_.rows.end() || found->second.step != JournalStep::settled) return;
    found->second.center_has_it = center_has_it;
    found->second.city_has_it = city_has_it;
  }));
}

Outcome<std::vector<JournalEntry>> JournalStandIn::open_cases() {
  return select([](const auto& entry) { return entry.step == JournalStep::settled && !entry.case_closed; },
                &JournalEntry::settled);
}

Outcome<kiosk::Journal::Totals> JournalStandIn::totals() {
  std::int64_t money = 0;
  std::int64_t sheets = 0;
  for (const auto& [id, entry] : content_.rows) {
    money += entry.money_taken;
    sheets += entry.sheets_printed;
  }
  for (const auto& adjustment : content_.adjustments) {
    money += adjustment.captured;
    sheets += adjustment.impressions;
  }
  return Totals{static_cast<std::uint64_t>(money), static_cast<std::uint64_t>(sheets)};
}

Outcome<void> JournalStandIn::adjust(const kiosk::Adjustment& adjustment) {
  if (adjustment.note.empty() || adjustment.note.size() > longest_note)
    return refuse(Reason::input_invalid, "an adjustment needs a note of 1 to 200 bytes");
  return as_journal(disk_.commit([&] { content_.adjustments.push_back(adjustment); }));
}

}  // namespace mado::simulator
