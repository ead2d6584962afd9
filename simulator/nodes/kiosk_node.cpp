// The loop: sessions begin, events come in, the screen's time passes. As kiosk/edge/kiosk_driver.cpp.
#include "simulator/nodes/kiosk_node.hpp"

namespace mado::simulator {

using namespace kiosk;

namespace {
constexpr milliseconds least_moment{1};
constexpr milliseconds most_moment{30};
constexpr milliseconds roster_deadline{5'000};
constexpr milliseconds retry_idle{3'000};
constexpr const char* relay = "relay";

bool is_menu_or_later(Screen screen) {
  switch (screen) {
    case Screen::kind:
    case Screen::persons:
    case Screen::items:
    case Screen::copies:
    case Screen::summary:
    case Screen::pay:
      return true;
    default:
      return false;
  }
}

}  // namespace

KioskNode::KioskNode(Surroundings& around, const Installation& installation, const std::string& name, milliseconds skew)
    : Process(around, name),
      installation_(installation),
      settings_{.kiosk = name},
      clock_(around.scheduler, skew),
      crypto_(std::make_unique<WatchedCryptography>(around.keys.crypto(), around.book)),
      device_key_(around.keys.device(name)),
      acceptor_(name, around.book, around.faults),
      printer_(name, around.scheduler, around.book, around.faults, Random(around.seed, "printer of " + name)),
      journal_(std::make_unique<JournalStandIn>(journal_content_, Disk{&around.faults})),
      roster_file_(installation.signed_rosters.front()),
      reader_(name, around.book, around.faults) {}

KioskNode::~KioskNode() = default;

void KioskNode::started() {
  auto roster = installation_.read_roster(*crypto_, roster_file_, build(), clock_.now());
  if (!roster) return refuses_to_start(roster.error());
  roster_ = std::move(*roster);
  line_.emplace(2);
  machines_.emplace(1);
  card_lane_.emplace(1);
  card_session_.emplace(reader_);
  send_receipts();
  prepare_session();
}

void KioskNode::stopped() {
  screen_time_.end();
  report_time_.end();
  acceptor_.let_go();
  session_.reset();
  line_.reset();
  machines_.reset();
  card_lane_.reset();
  card_session_.reset();
  watching_ = out_of_service_ = false;
  shown_ = Screen::ended;
  if (citizen_) citizen_();
}

bool KioskNode::ends_here() {
  if (life().over()) return true;
  if (!around_.faults.happens(Fault::crash_kiosk)) return false;
  doom();
  return true;
}

// Line, then machines, then the loop.
void KioskNode::prepare_session() {
  line_->post([this](Lane::Done done) {
    around_.network.call(name(), relay, "/madoguchi.v1.Center/GetRoster", wire::serialise(v1::RosterQuery{}),
                         roster_deadline, life(), [this, done = std::move(done)](Outcome<Bytes> answer) {
                           auto roster = renewed(answer);
                           done();
                           machines_->post([this, roster](Lane::Done machines_done) {
                             around_.scheduler.after(random_.between(least_moment, most_moment), life(),
                                                     [this, roster, machines_done] {
                                                       check_and_begin(roster);
                                                       if (!life().over()) machines_done();
                                                     });
                           });
                         });
  });
}

Outcome<std::shared_ptr<const application::RosterBook>> KioskNode::renewed(const Outcome<Bytes>& called) {
  if (!called) {
    MADO_CHECK(roster_->check_age(clock_.now()));
    return roster_;
  }
  MADO_TRY(answer, wire::parse<v1::RosterAnswer>(*called, "roster answer"));
  MADO_TRY(roster, newer_roster(*crypto_, view_of(answer.signed_roster()), installation_.roster_authorities, roster_,
                                clock_.now(), build()));
  if (roster != roster_) roster_file_ = bytes_of(answer.signed_roster());  // on disk first
  return roster;
}

void KioskNode::check_and_begin(Outcome<std::shared_ptr<const application::RosterBook>> roster) {
  if (ends_here()) return;
  const auto rows = settle_open_rows(machines(), signer(), clock_.now());
  note_durable_rows();
  if (ends_here()) return;
  auto counters = rows ? counted() : std::unexpected(rows.error());
  if (!roster) return stay_out_of_service(roster.error());
  roster_ = *roster;
  if (!counters) return stay_out_of_service(counters.error());
  serves_by(*roster_);
  around_.book.kiosk_is_idle(name(), contradiction_of_idle());
  out_of_service_ = false;
  session_ = std::make_unique<Session>(settings_, *crypto_, roster_, device_key_, *counters);
  carry_out(session_->begin());
}

Outcome<MachineCounters> KioskNode::counted() {
  MADO_TRY(present, card_session_->card_present());
  return count_machines(machines(), present);
}

std::string KioskNode::contradiction_of_idle() const {
  if (session_ || crypto_->session_keys() != 0) return "a session's keys are still held";
  if (acceptor_.escrow() != 0) return "coins lie in escrow";
  if (reader_.card() != nullptr) return "a card lies on the reader";
  if (printer_.busy()) return "the printer's queue is not empty";
  for (const auto& [issuance, entry] : journal_content_.rows) {
    if (entry.step != JournalStep::settled) return "a line of the journal is open";
  }
  const auto totals = journal_->totals();
  if (!totals || totals->money_taken != acceptor_.captured()) return "the coin box and the journal differ";
  if (totals->sheets_printed != printer_.impressions()) return "the printer's counter and the journal differ";
  return {};
}

void KioskNode::stay_out_of_service(const Refusal& why) {
  if (!out_of_service_) around_.book.note(name(), "out of service", code_of(why.reason));
  session_.reset();
  out_of_service_ = true;
  around_.scheduler.after(retry_idle, life(), [this] { prepare_session(); });
  if (citizen_) citizen_();
}

void KioskNode::press(Pressed pressed) {
  if (running() && !life().over()) handle(std::move(pressed));
}

void KioskNode::post(Event event) {
  auto held = std::make_shared<Event>(std::move(event));
  around_.scheduler.after(random_.between(milliseconds{0}, least_moment), life(),
                          [this, held] { handle(std::move(*held)); });
}

void KioskNode::handle(Event event) {
  if (ends_here() || !session_) return;
  if (std::holds_alternative<Pressed>(event)) arm_timer();
  std::optional<std::uint64_t> answered;
  if (std::holds_alternative<CallAnswered>(event)) answered = heard_;
  (void)crypto_->take_answered();
  auto effects = session_->on(std::move(event), clock_.now());
  if (answered) note_answer(*answered, !effects.empty());
  if (session_->screen() != Screen::working || session_->working_step() != asked_.step) asked_.open = false;
  carry_out(std::move(effects));
}

void KioskNode::note_answer(std::uint64_t call, bool took_effect) {
  const bool open = asked_.open && call == asked_.call;
  if (open) asked_.open = false;
  if (!took_effect) return;
  if (!open) return around_.book.kiosk_heard(name(), "an answer took effect whose call was no longer open");
  const bool refused = session_->screen() == Screen::refused || session_->working_step() == "return";
  if (!refused && crypto_->take_answered() != asked_.question)
    around_.book.kiosk_heard(name(), "the answer to another question took effect");
}

void KioskNode::carry_out(Effects effects) {
  for (auto& effect : effects) {
    if (life().over()) return;
    if (std::holds_alternative<Finish>(effect)) return end_session();
    carry_out(effect);
  }
}

void KioskNode::shown() {
  if (!session_) return;
  const auto screen = session_->screen();
  if (screen != shown_ || session_->working_step() != shown_step_) {
    around_.book.note(name(), name_of(screen));
    around_.book.observe(name(), "its citizen", name_of(screen), 0);
    if (screen == Screen::refused) around_.book.refused(name(), session_->refusal()->reason);
    shown_ = screen;
    shown_step_ = session_->working_step();
    if (screen == Screen::service)
      screen_time_.end();
    else
      arm_timer();
  }
  if (is_menu_or_later(screen)) around_.book.kiosk_shows_menu(name(), card_lies_there());
  if (citizen_) citizen_();
}

void KioskNode::arm_timer() {
  screen_time_.end();
  screen_time_ = Life{};
  around_.scheduler.after(session_->time_for_screen(), screen_time_, [this] {
    if (!session_) return;
    const auto screen = session_->screen();
    handle(TimeIsUp{});
    if (session_ && session_->screen() == screen) arm_timer();  // what waits is said again
  });
}

void KioskNode::end_session() {
  screen_time_.end();
  watching_ = false;
  session_.reset();
  shown_ = Screen::ended;
  send_receipts();
  prepare_session();
  if (citizen_) citizen_();
}

}  // namespace mado::simulator
