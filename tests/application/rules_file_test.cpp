// A city's rules file: what it may say, and with which sentence each fault is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "application/rule_text.hpp"
#include "application/rules_file.hpp"

namespace mado::application {
namespace {

using ::testing::HasSubstr;

// Line 1 of the file is `city`.
const std::string head = R"(city = "121002"
effective = "2026-04-01T00:00"
telephone = "043-000-0000"
)";
const std::string family = R"([[family]]
name = "residence"
[family.store]
hours = "06:30-23:00"
)";
const std::string kind = R"([[kind]]
name = "residence_certificate"
title_ja = "住民票の写し"
title_en = "Certificate of residence"
family = "residence"
fee = 300
scopes = ["household", "self"]
options = ["sheet_each", "changes", "head_and_relation"]
chosen = ["head_and_relation"]
)";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}
Outcome<OfferRules> read(const std::string& text) { return read_rules(text, "rules.toml"); }
std::string refusal_of(const std::string& text) {
  const auto rules = read(text);
  if (rules) return "it was read";
  EXPECT_EQ(rules.error().reason, Reason::configuration_invalid);
  return rules.error().cause;
}
std::string refusal_with(const std::string& from, const std::string& to) {
  return refusal_of(changed(head + family + kind, from, to));
}

TEST(RulesFile, SaysWhatACityOffersFromAMomentOn) {
  const auto rules = read(head + family + kind).value();
  EXPECT_EQ(rules.city, "121002");
  EXPECT_EQ(moment_text(rules.effective), "2026-04-01T00:00:00");
  EXPECT_EQ(rules.effective, start_of_day_in_japan(*parse_day("2026-04-01")));
  EXPECT_EQ(rules.version, 0U) << "loading gives it";
  EXPECT_EQ(rules.telephone, "043-000-0000");
  EXPECT_EQ(rules.most_copies, 5U);
  EXPECT_EQ(rules.most_pages, 50U);
  const auto* found = rules.find(v1::KIND_RESIDENCE_CERTIFICATE);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->fee, 300U);
  EXPECT_EQ(found->youngest, 15);
  EXPECT_EQ(found->group, v1::GROUP_HOUSEHOLD);
  EXPECT_EQ(found->scopes, (std::vector{v1::SCOPE_SELF, v1::SCOPE_HOUSEHOLD})) << "ascending";
  EXPECT_EQ(found->options, (std::vector{v1::OPTION_HEAD_AND_RELATION, v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES}));
  EXPECT_EQ(found->chosen, std::vector{v1::OPTION_HEAD_AND_RELATION});
  EXPECT_EQ(rules.find(v1::KIND_UNSPECIFIED), nullptr);
}

TEST(RulesFile, MayGiveAKindATitleOfItsOwnOnPaper) {
  EXPECT_EQ(read(head + family + kind).value().kinds[0].title_on_paper, "") << "the form's";
  const auto titled = [](const std::string& title) {
    return head + family + changed(kind, "title_en", "title_on_paper = \"" + title + "\"\ntitle_en");
  };
  EXPECT_EQ(read(titled("市民税証明書")).value().kinds[0].title_on_paper, "市民税証明書");
  EXPECT_NE(refusal_of(titled(std::string(121, 'x'))).find("title_on_paper: must have at most 120 bytes"),
            std::string::npos);
  EXPECT_NE(refusal_of(titled("")), "it was read") << "an empty title is none";
  const auto of_taxation = changed(titled("市民税証明書"), "residence_certificate", "taxation");
  EXPECT_NE(refusal_of(of_taxation).find("title_on_paper: is the form's"), std::string::npos);
}

TEST(RulesFile, DatesCampaignsAndStops) {
  const auto rules = read(head + family + R"([[stop]]
family = "residence"
from = "2026-05-03T00:00"
until = "2026-05-06T08:30"
reason = "住民記録の更新"
)" + kind + R"([[kind.campaign]]
fee = 10
from = "2026-07-01T00:00"
until = "2027-04-01T00:00"
)")
                         .value();
  ASSERT_EQ(rules.stops.size(), 1U);
  EXPECT_EQ(rules.stops[0].reason, "住民記録の更新");
  const auto* found = rules.find(v1::KIND_RESIDENCE_CERTIFICATE);
  EXPECT_EQ(found->fee_at(*parse_moment("2026-06-30T23:59:59")), 300U);
  EXPECT_EQ(found->fee_at(*parse_moment("2026-07-01T00:00")), 10U);
  EXPECT_EQ(found->fee_at(*parse_moment("2027-03-31T23:59:59")), 10U);
  EXPECT_EQ(found->fee_at(*parse_moment("2027-04-01T00:00")), 300U);
}

