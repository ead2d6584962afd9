// What toml++ may see: nothing outside ASCII but in strings and comments.
#include "base/toml_guard.hpp"

#include <gtest/gtest.h>

namespace mado {
namespace {

TEST(TomlGuard, LetsAllCharactersStandInStringsAndComments) {
  for (const auto* text : {"", "a = 1\n", "a = \"渡邉\"", "a = '渡邉'", "# 住民票\na = 1", "a = \"\"\"\n渡\n邉\"\"\"",
                           "a = '''渡'邉''' # 写し", R"(a = "\"渡" # é)", "\"氏名\" = 1", R"(a = """渡""""")"}) {
    EXPECT_FALSE(line_not_toml(text)) << text;
  }
}

TEST(TomlGuard, NamesTheLineOfACharacterThatStandsElsewhere) {
  EXPECT_EQ(line_not_toml("あ = 1"), 1U);
  EXPECT_EQ(line_not_toml("a = 1\nb = é"), 2U);
  EXPECT_EQ(line_not_toml("a = \"\"\"\n\n\"\"\"　"), 3U) << "an ideographic space is no white space of TOML";
  EXPECT_EQ(line_not_toml("a = \"b\"\n邉 = '''\n'''"), 2U);
}

// toml++ reads on over such a quote, and then meets what it takes to be in a string no more.
TEST(TomlGuard, AStringBeginsAKeyOrAValueAndNothingElse) {
  for (const auto* text : {"a = 1\"邉\"", "a = 0x'邉'", "a = 1 '邉'", "a = \"b\" \"邉\"", "a = ]\"邉\"", "a\"邉\" = 1"})
    EXPECT_EQ(line_not_toml(text), 1U) << text;
  for (const auto* text : {"\"邉\" = '邉'", "a.'邉' = 1", "a = ['邉', \"邉\",\n'邉']", "a = {\"邉\" = '邉'}", "['邉']",
                           "a = 1 # \"邉\"\n'邉' = 1", "a = 1\r\n'邉' = 1"})
    EXPECT_FALSE(line_not_toml(text)) << text;
}

TEST(TomlGuard, AStringOfOneLineEndsWithIt) { EXPECT_EQ(line_not_toml("a = \"b\nあ"), 2U); }

TEST(TomlGuard, WantsUtf8Everywhere) {
  EXPECT_EQ(line_not_toml("a = \"\xff\""), 1U);
  EXPECT_EQ(line_not_toml("\n# \xe3\x81"), 2U);
}

}  // namespace
}  // namespace mado
