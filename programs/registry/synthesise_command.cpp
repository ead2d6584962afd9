// A city that does not exist: its files, and if wanted its registers.
#include <fmt/format.h>

#include <limits>

#include "commands.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "registry/edge/city_files.hpp"
#include "seal_glyphs.hpp"

namespace mado::registry {

namespace {
struct SynthesiseWords {
  SyntheticCity city;
  std::string out, font, settings;
};

Outcome<void> write_city(const SynthesiseWords& words) {
  SealGlyphs glyphs;
  if (!words.font.empty()) {
    MADO_TRY(loaded, glyphs_of_font(words.font));
    glyphs = std::move(loaded);
  }
  const auto progress = [&](std::uint64_t residents) {
    fmt::print(stderr, "{:5.1f} %  {} residents\n",
               100.0 * static_cast<double>(residents) / static_cast<double>(words.city.residents), residents);
  };
  MADO_TRY(count, write_city_files(words.city, words.out, glyphs, progress));
  for (const auto& [file, rows] : count.rows) fmt::print("{} rows of {}\n", rows, name_of(file));
  fmt::print("{} residents, {} images of seals\n", count.residents, count.seal_images);
  if (words.settings.empty()) return {};
  return load_directory(words.settings, words.out);
}
}  // namespace

int run_synthesise(const std::vector<std::string>& said) {
  operation::Arguments arguments("madoguchi-registry synthesise", "Writes the files of a city that does not exist");
  SynthesiseWords words;
  auto& city = words.city;
  std::string today = "2026-04-01";
  std::int64_t residents = 1000;
  std::int64_t seed = 1;
  city.prefecture = "東京都";
  city.municipality = "窓口市";
  arguments.required("--out", words.out, "Directory for the files of all registers");
  arguments.required("--city", city.code, "団体コード; cities of one seed and different codes differ");
  arguments.optional("--prefecture", city.prefecture, "都道府県");
  arguments.optional("--municipality", city.municipality, "市区町村");
  arguments.optional("--residents", residents, 1, 5'000'000, "How many, at least");
  arguments.optional("--seed", seed, 0, std::numeric_limits<std::int64_t>::max(), "The same seed gives the same city");
  arguments.optional("--today", today, "The day from which ages are counted");
  arguments.optional("--font", words.font, "A font for the characters of seals; without it they are patterns");
  arguments.optional("--load", words.settings, "The register's settings file: loads what was written");
  if (const auto code = arguments.parse(said)) return *code;
  const auto day = parse_day(today);
  if (!day)
    return operation::exit_code("madoguchi-registry synthesise",
                                refuse(Reason::input_invalid, "--today is a day as 2026-04-01"));
  city.residents = static_cast<std::uint64_t>(residents);
  city.seed = static_cast<std::uint64_t>(seed);
  city.today = *day;
  return operation::exit_code("madoguchi-registry synthesise", write_city(words));
}

}  // namespace mado::registry
