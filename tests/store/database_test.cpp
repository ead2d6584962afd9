// What every database of ours keeps to: nothing is written past a crash point, and a transaction is all or nothing.
#include "store/database.hpp"

#include <gtest/gtest.h>

#include "trust/temporary_directory.hpp"

namespace mado::store {
namespace {

struct Databases : testing::Test {
  std::unique_ptr<Database> open() {
    return Database::open("test"_point, directory_ / "a.db", "CREATE TABLE IF NOT EXISTS line (said TEXT UNIQUE)")
        .value();
  }
  std::int64_t lines() {
    std::int64_t count = -1;
    EXPECT_TRUE(open()->query("SELECT count(*) FROM line", {}, [&](const Row& row) { count = row.integer(0); }));
    return count;
  }
  trust::TemporaryDirectory directory_;
};

TEST_F(Databases, AQueryThatWouldWriteIsRefused) {
  const auto database = open();
  for (const auto* sql : {"INSERT INTO line VALUES ('a')", "INSERT INTO line VALUES ('a') RETURNING said",
                          "DELETE FROM line", "DROP TABLE line"}) {
    const auto refused = database->query(sql, {}, [](const Row&) {});
    ASSERT_FALSE(refused) << sql;
    EXPECT_EQ(refused.error().reason, Reason::storage_failed);
  }
  EXPECT_EQ(lines(), 0);
}

TEST_F(Databases, ATransactionIsAllOrNothing) {
  const auto database = open();
  const auto refused = database->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    return refuse(Reason::input_invalid, "no");
  });
  EXPECT_EQ(refused.error().reason, Reason::input_invalid);
  EXPECT_EQ(lines(), 0);
  EXPECT_TRUE(database->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    return writer.run("INSERT INTO line VALUES (?)", {std::string("b")});
  }));
  EXPECT_EQ(lines(), 2);
}

TEST_F(Databases, AViolatedConstraintIsToldApart) {
  const auto database = open();
  ASSERT_TRUE(database->write("test"_point, "INSERT INTO line VALUES ('a')"));
  EXPECT_FALSE(database->write("test"_point, "INSERT INTO line VALUES ('a')"));
  EXPECT_TRUE(database->unique_violation());
  EXPECT_FALSE(database->write("test"_point, "INSERT INTO nowhere VALUES ('a')"));
  EXPECT_FALSE(database->unique_violation());
}

}  // namespace
}  // namespace mado::store
