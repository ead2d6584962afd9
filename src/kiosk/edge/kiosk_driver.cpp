#include "kiosk/edge/kiosk_driver.hpp"

#include <boost/asio/post.hpp>

#include "base/crash_point.hpp"
#include "base/wipe_stack.hpp"
#include "kiosk/edge/before_session.hpp"
#include "kiosk/edge/screen_view.hpp"
#include "operation/log.hpp"
#include "operation/program.hpp"
#include "trust/file.hpp"

namespace mado::kiosk {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {
constexpr std::size_t receipts_at_once = 16;
}  // namespace

Outcome<std::unique_ptr<KioskDriver>> KioskDriver::start(KioskSettings settings, KioskParts parts,
                                                         operation::Metrics& metrics) {
  std::unique_ptr<KioskDriver> driver(new KioskDriver(std::move(settings), std::move(parts), metrics));
  auto* raw = driver.get();
  const auto post = [raw](Event event) {
    auto held = std::make_shared<Event>(std::move(event));
    asio::post(raw->loop_, [raw, held] { raw->handle(std::move(*held)); });
  };
  raw->card_ = std::make_unique<CardLane>(std::move(raw->parts_.reader), post);
  auto screen = ScreenServer::start(
      raw->settings_.screen_address, raw->settings_.pages,
      {[raw] { asio::post(raw->loop_, [raw] { raw->show(); }); },
       [raw](const std::string& text) { asio::post(raw->loop_, [raw, text] { raw->said(text); }); }});
  if (!screen) return std::unexpected(std::move(screen.error()));
  raw->screen_ = std::move(*screen);
  raw->thread_ = std::thread([raw] {
    const auto work = asio::make_work_guard(raw->loop_);
    raw->loop_.run();
  });
  asio::post(raw->loop_, [raw] {
    raw->look_at_reader();
    raw->send_receipts();
    raw->prepare_session();
  });
  return driver;
}

KioskDriver::KioskDriver(KioskSettings settings, KioskParts parts, operation::Metrics& metrics)
    : settings_(std::move(settings)), parts_(std::move(parts)), metrics_(metrics) {}

KioskDriver::~KioskDriver() {
  loop_.stop();
  if (thread_.joinable()) thread_.join();
  line_.join();
  machines_.join();
  card_.reset();
  parts_.browser->close();
  screen_.reset();
}

std::string KioskDriver::trouble() const {
  const std::lock_guard lock(trouble_mutex_);
  return trouble_;
}

void KioskDriver::set_trouble(const std::string& trouble) {
  const std::lock_guard lock(trouble_mutex_);
  trouble_ = trouble;
}

// Line, then machines, then the loop: each waits on a lane of its own, and what they found is used on the loop alone.
void KioskDriver::prepare_session() {
  asio::post(line_, [this, held = parts_.roster] {
    auto roster = std::make_shared<Outcome<std::shared_ptr<const application::RosterBook>>>(renew_roster(parts_, held));
    asio::post(machines_, [this, roster] {
      auto counters = std::make_shared<Outcome<MachineCounters>>(check_kiosk());
      asio::post(loop_, [this, roster, counters] {
        if (!*roster) return stay_out_of_service(roster->error());
        parts_.roster = **roster;
        if (!*counters) return stay_out_of_service(counters->error());
        begin_session(**counters);
      });
    });
  });
}

Outcome<MachineCounters> KioskDriver::check_kiosk() {
  MADO_CHECK(settle_open_rows(parts_, settings_.session.kiosk));
  return count_machines(parts_, *card_);
}

void KioskDriver::begin_session(MachineCounters counters) {
  out_of_service_.reset();
  session_ = std::make_unique<Session>(settings_.session, *parts_.crypto, parts_.roster, parts_.device_key, counters);
  if (const auto opened = open_screen(session_->chain().session().hex()); !opened)
    return stay_out_of_service(opened.error());
  set_trouble("");
  operation::log_info("session waits");  // without the address: its key lets in
  carry_out(session_->begin());
}

// A new key and a fresh browser. The address is written once the screen can be shown.
Outcome<void> KioskDriver::open_screen(const std::string& name) {
  const auto key = parts_.crypto->random_id().hex();
  screen_->set_key(key);
  const auto url = screen_->address() + "/?key=" + key;
  MADO_CHECK(parts_.browser->open(url, name));
  if (settings_.address_file.empty()) return {};
  return trust::replace_file("screen_address"_point, settings_.address_file, view_of(url + '\n'),
                             trust::Secrecy::secret);
}

// The screen says so until the next look at the machines finds nothing wrong. A browser that cannot be started is said
// by the health check alone.
void KioskDriver::stay_out_of_service(const Refusal& why) {
  const bool already = out_of_service_.has_value();
  if (!already || out_of_service_->cause != why.cause)
    operation::log_warning("out of service", {{"reason", std::string(code_of(why.reason))}, {"cause", why.cause}});
  session_.reset();
  out_of_service_ = why;
  if (!already) {
    if (const auto opened = open_screen("out-of-service"); !opened)
      operation::log_error("no screen", {{"cause", opened.error().cause}});
  }
  set_trouble(std::string(code_of(why.reason)) + ": " + why.cause);
  show();
  retry_timer_.expires_after(settings_.retry_idle);
  retry_timer_.async_wait([this](auto error) {
    if (!error) prepare_session();
  });
}

void KioskDriver::handle(Event event) {
  if (!session_) return;
  if (std::holds_alternative<Pressed>(event)) arm_timer();
  carry_out(session_->on(std::move(event), operation::now()));
  wipe_stack();
}

void KioskDriver::carry_out(Effects effects) {
  for (auto& effect : effects) {
    if (std::holds_alternative<Finish>(effect)) return end_session();
    carry_out(effect);
  }
}

template <typename Work>
void KioskDriver::on_machines(Work work) {
  asio::post(machines_, [this, work = std::make_shared<Work>(std::move(work))] {
    auto event = std::make_shared<Event>((*work)());
    wipe_stack();
    asio::post(loop_, [this, event] { handle(std::move(*event)); });
  });
}

void KioskDriver::carry_out(Effect& effect) {
  if (std::holds_alternative<Show>(effect)) {
    show();
  } else if (auto* call = std::get_if<Call>(&effect)) {
    asio::post(line_, [this, number = call->number, method = call->method,
                       request = std::make_shared<Bytes>(std::move(call->request))] {
      auto answer = parts_.center->call(method, *request);
      auto event = std::make_shared<Event>(CallAnswered{number, std::move(answer)});
      asio::post(loop_, [this, event] { handle(std::move(*event)); });
    });
  } else if (auto* watch = std::get_if<WatchCard>(&effect)) {
    watching_ = watch->on;
    if (watching_)
      card_->look(true);
    else
      card_->let_go();
  } else if (std::holds_alternative<AskTries>(effect)) {
    card_->ask_tries();
  } else if (auto* read = std::get_if<ReadCard>(&effect)) {
    card_->read(std::move(read->pin));
  } else if (auto* sign = std::get_if<SignWithCard>(&effect)) {
    card_->sign(std::move(sign->digest_info));
  } else if (auto* write = std::get_if<WriteJournal>(&effect)) {
    if (write->entry.step == JournalStep::settled) count_end();
    on_machines(
        [this, entry = std::move(write->entry)] { return Event(JournalWritten{parts_.journal->record(entry)}); });
  } else if (std::holds_alternative<EnableAcceptor>(effect)) {
    on_machines([this] {
      return Event(MoneyReady{between("enable"_point, [this] {
        return parts_.acceptor->enable(
            [this](std::uint32_t escrow) { asio::post(loop_, [this, escrow] { handle(CoinInserted{escrow}); }); });
      })});
    });
  } else if (auto* capture = std::get_if<Capture>(&effect)) {
    on_machines([this, due = capture->due] {
      (void)parts_.acceptor->disable();
      return Event(MoneyCaptured{between("capture"_point, [&] { return parts_.acceptor->capture(due); })});
    });
  } else if (std::holds_alternative<ReturnMoney>(effect)) {
    on_machines([this] {
      (void)parts_.acceptor->disable();
      return Event(MoneyReturned{between("give_back"_point, [this] { return parts_.acceptor->give_back(); })});
    });
  } else if (auto* print = std::get_if<Print>(&effect)) {
    auto job = std::make_shared<Print>(std::move(*print));
    on_machines([this, job] {
      const auto tell = [this](PrintProgress progress) {
        asio::post(loop_, [this, progress] { handle(PrintGoesOn{progress.impressions_completed}); });
      };
      return Event(Printed{between("print"_point, [&] {
        return parts_.printer->print(job->issuance, job->document.reveal(), job->impressions, tell);
      })});
    });
  }
}

void KioskDriver::count_end() {
  const auto& refusal = session_->refusal();
  metrics_.count("madoguchi_kiosk_issuances_total", "Issuances settled in the journal.",
                 {{"outcome", refusal ? std::string(code_of(refusal->reason)) : "handed_over"}});
}

void KioskDriver::arm_timer() {
  screen_ends_ = steady_clock::now() + session_->time_for_screen();
  screen_timer_.expires_at(screen_ends_);
  screen_timer_.async_wait([this](auto error) {
    if (error || !session_) return;
    const auto screen = session_->screen();
    handle(TimeIsUp{});
    if (session_ && session_->screen() == screen) arm_timer();  // what waits is said again
  });
}

void KioskDriver::show() {
  if (out_of_service_) {
    std::vector<std::string> cases;
    if (const auto open = parts_.journal->open_cases()) {
      for (const auto& entry : *open) cases.push_back(entry.issuance.hex().substr(0, 8));
    }
    const auto& cities = parts_.roster->content().cities();
    screen_->send(
        out_of_service_message(*out_of_service_, cities.empty() ? "" : cities.Get(0).telephone(), cases, language_));
    return;
  }
  if (!session_) return;
  if (session_->screen() != shown_ || session_->working_step() != shown_step_) {
    shown_ = session_->screen();
    shown_step_ = session_->working_step();
    if (shown_ == Screen::service)
      screen_timer_.cancel();  // a kiosk waits for its next citizen as long as it takes
    else
      arm_timer();
  }
  const auto left = std::chrono::ceil<std::chrono::seconds>(screen_ends_ - steady_clock::now());
  screen_->send(screen_message(
      *session_, shown_ == Screen::service ? std::chrono::seconds{0} : std::max(left, std::chrono::seconds{0}),
      static_cast<bool>(parts_.insert_coin)));
}

void KioskDriver::end_session() {
  screen_timer_.cancel();
  watching_ = false;
  screen_->set_key("");
  parts_.browser->close();
  session_.reset();
  shown_ = Screen::ended;
  send_receipts();
  prepare_session();
}

void KioskDriver::look_at_reader() {
  if (watching_) card_->look();
  reader_timer_.expires_after(settings_.look_at_reader);
  reader_timer_.async_wait([this](auto error) {
    if (!error) look_at_reader();
  });
}

// Receipts go until both the center and the city have them.
void KioskDriver::send_receipts() {
  asio::post(machines_, [this, roster = parts_.roster] { send_receipts_now(*roster); });
  report_timer_.expires_after(settings_.retry_report);
  report_timer_.async_wait([this](auto error) {
    if (!error) send_receipts();
  });
}

void KioskDriver::send_receipts_now(const application::RosterBook& roster) {
  const auto unreported = parts_.journal->unreported(receipts_at_once);
  if (!unreported) return operation::log_error("journal unreadable", {{"cause", unreported.error().cause}});
  for (const auto& entry : *unreported) {
    if (const auto sent = send_receipt(parts_, settings_.session.kiosk, roster, entry); !sent) {
      if (sent.error().reason == Reason::line_down) return;  // all of them later
      operation::log_warning("receipt not taken", {{"issuance", entry.issuance.hex()}, {"cause", sent.error().cause}});
    }
  }
}

void KioskDriver::said(const std::string& text) {
  const auto pressed = parse_pressed(text);
  if (!pressed) return;
  if (out_of_service_ && pressed->action == "language") {
    language_ = pressed->text == "en" ? "en" : "ja";
    return show();
  }
  if (pressed->action == "insert_coin") {
    if (!parts_.insert_coin || !session_ || session_->screen() != Screen::pay) return;
    arm_timer();
    if (const auto inserted = parts_.insert_coin(static_cast<std::uint32_t>(pressed->number)); !inserted) {
      operation::log_info("coin refused", {{"cause", inserted.error().cause}});
    }
    return;
  }
  handle(*pressed);
}

}  // namespace mado::kiosk
