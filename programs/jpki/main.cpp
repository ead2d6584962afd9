// madoguchi-jpki: the public certificate authority (公的個人認証サービス). Serves validity on the JPKI line; its
// commands issue and revoke.
#include <optional>

#include "commands.hpp"
#include "jpki/edge/responder.hpp"
#include "madoguchi/v1/jpki.pb.h"
#include "operation/log.hpp"
#include "operation/program.hpp"
#include "operation/status_server.hpp"
#include "trust/ocsp.hpp"
#include "wire/line.hpp"
#include "wire/message.hpp"

namespace mado::jpki {

namespace {
class RunningAuthority final : public operation::Running {
 public:
  RunningAuthority(std::unique_ptr<OcspResponder> responder, operation::Metrics& metrics)
      : responder_(std::move(responder)), metrics_(metrics) {}

  Outcome<void> serve_line(const std::string& address, const wire::LineCredentials& credentials,
                           std::vector<wire::Admission> admissions, const wire::Limits& limits) {
    const std::map<std::string, wire::Handler> handlers{
        {"/madoguchi.v1.Jpki/Status", [this](const wire::Call&, ByteView request) { return status(request); }}};
    MADO_TRY(server, wire::Server::start(address, credentials, std::move(admissions), limits, handlers, metrics_));
    line_ = std::move(server);
    return {};
  }

  // Plain OCSP over HTTP (RFC 6960 appendix A) on loopback, for whoever checks this authority with other programs.
  Outcome<void> serve_http(const std::string& address) {
    MADO_TRY(server,
             operation::StatusServer::start(address, [this](const auto& method, const auto& path, const auto& body) {
               return http(method, path, body);
             }));
    http_ = std::move(server);
    return {};
  }

 private:
  Bytes answer(ByteView request) {
    auto answer = responder_->answer(request, operation::now());
    metrics_.count("madoguchi_jpki_answers_total", "OCSP answers by outcome.",
                   {{"outcome", std::string(answer.outcome)}});
    if (answer.outcome == "failed") operation::log_error("ocsp_failed");
    return std::move(answer.response);
  }

  Outcome<Bytes> status(ByteView request) {
    MADO_TRY(query, wire::parse<v1::StatusQuery>(request, "StatusQuery"));
    v1::StatusAnswer reply;
    reply.set_ocsp_response(string_of(answer(view_of(query.ocsp_request()))));
    return wire::serialise(reply);
  }

  operation::StatusAnswer http(const std::string& method, const std::string& path, const std::string& body) {
    if (path != "/ocsp") return {404, "text/plain", "not found\n"};
    if (method != "POST") return {405, "text/plain", "only POST\n"};
    return {200, "application/ocsp-response", string_of(answer(view_of(body)))};
  }

  std::unique_ptr<OcspResponder> responder_;
  operation::Metrics& metrics_;
  std::unique_ptr<operation::StatusServer> http_;
  std::unique_ptr<wire::Server> line_;
};

Outcome<std::unique_ptr<operation::Running>> start(operation::Settings& settings,
                                                   operation::Surroundings surroundings) {
  const auto directory = settings.path("authority.directory");
  const auto address = settings.text("line.listen");
  const auto credentials = wire::read_credentials(settings, "line");
  const auto admissions = wire::read_admissions(settings, "line.admit");
  const auto limits = wire::read_limits(settings, "line");
  const auto http = settings.has("ocsp.listen") ? std::optional(settings.text("ocsp.listen")) : std::nullopt;
  MADO_CHECK(settings.finish());
  MADO_TRY(responder, OcspResponder::open(directory));
  auto running = std::make_unique<RunningAuthority>(std::move(responder), surroundings.metrics);
  if (http) MADO_CHECK(running->serve_http(*http));
  MADO_CHECK(running->serve_line(address, credentials, admissions, limits));
  return running;
}
}  // namespace

}  // namespace mado::jpki

int main(int argc, char** argv) {
  using namespace mado;
  const operation::Program program{"madoguchi-jpki", "The public certificate authority (公的個人認証サービス)",
                                   jpki::start};
  const std::vector<operation::Command> commands{{"init", "Makes the authorities", jpki::run_init},
                                                 {"generation", "Makes the next generation", jpki::run_generation},
                                                 {"issue", "Issues a card's certificate", jpki::run_issue},
                                                 {"revoke", "Revokes a certificate", jpki::run_revoke}};
  return operation::run_program(argc, argv, program, commands);
}
