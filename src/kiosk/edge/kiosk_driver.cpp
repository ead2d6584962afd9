#include "kiosk/edge/kiosk_driver.hpp"

#include <boost/asio/post.hpp>
#include <fstream>

#include "kiosk/edge/screen_view.hpp"
#include "operation/log.hpp"
#include "operation/program.hpp"
#include "trust/file.hpp"

namespace mado::kiosk {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {
constexpr std::size_t receipts_at_once = 16;
constexpr std::chrono::seconds roster_deadline{5};
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
    raw->recover();
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

// Once, before the first session: what a crash left open is compared with the machines and said.
void KioskDriver::recover() {
  const auto unsettled = parts_.journal->unsettled();
  if (!unsettled) return operation::log_error("journal unreadable", {{"cause", unsettled.error().cause}});
  (void)parts_.acceptor->give_back();
  MachineFacts facts;
  if (const auto counters = parts_.acceptor->counters()) facts.acceptor = *counters;
  if (const auto status = parts_.printer->status()) facts.printer = *status;
  for (const auto& open : *unsettled) {
    auto settled = settle_after_restart(open, facts, operation::now());
    v1::Receipt receipt;
    receipt.set_issuance(string_of(settled.issuance.view()));
    receipt.set_application_digest(string_of(settled.application_digest));
    receipt.set_city(settled.city);
    receipt.set_kiosk(settings_.session.kiosk);
    receipt.set_sheets(settled.sheets);
    receipt.set_sheets_printed(settled.sheets_printed);
    receipt.set_ending(static_cast<v1::Ending>(settled.ending));
    receipt.set_money_taken(settled.money_taken);
    receipt.set_money_returned(settled.money_returned);
    receipt.set_money_in_case(settled.money_in_case);
    receipt.set_settled_at(settled.settled.milliseconds);
    receipt.set_refusal(settled.refusal);
    if (auto said = sign_receipt(*parts_.crypto, *parts_.device_key, receipt, operation::now()))
      settled.receipt = std::move(*said);
    operation::log_warning("settled after restart",
                           {{"issuance", settled.issuance.hex()},
                            {"step", std::to_string(static_cast<int>(open.step))},
                            {"ending", v1::Ending_Name(static_cast<v1::Ending>(settled.ending))},
                            {"case", settled.case_closed ? "none" : "open"},
                            {"yen", std::to_string(settled.money_in_case)}});
    (void)parts_.journal->record(settled);
  }
}

void KioskDriver::prepare_session() {
  asio::post(line_, [this] {
    auto roster = refresh_roster();
    auto counters = std::make_shared<Outcome<MachineCounters>>(
        roster ? check_machines() : Outcome<MachineCounters>(std::unexpected(roster.error())));
    asio::post(loop_, [this, counters] {
      if (*counters)
        begin_session(**counters);
      else
        stay_out_of_service(counters->error());
    });
  });
}

// The center carries the roster and cannot make it: a newer one replaces ours, an older or broken one stops the kiosk.
Outcome<void> KioskDriver::refresh_roster() {
  const auto called = parts_.center->call("/madoguchi.v1.Center/GetRoster", wire::serialise(v1::RosterQuery{}),
                                          {.deadline = roster_deadline, .city = ""});
  if (!called)
    return parts_.roster->check_age(operation::now());  // the line is down: the citizen will be told when it is needed
  MADO_TRY(answer, wire::parse<v1::RosterAnswer>(*called, "roster answer"));
  MADO_TRY(roster,
           application::RosterBook::read(*parts_.crypto, view_of(answer.signed_roster()), parts_.roster_authorities,
                                         parts_.roster->version(), operation::now()));
  if (roster.version() > parts_.roster->version()) {
    const auto fresh = parts_.roster_file.string() + ".new";
    std::ofstream(fresh, std::ios::binary | std::ios::trunc) << answer.signed_roster();
    std::filesystem::rename(fresh, parts_.roster_file);
  }
  parts_.roster = std::make_shared<application::RosterBook>(std::move(roster));
  return {};
}

Outcome<MachineCounters> KioskDriver::check_machines() {
  IdleFacts facts;
  MADO_TRY(status, parts_.printer->status());
  MADO_TRY(acceptor, parts_.acceptor->counters());
  MADO_TRY(totals, parts_.journal->totals());
  facts.machines = {acceptor, status};
  facts.expected_captured = totals.money_taken;
  facts.expected_impressions = totals.sheets_printed;
  auto card = card_->card_present();
  if (!card) return refuse(Reason::out_of_service, "the card reader: " + card.error().cause);
  facts.card_on_reader = *card;
  MADO_CHECK(check_idle(facts));
  return MachineCounters{acceptor.captured, acceptor.returned, status.impressions, status.counts};
}

void KioskDriver::begin_session(MachineCounters counters) {
  out_of_service_.reset();
  {
    const std::lock_guard lock(trouble_mutex_);
    trouble_.clear();
  }
  session_ = std::make_unique<Session>(settings_.session, *parts_.crypto, parts_.roster, parts_.device_key, counters);
  const auto key = parts_.crypto->random_id().hex();
  screen_->set_key(key);
  const auto url = screen_->address() + "/?key=" + key;
  if (const auto opened = parts_.browser->open(url, session_->chain().session().hex()); !opened)
    return stay_out_of_service(opened.error());
  if (!settings_.address_file.empty()) {
    const auto fresh = settings_.address_file.string() + ".new";
    std::ofstream(fresh, std::ios::trunc) << url << '\n';
    std::filesystem::rename(fresh, settings_.address_file);
  }
  operation::log_info("session waits");  // without the address: its key lets in
  carry_out(session_->begin());
}

void KioskDriver::stay_out_of_service(const Refusal& why) {
  operation::log_warning("out of service", {{"reason", std::string(code_of(why.reason))}, {"cause", why.cause}});
  session_.reset();
  out_of_service_ = why;
  {
    const std::lock_guard lock(trouble_mutex_);
    trouble_ = std::string(code_of(why.reason)) + ": " + why.cause;
  }
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
    asio::post(loop_, [this, event] { handle(std::move(*event)); });
  });
}

