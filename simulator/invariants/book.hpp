// What really happened, as somebody would know who stood at every machine at once: written by the simulated machines,
// never by what a core believes. The invariants are predicates over it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "application/rules.hpp"
#include "kiosk/core/journal.hpp"
#include "simulator/city/page.hpp"
#include "simulator/city/population.hpp"
#include "simulator/scheduler/scheduler.hpp"
#include "simulator/trace/trace.hpp"

namespace mado::simulator {

// The order of all facts of a run; 0: has not happened.
using Ordinal = std::uint64_t;

using Edition = std::shared_ptr<const application::OfferRules>;

// One application (申請) from the first press to the last coin.
struct Application {
  std::string name;  // "a17", in the order of appearance
  Id issuance;
  Bytes digest;
  Bytes opening;  // digest of the opening statement
  std::string city;
  std::string kiosk;
  const Card* card = nullptr;  // that signed the opening; nothing: none did
  v1::Service service = v1::SERVICE_HOME_CITY;
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;
  std::vector<v1::Option> options;
  std::set<std::string> persons;  // names of those whom the citizen chose
  std::uint32_t copies = 0;
  std::uint32_t fee = 0;
  std::uint32_t most_in_opening = 0;
  Instant applied_at;
  Instant confirmed_at;
  Edition rules;  // of its city in force at its opening's challenge; nothing: none were, or no card signed it

  Ordinal signed_at = 0, applied = 0, issued = 0, confirmed = 0, accepting = 0, paid = 0, submitted = 0, printed = 0;
  Bytes begun;  // digest of the application that the ledger began last under this id
  int issues = 0;
  int releases = 0;
  int submissions = 0;
  std::uint32_t sheets_out = 0;
  std::uint32_t inserted = 0;  // yen into the escrow
  std::uint32_t captured = 0;  // yen into the box
  std::uint32_t returned = 0;  // yen to the citizen: change, or all of it
  bool submitted_before_crash = false;
  bool settled_at_city = false;
  std::optional<kiosk::JournalEntry> journal;  // its durable line
};

struct Opening {
  const Card* card = nullptr;
  std::string kiosk;
  Ordinal signed_at = 0;
  int signatures = 0;
  Instant expires;  // of the issuer's clock
};

struct SheetOut {
  std::string kiosk;
  Page page;
};

enum class What : std::uint8_t {
  card_signed,
  applied,
  issued,
  confirmed,
  journal,
  coin,
  captured,
  returned,
  submitted,
  sheet,
  settled_at_city,
  crashed,
  at_menu,   // a kiosk shows the menu or something later
  idle,      // a kiosk has found itself idle and waits for a citizen
  answered,  // a kiosk heard an answer, in time or not
  serves,    // a node serves by its roster as it must not
  seen,      // somebody on a line looked at a message
  pin_offered,
};

// What has just happened. Pointers are good during the call.
struct Fact {
  What what;
  std::string_view who;
  Application* application = nullptr;
  const SheetOut* sheet = nullptr;
  std::string detail;
  const PinOffered* pin = nullptr;
  unsigned wrong_in_a_row = 0;  // answers that told that a PIN was wrong, with no right PIN between
};

struct Violation {
  std::string invariant;
  std::string sentence;
  std::string detail;
};

class Book;

class Invariant {
 public:
  Invariant(std::string named, std::string said) : name(std::move(named)), sentence(std::move(said)) {}
  virtual ~Invariant() = default;
  const std::string name;      // "I1"
  const std::string sentence;  // from chain.md
  // What the fact contradicts; nothing if it is allowed.
  virtual std::optional<std::string> after(const Fact& fact, const Book& book) = 0;
  // The same once nothing fails any more and all has come to rest.
  virtual std::optional<std::string> at_rest(const Book&) { return std::nullopt; }
};

class Book {
 public:
  Book(Scheduler& scheduler, Trace& trace);

  void watch(std::unique_ptr<Invariant> invariant) { invariants_.push_back(std::move(invariant)); }
  const std::optional<Violation>& violation() const { return violation_; }
  void check_at_rest();
  // Nothing fails any more, and all the same `what` does not come to rest.
  void does_not_rest(const std::string& what);

