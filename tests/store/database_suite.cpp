// What every database of ours keeps to: nothing is written past a crash point, a transaction is all or nothing and
// alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "store/either_database.hpp"

namespace mado::store_tests {
namespace {

using store::Database;
using store::Row;
using store::Value;

constexpr std::string_view schema =
    "CREATE TABLE IF NOT EXISTS line (said TEXT UNIQUE); "
    "CREATE TABLE IF NOT EXISTS kept (number BIGINT PRIMARY KEY, word TEXT, bytes BYTEA)";

class Databases : public testing::Test {
 protected:
  std::unique_ptr<Database> open() { return open_(schema); }
  std::int64_t lines() {
    std::int64_t count = -1;
    EXPECT_TRUE(open()->query("SELECT count(*) FROM line", {}, [&](const Row& row) { count = row.integer(0); }));
    return count;
  }
  Opener open_ = fresh();
  std::unique_ptr<Database> database_ = open();
};

TEST_F(Databases, ValuesComeBackAsTheyWent) {
  const Bytes every_byte = [] {
    Bytes bytes(256);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
    return bytes;
  }();
  const std::string name = "渡邉\U000E0102 \"o'clock\" ? \\x41";
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO kept (number, word, bytes) VALUES (?, ?, ?)",
                               {std::int64_t{INT64_MIN}, name, every_byte}));
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO kept (number, word, bytes) VALUES (?, ?, ?)",
                               {std::int64_t{INT64_MAX}, nullptr, Bytes{}}));
  std::vector<std::int64_t> numbers;
  ASSERT_TRUE(database_->query("SELECT number, word, bytes FROM kept ORDER BY number", {}, [&](const Row& row) {
    const bool first = numbers.empty();
    numbers.push_back(row.integer(0));
    EXPECT_EQ(row.is_null(1), !first);
    EXPECT_EQ(row.text(1), first ? name : "") << "a NULL reads as empty";
    EXPECT_EQ(row.blob(2), first ? every_byte : Bytes{});
    EXPECT_FALSE(row.is_null(2)) << "no bytes are not NULL";
  }));
  EXPECT_THAT(numbers, testing::ElementsAre(INT64_MIN, INT64_MAX));
}

TEST_F(Databases, AQuestionMarkInQuotesIsNoPlace) {
  std::string said;
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO line (said) VALUES ('?')"));
  ASSERT_TRUE(database_->query("SELECT said FROM line WHERE said = '?' AND said <> ?", {std::string("a")},
                               [&](const Row& row) { said = row.text(0); }));
  EXPECT_EQ(said, "?");
}

TEST_F(Databases, AQueryThatWouldWriteIsRefused) {
  for (const auto* sql : {"INSERT INTO line VALUES ('a')", "INSERT INTO line VALUES ('a') RETURNING said",
                          "DELETE FROM line", "DROP TABLE line"}) {
    const auto refused = database_->query(sql, {}, [](const Row&) {});
    ASSERT_FALSE(refused) << sql;
    EXPECT_EQ(refused.error().reason, Reason::storage_failed);
  }
  EXPECT_EQ(lines(), 0);
}

TEST_F(Databases, ATransactionIsAllOrNothing) {
  const auto refused = database_->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    return refuse(Reason::input_invalid, "no");
  });
  EXPECT_EQ(refused.error().reason, Reason::input_invalid);
  EXPECT_EQ(lines(), 0);
  EXPECT_TRUE(database_->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    return writer.run("INSERT INTO line VALUES (?)", {std::string("b")});
  }));
  EXPECT_EQ(lines(), 2);
}

TEST_F(Databases, ATransactionWithAFailedStatementCannotBeCommitted) {
  const auto refused = database_->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    EXPECT_FALSE(writer.run("INSERT INTO line VALUES ('a')"));
    return {};
  });
  EXPECT_EQ(refused.error().reason, Reason::storage_failed);
  EXPECT_EQ(lines(), 0);
  EXPECT_TRUE(database_->write("test"_point, "INSERT INTO line VALUES ('b')")) << "and the next one goes on";
}

TEST_F(Databases, ATransactionReadsWhatItHasWritten) {
  std::int64_t seen = 0;
  ASSERT_TRUE(database_->transaction("test"_point, [&](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    return database_->query("SELECT count(*) FROM line", {}, [&](const Row& row) { seen = row.integer(0); });
  }));
  EXPECT_EQ(seen, 1);
}

