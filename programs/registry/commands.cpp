#include "commands.hpp"

#include <fmt/format.h>

#include <fstream>
#include <limits>

#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "operation/settings.hpp"
#include "registry/core/check_digit.hpp"
#include "registry/core/columns.hpp"
#include "registry/core/synthesis.hpp"
#include "registry/edge/import.hpp"
#include "registry/edge/resident_store.hpp"
#include "trust/x509.hpp"

namespace mado::registry {

namespace {
using operation::Arguments;

// Commands read the serving process's own settings file, so that both mean the same database.
Outcome<std::unique_ptr<ResidentStore>> open_store(const std::string& settings_file) {
  MADO_TRY(settings, operation::Settings::load(settings_file));
  const auto file = settings.path("register.database");
  if (!settings.has("register.database"))
    return refuse(Reason::configuration_invalid, settings_file + ": \"register.database\" is missing");
  return ResidentStore::open(file);
}

std::optional<std::filesystem::path> path_or_nothing(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(std::filesystem::path(text));
}

Outcome<void> load(const std::string& settings, const std::string& residents, const std::string& cards) {
  if (residents.empty() && cards.empty()) return refuse(Reason::input_invalid, "--residents or --cards is needed");
  MADO_TRY(store, open_store(settings));
  const auto progress = [](double part, std::uint64_t rows) {
    fmt::print(stderr, "{:5.1f} %  {} rows\n", part * 100, rows);
  };
  MADO_TRY(count, import_files(*store, path_or_nothing(residents), path_or_nothing(cards), operation::now(), progress));
  MADO_TRY(position, store->feed_position());
  fmt::print("{} residents in {} households, {} cards; change {}\n", count.residents, count.households, count.cards,
             position);
  if (count.ambiguous_cards > 0)
    fmt::print("warning: {} cards belong to more than one resident\n", count.ambiguous_cards);
  return {};
}

Outcome<void> write_city(const SyntheticCity& city, const std::filesystem::path& directory) {
  const auto file = directory / "residents.csv";
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (std::filesystem::exists(file, error))
    return refuse(Reason::storage_failed, fmt::format("{}: exists already", file.string()));
  std::ofstream out(file, std::ios::binary);
  out << fmt::format("{}\r\n", fmt::join(resident_header(), ","));
  std::uint64_t rows = 0;
  synthesise(city, [&](const ResidentRow& row) {
    out << write_resident(row) << "\r\n";
    ++rows;
  });
  out.close();
  if (!out) return refuse(Reason::storage_failed, fmt::format("{}: cannot be written whole", file.string()));
  fmt::print("{}: {} residents\n", file.string(), rows);
  return {};
}

Outcome<void> add_card(const std::string& settings, const std::string& resident, const std::string& certificate_file) {
  MADO_TRY(certificate, trust::X509Certificate::load_either(certificate_file));
  const auto& facts = certificate.facts();
  if (facts.authority_key_id.size() != 20) {
    return refuse(Reason::input_invalid, fmt::format("{}: does not name its issuer's key", certificate_file));
  }
  const CardRow card{
      facts.authority_key_id, facts.serial, {facts.public_key_digest.begin(), facts.public_key_digest.end()}, resident};
  MADO_TRY(store, open_store(settings));
  return store->change("card_added"_point, operation::now(), [&](ResidentStore::Change& change) -> Outcome<void> {
    MADO_CHECK(change.require_unclaimed(card));
    return change.put_card(card);
  });
}

enum class Lever { set, lift };

Outcome<void> change_suppression(const std::string& settings, const std::string& resident,
                                 const std::string& cause_word, Lever lever) {
  const auto cause = suppression_of(cause_word);
  if (!cause) return refuse(Reason::input_invalid, "no such cause: see --help");
  MADO_TRY(store, open_store(settings));
  const auto point = lever == Lever::set ? "suppression_set"_point : "suppression_lifted"_point;
  return store->change(point, operation::now(), [&](ResidentStore::Change& change) {
    return lever == Lever::set ? change.suppress(resident, *cause) : change.unsuppress(resident, *cause);
  });
}

int run_suppression(const std::vector<std::string>& words, const std::string& command, const std::string& summary,
                    Lever lever) {
  Arguments arguments(command, summary);
  std::string settings;
  std::string resident;
  std::string cause;
  arguments.required("--config", settings, "The register's settings file");
  arguments.required("--resident", resident, "宛名番号");
  arguments.required("--cause", cause,
                     "protected (支援措置), protected_pending, blocked, notice_pending, moving_out or provisional");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code(command, change_suppression(settings, resident, cause, lever));
}
}  // namespace

int run_load(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-registry load", "Loads residents and cards from CSV files: all of them, or nothing");
  std::string settings;
  std::string residents;
  std::string cards;
  arguments.required("--config", settings, "The register's settings file");
  arguments.optional("--residents", residents, "residents.csv, whole households");
  arguments.optional("--cards", cards, "cards.csv: issuer_key,serial,public_key_digest,number");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-registry load", load(settings, residents, cards));
}

int run_synthesise(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-registry synthesise", "Writes the residents of a city that does not exist");
  SyntheticCity city;
  std::string out;
  std::string today = "2026-04-01";
  std::int64_t residents = 1000;
  std::int64_t seed = 1;
  city.prefecture = "東京都";
  city.municipality = "窓口市";
  arguments.required("--out", out, "Directory for residents.csv");
  arguments.required("--city", city.code, "団体コード; cities of one seed and different codes differ");
  arguments.optional("--prefecture", city.prefecture, "都道府県");
  arguments.optional("--municipality", city.municipality, "市区町村");
  arguments.optional("--residents", residents, 1, 5'000'000, "How many, at least");
  arguments.optional("--seed", seed, 0, std::numeric_limits<std::int64_t>::max(), "The same seed gives the same city");
  arguments.optional("--today", today, "The day from which ages are counted");
  if (const auto code = arguments.parse(words)) return *code;
  const auto day = parse_day(today);
  if (!day)
    return operation::exit_code("madoguchi-registry synthesise",
                                refuse(Reason::input_invalid, "--today is a day as 2026-04-01"));
  city.residents = static_cast<std::uint64_t>(residents);
  city.seed = static_cast<std::uint64_t>(seed);
  city.today = *day;
  return operation::exit_code("madoguchi-registry synthesise", write_city(city, out));
}

int run_add_card(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-registry add-card", "Records that a resident holds the card with this certificate");
  std::string settings;
  std::string resident;
  std::string certificate;
  arguments.required("--config", settings, "The register's settings file");
  arguments.required("--resident", resident, "宛名番号");
  arguments.required("--certificate", certificate, "利用者証明用電子証明書, PEM or DER");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-registry add-card", add_card(settings, resident, certificate));
}

int run_suppress(const std::vector<std::string>& words) {
  return run_suppression(words, "madoguchi-registry suppress", "Stops every certificate about a resident", Lever::set);
}

int run_unsuppress(const std::vector<std::string>& words) {
  return run_suppression(words, "madoguchi-registry unsuppress", "Lifts one cause of suppression", Lever::lift);
}

}  // namespace mado::registry
