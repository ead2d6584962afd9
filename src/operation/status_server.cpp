#include "operation/status_server.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <thread>

namespace mado::operation {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

namespace {
constexpr std::size_t largest_body = 64 * 1024;
constexpr std::chrono::seconds exchange_limit{10};

// One connection, one request, one answer.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(tcp::socket socket, const StatusServer::Handler& handler) : stream_(std::move(socket)), handler_(handler) {}

  void start() {
    parser_.body_limit(largest_body);
    parser_.header_limit(8 * 1024);
    stream_.expires_after(exchange_limit);
    http::async_read(stream_, buffer_, parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->answer();
    });
  }

 private:
  void answer() {
    const auto& request = parser_.get();
    auto made = handler_(std::string(request.method_string()), std::string(request.target()), request.body());
    response_.result(static_cast<unsigned>(made.status));
    response_.set(http::field::content_type, made.content_type);
    response_.set(http::field::cache_control, "no-store");
    response_.keep_alive(false);
    response_.body() = std::move(made.body);
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code, std::size_t) {
      beast::error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  beast::tcp_stream stream_;
  const StatusServer::Handler& handler_;
  beast::flat_buffer buffer_{largest_body + 16 * 1024};
  http::request_parser<http::string_body> parser_;
  http::response<http::string_body> response_;
};

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

struct StatusServer::Inside {
  Handler handler;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  std::thread thread;

  void accept() {
    acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (error) return;
      std::make_shared<Exchange>(std::move(socket), handler)->start();
      accept();
    });
  }
};

StatusServer::StatusServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Outcome<std::unique_ptr<StatusServer>> StatusServer::start(const std::string& address, Handler handler) {
  MADO_TRY(endpoint, loopback_endpoint(address));
  auto inside = std::make_unique<Inside>();
  inside->handler = std::move(handler);
  beast::error_code error;
  inside->acceptor.open(endpoint.protocol(), error);
  if (!error) inside->acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) inside->acceptor.bind(endpoint, error);
  if (!error) inside->acceptor.listen(16, error);
  if (error)
    return refuse(Reason::configuration_invalid, fmt::format("cannot listen on {}: {}", address, error.message()));
  inside->accept();
  inside->thread = std::thread([raw = inside.get()] { raw->io.run(); });
  return std::unique_ptr<StatusServer>(new StatusServer(std::move(inside)));
}

StatusServer::~StatusServer() {
  inside_->io.stop();
  inside_->thread.join();
}

std::uint16_t StatusServer::port() const { return inside_->acceptor.local_endpoint().port(); }

}  // namespace mado::operation
