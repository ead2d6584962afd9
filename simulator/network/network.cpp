#include "simulator/network/network.hpp"

#include <algorithm>
#include <utility>

namespace mado::simulator {

namespace {
constexpr milliseconds least_latency{2};
constexpr milliseconds most_latency{40};
constexpr milliseconds most_reordering{3'000};
constexpr milliseconds most_delay{70'000};
constexpr milliseconds least_partition{5'000};
constexpr milliseconds most_partition{120'000};
constexpr std::size_t most_recorded = 64;
}  // namespace

Network::Network(Scheduler& scheduler, Faults& faults, std::uint64_t seed)
    : scheduler_(scheduler), faults_(faults), random_(seed, "network") {}

milliseconds Network::latency() {
  auto latency = random_.between(least_latency, most_latency);
  if (faults_.happens(Fault::reorder)) latency += random_.between(milliseconds{0}, most_reordering);
  if (faults_.happens(Fault::delay)) latency += random_.between(milliseconds{0}, most_delay);
  return latency;
}

bool Network::cut(const std::string& from, const std::string& to) {
  const auto line = std::minmax(from, to);
  const std::pair<std::string, std::string> key{line.first, line.second};
  if (faults_.happens(Fault::partition))
    cuts_[key] = scheduler_.now() + random_.between(least_partition, most_partition);
  const auto found = cuts_.find(key);
  return found != cuts_.end() && scheduler_.now() < found->second && !faults_.stopped();
}

Bytes Network::damaged(Bytes message) {
  if (!message.empty() && faults_.happens(Fault::truncate)) message.resize(random_.below(message.size()));
  if (!message.empty() && faults_.happens(Fault::change_bit))
    message[random_.below(message.size())] ^= static_cast<std::uint8_t>(1U << random_.below(8));
  return message;
}

void Network::call(const std::string& from, const std::string& to, const std::string& method, Bytes request,
                   milliseconds deadline, const Life& caller, Reply reply) {
  const auto call = std::make_shared<Pending>(Pending{from, to, method, std::move(reply), caller});
  if (cut(from, to)) {
    scheduler_.after(most_latency, caller,
                     [this, call] { finish(call, refuse(Reason::line_down, "the line is cut")); });
    return;
  }
  scheduler_.after(deadline, caller,
                   [this, call] { finish(call, refuse(Reason::answer_late, "no answer within the deadline")); });
  std::erase_if(waiting_, [](const auto& weak) { return weak.expired(); });
  waiting_.push_back(call);
  const bool inside = inside_.contains(to);
  if (!inside) {
    remember(to, method, request);
    replay_something();
    if (withheld(call, request)) return;
  }
  if (faults_.happens(Fault::lose_request)) return;
  if (!inside) request = damaged(std::move(request));
  if (faults_.happens(Fault::duplicate)) {
    scheduler_.after(latency(), always_,
                     [this, to, call, copy = request]() mutable { deliver(to, call, std::move(copy), true); });
  }
  scheduler_.after(latency(), always_, [this, to, call, request = std::move(request)]() mutable {
    deliver(to, call, std::move(request), true);
  });
}

bool Network::withheld(const PendingCall& call, const Bytes& request) {
  if (onlooker_ == nullptr) return false;
  auto decision = onlooker_->hears_request(call->from, call->to, call->method, request);
  if (decision.answer) {
    scheduler_.after(latency(), always_,
                     [this, call, answer = std::move(*decision.answer)]() mutable { finish(call, std::move(answer)); });
  }
  return decision.withheld;
}

void Network::deliver(const std::string& to, const PendingCall& call, Bytes request, bool answer_counts) {
  const auto server = servers_.find(to);
  if (server == servers_.end()) return finish(call, refuse(Reason::line_down, to + " is down"));
  ++counts_.delivered;
  server->second(call->method, std::move(request), [this, call, answer_counts](Outcome<Bytes> answer) {
    if (answer_counts) this->answer(call, std::move(answer));
  });
}

// The answer is on its way back; now and then to a caller who asked something else by the same method.
void Network::answer(const PendingCall& call, Outcome<Bytes> answer) {
  const bool inside = inside_.contains(call->to);
  if (!inside && onlooker_ != nullptr) onlooker_->hears_answer(call->from, call->to, call->method, answer);
  if (faults_.happens(Fault::lose_answer)) return;
  if (answer && !inside) *answer = damaged(std::move(*answer));
  auto to = call;
  if (!inside && faults_.happens(Fault::cross_answers)) {
    std::vector<PendingCall> others;
    for (const auto& weak : waiting_) {
      if (auto other = weak.lock(); other && !other->over && other != call && other->method == call->method)
        others.push_back(std::move(other));
    }
    if (!others.empty()) to = others[random_.below(others.size())];
  }
  scheduler_.after(latency(), always_,
                   [this, to, answer = std::move(answer)]() mutable { finish(to, std::move(answer)); });
}

void Network::finish(const PendingCall& call, Outcome<Bytes> answer) {
  if (call->over || call->caller.over()) return;
  call->over = true;
  const auto reply = std::exchange(call->reply, nullptr);
  reply(std::move(answer));
}

void Network::remember(const std::string& to, const std::string& method, const Bytes& request) {
  if (!faults_.enabled(Fault::replay)) return;
  if (recorded_.size() == most_recorded)
    recorded_.erase(recorded_.begin() + static_cast<std::ptrdiff_t>(random_.below(most_recorded)));
  recorded_.push_back({to, method, request});
}

// Somebody on the way sends what he once heard. What comes back is his.
void Network::replay_something() {
  if (recorded_.empty() || !faults_.happens(Fault::replay)) return;
  const auto& old = recorded_[random_.below(recorded_.size())];
  const auto nobody = std::make_shared<Pending>(Pending{"nobody", old.to, old.method, [](Outcome<Bytes>) {}, always_});
  scheduler_.after(latency(), always_, [this, to = old.to, nobody, request = old.request]() mutable {
    deliver(to, nobody, std::move(request), false);
  });
}

}  // namespace mado::simulator
