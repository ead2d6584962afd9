#include "card/jpki_card.hpp"

#include <gtest/gtest.h>

#include "tests/card/specimen_card.hpp"

namespace mado::card {
namespace {

Sensitive<std::string> pin(const std::string& text) { return Sensitive{text}; }

class JpkiCardTest : public testing::Test {
 protected:
  RememberedMemory memory_;
  VirtualCard card_ = VirtualCard::open(specimen_memory(), memory_).value();
  FunctionReader reader_{[this](ByteView command) -> Outcome<Bytes> { return card_.answer(command); }};
};

TEST_F(JpkiCardTest, GoesTheWayOfOneApplication) {
  auto card = JpkiCard::begin(reader_).value();
  EXPECT_EQ(card.label().value(), "JPKIAPICCTOKEN2");
  EXPECT_EQ(card.tries_left(jpki::authentication).value(), 3U);
  ASSERT_TRUE(card.verify(jpki::authentication, pin("1234")));
  EXPECT_EQ(card.read_certificate(jpki::authentication).value(), looks_like_certificate(1740));
  const Bytes digest_info(51, 0x30);
  EXPECT_EQ(card.sign(jpki::authentication, digest_info).value(), specimen_key().sign(digest_info).value());
  card.end();
  EXPECT_EQ(reader_.commands.back(), CommandApdu::select_application(jpki::application_id).encoded().reveal());
  EXPECT_EQ(reader_.times_off, 1);
  EXPECT_EQ(card.label().error().reason, Reason::card_removed_early) << "nothing goes on after the end";
}

TEST_F(JpkiCardTest, TheSignatureSlotIsReadAfterItsPin) {
  auto card = JpkiCard::begin(reader_).value();
  ASSERT_TRUE(card.verify(jpki::signature, pin("ABC123")));
  EXPECT_EQ(card.read_certificate(jpki::signature).value().size(), 1740U);
  EXPECT_TRUE(card.sign(jpki::signature, Bytes(51, 0x30)));
}

TEST_F(JpkiCardTest, UnverifiesWhenItIsDropped) {
  {
    ASSERT_TRUE(JpkiCard::begin(reader_)->verify(jpki::authentication, pin("1234")));
  }
  EXPECT_EQ(reader_.times_off, 1);
  auto next = JpkiCard::begin(reader_).value();
  EXPECT_FALSE(next.sign(jpki::authentication, Bytes(51, 0x30)));
}

TEST_F(JpkiCardTest, SaysHowManyTriesRemain) {
  auto card = JpkiCard::begin(reader_).value();
  for (const unsigned left : {2U, 1U}) {
    const auto refused = card.verify(jpki::authentication, pin("9999"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal.reason, Reason::pin_wrong);
    EXPECT_EQ(refused.error().tries_left, left);
    EXPECT_EQ(card.tries_left(jpki::authentication).value(), left);
  }
  for (const auto* offered : {"9999", "1234"}) {
    const auto refused = card.verify(jpki::authentication, pin(offered));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal.reason, Reason::pin_blocked);
    EXPECT_EQ(refused.error().tries_left, 0U);
  }
  EXPECT_EQ(card.tries_left(jpki::authentication).value(), 0U);
}

TEST_F(JpkiCardTest, APinOfTheWrongFormCostsNoTry) {
  auto card = JpkiCard::begin(reader_).value();
  for (const auto* offered : {"", "123", "12345", "12a4", "１２３４"}) {
    EXPECT_EQ(card.verify(jpki::authentication, pin(offered)).error().refusal.reason, Reason::input_invalid);
  }
  for (const auto* offered : {"ABC12", "ABCDEFGH123456789", "abc123", "ABC 12"}) {
    EXPECT_EQ(card.verify(jpki::signature, pin(offered)).error().refusal.reason, Reason::input_invalid);
  }
  EXPECT_EQ(card.tries_left(jpki::authentication).value(), 3U);
  EXPECT_EQ(card.tries_left(jpki::signature).value(), 5U);
}

TEST_F(JpkiCardTest, ACardWithoutCertificateSaysSo) {
  auto empty = specimen_memory();
  empty.authentication.certificate.clear();
  card_ = VirtualCard::open(std::move(empty), memory_).value();
  auto card = JpkiCard::begin(reader_).value();
  EXPECT_EQ(card.read_certificate(jpki::authentication).error().reason, Reason::card_has_no_certificate);
}

TEST_F(JpkiCardTest, ReadsACertificateThatFillsItsFile) {
  auto full = specimen_memory();
  full.authentication.certificate = looks_like_certificate(jpki::certificate_file_size);
  card_ = VirtualCard::open(std::move(full), memory_).value();
  EXPECT_EQ(JpkiCard::begin(reader_)->read_certificate(jpki::authentication)->size(), jpki::certificate_file_size);
}

TEST_F(JpkiCardTest, SignsAtMostWhatAnRsa2048KeyCan) {
  auto card = JpkiCard::begin(reader_).value();
  ASSERT_TRUE(card.verify(jpki::authentication, pin("1234")));
  EXPECT_TRUE(card.sign(jpki::authentication, Bytes(245, 1)));
  EXPECT_EQ(card.sign(jpki::authentication, Bytes(246, 1)).error().reason, Reason::input_invalid);
  EXPECT_EQ(card.sign(jpki::authentication, {}).error().reason, Reason::input_invalid);
}

TEST(JpkiCardOfAnotherKind, IsNotSupported) {
  for (const auto* status : {"6a82", "6d00", "6e00", "6999"}) {
    FunctionReader reader{[&](ByteView) -> Outcome<Bytes> { return from_hex(status).value(); }};
    EXPECT_EQ(JpkiCard::begin(reader).error().reason, Reason::card_not_supported) << status;
    EXPECT_EQ(reader.times_off, 1) << "and is switched off";
  }
}

// What each answer to one step means. Everything before the step is answered as the card does.
struct StrangeAnswer {
  std::uint8_t ins;
  const char* answer;
  Reason reason;
};

TEST_F(JpkiCardTest, EveryStrangeAnswerHasItsReason) {
  const StrangeAnswer table[] = {
      {0x20, "6983", Reason::pin_blocked},
      {0x20, "6984", Reason::pin_blocked},
      {0x20, "63c0", Reason::pin_blocked},
      {0x20, "63c1", Reason::pin_wrong},
      {0x20, "6300", Reason::card_answer_unreadable},
      {0x20, "6f00", Reason::card_answer_unreadable},
      {0x20, "", Reason::card_answer_unreadable},
      {0x20, "01", Reason::card_answer_unreadable},
      {0xB0, "6982", Reason::card_removed_early},
      {0xB0, "6b00", Reason::card_answer_unreadable},
      {0xB0, "30829000", Reason::card_answer_unreadable},      // two bytes of four
      {0xB0, "3082ffff9000", Reason::card_answer_unreadable},  // a certificate longer than its file
      {0xB0, "000000009000", Reason::card_has_no_certificate},
      {0x2A, "6982", Reason::card_removed_early},
      {0x2A, "9000", Reason::card_answer_unreadable},  // no signature
      {0x2A, "6581", Reason::card_answer_unreadable},
      {0x2A, "ffff", Reason::card_answer_unreadable},
  };
  for (const auto& row : table) {
    card_ = VirtualCard::open(specimen_memory(), memory_).value();
    FunctionReader reader{[&](ByteView command) -> Outcome<Bytes> {
      return command[1] == row.ins ? from_hex(row.answer).value() : card_.answer(command);
    }};
    auto card = JpkiCard::begin(reader).value();
    std::optional<Refusal> refusal;
    if (auto verified = card.verify(jpki::authentication, pin("1234")); !verified) {
      refusal = verified.error().refusal;
    } else if (auto certificate = card.read_certificate(jpki::authentication); !certificate) {
      refusal = certificate.error();
    } else if (auto signature = card.sign(jpki::authentication, Bytes(51, 1)); !signature) {
      refusal = signature.error();
    }
    ASSERT_TRUE(refusal) << row.answer;
    EXPECT_EQ(code_of(refusal->reason), code_of(row.reason)) << int{row.ins} << " " << row.answer;
    EXPECT_EQ(refusal->cause.find("1234"), std::string::npos);
  }
}

// A reader with short fields only: the answer to a signature arrives in pieces, or is asked for again.
TEST_F(JpkiCardTest, FollowsGetResponseAndTheRightLength) {
  const auto signature = specimen_key().sign(Bytes(51, 1)).value();
  FunctionReader pieces{[&](ByteView command) -> Outcome<Bytes> {
    if (command[1] == 0x2A) return card_.answer(command.first(command.size() - 1));  // without Le: 61xx
    return card_.answer(command);
  }};
  auto card = JpkiCard::begin(pieces).value();
  ASSERT_TRUE(card.verify(jpki::authentication, pin("1234")));
  EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1)).value(), signature);

  FunctionReader other_length{[&](ByteView command) -> Outcome<Bytes> {
    if (command[1] == 0xB0 && command.back() == 0x04) return Bytes{0x6C, 0x20};
    return card_.answer(command);
  }};
  auto again = JpkiCard::begin(other_length).value();
  EXPECT_EQ(again.read_certificate(jpki::authentication).error().reason, Reason::card_answer_unreadable);
  EXPECT_EQ(other_length.commands.back().back(), 0x20) << "asked again with the card's length";
}

