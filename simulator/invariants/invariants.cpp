// The invariants of chain.md, one small predicate each. "a" is an application, "o" its opening, "k" a kiosk.
#include <algorithm>

#include "application/chain.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "simulator/invariants/book.hpp"
#include "simulator/invariants/papers.hpp"

namespace mado::simulator {

namespace {
using Seen = std::optional<std::string>;
using kiosk::JournalStep;

struct OneSignatureThenInOrder final : Invariant {
  OneSignatureThenInOrder()
      : Invariant("I2",
                  "one CardSign(o) and one Issue(a); CardSign < Apply < Issue < Confirm < Paid < Submit < Sheet") {}
  Seen after(const Fact& fact, const Book& book) override {
    if (fact.what != What::sheet || fact.application == nullptr) return {};
    const auto& a = *fact.application;
    const auto opening = book.openings().find(a.opening);
    if (opening == book.openings().end() || opening->second.signatures != 1)
      return a.name + " was not opened by exactly one signature";
    if (a.issues != 1) return a.name + " was not issued exactly once";
    const Ordinal order[]{a.signed_at, a.applied, a.issued, a.confirmed, a.paid, a.submitted};
    if (std::ranges::find(order, Ordinal{0}) != std::end(order)) return a.name + " was printed with a step left out";
    if (std::ranges::adjacent_find(order, std::ranges::greater_equal{}) != std::end(order))
      return a.name + " was printed with its steps out of order";
    return {};
  }
};

struct IssuedOnce final : Invariant {
  IssuedOnce()
      : Invariant("I3",
                  "|Issue(a)| <= 1 and one release over all nodes and restarts; no more applications than o allows") {}
  Seen after(const Fact& fact, const Book& book) override {
    const auto* a = fact.application;
    if (a == nullptr) return {};
    if (fact.what == What::confirmed && a->releases > 1) return a->name + " was released twice";
    if (fact.what != What::issued) return {};
    if (a->issues > 1) return a->name + " was issued twice";
    const auto issued = std::ranges::count_if(book.applications(), [&](const auto& entry) {
      return entry.second.opening == a->opening && entry.second.issues > 0;
    });
    if (issued > static_cast<std::ptrdiff_t>(a->most_in_opening))
      return a->name + " is one more than its opening allows";
    return {};
  }
};

struct IssuedInTimeToAValidCard final : Invariant {
  IssuedInTimeToAValidCard()
      : Invariant("I4",
                  "Issue(a) at t => t - time(challenge(o)) <= 600 s, and the card was not revoked when a was made") {}
  Seen after(const Fact& fact, const Book& book) override {
    if (fact.what != What::issued || fact.application == nullptr) return {};
    const auto& a = *fact.application;
    const auto opening = book.openings().find(a.opening);
    if (opening == book.openings().end()) return a.name + " was issued without an opening";
    if (book.now() > opening->second.expires + application::clock_tolerance)
      return a.name + " was issued after its challenge had expired";
    // The nonce is the application's digest: the answer was made after the application.
    if (a.card->revoked && *a.card->revoked < a.applied_at) return a.name + " was issued to a revoked card";
    return {};
  }
};

struct IssuedOnlyWhatWasAppliedFor final : Invariant {
  IssuedOnlyWhatWasAppliedFor()
      : Invariant("I5",
                  "at an honest kiosk: not Applied(a) => not Issue(a), with a corrupt center, relay, other kiosk and "
                  "other city") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::issued) return {};
    if (fact.application == nullptr) return "a certificate was issued that nobody applied for";
    if (fact.application->begun != fact.application->digest)
      return fact.application->name + " was issued as something else than its citizen applied for";
    return {};
  }
};

struct NobodyOutsideReads final : Invariant {
  NobodyOutsideReads()
      : Invariant("I6", "the adversary knows a page or a menu => that kiosk or that city's issuer is corrupt") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::seen) return {};
    return std::string(fact.who) + ": " + fact.detail;
  }
};

struct NoBuildBelowTheFloor final : Invariant {
  NoBuildBelowTheFloor()
      : Invariant("rule 16", "nobody serves with a build below the floor of its roster, or by an older roster") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::serves) return {};
    return std::string(fact.who) + ": " + fact.detail;
  }
};

struct OneAnswerToEachQuestion final : Invariant {
  OneAnswerToEachQuestion()
      : Invariant("I12", "an answer takes effect => its call is open and it names that call's digest") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::answered) return {};
    return std::string(fact.who) + ": " + fact.detail;
  }
};

struct NothingSuppressedIsConfirmed final : Invariant {
  NothingSuppressedIsConfirmed() : Invariant("I7", "Acknowledged(suppress x) < Confirm(a) => x not in affected(a)") {}
  // Whoever was suppressed before the issuer asked the register; see docs/simulator.md for the moment between.
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::confirmed || fact.detail.empty()) return {};
    return fact.detail;
  }
};

struct EachSheetOnce final : Invariant {
  EachSheetOnce()
      : Invariant("I8", "each sheet at most once; durable(paid) < Submit; Submit(a) < Crash(k) => no later Submit(a)") {
  }
  Seen after(const Fact& fact, const Book& book) override {
    const auto* a = fact.application;
    if (fact.what == What::sheet && book.sheet_known(fact.sheet->page.number))
      return "sheet " + fact.sheet->page.number + " came out twice";
    if (fact.what != What::submitted) return {};
    if (a == nullptr) return "something was printed that nobody applied for";
    if (a->paid == 0) return a->name + " was submitted before its payment was durable";
    if (a->submissions > 1) return a->name + " was submitted twice";
    if (a->submitted_before_crash) return a->name + " was submitted again after a crash";
    if (a->captured != a->fee) return a->name + " was submitted without its fee having been taken";
    return {};
  }
};

