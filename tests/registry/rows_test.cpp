// Rows of files, and the rules for numbers, relations, dates, seals and vocabularies.
#include "registry/core/rows.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/core/check_digit.hpp"
#include "registry/core/relation.hpp"
#include "registry/core/written_date.hpp"
#include "sample.hpp"

namespace mado::registry {
namespace {

TEST(CheckDigit, Of個人番号IsRightForPublishedSamples) {
  for (const auto* text : {"379474484458", "454972364860", "507957100721", "123456789018"})
    EXPECT_TRUE(is_individual_number(text)) << text;
  for (const auto* text : {"379474484459", "37947448445", "3794744844580", "37947448445x", ""})
    EXPECT_FALSE(is_individual_number(text)) << text;
}

TEST(CheckDigit, Of住民票コードIsRightForPublishedSamples) {
  for (const auto* text : {"24727059608", "24846016224", "25208017643"}) EXPECT_TRUE(is_resident_code(text)) << text;
  for (const auto* text : {"24727059609", "2472705960", "247270596080", ""})
    EXPECT_FALSE(is_resident_code(text)) << text;
}

TEST(CheckDigit, EverySingleWrongDigitOf宛名番号IsFound) {
  const auto good = number(7);
  ASSERT_TRUE(is_register_number(good));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto changed = good;
      changed[at] = digit;
      EXPECT_EQ(is_register_number(changed), changed == good) << changed;
    }
  }
}

TEST(CheckDigit, ANumberWhoseDigitWouldBeTenIsNeverGiven) {
  int passed_over = 0;
  for (std::uint64_t sequence = 1; sequence <= 1100; ++sequence) passed_over += register_number(sequence) ? 0 : 1;
  EXPECT_EQ(passed_over, 100);
  EXPECT_FALSE(register_number(100'000'000'000'000ULL)) << "14 digits and no more";
}

TEST(Relation, IsOfTheClosedGrammar) {
  for (const auto* text : {"世帯主", "夫", "妻（未届）", "子", "子の妻", "子の子の子の子", "妻の父の母", "子（子の夫）",
                           "縁故者", "同居人", "父の妹の子"}) {
    EXPECT_TRUE(is_relation(text)) << text;
  }
  for (const auto* text : {"", "祖父", "孫", "長男", "おじ", "甥", "子の子の子の子の子", "子の", "の子", "子の世帯主",
                           "妻(未届)", "子 の子", "世帯主の妻"}) {
    EXPECT_FALSE(is_relation(text)) << text;
  }
}

TEST(WrittenDate, EachOfThe14FormsOf不詳日Stands) {
  for (const auto* written :
       {"令和２年頃", "令和2年3月頃", "令和2年3月4日頃", "推定令和2年3月4日", "推定令和2年3月", "令和元年春",
        "令和2年3月上旬", "令和2年3月中旬頃", "年月日不詳", "昭和29年　月日不詳", "昭和29年3月 日不詳",
        "令和2年3月4日から3月8日頃までの間", "令和2年3月推定4日から8日までの間", "令和2年3月4日頃から8日頃までの間"}) {
    EXPECT_EQ(why_no_date("", written), "") << written;
    EXPECT_EQ(why_no_date("1954-07-01", written), "") << "with a day to reckon with: " << written;
  }
}

TEST(WrittenDate, StandsAsItWasWritten) {
  EXPECT_EQ(why_no_date("1926-12-25", "大正15年12月25日"), "");
  EXPECT_EQ(why_no_date("1926-12-25", "昭和元年12月25日"), "") << "one day in two eras";
  EXPECT_EQ(why_no_date("1912-07-30", "明治45年7月30日"), "");
  EXPECT_EQ(why_no_date("", "平成3年2月29日"), "") << "no day of the calendar";
  EXPECT_EQ(why_no_date("1991-03-01", "平成３年２月２９日"), "") << "and the day that programs reckon with";
  EXPECT_EQ(why_no_date("1990-04-01", "1990年4月1日"), "");
  EXPECT_EQ(why_no_date("1990-04-01", "西暦１９９０年４月１日"), "");
}