TEST_F(Databases, AViolatedConstraintIsToldApart) {
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO line VALUES ('a')"));
  EXPECT_FALSE(database_->write("test"_point, "INSERT INTO line VALUES ('a')"));
  EXPECT_TRUE(database_->unique_violation());
  EXPECT_FALSE(database_->write("test"_point, "INSERT INTO nowhere VALUES ('a')"));
  EXPECT_FALSE(database_->unique_violation());
  EXPECT_FALSE(database_->outcome_unknown());
}

TEST_F(Databases, AViolationInsideATransactionIsToldAfterIt) {
  EXPECT_FALSE(database_->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    return writer.run("INSERT INTO line VALUES ('a')");
  }));
  EXPECT_TRUE(database_->unique_violation());
}

TEST_F(Databases, ARefusalNeverQuotesWhatARowHolds) {
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO line VALUES ('secret')"));
  for (const auto* sql : {"INSERT INTO line VALUES ('secret')", "SELECT secret"}) {
    const auto refused = database_->write("test"_point, sql);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().cause, testing::Not(testing::HasSubstr("secret")));
  }
}

TEST_F(Databases, SaysHowManyRowsAStatementChanged) {
  for (const auto* said : {"a", "b", "c"})
    ASSERT_TRUE(database_->write("test"_point, "INSERT INTO line VALUES (?)", {std::string(said)}));
  ASSERT_TRUE(database_->write("test"_point, "UPDATE line SET said = said || '!' WHERE said <> 'b'"));
  EXPECT_EQ(database_->changes(), 2);
  ASSERT_TRUE(database_->transaction("test"_point, [&](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("DELETE FROM line WHERE said = 'nobody'"));
    EXPECT_EQ(database_->changes(), 0);
    return {};
  }));
}

TEST_F(Databases, ASnapshotDoesNotSeeWhatIsCommittedMeanwhile) {
  const auto other = open();
  const auto count = [&] {
    std::int64_t seen = -1;
    EXPECT_TRUE(database_->query("SELECT count(*) FROM line", {}, [&](const Row& row) { seen = row.integer(0); }));
    return seen;
  };
  ASSERT_TRUE(database_->snapshot([&]() -> Outcome<void> {
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(other->write("test"_point, "INSERT INTO line VALUES ('a')"));
    EXPECT_EQ(count(), 0);
    return {};
  }));
  EXPECT_EQ(count(), 1);
}

// Each of two writers adds one to what it reads: nothing is lost, since one waits for the other.
TEST_F(Databases, WritersFollowOneAnother) {
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO kept (number, word) VALUES (0, '')"));
  const auto other = open();
  const auto add = [](Database& database) {
    return database.transaction("test"_point, [&](Database::Writer& writer) -> Outcome<void> {
      std::int64_t last = 0;
      MADO_CHECK(database.query("SELECT max(number) FROM kept", {}, [&](const Row& row) { last = row.integer(0); }));
      return writer.run("INSERT INTO kept (number, word) VALUES (?, '')", {last + 1});
    });
  };
  constexpr int times = 50;
  std::thread first([&] {
    for (int i = 0; i < times; ++i) EXPECT_TRUE(add(*database_));
  });
  for (int i = 0; i < times; ++i) EXPECT_TRUE(add(*other));
  first.join();
  std::int64_t last = 0;
  ASSERT_TRUE(other->query("SELECT max(number) FROM kept", {}, [&](const Row& row) { last = row.integer(0); }));
  EXPECT_EQ(last, 2 * times);
}

TEST_F(Databases, TellsTheShapeOfAStatementWithoutRunningIt) {
  const auto shape = database_->shape_of("SELECT number, word AS said FROM kept WHERE number = ? AND word = ?").value();
  EXPECT_EQ(shape.parameters, 2);
  EXPECT_THAT(shape.columns, testing::ElementsAre("number", "said"));
  EXPECT_FALSE(database_->shape_of("SELECT nothing FROM nowhere"));
}

TEST_F(Databases, TheSchemaMayBeThereAlready) {
  ASSERT_TRUE(database_->write("test"_point, "INSERT INTO line VALUES ('a')"));
  open();
  EXPECT_EQ(lines(), 1);
}

}  // namespace
}  // namespace mado::store_tests
