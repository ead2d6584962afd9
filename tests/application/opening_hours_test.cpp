// When certificates may be had: hours for each channel, weekdays, holidays, closed days, extraordinary openings, stops.
// The days are of 2026: 20 November is a Friday, 23 November a holiday (勤労感謝の日), a Monday.
#include <gtest/gtest.h>

#include "application/rule_text.hpp"
#include "application/rules.hpp"

namespace mado::application {
namespace {

Instant at(const std::string& moment) { return parse_moment("2026-" + moment).value(); }

ClosedDays year_end() {
  ClosedDays closed;
  for (const auto* day : {"12-29", "12-30", "12-31", "01-01", "01-02", "01-03"})
    closed.every_year.push_back(*parse_day_of_year(day));
  return closed;
}

// 千葉市's, as its council paper states them; 13 December is a 休日開庁日.
OfferRules chiba() {
  const ChannelHours in_stores{*parse_day_hours("06:30-23:00")};
  const ChannelHours machines{
      *parse_day_hours("08:30-17:30"), true, {{*parse_day("2026-12-13"), *parse_day_hours("09:00-12:30")}}};
  const ChannelHours family_register{*parse_day_hours("09:00-17:00"), true};
  OfferRules rules;
  rules.families = {{"residence", in_stores, machines, year_end()},
                    {"family_register", family_register, family_register, year_end()}};
  rules.holidays = {*parse_day("2026-11-23")};
  return rules;
}

struct Hours : ::testing::Test {
  OfferRules rules = chiba();

  bool open(const std::string& family, Channel channel, const std::string& moment) const {
    const auto checked = rules.check_family(family, channel, at(moment));
    if (!checked) {
      EXPECT_EQ(checked.error().reason, Reason::outside_hours);
    }
    return checked.has_value();
  }
  bool in_store(const std::string& moment) const { return open("residence", Channel::store, moment); }
  bool at_machine(const std::string& moment) const { return open("residence", Channel::issuing_machine, moment); }
};

TEST_F(Hours, OfStoresAreFromHalfPastSixToElevenEveryDay) {
  EXPECT_FALSE(in_store("11-20T06:29:59"));
  EXPECT_TRUE(in_store("11-20T06:30"));
  EXPECT_TRUE(in_store("11-20T22:59:59"));
  EXPECT_FALSE(in_store("11-20T23:00"));
  for (const auto* day : {"11-21", "11-22", "11-23"}) EXPECT_TRUE(in_store(std::string(day) + "T12:00"));
}

TEST_F(Hours, EndFromTheTwentyNinthOfDecemberToTheThirdOfJanuary) {
  EXPECT_TRUE(in_store("12-28T12:00"));
  for (const auto* day : {"12-29", "12-30", "12-31", "01-01", "01-02", "01-03"})
    EXPECT_FALSE(in_store(std::string(day) + "T12:00")) << day;
  EXPECT_TRUE(in_store("01-04T12:00"));
}

TEST_F(Hours, OfIssuingMachinesAreThoseOfTheWardOfficeOnWeekdays) {
  EXPECT_FALSE(at_machine("11-20T08:29"));
  EXPECT_TRUE(at_machine("11-20T08:30"));
  EXPECT_FALSE(at_machine("11-20T17:30"));
  for (const auto* day : {"11-21", "11-22", "11-23"}) EXPECT_FALSE(at_machine(std::string(day) + "T10:00")) << day;
}

TEST_F(Hours, OfAnExtraordinaryOpeningStandInThePlaceOfTheDays) {
  EXPECT_FALSE(at_machine("12-13T08:30")) << "a Sunday";
  EXPECT_TRUE(at_machine("12-13T09:00"));
  EXPECT_TRUE(at_machine("12-13T12:29"));
  EXPECT_FALSE(at_machine("12-13T12:30"));
  EXPECT_FALSE(at_machine("12-20T10:00")) << "another Sunday";
}

TEST_F(Hours, OfFamilyRegistersBindStoresAndIssuingMachines) {
  for (const auto channel : {Channel::store, Channel::issuing_machine}) {
    EXPECT_FALSE(open("family_register", channel, "11-20T08:59"));
    EXPECT_TRUE(open("family_register", channel, "11-20T09:00"));
    EXPECT_FALSE(open("family_register", channel, "11-20T17:00"));
    EXPECT_FALSE(open("family_register", channel, "11-21T10:00"));
    EXPECT_FALSE(open("family_register", channel, "11-23T10:00")) << "a holiday";
    EXPECT_FALSE(open("family_register", channel, "12-13T10:00")) << "平日開庁日 only";
  }
}

TEST_F(Hours, AreNoneWhereAFamilyIsNotOffered) {
  rules.families[0].issuing_machine.reset();
  EXPECT_FALSE(at_machine("11-20T10:00"));
  EXPECT_FALSE(open("no_such_family", Channel::store, "11-20T10:00"));
}

TEST_F(Hours, MayBeTheWholeDay) {
  rules.families = {{.name = "residence"}};
  EXPECT_TRUE(in_store("12-31T23:59:59"));
  EXPECT_TRUE(in_store("01-01T00:00"));
}

TEST_F(Hours, CloseOnADayOfOneYear) {
  rules.families[0].closed_days.once = {*parse_day("2026-08-01")};
  EXPECT_FALSE(in_store("08-01T12:00"));
  EXPECT_TRUE(in_store("08-02T12:00"));
}

TEST_F(Hours, StopForOneFamilyOnlyWithAReasonForStaff) {
  rules.stops = {{"family_register", at("11-20T10:00"), at("11-20T11:00"), "戸籍システムの更新"}};
  const auto stopped = [&](const std::string& family, const std::string& moment) {
    const auto checked = rules.check_family(family, Channel::store, at(moment));
    return !checked && checked.error().reason == Reason::stopped_for_now;
  };
  EXPECT_FALSE(stopped("family_register", "11-20T09:59:59"));
  EXPECT_TRUE(stopped("family_register", "11-20T10:00"));
  EXPECT_TRUE(stopped("family_register", "11-20T10:59:59"));
  EXPECT_FALSE(stopped("family_register", "11-20T11:00"));
  EXPECT_FALSE(stopped("residence", "11-20T10:30"));
  EXPECT_EQ(rules.check_stops("family_register", at("11-20T10:30")).error().cause,
            "family_register is stopped: 戸籍システムの更新");
}

}  // namespace
}  // namespace mado::application