TEST_F(JpkiCardTest, GivesUpOnAnAnswerWithoutEnd) {
  for (const auto* more : {"6110",
                           "00000000000000000000000000000000"
                           "6110"}) {
    FunctionReader endless{[&](ByteView command) -> Outcome<Bytes> {
      if (command[1] == 0x2A || command[1] == 0xC0) return from_hex(more).value();
      return card_.answer(command);
    }};
    auto card = JpkiCard::begin(endless).value();
    EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1)).error().reason, Reason::card_answer_unreadable);
    EXPECT_LT(endless.commands.size(), 300U);
  }
}

TEST_F(JpkiCardTest, PassesOnWhatTheReaderSays) {
  for (const auto reason : {Reason::card_removed_early, Reason::card_no_answer}) {
    FunctionReader gone{[&](ByteView command) -> Outcome<Bytes> {
      if (command[1] == 0x20) return refuse(reason, "told to");
      return card_.answer(command);
    }};
    auto card = JpkiCard::begin(gone).value();
    const auto refused = card.verify(jpki::authentication, pin("1234"));
    EXPECT_EQ(refused.error().refusal.reason, reason);
    EXPECT_EQ(refused.error().tries_left, std::nullopt) << "whether a try was spent is not known";
  }
}

}  // namespace
}  // namespace mado::card
