#include "operation/status_server.hpp"

#include "operation/loopback_server.hpp"

namespace mado::operation {

namespace {
constexpr std::size_t largest_body = 64 * 1024;
}

StatusServer::StatusServer(std::unique_ptr<LoopbackServer> server) : server_(std::move(server)) {}

Outcome<std::unique_ptr<StatusServer>> StatusServer::start(const std::string& address, Handler handler) {
  const auto answer = [handler = std::move(handler)](Exchange& exchange) {
    const auto& request = exchange.request();
    auto made = handler(std::string(request.method_string()), std::string(request.target()), request.body());
    Exchange::Response response;
    response.result(static_cast<unsigned>(made.status));
    response.set(boost::beast::http::field::content_type, made.content_type);
    response.body() = std::move(made.body);
    exchange.respond(std::move(response));
  };
  MADO_TRY(server, LoopbackServer::start(address, largest_body, answer));
  return std::unique_ptr<StatusServer>(new StatusServer(std::move(server)));
}

StatusServer::~StatusServer() = default;

std::uint16_t StatusServer::port() const { return server_->port(); }

}  // namespace mado::operation