struct JournalComesFirst final : Invariant {
  JournalComesFirst()
      : Invariant("rule 11",
                  "accepting is durable before a coin is taken, paid before capture, submitted before the job") {}
  Seen after(const Fact& fact, const Book&) override {
    const auto* a = fact.application;
    if (a == nullptr) return {};
    if (fact.what == What::coin && a->accepting == 0) return a->name + " took a coin without a line in the journal";
    if (fact.what == What::captured && a->paid == 0) return a->name + " was paid without a line in the journal";
    if (fact.what == What::submitted && a->submitted == 0) return a->name + " was sent to the printer without a line";
    return {};
  }
};

struct EveryYenIsAccountedFor final : Invariant {
  EveryYenIsAccountedFor() : Invariant("I9", "at rest: taken(a) = fee(a)*complete(a) + returned(a) + in case(a)") {}
  Seen after(const Fact& fact, const Book&) override {
    const auto* a = fact.application;
    if (fact.what != What::captured && fact.what != What::returned) return {};
    if (a != nullptr && a->captured + a->returned > a->inserted) return a->name + ": more money went than came";
    return {};
  }
  Seen at_rest(const Book& book) override {
    for (const auto& [issuance, a] : book.applications()) {
      if (a.inserted < a.returned) return a.name + ": more was returned than was inserted";
      const auto taken = a.inserted - a.returned;
      if (!a.journal) {
        if (taken != 0 || a.sheets_out != 0) return a.name + ": money or paper without a line in the journal";
        continue;
      }
      const auto& line = *a.journal;
      if (line.step != JournalStep::settled) return a.name + ": its line in the journal is not settled";
      const bool complete = line.ending == v1::ENDING_HANDED_OVER || line.ending == v1::ENDING_ABANDONED;
      if (complete && a.sheets_out != line.sheets) return a.name + ": said to be complete, and is not";
      if (line.ending == v1::ENDING_RETURNED && a.sheets_out != 0) return a.name + ": said to be returned, and printed";
      const auto owed = (complete ? a.fee : 0) + line.money_in_case;
      if (taken != owed)
        return a.name + ": " + std::to_string(taken) + " yen were kept, " + std::to_string(owed) + " are accounted for";
    }
    return {};
  }
};

struct IdleIsEmpty final : Invariant {
  IdleIsEmpty()
      : Invariant("I10", "idle(k) => keys, buffers, queue empty, escrow 0, reader empty, counter = journal") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::idle || fact.detail.empty()) return {};
    return std::string(fact.who) + ": " + fact.detail;
  }
};

struct ReaderEmptyAtTheMenu final : Invariant {
  ReaderEmptyAtTheMenu() : Invariant("I11", "state(k) at menu or later => reader empty") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::at_menu || fact.detail.empty()) return {};
    return std::string(fact.who) + ": " + fact.detail;
  }
};

// What the card's answers told about its PIN has been paid for in its memory, which outlives its power.
struct TriesAreSpent final : Invariant {
  TriesAreSpent()
      : Invariant(
            "card",
            "no answer tells that a PIN was wrong unless its try is durably spent; only the right PIN gives tries "
            "back") {}
  Seen after(const Fact& fact, const Book&) override {
    if (fact.what != What::pin_offered) return {};
    const auto& pin = *fact.pin;
    if (!pin.right && pin.after > pin.before) return fact.detail + ": a wrong PIN gave tries back";
    if (fact.wrong_in_a_row + pin.after > card::jpki::authentication_pin_tries)
      return fact.detail + ": told " + std::to_string(fact.wrong_in_a_row) + " times in a row that it was wrong";
    return {};
  }
};

struct EverythingSettles final : Invariant {
  EverythingSettles() : Invariant("live", "Confirm(a) leads to Settled(a) or an open case") {}
  Seen after(const Fact&, const Book&) override { return {}; }
  Seen at_rest(const Book& book) override {
    for (const auto& [issuance, a] : book.applications()) {
      if (a.confirmed != 0 && !a.settled_at_city)
        return a.name + ": confirmed, and its city never heard what became of it";
    }
    return {};
  }
};
}  // namespace

std::vector<std::unique_ptr<Invariant>> all_invariants() {
  std::vector<std::unique_ptr<Invariant>> all;
  all.push_back(a_paper_belongs_to_its_application());
  all.push_back(std::make_unique<OneSignatureThenInOrder>());
  all.push_back(std::make_unique<IssuedOnce>());
  all.push_back(std::make_unique<IssuedInTimeToAValidCard>());
  all.push_back(std::make_unique<IssuedOnlyWhatWasAppliedFor>());
  all.push_back(std::make_unique<NobodyOutsideReads>());
  all.push_back(std::make_unique<NothingSuppressedIsConfirmed>());
  all.push_back(a_paper_shows_what_is_recorded());
  all.push_back(an_application_ends_as_it_began());
  all.push_back(std::make_unique<EachSheetOnce>());
  all.push_back(std::make_unique<JournalComesFirst>());
  all.push_back(std::make_unique<EveryYenIsAccountedFor>());
  all.push_back(std::make_unique<IdleIsEmpty>());
  all.push_back(std::make_unique<ReaderEmptyAtTheMenu>());
  all.push_back(std::make_unique<NoBuildBelowTheFloor>());
  all.push_back(std::make_unique<OneAnswerToEachQuestion>());
  all.push_back(std::make_unique<TriesAreSpent>());
  all.push_back(std::make_unique<EverythingSettles>());
  return all;
}

}  // namespace mado::simulator
