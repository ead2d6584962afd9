#include "center/edge/center_place.hpp"

#include "application/roster_file.hpp"
#include "center/core/center.hpp"
#include "center/edge/kiosk_register.hpp"
#include "madoguchi/v1/jpki.pb.h"
#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"
#include "wire/capture.hpp"
#include "wire/line.hpp"

namespace mado::center {

namespace {
constexpr std::size_t token_key_size = 32;
constexpr std::size_t longest_node_name = 64;

class JpkiLine final : public StatusAuthority {
 public:
  explicit JpkiLine(std::unique_ptr<wire::Channel> channel) : channel_(std::move(channel)) {}

  Task<Outcome<Bytes>> status(Bytes request) override {
    v1::StatusQuery query;
    query.set_ocsp_request(string_of(request));
    const auto called = channel_->call("/madoguchi.v1.Jpki/Status", wire::serialise(query));
    if (!called) co_return refuse(Reason::check_unavailable, called.error().cause);
    MADO_CO_TRY(answer, wire::parse<v1::StatusAnswer>(*called, "status answer"));
    co_return bytes_of(answer.ocsp_response());
  }

 private:
  std::unique_ptr<wire::Channel> channel_;
};

class TransferLines final : public Cities {
 public:
  TransferLines(std::map<std::string, std::unique_ptr<wire::Channel>> channels, wire::Capture& capture)
      : channels_(std::move(channels)), capture_(capture) {}

  Task<Outcome<Bytes>> call(std::string city, std::string method, Bytes request) override {
    const auto channel = channels_.find(city);
    if (channel == channels_.end()) co_return refuse(Reason::city_unknown, "no line to city " + city);
    capture_.write("to city " + method, request);
    auto answer = channel->second->call(method, request, {.city = city});
    if (answer) capture_.write("from city " + method, *answer);
    if (!answer && answer.error().reason == Reason::line_down) answer.error().reason = Reason::city_unreachable;
    co_return answer;
  }

 private:
  std::map<std::string, std::unique_ptr<wire::Channel>> channels_;
  wire::Capture& capture_;
};

struct RunningCenter final : operation::Running {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  operation::MachineClock clock;
  std::unique_ptr<wire::Capture> capture;
  std::unique_ptr<StatusAuthority> jpki;
  std::unique_ptr<Cities> cities;
  std::unique_ptr<ledger::History> history;
  std::shared_ptr<const application::RosterBook> roster;
  std::unique_ptr<Center> core;
  std::unique_ptr<wire::Server> server;

