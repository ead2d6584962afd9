#include "relay/edge/relay_place.hpp"

#include <functional>

#include "relay/edge/inside_line.hpp"
#include "trust/openssl_cryptography.hpp"
#include "wire/capture.hpp"

namespace mado::relay {

namespace {
constexpr const char* serve_method = "/madoguchi.v1.Transfer/Serve";

struct RunningRelay final : operation::Running {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  std::unique_ptr<wire::Capture> capture;
  std::unique_ptr<wire::Channel> upstream;
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

Outcome<wire::Handler> forward_upstream(operation::Settings& settings, RunningRelay& place) {
  const auto target = settings.text("upstream.target");
  const auto peer = settings.text("upstream.peer");
  const auto credentials = wire::read_credentials(settings, "upstream");
  const auto limits = wire::read_limits(settings, "upstream");
  MADO_CHECK(settings.finish());
  MADO_TRY(channel, wire::Channel::open(target, peer, credentials, limits));
  place.upstream = std::move(channel);
  return [&place](const wire::Call& call, ByteView request) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(call.deadline - std::chrono::steady_clock::now());
    return place.upstream->call(call.method, request, {.deadline = left, .city = call.city});
  };
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
