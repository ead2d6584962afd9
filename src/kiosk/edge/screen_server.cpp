#include "kiosk/edge/screen_server.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <fstream>
#include <map>
#include <sstream>

#include "base/sensitive.hpp"
#include "kiosk/edge/screen_address.hpp"
#include "operation/loopback_server.hpp"

namespace mado::kiosk {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using operation::Exchange;

namespace {
constexpr std::size_t largest_message = 1024;
constexpr std::size_t most_waiting = 64;
constexpr std::uintmax_t largest_file = 4 * 1024 * 1024;
constexpr std::size_t largest_body = 1024;

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
    beast::get_lowest_layer(socket_).socket().shutdown(asio::socket_base::shutdown_both, ignored);
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

Exchange::Response response_of(unsigned status, const std::string& type, const std::string& body) {
  Exchange::Response response;
  response.result(status);
  response.set(http::field::content_type, type);
  response.set("Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
               "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.body() = body;
  return response;
}
}  // namespace

struct ScreenServer::Inside {
  Events events;
  std::map<std::string, PageFile> pages;
  std::string key;
  std::shared_ptr<Link> link;
  std::unique_ptr<operation::LoopbackServer> server;

  ~Inside();
  void answer(Exchange& exchange);
  void become_link(Exchange& exchange);
};

ScreenServer::Inside::~Inside() {
  if (server) server->stop();
  link.reset();
}

void ScreenServer::Inside::answer(Exchange& exchange) {
  const auto& request = exchange.request();
  const std::string_view target(request.target().data(), request.target().size());
  if (websocket::is_upgrade(request)) {
    if (!opens_screen(target, key)) return exchange.respond(response_of(403, "text/plain", "no\n"));
    return become_link(exchange);
  }
  const auto page = pages.find(std::string(file_of_target(target)));
  if (request.method() != http::verb::get || page == pages.end())
    return exchange.respond(response_of(404, "text/plain", "not found\n"));
  exchange.respond(response_of(200, page->second.type, page->second.content));
}

void ScreenServer::Inside::become_link(Exchange& exchange) {
  if (link) link->close();
  link = std::make_shared<Link>(exchange.take_stream(), events.said, [this](Link* over) {
    if (link.get() == over) link.reset();
  });
  link->accept(exchange.request(), events.connected);
}

ScreenServer::ScreenServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Outcome<std::unique_ptr<ScreenServer>> ScreenServer::start(const std::string& address,
                                                           const std::filesystem::path& pages, Events events) {
  auto inside = std::make_unique<Inside>();
  inside->events = std::move(events);
  MADO_TRY(files, read_pages(pages));
  inside->pages = std::move(files);
  const auto answer = [raw = inside.get()](Exchange& exchange) { raw->answer(exchange); };
  MADO_TRY(server, operation::LoopbackServer::start(address, largest_body, answer));
  inside->server = std::move(server);
  return std::unique_ptr<ScreenServer>(new ScreenServer(std::move(inside)));
}

ScreenServer::~ScreenServer() = default;

void ScreenServer::set_key(const std::string& key) {
  asio::post(inside_->server->loop(), [raw = inside_.get(), key] {
    raw->key = key;
    if (raw->link) raw->link->close();
    raw->link.reset();
  });
}

void ScreenServer::send(std::string text) {
  asio::post(inside_->server->loop(), [raw = inside_.get(), text = std::move(text)]() mutable {
    if (raw->link)
      raw->link->send(std::move(text));
    else
      wipe(text);
  });
}

std::string ScreenServer::address() const { return "http://" + inside_->server->address(); }

}  // namespace mado::kiosk
