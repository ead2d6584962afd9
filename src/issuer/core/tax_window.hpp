// Which 年度 a tax certificate is made from, and the window between two years (年度切替の期間): from the day on which
// the new year's certificates begin until the city has made that year the one that is issued from.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::issuer {

struct TaxWindow {
  // The day of each calendar year on which certificates of its 年度 begin: the assessment for 普通徴収 is of June.
  std::chrono::month_day new_year = std::chrono::June / 1;
  // The last day, not before `new_year`, on which the year before may still be issued from; none: it may not.
  std::optional<std::chrono::month_day> previous_until;
};

// The 年度 (western) whose certificates are due on `day`.
std::uint32_t tax_year_due(Day day, const TaxWindow& window);

// Whether certificates of the 年度 `issued` may be made on `today`: of the year that is due or a later one, and of the
// one before as the window says. Refusal: tax_year_changing.
Outcome<void> check_tax_year(std::uint32_t issued, Day today, const TaxWindow& window);

}  // namespace mado::issuer