TEST(WrittenDate, NothingElseStands) {
  EXPECT_NE(why_no_date("1980-02-30", ""), "");
  EXPECT_NE(why_no_date("19800217", ""), "");
  EXPECT_NE(why_no_date("1980-02-18", "昭和55年2月17日"), "") << "another day than it names";
  for (const auto* written : {"不明", "令和", "令和2年13月1日", "令和2年3月32日", "令和0年1月1日", "万延元年1月1日",
                              "昭和55年2月17日 ", "およそ昭和55年", "令和2年梅雨"}) {
    EXPECT_NE(why_no_date("", written), "") << written;
  }
  EXPECT_NE(why_no_date("", std::string(121, '1')), "");
}

std::string header(RecordFile file) { return fmt::format("{}\r\n", fmt::join(columns_of(file).header(), ",")); }

Outcome<ResidentRow> read(const std::string& line) {
  const auto text = header(RecordFile::residents) + line;
  MADO_TRY(reader, RecordReader::begin(text, "residents.csv", RecordFile::residents));
  MADO_TRY(row, next_resident(reader));
  return *std::move(row);
}

TEST(ResidentRow, ReadsBackWhatItWrites) {
  auto row = resident(0, 0);
  row.resident.mutable_born()->set_day("");
  row.resident.mutable_born()->set_written("昭和２９年 月日不詳");
  row.resident.set_individual_number("123456789018");
  row.resident.set_resident_code("24727059608");
  row.resident.set_order(3);
  row.resident.set_former_surname("齋藤");
  row.resident.mutable_leaving()->mutable_on()->set_day("2026-12-01");
  row.resident.mutable_leaving()->set_destination("大阪府吹田市泉町一丁目３番４０号");
  row.resident.add_suppressions(v1::SUPPRESSION_PROTECTED);
  row.resident.add_suppressions(v1::SUPPRESSION_MOVING_OUT);
  const auto again = read(write_resident(row)).value();
  EXPECT_EQ(again.household, row.household);
  EXPECT_EQ(again.address, row.address);
  EXPECT_EQ(again.resident.SerializeAsString(), row.resident.SerializeAsString());
}

TEST(ResidentRow, NamesAreNeverNormalised) {
  auto row = resident(0, 0);
  const std::string compatibility = "\uFA19\U0002F800か\u3099";  // would be folded by NFC
  row.resident.set_name(compatibility);
  EXPECT_EQ(read(write_resident(row))->resident.name(), compatibility);
}

ResidentRow foreigner() {
  auto row = resident(0, 0);
  auto& foreign = *row.resident.mutable_foreign();
  row.resident.set_name("ZHANG YULIN");
  foreign.set_name_kanji("張　玉蓮");
  foreign.set_alias("長谷川　玉子");
  foreign.set_nationality("中国");
  foreign.set_category(v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM);
  foreign.set_status("永住者");
  foreign.mutable_expires()->set_day("2030-05-06");
  foreign.set_card_number("AB12345678CD");
  return row;
}

TEST(ResidentRow, AForeignResidentHasNeitherA本籍NorA旧氏) {
  EXPECT_EQ(read(write_resident(foreigner()))->resident.SerializeAsString(), foreigner().resident.SerializeAsString());
  struct Case {
    const char* column;
    void (*change)(v1::Resident&);
  };
  for (const auto& c :
       {Case{"在留区分", [](auto& r) { r.mutable_foreign()->clear_category(); }},
        Case{"本籍", [](auto& r) { r.set_family_register("東京都"); }},
        Case{"旧氏", [](auto& r) { r.set_former_surname("張"); }},
        Case{"住民となった年月日", [](auto& r) { r.mutable_resident_since()->set_day("2020-01-01"); }}}) {
    auto row = foreigner();
    c.change(row.resident);
    EXPECT_THAT(read(write_resident(row)).error().cause, testing::HasSubstr(fmt::format("({})", c.column)));
  }
}

