// A synthetic city: the same from the same seed, loadable, and full of families that make sense.
#include "registry/core/synthesis.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "registry/core/check_digit.hpp"
#include "registry/core/household_check.hpp"
#include "registry/core/relation.hpp"

namespace mado::registry {
namespace {

SyntheticCity city(std::uint64_t seed = 1, std::string code = "131016", std::uint64_t residents = 3000) {
  return {std::move(code), "東京都", "千代田区", seed, residents, *parse_day("2026-04-01")};
}

std::vector<ResidentRow> made(const SyntheticCity& of) {
  std::vector<ResidentRow> rows;
  synthesise(of, [&](const ResidentRow& row) { rows.push_back(row); });
  return rows;
}

std::map<std::string, std::vector<ResidentRow>> households(const std::vector<ResidentRow>& rows) {
  std::map<std::string, std::vector<ResidentRow>> found;
  for (const auto& row : rows) found[row.household].push_back(row);
  return found;
}

std::string text(const std::vector<ResidentRow>& rows) {
  std::string lines;
  for (const auto& row : rows) lines += write_resident(row) + "\n";
  return lines;
}

TEST(Synthesis, GivesTheSameCityForTheSameSeedAndAnotherForAnother) {
  const auto first = text(made(city()));
  EXPECT_EQ(first, text(made(city())));
  EXPECT_NE(first, text(made(city(2))));
  EXPECT_NE(first, text(made(city(1, "131024"))));
}

TEST(Synthesis, MakesRowsThatTheLoaderTakes) {
  const auto rows = made(city());
  EXPECT_GE(rows.size(), 3000U);
  HouseholdCheck check("synthetic");
  auto file = fmt::format("{}\n", fmt::join(columns_of(RecordFile::residents).header(), ","));
  std::set<std::string> numbers;
  for (const auto& row : rows) {
    file += write_resident(row) + "\n";
    EXPECT_TRUE(check.add(row));
    EXPECT_TRUE(numbers.insert(row.resident.number()).second);
    EXPECT_TRUE(is_individual_number(row.resident.individual_number()));
  }
  EXPECT_TRUE(check.finish());
  auto reader = RecordReader::begin(file, "synthetic", RecordFile::residents).value();
  for (std::size_t read = 0;; ++read) {
    const auto row = next_resident(reader);
    ASSERT_TRUE(row) << row.error().cause;
    if (*row) continue;
    EXPECT_EQ(read, rows.size());
    break;
  }
}

TEST(Synthesis, BeginsEveryCityWithTheKnownHouseholds) {
  for (const auto* code : {"131016", "271004"}) {
    const auto rows = made(city(7, code, 17));
    ASSERT_EQ(rows.size(), 17U) << "five and twelve";
    EXPECT_EQ(rows[0].resident.name(), "渡邉\U000E0102　健一");
    EXPECT_EQ(rows[0].resident.relation(), head_of_household);
    EXPECT_TRUE(rows[0].resident.suppressions().empty());
    EXPECT_FALSE(rows[0].resident.previous_address().empty());
    EXPECT_EQ(rows[4].household, rows[0].household);
    EXPECT_NE(rows[5].household, rows[0].household);
    EXPECT_EQ(rows[16].household, rows[5].household);
  }
}

TEST(Synthesis, MakesHouseholdsOfAllSizesFromOneToNine) {
  std::map<std::size_t, int> sizes;
  for (const auto& [number, members] : households(made(city(1, "131016", 30'000)))) ++sizes[members.size()];
  for (std::size_t size = 1; size <= 7; ++size) EXPECT_GT(sizes[size], 0) << size;
  EXPECT_EQ(sizes[12], 1);
  EXPECT_LE(sizes.rbegin()->first, 12U);
}

// Days compare as their texts do.
bool fits(const v1::Resident& person, const v1::Resident& head) {
  const auto& relation = person.relation();
  if (relation == "子") return person.born().day() > head.born().day();
  if (relation == "父" || relation == "母") return person.born().day() < head.born().day();
  if (relation == "妻" || relation == "夫") return person.sex() != head.sex();
  if (relation == "妹") return person.sex() == v1::SEX_FEMALE;
  return true;
}

TEST(Synthesis, MakesFamiliesThatMakeSense) {
  for (const auto& [number, members] : households(made(city(3, "131016", 10'000)))) {
    const auto& head = members.front().resident;
    ASSERT_EQ(head.relation(), head_of_household);
    for (const auto& row : members) {
      const auto& person = row.resident;
      EXPECT_LT(person.born().day(), "2026-04-01");
      EXPECT_GT(person.born().day(), "1910-01-01");
      EXPECT_FALSE(person.family_register().empty());
      EXPECT_FALSE(person.register_head().empty());
      EXPECT_TRUE(fits(person, head)) << person.relation();
      EXPECT_EQ(person.notified().day().empty(), person.previous_address().empty())
          << "only a newcomer came from somewhere";
      EXPECT_LE(person.born().day(), person.resident_since().day());
    }
  }
}

TEST(Synthesis, PutsAFewHouseholdsUnderProtection) {
  int suppressed = 0;
  for (const auto& row : made(city(1, "131016", 20'000))) suppressed += row.resident.suppressions_size();
  EXPECT_GT(suppressed, 5);
  EXPECT_LT(suppressed, 200);
}

}  // namespace
}  // namespace mado::registry
