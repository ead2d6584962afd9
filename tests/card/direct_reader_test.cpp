// The virtual card on its direct reader: presence, sessions, and what each fault looks like from the kiosk.
#include "card/direct_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "card/jpki_card.hpp"
#include "card/virtual_card/serving.hpp"
#include "tests/card/specimen_card.hpp"
#include "tests/outside/process.hpp"

namespace mado::card {
namespace {

using namespace std::chrono_literals;

// Long for an answer that comes, short for one that does not.
constexpr auto patient = 20s;
constexpr auto impatient = 2s;

class DirectReaderTest : public testing::Test {
 protected:
  void serve(bool placed, const std::string& faults = "") {
    auto card = VirtualCard::open(specimen_memory(), memory_).value();
    serving_ = Serving::start(std::move(card), {"127.0.0.1:0", "", placed, Faults::parse(faults).value()}).value();
  }
  std::unique_ptr<DirectReader> reader(std::chrono::milliseconds limit = patient) {
    return DirectReader::make(fmt::format("127.0.0.1:{}", serving_->port()), limit).value();
  }

  RememberedMemory memory_;
  std::unique_ptr<Serving> serving_;
};

TEST_F(DirectReaderTest, SeesTheCardComeAndGo) {
  serve(false);
  auto reader = this->reader();
  EXPECT_FALSE(reader->card_present().value());
  serving_->place();
  EXPECT_TRUE(reader->card_present().value());
  EXPECT_TRUE(reader->card_present().value()) << "asked again on the same connection";
  serving_->remove();
  EXPECT_FALSE(reader->card_present().value());
  serving_->place();
  EXPECT_TRUE(reader->card_present().value());
  serving_->remove();
  serving_->place();
  EXPECT_TRUE(reader->card_present().value()) << "taken and put back between two looks";
}

TEST_F(DirectReaderTest, AProgramThatDoesNotRunIsNoCard) {
  auto reader = DirectReader::make(fmt::format("127.0.0.1:{}", outside::free_port()), patient).value();
  EXPECT_FALSE(reader->card_present().value());
  EXPECT_EQ(reader->power_on().error().reason, Reason::card_removed_early);
}

TEST_F(DirectReaderTest, StaysOnThisMachine) {
  for (const auto* address : {"192.0.2.1:1", "card.example:35970", "127.0.0.1", "127.0.0.1:65536", ""}) {
    EXPECT_EQ(DirectReader::make(address, patient).error().reason, Reason::configuration_invalid) << address;
  }
  auto card = VirtualCard::open(specimen_memory(), memory_).value();
  EXPECT_EQ(Serving::start(std::move(card), {"0.0.0.0:0", "", true, {}}).error().reason, Reason::configuration_invalid);
}

TEST_F(DirectReaderTest, CarriesAWholeSession) {
  serve(true);
  auto reader = this->reader();
  for (int session = 0; session < 3; ++session) {
    auto card = JpkiCard::begin(*reader).value();
    ASSERT_TRUE(card.verify(jpki::authentication, Sensitive{specimen_pin}));
    EXPECT_EQ(card.read_certificate(jpki::authentication).value(), looks_like_certificate(1740));
    EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1)).value(), specimen_key().sign(Bytes(51, 1)).value());
  }
}

TEST_F(DirectReaderTest, PowerOffForgetsThePin) {
  serve(true);
  auto reader = this->reader();
  ASSERT_TRUE(reader->power_on());
  const auto send = [&](const char* hex) { return to_hex(reader->transmit(from_hex(hex).value()).value()); };
  send("00a4040c0ad392f000260100000001");
  EXPECT_EQ(send("002000980431323334"), "9000");
  reader->power_off();
  ASSERT_TRUE(reader->power_on());
  EXPECT_EQ(send("00b0000004"), "6986") << "not even the application is selected";
}

TEST_F(DirectReaderTest, ACardLiesOnOneReaderAtATime) {
  serve(true);
  auto first = reader();
  EXPECT_TRUE(first->card_present().value());
  EXPECT_FALSE(reader()->card_present().value());
  first.reset();
  EXPECT_TRUE(reader()->card_present().value()) << "a reader that is gone holds nothing";
}

