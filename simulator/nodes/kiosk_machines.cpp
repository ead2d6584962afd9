// The kiosk's card reader, its receipts, and the staff who come by.
#include <fmt/format.h>

#include "simulator/nodes/kiosk_node.hpp"

namespace mado::simulator {

using namespace kiosk;

namespace {
constexpr milliseconds look_every{200};
constexpr milliseconds retry_report{10'000};
constexpr milliseconds report_deadline{45'000};
constexpr std::size_t receipts_at_once = 16;
// Longer than a card can lie on the reader before the session hears of it.
constexpr milliseconds until_seen{1'000};
}  // namespace

void KioskNode::put_card(Card& card) {
  if (reader_.card() != nullptr) return;
  reader_.put(card);
  card_since_ = around_.scheduler.now();
  look_soon();
}

Card* KioskNode::take_card() {
  look_soon();
  return reader_.take();
}

bool KioskNode::card_lies_there() const {
  return reader_.card() != nullptr && card_since_ + until_seen < around_.scheduler.now();
}

void KioskNode::look_soon() {
  around_.scheduler.after(random_.between(milliseconds{0}, look_every), life(), [this] {
    if (watching_) look_at_reader(false);
  });
}

void KioskNode::look_at_reader(bool always) {
  card_lane_->post([this, always](Lane::Done done) {
    if (const auto seen = card_session_->look(always)) post(*seen);
    done();
  });
}

void KioskNode::note_durable_rows() {
  for (const auto& [issuance, entry] : journal_content_.rows) {
    const auto* application = around_.book.find(issuance);
    if (application != nullptr && (!application->journal || application->journal->step != entry.step))
      around_.book.journal_written(name(), entry);
  }
}

// Receipts go until both the center and the city have them.
void KioskNode::send_receipts() {
  machines_->post([this](Lane::Done done) { send_receipts_now(std::move(done)); });
  report_time_.end();
  report_time_ = Life{};
  around_.scheduler.after(retry_report, report_time_, [this] { send_receipts(); });
}

void KioskNode::send_receipts_now(Lane::Done done) {
  auto unreported = journal_->unreported(receipts_at_once);
  if (!unreported || unreported->empty()) return done();
  report_next(std::make_shared<std::vector<JournalEntry>>(std::move(*unreported)), 0, std::move(done));
}

void KioskNode::report_next(std::shared_ptr<std::vector<JournalEntry>> entries, std::size_t at, Lane::Done done) {
  if (at == entries->size()) return done();
  auto report = make_report(signer(), entries->at(at), clock_.now());
  if (!report) return report_next(std::move(entries), at + 1, std::move(done));
  around_.network.call(name(), "relay", "/madoguchi.v1.Center/Report", report->query, report_deadline, life(),
                       [this, entries, at, done, report = *report](Outcome<Bytes> answer) {
                         if (!answer && answer.error().reason == Reason::line_down) return done();  // all of them later
                         if (ends_here()) return;
                         if (answer && accept_report(*journal_, report, *answer, *crypto_, *roster_, clock_.now()))
                           note_acknowledgement(report, *answer);
                         report_next(entries, at + 1, done);
                       });
}

void KioskNode::note_acknowledgement(const Report& report, ByteView answer) {
  const auto said = wire::parse<v1::ReportAnswer>(answer, "report answer");
  const auto is_ours = [&](const std::string& statement) {
    const auto named = application::read_said<v1::Acknowledgement>(
        *crypto_, view_of(statement), trust::StatementType::acknowledgement, "acknowledgement");
    return named && named->message.receipt_digest() == string_of(report.receipt_digest);
  };
  if (!said || !is_ours(said->by_center()) || (!said->by_city().empty() && !is_ours(said->by_city())))
    around_.book.kiosk_heard(name(), "the acknowledgement of another receipt took effect");
}

bool KioskNode::all_reported() const {
  return std::ranges::all_of(journal_content_.rows, [](const auto& row) {
    return row.second.step == JournalStep::settled && row.second.center_has_it && row.second.city_has_it;
  });
}

// Staff do what the screen asks for: docs/configuration.md, "reconcile".
void KioskNode::visit() {
  if (!citizen_ && reader_.card() != nullptr) {
    around_.book.note("staff", "took a card", name());
    take_card()->at_kiosk = false;
  }
  if (!out_of_service_ || !running() || printer_.busy()) return;
  if (build() < newer_build && installation_.edition > 0) {
    around_.book.note("staff", "installed the newer build", name());
    runs_build(newer_build);
    return crash();
  }
  printer_.mend();
  const auto unsettled = journal_->unsettled();
  if (!unsettled || !unsettled->empty()) return;
  if (acceptor_.escrow() != 0) acceptor_.put_aside();
  const auto totals = journal_->totals();
  const Adjustment difference{static_cast<std::int64_t>(acceptor_.captured() - totals->money_taken),
                              static_cast<std::int64_t>(printer_.impressions() - totals->sheets_printed), clock_.now(),
                              "the counters were read"};
  if (difference.captured == 0 && difference.impressions == 0) return;
  around_.book.note("staff", "reconciled",
                    fmt::format("{} {:+} {:+}", name(), difference.captured, difference.impressions));
  (void)journal_->adjust(difference);
}

}  // namespace mado::simulator
