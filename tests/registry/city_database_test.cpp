// A city's own PostgreSQL as the source: its views answer as the files of their names, are checked at the start, and
// are only read.
#include "registry/edge/city_database.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.hpp"
#include "store/postgres_server.hpp"

namespace mado::registry {
namespace {

using testing::HasSubstr;

const Instant now{1'800'000'000'000};

// The city's tables: what a view of its own would be made from.
struct CityDatabaseTest : testing::Test {
  void SetUp() override {
    auto made = store::Database::connect(
        "test"_point, address_,
        "CREATE TABLE card (key TEXT, serial TEXT, digest TEXT, person TEXT, only_register TEXT);"
        "CREATE TABLE resident (household TEXT, number TEXT, name TEXT, relation TEXT, born DATE);"
        "CREATE TABLE seal (number TEXT, image BYTEA)");
    ASSERT_TRUE(made) << made.error().cause;
    city_ = std::move(*made);
    write("INSERT INTO card VALUES (?, '0132', ?, ?, '')",
          {to_hex(Bytes(20, 0xaa)), to_hex(Bytes(32, 0xbb)), number(0)});
    write("INSERT INTO resident VALUES (?, ?, '渡邉\U000E0102　健一', '世帯主', '1980-02-17')",
          {number(1000), number(0)});
    write("INSERT INTO resident VALUES (?, ?, '渡邉\U000E0102　花子', '妻', '1982-03-04')", {number(1000), number(1)});
    write("INSERT INTO resident VALUES (?, ?, '佐藤　一郎', '世帯主', '1970-01-01')", {number(1001), number(2)});
    write("INSERT INTO seal VALUES (?, ?)", {number(0), bytes_of(seal_image())});
  }
  void write(std::string_view sql, const std::vector<store::Value>& values = {}) {
    const auto done = city_->write("test"_point, sql, values);
    ASSERT_TRUE(done) << done.error().cause;
  }
  CityQueries queries() {
    CityQueries queries;
    queries.address = address_;
    queries.sql[RecordFile::cards] =
        "SELECT key AS \"発行者鍵\", serial AS \"シリアル番号\", digest AS \"公開鍵ダイジェスト\", person AS "
        "\"対象者番号\", only_register "
        "AS \"戸籍のみ\" FROM card WHERE key = $1 AND serial = $2";
    queries.sql[RecordFile::residents] = residents_query();
    queries.sql[RecordFile::seals] =
        "SELECT number AS \"宛名番号\", image AS \"印影\", 'A-1' AS \"印鑑登録番号\", 'registered' AS "
        "\"印鑑登録状態\", '2020-05-01' AS "
        "\"登録年月日\", NULL AS \"登録年月日_表記\", NULL AS \"氏名_カタカナ表記\" FROM seal WHERE number = $1";
    return queries;
  }
  // What the city's table has not is NULL.
  static std::string residents_query() {
    std::string columns;
    for (const auto& name : columns_of(RecordFile::residents).header()) {
      const auto from = name == "世帯番号"   ? "household"
                        : name == "住所"     ? "'東京都千代田区本町一丁目１番１号'"
                        : name == "宛名番号" ? "number"
                        : name == "住民状態" ? "'current'"
                        : name == "氏名"     ? "name"
                        : name == "生年月日" ? "born"
                        : name == "続柄"     ? "relation"
                                             : "NULL";
      columns += fmt::format("{}{} AS \"{}\"", columns.empty() ? "" : ", ", from, name);
    }
    return "SELECT " + columns + " FROM resident WHERE household = (SELECT household FROM resident WHERE number = $1)";
  }
  static v1::HouseholdQuery query(std::vector<v1::RecordKind> records = {}) {
    v1::HouseholdQuery query;
    query.set_issuer_key(std::string(20, '\xaa'));
    query.set_serial(std::string("\x01\x32", 2));
    query.set_public_key_digest(std::string(32, '\xbb'));
    for (const auto record : records) query.add_records(record);
    return query;
  }

