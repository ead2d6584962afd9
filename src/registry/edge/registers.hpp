// A city's registers (台帳) in one database, SQLite or PostgreSQL: 住民記録, 印鑑登録, 戸籍, 戸籍の附票, 個人住民税
// with 宛名 and 住登外, and the cards of people in them. Every change gets the next number; records are histories, of
// which the last state is in force.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "registry/core/feed_source.hpp"
#include "registry/core/rows.hpp"
#include "registry/edge/household_source.hpp"
#include "store/database.hpp"

namespace mado::registry {

struct Tables;

// Thread-safe. Every operation may refuse with storage_failed; nothing is then half applied.
class Registers final : public HouseholdSource {
 public:
  static Outcome<std::unique_ptr<Registers>> open(CrashPoint point, const std::filesystem::path& file);
  // `address` as in store::Database::connect.
  static Outcome<std::unique_ptr<Registers>> connect(CrashPoint point, const std::string& address);
  // Idempotent statements, and the registers in a database that has run them.
  static std::string schema();
  explicit Registers(std::unique_ptr<store::Database> database);
  ~Registers() override;

  // Once, before anything is asked. A register that no source feeds is its own source: always fresh.
  void fed_by(std::vector<FeedSource> sources);
  const std::vector<FeedSource>& sources() const { return sources_; }

  // The household of the resident who holds the card, and the records that were asked for, as one snapshot. A query
  // that names no or two people is answered with that mapping. Refusals: message_malformed for a query of another form;
  // record_incomplete if what is in the registers does not fit together.
  Outcome<v1::HouseholdSnapshot> read_household(const v1::HouseholdQuery& query, Instant now) override;

  // One change of the registers: all of `work` or nothing, under one number. Writes are made inside it.
  class Change;
  Outcome<void> change(CrashPoint point, Instant now, const std::function<Outcome<void>(Change&)>& work);

  // The number of the last change.
  Outcome<std::uint64_t> feed_position() override;

  // For the parts of the registry that keep tables of their own beside the registers, in the same transactions.
  store::Database& database() { return *database_; }
  const Tables& tables() const { return *tables_; }

 private:
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<Tables> tables_;
  std::vector<FeedSource> sources_;
};

// Records that come in are checked by core/record_check.hpp: a change refuses what it refuses, with input_invalid.
// Suppressions in them are added, never lifted.
class Registers::Change {
 public:
  std::uint64_t number() const { return static_cast<std::uint64_t>(number_); }
  store::Database::Writer& writer() { return writer_; }

  // 住民記録. A resident with a household and its address, as files bring them: the household's other members stay.
  Outcome<void> put_resident(const ResidentRow& row);
  // The whole household as it stands from now on: whoever lived there and is not named belongs to none, until another
  // names them.
  Outcome<void> put_household(const v1::Household& household);
  // 転出届; an empty one withdraws it. Refusal: input_invalid if there is no such resident (this and the next two).
  Outcome<void> set_leaving(const std::string& resident, const v1::Leaving& leaving);
  // 転出, 死亡, 職権消除, which goes into the 異動履歴. The resident's seal registration ends with it
  // (印鑑登録の職権抹消).
  Outcome<void> end_residence(const std::string& resident, v1::ResidentState state, const v1::WrittenDate& on);
  // 印鑑登録
  Outcome<void> put_seal(const std::string& resident, const v1::SealRegistration& seal);

  // 戸籍 and 附票
  Outcome<void> put_family_register(const v1::FamilyRegister& record);
  Outcome<void> put_supplement(const v1::RegisterSupplement& record);
  // Refusal: input_invalid if there is no such 戸籍.
  Outcome<void> set_notice(const std::string& family_register, bool pending);

  // Adds a card. The register records what it is told: a card of two people is answered as ambiguous.
  // Refusal: input_invalid if there is no such person.
  Outcome<void> put_card(const CardRow& card);
  Outcome<void> withdraw_card(const CardRow& card);
  // Refusal: input_invalid if somebody else has this card.
  Outcome<void> require_unclaimed(const CardRow& card);
  // Cards that more than one person has.
  Outcome<std::uint64_t> ambiguous_cards();

  // Idempotent. `person` is a 宛名番号, or for 戸籍 and 附票 the number in them. Refusal: input_invalid if there is no
  // such person.
  Outcome<void> suppress(const std::string& person, v1::RecordKind record, v1::Suppression cause);
  Outcome<void> lift(const std::string& person, v1::RecordKind record, v1::Suppression cause);

  // 個人住民税. An assessed record replaces the one in force; a declaration is added and never changed: the same number
  // again with another content is refused.
  Outcome<void> put_tax_record(const v1::TaxRecord& record);
  Outcome<void> put_declaration(const v1::TaxDeclaration& declaration);
  // 宛名, 住登外
  Outcome<void> put_addressee(const v1::Addressee& addressee);

 private:
  friend class Registers;
  Change(Registers& registers, store::Database::Writer& writer, std::int64_t number, Instant now)
      : registers_(registers), writer_(writer), number_(number), now_(now) {}
  Outcome<void> keep_resident(const std::string& household, v1::Resident resident);
  Outcome<v1::Resident> resident_in_force(const std::string& number, std::string& household);
  Outcome<void> require_person(const std::string& person, v1::RecordKind record);
  struct Standing {
    std::string person;
    std::string resident;
    bool removed = false;
  };
  Outcome<void> link_persons(v1::RecordKind record, const std::string& number, const std::vector<Standing>& persons);
  Registers& registers_;
  store::Database::Writer& writer_;
  std::int64_t number_;
  Instant now_;
};

}  // namespace mado::registry
