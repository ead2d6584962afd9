// A city's registers on a disk of their own: 住民記録, 印鑑登録, 戸籍 and 附票, rows as registry/edge/registers keeps
// them, answered by the same core.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "registry/core/household_reading.hpp"
#include "simulator/disk/disk.hpp"

namespace mado::simulator {

// What a seal shows of its owner.
using SealNames = std::tuple<std::string, std::string, std::string, std::string>;

// What is durable.
struct RegisterContent {
  std::uint64_t last_change = 0;
  std::map<std::string, std::string> households;          // address by number
  std::map<std::string, registry::ResidentRow> in_force;  // by 宛名番号
  struct Seal {
    v1::SealRegistration registration;
    SealNames registered_for;
  };
  std::map<std::string, Seal> seals;                           // by 宛名番号
  std::map<std::string, v1::FamilyRegister> family_registers;  // by 戸籍番号, as are those below
  std::map<std::string, v1::RegisterSupplement> supplements;
  std::map<std::pair<std::string, int>, std::set<int>> suppressions;  // by person and v1::RecordKind
  struct Claim {
    Bytes public_key_digest;
    bool family_register_only = false;
  };
  std::map<std::pair<Bytes, Bytes>, std::map<std::string, Claim>> cards;  // issuer key, serial: by person
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
  Outcome<void> find_seal(const v1::Resident& owner, v1::SealRegistration& seal) override;
  Outcome<void> find_family_register(const registry::CardHolder& holder, v1::FamilyRegister& record) override;
  Outcome<void> find_supplement(const registry::CardHolder& holder, v1::RegisterSupplement& record) override;

 private:
  RegisterContent& content_;
  Disk disk_;
};

// As Registers::Change, with its refusals; what a record may hold at all (registry/core/record_check.hpp) is not asked.
class RegisterStandIn::Change {
 public:
  explicit Change(RegisterContent& content) : content_(content) {}
  Outcome<void> put_resident(const registry::ResidentRow& row);
  Outcome<void> put_seal(const std::string& resident, const v1::SealRegistration& seal);
  Outcome<void> put_family_register(const v1::FamilyRegister& record);
  Outcome<void> put_supplement(const v1::RegisterSupplement& record);
  Outcome<void> set_notice(const std::string& family_register, bool pending);
  Outcome<void> put_card(const registry::CardRow& card);
  Outcome<void> withdraw_card(const registry::CardRow& card);
  Outcome<void> suppress(const std::string& person, v1::RecordKind record, v1::Suppression cause);
  Outcome<void> lift(const std::string& person, v1::RecordKind record, v1::Suppression cause);

 private:
  Outcome<void> require_resident(const std::string& resident) const;
  Outcome<void> require_person(const std::string& person, v1::RecordKind record) const;
  template <typename Record>
  Outcome<void> suppress_persons(const Record& record, v1::RecordKind kind);
  RegisterContent& content_;
};

}  // namespace mado::simulator