  std::string address_ = store_tests::fresh_database();
  std::unique_ptr<store::Database> city_;
};

TEST_F(CityDatabaseTest, AnswersWithTheHouseholdOfTheCardsHolder) {
  const auto source = CityDatabase::open(queries()).value();
  const auto snapshot = source->read_household(query({v1::RECORD_KIND_SEAL}), now);
  ASSERT_TRUE(snapshot) << snapshot.error().cause;
  EXPECT_EQ(snapshot->mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_EQ(snapshot->holder(), number(0));
  EXPECT_EQ(snapshot->household().members_size(), 2);
  EXPECT_EQ(snapshot->household().head(), "渡邉\U000E0102　健一");
  EXPECT_EQ(snapshot->household().members(1).born().day(), "1982-03-04") << "a DATE is a day";
  EXPECT_EQ(snapshot->seal().SerializeAsString(), seal_of(number(0)).SerializeAsString());
  EXPECT_EQ(snapshot->freshness(1).heard_at(), now.milliseconds) << "nothing is copied";
  EXPECT_EQ(snapshot->feed_position(), static_cast<std::uint64_t>(now.milliseconds));
}

TEST_F(CityDatabaseTest, SeesAChangeWithTheNextQuestion) {
  const auto source = CityDatabase::open(queries()).value();
  ASSERT_TRUE(source->read_household(query(), now));
  write("DELETE FROM card");
  EXPECT_EQ(source->read_household(query(), now)->mapping(), v1::CARD_MAPPING_UNKNOWN);
}

TEST_F(CityDatabaseTest, ACardOfTwoResidentsIsAmbiguous) {
  write("INSERT INTO card SELECT key, serial, digest, ?, '' FROM card", {number(2)});
  EXPECT_EQ(CityDatabase::open(queries()).value()->read_household(query(), now)->mapping(), v1::CARD_MAPPING_AMBIGUOUS);
}

TEST_F(CityDatabaseTest, ARowThatNoFileMayHaveIsRefusedByQueryRowAndColumn) {
  write("UPDATE resident SET relation = '長男' WHERE number = ?", {number(1)});
  const auto refused = CityDatabase::open(queries()).value()->read_household(query(), now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::record_incomplete);
  EXPECT_THAT(refused.error().cause, testing::AllOf(HasSubstr("residents"), HasSubstr("(続柄)")));
}

TEST_F(CityDatabaseTest, AHouseholdWithoutItsHeadIsRefused) {
  write("UPDATE resident SET relation = '子' WHERE number = ?", {number(0)});
  EXPECT_EQ(CityDatabase::open(queries()).value()->read_household(query(), now).error().reason,
            Reason::record_incomplete);
}

TEST_F(CityDatabaseTest, EveryQueryIsCheckedAtTheStart) {
  struct Case {
    RecordFile file;
    const char* sql;
    const char* told;
  };
  for (const auto& c :
       {Case{RecordFile::cards, "SELECT nothing FROM nowhere", "city_database.sql.cards"},
        Case{RecordFile::cards, "SELECT key AS \"発行者鍵\" FROM card WHERE key = $1", "must take 2 parameters"},
        Case{RecordFile::cards, "SELECT key FROM card WHERE key = $1 AND serial = $2", "column 1 must be 発行者鍵"},
        Case{RecordFile::seals, "SELECT number AS \"宛名番号\" FROM seal WHERE number = $1",
             "column 2 must be 印影"}}) {
    auto broken = queries();
    broken.sql[c.file] = c.sql;
    const auto refused = CityDatabase::open(broken);
    ASSERT_FALSE(refused) << c.sql;
    EXPECT_EQ(refused.error().reason, Reason::configuration_invalid) << c.sql;
    EXPECT_THAT(refused.error().cause, HasSubstr(c.told));
  }
}

TEST_F(CityDatabaseTest, NothingIsEverWrittenThere) {
  auto writing = queries();
  writing.sql[RecordFile::cards] =
      "WITH gone AS (DELETE FROM card RETURNING *) SELECT key AS \"発行者鍵\", serial AS \"シリアル番号\", digest AS "
      "\"公開鍵ダイジェスト\", person AS \"対象者番号\", only_register AS \"戸籍のみ\" FROM gone WHERE key = $1 AND "
      "serial = $2";
  const auto source = CityDatabase::open(writing);
  if (source) {
    EXPECT_FALSE((*source)->read_household(query(), now));
  }
  std::int64_t cards = 0;
  ASSERT_TRUE(city_->query("SELECT count(*) FROM card", {}, [&](const store::Row& row) { cards = row.integer(0); }));
  EXPECT_EQ(cards, 1);
}

}  // namespace
}  // namespace mado::registry
