// The change feed, over both kinds of database: numbered, applied once, acknowledged after the commit; gaps and silence
// show.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "registers_of_test.hpp"
#include "registry/core/freshness.hpp"
#include "registry/edge/feed.hpp"

namespace mado::registry {
namespace {

using testing::HasSubstr;

const std::string peer = "residents.office.example";

struct FeedTest : RegistersTest {
  void SetUp() override {
    registers_->fed_by({{"residents", peer, {v1::RECORD_KIND_UNSPECIFIED, v1::RECORD_KIND_FAMILY_REGISTER}, false},
                        {"seals", "seals.office.example", {v1::RECORD_KIND_SEAL}, false},
                        {"tax", "tax.office.example", {}, true}});
  }
  static v1::FeedChange next(std::uint64_t number, const std::string& source = "residents") {
    v1::FeedChange change;
    change.set_source(source);
    change.set_number(number);
    change.set_made_at(now.milliseconds);
    return change;
  }
  static v1::FeedChange household(std::uint64_t number, const ResidentRow& row) {
    auto change = next(number);
    *change.mutable_household()->mutable_household() = household_of({row});
    return change;
  }
  static v1::FeedChange card(std::uint64_t number) {
    auto change = next(number);
    auto& said = *change.mutable_card();
    const auto row = card_of(registry::number(0));
    said.set_person(row.person);
    said.set_issuer_key(string_of(row.issuer_key));
    said.set_serial(string_of(row.serial));
    said.set_public_key_digest(string_of(row.public_key_digest));
    return change;
  }
  static v1::FeedChange suppression(std::uint64_t number, bool in_force = true) {
    auto change = next(number);
    change.mutable_suppression()->set_person(registry::number(0));
    change.mutable_suppression()->set_cause(v1::SUPPRESSION_PROTECTED);
    change.mutable_suppression()->set_in_force(in_force);
    return change;
  }
  static v1::FeedChange heartbeat(std::uint64_t number, Instant made_at = now) {
    auto change = next(number);
    change.set_made_at(made_at.milliseconds);
    change.mutable_heartbeat();
    return change;
  }
  Outcome<v1::FeedAcknowledgement> send(const v1::FeedChange& change, const std::string& from = peer,
                                        Instant at = now) {
    return feed_.apply(change, from, at);
  }
  v1::Freshness freshness(Instant asked = now) {
    return registers_->read_household(query_of(card_of(number(0))), asked).value().freshness(0);
  }
  void begin() {
    ASSERT_TRUE(send(household(1, resident(0, 0))));
    ASSERT_TRUE(send(card(2)));
  }
  Feed feed_{*registers_};
};

TEST_F(FeedTest, AnAcknowledgedChangeHoldsForTheNextQuestion) {
  begin();
  const auto acknowledged = send(suppression(3)).value();
  EXPECT_EQ(acknowledged.number(), 3U);
  const auto snapshot = read(card_of(number(0)));
  EXPECT_EQ(snapshot.household().members(0).suppressions_size(), 1);
  EXPECT_GE(snapshot.feed_position(), acknowledged.position());
  ASSERT_TRUE(send(suppression(4, false)));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 0);
}

TEST_F(FeedTest, AnyNumberOfRepetitionsIsOneChange) {
  begin();
  const auto before = registers_->feed_position().value();
  auto again = card(2);
  again.set_made_at(now.milliseconds + 1);
  EXPECT_EQ(send(again)->position(), before) << "sent again a moment later";
  EXPECT_EQ(registers_->feed_position().value(), before);
}

TEST_F(FeedTest, ANumberIsNotUsedForTwoContents) {
  begin();
  EXPECT_THAT(send(suppression(2)).error().cause, HasSubstr("another content"));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 0);
}

TEST_F(FeedTest, AGapIsRefusedAndShownUntilTheMissingChangeHasCome) {
  begin();
  EXPECT_THAT(send(suppression(4, false)).error().cause, HasSubstr("change 3 has not come"));
  EXPECT_EQ(freshness().missing_from(), 3U);
  ASSERT_TRUE(send(suppression(3)));
  EXPECT_EQ(freshness().missing_from(), 4U) << "4 was offered, and is still to come";
  ASSERT_TRUE(send(suppression(4, false)));
  EXPECT_EQ(freshness().missing_from(), 0U);
}

