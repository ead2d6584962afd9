#include "bench/headless_kiosk.hpp"

#include <array>

#include "kiosk/core/recovery.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "madoguchi/v1/center.pb.h"
#include "operation/program.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::bench {

using kiosk::Effect;
using kiosk::Event;

namespace {
constexpr std::chrono::seconds line_deadline{60};
constexpr std::size_t receipts_at_once = 16;
}  // namespace

std::string_view name_of(Step step) {
  static constexpr std::array<std::string_view, steps> names{"prepare", "challenge", "card",  "open",  "apply",
                                                             "pay",     "confirm",   "print", "report"};
  return names.at(static_cast<std::size_t>(step));
}

Outcome<std::unique_ptr<HeadlessKiosk>> HeadlessKiosk::open(const Installation& installation, int number) {
  std::unique_ptr<HeadlessKiosk> opened(new HeadlessKiosk);
  opened->name_ = Installation::kiosk_name(number);
  opened->city_ = installation.city;
  opened->crypto_ = trust::make_openssl_cryptography();
  MADO_TRY(authorities, installation.roster_authorities());
  opened->roster_authorities_ = std::move(authorities);
  MADO_TRY(device_key, installation.device_key(number));
  opened->device_key_ = std::move(device_key);
  MADO_TRY(line, installation.open_line(number));
  opened->center_ = std::move(line);
  MADO_CHECK(opened->open_machines(installation));
  return opened;
}

Outcome<void> HeadlessKiosk::open_machines(const Installation& installation) {
  MADO_TRY(journal, kiosk::open_journal(installation.at("run/" + name_ + ".journal.db")));
  journal_ = std::move(journal);
  MADO_TRY(totals, journal_->totals());
  printer_ = std::make_unique<CountingPrinter>(totals.sheets_printed);
  acceptor_ = std::make_unique<PurseAcceptor>(totals.money_taken);
  MADO_TRY(reader, CardInProcess::from(installation.at("card/card.state")));
  reader_ = reader.get();
  lane_ = std::make_unique<kiosk::CardLane>(std::move(reader), [this](Event event) { happened(std::move(event)); });
  return {};
}

Outcome<void> HeadlessKiosk::begin_session(Watch watch) {
  watch_ = std::move(watch);
  enter(Step::prepare);
  reader_->remove();
  events_.clear();
  awaited_ = 0;
  MADO_CHECK(refresh_roster());
  MADO_TRY(counters, check_machines());
  session_ = std::make_unique<kiosk::Session>(kiosk::SessionSettings{.kiosk = name_}, *crypto_, roster_, device_key_,
                                              counters);
  session_->begin();
  return {};
}

Outcome<void> HeadlessKiosk::refresh_roster() {
  MADO_TRY(called, call("/madoguchi.v1.Center/GetRoster", wire::serialise(v1::RosterQuery{})));
  MADO_TRY(answer, wire::parse<v1::RosterAnswer>(called, "roster answer"));
  MADO_TRY(roster, application::RosterBook::read(*crypto_, view_of(answer.signed_roster()), roster_authorities_,
                                                 roster_ ? roster_->version() : 0, operation::now()));
  roster_ = std::make_shared<application::RosterBook>(std::move(roster));
  return {};
}

Outcome<kiosk::MachineCounters> HeadlessKiosk::check_machines() {
  kiosk::IdleFacts facts;
  MADO_TRY(status, printer_->status());
  MADO_TRY(counters, acceptor_->counters());
  MADO_TRY(totals, journal_->totals());
  MADO_TRY(card, lane_->card_present());
  facts.machines = {counters, status};
  facts.expected_captured = totals.money_taken;
  facts.expected_impressions = totals.sheets_printed;
  facts.card_on_reader = card;
  MADO_CHECK(kiosk::check_idle(facts));
  return kiosk::MachineCounters{counters.captured, counters.returned, status.impressions, status.counts};
}

Outcome<Bytes> HeadlessKiosk::call(const std::string& method, ByteView request) {
  return center_->call(method, request, {.deadline = line_deadline, .city = ""});
}

Outcome<void> HeadlessKiosk::press(const kiosk::Pressed& pressed, kiosk::Screen leads_to) {
  ++awaited_;
  happened(pressed);
  return go_on(leads_to);
}

Outcome<void> HeadlessKiosk::put_card_on(kiosk::Screen leads_to) {
  reader_->place();
  ++awaited_;
  lane_->look(true);
  return go_on(leads_to);
}

Outcome<void> HeadlessKiosk::take_card_off(kiosk::Screen leads_to) {
  reader_->remove();
  ++awaited_;
  lane_->look(true);
  return go_on(leads_to);
}

