// The roster of an installation: written from a settings file, signed by two of the three roster keys.
#include <fmt/format.h>

#include <array>
#include <limits>

#include "authority.hpp"
#include "commands.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "operation/settings.hpp"
#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"
#include "wire/message.hpp"

namespace mado::ceremony {

namespace {
using operation::Settings;
using trust::StatementType;

constexpr std::int64_t longest_life = 30;  // days
constexpr std::size_t most_cities = 2'000;
constexpr std::size_t most_centers = 16;

// What a city's statement key may sign, unless the settings say less.
constexpr std::array city_statements{
    StatementType::challenge,          StatementType::menu,    StatementType::city_refusal,
    StatementType::certificate,        StatementType::release, StatementType::acknowledgement,
    StatementType::domicile_acceptance};

// The certificate in the file that `key` names, as DER; a file that holds none is a complaint about that setting.
std::string certificate_in(Settings& settings, const std::string& key, const std::filesystem::path& file) {
  const auto certificate = trust::X509Certificate::load_either(file);
  if (certificate) return string_of(certificate->der());
  settings.complain(key, certificate.error().cause);
  return {};
}

void read_certificates(Settings& settings, const std::string& key,
                       google::protobuf::RepeatedPtrField<std::string>& into) {
  for (const auto& file : settings.existing_files(key)) *into.Add() = certificate_in(settings, key, file);
}

void read_city(Settings& settings, const std::string& prefix, v1::RosterCity& city) {
  city.set_city(settings.text(prefix + ".code"));
  city.set_prefecture(settings.text(prefix + ".prefecture"));
  city.set_name(settings.text(prefix + ".name"));
  city.set_name_en(settings.text(prefix + ".name_en"));
  city.set_telephone(settings.text(prefix + ".telephone"));
  for (const auto& file : settings.existing_files(prefix + ".statement_keys")) {
    auto& key = *city.add_statement_keys();
    key.set_certificate(certificate_in(settings, prefix + ".statement_keys", file));
    for (const auto type : city_statements) key.add_statement_types(std::string(trust::object_identifier(type)));
    const auto parsed = trust::X509Certificate::parse(view_of(key.certificate()));
    if (parsed && parsed->facts().subject_field("serialNumber") != city.city()) {
      settings.complain(prefix + ".statement_keys",
                        fmt::format("{} is not a key of city {}", file.string(), city.city()));
    }
  }
  read_certificates(settings, prefix + ".receiving_keys", *city.mutable_receiving_certificates());
}

Outcome<v1::Roster> read_roster(const std::filesystem::path& file) {
  MADO_TRY(settings, Settings::load(file));
  v1::Roster roster;
  roster.set_lowest_version(static_cast<std::uint64_t>(settings.integer("lowest_version", 1, 1'000'000, 1)));
  read_certificates(settings, "kiosk_authorities", *roster.mutable_kiosk_authorities());
  read_certificates(settings, "jpki_authorities", *roster.mutable_jpki_authorities());
  const auto cities = settings.count("city");
  const auto centers = settings.count("center");
  if (cities == 0 || cities > most_cities)
    settings.complain("city", fmt::format("must be 1 to {} tables", most_cities));
  if (centers == 0 || centers > most_centers)
    settings.complain("center", fmt::format("must be 1 to {} tables", most_centers));
  for (std::size_t i = 0; i < cities; ++i) read_city(settings, fmt::format("city[{}]", i), *roster.add_cities());
  for (std::size_t i = 0; i < centers; ++i) {
    const auto prefix = fmt::format("center[{}]", i);
    auto& center = *roster.add_centers();
    center.set_name(settings.text(prefix + ".name"));
    center.set_certificate(
        certificate_in(settings, prefix + ".certificate", settings.existing_file(prefix + ".certificate")));
  }
  MADO_CHECK(settings.finish());
  return roster;
}

Outcome<void> write(const std::filesystem::path& keys, const std::filesystem::path& description,
                    const std::filesystem::path& out, std::int64_t version, std::int64_t days,
                    const std::vector<std::string>& signers) {
  if (signers.size() != 2 && signers.size() != 3)
    return refuse(Reason::input_invalid, "two or three keys sign a roster");
  const auto now = operation::now();
  MADO_TRY(roster, read_roster(description));
  roster.set_version(static_cast<std::uint64_t>(version));
  roster.set_issued_at(now.milliseconds);
  roster.set_expires_at((now + std::chrono::days{days}).milliseconds);

  const auto crypto = trust::make_openssl_cryptography();
  v1::SignedRoster signed_roster;
  const auto content = wire::serialise(roster);
  signed_roster.set_roster(string_of(content));
  for (const auto& signer : signers) {
    MADO_TRY(key, trust::load_signing_key(keys / (signer + ".key"), keys / (signer + ".pem")));
    MADO_TRY(signature, crypto->sign(StatementType::roster, content, *key, now));
    signed_roster.add_signatures(string_of(signature));
  }
  return trust::write_new_file("roster_written"_point, out, wire::serialise(signed_roster), trust::Secrecy::open);
}
}  // namespace

int make_roster(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony roster",
                                 "A roster from a settings file, signed by two of the three roster keys");
  std::string keys;
  std::string description;
  std::string out;
  std::int64_t version = 1;
  std::int64_t days = longest_life;
  std::vector<std::string> signers{"roster-1", "roster-2"};
  arguments.required("--dir", keys, "Where the roster keys are");
  arguments.required("--config", description, "TOML: kiosk_authorities, jpki_authorities, [[city]], [[center]]");
  arguments.required("--out", out, "The signed roster; must not exist");
  arguments.optional("--version", version, 1, std::numeric_limits<std::int64_t>::max(),
                     "Higher than every version before");
  arguments.optional("--days", days, 1, longest_life, "How long it is good for");
  arguments.optional("--signer", signers, "Names of the keys that sign; may be repeated");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-ceremony roster", write(keys, description, out, version, days, signers));
}

}  // namespace mado::ceremony
