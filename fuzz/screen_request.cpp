// What a browser asks the kiosk's screen server, parsed by Beast with the server's limits.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "fuzz/examine.hpp"
#include "kiosk/edge/screen_address.hpp"

namespace mado::fuzz {

namespace {
namespace beast = boost::beast;
namespace http = beast::http;
constexpr std::string_view key = "0123456789abcdef0123456789abcdef";
}  // namespace

void examine(ByteView input) {
  http::request_parser<http::string_body> parser;
  parser.body_limit(1024);
  parser.header_limit(8 * 1024);
  parser.eager(true);
  beast::error_code error;
  parser.put(boost::asio::buffer(input.data(), input.size()), error);
  if (error || !parser.is_done()) return;
  const auto& request = parser.get();
  const std::string_view target(request.target().data(), request.target().size());
  (void)beast::websocket::is_upgrade(request);
  claim(!kiosk::opens_screen(target, ""), "without a key nothing opens the screen");
  claim(!kiosk::opens_screen(target, key) || target == "/screen?key=" + std::string(key),
        "only the key opens the screen");
  claim(target.starts_with(kiosk::file_of_target(target)), "a file's name is the front of its target");
}

}  // namespace mado::fuzz
