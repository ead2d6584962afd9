// A place's disk, seen from one database of it: every write is one transaction, synced before it returns, as
// store::Database has it (WAL, synchronous=FULL). It may be refused; and it may be refused although it is durable,
// which is what an error from fsync means.
#pragma once

#include "base/refusal.hpp"
#include "simulator/swarm/faults.hpp"

namespace mado::simulator {

class Disk {
 public:
  // `faults`: nothing for a disk that never fails.
  explicit Disk(Faults* faults) : faults_(faults) {}

  // Refusal: storage_failed.
  template <typename Change>
  Outcome<void> commit(Change change) {
    if (faults_ != nullptr && faults_->happens(Fault::disk_full))
      return refuse(Reason::storage_failed, "the disk is full");
    change();
    if (faults_ != nullptr && faults_->happens(Fault::commit_unknown))
      return refuse(Reason::storage_failed, "it is not known whether the write is durable");
    return {};
  }

 private:
  Faults* faults_;
};

}  // namespace mado::simulator
