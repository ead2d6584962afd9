// Cards and suppressions (抑止): what is said of people besides their records.
#include "registry/edge/registers.hpp"
#include "registry/edge/tables.hpp"

namespace mado::registry {

Outcome<void> Registers::Change::require_person(const std::string& person, v1::RecordKind record) {
  bool found = false;
  const auto look = [&](const store::Row&) { found = true; };
  if (record == v1::RECORD_KIND_UNSPECIFIED) {
    MADO_CHECK(registers_.database_->query("SELECT 1 FROM resident WHERE number = ? AND in_force = 1", {person}, look));
    if (!found) return refuse(Reason::input_invalid, "there is no resident with this 宛名番号");
    return {};
  }
  MADO_CHECK(registers_.database_->query("SELECT 1 FROM standing WHERE record = ? AND person = ? LIMIT 1",
                                         {std::int64_t{record}, person}, look));
  if (!found) return refuse(Reason::input_invalid, "nobody with this number stands in that register");
  return {};
}

Outcome<void> Registers::Change::put_card(const CardRow& card) {
  if (const auto why = why_no_card(card); !why.empty()) return refuse(Reason::input_invalid, std::string(why));
  MADO_CHECK(require_person(card.person,
                            card.family_register_only ? v1::RECORD_KIND_FAMILY_REGISTER : v1::RECORD_KIND_UNSPECIFIED));
  bool same = false;
  MADO_CHECK(registers_.database_->query(
      "SELECT public_key_digest, family_register_only FROM card WHERE issuer_key = ? AND serial = ? AND person = ? AND "
      "withdrawn = 0",
      {card.issuer_key, card.serial, card.person}, [&](const store::Row& row) {
        same = row.blob(0) == card.public_key_digest && (row.integer(1) != 0) == card.family_register_only;
      }));
  if (same) return {};
  MADO_CHECK(withdraw_card(card));
  return writer_.run(
      "INSERT INTO card (issuer_key, serial, person, family_register_only, public_key_digest, change, withdrawn) "
      "VALUES "
      "(?, ?, ?, ?, ?, ?, 0) ON CONFLICT (issuer_key, serial, person, change) DO UPDATE SET public_key_digest = "
      "excluded.public_key_digest, family_register_only = excluded.family_register_only, withdrawn = 0",
      {card.issuer_key, card.serial, card.person, std::int64_t{card.family_register_only}, card.public_key_digest,
       number_});
}

Outcome<void> Registers::Change::withdraw_card(const CardRow& card) {
  return writer_.run(
      "UPDATE card SET withdrawn = ? WHERE issuer_key = ? AND serial = ? AND person = ? AND withdrawn = 0",
      {number_, card.issuer_key, card.serial, card.person});
}

Outcome<void> Registers::Change::require_unclaimed(const CardRow& card) {
  bool claimed = false;
  MADO_CHECK(registers_.database_->query(
      "SELECT 1 FROM card WHERE issuer_key = ? AND serial = ? AND person <> ? AND withdrawn = 0",
      {card.issuer_key, card.serial, card.person}, [&](const store::Row&) { claimed = true; }));
  if (claimed) return refuse(Reason::input_invalid, "another resident has this card");
  return {};
}

Outcome<std::uint64_t> Registers::Change::ambiguous_cards() {
  std::int64_t count = 0;
  MADO_CHECK(registers_.database_->query(
      "SELECT count(*) FROM (SELECT 1 FROM card WHERE withdrawn = 0 AND family_register_only = 0 GROUP BY issuer_key, "
      "serial HAVING count(*) > 1) AS ambiguous",
      {}, [&](const store::Row& row) { count = row.integer(0); }));
  return static_cast<std::uint64_t>(count);
}

Outcome<void> Registers::Change::suppress(const std::string& person, v1::RecordKind record, v1::Suppression cause) {
  if (record == v1::RECORD_KIND_SEAL) return refuse(Reason::input_invalid, "印鑑登録 is suppressed with its resident");
  if (word_of(suppression_words(), cause).empty()) return refuse(Reason::input_invalid, "there is no such cause");
  MADO_CHECK(require_person(person, record));
  bool in_force = false;
  MADO_CHECK(registers_.database_->query(
      "SELECT 1 FROM suppression WHERE person = ? AND record = ? AND cause = ? AND lifted = 0",
      {person, std::int64_t{record}, std::int64_t{cause}}, [&](const store::Row&) { in_force = true; }));
  if (in_force) return {};
  // Set, lifted and set again within one change: one row of it stands.
  return writer_.run(
      "INSERT INTO suppression (person, record, cause, change, lifted) VALUES (?, ?, ?, ?, 0) ON CONFLICT (person, "
      "record, cause, change) DO UPDATE SET lifted = 0",
      {person, std::int64_t{record}, std::int64_t{cause}, number_});
}

Outcome<void> Registers::Change::lift(const std::string& person, v1::RecordKind record, v1::Suppression cause) {
  MADO_CHECK(require_person(person, record));
  return writer_.run("UPDATE suppression SET lifted = ? WHERE person = ? AND record = ? AND cause = ? AND lifted = 0",
                     {number_, person, std::int64_t{record}, std::int64_t{cause}});
}

}  // namespace mado::registry
