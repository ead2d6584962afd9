// Which 年度 a tax certificate is made from on which day.
#include "issuer/core/tax_window.hpp"

#include <gtest/gtest.h>

namespace mado::issuer {
namespace {

using namespace std::chrono;

const TaxWindow refusing{June / 1, std::nullopt};
const TaxWindow previous_for_two_weeks{June / 1, June / 14};

bool issues(std::uint32_t year, Day day, const TaxWindow& window) {
  return check_tax_year(year, day, window).has_value();
}

TEST(TaxWindow, ANewYearIsDueFromItsDayOn) {
  EXPECT_EQ(tax_year_due(2026y / May / 31, refusing), 2025U);
  EXPECT_EQ(tax_year_due(2026y / June / 1, refusing), 2026U);
  EXPECT_EQ(tax_year_due(2027y / January / 1, refusing), 2026U) << "the calendar's new year changes nothing";
}

TEST(TaxWindow, FromThatDayTheYearBeforeIsRefused) {
  EXPECT_TRUE(issues(2025, 2026y / May / 31, refusing));
  EXPECT_FALSE(issues(2025, 2026y / June / 1, refusing));
  EXPECT_EQ(check_tax_year(2025, 2026y / June / 1, refusing).error().reason, Reason::tax_year_changing);
}

TEST(TaxWindow, OrIsIssuedFromUntilADate) {
  EXPECT_TRUE(issues(2025, 2026y / June / 14, previous_for_two_weeks));
  EXPECT_FALSE(issues(2025, 2026y / June / 15, previous_for_two_weeks));
  EXPECT_FALSE(issues(2025, 2027y / May / 31, previous_for_two_weeks))
      << "nor in the next spring, when 2026 is still due";
}

TEST(TaxWindow, TheYearBeforeThatIsNeverIssuedFrom) {
  EXPECT_FALSE(issues(2024, 2026y / June / 1, previous_for_two_weeks));
}

TEST(TaxWindow, ACityMayGoToTheNewYearEarly) {
  EXPECT_TRUE(issues(2026, 2026y / May / 10, refusing));
  EXPECT_TRUE(issues(2026, 2026y / June / 1, refusing));
}

}  // namespace
}  // namespace mado::issuer
