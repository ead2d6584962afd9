// What is mixed in a run: cities with offers of their own, every kind, and papers that say what they are.
#include <gtest/gtest.h>

#include <algorithm>

#include "application/option_needs.hpp"
#include "simulator/city/offer.hpp"
#include "simulator/city/page.hpp"
#include "simulator/disk/rules.hpp"
#include "simulator/swarm/scenario.hpp"

namespace mado::simulator {
namespace {

const Instant noon{1'795'500'000'000};  // 2026-11-24 12:00 in Japan

application::OfferRules offer_of(std::uint64_t seed) {
  Random random(seed, "rules");
  return any_offer("131016", random);
}

TEST(ACity, OffersSomethingOfItsOwn) {
  std::set<std::vector<v1::Kind>> lists;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    std::vector<v1::Kind> kinds;
    for (const auto& rule : offer_of(seed).kinds) kinds.push_back(rule.kind);
    ASSERT_FALSE(kinds.empty());
    lists.insert(kinds);
  }
  EXPECT_GT(lists.size(), 25U);
}

TEST(ACity, ChoosesBeforehandOnlyWhatMayBeChosen) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    for (const auto& rule : offer_of(seed).kinds) {
      for (const auto option : rule.chosen) {
        EXPECT_NE(std::ranges::find(rule.options, option), rule.options.end());
        EXPECT_TRUE(application::may_choose(rule.kind, option, rule.chosen)) << "seed " << seed;
      }
    }
  }
}

TEST(AnEdition, TakesEffectAfterItWasLoaded) {
  RulesContent rules;
  Random random(7, "rules");
  rules.load(any_offer("131016", random), noon);
  for (int i = 0; i < 100; ++i) {
    const auto edition = rules.load(any_next_offer("131016", random, noon), noon);
    EXPECT_GE(edition->effective, noon + std::chrono::seconds{1});
    EXPECT_EQ(rules.book->of(edition->version), edition);
  }
  EXPECT_EQ(rules.book->at(noon)->version, 1U) << "of what a session began with";
}

TEST(APage, SaysWhatItIsAndWhose) {
  Page page;
  page.number = "20261124 city KIOSK-1 000001 1";
  page.kind = v1::KIND_SEAL_CERTIFICATE;
  page.options = {v1::OPTION_KANA, v1::OPTION_CHANGES};
  page.records = {{"seal 131016000001000", 3}};
  page.persons = {"131016000001000"};
  auto document = page.drawn();
  const auto second = page.drawn();
  document.insert(document.end(), second.begin(), second.end());
  const auto pages = Page::all_in(document);
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[1].number, page.number);
  EXPECT_EQ(pages[1].kind, page.kind);
  EXPECT_EQ(pages[1].options, page.options);
  EXPECT_EQ(pages[1].records.at(0).text(), "seal 131016000001000 3");
  EXPECT_EQ(pages[1].persons, page.persons);
}

TEST(TwentySeeds, IssueEveryKindUnderManyEditions) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto result = run(Scenario::of_seed(seed), false);
    EXPECT_FALSE(result.violation) << "seed " << seed << ": " << result.violation->detail;
    tally.add(result.tally);
  }
  for (std::size_t kind = 1; kind < tally.of_kind.size(); ++kind)
    EXPECT_GT(tally.of_kind[kind], 0U) << v1::Kind_Name(static_cast<v1::Kind>(kind));
  EXPECT_GT(tally.editions, 40U);
}

}  // namespace
}  // namespace mado::simulator
