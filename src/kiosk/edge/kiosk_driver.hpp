// Carries out what the session's core asks for and brings back what happened: one loop, and a lane each for the line,
// the card, and the machines (journal, acceptor, printer), so that none waits for another.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "kiosk/core/session.hpp"
#include "kiosk/edge/card_lane.hpp"
#include "kiosk/edge/kiosk_parts.hpp"
#include "kiosk/edge/screen_server.hpp"
#include "operation/metrics.hpp"

namespace mado::kiosk {

struct KioskSettings {
  SessionSettings session;
  std::string screen_address;
  std::filesystem::path pages;
  std::filesystem::path address_file;  // where the session's address is written; empty: nowhere
  std::chrono::milliseconds look_at_reader{200};
  std::chrono::milliseconds retry_idle{3000};
  std::chrono::milliseconds retry_report{10'000};
};

class KioskDriver {
 public:
  static Outcome<std::unique_ptr<KioskDriver>> start(KioskSettings settings, KioskParts parts,
                                                     operation::Metrics& metrics);
  ~KioskDriver();
  // Empty while the kiosk serves or waits for a citizen, else why it cannot (at first: it has not been checked).
  std::string trouble() const;

 private:
  KioskDriver(KioskSettings settings, KioskParts parts, operation::Metrics& metrics);

  void prepare_session();
  Outcome<MachineCounters> check_kiosk();
  void begin_session(MachineCounters counters);
  void stay_out_of_service(const Refusal& why);
  Outcome<void> open_screen(const std::string& name);
  void set_trouble(const std::string& trouble);
  void handle(Event event);
  void carry_out(Effects effects);
  void carry_out(Effect& effect);
  void show();
  void arm_timer();
  void end_session();
  void look_at_reader();
  void send_receipts();
  void send_receipts_now(const application::RosterBook& roster);
  void said(const std::string& text);
  template <typename Work>
  void on_machines(Work work);
  void count_end();

  KioskSettings settings_;
  KioskParts parts_;
  operation::Metrics& metrics_;
  boost::asio::io_context loop_{1};
  boost::asio::steady_timer screen_timer_{loop_};
  boost::asio::steady_timer reader_timer_{loop_};
  boost::asio::steady_timer retry_timer_{loop_};
  boost::asio::steady_timer report_timer_{loop_};
  boost::asio::thread_pool line_{2};
  boost::asio::thread_pool machines_{1};
  std::unique_ptr<CardLane> card_;
  std::unique_ptr<ScreenServer> screen_;
  std::unique_ptr<Session> session_;
  bool watching_ = false;
  Screen shown_ = Screen::ended;
  std::string shown_step_;
  std::chrono::steady_clock::time_point screen_ends_;
  std::optional<Refusal> out_of_service_;
  std::string language_ = "ja";
  mutable std::mutex trouble_mutex_;
  std::string trouble_ = "starting: the machines have not been checked yet";
  std::thread thread_;
};

}  // namespace mado::kiosk
