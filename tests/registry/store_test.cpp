// The register on disk: loading all or nothing, what the issuer is told about a card, and what is left behind.
#include "registry/edge/resident_store.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "registry/edge/import.hpp"
#include "sample.hpp"
#include "trust/temporary_directory.hpp"

namespace mado::registry {
namespace {

const Instant now{1'800'000'000'000};

CardRow card_of(int sequence, Bytes serial = {0x01, 0x32}, std::uint8_t key = 0xbb) {
  return {Bytes(20, 0xaa), std::move(serial), Bytes(32, key), number(sequence)};
}

v1::HouseholdQuery query_of(const CardRow& card) {
  v1::HouseholdQuery query;
  query.set_issuer_key(string_of(card.issuer_key));
  query.set_serial(string_of(card.serial));
  query.set_public_key_digest(string_of(card.public_key_digest));
  return query;
}

class Register : public testing::Test {
 protected:
  void SetUp() override { store_ = ResidentStore::open(directory_ / "register.db").value(); }

  Outcome<void> put(const std::vector<ResidentRow>& residents, const std::vector<CardRow>& cards = {}) {
    return store_->change("test"_point, now, [&](ResidentStore::Change& change) -> Outcome<void> {
      for (const auto& row : residents) MADO_CHECK(change.put(row));
      for (const auto& card : cards) MADO_CHECK(change.put_card(card));
      return {};
    });
  }
  v1::HouseholdSnapshot read(const CardRow& card) { return store_->read_household(query_of(card), now).value(); }

  std::filesystem::path write(const std::string& name, const std::string& content) {
    std::ofstream(directory_ / name, std::ios::binary) << content;
    return directory_ / name;
  }
  std::filesystem::path write(const std::vector<ResidentRow>& rows) {
    auto text = fmt::format("{}\r\n", fmt::join(resident_header(), ","));
    for (const auto& row : rows) text += write_resident(row) + "\r\n";
    return write("residents.csv", text);
  }
  Outcome<ImportCount> import(const std::vector<ResidentRow>& rows) {
    return import_files(*store_, write(rows), std::nullopt, now, [](double, std::uint64_t) {});
  }
  std::size_t residents_in_register() {
    std::size_t found = 0;
    for (int sequence = 0; sequence < 10; ++sequence) {
      const auto known = store_->change("test"_point, now, [&](ResidentStore::Change& change) -> Outcome<void> {
        MADO_CHECK(change.put_card(card_of(sequence, {0x09, static_cast<std::uint8_t>(sequence)})));
        return refuse(Reason::cancelled, "only asked");
      });
      if (known.error().reason == Reason::cancelled) ++found;
    }
    return found;
  }

  trust::TemporaryDirectory directory_;
  std::unique_ptr<ResidentStore> store_;
};

TEST_F(Register, AnswersWithTheWholeHouseholdOfTheCardsHolder) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 0, "妻"), resident(2, 1)}, {card_of(1)}));
  const auto snapshot = read(card_of(1));
  EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_EQ(snapshot.holder(), number(1));
  EXPECT_EQ(snapshot.card().SerializeAsString(), query_of(card_of(1)).SerializeAsString()) << "about this very card";
  EXPECT_EQ(snapshot.read_at(), now.milliseconds);
  EXPECT_EQ(snapshot.feed_position(), 1U);
  EXPECT_EQ(snapshot.household().number(), number(1000));
  EXPECT_EQ(snapshot.household().address(), "東京都千代田区本町一丁目１番１号");
  EXPECT_EQ(snapshot.household().head(), "渡邉\U000E0102　健一");
  ASSERT_EQ(snapshot.household().members_size(), 2);
  EXPECT_EQ(snapshot.household().members(0).SerializeAsString(), resident(0, 0).resident.SerializeAsString())
      << "every item comes back as it was put";
}

TEST_F(Register, ACardThatNobodyHasIsUnknownAndTellsNothing) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(0)}));
  for (const auto& card : {card_of(0, {0x01, 0x33}), card_of(0, {0x01, 0x32}, 0xbc)}) {
    const auto snapshot = read(card);
    EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_UNKNOWN) << "another serial; the same serial with another key";
    EXPECT_TRUE(snapshot.holder().empty());
    EXPECT_FALSE(snapshot.has_household());
  }
}

