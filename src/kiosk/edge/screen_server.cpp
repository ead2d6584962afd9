#include "kiosk/edge/screen_server.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "base/sensitive.hpp"
#include "kiosk/edge/screen_address.hpp"

namespace mado::kiosk {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;

namespace {
constexpr std::size_t largest_message = 1024;
constexpr std::size_t most_waiting = 64;
constexpr std::uintmax_t largest_file = 4 * 1024 * 1024;
constexpr std::chrono::seconds exchange_limit{10};

struct PageFile {
  std::string type;
  std::string content;
};

std::string type_of(const std::filesystem::path& file) {
  static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                        {".js", "text/javascript; charset=utf-8"},
                                                        {".css", "text/css; charset=utf-8"},
                                                        {".svg", "image/svg+xml"},
                                                        {".woff2", "font/woff2"},
                                                        {".png", "image/png"}};
  const auto found = types.find(file.extension().string());
  return found == types.end() ? "" : found->second;
}

// All files are read once, when the server starts: nothing outside the folder can be asked for.
Outcome<std::map<std::string, PageFile>> read_pages(const std::filesystem::path& folder) {
  std::map<std::string, PageFile> pages;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    const auto type = type_of(entry.path());
    if (!entry.is_regular_file() || type.empty() || entry.file_size() > largest_file) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::stringstream content;
    content << stream.rdbuf();
    pages["/" + std::filesystem::relative(entry.path(), folder).generic_string()] = {type, content.str()};
  }
  if (!pages.contains("/index.html"))
    return refuse(Reason::configuration_invalid, folder.string() + " has no index.html; build web/ first");
  pages["/"] = pages["/index.html"];
  return pages;
}

class Link;
}  // namespace

struct ScreenServer::Inside : std::enable_shared_from_this<Inside> {
  Events events;
  std::map<std::string, PageFile> pages;
  std::string key;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  std::shared_ptr<Link> link;
  std::thread thread;

  void accept();
};

namespace {

// The WebSocket to the page.
class Link : public std::enable_shared_from_this<Link> {
 public:
  Link(beast::tcp_stream stream, std::function<void(std::string)> said, std::function<void(Link*)> over)
      : socket_(std::move(stream)), said_(std::move(said)), over_(std::move(over)) {}
  ~Link() { forget(); }

  void accept(const http::request<http::string_body>& request, std::function<void()> connected) {
    beast::get_lowest_layer(socket_).expires_never();
    socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    socket_.read_message_max(largest_message);
    socket_.async_accept(request,
                         [self = shared_from_this(), connected = std::move(connected)](beast::error_code error) {
                           if (error) return self->over_(self.get());
                           self->accepted_ = true;
                           connected();
                           self->read();
                         });
  }
  // Before the handshake is answered nothing may be written: the stream takes one writer at a time. Nothing is lost by
  // it, because `connected` brings the screen as it is then.
  void send(std::string text) {
    if (!accepted_ || waiting_.size() >= most_waiting) return wipe(text);
    waiting_.push_back(std::move(text));
    if (waiting_.size() == 1) write();
  }
  void close() {
    beast::error_code ignored;
    beast::get_lowest_layer(socket_).socket().shutdown(tcp::socket::shutdown_both, ignored);
    beast::get_lowest_layer(socket_).close();
  }

 private:
  void read() {
    socket_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->over_(self.get());
      auto text = beast::buffers_to_string(self->buffer_.data());
      wipe(self->buffer_.data().data(), self->buffer_.size());
      self->buffer_.consume(self->buffer_.size());
      self->said_(text);
      wipe(text);
      self->read();
    });
  }
  void write() {
    socket_.text(true);
    socket_.async_write(asio::buffer(waiting_.front()),
                        [self = shared_from_this()](beast::error_code error, std::size_t) {
                          wipe(self->waiting_.front());
                          self->waiting_.pop_front();
                          if (error) return self->forget();
                          if (!self->waiting_.empty()) self->write();
                        });
  }
  void forget() {
    for (auto& text : waiting_) wipe(text);
    waiting_.clear();
  }

  websocket::stream<beast::tcp_stream> socket_;
  std::function<void(std::string)> said_;
  std::function<void(Link*)> over_;
  beast::flat_buffer buffer_{largest_message};
  std::deque<std::string> waiting_;
  bool accepted_ = false;
};