TEST_F(FeedTest, AHeartbeatThatKnowsMoreShowsAGapAndOneThatKnowsLessIsRefused) {
  begin();
  EXPECT_FALSE(send(heartbeat(5)));
  EXPECT_EQ(freshness().missing_from(), 3U);
  EXPECT_THAT(send(heartbeat(1)).error().cause, HasSubstr("behind"));
  EXPECT_FALSE(send(heartbeat(0)));
}

TEST_F(FeedTest, SilenceShows) {
  EXPECT_EQ(registers_->read_household(query_of(card_of(number(0))), now)->mapping(), v1::CARD_MAPPING_UNKNOWN);
  begin();
  EXPECT_EQ(freshness().heard_at(), now.milliseconds);
  const auto later = now + std::chrono::minutes{10};
  EXPECT_EQ(freshness(later).heard_at(), now.milliseconds);
  ASSERT_TRUE(send(heartbeat(2, later), peer, later));
  EXPECT_EQ(freshness(later).heard_at(), later.milliseconds);
}

TEST_F(FeedTest, AHeartbeatIsAsOldAsItsSourceSaysAndNeverOfTheFuture) {
  begin();
  ASSERT_TRUE(send(heartbeat(2, now + std::chrono::hours{1})));
  const auto later = now + std::chrono::minutes{9};
  EXPECT_EQ(freshness(later).heard_at(), now.milliseconds) << "a clock that runs fast";
  ASSERT_TRUE(send(heartbeat(2, now + std::chrono::minutes{1}), peer, later));
  EXPECT_EQ(freshness(later).heard_at(), (now + std::chrono::minutes{1}).milliseconds) << "it waited on the way";
}

TEST_F(FeedTest, ASourceThatWasNeverHeardIsStale) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  EXPECT_EQ(freshness().heard_at(), 0);
  const auto seals = read(card_of(number(0)), {v1::RECORD_KIND_SEAL, v1::RECORD_KIND_SUPPLEMENT});
  EXPECT_EQ(seals.freshness(1).heard_at(), 0);
  EXPECT_EQ(seals.freshness(2).heard_at(), now.milliseconds) << "nobody feeds 附票";
}

TEST_F(FeedTest, WhatTheRegistersRefuseIsMissingFromThenOn) {
  begin();
  auto of_nobody = suppression(3);
  of_nobody.mutable_suppression()->set_person(number(9));
  EXPECT_EQ(send(of_nobody).error().reason, Reason::input_invalid);
  EXPECT_EQ(freshness().missing_from(), 3U);
  ASSERT_TRUE(send(suppression(3))) << "its source sends the number again, put right";
  EXPECT_EQ(freshness().missing_from(), 0U);
}

TEST_F(FeedTest, ASourceSpeaksForItselfAndForItsRegistersOnly) {
  EXPECT_EQ(send(household(1, resident(0, 0)), "seals.office.example").error().reason, Reason::peer_not_allowed);
  EXPECT_EQ(send(next(1, "nobody")).error().reason, Reason::message_malformed) << "without a change";
  auto of_seals = suppression(1);
  of_seals.set_source("seals");
  EXPECT_EQ(send(of_seals, "seals.office.example").error().reason, Reason::input_invalid);
  auto tax = next(1);
  *tax.mutable_tax_record() = tax_record(0);
  EXPECT_EQ(send(tax).error().reason, Reason::input_invalid);
  tax.set_source("tax");
  EXPECT_TRUE(send(tax, "tax.office.example"));
  v1::FeedPositionQuery query;
  query.set_source("tax");
  EXPECT_EQ(feed_.position(query, "tax.office.example")->number(), 1U);
  EXPECT_EQ(feed_.position(query, peer).error().reason, Reason::peer_not_allowed);
}

