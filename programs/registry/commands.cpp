#include "commands.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <limits>

#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "operation/settings.hpp"
#include "registry/core/check_digit.hpp"
#include "registry/edge/bulk_load.hpp"
#include "registry/edge/feed.hpp"
#include "registry/edge/settings.hpp"
#include "trust/x509.hpp"

namespace mado::registry {

namespace {
using operation::Arguments;

struct LoadWords {
  std::string settings, directory, residents, cards;
  std::vector<std::string> positions;  // SOURCE=NUMBER
};

Outcome<BulkFiles> files_of(const LoadWords& words) {
  BulkFiles files;
  if (!words.directory.empty()) {
    MADO_TRY(found, BulkFiles::in(words.directory));
    files = std::move(found);
  }
  if (!words.residents.empty()) files.add(RecordFile::residents, words.residents);
  if (!words.cards.empty()) files.add(RecordFile::cards, words.cards);
  if (files.empty()) return refuse(Reason::input_invalid, "--from, --residents or --cards is needed");
  return files;
}

Outcome<void> begin_feeds(Registers& registers, const std::vector<std::string>& positions) {
  for (const auto& position : positions) {
    const auto equals = position.find('=');
    std::uint64_t number = 0;
    const auto* end = position.data() + position.size();
    if (equals == std::string::npos || std::from_chars(position.data() + equals + 1, end, number).ptr != end)
      return refuse(Reason::input_invalid, "--position is SOURCE=NUMBER");
    MADO_CHECK(Feed(registers).begin_at(position.substr(0, equals), number, operation::now()));
  }
  return {};
}

Outcome<void> load(const LoadWords& words) {
  MADO_TRY(files, files_of(words));
  MADO_TRY(registers, open_for_command(words.settings));
  const auto progress = [](std::string_view file, double part, std::uint64_t rows) {
    fmt::print(stderr, "{:5.1f} %  {}  {} rows\n", part * 100, file, rows);
  };
  MADO_TRY(count, load_files(*registers, files, operation::now(), progress));
  MADO_CHECK(begin_feeds(*registers, words.positions));
  MADO_TRY(position, registers->feed_position());
  for (const auto& [file, rows] : count.rows) fmt::print("{} rows of {}\n", rows, name_of(file));
  fmt::print("{} households; change {}\n", count.households, position);
  if (count.ambiguous_cards > 0)
    fmt::print("warning: {} cards belong to more than one person\n", count.ambiguous_cards);
  return {};
}

Outcome<void> add_card(const std::string& settings, const std::string& person, bool family_register_only,
                       const std::string& certificate_file) {
  MADO_TRY(certificate, trust::X509Certificate::load_either(certificate_file));
  const auto& facts = certificate.facts();
  if (facts.authority_key_id.size() != 20) {
    return refuse(Reason::input_invalid, fmt::format("{}: does not name its issuer's key", certificate_file));
  }
  const CardRow card{facts.authority_key_id,
                     facts.serial,
                     {facts.public_key_digest.begin(), facts.public_key_digest.end()},
                     person,
                     family_register_only};
  MADO_TRY(registers, open_for_command(settings));
  return registers->change("card_added"_point, operation::now(), [&](Registers::Change& change) -> Outcome<void> {
    MADO_CHECK(change.require_unclaimed(card));
    return change.put_card(card);
  });
}

enum class Lever { set, lift };

struct SuppressionWords {
  std::string settings, person, cause;
  std::string record = "residents";
};

Outcome<void> change_suppression(const SuppressionWords& words, Lever lever) {
  const auto cause = suppression_of(words.cause);
  if (!cause) return refuse(Reason::input_invalid, "no such cause: see --help");
  const auto record = value_of(record_words(), words.record);
  if (!record) return refuse(Reason::input_invalid, "no such register: see --help");
  const auto kind = static_cast<v1::RecordKind>(*record);
  MADO_TRY(registers, open_for_command(words.settings));
  const auto point = lever == Lever::set ? "suppression_set"_point : "suppression_lifted"_point;
  return registers->change(point, operation::now(), [&](Registers::Change& change) {
    return lever == Lever::set ? change.suppress(words.person, kind, *cause) : change.lift(words.person, kind, *cause);
  });
}

int run_suppression(const std::vector<std::string>& said, const std::string& command, const std::string& summary,
                    Lever lever) {
  Arguments arguments(command, summary);
  SuppressionWords words;
  arguments.required("--config", words.settings, "The register's settings file");
  arguments.required("--resident", words.person, "宛名番号, or the number in the 戸籍");
  arguments.required("--cause", words.cause,
                     "protected (支援措置), protected_pending, blocked, notice_pending, moving_out or provisional");
  arguments.optional("--record", words.record, "residents, family_registers or supplements: whose documents");
  if (const auto code = arguments.parse(said)) return *code;
  return operation::exit_code(command, change_suppression(words, lever));
}
}  // namespace

// What a command does not need of the settings is not looked at.
Outcome<std::unique_ptr<Registers>> open_for_command(const std::string& settings_file) {
  MADO_TRY(settings, operation::Settings::load(settings_file));
  if (!settings.has("register.database") && !settings.has("register.postgres"))
    return refuse(Reason::configuration_invalid, settings_file + ": \"register.database\" is missing");
  return open_registers(read_register_settings(settings));
}

Outcome<void> load_directory(const std::string& settings_file, const std::string& directory) {
  LoadWords words;
  words.settings = settings_file;
  words.directory = directory;
  return load(words);
}

int run_load(const std::vector<std::string>& said) {
  Arguments arguments("madoguchi-registry load", "Loads registers from CSV files: all of them, or nothing");
  LoadWords words;
  arguments.required("--config", words.settings, "The register's settings file");
  arguments.optional("--from", words.directory, "A directory of files by their names (docs/registers.md)");
  arguments.optional("--residents", words.residents, "residents.csv, whole households");
  arguments.optional("--cards", words.cards, "cards.csv");
  arguments.optional("--position", words.positions, "SOURCE=NUMBER: the files hold a feed's changes up to this one");
  if (const auto code = arguments.parse(said)) return *code;
  return operation::exit_code("madoguchi-registry load", load(words));
}

int run_add_card(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-registry add-card", "Records that a resident holds the card with this certificate");
  std::string settings;
  std::string person;
  std::string certificate;
  bool family_register_only = false;
  arguments.required("--config", settings, "The register's settings file");
  arguments.required("--resident", person, "宛名番号, or the number in the 戸籍");
  arguments.flag("--family-register-only", family_register_only, "For somebody who has only the 本籍 here (利用登録)");
  arguments.required("--certificate", certificate, "利用者証明用電子証明書, PEM or DER");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-registry add-card",
                              add_card(settings, person, family_register_only, certificate));
}

int run_suppress(const std::vector<std::string>& words) {
  return run_suppression(words, "madoguchi-registry suppress", "Stops every certificate about a resident", Lever::set);
}

int run_unsuppress(const std::vector<std::string>& words) {
  return run_suppression(words, "madoguchi-registry unsuppress", "Lifts one cause of suppression", Lever::lift);
}

}  // namespace mado::registry
