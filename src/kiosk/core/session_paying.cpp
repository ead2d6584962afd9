// Money and paper: every outside effect has its line in the journal first (chain rule 11, promise P2). Coins lie in
// escrow until the city has released the certificate; only then are they taken, and only then is anything printed.
#include "application/rule_names.hpp"
#include "kiosk/core/receipt.hpp"
#include "kiosk/core/session.hpp"

namespace mado::kiosk {

namespace {
// Once the money is in the box no screen may say that nothing was charged, as most reasons' sentences do.
Refusal told_after_payment(const Refusal& refusal) {
  switch (refusal.reason) {
    case Reason::printer_jammed:
    case Reason::printer_out_of_paper:
    case Reason::printer_unreachable:
      return refusal;
    default:
      return {Reason::print_unconfirmed, refusal.cause};
  }
}
}  // namespace

void Session::write(JournalStep step) {
  entry_.step = step;
  effects_.emplace_back(WriteJournal{entry_});
}

void Session::start_paying(Instant now) {
  entry_ = JournalEntry{};
  entry_.issuance = chain_->issuance();
  entry_.application_digest = chain_->application_digest();
  entry_.city = chain_->city();
  entry_.kind = application::name_of(chain_->application().kind());
  entry_.fee = chain_->application().fee();
  entry_.sheets = sheets_;
  entry_.begun = now;
  entry_.acceptor_captured_before = counters_.acceptor_captured;
  entry_.acceptor_returned_before = counters_.acceptor_returned;
  entry_.printer_impressions_before = counters_.printer_impressions;
  entry_.printer_counts = counters_.printer_counts;
  inserted_ = change_ = returned_ = sheets_printed_ = 0;
  money_ = Money::accepting_noted;
  write(JournalStep::accepting);
}

void Session::happened(const JournalWritten& event, Instant now) {
  if (!event.done && money_ != Money::settled) {
    // Nothing outside has happened for this line yet; what came before it is undone or left to a case.
    if (money_ == Money::accepting_noted || money_ == Money::paid_noted) {
      money_ = Money::accepting;
      return end_unpaid({Reason::journal_unwritable, event.done.error().cause});
    }
    settle(v1::ENDING_UNKNOWN, 0, entry_.fee, std::string(code_of(Reason::journal_unwritable)), now);
    return refuse_with(told_after_payment(event.done.error()));
  }
  switch (money_) {
    case Money::accepting_noted:
      money_ = Money::enabling;
      effects_.emplace_back(EnableAcceptor{});
      return;
    case Money::paid_noted:
      effects_.emplace_back(Capture{entry_.fee});
      return;
    case Money::submitted_noted:
      return submit();
    case Money::printed_noted:
      erase_certificate();
      money_ = Money::printed;
      return show(Screen::take);
    default:
      return;
  }
}

void Session::happened(const MoneyReady& event, Instant now) {
  if (money_ != Money::enabling) return;
  money_ = Money::accepting;
  if (!event.done) return end_unpaid({Reason::payment_incomplete, event.done.error().cause});
  if (entry_.fee == 0) return ask_release(now);
  show(Screen::pay);
}

void Session::happened(const CoinInserted& event, Instant now) {
  if (money_ != Money::accepting || screen_ != Screen::pay) return;
  inserted_ = event.escrow;
  effects_.emplace_back(Show{});
  if (inserted_ >= entry_.fee) ask_release(now);
}

void Session::ask_release(Instant now) {
  money_ = Money::confirming;
  step_ = "confirm";
  show(Screen::working);
  call("Confirm", chain_->confirm_query(*certificate_, now));
}

void Session::take_money() {
  money_ = Money::paid_noted;
  write(JournalStep::paid);
}

void Session::happened(const MoneyCaptured& event, Instant now) {
  if (money_ != Money::paid_noted) return;
  if (!event.change) {
    money_ = Money::accepting;
    return end_unpaid({Reason::payment_incomplete, event.change.error().cause});
  }
  change_ = *event.change;
  paid_at_ = now;
  entry_.money_taken = entry_.fee;
  counters_.acceptor_captured += entry_.fee;
  money_ = Money::submitted_noted;
  write(JournalStep::submitted);
}

void Session::submit() {
  auto document = paper::write_pdf(certificate_->sheets, std::nullopt, {chain_->issuance().hex()});
  // Every digest is checked once more, over the very bytes that go to the printer.
  auto images = document ? paper::images_of_pdf(*document)
                         : Outcome<std::vector<paper::EncodedImage>>(std::unexpected(document.error()));
  bool same = images && images->size() == certificate_->sheets.size();
  for (std::size_t i = 0; same && i < images->size(); ++i) same = (*images)[i] == certificate_->sheets[i].front;
  if (images) {
    for (auto& image : *images) wipe(image);
  }
  money_ = Money::printing;
  if (!same)
    return print_failed({{Reason::page_check_failed, "the document is not what the city signed"}, false, 0, false},
                        paid_at_);
  show(Screen::printing);
  effects_.emplace_back(Print{chain_->issuance(), Sensitive<Bytes>{std::move(*document)}, sheets_});
}

void Session::happened(const PrintGoesOn& event, Instant) {
  if (money_ != Money::printing || event.impressions <= sheets_printed_) return;
  sheets_printed_ = std::min(event.impressions, sheets_);
  effects_.emplace_back(Show{});
}

void Session::happened(const Printed& event, Instant now) {
  if (money_ != Money::printing) return;
  if (!event.result) return print_failed(event.result.error(), now);
  sheets_printed_ = event.result->impressions_completed;
  entry_.sheets_printed = sheets_printed_;
  counters_.printer_impressions += sheets_printed_;
  money_ = Money::printed_noted;
  write(JournalStep::printed);
}

// Not everything came out. The money is in the box and nobody here gives it back by guess: it becomes a refund case.
void Session::print_failed(const Printer::Failure& failure, Instant now) {
  erase_certificate();
  sheets_printed_ = failure.impressions_completed;
  entry_.sheets_printed = failure.impressions_completed;
  counters_.printer_impressions += failure.impressions_completed;
  settle(v1::ENDING_UNKNOWN, 0, entry_.fee, std::string(code_of(failure.refusal.reason)), now);
  refuse_with(told_after_payment(failure.refusal));
}

void Session::happened(const MoneyReturned& event, Instant now) {
  if (money_ != Money::returning) return;
  if (event.returned) {
    returned_ = *event.returned;
    counters_.acceptor_returned += returned_;
    settle(v1::ENDING_RETURNED, returned_, 0, std::string(code_of(after_return_->reason)), now);
  } else {
    settle(v1::ENDING_UNKNOWN, 0, inserted_, std::string(code_of(after_return_->reason)), now);
  }
  refuse_with(*after_return_);
}

// Writes the last line and its receipt. Whatever happens afterwards, the journal says what became of it.
void Session::settle(v1::Ending ending, std::uint32_t returned, std::uint32_t in_case, const std::string& code,
                     Instant now) {
  money_ = Money::settled;
  entry_.money_returned = returned;
  entry_.money_in_case = in_case;
  entry_.ending = static_cast<std::uint8_t>(ending);
  entry_.refusal = code;
  entry_.settled = now;
  entry_.case_closed = ending == v1::ENDING_HANDED_OVER || ending == v1::ENDING_RETURNED;
  if (!entry_.case_closed) refusal_case_ = entry_.issuance.hex().substr(0, 8);
  if (auto said = sign_receipt(crypto_, *device_key_, receipt_of(entry_, settings_.kiosk), now))
    entry_.receipt = std::move(*said);
  write(JournalStep::settled);
}

}  // namespace mado::kiosk
