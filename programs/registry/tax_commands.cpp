// Commands of the tax system on its register.
#include <fmt/format.h>

#include "commands.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "registry/edge/tax_register.hpp"

namespace mado::registry {

namespace {
Outcome<void> reconcile(const std::string& settings) {
  MADO_TRY(registers, open_for_command(settings));
  MADO_TRY(count, TaxRegister(*registers).reconcile(operation::now()));
  fmt::print("{} entries outside the resident register looked at, {} are residents\n", count.looked_at, count.found);
  return {};
}

Outcome<void> sweep(const std::string& settings, std::int64_t first_kept_year) {
  MADO_TRY(registers, open_for_command(settings));
  MADO_TRY(count, TaxRegister(*registers).sweep(static_cast<std::uint32_t>(first_kept_year), operation::now()));
  fmt::print("deleted: {} states of tax records, {} declarations, {} states of 宛名\n", count.records,
             count.declarations, count.addressees);
  return {};
}
}  // namespace

int run_reconcile(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-registry reconcile",
                                 "Marks entries of 住登外 whose 個人番号 a resident has (整合処理)");
  std::string settings;
  arguments.required("--config", settings, "The register's settings file");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-registry reconcile", reconcile(settings));
}

int run_sweep_tax(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-registry sweep-tax",
                                 "Deletes tax records and declarations of older years, all at once");
  std::string settings;
  std::int64_t first_kept_year = 0;
  arguments.required("--config", settings, "The register's settings file");
  arguments.optional("--keep-from", first_kept_year, 1950, 9999, "The first 年度 that stays, western: 2020");
  if (const auto code = arguments.parse(words)) return *code;
  if (first_kept_year == 0)
    return operation::exit_code("madoguchi-registry sweep-tax", refuse(Reason::input_invalid, "--keep-from is needed"));
  return operation::exit_code("madoguchi-registry sweep-tax", sweep(settings, first_kept_year));
}

}  // namespace mado::registry
