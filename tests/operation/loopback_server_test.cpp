// What every program's status port and the kiosk's screen listen with, asked by Boost.Beast's client.
#include "operation/loopback_server.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace mado::operation {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr std::size_t largest_body = 1000;

Outcome<std::unique_ptr<LoopbackServer>> server_at(const std::string& address) {
  return LoopbackServer::start(address, largest_body, [](Exchange& exchange) {
    Exchange::Response response;
    response.body() = "heard " + std::to_string(exchange.request().body().size());
    exchange.respond(std::move(response));
  });
}

struct ALoopbackServer : testing::Test {
  tcp::socket connected() {
    tcp::socket socket(io);
    socket.connect({asio::ip::make_address("127.0.0.1"), server->port()});
    return socket;
  }
  // Nothing: it was hung up without an answer.
  std::optional<http::response<http::string_body>> answer_to(std::size_t body, std::size_t header = 0) {
    auto socket = connected();
    http::request<http::string_body> request(http::verb::post, "/", 11);
    if (header > 0) request.set("X-Long", std::string(header, 'x'));
    request.body() = std::string(body, 'x');
    request.prepare_payload();
    beast::error_code error;
    http::write(socket, request, error);
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response, error);
    return error ? std::nullopt : std::optional{response};
  }

  asio::io_context io;
  std::unique_ptr<LoopbackServer> server = server_at("127.0.0.1:0").value();
};

TEST_F(ALoopbackServer, AnswersAndIsNotStoredOrKeptOpen) {
  const auto answer = answer_to(3);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body(), "heard 3");
  EXPECT_EQ((*answer)[http::field::cache_control], "no-store");
  EXPECT_FALSE(answer->keep_alive());
}

TEST_F(ALoopbackServer, ReadsABodyUpToItsLimit) {
  EXPECT_TRUE(answer_to(largest_body));
  EXPECT_FALSE(answer_to(largest_body + 1));
}

TEST_F(ALoopbackServer, ReadsNoHeaderOverEightKibibytes) {
  EXPECT_TRUE(answer_to(0, 8 * 1024 - 200));
  EXPECT_FALSE(answer_to(0, 8 * 1024));
}

TEST_F(ALoopbackServer, EndsWhileSomebodyIsStillAsking) {
  auto silent = connected();
  EXPECT_TRUE(answer_to(0)) << "it has taken the silent one before";
  server.reset();
  beast::error_code error;
  char byte = 0;
  silent.read_some(asio::buffer(&byte, 1), error);
  EXPECT_TRUE(error) << "it has hung up";
}

TEST_F(ALoopbackServer, SaysWhereItListens) {
  EXPECT_EQ(server->address(), "127.0.0.1:" + std::to_string(server->port()));
  EXPECT_NE(server->port(), 0);
}

TEST_F(ALoopbackServer, RefusesAnAddressThatIsTaken) {
  const auto second = server_at(server->address());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::configuration_invalid);
}

TEST(LoopbackAddresses, AreTheOnlyOnes) {
  for (const auto* address : {"0.0.0.0:0", "192.0.2.1:80", "[::]:0", "localhost:0", "127.0.0.1",
                              "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:80x", "127.0.0.1:-1", ""}) {
    const auto started = server_at(address);
    ASSERT_FALSE(started) << address;
    EXPECT_EQ(started.error().reason, Reason::configuration_invalid) << address;
  }
}

}  // namespace
}  // namespace mado::operation
