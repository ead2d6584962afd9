// What every simulated node lives in. One for a run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "application/roster.hpp"
#include "simulator/city/population.hpp"
#include "simulator/invariants/book.hpp"
#include "simulator/network/network.hpp"
#include "simulator/scheduler/scheduler.hpp"
#include "simulator/swarm/faults.hpp"
#include "simulator/trust/keys.hpp"

namespace mado::simulator {

struct Surroundings {
  std::uint64_t seed;
  Scheduler& scheduler;
  Faults& faults;
  Network& network;
  Keys& keys;
  Population& population;
  Book& book;
};

// The trust of the installation: made once, before any node starts.
struct Installation {
  struct City {
    std::string code;
    std::string name;
    std::shared_ptr<const trust::SigningKey> statement_key;
    std::shared_ptr<const trust::ReceivingKey> receiving_key;
    Bytes handle_key;
  };
  struct CenterKey {
    std::string name;
    std::shared_ptr<const trust::SigningKey> key;
  };
  std::vector<City> cities;
  std::vector<CenterKey> centers;
  std::vector<std::string> kiosks;
  Bytes token_key;
  Bytes signed_roster;
  std::vector<Bytes> roster_authorities;
  std::shared_ptr<const application::RosterBook> roster;
};
Installation make_installation(Keys& keys, const std::vector<std::string>& cities, int centers, int kiosks,
                               Instant now);

// A process that may end at any moment and comes back from what lies on its disk.
class Process {
 public:
  Process(Surroundings& around, std::string name);
  virtual ~Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  const std::string& name() const { return name_; }
  bool running() const { return running_; }
  void start();
  // Ends at once, and starts again after a while.
  void crash();
  // Ends within the next moments if `fault` happens: between any two things that it does.
  void may_crash(Fault fault);

 protected:
  // The process's life: ends with it.
  const Life& life() const { return life_; }
  // Does nothing more from now on; crashes as soon as what runs now has returned.
  void doom();
  virtual void started() = 0;
  // Forgets everything that is not on a disk.
  virtual void stopped() = 0;

  Surroundings& around_;
  Random random_;
  std::uint64_t crashes_ = 0;

 private:
  std::string name_;
  Life life_;
  Life always_;
  bool running_ = false;
};

}  // namespace mado::simulator
