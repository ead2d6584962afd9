// What is asked of the registers is found by indexes: it costs SQLite the very same number of instructions in a city of
// 100 and after 1,500 more have come. Time would tell that only on a quiet machine.
#include "registers_of_test.hpp"
#include "synthetic_city.hpp"

namespace mado::registry {
namespace {

constexpr std::uint64_t few = 100;
constexpr std::uint64_t many = 1600;

struct IndexesTest : RegistersTest {
  void put_part(const CityPart& part) {
    const auto put = [&](Change& c) -> Outcome<void> {
      for (const auto& row : part.residents) MADO_CHECK(c.put_resident(row));
      for (const auto& seal : part.seals) MADO_CHECK(c.put_seal(seal.resident, seal_of(seal)));
      for (const auto& record : part.family_registers) MADO_CHECK(c.put_family_register(record));
      for (const auto& record : part.supplements) MADO_CHECK(c.put_supplement(record));
      for (const auto& card : part.cards) MADO_CHECK(c.put_card(card));
      for (const auto& row : part.suppressions) MADO_CHECK(c.suppress(row.person, row.record, row.cause));
      return {};
    };
    const auto done = change(put);
    ASSERT_TRUE(done) << done.error().cause;
  }
  static v1::SealRegistration seal_of(const SyntheticSeal& seal) {
    auto record = seal.record;
    record.set_image(seal_image());
    return record;
  }

  // Both halves of one city: so nobody has the number of somebody else.
  void put_the_first() {
    for (; put_ < city_.parts.size() && residents_ < few; ++put_) put_next();
  }
  void put_the_rest() {
    for (; put_ < city_.parts.size(); ++put_) put_next();
  }
  void put_next() {
    const auto& part = city_.parts[put_];
    residents_ += part.residents.size();
    put_part(part);
    if (residents_ <= few) cards_.insert(cards_.end(), part.cards.begin(), part.cards.end());
  }

  std::int64_t instructions_to_read_all(const std::vector<v1::RecordKind>& records) {
    const auto before = registers_->database().instructions();
    for (const auto& card : cards_) read(card, records);
    return registers_->database().instructions() - before;
  }

  const WholeCity city_ = whole_city(city_of(many));
  std::size_t put_ = 0;
  std::uint64_t residents_ = 0;
  std::vector<CardRow> cards_;  // of the first half
};

const std::vector<v1::RecordKind> everything{v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER,
                                             v1::RECORD_KIND_SUPPLEMENT};

TEST_F(IndexesTest, FindWhatAHouseholdHasHoweverManyOthersThereAre) {
  put_the_first();
  ASSERT_GT(cards_.size(), few / 2);
  const auto in_a_small_city = instructions_to_read_all(everything);
  put_the_rest();
  EXPECT_EQ(instructions_to_read_all(everything), in_a_small_city);
}

TEST_F(IndexesTest, AreMissedWhereOneIsMissing) {
  ASSERT_TRUE(registers_->database().write("test"_point, "DROP INDEX standing_resident"));
  put_the_first();
  const auto in_a_small_city = instructions_to_read_all(everything);
  put_the_rest();
  EXPECT_GT(instructions_to_read_all(everything), in_a_small_city);
}

}  // namespace
}  // namespace mado::registry
