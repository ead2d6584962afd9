// CSV, strictly: what is read, and what is refused where.
#include "registry/core/csv.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace mado::registry {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Outcome<Rows> read(std::string_view text) {
  CsvReader reader(text, "f.csv");
  Rows rows;
  while (true) {
    MADO_TRY(row, reader.next());
    if (!row) return rows;
    rows.push_back(row->fields);
  }
}

TEST(Csv, ReadsWhatRfc4180Allows) {
  EXPECT_EQ(read("").value(), Rows{});
  EXPECT_EQ(read("a,b\r\nc,d\r\n").value(), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(read("a,b\nc,d").value(), (Rows{{"a", "b"}, {"c", "d"}})) << "LF alone, and no end of the last line";
  EXPECT_EQ(read("a,\r\n,\r\n").value(), (Rows{{"a", ""}, {"", ""}}));
  EXPECT_EQ(read("\"a,\"\"b\"\"\r\nc\",d\r\n").value(), (Rows{{"a,\"b\"\r\nc", "d"}}));
  EXPECT_EQ(read("\xef\xbb\xbf渡邉\U000E0102,b\r\n").value(), (Rows{{"渡邉\U000E0102", "b"}}))
      << "byte order mark, variation selector";
}

TEST(Csv, RefusesWithFileLineColumnAndReason) {
  struct Case {
    const char* name;
    std::string text;
    const char* where;
  };
  const std::vector<Case> cases{
      {"a quote inside a plain field", "a,b\r\nc,d\"e\r\n", "f.csv: line 2, column 2: a quote"},
      {"text after a closing quote", "a,\"b\"c\r\n", "f.csv: line 1, column 2: something follows"},
      {"a quote that is not closed", "a,b\r\n\"c,d\r\n", "f.csv: line 2, column 1: a quoted field is not closed"},
      {"a lone carriage return", "a,b\rc,d\r\n", "f.csv: line 1, column 2: a carriage return"},
      {"too few columns", "a,b\r\nc\r\n", "f.csv: line 2, column 1: 1 columns where the first line has 2"},
      {"too many columns", "a,b\r\nc,d,e\r\n", "f.csv: line 2, column 3: 3 columns"},
      {"an empty line", "a,b\r\n\r\nc,d\r\n", "f.csv: line 2, column 1: 1 columns"},
      {"no UTF-8", "a,\xff\r\n", "f.csv: line 1, column 2: the field is not UTF-8"},
      {"Shift_JIS", "a,\x8e\x52\r\n", "f.csv: line 1, column 2: the field is not UTF-8"},
      {"an overlong zero", "a,\xc0\x80\r\n", "f.csv: line 1, column 2: the field is not UTF-8"},
      {"half a surrogate pair", "a,\xed\xa0\x80\r\n", "f.csv: line 1, column 2: the field is not UTF-8"},
      {"a zero byte", std::string("a,b\0c\r\n", 7), "f.csv: line 1, column 2: the field holds a control character"},
      {"a tab", "a,b\tc\r\n", "f.csv: line 1, column 2: the field holds a control character"},
      {"the line after a quoted line break", "\"a\nb\",c\r\nd\r\n", "f.csv: line 3, column 1: 1 columns"},
      {"a field over its bound", std::string(longest_csv_field + 1, 'a'),
       "f.csv: line 1, column 1: the field is too long"},
      {"a quoted field over its bound", "\"" + std::string(longest_csv_field + 1, 'a') + "\"",
       "f.csv: line 1, column 1: the field is too long"},
      {"a column over its bound", std::string(most_csv_fields, ','), "f.csv: line 1, column 65: too many columns"},
  };
  for (const auto& c : cases) {
    const auto rows = read(c.text);
    ASSERT_FALSE(rows) << c.name;
    EXPECT_EQ(rows.error().reason, Reason::input_invalid);
    EXPECT_EQ(rows.error().cause.substr(0, std::string_view(c.where).size()), c.where) << c.name;
  }
}

TEST(Csv, TakesFieldsAndRowsUpToTheirBounds) {
  EXPECT_TRUE(read(std::string(longest_csv_field, 'a')));
  EXPECT_EQ(read(std::string(most_csv_fields - 1, ','))->front().size(), most_csv_fields);
}

TEST(Csv, ReadsBackWhatItWrites) {
  for (const std::string value : {"", "plain", "a,b", "say \"yes\"", "two\r\nlines", "渡邉\U000E0102　健一"}) {
    EXPECT_EQ(read(csv_field(value) + ",x").value(), (Rows{{value, "x"}})) << value;
  }
}

}  // namespace
}  // namespace mado::registry