TEST(RulesFile, IsCheckedAsAWholeWithEveryComplaintByItsLine) {
  EXPECT_EQ(refusal_of(R"(city = "121002"
effective = "2026-04-01"
most_copies = 11
[[family]]
name = "residence"
[family.store]
hours = "23:00-06:30"
[[kind]]
name = "marriage"
title_ja = "婚姻届"
title_en = "Marriage"
family = "tax"
fee = 10001
scopes = ["neighbour"]
)"),
            R"(rules.toml:1: telephone: is missing
rules.toml:2: effective: must be a moment in Japan like "2026-04-01T00:00"
rules.toml:3: most_copies: must be from 1 to 10, not 11
rules.toml:7: family[0].store.hours: must be like "06:30-23:00"
rules.toml:9: kind[0].name: is no kind of certificate: "marriage"
rules.toml:12: kind[0].family: names no family of this file: "tax"
rules.toml:13: kind[0].fee: must be from 0 to 10000, not 10001
rules.toml:14: kind[0].scopes: does not know "neighbour"
rules.toml:14: kind[0].scopes: must name at least one)");
}

TEST(RulesFile, IsRefusedWhenItIsNoTomlOrTooLarge) {
  EXPECT_THAT(refusal_of(head + "[[family\n"), HasSubstr("rules.toml:4: "));
  EXPECT_THAT(refusal_of(head + "あ = 1\n"), HasSubstr("rules.toml:4: is no TOML"));
  EXPECT_THAT(refusal_of("\xff"), HasSubstr("rules.toml:1: is no TOML"));
  EXPECT_THAT(refusal_of("[=]"), HasSubstr("rules.toml:1: "));
  const auto padded = [](std::size_t bytes) {
    const auto sound = head + family + kind;
    return sound + "#" + std::string(bytes - sound.size() - 1, 'x');
  };
  EXPECT_TRUE(read(padded(largest_rules_file)));
  EXPECT_EQ(refusal_of(padded(largest_rules_file + 1)), "rules.toml:1: larger than 256 KiB");
}

TEST(RulesFile, RefusesWhatNobodyKnows) {
  EXPECT_EQ(refusal_of("feee = 1\n" + head + family + kind), "rules.toml:1: feee: is not known");
  EXPECT_EQ(refusal_of(head + family + kind + "colour = \"red\"\n"), "rules.toml:17: kind[0].colour: is not known");
  EXPECT_THAT(refusal_of("\"family.store\" = 1\n" + head + family + kind), HasSubstr("is not known"));
}

TEST(RulesFile, RefusesWhatIsMissing) {
  EXPECT_THAT(refusal_of(""), HasSubstr("rules.toml:1: city: is missing"));
  EXPECT_EQ(refusal_of(head + family), "rules.toml:1: kind: must stand here at least once");
  EXPECT_THAT(refusal_of(head + kind), HasSubstr("rules.toml:1: family: must stand here at least once"));
  EXPECT_EQ(refusal_of(head + "[[family]]\nname = \"residence\"\n" + kind),
            "rules.toml:4: family[0]: must have the hours of store or of issuing_machine");
}

TEST(RulesFile, RefusesWhatStandsTwice) {
  EXPECT_EQ(refusal_of(head + family + kind + kind), "rules.toml:18: kind[1].name: stands here twice");
  EXPECT_EQ(refusal_of(head + family + family + kind), "rules.toml:9: family[1].name: stands here twice");
  EXPECT_EQ(refusal_of("holidays = [\"2026-01-01\", \"2026-01-01\"]\n" + head + family + kind),
            "rules.toml:1: holidays: lists a day twice");
  EXPECT_EQ(refusal_with("\"household\", \"self\"", "\"self\", \"self\""),
            "rules.toml:14: kind[0].scopes: names something twice");
}

