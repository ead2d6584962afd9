#include "simulator/invariants/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "application/chain.hpp"
#include "application/rule_names.hpp"

namespace mado::simulator {

Book::Book(Scheduler& scheduler, Trace& trace) : scheduler_(scheduler), trace_(trace) {}

void Book::note(std::string_view who, std::string_view what, std::string_view detail) {
  trace_.note(scheduler_.now(), who, what, detail);
}

void Book::happened(Fact fact) {
  static constexpr std::array<std::string_view, 18> names{
      "card signed", "applied",  "issued",    "confirmed",  "journal",       "coin",
      "captured",    "returned", "submitted", "sheet came", "settled",       "process crashed",
      "menu",        "idle",     "answered",  "serves",     "could be read", "PIN offered"};
  note(fact.who, names.at(static_cast<std::size_t>(fact.what)),
       (fact.application == nullptr ? "" : fact.application->name + " ") + fact.detail);
  if (violation_) return;
  for (const auto& invariant : invariants_) {
    if (auto seen = invariant->after(fact, *this)) {
      violation_ = {invariant->name, invariant->sentence, *seen};
      return;
    }
  }
}

void Book::check_at_rest() {
  for (const auto& invariant : invariants_) {
    if (violation_) return;
    if (auto seen = invariant->at_rest(*this)) violation_ = {invariant->name, invariant->sentence, *seen};
  }
}

void Book::does_not_rest(const std::string& what) {
  if (!violation_) violation_ = {"live", "after faults stop, everything settles or is an open case", what};
}

void Book::refused(const std::string& kiosk, Reason reason) {
  ++refusals_;
  observe(kiosk, "its citizen", code_of(reason), 0);
  note(kiosk, "refused", code_of(reason));
}

Application* Book::find(const Id& issuance) {
  const auto found = applications_.find(issuance);
  return found == applications_.end() ? nullptr : &found->second;
}

std::string Book::current(std::string_view kiosk) const {
  const auto found = current_.find(kiosk);
  return found == current_.end() ? "" : found->second;
}

void Book::card_signed(const std::string& kiosk, const Card& card, ByteView signature) {
  auto& held = signatures_[Bytes(signature.begin(), signature.end())];
  held = {&card, kiosk, next(), held.times + 1};
  happened({What::card_signed, kiosk, nullptr, nullptr, card.holder->number});
}

void Book::pin_offered(const std::string& kiosk, const Card& card, const PinOffered& offered) {
  auto& wrong = wrong_in_a_row_[&card];
  if (offered.told) ++wrong;
  if (offered.right) wrong = 0;
  happened({What::pin_offered, kiosk, nullptr, nullptr,
            fmt::format("{}: {}{}, {} tries before, {} after", card.holder->number, offered.right ? "right" : "wrong",
                        offered.told ? "" : ", not told", offered.before, offered.after),
            &offered, wrong});
}

void Book::opening_completed(const Bytes& opening, ByteView signature, Instant expires) {
  const auto found = signatures_.find(Bytes(signature.begin(), signature.end()));
  if (found == signatures_.end()) return;
  const auto& held = found->second;
  openings_[opening] = {held.card, held.kiosk, held.at, held.times, expires};
}

void Book::applied(Application application) {
  application.applied = next();
  application.applied_at = scheduler_.now();
  application.name = "a" + std::to_string(applications_.size() + 1);
  if (const auto opening = openings_.find(application.opening); opening != openings_.end()) {
    application.card = opening->second.card;
    application.signed_at = opening->second.signed_at;
    application.rules = rules_at(application.city, opening->second.expires + -application::challenge_life);
  }
  const auto issuance = application.issuance;
  const auto kiosk = application.kiosk;
  // An id that was given twice stays the first one's.
  auto& held = applications_.emplace(issuance, std::move(application)).first->second;
  current_[kiosk] = held.name;
  happened({What::applied, held.kiosk, &held, nullptr,
            fmt::format("{}, {} persons, {} yen", application::name_of(held.kind), held.persons.size(), held.fee)});
}

void Book::begun(const Id& issuance, ByteView application_digest) {
  if (auto* application = find(issuance); application != nullptr)
    application->begun.assign(application_digest.begin(), application_digest.end());
}

void Book::issued(const std::string& node, const Id& issuance) {
  auto* application = find(issuance);
  if (application != nullptr) {
    application->issued = next();
    ++application->issues;
  }
  happened({What::issued, node, application, nullptr, application == nullptr ? "what nobody applied for" : ""});
}

void Book::confirmed(const std::string& node, const Id& issuance, const std::string& contradiction) {
  auto* application = find(issuance);
  if (application != nullptr) {
    application->confirmed = next();
    application->confirmed_at = scheduler_.now();
    ++application->releases;
  }
  happened({What::confirmed, node, application, nullptr, contradiction});
}

void Book::settled_at_city(const std::string& node, const Id& issuance) {
  auto* application = find(issuance);
  if (application != nullptr) application->settled_at_city = true;
  happened({What::settled_at_city, node, application, nullptr, ""});
}

void Book::rules_are(const std::string& city, std::vector<Edition> editions) {
  auto& held = rules_[city];
  if (editions.size() > held.size()) ++editions_loaded_;
  held = std::move(editions);
}

void Book::replaced(const RecordEdition& by) { replaced_[by.record][by.edition] = scheduler_.now(); }

Edition Book::rules_at(const std::string& city, Instant moment) const {
  Edition in_force;
  const auto found = rules_.find(city);
  if (found == rules_.end()) return in_force;
  for (const auto& edition : found->second) {
    const bool later = !in_force || edition->effective >= in_force->effective;
    if (edition->effective <= moment && later) in_force = edition;
  }
  return in_force;
}

std::optional<Instant> Book::replaced_at(const RecordEdition& record) const {
  const auto found = replaced_.find(record.record);
  if (found == replaced_.end()) return std::nullopt;
  const auto next = found->second.upper_bound(record.edition);
  if (next == found->second.end()) return std::nullopt;
  return next->second;
}

void Book::journal_written(const std::string& kiosk, const kiosk::JournalEntry& entry) {
  auto* application = find(entry.issuance);
  if (application == nullptr) return;
  application->journal = entry;
  auto& ordinal = entry.step == kiosk::JournalStep::accepting   ? application->accepting
                  : entry.step == kiosk::JournalStep::paid      ? application->paid
                  : entry.step == kiosk::JournalStep::submitted ? application->submitted
                                                                : application->printed;
  if (ordinal == 0) ordinal = next();
  happened({What::journal, kiosk, application, nullptr,
            fmt::format("step {} ending {} case {}", static_cast<int>(entry.step), entry.ending, entry.money_in_case)});
}

void Book::inserted(const std::string& kiosk, const Id& issuance, std::uint32_t yen) {
  auto* application = find(issuance);
  if (application == nullptr) return;
  application->inserted += yen;
  happened({What::coin, kiosk, application, nullptr, fmt::format("{} yen", yen)});
}

void Book::captured(const std::string& kiosk, const Id& issuance, std::uint32_t yen, std::uint32_t change) {
  auto* application = find(issuance);
  if (application != nullptr) {
    application->captured += yen;
    application->returned += change;
  }
  happened({What::captured, kiosk, application, nullptr, fmt::format("{} yen, {} change", yen, change)});
}

void Book::returned(const std::string& kiosk, const Id& issuance, std::uint32_t yen) {
  auto* application = find(issuance);
  if (application != nullptr) application->returned += yen;
  happened({What::returned, kiosk, application, nullptr, fmt::format("{} yen", yen)});
}

void Book::submitted(const std::string& kiosk, const Id& issuance) {
  auto* application = find(issuance);
  if (application != nullptr) ++application->submissions;
  happened({What::submitted, kiosk, application, nullptr, ""});
}

void Book::sheet(const std::string& kiosk, const Id& issuance, const Page& page) {
  auto* application = find(issuance);
  if (application != nullptr) ++application->sheets_out;
  const SheetOut out{kiosk, page};
  happened({What::sheet, kiosk, application, &out, page.number});
  sheets_.insert(page.number);
}

void Book::crashed(const std::string& node) {
  ++crashes_;
  for (auto& [issuance, application] : applications_) {
    if (application.kiosk == node && application.submissions > 0) application.submitted_before_crash = true;
  }
  current_.erase(node);
  happened({What::crashed, node, nullptr, nullptr, ""});
}

void Book::kiosk_shows_menu(const std::string& kiosk, bool card_on_reader) {
  happened({What::at_menu, kiosk, nullptr, nullptr, card_on_reader ? "card on the reader" : ""});
}

void Book::kiosk_heard(const std::string& kiosk, const std::string& contradiction) {
  if (!contradiction.empty()) happened({What::answered, kiosk, nullptr, nullptr, contradiction});
}

void Book::serves_wrongly(const std::string& node, const std::string& contradiction) {
  happened({What::serves, node, nullptr, nullptr, contradiction});
}

void Book::can_be_read(const std::string& where, const std::string& what) {
  happened({What::seen, where, nullptr, nullptr, what});
}

void Book::kiosk_is_idle(const std::string& kiosk, const std::string& contradiction) {
  current_.erase(kiosk);
  happened({What::idle, kiosk, nullptr, nullptr, contradiction});
}

}  // namespace mado::simulator