  // Facts, from the machines that cause them.
  void card_signed(const std::string& kiosk, const Card& card, ByteView signature);
  void pin_offered(const std::string& kiosk, const Card& card, const PinOffered& offered);
  void opening_completed(const Bytes& opening, ByteView signature, Instant expires);
  void applied(Application application);
  // The ledger of `node` has begun an issuance for the application with this digest.
  void begun(const Id& issuance, ByteView application_digest);
  void issued(const std::string& node, const Id& issuance);
  // `contradiction`: what had been stopped by then (stopped.hpp); empty if nothing.
  void confirmed(const std::string& node, const Id& issuance, const std::string& contradiction);
  void settled_at_city(const std::string& node, const Id& issuance);
  // The editions of a city's rules from now on: one was loaded, or some were lost with its ledger.
  void rules_are(const std::string& city, std::vector<Edition> editions);
  // A register acknowledged this edition of a record in the place of all before it.
  void replaced(const RecordEdition& by);
  void journal_written(const std::string& kiosk, const kiosk::JournalEntry& entry);
  void inserted(const std::string& kiosk, const Id& issuance, std::uint32_t yen);
  void captured(const std::string& kiosk, const Id& issuance, std::uint32_t yen, std::uint32_t change);
  void returned(const std::string& kiosk, const Id& issuance, std::uint32_t yen);
  void submitted(const std::string& kiosk, const Id& issuance);
  void sheet(const std::string& kiosk, const Id& issuance, const Page& page);
  void crashed(const std::string& node);
  void kiosk_shows_menu(const std::string& kiosk, bool card_on_reader);
  // `contradiction`: what is not idle about it; empty if all is.
  void kiosk_is_idle(const std::string& kiosk, const std::string& contradiction);
  void refused(const std::string& kiosk, Reason reason);
  // `contradiction`: what took effect that must not; empty if nothing.
  void kiosk_heard(const std::string& kiosk, const std::string& contradiction);
  // `node` serves although its build or its roster is too old.
  void serves_wrongly(const std::string& node, const std::string& contradiction);
  // What somebody outside can read of a message between `from` and `to`.
  void can_be_read(const std::string& where, const std::string& what);
  // As Trace::observe.
  void observe(std::string_view from, std::string_view to, std::string_view what, std::size_t size) {
    trace_.observe(scheduler_.now(), from, to, what, size);
  }
  void note(std::string_view who, std::string_view what, std::string_view detail = {});

  // What is known.
  const std::map<Id, Application>& applications() const { return applications_; }
  const std::map<Bytes, Opening>& openings() const { return openings_; }
  Application* find(const Id& issuance);
  // Of the editions that are loaded now, the one in force at `moment`.
  Edition rules_at(const std::string& city, Instant moment) const;
  // When a register acknowledged that something else stands in this one's place; nothing: it stands.
  std::optional<Instant> replaced_at(const RecordEdition& record) const;
  Instant now() const { return scheduler_.now(); }
  // The application that the kiosk's citizen made last; empty once the kiosk was idle or has crashed.
  std::string current(std::string_view kiosk) const;
  std::uint64_t sheets_out() const { return sheets_.size(); }
  std::uint64_t refusals() const { return refusals_; }
  std::uint64_t crashes() const { return crashes_; }
  std::uint64_t editions() const { return editions_loaded_; }
  bool sheet_known(const std::string& page_number) const { return sheets_.contains(page_number); }

 private:
  void happened(Fact fact);
  Ordinal next() { return ++ordinal_; }

  Scheduler& scheduler_;
  Trace& trace_;
  std::vector<std::unique_ptr<Invariant>> invariants_;
  std::optional<Violation> violation_;
  Ordinal ordinal_ = 0;
  std::map<Id, Application> applications_;
  std::map<Bytes, Opening> openings_;
  struct Signed {
    const Card* card;
    std::string kiosk;
    Ordinal at;
    int times;
  };
  std::map<Bytes, Signed> signatures_;
  std::map<const Card*, unsigned> wrong_in_a_row_;
  std::map<std::string, std::string, std::less<>> current_;
  std::set<std::string> sheets_;
  std::map<std::string, std::vector<Edition>> rules_;            // by city, as they were loaded
  std::map<std::string, std::map<unsigned, Instant>> replaced_;  // by record, the edition that came
  std::uint64_t editions_loaded_ = 0;
  std::uint64_t refusals_ = 0;
  std::uint64_t crashes_ = 0;
};

// Every invariant of chain.md that the simulator watches.
std::vector<std::unique_ptr<Invariant>> all_invariants();

}  // namespace mado::simulator
