// Plays the driver around a session: keeps what the session asked for, and answers it when the test says so.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "kiosk/core/session.hpp"
#include "tests/kiosk/small_city.hpp"

namespace mado::kiosk {

inline SmallCity& city() {
  static SmallCity made;  // its keys take a second
  return made;
}

struct ASession : ::testing::Test {
  Instant now{1'800'000'060'000};
  static std::unique_ptr<Session> another_session() {
    auto made = std::make_unique<Session>(
        SessionSettings{.kiosk = "K000001"}, *city().crypto, city().roster, city().device_key,
        MachineCounters{
            .acceptor_captured = 5'000, .acceptor_returned = 700, .printer_impressions = 90, .printer_counts = true});
    made->begin();
    return made;
  }
  std::unique_ptr<Session> session = another_session();
  std::vector<std::string> outside;  // every effect but Show, in order
  std::vector<JournalEntry> journal;
  std::uint64_t call = 0;
  std::string method;
  Bytes request;
  Bytes to_sign;
  Sensitive<Bytes> document;

  void feel(Effects effects) {
    for (auto& effect : effects) {
      if (auto* asked = std::get_if<Call>(&effect)) {
        call = asked->number;
        method = asked->method;
        request = asked->request;
        outside.push_back("call " + method.substr(method.rfind('/') + 1));
      } else if (auto* write = std::get_if<WriteJournal>(&effect)) {
        journal.push_back(write->entry);
        outside.push_back("journal " + std::to_string(static_cast<int>(write->entry.step)));
      } else if (auto* sign = std::get_if<SignWithCard>(&effect)) {
        to_sign = sign->digest_info;
        outside.emplace_back("sign");
      } else if (auto* print = std::get_if<Print>(&effect)) {
        document = std::move(print->document);
        outside.push_back("print " + std::to_string(print->impressions));
      } else if (std::get_if<WatchCard>(&effect) != nullptr) {
      } else if (auto* capture = std::get_if<Capture>(&effect)) {
        outside.push_back("capture " + std::to_string(capture->due));
      } else if (std::get_if<EnableAcceptor>(&effect) != nullptr) {
        outside.emplace_back("enable acceptor");
      } else if (std::get_if<ReturnMoney>(&effect) != nullptr) {
        outside.emplace_back("return money");
      } else if (std::get_if<ReadCard>(&effect) != nullptr) {
        outside.emplace_back("read card");
      } else if (std::get_if<AskTries>(&effect) != nullptr) {
        outside.emplace_back("ask tries");
      } else if (std::get_if<Finish>(&effect) != nullptr) {
        outside.emplace_back("finish");
      }
    }
  }
  void happens(Event event) { feel(session->on(std::move(event), now)); }
  void press(const std::string& action, std::int64_t number = 0) { happens(Pressed{action, "", number}); }
  void press_text(const std::string& action, const std::string& text) { happens(Pressed{action, text, 0}); }
  void answer() { happens(CallAnswered{call, city().answer(method, request, now)}); }
  void enter_pin() {
    for (const auto* digit : {"1", "2", "3", "4"}) press_text("digit", digit);
    press("enter");
  }

  // The way of a session that nothing disturbs, as far as each screen.
  void to_place() { press("begin"); }
  void to_card_on() {
    to_place();
    press_text("choose_city", SmallCity::code);
    answer();
  }
  void to_pin() {
    to_card_on();
    happens(CardOnReader{true});
    happens(CardTries{3});
  }
  void to_check() {
    to_pin();
    enter_pin();
    happens(CardRead{city().card_certificate(), std::nullopt});
    happens(CardSigned{city().card_signature(to_sign)});
  }
  void to_card_off() {
    to_check();
    answer();
  }
  void to_kind() {
    to_card_off();
    happens(CardOnReader{false});
  }
  void to_persons() {
    to_kind();
    press("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE);
  }
  void to_items() {
    to_persons();
    press("next");
  }
  void to_copies() {
    to_items();
    press("next");
  }
  void to_summary() {
    to_copies();
    press("next");
  }
  void to_issue() {
    to_summary();
    press("agree");
  }
  void to_pay() {
    to_issue();
    answer();
    happens(JournalWritten{{}});
    happens(MoneyReady{{}});
  }
  void to_confirm() {
    to_pay();
    happens(CoinInserted{500});
  }
  void to_printing() {
    to_confirm();
    answer();
    happens(JournalWritten{{}});
    happens(MoneyCaptured{300U});
    happens(JournalWritten{{}});
  }
  void to_take() {
    to_printing();
    happens(Printed{PrintResult{1}});
    happens(JournalWritten{{}});
  }

  void ends_refused_with(Reason reason) {
    EXPECT_EQ(name_of(session->screen()), "refused");
    ASSERT_TRUE(session->refusal());
    EXPECT_EQ(code_of(session->refusal()->reason), code_of(reason));
  }
};

}  // namespace mado::kiosk
