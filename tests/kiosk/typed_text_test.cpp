// What a citizen types on the screen, key by key: katakana with its marks, a day of birth, a telephone number.
#include <gtest/gtest.h>

#include "kiosk/core/typed_digits.hpp"
#include "kiosk/core/typed_kana.hpp"

namespace mado::kiosk {
namespace {

using Mark = TypedKana::Mark;

TypedKana typed(std::initializer_list<const char*> keys) {
  TypedKana kana;
  for (const auto* key : keys) EXPECT_TRUE(kana.type(key)) << key;
  return kana;
}

TEST(TypedKana, TakesTheKeysOfTheKeyboard) {
  EXPECT_EQ(typed({"ワ", "タ", "ナ", "ヘ", "　", "ケ", "ン", "ー"}).text(), "ワタナヘ　ケンー");
}

TEST(TypedKana, TakesNothingElse) {
  TypedKana kana;
  for (const auto* key :
       {"", "a", "1", "あ", "漢", "ｱ", "ガ", "パ", "ッ", "アイ", "イウエ", " ", "\n", "\xe3\x82", "ヷ"})
    EXPECT_FALSE(kana.type(key)) << key;
  EXPECT_TRUE(kana.text().empty());
}

struct Marking {
  const char* plain;
  Mark mark;
  const char* marked;
};

TEST(TypedKana, AMarkChangesTheLastCharacterAndIsTakenAwayAgain) {
  for (const auto& [plain, mark, marked] :
       {Marking{"カ", Mark::voiced, "ガ"}, Marking{"ト", Mark::voiced, "ド"}, Marking{"ウ", Mark::voiced, "ヴ"},
        Marking{"ハ", Mark::voiced, "バ"}, Marking{"ホ", Mark::half_voiced, "ポ"}, Marking{"ツ", Mark::small, "ッ"},
        Marking{"ヨ", Mark::small, "ョ"}}) {
    auto kana = typed({"ア", plain});
    EXPECT_TRUE(kana.mark(mark));
    EXPECT_EQ(kana.text(), std::string("ア") + marked);
    EXPECT_TRUE(kana.mark(mark));
    EXPECT_EQ(kana.text(), std::string("ア") + plain);
  }
}

TEST(TypedKana, AnotherMarkTakesTheFirstOnesPlace) {
  auto kana = typed({"ハ"});
  kana.mark(Mark::voiced);
  EXPECT_TRUE(kana.mark(Mark::half_voiced));
  EXPECT_EQ(kana.text(), "パ");
  kana = typed({"ツ"});
  kana.mark(Mark::small);
  EXPECT_TRUE(kana.mark(Mark::voiced));
  EXPECT_EQ(kana.text(), "ヅ");
}

TEST(TypedKana, ACharacterThatTakesNoMarkStaysAsItIs) {
  for (const auto& [plain, mark] :
       {std::pair{"ア", Mark::voiced}, std::pair{"カ", Mark::half_voiced}, std::pair{"カ", Mark::small},
        std::pair{"ン", Mark::voiced}, std::pair{"ー", Mark::small}}) {
    auto kana = typed({plain});
    EXPECT_FALSE(kana.mark(mark));
    EXPECT_EQ(kana.text(), plain);
  }
  EXPECT_FALSE(TypedKana{}.mark(Mark::voiced));
}

TEST(TypedKana, ASpaceStandsBetweenTwoNamesOnly) {
  TypedKana kana;
  EXPECT_FALSE(kana.type("　")) << "not at the beginning";
  kana = typed({"ア", "　"});
  EXPECT_FALSE(kana.type("　")) << "not twice";
  EXPECT_FALSE(kana.mark(Mark::voiced));
  EXPECT_FALSE(kana.complete()) << "not at the end";
  kana.type("イ");
  EXPECT_TRUE(kana.complete());
}

TEST(TypedKana, ErasesOneCharacterAtATime) {
  auto kana = typed({"ア", "　", "イ"});
  EXPECT_TRUE(kana.erase());
  EXPECT_EQ(kana.text(), "ア　");
  kana.erase();
  kana.erase();
  EXPECT_FALSE(kana.erase());
  EXPECT_FALSE(kana.complete());
}

TEST(TypedKana, TakesSixtyCharactersAndNotOneMore) {
  TypedKana kana;
  for (std::size_t i = 0; i < TypedKana::most_characters; ++i) EXPECT_TRUE(kana.type("ア"));
  EXPECT_FALSE(kana.type("ア"));
  EXPECT_FALSE(kana.type("　"));
  EXPECT_EQ(kana.characters(), 60U);
  EXPECT_EQ(kana.text().size(), 180U) << "within the contract's 400 bytes";
}

const Day today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{21}};

std::string day_of(std::int64_t era, std::string_view digits) {
  TypedDate date{eras_of_japan()};
  EXPECT_TRUE(date.choose_era(era));
  for (const char digit : digits) EXPECT_TRUE(date.type(std::string_view(&digit, 1)));
  const auto day = date.day(today);
  return day ? iso_text(*day) : "none";
}

TEST(TypedDate, IsADayInItsEra) {
  EXPECT_EQ(day_of(3, "630211"), "1988-02-11");
  EXPECT_EQ(day_of(1, "450730"), "1912-07-30");
  EXPECT_EQ(day_of(2, "151225"), "1926-12-25");
  EXPECT_EQ(day_of(3, "011225"), "1926-12-25") << "a day of two eras";
  EXPECT_EQ(day_of(4, "310430"), "2019-04-30");
  EXPECT_EQ(day_of(5, "081121"), "2026-11-21") << "today";
  EXPECT_EQ(day_of(TypedDate::western, "20000229"), "2000-02-29");
}

TEST(TypedDate, IsNoDayOutsideItsEraTheCalendarOrThePast) {
  EXPECT_EQ(day_of(4, "310501"), "none") << "平成 had ended (lesson 大阪)";
  EXPECT_EQ(day_of(5, "010430"), "none") << "令和 had not begun";
  EXPECT_EQ(day_of(3, "630230"), "none");
  EXPECT_EQ(day_of(3, "631301"), "none");
  EXPECT_EQ(day_of(3, "000101"), "none") << "there is no year 0";
  EXPECT_EQ(day_of(TypedDate::western, "20010229"), "none");
  EXPECT_EQ(day_of(TypedDate::western, "00000000"), "none");
  EXPECT_EQ(day_of(TypedDate::western, "18000101"), "none") << "before the first era";
  EXPECT_EQ(day_of(5, "081122"), "none") << "tomorrow";
  EXPECT_EQ(day_of(3, "63021"), "none") << "a digit is missing";
}

TEST(TypedDate, AnotherEraKeepsTheDigitsUntilTheYearIsWrittenDifferently) {
  TypedDate date{eras_of_japan()};
  for (const auto* digit : {"6", "3", "0"}) date.type(digit);
  EXPECT_TRUE(date.choose_era(4));
  EXPECT_EQ(date.digits(), "630");
  EXPECT_TRUE(date.choose_era(TypedDate::western));
  EXPECT_EQ(date.digits(), "");
  EXPECT_FALSE(date.choose_era(6));
  EXPECT_FALSE(date.choose_era(-1));
  EXPECT_EQ(date.era(), TypedDate::western);
}

TEST(TypedDigits, TakesDigitsAsFarAsItsLimit) {
  TypedDigits digits(2);
  for (const auto* key : {"", "a", "12", "-", "１"}) EXPECT_FALSE(digits.type(key)) << key;
  EXPECT_TRUE(digits.type("0"));
  EXPECT_TRUE(digits.type("9"));
  EXPECT_FALSE(digits.type("1"));
  EXPECT_EQ(digits.text(), "09");
  EXPECT_TRUE(digits.erase());
  EXPECT_TRUE(digits.erase());
  EXPECT_FALSE(digits.erase());
}

TEST(Telephone, HasTenDigitsOrElevenAndBeginsWithZero) {
  EXPECT_TRUE(is_telephone("0312345678"));
  EXPECT_TRUE(is_telephone("09012345678"));
  EXPECT_FALSE(is_telephone("031234567"));
  EXPECT_FALSE(is_telephone("3123456789"));
  EXPECT_FALSE(is_telephone(""));
}

}  // namespace
}  // namespace mado::kiosk
