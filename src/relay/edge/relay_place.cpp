#include "relay/edge/relay_place.hpp"

#include <functional>
#include <mutex>

#include "relay/core/turns.hpp"
#include "relay/edge/inside_line.hpp"
#include "trust/openssl_cryptography.hpp"
#include "wire/capture.hpp"

namespace mado::relay {

namespace {
constexpr const char* serve_method = "/madoguchi.v1.Transfer/Serve";
constexpr std::size_t most_nodes = 16;  // as many centers as a roster may list

// The center's nodes.
class Upstream {
 public:
  explicit Upstream(std::vector<std::unique_ptr<wire::Channel>> nodes) : nodes_(std::move(nodes)) {}

  Outcome<Bytes> forward(const wire::Call& call, ByteView request) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(call.deadline - std::chrono::steady_clock::now());
    return nodes_[next()]->call(call.method, request, {.deadline = left, .city = call.city});
  }

 private:
  std::size_t next() {
    std::vector<bool> stands;
    for (const auto& node : nodes_) stands.push_back(node->ready());
    const std::lock_guard lock(mutex_);
    return turns_.next(stands);
  }

  std::vector<std::unique_ptr<wire::Channel>> nodes_;
  std::mutex mutex_;
  Turns turns_;
};

struct RunningRelay final : operation::Running {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  std::unique_ptr<wire::Capture> capture;
  std::unique_ptr<Upstream> upstream;
  std::unique_ptr<InsideLine> inside;
  std::unique_ptr<wire::Server> inside_server;
  std::unique_ptr<wire::Server> server;

  ~RunningRelay() override {
    server.reset();
    inside_server.reset();
  }
  std::string unhealthy() const override { return inside && !inside->has_city() ? "no issuer is connected" : ""; }
};

// Forwards one call and its answer, writing both down if asked to.
wire::Handler captured(wire::Capture& capture, wire::Handler forward) {
  return [&capture, forward = std::move(forward)](const wire::Call& call, ByteView request) {
    capture.write("request " + call.method, request);
    auto answer = forward(call, request);
    if (answer) capture.write("answer " + call.method, *answer);
    return answer;
  };
}

struct Node {
  std::string target;
  std::string peer;
};
std::vector<Node> read_nodes(operation::Settings& settings) {
  std::vector<Node> nodes{{settings.text("upstream.target"), settings.text("upstream.peer")}};
  for (std::size_t i = 0; i < settings.count("upstream.further"); ++i) {
    const auto at = "upstream.further[" + std::to_string(i) + "]";
    nodes.push_back({settings.text(at + ".target"), settings.text(at + ".peer")});
  }
  if (nodes.size() > most_nodes) settings.complain("upstream.further", "must name at most 15 nodes");
  return nodes;
}

Outcome<wire::Handler> forward_upstream(operation::Settings& settings, RunningRelay& place) {
  const auto nodes = read_nodes(settings);
  const auto credentials = wire::read_credentials(settings, "upstream");
  const auto limits = wire::read_limits(settings, "upstream");
  MADO_CHECK(settings.finish());
  std::vector<std::unique_ptr<wire::Channel>> channels;
  for (const auto& [target, peer] : nodes) {
    MADO_TRY(channel, wire::Channel::open(target, peer, credentials, limits));
    channels.push_back(std::move(channel));
  }
  place.upstream = std::make_unique<Upstream>(std::move(channels));
  return [&place](const wire::Call& call, ByteView request) { return place.upstream->forward(call, request); };
}

Outcome<wire::Handler> forward_inside(operation::Settings& settings, RunningRelay& place, operation::Metrics& metrics) {
  const auto listen = settings.text("inside.listen");
  const auto credentials = wire::read_credentials(settings, "inside");
  auto admissions = wire::read_admissions(settings, "inside.admit");
  const auto limits = wire::read_limits(settings, "inside");
  MADO_CHECK(settings.finish());
  place.inside = std::make_unique<InsideLine>(*place.crypto, limits.waiting_calls, metrics);
  wire::Service service;
  service.stream_method = serve_method;
  service.streams = place.inside.get();
  auto server = wire::Server::start(listen, credentials, std::move(admissions), limits, std::move(service), metrics);
  if (!server) return refuse(Reason::configuration_invalid, "setting \"inside.listen\": " + server.error().cause);
  place.inside_server = std::move(*server);
  return [&place](const wire::Call& call, ByteView request) { return place.inside->forward(call, request); };
}
}  // namespace

Outcome<std::unique_ptr<operation::Running>> start_relay(operation::Settings& settings,
                                                         operation::Surroundings surroundings) {
  auto place = std::make_unique<RunningRelay>();
  place->capture = std::make_unique<wire::Capture>(settings);
  const auto listen = settings.text("line.listen");
  const auto credentials = wire::read_credentials(settings, "line");
  auto admissions = wire::read_admissions(settings, "line.admit");
  const auto limits = wire::read_limits(settings, "line");
  if (settings.has("upstream") == settings.has("inside")) {
    settings.complain(
        "upstream",
        "or \"inside\" must be set, and only one of them: a relay dials upstream, a transfer server is dialled");
  }
  auto forward = settings.has("upstream") ? forward_upstream(settings, *place)
                                          : forward_inside(settings, *place, surroundings.metrics);
  MADO_TRY(handler, std::move(forward));
  wire::Service service;
  service.otherwise = captured(*place->capture, std::move(handler));
  auto server =
      wire::Server::start(listen, credentials, std::move(admissions), limits, std::move(service), surroundings.metrics);
  if (!server) return refuse(Reason::configuration_invalid, "setting \"line.listen\": " + server.error().cause);
  place->server = std::move(*server);
  return std::unique_ptr<operation::Running>(std::move(place));
}

}  // namespace mado::relay
