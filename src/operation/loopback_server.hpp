// HTTP on a loopback address, on one thread of its own: what StatusServer and the kiosk's screen listen with. One
// connection is one exchange, unless the handler takes its stream over.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "base/refusal.hpp"

namespace mado::operation {

// A request that was read whole, within its limits: 8 KiB of header, the server's largest body, 10 s from the
// connection to the last byte of the answer.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  using Handler = std::function<void(Exchange&)>;
  using Response = boost::beast::http::response<boost::beast::http::string_body>;

  const boost::beast::http::request<boost::beast::http::string_body>& request() const { return parser_.get(); }
  // Sends it, not to be stored by whoever gets it, and closes.
  void respond(Response response);
  // For what goes on with the connection in another way. It still has the exchange's time limit.
  boost::beast::tcp_stream take_stream() { return std::move(stream_); }

 private:
  friend class LoopbackServer;
  Exchange(boost::asio::ip::tcp::socket socket, std::size_t largest_body, const Handler& handler);
  void read();

  boost::beast::tcp_stream stream_;
  const Handler& handler_;
  boost::beast::flat_buffer buffer_;
  boost::beast::http::request_parser<boost::beast::http::string_body> parser_;
  Response response_;
};

class LoopbackServer {
 public:
  // `address` is "127.0.0.1:PORT" or "[::1]:PORT"; port 0: any that is free. The handler is called on the server's
  // thread, from now on until stop. Refusal: configuration_invalid for any other address, and for one that cannot be
  // listened on.
  static Outcome<std::unique_ptr<LoopbackServer>> start(const std::string& address, std::size_t largest_body,
                                                        Exchange::Handler handler);
  ~LoopbackServer();

  // When it returns, the thread has ended. Streams that were taken over must be destroyed before the server is.
  void stop();
  std::string address() const;  // as given to start, with the port that was taken
  std::uint16_t port() const;
  // What runs on the server's thread, for posting to it.
  boost::asio::io_context& loop() { return loop_; }

 private:
  LoopbackServer(std::size_t largest_body, Exchange::Handler handler);
  boost::system::error_code listen(const boost::asio::ip::tcp::endpoint& endpoint);
  void accept();
  void accept_later();

  const std::size_t largest_body_;
  const Exchange::Handler handler_;
  boost::asio::io_context loop_{1};
  boost::asio::ip::tcp::acceptor acceptor_{loop_};
  boost::asio::steady_timer pause_{loop_};
  std::thread thread_;
};

}  // namespace mado::operation
