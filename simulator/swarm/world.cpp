#include "simulator/swarm/world.hpp"

#include <fmt/format.h>

#include "simulator/city/offer.hpp"

namespace mado::simulator {

namespace {
const Instant first_morning{1'795'480'200'000};  // 2026-11-24 06:30 in Japan
constexpr std::size_t households = 12;           // of each city
constexpr milliseconds most_skew{2'500};         // so that two clocks are at most 5 s apart (chain rule 13)
constexpr milliseconds least_between_citizens{2'000};
constexpr milliseconds most_between_citizens{30'000};
constexpr milliseconds staff_every{300'000};
constexpr milliseconds ledger_every{300'000};
constexpr milliseconds rules_every{120'000};
constexpr milliseconds roster_every{300'000};
constexpr milliseconds most_until_roster{600'000};
constexpr std::chrono::minutes longest_rest{120};
constexpr milliseconds look_for_rest{15'000};

const std::vector<std::string> city_codes{"131016", "121002", "242047", "132292"};

std::vector<std::string> first_cities(int count) { return {city_codes.begin(), city_codes.begin() + count}; }
}  // namespace

World::World(const Scenario& scenario, Trace& trace)
    : scenario_(scenario),
      random_(scenario.seed, "world"),
      scheduler_(first_morning + random_.between(milliseconds{0}, milliseconds{std::chrono::hours{12}})),
      book_(scheduler_, trace),
      faults_(scenario.seed, scenario.without),
      network_(scheduler_, faults_, scenario.seed) {
  build();
}

World::~World() = default;

void World::build() {
  const auto before = scheduler_.now() + -std::chrono::hours{1};
  keys_ = scenario_.real_crypto ? make_real_keys(before) : make_stand_in_keys(Random(scenario_.seed, "keys"), before);
  const auto cities = first_cities(scenario_.cities);
  population_ = std::make_unique<Population>(cities, households, static_cast<v1::Suppression>(scenario_.cause), *keys_,
                                             faults_, scheduler_.now(), Random(scenario_.seed, "population"));
  around_.reset(new Surroundings{scenario_.seed, scheduler_, faults_, network_, *keys_, *population_, book_});
  installation_ = make_installation(*keys_, cities, scenario_.centers, scenario_.kiosks, scheduler_.now());
  adversary_ = std::make_unique<Adversary>(*around_, installation_);
  network_.overheard_by(*adversary_);
  for (auto& invariant : all_invariants()) book_.watch(std::move(invariant));

  between_.push_back(std::make_unique<JpkiNode>(*around_));
  std::vector<std::string> centers;
  for (const auto& center : installation_.centers) {
    centers.push_back(center.name);
    between_.push_back(std::make_unique<CenterNode>(*around_, installation_, center, any_skew()));
  }
  between_.push_back(std::make_unique<RelayNode>(*around_, centers));
  for (const auto& city : installation_.cities) build_city(city);
  for (const auto& name : installation_.kiosks)
    kiosks_.push_back(std::make_unique<KioskNode>(*around_, installation_, name, any_skew()));
  places_.resize(kiosks_.size());
  for (auto* place : places()) may_be_old(*place);
  for (auto& kiosk : kiosks_) may_be_old(*kiosk);
}

void World::may_be_old(Process& process) {
  if (faults_.happens(Fault::old_build)) process.runs_build(older_build);
}

milliseconds World::any_skew() { return random_.between(-most_skew, most_skew); }

void World::build_city(const Installation::City& city) {
  auto& hall = *cities_.emplace_back(std::make_unique<CityHall>(scenario_.seed, city.code));
  hall.disk.ledger.epoch = keys_->crypto().random_id();
  hall.disk.tax.records = first_tax_records(*population_, city.code);
  load_rules(hall, any_offer(hall.code, hall.draws));
  hall.backup = {hall.disk.ledger, hall.disk.rules};
  hall.residents = std::make_unique<RegisterNode>(*around_, city.code, hall.disk.tax);
  hall.transfer = std::make_unique<TransferNode>(*around_, city.code);
  for (int node = 1; node <= scenario_.issuers; ++node)
    hall.issuers.push_back(
        std::make_unique<IssuerNode>(*around_, installation_, city, node, hall.disk, *hall.transfer, any_skew()));
}

void World::run() {
  look_after_roster();
  for (auto& city : cities_) {
    city->residents->start();
    city->transfer->start();
    for (auto& issuer : city->issuers) issuer->start();
    look_after_ledger(*city);
    look_after_rules(*city);
  }
  for (auto& node : between_) node->start();
  for (std::size_t i = 0; i < kiosks_.size(); ++i) {
    kiosks_[i]->start();
    await_citizen(i);
    staff_come_by(i);
  }
  run_until(scheduler_.now() + std::chrono::minutes{scenario_.minutes});
  if (book_.violation()) return;
  faults_.stop();
  open_.end();
  book_.note("simulator", "no more faults");
  const auto latest = scheduler_.now() + longest_rest;
  while (!book_.violation() && !at_rest() && scheduler_.now() < latest) run_until(scheduler_.now() + look_for_rest);
  if (!at_rest()) return book_.does_not_rest(what_does_not_rest());
  book_.check_at_rest();
}

void World::run_until(Instant end) {
  bool over = false;
  const Life here;
  scheduler_.after(end - scheduler_.now(), here, [&over] { over = true; });
  while (!over && !book_.violation() && scheduler_.step()) {
  }
}

void World::await_citizen(std::size_t kiosk) {
  scheduler_.after(random_.between(least_between_citizens, most_between_citizens), open_,
                   [this, kiosk] { citizen_comes(kiosk); });
}

void World::citizen_comes(std::size_t kiosk) {
  auto* card = free_card();
  if (card == nullptr || kiosks_[kiosk]->session() == nullptr) return await_citizen(kiosk);
  places_[kiosk].citizen =
      std::make_unique<Citizen>(*around_, *kiosks_[kiosk], *card, Random(random_.next(), "citizen"), [this, kiosk] {
        places_[kiosk].citizen.reset();
        if (!open_.over()) await_citizen(kiosk);
      });
}

Card* World::free_card() {
  auto& cards = population_->cards();
  auto& card = cards[random_.below(cards.size())];
  return card->at_kiosk ? nullptr : card.get();
}

void World::staff_come_by(std::size_t kiosk) {
  scheduler_.after(staff_every, always_, [this, kiosk] {
    kiosks_[kiosk]->visit();
    staff_come_by(kiosk);
  });
}

// Now and then a backup; and now and then what was lost since must be lived without (chain rule 5).
void World::look_after_ledger(CityHall& city) {
  scheduler_.after(ledger_every, always_, [this, &city] {
    if (faults_.happens(Fault::restore_ledger)) {
      restore_ledger(city);
    } else if (random_.chance(0.5)) {
      city.backup = {city.disk.ledger, city.disk.rules};
    }
    look_after_ledger(city);
  });
}

// The editions of the rules lie in the ledger: those that were loaded since are gone as well.
void World::restore_ledger(CityHall& city) {
  for (auto& issuer : city.issuers) issuer->crash();
  book_.note(city.transfer->name(), "ledger restored",
             fmt::format("{} rows, {} before", city.backup.ledger.rows.size(), city.disk.ledger.rows.size()));
  city.disk.ledger = city.backup.ledger;
  city.disk.rules = city.backup.rules;
  book_.rules_are(city.code, city.disk.rules.editions);
  renew_epoch(city.disk.ledger, keys_->crypto().random_id());
  adversary_->hears_of_restore(city.code);
}

void World::look_after_rules(CityHall& city) {
  scheduler_.after(rules_every, always_, [this, &city] {
    if (faults_.happens(Fault::new_rules)) load_rules(city, any_next_offer(city.code, city.draws, scheduler_.now()));
    look_after_rules(city);
  });
}

void World::load_rules(CityHall& city, application::OfferRules rules) {
  const auto edition = city.disk.rules.load(std::move(rules), scheduler_.now());
  book_.note("city " + city.code, "rules loaded",
             fmt::format("version {}, {} kinds, in force from {}", edition->version, edition->kinds.size(),
                         iso_text(edition->effective)));
  book_.rules_are(city.code, city.disk.rules.editions);
}

// Center and issuers read a roster when they start: each is started anew, at a moment of its operator's.
void World::look_after_roster() {
  scheduler_.after(roster_every, always_, [this] {
    if (installation_.edition > 0 || !faults_.happens(Fault::new_roster)) return look_after_roster();
    installation_.edition = 1;
    book_.note("simulator", "a roster that asks for the newer build");
    for (auto* place : places()) {
      scheduler_.after(random_.between(milliseconds{0}, most_until_roster), always_, [place] { place->crash(); });
    }
  });
}

std::vector<Process*> World::places() const {
  std::vector<Process*> all;
  for (const auto& node : between_) all.push_back(node.get());
  for (const auto& city : cities_) {
    all.push_back(city->residents.get());
    all.push_back(city->transfer.get());
    for (const auto& issuer : city->issuers) all.push_back(issuer.get());
  }
  return all;
}

std::string World::what_does_not_rest() const {
  for (const auto* process : places()) {
    if (!process->running()) return process->name() + " is down";
  }
  for (std::size_t i = 0; i < kiosks_.size(); ++i) {
    const auto& kiosk = *kiosks_[i];
    if (places_[i].citizen) return "a citizen stands at " + kiosk.name();
    if (!kiosk.running() || kiosk.session() == nullptr) return kiosk.name() + " does not serve";
    if (kiosk.session()->screen() != kiosk::Screen::service) return kiosk.name() + " is in a session";
    if (!kiosk.all_reported()) return kiosk.name() + " has receipts that nobody took";
  }
  return {};
}

bool World::at_rest() const { return what_does_not_rest().empty(); }

Tally World::tally() const {
  Tally tally;
  tally.runs = 1;
  tally.events = scheduler_.steps();
  tally.applications = book_.applications().size();
  for (const auto& [issuance, application] : book_.applications()) {
    tally.certificates += static_cast<std::uint64_t>(application.issues);
    tally.of_kind.at(static_cast<std::size_t>(application.kind)) += static_cast<std::uint64_t>(application.issues);
    if (!application.journal) continue;
    tally.handed_over += application.journal->ending == v1::ENDING_HANDED_OVER ? 1 : 0;
    tally.cases += application.journal->case_closed ? 0 : 1;
  }
  tally.sheets = book_.sheets_out();
  tally.refusals = book_.refusals();
  tally.editions = book_.editions();
  tally.crashes = book_.crashes();
  tally.deliveries = network_.counts().delivered;
  tally.faults = faults_.counts();
  return tally;
}

}  // namespace mado::simulator
