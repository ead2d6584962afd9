// 住民記録 on a disk of its own: rows as registry/edge/registers keeps them, answered by the same core.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "registry/core/household_reading.hpp"
#include "simulator/disk/disk.hpp"

namespace mado::simulator {

// What is durable.
struct RegisterContent {
  std::uint64_t last_change = 0;
  std::map<std::string, std::string> households;                          // address by number
  std::map<std::string, registry::ResidentRow> in_force;                  // by 宛名番号
  std::map<std::string, std::set<int>> suppressions;                      // by 宛名番号
  std::map<std::pair<Bytes, Bytes>, std::map<std::string, Bytes>> cards;  // issuer key, serial: resident, key digest
};

class RegisterStandIn final : public registry::ResidentRows {
 public:
  RegisterStandIn(RegisterContent& content, Disk disk) : content_(content), disk_(disk) {}

  Outcome<v1::HouseholdSnapshot> read_household(const v1::HouseholdQuery& query, Instant now) {
    return registry::read_household(*this, query, now);
  }

  // As Registers::change: all of `work` or nothing.
  class Change;
  Outcome<void> change(const std::function<Outcome<void>(Change&)>& work);

  Outcome<std::uint64_t> last_change() override { return content_.last_change; }
  Outcome<std::vector<registry::ClaimedCard>> cards(const Bytes& issuer_key, const Bytes& serial) override;
  Outcome<void> find_household(const std::string& resident, v1::Household& household) override;
  Outcome<void> add_members(v1::Household& household) override;
  Outcome<std::vector<v1::Suppression>> suppressions(const std::string& person, v1::RecordKind record) override;

 private:
  RegisterContent& content_;
  Disk disk_;
};

// As Registers::Change, with its refusals.
class RegisterStandIn::Change {
 public:
  explicit Change(RegisterContent& content) : content_(content) {}
  Outcome<void> put_resident(const registry::ResidentRow& row);
  Outcome<void> put_card(const registry::CardRow& card);
  Outcome<void> withdraw_card(const registry::CardRow& card);
  Outcome<void> suppress(const std::string& person, v1::RecordKind record, v1::Suppression cause);
  Outcome<void> lift(const std::string& person, v1::RecordKind record, v1::Suppression cause);

 private:
  Outcome<void> require_resident(const std::string& resident) const;
  RegisterContent& content_;
};

}  // namespace mado::simulator
