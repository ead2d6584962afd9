// A process that may end at any moment and comes back from what lies on its disk.
#pragma once

#include <string>

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

 private:
  std::string name_;
  Life life_;
  Life always_;
  bool running_ = false;
};

}  // namespace mado::simulator