Outcome<void> HeadlessKiosk::insert(std::uint32_t yen, kiosk::Screen leads_to) {
  MADO_CHECK(acceptor_->insert(yen));
  return go_on(leads_to);
}

void HeadlessKiosk::happened(Event event) {
  {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  changed_.notify_one();
}

Event HeadlessKiosk::next_event() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !events_.empty(); });
  auto event = std::move(events_.front());
  events_.pop_front();
  return event;
}

Outcome<void> HeadlessKiosk::go_on(kiosk::Screen leads_to) {
  for (; awaited_ > 0; --awaited_) {
    auto event = next_event();
    if (std::holds_alternative<kiosk::CardSigned>(event)) enter(Step::open);
    for (auto& effect : session_->on(std::move(event), operation::now())) carry_out(effect);
  }
  if (session_->refusal()) return std::unexpected(*session_->refusal());
  if (session_->screen() == leads_to) return {};
  return refuse(Reason::internal, "the kiosk shows \"" + std::string(name_of(session_->screen())) + "\" and not \"" +
                                      std::string(name_of(leads_to)) + "\"");
}

void HeadlessKiosk::carry_out(Effect& effect) {
  if (auto* asked = std::get_if<kiosk::Call>(&effect)) {
    ++awaited_;
    happened(kiosk::CallAnswered{asked->number, call(asked->method, asked->request)});
  } else if (!carry_out_with_card(effect)) {
    carry_out_with_machines(effect);
  }
}

bool HeadlessKiosk::carry_out_with_card(Effect& effect) {
  if (auto* watch = std::get_if<kiosk::WatchCard>(&effect)) {
    if (watch->on) ++awaited_;
    watch->on ? lane_->look(true) : lane_->let_go();
  } else if (std::holds_alternative<kiosk::AskTries>(effect)) {
    ++awaited_;
    lane_->ask_tries();
  } else if (auto* read = std::get_if<kiosk::ReadCard>(&effect)) {
    ++awaited_;
    lane_->read(std::move(read->pin));
  } else if (auto* sign = std::get_if<kiosk::SignWithCard>(&effect)) {
    ++awaited_;
    lane_->sign(std::move(sign->digest_info));
  } else {
    return false;
  }
  return true;
}

void HeadlessKiosk::carry_out_with_machines(Effect& effect) {
  std::optional<Event> event;
  if (auto* write = std::get_if<kiosk::WriteJournal>(&effect)) {
    if (write->entry.step == kiosk::JournalStep::accepting) enter(Step::pay);
    if (write->entry.step == kiosk::JournalStep::paid) enter(Step::print);
    event = kiosk::JournalWritten{journal_->record(write->entry)};
  } else if (std::holds_alternative<kiosk::EnableAcceptor>(effect)) {
    event = kiosk::MoneyReady{acceptor_->enable([this](std::uint32_t escrow) {
      ++awaited_;
      happened(kiosk::CoinInserted{escrow});
    })};
  } else if (auto* capture = std::get_if<kiosk::Capture>(&effect)) {
    (void)acceptor_->disable();
    event = kiosk::MoneyCaptured{acceptor_->capture(capture->due)};
  } else if (std::holds_alternative<kiosk::ReturnMoney>(effect)) {
    (void)acceptor_->disable();
    event = kiosk::MoneyReturned{acceptor_->give_back()};
  } else if (auto* job = std::get_if<kiosk::Print>(&effect)) {
    handed_to_printer_ = std::chrono::steady_clock::now();
    event = kiosk::Printed{printer_->print(job->issuance, job->document.reveal(), job->impressions, [](auto) {})};
  }
  if (!event) return;  // Show and Finish: there is no screen
  ++awaited_;
  happened(std::move(*event));
}

Outcome<void> HeadlessKiosk::send_receipts() {
  MADO_TRY(unreported, journal_->unreported(receipts_at_once));
  for (auto& entry : unreported) {
    v1::ReportQuery query;
    query.set_receipt(string_of(entry.receipt));
    MADO_TRY(called, call("/madoguchi.v1.Center/Report", wire::serialise(query)));
    MADO_TRY(answer, wire::parse<v1::ReportAnswer>(called, "report answer"));
    entry.center_has_it = answer.center_has_it();
    entry.city_has_it = answer.city_has_it();
    MADO_CHECK(journal_->record(entry));
    if (!entry.center_has_it || !entry.city_has_it)
      return refuse(Reason::not_confirmed, "a receipt was not taken by the center and the city");
  }
  return {};
}

}  // namespace mado::bench