TEST(ResidentRow, RefusesEachBrokenField) {
  struct Case {
    std::string column;
    std::string value;
  };
  const std::vector<Case> cases{
      {"世帯番号", "000000000000018"},
      {"世帯番号", ""},
      {"宛名番号", "12345"},
      {"住所", ""},
      {"住所_方書", "ハイツ１０１"},
      {"並び順", "first"},
      {"並び順", "-1"},
      {"並び順", "99999999999"},
      {"住民状態", "alive"},
      {"住民状態", ""},
      {"性別", "男"},
      {"氏名", ""},
      {"氏名", std::string(401, 'a')},
      {"続柄", ""},
      {"続柄", "長男"},
      {"個人番号", "123456789019"},
      {"住民票コード", "24727059609"},
      {"生年月日", "1980-02-30"},
      {"生年月日", "19800217"},
      {"住民となった年月日", "令和元年"},
      {"届出年月日_表記", std::string(121, 'a')},
      {"転出先住所_予定", "大阪府"},
      {"抑止理由", "secret"},
      {"抑止理由", "blocked protected"},
      {"氏名", "\"two\nlines\""},
  };
  const auto& names = columns_of(RecordFile::residents).header();
  for (const auto& c : cases) {
    const auto at = static_cast<std::size_t>(std::ranges::find(names, c.column) - names.begin());
    ASSERT_LT(at, names.size()) << c.column;
    const auto good = write_resident(resident(0, 0));
    CsvReader reader(good, "");
    auto fields = reader.next()->value().fields;
    fields[at] = c.value;
    const auto refused = read(fmt::format("{}", fmt::join(fields, ",")));
    ASSERT_FALSE(refused) << c.column << " " << c.value;
    const auto told = c.column == "転出先住所_予定" ? std::string("(転出予定年月日)")
                                                    : fmt::format("column {} ({}): ", at + 1, c.column);
    EXPECT_THAT(refused.error().cause,
                testing::AllOf(testing::StartsWith("residents.csv: line 2, column "), testing::HasSubstr(told)));
  }
}

TEST(ResidentRow, NeedsADateOfBirthAsADayOrInWords) {
  auto row = resident(0, 0);
  row.resident.mutable_born()->clear_day();
  EXPECT_THAT(read(write_resident(row)).error().cause, testing::HasSubstr("a date is needed"));
  row.resident.mutable_born()->set_written("年月日不詳");
  EXPECT_TRUE(read(write_resident(row)));
}

TEST(ResidentRow, ARefusalNeverRepeatsWhatTheFieldHolds) {
  auto row = resident(0, 0, "秘密の続柄");
  EXPECT_THAT(read(write_resident(row)).error().cause, testing::Not(testing::HasSubstr("秘密")));
}

TEST(Header, MustBeComplete) {
  const auto refused = [](const std::string& text) {
    return !RecordReader::begin(text, "residents.csv", RecordFile::residents);
  };
  const auto good = header(RecordFile::residents);
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("世帯番号,宛名番号\r\n"));
  EXPECT_TRUE(refused(good.substr(0, good.size() - 2) + ",more\r\n"));
  EXPECT_FALSE(refused(good));
}

TEST(Header, OfEveryFileNamesEachColumnOnce) {
  for (int i = 0; i <= static_cast<int>(RecordFile::suppressions); ++i) {
    const auto& names = columns_of(static_cast<RecordFile>(i)).header();
    EXPECT_LE(names.size(), most_csv_fields) << name_of(static_cast<RecordFile>(i));
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size())
        << name_of(static_cast<RecordFile>(i));
  }
}

TEST(CardRow, RefusesEachBrokenField) {
  const std::string issuer(40, 'a');
  const std::string digest(64, 'b');
  const auto read_line = [](const std::string& line) -> Outcome<CardRow> {
    const auto text = header(RecordFile::cards) + line;
    MADO_TRY(reader, RecordReader::begin(text, "cards.csv", RecordFile::cards));
    MADO_TRY(row, next_card(reader));
    return row->card;
  };
  EXPECT_TRUE(read_line(fmt::format("{},0132c4ab,{},{},", issuer, digest, number(0))));
  EXPECT_TRUE(read_line(fmt::format("{},0132c4ab,{},K-17,1", issuer, digest))) << "the number in the 戸籍";
  EXPECT_FALSE(read_line(fmt::format("{},0132c4ab,{},{},", issuer.substr(2), digest, number(0))))
      << "issuer key too short";
  EXPECT_FALSE(read_line(fmt::format("{},0032c4ab,{},{},", issuer, digest, number(0)))) << "a leading zero";
  EXPECT_FALSE(read_line(fmt::format("{},,{},{},", issuer, digest, number(0)))) << "no serial";
  EXPECT_FALSE(read_line(fmt::format("{},{},{},{},", issuer, std::string(42, '1'), digest, number(0)))) << "21 bytes";
  EXPECT_FALSE(read_line(fmt::format("{},0132c4ab,{}zz,{},", issuer, digest.substr(2), number(0))))
      << "not hexadecimal";
  EXPECT_FALSE(read_line(fmt::format("{},0132c4ab,{},1,", issuer, digest))) << "no 宛名番号";
}

}  // namespace
}  // namespace mado::registry