TEST_F(Register, OneCardOfTwoResidentsIsAmbiguousAndTellsNothing) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(0), card_of(1)}));
  const auto snapshot = read(card_of(0));
  EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_AMBIGUOUS);
  EXPECT_TRUE(snapshot.holder().empty());
  EXPECT_FALSE(snapshot.has_household());
}

TEST_F(Register, AWithdrawnCardIsTheOthersAgain) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(0), card_of(1)}));
  const auto withdraw = [&] {
    return store_->change("test"_point, now,
                          [&](ResidentStore::Change& change) { return change.withdraw_card(card_of(1)); });
  };
  ASSERT_TRUE(withdraw());
  EXPECT_EQ(read(card_of(0)).holder(), number(0));
  EXPECT_TRUE(withdraw()) << "idempotent";
  EXPECT_EQ(read(card_of(0)).holder(), number(0));
}

TEST_F(Register, TheSameSerialUnderTwoKeysOfTwoResidentsIsAmbiguousToo) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(0, {0x01}, 0x01), card_of(1, {0x01}, 0x02)}));
  EXPECT_EQ(read(card_of(0, {0x01}, 0x01)).mapping(), v1::CARD_MAPPING_AMBIGUOUS);
}

TEST_F(Register, ManyCardsMayBelongToOneResident) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(0, {0x01}), card_of(0, {0x02})}));
  EXPECT_EQ(read(card_of(0, {0x01})).holder(), read(card_of(0, {0x02})).holder());
}

TEST_F(Register, ACardIsNotClaimedForASecondResident) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(0)}));
  const auto claimed = store_->change(
      "test"_point, now, [&](ResidentStore::Change& change) { return change.require_unclaimed(card_of(1)); });
  EXPECT_EQ(claimed.error().reason, Reason::input_invalid);
}

TEST_F(Register, AQueryThatNamesNoCardIsRefused) {
  for (auto change :
       {+[](v1::HouseholdQuery& q) { q.clear_issuer_key(); }, +[](v1::HouseholdQuery& q) { q.clear_serial(); },
        +[](v1::HouseholdQuery& q) { q.set_serial(std::string(21, 'x')); },
        +[](v1::HouseholdQuery& q) { q.set_serial(std::string(1, '\0')); },
        +[](v1::HouseholdQuery& q) { q.set_public_key_digest("short"); }}) {
    auto query = query_of(card_of(0));
    change(query);
    EXPECT_EQ(store_->read_household(query, now).error().reason, Reason::message_malformed);
  }
}

TEST_F(Register, TheLastRowOfAResidentIsInForce) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(0)}));
  auto changed = resident(0, 0);
  changed.resident.set_name("佐藤　健一");
  ASSERT_TRUE(put({changed}));
  const auto snapshot = read(card_of(0));
  ASSERT_EQ(snapshot.household().members_size(), 1);
  EXPECT_EQ(snapshot.household().head(), "佐藤　健一");
  EXPECT_EQ(snapshot.feed_position(), 2U);
}

TEST_F(Register, ASuppressionIsSeenByTheNextReadAndLiftedByItsOwnCauseOnly) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(0)}));
  const auto change = [&](auto work) { return store_->change("test"_point, now, work); };
  ASSERT_TRUE(change([](ResidentStore::Change& c) { return c.suppress(number(0), v1::SUPPRESSION_PROTECTED); }));
  ASSERT_TRUE(change([](ResidentStore::Change& c) { return c.suppress(number(0), v1::SUPPRESSION_PROTECTED); }));
  EXPECT_THAT(read(card_of(0)).household().members(0).suppressions(), testing::ElementsAre(v1::SUPPRESSION_PROTECTED));
  ASSERT_TRUE(change([](ResidentStore::Change& c) { return c.unsuppress(number(0), v1::SUPPRESSION_MOVING_OUT); }));
  EXPECT_EQ(read(card_of(0)).household().members(0).suppressions_size(), 1);
  ASSERT_TRUE(change([](ResidentStore::Change& c) { return c.unsuppress(number(0), v1::SUPPRESSION_PROTECTED); }));
  EXPECT_EQ(read(card_of(0)).household().members(0).suppressions_size(), 0);
  EXPECT_EQ(read(card_of(0)).feed_position(), 5U);
  EXPECT_FALSE(change([](ResidentStore::Change& c) { return c.suppress(number(5), v1::SUPPRESSION_BLOCKED); }))
      << "nobody has this number";
}

