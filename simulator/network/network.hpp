// The lines between the nodes: calls that are lost, late, doubled, overtaken, replayed, crossed, cut and changed. A
// caller hears exactly one thing of each call: an answer, or why there is none.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "simulator/scheduler/scheduler.hpp"
#include "simulator/swarm/faults.hpp"

namespace mado::simulator {

using Reply = std::function<void(Outcome<Bytes>)>;
using Serve = std::function<void(const std::string& method, Bytes request, Reply reply)>;

// Who sits on the lines.
class Onlooker {
 public:
  virtual ~Onlooker() = default;
  struct Decision {
    bool withheld = false;        // the request goes no further
    std::optional<Bytes> answer;  // to a request that was withheld; nothing: none comes
  };
  virtual Decision hears_request(const std::string& from, const std::string& to, const std::string& method,
                                 const Bytes& request) = 0;
  // May put an answer of its own in its place.
  virtual void hears_answer(const std::string& from, const std::string& to, const std::string& method,
                            Outcome<Bytes>& answer) = 0;
};

struct NetworkCounts {
  std::uint64_t delivered = 0;
};

class Network {
 public:
  Network(Scheduler& scheduler, Faults& faults, std::uint64_t seed);

  // A node serves from now on; one that is down refuses with line_down.
  void attach(const std::string& node, Serve serve) { servers_[node] = std::move(serve); }
  void detach(const std::string& node) { servers_.erase(node); }

  // `reply` comes once, unless `caller` is over by then: the answer; what the node refused; line_down if it cannot be
  // reached; answer_late after `deadline`.
  void call(const std::string& from, const std::string& to, const std::string& method, Bytes request,
            milliseconds deadline, const Life& caller, Reply reply);

  // The line to `node` is its city's own: messages on it are lost, late or doubled, and nobody hears, changes, crosses
  // or replays them (mutual TLS between the two, chain.md).
  void keep_inside(const std::string& node) { inside_.insert(node); }

  // `onlooker` hears every message from now on, and must live as long.
  void overheard_by(Onlooker& onlooker) { onlooker_ = &onlooker; }

  const NetworkCounts& counts() const { return counts_; }

 private:
  struct Pending {
    std::string from;
    std::string to;
    std::string method;
    Reply reply;
    Life caller;
    bool over = false;
  };
  using PendingCall = std::shared_ptr<Pending>;

  void deliver(const std::string& to, const PendingCall& call, Bytes request, bool answer_counts);
  void answer(const PendingCall& call, Outcome<Bytes> answer);
  void finish(const PendingCall& call, Outcome<Bytes> answer);
  void remember(const std::string& to, const std::string& method, const Bytes& request);
  void replay_something();
  // Whether the onlooker keeps the request to itself.
  bool withheld(const PendingCall& call, const Bytes& request);
  bool cut(const std::string& from, const std::string& to);
  milliseconds latency();
  Bytes damaged(Bytes message);

  Scheduler& scheduler_;
  Faults& faults_;
  Random random_;
  Life always_;
  Onlooker* onlooker_ = nullptr;
  std::set<std::string> inside_;
  std::map<std::string, Serve> servers_;
  std::map<std::pair<std::string, std::string>, Instant> cuts_;  // until when
  std::list<std::weak_ptr<Pending>> waiting_;
  struct Recorded {
    std::string to;
    std::string method;
    Bytes request;
  };
  std::deque<Recorded> recorded_;
  NetworkCounts counts_;
};

}  // namespace mado::simulator
