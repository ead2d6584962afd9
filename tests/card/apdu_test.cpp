#include "card/apdu.hpp"

#include <gtest/gtest.h>

#include "card/jpki.hpp"

namespace mado::card {
namespace {

std::string hex(const CommandApdu& command) { return to_hex(command.encoded().reveal()); }

TEST(CommandApdu, IsWrittenAsOpenClientsOfTheJpkiApplicationWriteIt) {
  EXPECT_EQ(hex(CommandApdu::select_application(jpki::application_id)), "00a4040c0ad392f000260100000001");
  EXPECT_EQ(hex(CommandApdu::select_file(jpki::authentication_pin)), "00a4020c020018");
  EXPECT_EQ(hex(CommandApdu::verify_query()), "00200080");
  EXPECT_EQ(hex(CommandApdu::verify(view_of("1234"))), "002000800431323334");
  EXPECT_EQ(hex(CommandApdu::change_reference_data(view_of("4321"))), "002401800434333231");
  EXPECT_EQ(hex(CommandApdu::read_binary(0x0100, 256)), "00b0010000");
  EXPECT_EQ(hex(CommandApdu::get_response(128)), "00c0000080");
  const Bytes digest_info(51, 0x30);
  EXPECT_EQ(hex(CommandApdu::compute_digital_signature(digest_info)), "802a008033" + to_hex(digest_info) + "00");
}

TEST(CommandApdu, TakesExtendedFieldsOnlyWhereShortOnesDoNotSuffice) {
  EXPECT_EQ(hex(CommandApdu::read_binary(0, 257)), "00b00000000101");
  EXPECT_EQ(hex(CommandApdu::read_binary(0, 65536)), "00b00000000000");
  const Bytes long_data(256, 0x11);
  EXPECT_EQ(hex(CommandApdu::compute_digital_signature(long_data)), "802a0080000100" + to_hex(long_data) + "0100");
}

struct Case {
  const char* name;
  const char* wire;
  std::size_t data;
  std::optional<std::uint32_t> expected;
};

TEST(CommandApdu, ReadsAllCasesShortAndExtended) {
  const Case cases[] = {
      {"1", "00200080", 0, std::nullopt},
      {"2S", "00b0000010", 0, 16},
      {"2S, zero is 256", "00b0000000", 0, 256},
      {"3S", "00a4020c020018", 2, std::nullopt},
      {"4S", "802a008001aa00", 1, 256},
      {"2E", "00b00000000200", 0, 512},
      {"2E, zero is 65536", "00b00000000000", 0, 65536},
      {"3E", "00a4020c0000020018", 2, std::nullopt},
      {"4E", "802a0080000001aa0100", 1, 256},
      {"4E, zero is 65536", "802a0080000001aa0000", 1, 65536},
  };
  for (const auto& one : cases) {
    const auto parsed = CommandApdu::parse(from_hex(one.wire).value());
    ASSERT_TRUE(parsed) << one.name << ": " << parsed.error();
    EXPECT_EQ(parsed->data.reveal().size(), one.data) << one.name;
    EXPECT_EQ(parsed->expected, one.expected) << one.name;
  }
}

TEST(CommandApdu, RefusesLengthsThatDoNotMatch) {
  for (const auto* wire : {"", "00", "0020", "002000", "00200080023132333435", "002000800431", "0020008000",
                           "802a00800000", "802a0080000002aa", "802a00800000001122", "802a0080000001aa01"}) {
    const auto bytes = from_hex(wire).value();
    const bool case_2 = bytes.size() == 5;
    EXPECT_EQ(CommandApdu::parse(bytes).has_value(), case_2) << wire;
  }
  EXPECT_FALSE(CommandApdu::parse(Bytes(4 + 3 + 65535 + 2 + 1)));
}

TEST(CommandApdu, WhatIsWrittenIsReadBack) {
  for (const std::size_t size : {0UL, 1UL, 255UL, 256UL, 65535UL}) {
    for (const std::optional<std::uint32_t> expected :
         {std::optional<std::uint32_t>{}, {1U}, {256U}, {257U}, {65536U}}) {
      CommandApdu command{0x80, 0x2A, 0x01, 0x02, Sensitive{Bytes(size, 0x7F)}, expected};
      const auto parsed = CommandApdu::parse(command.encoded().reveal());
      ASSERT_TRUE(parsed) << size << ": " << parsed.error();
      EXPECT_EQ(parsed->data.reveal().size(), size);
      EXPECT_EQ(parsed->expected, expected) << size;
      EXPECT_EQ(parsed->p2, 0x02);
    }
  }
}

TEST(ResponseApdu, EndsInAStatus) {
  const auto parsed = ResponseApdu::parse(from_hex("0102039000").value());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->data, (Bytes{1, 2, 3}));
  EXPECT_EQ(parsed->sw, 0x9000);
  EXPECT_EQ(to_hex(parsed->encoded()), "0102039000");
}

TEST(ResponseApdu, RefusesWhatIsNoAnswer) {
  for (const auto* wire : {"", "90", "0000", "6000", "ffff", "010203"}) {
    EXPECT_FALSE(ResponseApdu::parse(from_hex(wire).value())) << wire;
  }
  EXPECT_TRUE(ResponseApdu::parse(Bytes(65536 + 2, 0x90)));
  EXPECT_FALSE(ResponseApdu::parse(Bytes(65536 + 3, 0x90)));
}

}  // namespace
}  // namespace mado::card
