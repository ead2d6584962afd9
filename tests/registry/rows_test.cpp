// One row of the files that a register is loaded from, and the rules for numbers and relations.
#include "registry/core/rows.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/core/check_digit.hpp"
#include "registry/core/columns.hpp"
#include "registry/core/relation.hpp"
#include "sample.hpp"

namespace mado::registry {
namespace {

TEST(CheckDigit, Of個人番号IsRightForPublishedSamples) {
  for (const auto* text : {"379474484458", "454972364860", "507957100721", "123456789018"})
    EXPECT_TRUE(is_individual_number(text)) << text;
  for (const auto* text : {"379474484459", "37947448445", "3794744844580", "37947448445x", ""})
    EXPECT_FALSE(is_individual_number(text)) << text;
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

std::string header() { return fmt::format("{}\r\n", fmt::join(resident_header(), ",")); }

Outcome<ResidentRow> read(const std::string& line) {
  const auto text = header() + line;
  CsvReader reader(text, "residents.csv");
  MADO_CHECK(check_header(reader, resident_header()));
  MADO_TRY(row, reader.next());
  return read_resident(reader, row.value());
}

TEST(ResidentRow, ReadsBackWhatItWrites) {
  auto row = resident(0, 0);
  row.resident.mutable_born()->set_day("");
  row.resident.mutable_born()->set_written("昭和２９年月日不詳");
  row.resident.set_individual_number("123456789018");
  row.resident.set_order(3);
  row.resident.set_former_surname("齋藤");
  row.resident.add_suppressions(v1::SUPPRESSION_PROTECTED);
  row.resident.add_suppressions(v1::SUPPRESSION_MOVING_OUT);
  const auto again = read(write_resident(row)).value();
  EXPECT_EQ(again.household, row.household);
  EXPECT_EQ(again.address, row.address);
  EXPECT_EQ(again.resident.SerializeAsString(), row.resident.SerializeAsString());
}

TEST(ResidentRow, RefusesEachBrokenField) {
  struct Case {
    std::string column;
    std::string value;
  };
  const std::vector<Case> cases{
      {"household", "000000000000018"},
      {"household", ""},
      {"number", "12345"},
      {"address", ""},
      {"order", "first"},
      {"order", "-1"},
      {"order", "99999999999"},
      {"state", "alive"},
      {"sex", "男"},
      {"name", ""},
      {"name", std::string(401, 'a')},
      {"relation", ""},
      {"relation", "長男"},
      {"individual_number", "123456789019"},
      {"born", "1980-02-30"},
      {"born", "19800217"},
      {"resident_since", "令和元年"},
      {"notified_written", std::string(121, 'a')},
      {"suppressions", "secret"},
      {"name", "\"two\nlines\""},
  };
  const auto& names = resident_header();
  for (const auto& c : cases) {
    const auto at = static_cast<std::size_t>(std::ranges::find(names, c.column) - names.begin());
    ASSERT_LT(at, names.size()) << c.column;
    const auto good = write_resident(resident(0, 0));
    CsvReader reader(good, "");
    auto fields = reader.next()->value().fields;
    fields[at] = c.value;
    const auto refused = read(fmt::format("{}", fmt::join(fields, ",")));
    ASSERT_FALSE(refused) << c.column << " " << c.value;
    EXPECT_THAT(refused.error().cause,
                testing::StartsWith(fmt::format("residents.csv: line 2, column {} ({}): ", at + 1, c.column)));
  }
}

TEST(ResidentRow, NeedsADateOfBirthAsADayOrInWords) {
  auto row = resident(0, 0);
  row.resident.mutable_born()->clear_day();
  EXPECT_THAT(read(write_resident(row)).error().cause, testing::HasSubstr("a date of birth is needed"));
  row.resident.mutable_born()->set_written("年月日不詳");
  EXPECT_TRUE(read(write_resident(row)));
}

TEST(ResidentRow, ARefusalNeverRepeatsWhatTheFieldHolds) {
  auto row = resident(0, 0, "秘密の続柄");
  EXPECT_THAT(read(write_resident(row)).error().cause, testing::Not(testing::HasSubstr("秘密")));
}

TEST(Header, MustBeComplete) {
  const auto refused = [](const std::string& text) {
    CsvReader reader(text, "residents.csv");
    return !check_header(reader, resident_header());
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("household,number\r\n"));
  EXPECT_TRUE(refused(header().substr(0, header().size() - 2) + ",more\r\n"));
  EXPECT_FALSE(refused(header()));
}

TEST(CardRow, RefusesEachBrokenField) {
  const std::string issuer(40, 'a');
  const std::string digest(64, 'b');
  const auto read_line = [](const std::string& line) -> Outcome<CardRow> {
    const auto text = "issuer_key,serial,public_key_digest,number\r\n" + line;
    CsvReader reader(text, "cards.csv");
    MADO_CHECK(check_header(reader, card_header()));
    MADO_TRY(row, reader.next());
    return read_card(reader, row.value());
  };
  EXPECT_TRUE(read_line(fmt::format("{},0132c4ab,{},{}", issuer, digest, number(0))));
  EXPECT_FALSE(read_line(fmt::format("{},0132c4ab,{},{}", issuer.substr(2), digest, number(0))))
      << "issuer key too short";
  EXPECT_FALSE(read_line(fmt::format("{},0032c4ab,{},{}", issuer, digest, number(0)))) << "a leading zero";
  EXPECT_FALSE(read_line(fmt::format("{},,{},{}", issuer, digest, number(0)))) << "no serial";
  EXPECT_FALSE(read_line(fmt::format("{},{},{},{}", issuer, std::string(42, '1'), digest, number(0)))) << "21 bytes";
  EXPECT_FALSE(read_line(fmt::format("{},0132c4ab,{}zz,{}", issuer, digest.substr(2), number(0)))) << "not hexadecimal";
  EXPECT_FALSE(read_line(fmt::format("{},0132c4ab,{},1", issuer, digest))) << "no 宛名番号";
}

}  // namespace
}  // namespace mado::registry
