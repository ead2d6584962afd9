// A node of the center, with its lines to JPKI and to the cities; and the store operator's relay.
#pragma once

#include <memory>

#include "center/core/center.hpp"
#include "simulator/disk/history.hpp"
#include "simulator/nodes/installation.hpp"
#include "simulator/nodes/process.hpp"
#include "simulator/scheduler/later.hpp"

namespace mado::simulator {

class CenterNode final : public Process {
 public:
  CenterNode(Surroundings& around, const Installation& installation, const Installation::CenterKey& key,
             milliseconds skew);
  ~CenterNode() override;

 private:
  void started() override;
  void stopped() override;

  struct Ports;
  const Installation& installation_;
  const Installation::CenterKey& key_;
  NodeClock clock_;
  HistoryContent history_;
  std::shared_ptr<const application::RosterBook> roster_;
  std::unique_ptr<Ports> ports_;
  std::unique_ptr<center::Center> core_;
  Answering<Outcome<Bytes>> answering_;
};

// ECセンター: hands calls on to one center after the other.
class RelayNode final : public Process {
 public:
  RelayNode(Surroundings& around, std::vector<std::string> centers);

 private:
  void started() override;
  void stopped() override {}

  std::vector<std::string> centers_;
  std::size_t turn_ = 0;
};

}  // namespace mado::simulator
