// What only a server does: it is started anew under a program that goes on, and belongs to somebody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/database.hpp"
#include "store/postgres_server.hpp"

namespace mado::store_tests {
namespace {

using store::Database;
using store::Row;

struct Postgres : testing::Test {
  std::unique_ptr<Database> open() {
    return Database::connect("test"_point, address_, "CREATE TABLE IF NOT EXISTS line (said TEXT)").value();
  }
  std::int64_t lines(Database& database) {
    std::int64_t count = -1;
    EXPECT_TRUE(database.query("SELECT count(*) FROM line", {}, [&](const Row& row) { count = row.integer(0); }));
    return count;
  }
  std::string address_ = fresh_database();
};

TEST_F(Postgres, AProgramGoesOnAfterTheServerWasStartedAnew) {
  const auto database = open();
  ASSERT_TRUE(database->write("test"_point, "INSERT INTO line VALUES ('a')"));
  restart_server();
  EXPECT_EQ(lines(*database), 1) << "a question connects again";
  restart_server();
  EXPECT_TRUE(database->write("test"_point, "INSERT INTO line VALUES ('b')")) << "and so does a change";
  EXPECT_EQ(lines(*database), 2);
}

TEST_F(Postgres, ATransactionWhoseServerDiesIsRefusedAndNothingOfItIsThere) {
  const auto database = open();
  EXPECT_FALSE(database->transaction("test"_point, [](Database::Writer& writer) -> Outcome<void> {
    MADO_CHECK(writer.run("INSERT INTO line VALUES ('a')"));
    restart_server();
    return {};
  }));
  EXPECT_TRUE(database->outcome_unknown()) << "the commit was sent, and nobody answered";
  EXPECT_EQ(lines(*database), 0);
}

TEST_F(Postgres, OfSomebodyElseCanOnlyBeRead) {
  ASSERT_TRUE(open()->write("test"_point, "INSERT INTO line VALUES ('a')"));
  const auto theirs = Database::connect_read_only(address_).value();
  EXPECT_FALSE(theirs->write("test"_point, "INSERT INTO line VALUES ('b')"));
  EXPECT_FALSE(theirs->query("WITH more AS (INSERT INTO line VALUES ('b') RETURNING said) SELECT said FROM more", {},
                             [](const Row&) {}));
  std::int64_t found = 0;
  EXPECT_TRUE(theirs->query("SELECT said FROM line WHERE said = $1", {std::string("a")}, [&](const Row&) { ++found; }));
  EXPECT_EQ(found, 1) << "in PostgreSQL's own words";
  EXPECT_EQ(lines(*theirs), 1);
}

TEST_F(Postgres, ATextWithAZeroByteIsRefused) {
  EXPECT_FALSE(open()->write("test"_point, "INSERT INTO line VALUES (?)", {std::string("a\0b", 3)}));
}

TEST(NoPostgres, IsToldWithItsAddressAndNoMore) {
  const auto refused = Database::connect("test"_point, "host=/nowhere dbname=register", "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::storage_failed);
  EXPECT_THAT(refused.error().cause, testing::HasSubstr("/nowhere"));
}

}  // namespace
}  // namespace mado::store_tests
