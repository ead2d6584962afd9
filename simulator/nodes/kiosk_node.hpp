// A kiosk: the production session and journal rules, and a driver that carries their effects out in the order of
// kiosk/edge/kiosk_driver.cpp over simulated machines. The machines and the disk outlive the process.
#pragma once

#include <memory>
#include <optional>

#include "kiosk/core/before_session.hpp"
#include "kiosk/core/card_session.hpp"
#include "simulator/disk/journal.hpp"
#include "simulator/machines/acceptor.hpp"
#include "simulator/machines/lane.hpp"
#include "simulator/machines/printer.hpp"
#include "simulator/machines/reader.hpp"
#include "simulator/nodes/installation.hpp"
#include "simulator/nodes/process.hpp"
#include "simulator/trust/watched.hpp"

namespace mado::simulator {

class KioskNode final : public Process {
 public:
  KioskNode(Surroundings& around, const Installation& installation, const std::string& name, milliseconds skew);
  ~KioskNode() override;

  // What a citizen sees and can do.
  const kiosk::Session* session() const { return session_.get(); }
  void press(kiosk::Pressed pressed);
  bool insert_coin(std::uint32_t yen) { return acceptor_.insert(yen); }
  void put_card(Card& card);
  Card* take_card();
  Card* card_on_reader() const { return reader_.card(); }
  void take_papers() { printer_.take_papers(); }
  // Called whenever the screen changed, until it is set anew; also when it goes dark.
  void shows_to(std::function<void()> citizen) { citizen_ = std::move(citizen); }

  // Staff come by: mend, empty, take away what was forgotten, reconcile (係員).
  void visit();
  bool out_of_service() const { return out_of_service_; }
  const JournalContent& journal_content() const { return journal_content_; }
  bool all_reported() const;

 private:
  void started() override;
  void stopped() override;

  void prepare_session();
  void check_and_begin(Outcome<std::shared_ptr<const application::RosterBook>> roster);
  Outcome<std::shared_ptr<const application::RosterBook>> renewed(const Outcome<Bytes>& called);
  Outcome<kiosk::MachineCounters> counted();
  std::string contradiction_of_idle() const;
  void stay_out_of_service(const Refusal& why);
  void handle(kiosk::Event event);
  void carry_out(kiosk::Effects effects);
  void carry_out(kiosk::Effect& effect);
  void call(kiosk::Call& effect);
  void note_application();
  Bytes question_of(const std::string& method) const;
  // I12: whether the answer was one to the question that is open, and what it led to.
  void note_answer(std::uint64_t call, bool took_effect);
  void note_durable_rows();
  void print(kiosk::Print& effect);
  void shown();
  void arm_timer();
  void end_session();
  void look_at_reader(bool always);
  void look_soon();
  void send_receipts();
  void send_receipts_now(Lane::Done done);
  void report_next(std::shared_ptr<std::vector<kiosk::JournalEntry>> entries, std::size_t at, Lane::Done done);
  // I12: that what was taken for the receipt's acknowledgement names it.
  void note_acknowledgement(const kiosk::Report& report, ByteView answer);
  void post(kiosk::Event event);
  // On the machines' lane: `work` after a moment, then its event to the loop. The process may end between any two.
  template <typename Work>
  void on_machines(Work work);
  // The same on the card's.
  template <typename Work>
  void on_card(Work work);
  bool ends_here();

  bool card_lies_there() const;

  kiosk::Machines machines() { return {*journal_, acceptor_, printer_}; }
  kiosk::ReceiptSigner signer() { return {*crypto_, *device_key_, name()}; }

  const Installation& installation_;
  const kiosk::SessionSettings settings_;
  NodeClock clock_;
  std::unique_ptr<WatchedCryptography> crypto_;
  std::shared_ptr<const trust::SigningKey> device_key_;
  // What outlives the process
  SimulatedAcceptor acceptor_;
  SimulatedPrinter printer_;
  JournalContent journal_content_;
  std::unique_ptr<kiosk::Journal> journal_;
  Bytes roster_file_;
  SimulatedReader reader_;
  Instant card_since_;
  std::function<void()> citizen_;
  // The process
  std::shared_ptr<const application::RosterBook> roster_;
  std::unique_ptr<kiosk::Session> session_;
  std::optional<Lane> line_;
  std::optional<Lane> machines_;
  std::optional<Lane> card_lane_;
  std::optional<kiosk::CardSession> card_session_;  // on the card's lane (kiosk/edge/card_lane.cpp)
  struct Asked {
    std::uint64_t call = 0;
    bool open = false;
    std::string step;  // of the session while it waits
    Bytes question;    // digest of the statement that asks; empty: of none
  };
  Asked asked_;
  std::uint64_t calls_ = 0;  // of all sessions of the process
  std::uint64_t heard_ = 0;  // the call whose answer is being handled
  bool watching_ = false;
  kiosk::Screen shown_ = kiosk::Screen::ended;
  std::string shown_step_;
  Life screen_time_;
  Life report_time_;
  bool out_of_service_ = false;
};

}  // namespace mado::simulator
