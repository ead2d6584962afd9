// One citizen's session at the kiosk (利用者の操作), from the first touch to 「消去しました」: a state machine without
// I/O, clock or randomness of its own. The driver (kiosk/edge) carries out its effects in their order and brings back
// what happened. facts/konbini.md §1; chain.md rules 2, 10, 11; docs/kiosk-screens.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/core/chain_client.hpp"
#include "kiosk/core/journal.hpp"
#include "kiosk/core/printer.hpp"
#include "kiosk/core/registration.hpp"

namespace mado::kiosk {

enum class Screen {
  service,
  registration,  // what 利用登録申請 is, before anything is typed for it
  place,
  applicant,
  head,
  born,
  telephone,
  registration_summary,
  card_on,
  pin,
  card_off,
  working,
  kind,
  persons,
  items,
  copies,
  summary,
  pay,
  printing,
  take,
  accepted,
  ended,
  refused,
};
std::string_view name_of(Screen screen);

// What the citizen did on the screen.
struct Pressed {
  std::string action;       // docs/kiosk-screens.md
  std::string text;         // city, digit, kana, mark, language
  std::int64_t number = 0;  // service, kind, scope, index, option, copies, era
};

// What else happens.
struct CallAnswered {
  std::uint64_t call;  // the number of the Call effect
  Outcome<Bytes> answer;
};
struct CardOnReader {
  bool present;
};
// PIN checked and certificate read; a wrong PIN is a refusal with the tries that remain.
struct CardRead {
  Outcome<Bytes> certificate;
  std::optional<int> tries_left;
};
struct CardTries {
  Outcome<int> tries_left;
};
struct CardSigned {
  Outcome<Bytes> signature;
};
struct JournalWritten {
  Outcome<void> done;
};
struct CoinInserted {
  std::uint32_t escrow;
};
struct MoneyReady {
  Outcome<void> done;
};  // the acceptor takes coins
struct MoneyCaptured {
  Outcome<std::uint32_t> change;
};  // yen given back as change
struct MoneyReturned {
  Outcome<std::uint32_t> returned;
};  // yen
struct Printed {
  std::expected<PrintResult, Printer::Failure> result;
};
struct PrintGoesOn {
  std::uint32_t impressions;
};
struct TimeIsUp {};  // the screen's time has passed

using Event = std::variant<Pressed, CallAnswered, CardOnReader, CardRead, CardTries, CardSigned, JournalWritten,
                           CoinInserted, MoneyReady, MoneyCaptured, MoneyReturned, Printed, PrintGoesOn, TimeIsUp>;

// What the driver must do, in this order.
struct Show {};  // the screen or its view changed
struct Call {
  std::uint64_t number;
  std::string method;
  Bytes request;
};
struct WatchCard {
  bool on;
};
struct AskTries {};  // select the application, ask without a body
struct ReadCard {
  Sensitive<std::string> pin;
};  // VERIFY, then read the certificate
struct SignWithCard {
  Bytes digest_info;
};  // then select again and power off: exactly one signature
struct WriteJournal {
  JournalEntry entry;
};
struct EnableAcceptor {};
struct Capture {
  std::uint32_t due;
};
struct ReturnMoney {};
struct Print {
  Id issuance;
  Sensitive<Bytes> document;
  std::uint32_t impressions;
};
struct Finish {};  // the session is over and holds nothing any more

using Effect = std::variant<Show, Call, WatchCard, AskTries, ReadCard, SignWithCard, WriteJournal, EnableAcceptor,
                            Capture, ReturnMoney, Print, Finish>;
using Effects = std::vector<Effect>;

struct SessionSettings {
  std::string kiosk;
  std::chrono::seconds idle{60};    // for a screen that waits for the citizen
  std::chrono::seconds take{60};    // for taking paper and change
  std::chrono::seconds line{60};    // for one call of the chain
  std::chrono::seconds print{600};  // for the printer
};

// Counters of the machines before the session; written into each journal entry.
struct MachineCounters {
  std::uint64_t acceptor_captured = 0;
  std::uint64_t acceptor_returned = 0;
  std::uint64_t printer_impressions = 0;
  bool printer_counts = false;
};

class Session {
 public:
  Session(SessionSettings settings, trust::Cryptography& crypto, std::shared_ptr<const application::RosterBook> roster,
          std::shared_ptr<const trust::SigningKey> device_key, MachineCounters counters);

  Effects begin();
  // Everything that is not expected now is ignored: an answer takes effect only while its call is open (I12).
  Effects on(Event event, Instant now);

  // What the page shows.
  Screen screen() const { return screen_; }
  const std::string& language() const { return language_; }
  bool can_go_back() const;
  v1::Service service() const { return service_; }
  std::chrono::seconds time_for_screen() const;
  const std::string& working_step() const { return step_; }
  const application::RosterBook& roster() const { return *roster_; }
  const ChainClient& chain() const { return *chain_; }
  std::size_t pin_digits() const { return pin_.reveal().size(); }
  int tries_left() const { return tries_left_; }
  bool pin_was_wrong() const { return pin_wrong_; }
  // On card_off and take: what lies there has been left for longer than the screen's time; said aloud.
  bool waits_long() const { return waits_long_; }
  const Choices& choices() const { return choices_; }
  const std::vector<bool>& chosen_persons() const { return chosen_persons_; }  // by place in the menu
  const v1::MenuKind* chosen_kind() const;
  // Whether the chosen kind can be about this person: of its group.
  bool concerns(const v1::MenuPerson& person) const;
  std::uint32_t fee() const;
  std::uint32_t inserted() const { return inserted_; }
  std::uint32_t change() const { return change_; }
  std::uint32_t sheets() const { return sheets_; }
  std::uint32_t sheets_printed() const { return sheets_printed_; }
  bool may_apply_again() const;
  const std::vector<std::string>& issuance_numbers() const { return issuance_numbers_; }
  Instant paid_at() const { return paid_at_; }
  const std::optional<Refusal>& refusal() const { return refusal_; }
  const std::string& refusal_case() const { return refusal_case_; }
  std::uint32_t returned() const { return returned_; }
  std::string telephone() const;
  const Registration& registration() const { return registration_; }
  bool born_was_wrong() const { return born_wrong_; }
  const Acceptance& acceptance() const { return acceptance_; }

