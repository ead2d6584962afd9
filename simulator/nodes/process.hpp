// A process that may end at any moment and comes back from what lies on its disk.
#pragma once

#include <string>

#include "simulator/nodes/installation.hpp"
#include "simulator/nodes/surroundings.hpp"

namespace mado::simulator {

class Process {
 public:
  Process(Surroundings& around, std::string name);
  virtual ~Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  const std::string& name() const { return name_; }
  bool running() const { return running_; }
  void start();
  // Which build of its program it is; the newer one unless said otherwise.
  void runs_build(std::uint64_t build) { build_ = build; }
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
  std::uint64_t build() const { return build_; }
  // From started(): the program has ended with a refusal. It is tried again, and its operator installs the newer build.
  void refuses_to_start(const Refusal& why);
  // Rule 16: what is served now must be what this build may serve.
  void serves_by(const application::RosterBook& roster);
  // Forgets everything that is not on a disk.
  virtual void stopped() = 0;

  Surroundings& around_;
  Random random_;

 private:
  std::string name_;
  Life life_;
  Life always_;
  bool running_ = false;
  std::uint64_t build_ = newer_build;
  std::uint64_t highest_roster_ = 0;  // that it has ever served by
};

}  // namespace mado::simulator