TEST_F(Register, LoadsWholeHouseholds) {
  const auto count = import({resident(0, 0), resident(1, 0, "妻"), resident(2, 1)}).value();
  EXPECT_EQ(count.residents, 3U);
  EXPECT_EQ(count.households, 2U);
  EXPECT_EQ(store_->feed_position().value(), 1U) << "one load is one change";
  EXPECT_EQ(residents_in_register(), 3U);
}

struct BadFile {
  const char* name;
  std::vector<ResidentRow> rows;
  const char* cause;
};

TEST_F(Register, ABadFileIsRefusedWholeWithItsLineAndNothingIsApplied) {
  auto elsewhere = resident(2, 0, "子");
  elsewhere.address = "東京都千代田区緑町";
  std::vector<ResidentRow> crowd{resident(0, 0)};
  for (int i = 1; i <= 64; ++i) crowd.push_back(resident(i, 0, "同居人"));
  const std::vector<BadFile> files{
      {"no head",
       {resident(0, 0), resident(1, 1, "妻"), resident(2, 1, "子")},
       "residents.csv: line 3, column 1 (household): the household has 0 heads"},
      {"two heads",
       {resident(0, 0), resident(1, 0)},
       "residents.csv: line 2, column 1 (household): the household has 2 heads"},
      {"one resident twice",
       {resident(0, 0), resident(0, 1)},
       "residents.csv: line 3, column 3 (number): this 宛名番号 stands on an earlier line"},
      {"two addresses",
       {resident(0, 0), elsewhere},
       "residents.csv: line 3, column 1 (household): another address than on line 2"},
      {"65 members", crowd, "residents.csv: line 66, column 1 (household): more than 64 members"},
      {"a broken row at the end",
       {resident(0, 0), resident(1, 1, "祖父")},
       "residents.csv: line 3, column 11 (relation): is no 続柄"},
  };
  for (const auto& file : files) {
    const auto refused = import(file.rows);
    ASSERT_FALSE(refused) << file.name;
    EXPECT_EQ(refused.error().reason, Reason::input_invalid);
    EXPECT_THAT(refused.error().cause, testing::StartsWith(file.cause)) << file.name;
    EXPECT_EQ(store_->feed_position().value(), 0U);
    EXPECT_EQ(residents_in_register(), 0U) << file.name;
  }
}

TEST_F(Register, AHouseholdThatNobodyLivesInAnyMoreNeedsNoHead) {
  auto moved = resident(0, 0, "妻");
  moved.resident.set_state(v1::RESIDENT_STATE_MOVED);
  EXPECT_TRUE(import({moved}));
}

TEST_F(Register, ACardOfNobodyIsRefusedWithItsLine) {
  const auto cards = write("cards.csv", fmt::format("issuer_key,serial,public_key_digest,number\r\n{},01,{},{}\r\n",
                                                    std::string(40, 'a'), std::string(64, 'b'), number(3)));
  const auto refused = import_files(*store_, write({resident(0, 0)}), cards, now, [](double, std::uint64_t) {});
  EXPECT_THAT(refused.error().cause, testing::StartsWith("cards.csv: line 2, column 4 (number): there is no resident"));
  EXPECT_EQ(residents_in_register(), 0U) << "nor were the residents loaded";
}

TEST_F(Register, CountsTheCardsThatTwoResidentsHave) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(0), card_of(1)}));
  EXPECT_EQ(import({resident(2, 2)})->ambiguous_cards, 1U);
}

// A disk without room is stood for by a limit on the size of files: the write fails in the same place.
TEST_F(Register, AFullDiskAppliesNothing) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(0)}));
  std::vector<ResidentRow> many;
  for (int i = 1; i < 3000; ++i) many.push_back(resident(i, i));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{256 * 1024, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto refused = put(many);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::storage_failed);
  EXPECT_EQ(store_->feed_position().value(), 1U);
  EXPECT_EQ(residents_in_register(), 1U);
  EXPECT_EQ(read(card_of(0)).mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_TRUE(put({resident(1, 1)})) << "and it goes on when there is room again";
}

TEST_F(Register, TwoProcessesShareOneFile) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(0)}));
  const auto command = ResidentStore::open(directory_ / "register.db").value();
  ASSERT_TRUE(command->change("test"_point, now,
                              [](ResidentStore::Change& c) { return c.suppress(number(0), v1::SUPPRESSION_BLOCKED); }));
  EXPECT_EQ(read(card_of(0)).household().members(0).suppressions_size(), 1) << "the serving process sees it at once";
}

}  // namespace
}  // namespace mado::registry
