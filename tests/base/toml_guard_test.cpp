// What toml++ may see: nothing outside ASCII but in strings and comments.
#include "base/toml_guard.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mado {
namespace {

std::string ascii_of(std::string_view text) { return toml_in_ascii(text).value_or("is no TOML"); }
std::size_t wrong_line(std::string_view text) {
  const auto ascii = toml_in_ascii(text);
  return ascii ? 0 : ascii.error();
}

TEST(TomlGuard, WritesAllCharactersOfStringsAsEscapes) {
  EXPECT_EQ(ascii_of("a = \"渡邉\""), R"(a = "\U00006E21\U00009089")");
  EXPECT_EQ(ascii_of("\"氏名\" = 1"), R"("\U00006C0F\U0000540D" = 1)");
  EXPECT_EQ(ascii_of("a = \"\"\"\n渡\n\"\"\""), "a = \"\"\"\n\\U00006E21\n\"\"\"");
  EXPECT_EQ(ascii_of("a = \"邉\U000E0102\""), R"(a = "\U00009089\U000E0102")") << "selectors too";
  EXPECT_EQ(ascii_of(R"(a = "\"渡")"), R"(a = "\"\U00006E21")");
}

TEST(TomlGuard, ALiteralStringBecomesABasicOne) {
  EXPECT_EQ(ascii_of(R"(a = 'b\"c')"), R"(a = 'b\"c')") << "it is in ASCII already";
  EXPECT_EQ(ascii_of(R"(a = '渡\n"邉')"), R"(a = "\U00006E21\\n\"\U00009089")");
  EXPECT_EQ(ascii_of("a = '''\n渡'\n'''"), "a = \"\"\"\n\\U00006E21'\n\"\"\"");
}

TEST(TomlGuard, ACommentLosesItsTextAndLinesStay) { EXPECT_EQ(ascii_of("# 住民票\na = 1 # é\n"), "#\na = 1 #\n"); }

TEST(TomlGuard, NamesTheLineOfACharacterThatStandsElsewhere) {
  EXPECT_EQ(wrong_line("あ = 1"), 1U);
  EXPECT_EQ(wrong_line("a = 1\nb = é"), 2U);
  EXPECT_EQ(wrong_line("a = \"\"\"\n\n\"\"\"　"), 3U) << "an ideographic space is no white space of TOML";
  EXPECT_EQ(wrong_line("a = \"b\"\n邉 = '''\n'''"), 2U);
}

TEST(TomlGuard, AStringOfOneLineEndsWithIt) {
  EXPECT_EQ(wrong_line("a = \"b\nあ"), 2U);
  EXPECT_EQ(wrong_line("a = 1\nb = \"あ\n"), 2U);
}

// Written as an escape, it would be another text.
TEST(TomlGuard, NoCharacterOutsideAsciiIsEscaped) { EXPECT_EQ(wrong_line("a = \"\\渡\""), 1U); }

// toml++ reads on over such a quote, and must not meet a character of what the guard takes for a string.
TEST(TomlGuard, WhatItTakesForAStringIsInAsciiWhereverItStands) {
  for (const auto* text : {"a = 1\"邉\"", "a = 0x'邉'", "a = 1 '邉'", "\"*=\"=2x=\"邉\"", "a\"邉\" = 1"})
    EXPECT_TRUE(std::ranges::all_of(ascii_of(text), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        << text;
}

TEST(TomlGuard, WantsUtf8Everywhere) {
  EXPECT_EQ(wrong_line("a = \"\xff\""), 1U);
  EXPECT_EQ(wrong_line("\n# \xe3\x81"), 2U);
}

}  // namespace
}  // namespace mado
