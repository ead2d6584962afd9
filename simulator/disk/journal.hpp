// The kiosk's journal over a simulated disk. Its rules are in kiosk/core/journal.hpp; simulator/tests holds it against
// the SQLite journal, call by call.
#pragma once

#include <map>

#include "kiosk/core/journal.hpp"
#include "simulator/disk/disk.hpp"

namespace mado::simulator {

// What lies on the disk.
struct JournalContent {
  std::map<Id, kiosk::JournalEntry> rows;
  std::vector<kiosk::Adjustment> adjustments;
};

class JournalStandIn final : public kiosk::Journal {
 public:
  JournalStandIn(JournalContent& content, Disk disk) : content_(content), disk_(disk) {}

  Outcome<void> record(const kiosk::JournalEntry& entry) override;
  Outcome<std::vector<kiosk::JournalEntry>> unsettled() override;
  Outcome<std::vector<kiosk::JournalEntry>> unreported(std::size_t most) override;
  Outcome<void> acknowledge(const Id& issuance, bool center_has_it, bool city_has_it) override;
  Outcome<std::vector<kiosk::JournalEntry>> open_cases() override;
  Outcome<Totals> totals() override;
  Outcome<void> adjust(const kiosk::Adjustment& adjustment) override;

 private:
  template <typename Wanted>
  std::vector<kiosk::JournalEntry> select(Wanted wanted, Instant kiosk::JournalEntry::* order) const;

  JournalContent& content_;
  Disk disk_;
};

}  // namespace mado::simulator