TEST(RulesFile, OffersNoKindToPersonsOrWithItemsThatTheServiceDoesNotAllow) {
  const auto of = [](const std::string& name, const std::string& scopes, const std::string& more = "") {
    return refusal_of(head + family + "[[kind]]\nname = \"" + name +
                      "\"\ntitle_ja = \"x\"\ntitle_en = \"x\"\nfamily = \"residence\"\nfee = 0\nscopes = [" + scopes +
                      "]\n" + more);
  };
  for (const auto* oneself : {"seal_certificate", "income", "taxation", "no_taxation", "income_and_taxation"}) {
    EXPECT_EQ(of(oneself, "\"self\""), "it was read");
    EXPECT_THAT(of(oneself, "\"self\", \"members\""), HasSubstr(std::string("\"members\" is not of ") + oneself));
    EXPECT_THAT(of(oneself, "\"self\"", "options = [\"kana\"]"), HasSubstr("\"kana\" is not of"));
  }
  EXPECT_EQ(of("family_register_whole", "\"household\""), "it was read");
  EXPECT_THAT(of("family_register_whole", "\"self\""), HasSubstr("is not of family_register_whole"));
  EXPECT_THAT(of("family_register_persons", "\"household\""), HasSubstr("is not of family_register_persons"));
  EXPECT_EQ(of("family_register_supplement", "\"self\", \"household\"", "options = [\"overseas_voter\"]"),
            "it was read");
  EXPECT_THAT(of("residence_certificate", "\"self\"", "options = [\"without_building\"]"), HasSubstr("is not of"));
  EXPECT_EQ(of("residence_items", "\"self\"", "options = [\"without_building\"]"), "it was read");
  EXPECT_EQ(of("residence_items", "\"self\"", "group = \"household\""), "it was read");
  EXPECT_THAT(of("residence_items", "\"self\"", "group = \"family_register\""), HasSubstr("is \"household\""));
  EXPECT_THAT(of("residence_items", "\"self\"", "group = \"friends\""), HasSubstr("does not know \"friends\""));
}

TEST(RulesFile, ChoosesOnlyWhatItOffersAndChangesOnlyWithASheetForEach) {
  EXPECT_EQ(refusal_with("chosen = [\"head_and_relation\"]", "chosen = [\"kana\"]"),
            "rules.toml:16: kind[0].chosen: \"kana\" is not of its options");
  EXPECT_EQ(refusal_with("\"sheet_each\", \"changes\"", "\"changes\""),
            "rules.toml:15: kind[0].options: \"changes\" needs \"sheet_each\" beside it");
  EXPECT_EQ(refusal_with("chosen = [\"head_and_relation\"]", "chosen = [\"changes\"]"),
            "rules.toml:16: kind[0].chosen: \"changes\" needs \"sheet_each\" beside it");
}

TEST(RulesFile, RefusesHoursThatAreNone) {
  for (const auto* hours : {"23:00-06:30", "06:30-06:30", "6:30-23:00", "06:30–23:00", "06:60-23:00", "06:30-24:01",
                            "25:00-26:00", "6x:3y-2z:0w"}) {
    EXPECT_EQ(refusal_with("06:30-23:00", hours), "rules.toml:7: family[0].store.hours: must be like \"06:30-23:00\"");
  }
  EXPECT_EQ(refusal_with("06:30-23:00", "00:00-24:00"), "it was read");
}

TEST(RulesFile, RefusesDaysThatNoYearHas) {
  const auto closed_on = [](const std::string& day) {
    return refusal_with("[family.store]", "closed_days = [\"" + day + "\"]\n[family.store]");
  };
  EXPECT_EQ(closed_on("02-29"), "it was read") << "some years have it";
  EXPECT_EQ(closed_on("2026-12-28"), "it was read");
  for (const auto* day : {"13-45", "02-30", "2026-02-29", "1-1", ""})
    EXPECT_THAT(closed_on(day), HasSubstr("rules.toml:6: family[0].closed_days: must list days like")) << day;
  EXPECT_THAT(refusal_of("holidays = [\"01-01\"]\n" + head + family + kind), HasSubstr("rules.toml:1: holidays: "));
}

