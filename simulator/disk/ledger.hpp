// The issuance ledger over a simulated disk. What it must refuse and what it must keep is written in
// ledger/issuance_ledger.hpp; simulator/tests holds it against the SQLite ledger, call by call.
#pragma once

#include <map>
#include <set>

#include "ledger/issuance_ledger.hpp"
#include "simulator/disk/disk.hpp"

namespace mado::simulator {

// What lies on the disk. Copied, it is a backup.
struct LedgerRow {
  ledger::IssuanceRow row;
  Bytes opening;
  ledger::MadeCertificate certificate;
  Instant confirmed;
};
struct LedgerContent {
  Id epoch;
  std::map<Id, LedgerRow> rows;
  std::map<Bytes, std::set<std::uint32_t>> sequences;  // by opening
  std::uint64_t next_number = 1;
  struct Unknown {
    Bytes application_digest;
    std::string kiosk;
  };
  std::map<Id, Unknown> settled_unknown;
};

// As ledger::renew_epoch.
void renew_epoch(LedgerContent& content, const Id& epoch);

class LedgerStandIn final : public ledger::IssuanceLedger {
 public:
  // `content` is shared by a city's nodes and must outlive them.
  LedgerStandIn(LedgerContent& content, Disk disk) : content_(content), disk_(disk) {}

  Outcome<Id> epoch() override { return content_.epoch; }
  Outcome<std::uint64_t> begin(const ledger::IssuanceIntent& intent, Instant at) override;
  Outcome<void> made(const Id& issuance, const ledger::MadeCertificate& certificate) override;
  Outcome<void> confirm(const Id& issuance, ByteView application_digest, const ledger::MadeCertificate& certificate,
                        Instant at) override;
  Outcome<void> settle(const Id& issuance, ByteView application_digest, const std::string& kiosk,
                       const std::string& outcome, Instant at) override;
  Outcome<std::vector<ledger::IssuanceRow>> open_cases(Instant before) override;
  Outcome<std::vector<ledger::IssuanceRow>> rows(std::size_t most) override;

 private:
  Outcome<void> settle_unknown(const Id& issuance, ByteView application_digest, const std::string& kiosk);

  LedgerContent& content_;
  Disk disk_;
};

}  // namespace mado::simulator