// One HTTP exchange, which may become the WebSocket.
template <typename Server>
class Exchange : public std::enable_shared_from_this<Exchange<Server>> {
 public:
  Exchange(tcp::socket socket, std::shared_ptr<Server> server)
      : stream_(std::move(socket)), server_(std::move(server)) {}

  void start() {
    stream_.expires_after(exchange_limit);
    parser_.body_limit(1024);
    parser_.header_limit(8 * 1024);
    http::async_read(stream_, buffer_, parser_,
                     [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    const auto& request = parser_.get();
    const std::string_view target(request.target().data(), request.target().size());
    if (websocket::is_upgrade(request)) {
      if (!opens_screen(target, server_->key)) return respond(403, "text/plain", "no\n");
      return become_link();
    }
    const auto page = server_->pages.find(std::string(file_of_target(target)));
    if (request.method() != http::verb::get || page == server_->pages.end())
      return respond(404, "text/plain", "not found\n");
    respond(200, page->second.type, page->second.content);
  }
  void become_link() {
    if (server_->link) server_->link->close();
    auto raw = server_.get();
    server_->link = std::make_shared<Link>(std::move(stream_), raw->events.said, [raw](Link* over) {
      if (raw->link.get() == over) raw->link.reset();
    });
    server_->link->accept(parser_.get(), raw->events.connected);
  }
  void respond(unsigned status, const std::string& type, const std::string& body) {
    response_.result(status);
    response_.set(http::field::content_type, type);
    response_.set(http::field::cache_control, "no-store");
    response_.set("Content-Security-Policy",
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response_.set("X-Content-Type-Options", "nosniff");
    response_.set("Referrer-Policy", "no-referrer");
    response_.keep_alive(false);
    response_.body() = body;
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = this->shared_from_this()](beast::error_code, std::size_t) {
      beast::error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  beast::tcp_stream stream_;
  std::shared_ptr<Server> server_;
  beast::flat_buffer buffer_{16 * 1024};
  http::request_parser<http::string_body> parser_;
  http::response<http::string_body> response_;
};
}  // namespace

void ScreenServer::Inside::accept() {
  acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
    if (error) return;
    std::make_shared<Exchange<Inside>>(std::move(socket), shared_from_this())->start();
    accept();
  });
}

ScreenServer::ScreenServer(std::shared_ptr<Inside> inside) : inside_(std::move(inside)) {}

Outcome<std::unique_ptr<ScreenServer>> ScreenServer::start(const std::string& address,
                                                           const std::filesystem::path& pages, Events events) {
  auto inside = std::make_shared<Inside>();
  inside->events = std::move(events);
  MADO_TRY(files, read_pages(pages));
  inside->pages = std::move(files);
  const auto colon = address.rfind(':');
  beast::error_code error;
  const auto ip = asio::ip::make_address(address.substr(0, colon), error);
  if (error || colon == std::string::npos || !ip.is_loopback())
    return refuse(Reason::configuration_invalid, "\"" + address + "\" is not loopback:PORT");
  const tcp::endpoint endpoint{ip, static_cast<std::uint16_t>(std::atoi(address.c_str() + colon + 1))};
  inside->acceptor.open(endpoint.protocol(), error);
  if (!error) inside->acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) inside->acceptor.bind(endpoint, error);
  if (!error) inside->acceptor.listen(16, error);
  if (error)
    return refuse(Reason::configuration_invalid, fmt::format("cannot listen on {}: {}", address, error.message()));
  inside->accept();
  inside->thread = std::thread([raw = inside.get()] { raw->io.run(); });
  return std::unique_ptr<ScreenServer>(new ScreenServer(std::move(inside)));
}

ScreenServer::~ScreenServer() {
  inside_->io.stop();
  inside_->thread.join();
  inside_->link.reset();
}

void ScreenServer::set_key(const std::string& key) {
  asio::post(inside_->io, [raw = inside_.get(), key] {
    raw->key = key;
    if (raw->link) raw->link->close();
    raw->link.reset();
  });
}

void ScreenServer::send(std::string text) {
  asio::post(inside_->io, [raw = inside_.get(), text = std::move(text)]() mutable {
    if (raw->link)
      raw->link->send(std::move(text));
    else
      wipe(text);
  });
}

std::string ScreenServer::address() const {
  return fmt::format("http://127.0.0.1:{}", inside_->acceptor.local_endpoint().port());
}

}  // namespace mado::kiosk
