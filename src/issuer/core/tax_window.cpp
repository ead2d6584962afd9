#include "issuer/core/tax_window.hpp"

#include <string>

namespace mado::issuer {

namespace {
std::chrono::month_day in_any_year(Day day) { return day.month() / day.day(); }
}  // namespace

std::uint32_t tax_year_due(Day day, const TaxWindow& window) {
  const auto year = static_cast<std::uint32_t>(static_cast<int>(day.year()));
  return in_any_year(day) >= window.new_year ? year : year - 1;
}

Outcome<void> check_tax_year(std::uint32_t issued, Day today, const TaxWindow& window) {
  const auto due = tax_year_due(today, window);
  const bool previous_may_be = issued + 1 == due && window.previous_until && in_any_year(today) >= window.new_year &&
                               in_any_year(today) <= *window.previous_until;
  if (issued >= due || previous_may_be) return {};
  return refuse(Reason::tax_year_changing,
                "tax year " + std::to_string(due) + " is due, " + std::to_string(issued) + " is issued from");
}

}  // namespace mado::issuer
