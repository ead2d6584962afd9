#include "base/era.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mado {
namespace {

std::string in_japanese(const char* iso) { return japanese_date(*parse_day(iso)).value_or("-"); }
std::string in_iso(const char* japanese) {
  const auto day = parse_japanese_date(japanese);
  return day ? iso_text(*day) : "-";
}

struct Boundary {
  const char* iso;
  const char* japanese;
};

TEST(Era, ChangesOnItsDay) {
  for (const auto& [iso, japanese] : {Boundary{"1873-01-01", "明治6年1月1日"},
                                      {"1912-07-29", "明治45年7月29日"},
                                      {"1912-07-31", "大正元年7月31日"},
                                      {"1926-12-24", "大正15年12月24日"},
                                      {"1926-12-26", "昭和元年12月26日"},
                                      {"1927-01-01", "昭和2年1月1日"},
                                      {"1989-01-07", "昭和64年1月7日"},
                                      {"1989-01-08", "平成元年1月8日"},
                                      {"2019-04-30", "平成31年4月30日"},
                                      {"2019-05-01", "令和元年5月1日"},
                                      {"2019-12-31", "令和元年12月31日"},
                                      {"2020-01-01", "令和2年1月1日"},
                                      {"2024-02-29", "令和6年2月29日"},
                                      {"2026-11-21", "令和8年11月21日"}}) {
    EXPECT_EQ(in_japanese(iso), japanese);
    EXPECT_EQ(in_iso(japanese), iso);
  }
}

// 大阪 2019-05-07: a terminal that was first started in the new era printed 平成31年5月. Here a date has no era but its
// day's: nothing is remembered from when a program started.
TEST(Era, OsakaATerminalFirstStartedInTheNewEraWritesTheNewEra) {
  EXPECT_EQ(in_japanese("2019-05-07"), "令和元年5月7日");
  EXPECT_EQ(in_japanese("2019-04-30"), "平成31年4月30日") << "asked afterwards";
  EXPECT_EQ(in_japanese("2019-05-07"), "令和元年5月7日") << "and again";
  EXPECT_EQ(in_iso("平成31年5月7日"), "-") << "is no date";
}

TEST(Era, OnTheTwoSharedDaysBothWritingsAreLegalAndTheLaterIsTheDefault) {
  EXPECT_EQ(in_iso("明治45年7月30日"), "1912-07-30");
  EXPECT_EQ(in_iso("大正元年7月30日"), "1912-07-30");
  EXPECT_EQ(in_japanese("1912-07-30"), "大正元年7月30日");
  EXPECT_EQ(in_iso("大正15年12月25日"), "1926-12-25");
  EXPECT_EQ(in_iso("昭和元年12月25日"), "1926-12-25");
  EXPECT_EQ(in_japanese("1926-12-25"), "昭和元年12月25日");
}

TEST(Era, HasNoTextForDaysOfTheOldCalendarAndForDaysThatDoNotExist) {
  EXPECT_EQ(in_japanese("1872-12-31"), "-");
  EXPECT_EQ(in_japanese("1868-01-25"), "-");
  EXPECT_FALSE(japanese_date(Day{std::chrono::year{2023}, std::chrono::month{2}, std::chrono::day{29}}));
}

TEST(Era, ADateOutsideItsEraIsNone) {
  for (const auto* text : {"平成31年5月1日", "昭和64年1月8日", "令和元年4月30日", "令和0年1月1日", "令和8年2月29日",
                           "令和8年13月1日", "令和8年11月21日頃", "年月日不詳", "令和08年1月1日", "江戸1年1月1日", "",
                           "令和", "令和元", "明治5年12月2日", "令和99999999999年1月1日", "令和-1年1月1日"}) {
    EXPECT_EQ(in_iso(text), "-") << text;
  }
}

TEST(Era, ANewEraIsAChangeOfTheTable) {
  auto eras = eras_of_japan();
  eras.back().last = *parse_day("2030-03-31");
  eras.push_back({"新元", *parse_day("2030-04-01"), std::nullopt});
  EXPECT_EQ(japanese_date(*parse_day("2030-03-31"), eras), "令和12年3月31日");
  EXPECT_EQ(japanese_date(*parse_day("2030-04-01"), eras), "新元元年4月1日");
  EXPECT_EQ(japanese_date(*parse_day("2031-01-01"), eras), "新元2年1月1日");
}

RC_GTEST_PROP(Era, EveryDaySince1873RoundTrips, ()) {
  const auto first = std::chrono::sys_days{*parse_day("1873-01-01")};
  const Day day{first + std::chrono::days{*rc::gen::inRange(0, 100'000)}};
  const auto text = japanese_date(day);
  RC_ASSERT(text.has_value());
  RC_ASSERT(parse_japanese_date(*text) == day);
}

TEST(RecordedDate, TheWrittenFormWinsOverTheDay) {
  EXPECT_EQ(recorded_date("1926-12-25", "大正15年12月25日"), "大正15年12月25日");
  EXPECT_EQ(recorded_date("", "昭和20年頃"), "昭和20年頃");
  EXPECT_EQ(recorded_date("1980-02-17", ""), "昭和55年2月17日");
  EXPECT_EQ(recorded_date("", ""), "");
}

TEST(RecordedDate, WhatIsNoDateIsRefusedAndNotGuessed) {
  EXPECT_EQ(recorded_date("1981-02-29", "").error().reason, Reason::record_incomplete);
  EXPECT_EQ(recorded_date("1870-01-01", "").error().reason, Reason::record_incomplete);
  EXPECT_TRUE(recorded_date("", std::string(most_written_date_bytes, 'x')));
  EXPECT_EQ(recorded_date("", std::string(most_written_date_bytes + 1, 'x')).error().reason, Reason::record_incomplete);
}

TEST(WesternDate, IsForForeigners) { EXPECT_EQ(western_date(*parse_day("1990-04-01")), "1990年4月1日"); }

}  // namespace
}  // namespace mado
