#include <fmt/format.h>

#include "registry/edge/registers.hpp"
#include "registry/edge/tables.hpp"
#include "trust/digest.hpp"

namespace mado::registry {

namespace {
constexpr std::string_view other_tables = R"sql(
CREATE TABLE IF NOT EXISTS change (number BIGINT PRIMARY KEY, made_at BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS card (
  issuer_key BYTEA NOT NULL,
  serial BYTEA NOT NULL,
  person TEXT NOT NULL,
  family_register_only BIGINT NOT NULL,
  public_key_digest BYTEA NOT NULL,
  change BIGINT NOT NULL,
  withdrawn BIGINT NOT NULL,
  PRIMARY KEY (issuer_key, serial, person, change)
);
CREATE UNIQUE INDEX IF NOT EXISTS card_in_force ON card (issuer_key, serial, person) WHERE withdrawn = 0;
CREATE TABLE IF NOT EXISTS suppression (
  person TEXT NOT NULL,
  record BIGINT NOT NULL,
  cause BIGINT NOT NULL,
  change BIGINT NOT NULL,
  lifted BIGINT NOT NULL,
  PRIMARY KEY (person, record, cause, change)
);
CREATE UNIQUE INDEX IF NOT EXISTS suppression_in_force ON suppression (person, record, cause) WHERE lifted = 0;
CREATE TABLE IF NOT EXISTS standing (
  record BIGINT NOT NULL,
  number TEXT NOT NULL,
  person TEXT NOT NULL,
  resident TEXT NOT NULL,
  removed BIGINT NOT NULL,
  PRIMARY KEY (record, number, person)
);
CREATE INDEX IF NOT EXISTS standing_person ON standing (person);
CREATE INDEX IF NOT EXISTS standing_resident ON standing (resident) WHERE resident <> '';
CREATE TABLE IF NOT EXISTS feed_source (
  source TEXT PRIMARY KEY, number BIGINT NOT NULL, seen BIGINT NOT NULL, heard_at BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS feed_change (
  source TEXT NOT NULL, number BIGINT NOT NULL, digest BYTEA NOT NULL, change BIGINT NOT NULL, made_at BIGINT NOT NULL,
  PRIMARY KEY (source, number)
);
CREATE TABLE IF NOT EXISTS tax_declaration (
  number TEXT PRIMARY KEY, fiscal_year BIGINT NOT NULL, resident TEXT NOT NULL, change BIGINT NOT NULL, body BYTEA NOT NULL
);
CREATE INDEX IF NOT EXISTS tax_declaration_year ON tax_declaration (fiscal_year);
CREATE INDEX IF NOT EXISTS tax_declaration_resident ON tax_declaration (resident);
)sql";
}  // namespace

std::string Registers::schema() {
  std::string script(other_tables);
  for (const auto* table : {"resident", "household", "seal", "family_register", "supplement", "tax_record", "addressee",
                            "domicile_application"})
    script += RecordTable::schema(table);
  return script;
}

std::string tax_number(std::uint32_t year, const std::string& resident) {
  return fmt::format("{:04}/{}", year, resident);
}

std::string digest_of_names(const v1::Resident& resident) {
  std::string names;
  for (const auto& name :
       {resident.name(), resident.former_surname(), resident.foreign().name_kanji(), resident.foreign().alias()})
    names += name + "\n";
  const auto digest = trust::sha256(view_of(names));
  return to_hex(digest);
}

}  // namespace mado::registry