  // True once nothing personal and no key is left in it.
  bool erased() const { return erased_; }

 private:
  // choosing (session_choosing.cpp)
  void pressed(const Pressed& pressed, Instant now);
  bool pressed_anywhere(const Pressed& pressed);
  void begin_service(const Pressed& pressed);
  void choose_place(const Pressed& pressed);
  void press_pin(const Pressed& pressed);
  void choose_kind(const Pressed& pressed);
  void choose_persons(const Pressed& pressed);
  void choose_items(const Pressed& pressed);
  void choose_copies(const Pressed& pressed);
  void agree(const Pressed& pressed, Instant now);
  void take(const Pressed& pressed, Instant now);
  bool is_over() const;
  void go_back();
  std::optional<Screen> before(Screen screen) const;
  Screen next_choice(Screen after) const;
  bool asks_for_persons() const;
  bool asks_for_items() const;
  void apply_scope();
  void drop_options_left_alone();
  void time_is_up(Instant now);
  // 利用登録申請 (session_registering.cpp)
  void register_domicile(const Pressed& pressed, Instant now);
  void type_kana(TypedKana& kana, const Pressed& pressed, Screen next);
  void type_born(const Pressed& pressed, Instant now);
  void type_telephone(const Pressed& pressed);
  void accepted(const Outcome<Bytes>& answer, Instant now);
  // the card and the chain (session_chain.cpp)
  void happened(const CallAnswered& event, Instant now);
  void happened(const CardOnReader& event, Instant now);
  void happened(const CardTries& event, Instant now);
  void happened(const CardRead& event, Instant now);
  void happened(const CardSigned& event, Instant now);
  void opened(const Outcome<Bytes>& answer, Instant now);
  void applied(const Outcome<Bytes>& answer, Instant now);
  void released(const Outcome<Bytes>& answer, Instant now);
  void call(const std::string& method, Outcome<Bytes> request);
  void ask_challenge();
  Screen after_card() const;
  bool menu_was_shown() const;
  // money and paper (session_paying.cpp)
  void start_paying(Instant now);
  void happened(const JournalWritten& event, Instant now);
  void happened(const MoneyReady& event, Instant now);
  void happened(const CoinInserted& event, Instant now);
  void happened(const MoneyCaptured& event, Instant now);
  void happened(const MoneyReturned& event, Instant now);
  void happened(const Printed& event, Instant now);
  void happened(const PrintGoesOn& event, Instant now);
  void ask_release(Instant now);
  void take_money();
  void submit();
  void print_failed(const Printer::Failure& failure, Instant now);
  void settle(v1::Ending ending, std::uint32_t returned, std::uint32_t in_case, const std::string& code, Instant now);
  void write(JournalStep step);
  // ends
  void refuse_with(Refusal refusal);
  void end_unpaid(Refusal refusal);  // before money: refuse; with money in escrow: return it first
  void erase();
  void erase_certificate();
  void finish();
  void show(Screen screen);
  void happened(const Pressed& event, Instant now) { pressed(event, now); }
  void happened(const TimeIsUp&, Instant now);

  enum class Money {
    none,
    accepting_noted,
    enabling,
    accepting,
    confirming,
    paid_noted,
    captured,
    submitted_noted,
    printing,
    printed_noted,
    printed,
    settled,
    returning
  };

  SessionSettings settings_;
  trust::Cryptography& crypto_;
  std::shared_ptr<const application::RosterBook> roster_;
  std::shared_ptr<const trust::SigningKey> device_key_;
  MachineCounters counters_;
  std::unique_ptr<ChainClient> chain_;
  Effects effects_;

  Screen screen_ = Screen::service;
  std::string language_ = "ja";
  v1::Service service_ = v1::SERVICE_HOME_CITY;
  Registration registration_;
  bool born_wrong_ = false;
  Acceptance acceptance_;
  std::string step_;
  std::uint64_t next_call_;  // begins at random: no number is one of an earlier session's calls
  std::uint64_t open_call_ = 0;
  std::string open_method_;
  bool card_present_ = false;
  bool card_busy_ = false;
  bool waits_long_ = false;
  Sensitive<std::string> pin_;
  int tries_left_ = 0;
  bool pin_wrong_ = false;
  Choices choices_;
  std::vector<bool> chosen_persons_;
  std::optional<CheckedCertificate> certificate_;
  std::vector<std::string> issuance_numbers_;
  Money money_ = Money::none;
  JournalEntry entry_;
  std::optional<Refusal> after_return_;
  std::uint32_t inserted_ = 0;
  std::uint32_t change_ = 0;
  std::uint32_t returned_ = 0;
  std::uint32_t sheets_ = 0;
  std::uint32_t sheets_printed_ = 0;
  Instant paid_at_;
  std::optional<Refusal> refusal_;
  std::string refusal_case_;
  bool done_ = false;
  bool erased_ = false;
};

}  // namespace mado::kiosk