  std::string unhealthy() const override {
    const auto age = roster->check_age(operation::now());
    return age ? "" : age.error().cause;
  }
};

Outcome<std::map<std::string, std::unique_ptr<wire::Channel>>> open_city_lines(operation::Settings& settings,
                                                                               const wire::LineCredentials& credentials,
                                                                               const wire::Limits& limits) {
  std::map<std::string, std::unique_ptr<wire::Channel>> channels;
  for (std::size_t i = 0; i < settings.count("city"); ++i) {
    const auto at = "city[" + std::to_string(i) + "]";
    const auto code = settings.text(at + ".code");
    if (!application::is_city_code(code)) settings.complain(at + ".code", "must be six digits");
    const auto target = settings.text(at + ".target");
    const auto peer = settings.text(at + ".peer");
    auto channel = wire::Channel::open(target, peer, credentials, limits);
    if (!channel) {
      settings.complain(at, "cannot be opened: " + channel.error().cause);
    } else if (!channels.emplace(code, std::move(*channel)).second) {
      settings.complain(at + ".code", "stands here twice");
    }
  }
  return channels;
}

Outcome<CenterMaterial> load_material(operation::Settings& settings, trust::Cryptography& crypto) {
  CenterMaterial material;
  const auto key_file = settings.existing_file("center.key");
  const auto certificate_file = settings.existing_file("center.certificate");
  const auto token_key_file = settings.existing_file("center.token_key");
  material.node = settings.text("center.node");
  if (material.node.empty() || material.node.size() > longest_node_name)
    settings.complain("center.node", "must be 1 to 64 bytes, another one for each node");
  const application::RosterFiles roster_files{
      settings.existing_file("center.roster"), settings.existing_files("center.roster_authorities"),
      static_cast<std::uint64_t>(settings.integer("center.lowest_roster_version", 0, 1'000'000'000, 0))};
  const auto kiosks_file = settings.existing_file("center.kiosks");
  MADO_CHECK(settings.finish());

  MADO_TRY(key, trust::load_signing_key(key_file, certificate_file));
  material.key = std::move(key);
  MADO_TRY(token_key, trust::read_file(token_key_file, token_key_size));
  if (token_key.size() != token_key_size)
    return refuse(Reason::configuration_invalid, "setting \"center.token_key\" must name a file of 32 bytes");
  material.token_key = std::move(token_key);
  MADO_TRY(pinned, application::load_roster(roster_files, "center.roster", crypto, operation::now()));
  material.signed_roster = std::move(pinned.signed_roster);
  material.roster = std::move(pinned.book);
  auto kiosks = read_kiosk_register(kiosks_file);
  if (!kiosks) return refuse(Reason::configuration_invalid, "setting \"center.kiosks\": " + kiosks.error().cause);
  material.kiosks = std::move(*kiosks);
  return material;
}
}  // namespace

Outcome<std::unique_ptr<operation::Running>> start_center(operation::Settings& settings,
                                                          operation::Surroundings surroundings) {
  auto place = std::make_unique<RunningCenter>();
  place->capture = std::make_unique<wire::Capture>(settings);
  const auto listen = settings.text("store.listen");
  const auto store_credentials = wire::read_credentials(settings, "store");
  auto admissions = wire::read_admissions(settings, "store.admit");
  const auto store_limits = wire::read_limits(settings, "store");
  const auto jpki_target = settings.text("jpki.target");
  const auto jpki_peer = settings.text("jpki.peer");
  const auto jpki_credentials = wire::read_credentials(settings, "jpki");
  const auto jpki_limits = wire::read_limits(settings, "jpki");
  const auto lgwan_credentials = wire::read_credentials(settings, "lgwan");
  const auto lgwan_limits = wire::read_limits(settings, "lgwan");
  const auto history_file = settings.path("center.history");
  MADO_TRY(channels, open_city_lines(settings, lgwan_credentials, lgwan_limits));
  MADO_TRY(material, load_material(settings, *place->crypto));

  MADO_TRY(jpki, wire::Channel::open(jpki_target, jpki_peer, jpki_credentials, jpki_limits));
  place->jpki = std::make_unique<JpkiLine>(std::move(jpki));
  place->cities = std::make_unique<TransferLines>(std::move(channels), *place->capture);
  MADO_TRY(history, ledger::open_history(history_file));
  place->history = std::move(history);
  place->roster = material.roster;
  place->core = std::make_unique<Center>(
      CenterPorts{*place->crypto, *place->jpki, *place->cities, *place->history, place->clock}, std::move(material));
  wire::Service service;
  service.otherwise = [core = place->core.get(), capture = place->capture.get()](const wire::Call& call,
                                                                                 ByteView request) {
    capture->write("from kiosk " + call.method, request);
    auto answer = run(core->answer(call.method, Bytes(request.begin(), request.end())));
    if (answer) capture->write("to kiosk " + call.method, *answer);
    return answer;
  };
  auto server = wire::Server::start(listen, store_credentials, std::move(admissions), store_limits, std::move(service),
                                    surroundings.metrics);
  if (!server) return refuse(Reason::configuration_invalid, "setting \"store.listen\": " + server.error().cause);
  place->server = std::move(*server);
  return std::unique_ptr<operation::Running>(std::move(place));
}

}  // namespace mado::center
