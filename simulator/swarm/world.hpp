// Everything of one run: nodes, people, faults, and the book in which it is written down.
#pragma once

#include <memory>
#include <vector>

#include "simulator/adversary/adversary.hpp"
#include "simulator/citizen/citizen.hpp"
#include "simulator/nodes/center_node.hpp"
#include "simulator/nodes/issuer_node.hpp"
#include "simulator/nodes/jpki_node.hpp"
#include "simulator/nodes/kiosk_node.hpp"
#include "simulator/nodes/register_node.hpp"
#include "simulator/swarm/scenario.hpp"

namespace mado::simulator {

class World {
 public:
  World(const Scenario& scenario, Trace& trace);
  ~World();

  // Until everything has come to rest, or an invariant does not hold.
  void run();
  const std::optional<Violation>& violation() const { return book_.violation(); }
  Tally tally() const;

 private:
  struct Place {  // in front of a kiosk
    std::unique_ptr<Citizen> citizen;
  };
  // A city's own: what its issuer keeps, the last backup of its ledger with the rules in it, its nodes.
  struct CityHall {
    explicit CityHall(std::uint64_t seed, std::string city) : code(std::move(city)), draws(seed, "rules of " + code) {}
    std::string code;
    CityDisk disk;
    struct Backup {
      LedgerContent ledger;
      RulesContent rules;
    } backup;
    Random draws;
    std::unique_ptr<RegisterNode> residents;
    std::unique_ptr<TransferNode> transfer;
    std::vector<std::unique_ptr<IssuerNode>> issuers;
  };
  void build();
  void build_city(const Installation::City& city);
  milliseconds any_skew();
  void await_citizen(std::size_t kiosk);
  void citizen_comes(std::size_t kiosk);
  void staff_come_by(std::size_t kiosk);
  void look_after_ledger(CityHall& city);
  void restore_ledger(CityHall& city);
  void look_after_rules(CityHall& city);
  void load_rules(CityHall& city, application::OfferRules rules);
  void look_after_roster();
  void may_be_old(Process& process);
  // JPKI, centers, relay, registers, transfer servers and issuer nodes.
  std::vector<Process*> places() const;
  Card* free_card();
  void run_until(Instant end);
  bool at_rest() const;
  std::string what_does_not_rest() const;

  Scenario scenario_;
  Random random_;
  Scheduler scheduler_;
  Book book_;
  Faults faults_;
  Network network_;
  std::unique_ptr<Keys> keys_;
  std::unique_ptr<Population> population_;
  std::unique_ptr<Surroundings> around_;
  Installation installation_;
  std::unique_ptr<Adversary> adversary_;
  std::vector<std::unique_ptr<CityHall>> cities_;
  std::vector<std::unique_ptr<Process>> between_;  // JPKI, centers and relay
  std::vector<std::unique_ptr<KioskNode>> kiosks_;
  std::vector<Place> places_;
  Life open_;  // as long as citizens come
  Life always_;
};

}  // namespace mado::simulator
