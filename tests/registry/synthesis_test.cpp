// A synthetic city: the same from the same seed, and full of families that make sense.
#include "registry/core/synthesis.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "registry/core/check_digit.hpp"
#include "registry/core/record_check.hpp"
#include "registry/core/relation.hpp"
#include "registry/core/seal_image.hpp"
#include "registry/core/synthesis_seal.hpp"
#include "synthetic_city.hpp"

namespace mado::registry {
namespace {

std::vector<ResidentRow> residents(const SyntheticCity& of) {
  std::vector<ResidentRow> rows;
  synthesise_residents(of, [&](const ResidentRow& row) { rows.push_back(row); });
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
  const auto first = text(residents(city_of(3000)));
  EXPECT_EQ(first, text(residents(city_of(3000))));
  EXPECT_NE(first, text(residents(city_of(3000, 2))));
  EXPECT_NE(first, text(residents(city_of(3000, 1, "131024"))));
}

TEST(Synthesis, BeginsALargeCityLikeASmallOne) {
  const auto large = text(residents(city_of(3000)));
  EXPECT_TRUE(large.starts_with(text(residents(city_of(500)))));
}

TEST(Synthesis, GivesEachNumberOnce) {
  std::set<std::string> numbers;
  std::set<std::string> individual;
  std::set<std::string> codes;
  for (const auto& row : residents(city_of(20'000))) {
    const auto& resident = row.resident;
    EXPECT_TRUE(numbers.insert(resident.number()).second);
    EXPECT_TRUE(individual.insert(resident.individual_number()).second);
    EXPECT_TRUE(codes.insert(resident.resident_code()).second);
    EXPECT_TRUE(is_individual_number(resident.individual_number()));
    EXPECT_TRUE(is_resident_code(resident.resident_code()));
  }
}

TEST(Synthesis, BeginsEveryCityWithTheKnownHouseholds) {
  for (const auto* code : {"131016", "271004"}) {
    const auto rows = residents(city_of(17, 7, code));
    ASSERT_EQ(rows.size(), 17U) << "five and twelve";
    EXPECT_EQ(rows[0].resident.name(), "渡邉\U000E0102　健一");
    EXPECT_EQ(rows[0].resident.relation(), head_of_household);
    EXPECT_FALSE(rows[0].resident.previous_address().empty());
    EXPECT_EQ(rows[4].household, rows[0].household);
    EXPECT_NE(rows[5].household, rows[0].household);
    EXPECT_EQ(rows[16].household, rows[5].household);
    constexpr KnownPerson first_household[]{KnownPerson::kenichi, KnownPerson::yumiko, KnownPerson::hina,
                                            KnownPerson::hiroto, KnownPerson::kazuko};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(rows[i].resident.number(), number_of(first_household[i]));
    EXPECT_EQ(rows[5].resident.number(), number_of(KnownPerson::masao));
    EXPECT_EQ(rows[5].resident.name(), "高橋　正雄");
    for (const auto& row : rows) EXPECT_TRUE(row.resident.suppressions().empty() && !row.resident.has_leaving());
  }
}

TEST(Synthesis, GivesTheKnownPeopleWhatEveryCertificateNeeds) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto all = whole_city(city_of(17, seed));
    const auto newest = newest_tax_year(city_of(17).today);
    const auto tax = [&](KnownPerson person) { return all.tax_record(number_of(person), newest); };
    ASSERT_NE(tax(KnownPerson::kenichi), nullptr);
    EXPECT_GT(tax(KnownPerson::kenichi)->annual_tax(), 0) << "課税証明書";
    ASSERT_NE(tax(KnownPerson::kazuko), nullptr);
    EXPECT_EQ(tax(KnownPerson::kazuko)->standing(), v1::TAX_STANDING_ASSESSED);
    EXPECT_EQ(tax(KnownPerson::kazuko)->annual_tax(), 0) << "非課税証明書";
    ASSERT_NE(tax(KnownPerson::yumiko), nullptr);
    EXPECT_EQ(tax(KnownPerson::yumiko)->standing(), v1::TAX_STANDING_DEPENDANT);
    for (const auto person : {KnownPerson::kenichi, KnownPerson::kazuko, KnownPerson::masao}) {
      const auto number = number_of(person);
      EXPECT_EQ(all.seals.at(number).record.state(), v1::SEAL_STATE_REGISTERED);
      EXPECT_TRUE(all.stands_in.contains(number)) << "戸籍";
      EXPECT_NE(all.tax_record(number, newest - 1), nullptr);
    }
    EXPECT_GE(all.stands_in.at(number_of(KnownPerson::masao))->persons_size(), 4);
  }
}

TEST(Synthesis, MakesHouseholdsOfAllSizesFromOneToNine) {
  std::map<std::size_t, int> sizes;
  for (const auto& [number, members] : households(residents(city_of(30'000)))) ++sizes[members.size()];
  for (std::size_t size = 1; size <= 7; ++size) EXPECT_GT(sizes[size], 0) << size;
  EXPECT_EQ(sizes[12], 1);
  EXPECT_LE(sizes.rbegin()->first, 12U);
}

// Days compare as their texts do; who has none to reckon with fits everywhere.
bool fits(const v1::Resident& person, const v1::Resident& head) {
  const auto& relation = person.relation();
  if (person.born().day().empty() || head.born().day().empty()) return true;
  if (relation == "子") return person.born().day() > head.born().day();
  if (relation == "父" || relation == "母") return person.born().day() < head.born().day();
  const bool both_recorded = person.sex() != v1::SEX_UNSPECIFIED && head.sex() != v1::SEX_UNSPECIFIED;
  if (relation == "妻" || relation == "夫") return !both_recorded || person.sex() != head.sex();
  if (relation == "妹") return person.sex() != v1::SEX_MALE;
  return true;
}

TEST(Synthesis, MakesFamiliesThatMakeSense) {
  for (const auto& [number, members] : households(residents(city_of(10'000, 3)))) {
    const auto& head = members.front().resident;
    ASSERT_EQ(head.relation(), head_of_household);
    for (const auto& row : members) {
      const auto& person = row.resident;
      EXPECT_LT(person.born().day(), "2026-04-01");
      EXPECT_TRUE(person.born().day().empty() || person.born().day() > "1910-01-01");
      EXPECT_EQ(person.family_register().empty(), person.has_foreign());
      EXPECT_EQ(person.register_head().empty(), person.has_foreign());
      EXPECT_TRUE(fits(person, head)) << person.relation();
      EXPECT_EQ(person.notified().day().empty(), person.previous_address().empty())
          << "only a newcomer came from somewhere";
      EXPECT_TRUE(person.has_foreign() || person.born().day() <= person.resident_since().day());
    }
  }
}

TEST(Synthesis, DrawsSealsThatTheRegisterTakes) {
  std::set<std::string> images;
  int designs = 0;
  for (const auto shape : {SealDesign::Shape::round, SealDesign::Shape::square, SealDesign::Shape::oval}) {
    for (const auto& [width, height] : std::vector<std::pair<int, int>>{{189, 189}, {283, 402}, {591, 591}}) {
      for (int style = 0; style < 4; ++style) {
        for (const auto* text : {"渡邉\U000E0102", "林", "左衛門三郎", "張　玉蓮"}) {
          const auto image = draw_seal({shape, width, height, text, style});
          EXPECT_EQ(why_no_seal_image(view_of(image)), "") << text;
          images.insert(image);
          ++designs;
        }
      }
    }
  }
  EXPECT_EQ(static_cast<int>(images.size()), designs * 6 / 9)
      << "each looks different, but that round is oval by its sides";
}

TEST(Synthesis, DrawsTheCharactersThatItIsGiven) {
  std::vector<std::string> asked;
  const auto whole = [&](std::string_view character, int side) {
    asked.emplace_back(character);
    return std::vector<bool>(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), true);
  };
  const SealDesign design{SealDesign::Shape::round, 283, 283, "渡邉\U000E0102　健", 0};
  const auto image = draw_seal(design, whole);
  EXPECT_EQ(asked, (std::vector<std::string>{"渡", "邉\U000E0102", "健"}));
  EXPECT_NE(image, draw_seal(design));
  EXPECT_EQ(why_no_seal_image(view_of(image)), "");
}

}  // namespace
}  // namespace mado::registry
