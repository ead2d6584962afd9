#include "bench/headless_kiosk.hpp"

#include <array>

#include "kiosk/edge/before_session.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "operation/program.hpp"
#include "trust/file.hpp"

namespace mado::bench {

using kiosk::Effect;
using kiosk::Event;

namespace {
constexpr std::chrono::seconds line_deadline{60};
constexpr std::size_t receipts_at_once = 16;
constexpr std::size_t largest_roster = 4 * 1024 * 1024;  // bytes
}  // namespace

std::string_view name_of(Step step) {
  static constexpr std::array<std::string_view, steps> names{"prepare", "challenge", "card",  "open",  "apply",
                                                             "pay",     "confirm",   "print", "report"};
  return names.at(static_cast<std::size_t>(step));
}

Outcome<std::unique_ptr<HeadlessKiosk>> HeadlessKiosk::open(const Installation& installation, int number,
                                                            Fittings fittings) {
  std::unique_ptr<HeadlessKiosk> opened(new HeadlessKiosk);
  opened->name_ = Installation::kiosk_name(number);
  auto& parts = opened->parts_;
  parts.crypto = std::move(fittings.crypto);
  MADO_TRY(device_key, installation.device_key(number));
  parts.device_key = std::move(device_key);
  MADO_TRY(line, installation.open_line(number));
  parts.center = std::move(line);
  MADO_CHECK(opened->load_roster(installation));
  MADO_CHECK(opened->open_machines(installation, std::move(fittings.tray)));
  return opened;
}

Outcome<void> HeadlessKiosk::load_roster(const Installation& installation) {
  MADO_TRY(authorities, installation.roster_authorities());
  parts_.roster_authorities = std::move(authorities);
  MADO_TRY(signed_roster, trust::read_file(installation.at("roster.bin"), largest_roster));
  MADO_TRY(roster, application::RosterBook::read(*parts_.crypto, signed_roster, parts_.roster_authorities, 0,
                                                 operation::now()));
  parts_.roster = std::make_shared<application::RosterBook>(std::move(roster));
  parts_.roster_file = installation.at("run/" + name_ + ".roster.bin");
  return {};
}

Outcome<void> HeadlessKiosk::open_machines(const Installation& installation, CountingPrinter::Tray tray) {
  MADO_TRY(journal, kiosk::open_journal(installation.at("run/" + name_ + ".journal.db")));
  parts_.journal = std::move(journal);
  MADO_TRY(totals, parts_.journal->totals());
  parts_.printer = std::make_unique<CountingPrinter>(totals.sheets_printed, std::move(tray));
  auto acceptor = std::make_unique<PurseAcceptor>(totals.money_taken);
  parts_.insert_coin = [raw = acceptor.get()](std::uint32_t yen) { return raw->insert(yen); };
  parts_.acceptor = std::move(acceptor);
  auto reader = std::make_unique<CardInProcess>();
  reader_ = reader.get();
  lane_ = std::make_unique<kiosk::CardLane>(std::move(reader), [this](Event event) { happened(std::move(event)); });
  return {};
}

Outcome<void> HeadlessKiosk::connect() {
  const auto answer = parts_.center->call("/madoguchi.v1.Center/GetRoster", wire::serialise(v1::RosterQuery{}));
  if (answer || answer.error().reason == Reason::busy) return {};  // who says that it is busy is there
  return std::unexpected(answer.error());
}

Outcome<void> HeadlessKiosk::begin_session(Watch watch) {
  watch_ = std::move(watch);
  enter(Step::prepare);
  reader_->remove();
  MADO_TRY(roster, kiosk::renew_roster(parts_, parts_.roster));
  parts_.roster = std::move(roster);
  MADO_TRY(counters, kiosk::count_machines(parts_, *lane_));
  session_ = std::make_unique<kiosk::Session>(kiosk::SessionSettings{.kiosk = name_}, *parts_.crypto, parts_.roster,
                                              parts_.device_key, counters);
  session_->begin();
  return {};
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
  MADO_CHECK(parts_.insert_coin(yen));
  return go_on(leads_to);
}

void HeadlessKiosk::close_session() {
  reader_->remove();
  (void)press({.action = "close", .text = {}}, kiosk::Screen::refused);
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
    happened(kiosk::CallAnswered{asked->number,
                                 parts_.center->call(asked->method, asked->request, {.deadline = line_deadline})});
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
    event = kiosk::JournalWritten{parts_.journal->record(write->entry)};
  } else if (std::holds_alternative<kiosk::EnableAcceptor>(effect)) {
    event = kiosk::MoneyReady{parts_.acceptor->enable([this](std::uint32_t escrow) {
      ++awaited_;
      happened(kiosk::CoinInserted{escrow});
    })};
  } else if (auto* capture = std::get_if<kiosk::Capture>(&effect)) {
    (void)parts_.acceptor->disable();
    event = kiosk::MoneyCaptured{parts_.acceptor->capture(capture->due)};
  } else if (std::holds_alternative<kiosk::ReturnMoney>(effect)) {
    (void)parts_.acceptor->disable();
    event = kiosk::MoneyReturned{parts_.acceptor->give_back()};
  } else if (auto* job = std::get_if<kiosk::Print>(&effect)) {
    handed_to_printer_ = std::chrono::steady_clock::now();
    event = kiosk::Printed{parts_.printer->print(job->issuance, job->document.reveal(), job->impressions, [](auto) {})};
  }
  if (!event) return;  // Show and Finish: there is no screen
  ++awaited_;
  happened(std::move(*event));
}

Outcome<void> HeadlessKiosk::send_receipts() {
  MADO_TRY(owed, parts_.journal->unreported(receipts_at_once));
  for (const auto& entry : owed) MADO_CHECK(kiosk::send_receipt(parts_, name_, *parts_.roster, entry));
  MADO_TRY(still_owed, parts_.journal->unreported(1));
  if (still_owed.empty()) return {};
  return refuse(Reason::not_confirmed, "a receipt was not taken by the center and the city");
}

}  // namespace mado::bench