TEST_F(FeedTest, EveryKindOfChangeIsApplied) {
  begin();
  auto change = next(3);
  *change.mutable_family_register() = family_register("K1", number(0));
  ASSERT_TRUE(send(change));
  change = next(4);
  change.mutable_notice()->set_family_register("K1");
  change.mutable_notice()->set_pending(true);
  ASSERT_TRUE(send(change));
  change = next(1, "seals");
  change.mutable_seal()->set_resident(number(0));
  *change.mutable_seal()->mutable_registration() = seal();
  ASSERT_TRUE(send(change, "seals.office.example"));
  change = next(5);
  change.mutable_leaving()->set_resident(number(0));
  change.mutable_leaving()->mutable_leaving()->mutable_on()->set_day("2026-12-01");
  ASSERT_TRUE(send(change));
  const auto snapshot = read(card_of(number(0)), {v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER});
  EXPECT_TRUE(snapshot.family_register().notice_pending());
  EXPECT_EQ(snapshot.seal().state(), v1::SEAL_STATE_REGISTERED);
  EXPECT_TRUE(snapshot.household().members(0).has_leaving());
  change = next(6);
  change.mutable_end()->set_resident(number(0));
  change.mutable_end()->set_state(v1::RESIDENT_STATE_MOVED);
  change.mutable_end()->mutable_on()->set_day("2026-12-01");
  ASSERT_TRUE(send(change));
  change = card(7);
  change.mutable_card()->set_withdrawn(true);
  ASSERT_TRUE(send(change));
  EXPECT_EQ(read(card_of(number(0))).mapping(), v1::CARD_MAPPING_UNKNOWN);
}

TEST_F(FeedTest, BeginsAfterALoadWhereTheFilesEnd) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  ASSERT_TRUE(feed_.begin_at("residents", 41, now));
  EXPECT_EQ(freshness().heard_at(), now.milliseconds);
  EXPECT_FALSE(feed_.begin_at("residents", 40, now)) << "never back";
  EXPECT_FALSE(feed_.begin_at("nobody", 1, now));
  EXPECT_TRUE(send(suppression(42)));
}

// Whatever order, repetitions and losses a sender makes: what was applied is an unbroken beginning, and a gap is shown
// as long as a higher number was offered.
RC_GTEST_PROP(FeedRules, AppliedIsAlwaysAnUnbrokenBeginning, (std::vector<std::uint8_t> offered)) {
  SourceState state{"residents", 0, 0, {}};
  std::vector<Bytes> applied{{}};
  for (const auto offer : offered) {
    const std::uint64_t number = offer % 12 + 1;
    const bool heartbeat = offer >= 200;
    const Bytes digest{static_cast<std::uint8_t>(number)};
    const auto before = number < applied.size() ? applied[number] : Bytes{};
    const auto verdict = judge(state, number, heartbeat, before, digest);
    state.seen = std::max(state.seen, number);
    if (verdict == FeedVerdict::apply) {
      RC_ASSERT(number == state.number + 1);
      RC_ASSERT(!heartbeat);
      state.number = number;
      applied.push_back(digest);
    }
    if (verdict == FeedVerdict::repeat) RC_ASSERT(number <= state.number);
    if (verdict == FeedVerdict::gap) RC_ASSERT(number > state.number);
    RC_ASSERT(verdict != FeedVerdict::differs);
    const auto shown = freshness_of(v1::RECORD_KIND_UNSPECIFIED,
                                    {{"residents", "", {v1::RECORD_KIND_UNSPECIFIED}, false}}, {state}, now);
    RC_ASSERT((shown.missing_from() != 0) == (state.seen > state.number));
    if (shown.missing_from() != 0) RC_ASSERT(shown.missing_from() == state.number + 1);
  }
}

RC_GTEST_PROP(FeedRules, AnotherContentUnderAnAppliedNumberIsNeverTaken, (std::uint64_t last, std::uint8_t wrong)) {
  const SourceState state{"residents", last % 1000 + 1, last % 1000 + 1, {}};
  const Bytes applied{static_cast<std::uint8_t>(wrong + 1)};
  RC_ASSERT(judge(state, state.number, false, applied, {wrong}) == FeedVerdict::differs);
  RC_ASSERT(judge(state, state.number, false, {}, {wrong}) == FeedVerdict::differs);
}

}  // namespace
}  // namespace mado::registry
