#include <fmt/format.h>

#include "issuer/edge/issuer_place.hpp"
#include "issuer/edge/tax_roll_over.hpp"
#include "issuer/edge/tax_settings.hpp"
#include "operation/arguments.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::issuer {

namespace {
struct Words {
  std::string settings;
  std::string year;
  bool not_linked = false;
};

// What the command does not need of the settings is not looked at.
Outcome<std::unique_ptr<TaxStore>> open_store(const std::string& file, trust::Cryptography& crypto) {
  MADO_TRY(settings, operation::Settings::load(file));
  if (!settings.has("tax.store")) return refuse(Reason::configuration_invalid, file + ": \"tax.store\" is missing");
  const auto tax = read_tax_settings(settings);
  return open_tax_store(tax, settings.text("city.code"), crypto);
}

Outcome<std::uint32_t> read_year(const std::string& text) {
  std::uint32_t year = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9' || text.size() != 4)
      return refuse(Reason::input_invalid, "a 年度 has four digits: 2026");
    year = year * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  const auto this_year = static_cast<std::uint32_t>(static_cast<int>(in_japan(operation::now()).day.year()));
  if (year < 1950 || year > this_year + 1)
    return refuse(Reason::input_invalid, fmt::format("a 年度 is from 1950 to {}", this_year + 1));
  return year;
}

// The running issuer reads the store, and begins to finish what it finds begun: each try waits for it.
Outcome<void> finish(TaxRollOver& roll_over) {
  constexpr int most_tries = 5;
  auto done = roll_over.finish();
  for (int tries = 1; !done && tries < most_tries; ++tries) done = roll_over.finish();
  return done;
}

Outcome<void> change_year(const Words& words) {
  MADO_TRY(year, read_year(words.year));
  const auto crypto = trust::make_openssl_cryptography();
  MADO_TRY(store, open_store(words.settings, *crypto));
  TaxRollOver roll_over(*store);
  MADO_CHECK(roll_over.begin(year, words.not_linked ? TaxYearNeed::nothing : TaxYearNeed::linked));
  fmt::print("tax year {} is issued from; older years are being erased\n", year);
  MADO_CHECK(finish(roll_over));
  MADO_TRY(years, store->years());
  const auto* held = years.find(year);
  fmt::print("older years are erased; {} records of {}\n", held == nullptr ? 0 : held->records, year);
  return {};
}
}  // namespace

operation::Command tax_year_command() {
  return {"tax-year", "Issue tax certificates from a year, and erase the older ones", [](auto words) {
            Words said;
            if (!words.empty() && !words.front().starts_with("-")) {
              said.year = words.front();
              words.erase(words.begin());
            }
            operation::Arguments arguments(
                "madoguchi-issuer tax-year YEAR",
                "From now on YEAR (年度, western) is issued from. Every older year is erased "
                "beyond recovery.");
            arguments.required("--config", said.settings, "The issuer's settings file");
            arguments.flag("--not-linked", said.not_linked,
                           "Also if YEAR is not linked whole yet: until it is, no tax certificate is issued");
            if (const auto code = arguments.parse(words)) return *code;
            if (said.year.empty()) {
              return operation::exit_code("madoguchi-issuer tax-year",
                                          refuse(Reason::input_invalid, "YEAR is needed: tax-year 2026 --config FILE"));
            }
            return operation::exit_code("madoguchi-issuer tax-year", change_year(said));
          }};
}

}  // namespace mado::issuer
