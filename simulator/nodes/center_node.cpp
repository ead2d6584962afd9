#include "simulator/nodes/center_node.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds to_city{35'000};
constexpr milliseconds to_jpki{10'000};
constexpr milliseconds to_center{40'000};
constexpr const char* jpki = "jpki";

class JpkiLine final : public center::StatusAuthority {
 public:
  JpkiLine(Surroundings& around, std::string node, const Life& life)
      : around_(around), node_(std::move(node)), life_(life) {}
  Task<Outcome<Bytes>> status(Bytes request) override {
    Later<Outcome<Bytes>> answer;
    around_.network.call(node_, jpki, "Status", std::move(request), to_jpki, life_, answer.promise());
    auto called = co_await answer;
    if (!called) co_return refuse(Reason::check_unavailable, called.error().cause);
    co_return called;
  }

 private:
  Surroundings& around_;
  std::string node_;
  Life life_;
};

class CityLines final : public center::Cities {
 public:
  CityLines(Surroundings& around, std::string node, const Life& life)
      : around_(around), node_(std::move(node)), life_(life) {}
  Task<Outcome<Bytes>> call(std::string city, std::string method, Bytes request) override {
    Later<Outcome<Bytes>> answer;
    around_.network.call(node_, "transfer-" + city, method, std::move(request), to_city, life_, answer.promise());
    auto called = co_await answer;
    if (!called && called.error().reason == Reason::line_down) called.error().reason = Reason::city_unreachable;
    co_return called;
  }

 private:
  Surroundings& around_;
  std::string node_;
  Life life_;
};
}  // namespace

struct CenterNode::Ports {
  JpkiLine jpki;
  CityLines cities;
  HistoryStandIn history;
};

CenterNode::CenterNode(Surroundings& around, const Installation& installation, const Installation::CenterKey& key,
                       milliseconds skew)
    : Process(around, key.name), installation_(installation), key_(key), clock_(around.scheduler, skew) {}

CenterNode::~CenterNode() { answering_.drop(); }

void CenterNode::started() {
  const auto& signed_roster = installation_.signed_rosters.at(installation_.edition);
  auto roster = installation_.read_roster(around_.keys.crypto(), signed_roster, build(), clock_.now());
  if (!roster) return refuses_to_start(roster.error());
  roster_ = std::move(*roster);
  ports_.reset(new Ports{{around_, name(), life()}, {around_, name(), life()}, {history_, Disk{&around_.faults}}});
  std::map<std::string, center::RegisteredKiosk> kiosks;
  kiosks[installation_.corrupt_kiosk] = {"an operator", "a person", false};
  for (const auto& kiosk : installation_.kiosks) kiosks[kiosk] = {"an operator", "a person", false};
  core_ = std::make_unique<center::Center>(
      center::CenterPorts{around_.keys.crypto(), ports_->jpki, ports_->cities, ports_->history, clock_},
      center::CenterMaterial{signed_roster, roster_, key_.key, installation_.token_key, name(), std::move(kiosks)});
  around_.network.attach(name(), [this](const std::string& method, Bytes request, Reply reply) {
    may_crash(Fault::crash_center);
    serves_by(*roster_);
    answering_.begin(core_->answer(method, std::move(request)), std::move(reply));
  });
}

void CenterNode::stopped() {
  answering_.drop();
  core_.reset();
}

RelayNode::RelayNode(Surroundings& around, std::vector<std::string> centers)
    : Process(around, "relay"), centers_(std::move(centers)) {}

void RelayNode::started() {
  around_.network.attach(name(), [this](const std::string& method, Bytes request, Reply reply) {
    may_crash(Fault::crash_relay);
    const auto& center = centers_[turn_++ % centers_.size()];
    around_.network.call(name(), center, method, std::move(request), to_center, life(), std::move(reply));
  });
}

}  // namespace mado::simulator
