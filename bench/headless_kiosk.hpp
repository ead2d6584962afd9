// A kiosk without a screen and without machines: the production session, chain client, card lane, journal and line,
// with one event after the other on the caller's thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

#include "bench/installation.hpp"
#include "bench/machines.hpp"
#include "kiosk/core/session.hpp"
#include "kiosk/edge/card_lane.hpp"
#include "kiosk/edge/kiosk_parts.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::bench {

// The way of one certificate, cut where one thing ends and the next begins; docs/benchmarks.md says what lies in each.
enum class Step { prepare, challenge, card, open, apply, pay, confirm, print, report };
inline constexpr std::size_t steps = 9;
std::string_view name_of(Step step);

// Not for two threads at once.
class HeadlessKiosk {
 public:
  using Watch = std::function<void(Step begins)>;  // called on the caller's thread

  struct Fittings {
    std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
    CountingPrinter::Tray tray = nullptr;  // called on the caller's thread
  };
  // The installation's kiosk of this `number`, from 1 on. Refusals: those of its files.
  static Outcome<std::unique_ptr<HeadlessKiosk>> open(const Installation& installation, int number, Fittings fittings);

  // Connects its line, as a kiosk in service is. Refusals: the line's.
  Outcome<void> connect();

  // Renews the roster and compares the machines with the journal, as a kiosk does before each citizen, and shows the
  // first screen. Refusals: those of kiosk/edge/before_session.hpp.
  Outcome<void> begin_session(Watch watch);
  const std::string& name() const { return name_; }
  const kiosk::Session& session() const { return *session_; }
  // The citizen's card, which lies on no reader yet. Refusals: those of CardInProcess::bring.
  Outcome<void> bring_card(const std::filesystem::path& state_file) { return reader_->bring(state_file); }
  void enter(Step step) { watch_(step); }

  // What the citizen does, with everything that follows from it until the kiosk waits for the citizen again. Refusals:
  // the session's, internal if another screen than `leads_to` is shown then.
  Outcome<void> press(const kiosk::Pressed& pressed, kiosk::Screen leads_to);
  Outcome<void> put_card_on(kiosk::Screen leads_to);
  Outcome<void> take_card_off(kiosk::Screen leads_to);
  Outcome<void> insert(std::uint32_t yen, kiosk::Screen leads_to);

  // After a refusal: the citizen has read it, and goes.
  void close_session();

  // When the last document was handed to the printer.
  std::chrono::steady_clock::time_point handed_to_printer() const { return handed_to_printer_; }

  // Sends each receipt that is still owed. Refusals: the line's; not_confirmed if center or city did not take one.
  Outcome<void> send_receipts();

 private:
  HeadlessKiosk() = default;
  Outcome<void> load_roster(const Installation& installation);
  Outcome<void> open_machines(const Installation& installation, CountingPrinter::Tray tray);

  void happened(kiosk::Event event);  // puts it behind those that wait; any thread
  kiosk::Event next_event();
  Outcome<void> go_on(kiosk::Screen leads_to);
  void carry_out(kiosk::Effect& effect);
  bool carry_out_with_card(kiosk::Effect& effect);
  void carry_out_with_machines(kiosk::Effect& effect);

  std::string name_;
  kiosk::KioskParts parts_;  // without a browser; the reader is the lane's
  std::unique_ptr<kiosk::Session> session_;
  Watch watch_;
  std::chrono::steady_clock::time_point handed_to_printer_;

  int awaited_ = 0;  // events that are on their way
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<kiosk::Event> events_;

  CardInProcess* reader_ = nullptr;        // the lane's
  std::unique_ptr<kiosk::CardLane> lane_;  // last: its thread uses what stands above
};

}  // namespace mado::bench
