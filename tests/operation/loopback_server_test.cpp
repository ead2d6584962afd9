// What every program's status port and the kiosk's screen listen with, asked by Boost.Beast's client.
#include "operation/loopback_server.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

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

  static std::string asked(tcp::socket& socket) {
    http::write(socket, http::request<http::string_body>(http::verb::get, "/", 11));
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return response.body();
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

// Descriptors that this process may have, lowered to those that it has until it ends.
class NoDescriptorIsFree {
 public:
  NoDescriptorIsFree() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const int next = dup(0);
    close(next);
    const rlimit none{static_cast<rlim_t>(next), before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptorIsFree() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

// The server serves in turn: when the first is answered, the second, which came before its question, has been looked
// at.
TEST_F(ALoopbackServer, GoesOnAcceptingAfterNoDescriptorWasFree) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the sanitizer asks through a pipe whether an object is there: without a descriptor it sees none";
#endif
  tcp::socket second(io, tcp::v4());
  auto first = connected();
  ASSERT_TRUE(answer_to(1)) << "the first, which came before, is accepted as well";
  {
    const NoDescriptorIsFree none;
    second.connect({asio::ip::make_address("127.0.0.1"), server->port()});
    EXPECT_EQ(asked(first), "heard 0");
  }
  EXPECT_EQ(asked(second), "heard 0");
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