TEST_F(DirectReaderTest, RemovalMidSessionEndsIt) {
  serve(true);
  auto reader = this->reader();
  auto card = JpkiCard::begin(*reader).value();
  ASSERT_TRUE(card.verify(jpki::authentication, Sensitive{specimen_pin}));
  serving_->remove();
  EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1)).error().reason, Reason::card_removed_early);
  serving_->place();
  EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1)).error().reason, Reason::card_removed_early)
      << "putting it back does not go on where it was";
  card.end();
  auto next = JpkiCard::begin(*reader).value();
  EXPECT_EQ(next.sign(jpki::authentication, Bytes(51, 1)).error().reason, Reason::card_removed_early)
      << "PIN forgotten";
}

struct FaultRow {
  const char* script;
  Reason reason;
  unsigned tries_after;
};

TEST_F(DirectReaderTest, EveryFaultHasItsReason) {
  const FaultRow table[] = {
      {"apdu 1 pull_out", Reason::card_removed_early, 3},
      {"ins 20 pull_out", Reason::card_removed_early, 3},
      {"ins 2A pull_out", Reason::card_removed_early, 3},
      {"ins B0 pull_out_after", Reason::card_removed_early, 3},
      {"ins 20 status 63C2", Reason::pin_wrong, 3},
      {"ins 20 status 63C0", Reason::pin_blocked, 3},
      {"ins 20 status 6984", Reason::pin_blocked, 3},
      {"apdu 1 status 6A82", Reason::card_not_supported, 3},
      {"ins 2A status 6F00", Reason::card_answer_unreadable, 3},
      {"ins 2A garbage 00112233445566", Reason::card_answer_unreadable, 3},
      {"ins 20 garbage", Reason::card_answer_unreadable, 3},
      {"ins B0 silence", Reason::card_no_answer, 3},
  };
  for (const auto& row : table) {
    serve(true, row.script);
    auto reader = this->reader(impatient);
    const auto attempt = [&]() -> Outcome<Bytes> {
      MADO_TRY(card, JpkiCard::begin(*reader));
      if (auto verified = card.verify(jpki::authentication, Sensitive{specimen_pin}); !verified) {
        return std::unexpected(verified.error().refusal);
      }
      MADO_CHECK(card.read_certificate(jpki::authentication));
      return card.sign(jpki::authentication, Bytes(51, 1));
    };
    const auto refused = attempt();
    ASSERT_FALSE(refused) << row.script;
    EXPECT_EQ(code_of(refused.error().reason), code_of(row.reason)) << row.script;
    serving_->place();
    EXPECT_TRUE(attempt()) << row.script << ": it happens once, and the reader recovers";
    EXPECT_EQ(serving_->state().authentication_tries, row.tries_after);
  }
}

TEST_F(DirectReaderTest, ACardLiftedAfterAWrongPinHasLostTheTry) {
  serve(true, "ins 20 pull_out_after");
  auto reader = this->reader();
  auto card = JpkiCard::begin(*reader).value();
  EXPECT_EQ(card.verify(jpki::authentication, Sensitive{std::string("9999")}).error().refusal.reason,
            Reason::card_removed_early);
  EXPECT_EQ(serving_->state().authentication_tries, 2U);
}

TEST(Faults, AreRefusedWithTheirLine) {
  for (const auto* script : {"apdu", "apdu 0 silence", "apdu -1 silence", "apdu 1", "ins 2 silence", "ins 2A status 90",
                             "ins 2A status 9000 more", "ins 2A explode", "after 1 silence", "apdu 1 pull_out 1"}) {
    const auto parsed = Faults::parse(std::string("# a comment\n\n") + script + "\n");
    ASSERT_FALSE(parsed) << script;
    EXPECT_NE(parsed.error().cause.find("line 3"), std::string::npos) << parsed.error().cause;
  }
  std::string many;
  for (int i = 0; i < 64; ++i) many += "ins 2A silence\n";
  EXPECT_TRUE(Faults::parse(many));
  EXPECT_FALSE(Faults::parse(many + "ins 2A silence\n"));
}

}  // namespace
}  // namespace mado::card
