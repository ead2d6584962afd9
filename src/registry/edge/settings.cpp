#include "registry/edge/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mado::registry {

namespace {
constexpr std::size_t longest_source_name = 40;
constexpr std::size_t most_sources = 16;

FeedSource read_source(operation::Settings& settings, const std::string& prefix) {
  FeedSource source{settings.text(prefix + ".source"), settings.text(prefix + ".peer"), {}, false};
  if (source.name.size() > longest_source_name) settings.complain(prefix + ".source", "must have at most 40 bytes");
  for (const auto& word : settings.texts(prefix + ".records")) {
    if (word == "tax") {
      source.tax = true;
    } else if (const auto record = value_of(record_words(), word)) {
      source.records.push_back(static_cast<v1::RecordKind>(*record));
    } else {
      settings.complain(prefix + ".records", fmt::format("must be {}, or tax", list_of(record_words())));
    }
  }
  return source;
}
}  // namespace

RegisterSettings read_register_settings(operation::Settings& settings) {
  RegisterSettings read;
  if (settings.has("register.postgres")) {
    read.postgres = settings.text("register.postgres");
    if (read.postgres.find("password") != std::string::npos)
      settings.complain("register.postgres",
                        "must not hold a password: use a passfile, a certificate or the account's own name");
    if (settings.has("register.database"))
      settings.complain("register.database", "stands beside \"register.postgres\"");
  } else {
    read.file = settings.path("register.database");
  }
  read.most_open_applications = static_cast<std::uint64_t>(settings.integer("domicile.most_open", 1, 100'000, 1'000));
  const auto count = settings.count("feed");
  if (count > most_sources) settings.complain("feed", "must be at most 16 sources");
  std::set<std::string> names;
  for (std::size_t i = 0; i < std::min(count, most_sources); ++i) {
    const auto prefix = fmt::format("feed[{}]", i);
    read.sources.push_back(read_source(settings, prefix));
    if (!names.insert(read.sources.back().name).second)
      settings.complain(prefix + ".source", "is another source's name too");
  }
  return read;
}

Outcome<std::unique_ptr<Registers>> open_registers(const RegisterSettings& settings) {
  const auto point = "register_opened"_point;
  MADO_TRY(registers, settings.postgres.empty() ? Registers::open(point, settings.file)
                                                : Registers::connect(point, settings.postgres));
  registers->fed_by(settings.sources);
  return registers;
}

}  // namespace mado::registry
