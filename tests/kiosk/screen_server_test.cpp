// The loopback server of the kiosk's page, with a page of our own (Boost.Beast's client).
#include "kiosk/edge/screen_server.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

namespace mado::kiosk {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

const std::string key = "0123456789abcdef";

class AScreenServer : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(pages);
    std::ofstream(pages / "index.html") << "<!doctype html>";
    std::ofstream(folder / "secret.html") << "not a page";
    auto started = ScreenServer::start("127.0.0.1:0", pages,
                                       {[this] {
                                          const std::lock_guard held(guard);
                                          server->send("as it is now");
                                        },
                                        [](const std::string&) {}});
    ASSERT_TRUE(started) << started.error().cause;
    const std::lock_guard held(guard);
    server = std::move(*started);
    server->set_key(key);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  asio::ip::tcp::socket connected() {
    const auto address = server->address();
    asio::ip::tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(),
                    static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)))});
    return socket;
  }
  unsigned answer_to(const std::string& target) {
    auto socket = connected();
    http::write(socket, http::request<http::empty_body>(http::verb::get, target, 11));
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return response.result_int();
  }
  using Page = websocket::stream<asio::ip::tcp::socket>;
  std::unique_ptr<Page> page(const std::string& with_key = key) {
    auto opened = std::make_unique<Page>(connected());
    opened->handshake("127.0.0.1", "/screen?key=" + with_key);
    return opened;
  }
  static std::string said_to(Page& page) {
    beast::flat_buffer buffer;
    page.read(buffer);
    return beast::buffers_to_string(buffer.data());
  }

  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("screen-server-" + std::to_string(::getpid()));
  const std::filesystem::path pages = folder / "pages";
  asio::io_context io;
  std::mutex guard;
  std::unique_ptr<ScreenServer> server;
};

TEST_F(AScreenServer, HandsOutItsPagesAndNothingBesideThem) {
  EXPECT_EQ(answer_to("/index.html"), 200U);
  EXPECT_EQ(answer_to("/../secret.html"), 404U);
  EXPECT_EQ(answer_to("/secret.html"), 404U);
}

TEST_F(AScreenServer, LetsInWhoKnowsTheKeyOnly) {
  EXPECT_EQ(said_to(*page()), "as it is now");
  EXPECT_THROW(page("another"), beast::system_error);
}

TEST_F(AScreenServer, CutsOffWhoeverIsConnectedWhenTheKeyChanges) {
  const auto before = page();
  EXPECT_EQ(said_to(*before), "as it is now");
  server->set_key("fedcba9876543210");
  EXPECT_THROW(said_to(*before), beast::system_error);
  EXPECT_THROW(page(), beast::system_error);
}

TEST_F(AScreenServer, ASecondPageReplacesTheFirst) {
  const auto first = page();
  EXPECT_EQ(said_to(*first), "as it is now");
  const auto second = page();
  EXPECT_EQ(said_to(*second), "as it is now");
  EXPECT_THROW(said_to(*first), beast::system_error);
}

// Nothing may be written before the WebSocket's handshake is answered: the stream takes one writer at a time.
TEST_F(AScreenServer, BearsThatScreensAreSentDuringTheHandshake) {
  for (int i = 0; i < 50; ++i) {
    std::atomic<bool> over = false;
    std::thread screens([&] {
      while (!over) server->send("another");
    });
    const auto opened = page();
    EXPECT_FALSE(said_to(*opened).empty());
    over = true;
    screens.join();
  }
  EXPECT_EQ(said_to(*page()), "as it is now");
}

}  // namespace
}  // namespace mado::kiosk
