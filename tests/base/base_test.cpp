#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"
#include "base/task.hpp"

namespace mado {
namespace {

TEST(Hex, RoundTripsAndRefusesWhatIsNotHexadecimal) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xab, 0xff}), "00abff");
  EXPECT_EQ(from_hex("00ABff").value(), (Bytes{0x00, 0xab, 0xff}));
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
}

TEST(Id, IsExactlySixteenBytes) {
  EXPECT_FALSE(Id::from(Bytes(15)));
  EXPECT_FALSE(Id::from(Bytes(17)));
  EXPECT_EQ(Id::from(Bytes(16, 7))->hex(), std::string("07070707070707070707070707070707"));
}

TEST(JapanTime, MidnightInJapanIsFifteenHoursUtcOfTheDayBefore) {
  const auto midnight = start_of_day_in_japan(*parse_day("2019-05-01"));
  EXPECT_EQ(iso_text(midnight), "2019-04-30T15:00:00.000Z");
  EXPECT_EQ(iso_text(in_japan(midnight).day), "2019-05-01");
  EXPECT_EQ(iso_text(in_japan(midnight + std::chrono::milliseconds{-1}).day), "2019-04-30");
}

TEST(Day, RefusesDaysThatTheCalendarDoesNotHave) {
  EXPECT_TRUE(parse_day("2024-02-29"));
  for (const auto* text :
       {"2023-02-29", "2024-2-29", "2024-13-01", "20240229", "", "2024-02-2x", "-000-11-21", "2024-+1-01"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Reasons, EachHasAStableCodeAndASentenceInBothLanguages) {
  for (const auto reason : all_reasons()) {
    EXPECT_EQ(reason_of(code_of(reason)), reason);
    EXPECT_FALSE(sentence_of(reason, "ja").empty()) << code_of(reason);
    EXPECT_FALSE(sentence_of(reason, "en").empty()) << code_of(reason);
  }
  EXPECT_EQ(reason_of("no_such_reason"), std::nullopt);
}

TEST(Sensitive, LeavesNothingBehindWhenItIsMovedFrom) {
  Sensitive<std::string> pin{std::string("1234")};
  const char* memory = pin.reveal().data();
  Sensitive<std::string> taken{std::move(pin)};
  EXPECT_EQ(taken.reveal(), "1234");
  EXPECT_NE(std::string_view(memory, 4), "1234") << "a short string lives inside the object and is wiped there";
}

Task<int> twice(int value) { co_return value * 2; }
Task<int> sum_of_twice(int a, int b) {
  const int left = co_await twice(a);
  const int right = co_await twice(b);
  co_return left + right;
}

TEST(Task, RunsToItsValue) { EXPECT_EQ(run(sum_of_twice(2, 3)), 10); }

}  // namespace
}  // namespace mado