TEST(RulesFile, RefusesMomentsThatAreNone) {
  for (const auto* moment :
       {"2026-04-01", "2026-04-01T24:00", "2026-04-31T00:00", "2026-04-01T00:00:60", "1999-12-31T00:00",
        "2200-01-01T00:00", "2026-04-01 00:00", "2026-04-01T00:00Z", "2026-04-01T00:00+09:00"})
    EXPECT_THAT(refusal_with("2026-04-01T00:00", moment), HasSubstr("rules.toml:2: effective: must be a moment"))
        << moment;
  EXPECT_EQ(refusal_with("2026-04-01T00:00", "2026-04-01T00:00:59"), "it was read");
}

TEST(RulesFile, RefusesWhatEndsBeforeItBeginsAndCampaignsThatOverlap) {
  const auto campaign = [](const std::string& from, const std::string& until) {
    return "[[kind.campaign]]\nfee = 10\nfrom = \"2026-" + from + "T00:00\"\nuntil = \"2026-" + until + "T00:00\"\n";
  };
  const auto sound = head + family + kind;
  EXPECT_EQ(refusal_of(sound + campaign("07-01", "08-01") + campaign("08-01", "09-01")), "it was read");
  EXPECT_THAT(refusal_of(sound + campaign("07-01", "07-01")), HasSubstr("campaign[0].until: must come after from"));
  EXPECT_THAT(refusal_of(sound + campaign("07-01", "08-02") + campaign("08-01", "09-01")),
              HasSubstr("campaign[1].from: lies within another campaign"));
  EXPECT_THAT(refusal_of(head + family +
                         "[[stop]]\nfamily = \"residence\"\nfrom = \"2026-05-02T00:00\"\n"
                         "until = \"2026-05-01T00:00\"\nreason = \"x\"\n" +
                         kind),
              HasSubstr("stop[0].until: must come after from"));
}

TEST(RulesFile, HoldsNoMoreThanAMenuMay) {
  const auto titled = [](std::size_t bytes) {
    return refusal_with("Certificate of residence", std::string(bytes, 't'));
  };
  EXPECT_EQ(titled(120), "it was read");
  EXPECT_EQ(titled(121), "rules.toml:11: kind[0].title_en: must have at most 120 bytes");
  EXPECT_EQ(refusal_with("043-000-0000", "012345678901234567890"),
            "rules.toml:3: telephone: must have at most 20 bytes");
  EXPECT_THAT(refusal_with("Certificate of residence", "a\\u0007b"), HasSubstr("must not hold control characters"));
}

TEST(RulesFile, HasNoMoreOfAnythingThanItsBound) {
  const auto times = [](std::size_t count, auto make) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += make(i);
    return text;
  };
  const auto families = [&](std::size_t count) {
    return times(count, [](auto i) { return changed(family, "residence", "f" + std::to_string(i)); });
  };
  EXPECT_EQ(refusal_of(head + family + families(15) + kind), "it was read");
  EXPECT_THAT(refusal_of(head + family + families(16) + kind), HasSubstr("family: stands here more than 16 times"));
  const auto stops = [&](std::size_t count) {
    return times(count, [](auto) {
      return "[[stop]]\nfamily = \"residence\"\nfrom = \"2026-05-01T00:00\"\nuntil = \"2026-05-02T00:00\"\nreason = "
             "\"x\"\n";
    });
  };
  EXPECT_EQ(refusal_of(head + family + stops(64) + kind), "it was read");
  EXPECT_THAT(refusal_of(head + family + stops(65) + kind), HasSubstr("stop: stands here more than 64 times"));
  EXPECT_THAT(refusal_of(head + changed(family, "\"residence\"", "\"住民票\"") + kind),
              HasSubstr("must have 1 to 32 of"));
}

TEST(RuleNames, AreTheSameBothWays) {
  EXPECT_EQ(all_kinds().size(), 10U);
  for (const auto kind_value : all_kinds()) EXPECT_EQ(kind_of(name_of(kind_value)), kind_value);
  for (int option = v1::Option_MIN + 1; option <= v1::Option_MAX; ++option) {
    const auto value = static_cast<v1::Option>(option);
    EXPECT_EQ(option_of(name_of(value)), value);
  }
  EXPECT_EQ(kind_of("other"), v1::KIND_UNSPECIFIED);
  EXPECT_EQ(name_of(v1::KIND_UNSPECIFIED), "unspecified");
}

}  // namespace
}  // namespace mado::application