void KioskDriver::carry_out(Effect& effect) {
  if (std::holds_alternative<Show>(effect)) {
    show();
  } else if (auto* call = std::get_if<Call>(&effect)) {
    asio::post(line_, [this, number = call->number, method = call->method,
                       request = std::make_shared<Bytes>(std::move(call->request))] {
      auto answer = parts_.center->call(method, *request, {.deadline = settings_.session.line, .city = ""});
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
      return Event(MoneyReady{parts_.acceptor->enable(
          [this](std::uint32_t escrow) { asio::post(loop_, [this, escrow] { handle(CoinInserted{escrow}); }); })});
    });
  } else if (auto* capture = std::get_if<Capture>(&effect)) {
    on_machines([this, due = capture->due] {
      (void)parts_.acceptor->disable();
      return Event(MoneyCaptured{parts_.acceptor->capture(due)});
    });
  } else if (std::holds_alternative<ReturnMoney>(effect)) {
    on_machines([this] {
      (void)parts_.acceptor->disable();
      return Event(MoneyReturned{parts_.acceptor->give_back()});
    });
  } else if (auto* print = std::get_if<Print>(&effect)) {
    auto job = std::make_shared<Print>(std::move(*print));
    on_machines([this, job] {
      return Event(Printed{parts_.printer->print(
          job->issuance, job->document.reveal(), job->impressions, [this](PrintProgress progress) {
            asio::post(loop_, [this, progress] { handle(PrintGoesOn{progress.impressions_completed}); });
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
    if (!error && session_) handle(TimeIsUp{});
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
  asio::post(machines_, [this] {
    const auto unreported = parts_.journal->unreported(receipts_at_once);
    if (!unreported) return;
    for (auto entry : *unreported) {
      if (entry.receipt.empty()) continue;
      v1::ReportQuery query;
      query.set_receipt(string_of(entry.receipt));
      const auto called = parts_.center->call("/madoguchi.v1.Center/Report", wire::serialise(query),
                                              {.deadline = settings_.session.line, .city = ""});
      const auto answer = called ? wire::parse<v1::ReportAnswer>(*called, "report answer")
                                 : Outcome<v1::ReportAnswer>(std::unexpected(called.error()));
      if (!answer) return;
      entry.center_has_it = answer->center_has_it();
      entry.city_has_it = answer->city_has_it();
      (void)parts_.journal->record(entry);
    }
  });
  report_timer_.expires_after(settings_.retry_report);
  report_timer_.async_wait([this](auto error) {
    if (!error) send_receipts();
  });
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
