#include "operation/loopback_server.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace mado::operation {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

namespace {
constexpr std::size_t largest_header = 8 * 1024;
constexpr std::chrono::seconds exchange_limit{10};
constexpr std::chrono::milliseconds accept_again_after{100};
constexpr int most_waiting = 16;  // connections that nobody has accepted yet

Outcome<tcp::endpoint> loopback_endpoint(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos)
    return refuse(Reason::configuration_invalid, "\"" + address + "\" is not ADDRESS:PORT");
  auto host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  beast::error_code error;
  const auto ip = asio::ip::make_address(host, error);
  if (error || !ip.is_loopback())
    return refuse(Reason::configuration_invalid, "\"" + address + "\" is not a loopback address");
  try {
    std::size_t used = 0;
    const auto port = std::stoul(address.substr(colon + 1), &used);
    if (port > 65535 || used != address.size() - colon - 1) throw std::out_of_range("port");
    return tcp::endpoint{ip, static_cast<std::uint16_t>(port)};
  } catch (const std::exception&) {
    return refuse(Reason::configuration_invalid, "\"" + address + "\" has no valid port");
  }
}
}  // namespace

Exchange::Exchange(tcp::socket socket, std::size_t largest_body, const Handler& handler)
    : stream_(std::move(socket)), handler_(handler), buffer_(largest_body + 2 * largest_header) {
  parser_.body_limit(largest_body);
  parser_.header_limit(largest_header);
}

void Exchange::read() {
  stream_.expires_after(exchange_limit);
  http::async_read(stream_, buffer_, parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
    if (!error) self->handler_(*self);
  });
}

void Exchange::respond(Response response) {
  response_ = std::move(response);
  response_.set(http::field::cache_control, "no-store");
  response_.keep_alive(false);
  response_.prepare_payload();
  http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code, std::size_t) {
    beast::error_code ignored;
    self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  });
}

LoopbackServer::LoopbackServer(std::size_t largest_body, Exchange::Handler handler)
    : largest_body_(largest_body), handler_(std::move(handler)) {}

Outcome<std::unique_ptr<LoopbackServer>> LoopbackServer::start(const std::string& address, std::size_t largest_body,
                                                               Exchange::Handler handler) {
  MADO_TRY(endpoint, loopback_endpoint(address));
  std::unique_ptr<LoopbackServer> server(new LoopbackServer(largest_body, std::move(handler)));
  if (const auto error = server->listen(endpoint))
    return refuse(Reason::configuration_invalid, fmt::format("cannot listen on {}: {}", address, error.message()));
  server->accept();
  server->thread_ = std::thread([raw = server.get()] { raw->loop_.run(); });
  return server;
}

beast::error_code LoopbackServer::listen(const tcp::endpoint& endpoint) {
  beast::error_code error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(most_waiting, error);
  return error;
}

void LoopbackServer::accept() {
  acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (error) return accept_later();
    const std::shared_ptr<Exchange> exchange(new Exchange(std::move(socket), largest_body_, handler_));
    exchange->read();
    accept();
  });
}

// No descriptor is free, for instance: whoever waits in the queue is served when there is one.
void LoopbackServer::accept_later() {
  pause_.expires_after(accept_again_after);
  pause_.async_wait([this](beast::error_code error) {
    if (!error) accept();
  });
}

void LoopbackServer::stop() {
  loop_.stop();
  if (thread_.joinable()) thread_.join();
}

LoopbackServer::~LoopbackServer() { stop(); }

std::string LoopbackServer::address() const {
  const auto ip = acceptor_.local_endpoint().address();
  const auto host = ip.is_v6() ? "[" + ip.to_string() + "]" : ip.to_string();
  return host + ":" + std::to_string(port());
}

std::uint16_t LoopbackServer::port() const { return acceptor_.local_endpoint().port(); }

}  // namespace mado::operation
