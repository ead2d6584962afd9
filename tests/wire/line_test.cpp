// Closed lines over real sockets: who gets in, what is bounded, what a refusal looks like from the other side.
#include "wire/line.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

namespace mado::wire {
namespace {

// A line CA with members, made by the openssl command: an outsider's certificates.
class LineFixture : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = std::filesystem::path(testing::TempDir()) / fmt::format("line-{}", getpid());
    std::filesystem::create_directories(directory_);
    make_authority("store");
    make_authority("other");
    for (const auto* member : {"server.test", "kiosk-1.store.test", "stranger.test"}) make_member("store", member);
    make_member("other", "kiosk-1.store.test", "foreign");
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(directory_); }

  static void run(const std::string& command) {
    ASSERT_EQ(std::system(fmt::format("cd {} && ( {} ) >/dev/null 2>&1", directory_.string(), command).c_str()), 0)
        << command;
  }
  static void make_authority(const std::string& name) {
    run(
        fmt::format("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN={0} -days 2 "
                    "-keyout {0}.ca.key -out {0}.ca.pem",
                    name));
  }
  static void make_member(const std::string& authority, const std::string& name, std::string file = "") {
    if (file.empty()) file = name;
    run(fmt::format(
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN={0} -addext subjectAltName=DNS:{0} "
        "-keyout {2}.key -out {2}.csr && "
        "openssl x509 -req -in {2}.csr -CA {1}.ca.pem -CAkey {1}.ca.key -copy_extensions copy -days 2 -out {2}.pem",
        name, authority, file));
  }
  static LineCredentials credentials(const std::string& file, const std::string& authority = "store") {
    return {directory_ / (authority + ".ca.pem"), directory_ / (file + ".pem"), directory_ / (file + ".key")};
  }

  std::unique_ptr<Server> serve(Handler handler, Limits limits = {}) {
    std::vector<Admission> admissions{{"*.store.test", {"/test.Echo/Say"}}};
    auto server = Server::start(
        "127.0.0.1:0", credentials("server.test"), admissions, limits,
        std::map<std::string, Handler>{{"/test.Echo/Say", handler}, {"/test.Echo/Other", handler}}, metrics);
    EXPECT_TRUE(server);
    return std::move(*server);
  }
  static std::unique_ptr<Channel> dial(const Server& server, const LineCredentials& as, Limits limits = {}) {
    return Channel::open(fmt::format("127.0.0.1:{}", server.port()), "server.test", as, limits).value();
  }
  static Handler echo() {
    return [](const Call&, ByteView request) -> Outcome<Bytes> { return Bytes(request.begin(), request.end()); };
  }

  operation::Metrics metrics;
  inline static std::filesystem::path directory_;
};

TEST_F(LineFixture, CarriesBytesBetweenPeersThatKnowEachOther) {
  std::string seen;
  const auto server = serve([&](const Call& call, ByteView request) -> Outcome<Bytes> {
    seen = call.peer + " " + call.city;
    return Bytes(request.begin(), request.end());
  });
  const auto channel = dial(*server, credentials("kiosk-1.store.test"));
  EXPECT_EQ(channel->call("/test.Echo/Say", bytes_of("hello"), {.city = "131016"}).value(), bytes_of("hello"));
  EXPECT_EQ(seen, "kiosk-1.store.test 131016");
}

TEST_F(LineFixture, RefusesPeersAndMethodsThatAreNotOnTheAllowList) {
  const auto server = serve(echo());
  EXPECT_EQ(dial(*server, credentials("stranger.test"))->call("/test.Echo/Say", {}, {}).error().reason,
            Reason::peer_not_allowed);
  EXPECT_EQ(dial(*server, credentials("kiosk-1.store.test"))->call("/test.Echo/Other", {}, {}).error().reason,
            Reason::peer_not_allowed);
}

TEST_F(LineFixture, RefusesCertificatesOfAnotherLinesAuthority) {
  const auto server = serve(echo());
  auto foreign = credentials("foreign");
  EXPECT_EQ(dial(*server, foreign)->call("/test.Echo/Say", {}, {}).error().reason, Reason::line_down);
}

TEST_F(LineFixture, RefusesAServerWithAnotherName) {
  const auto server = serve(echo());
  const auto channel = Channel::open(fmt::format("127.0.0.1:{}", server->port()), "someone-else.test",
                                     credentials("kiosk-1.store.test"), {})
                           .value();
  EXPECT_EQ(channel->call("/test.Echo/Say", {}, {}).error().reason, Reason::line_down);
}

TEST_F(LineFixture, TakesMessagesUpToItsLimitAndNoLarger) {
  Limits limits;
  limits.largest_message = 1000;
  const auto server = serve(echo(), limits);
  const auto channel = dial(*server, credentials("kiosk-1.store.test"));
  EXPECT_TRUE(channel->call("/test.Echo/Say", Bytes(1000), {}));
  EXPECT_EQ(channel->call("/test.Echo/Say", Bytes(1001), {}).error().reason, Reason::message_too_large);
}

TEST_F(LineFixture, PassesTheHandlersReasonOn) {
  const auto server =
      serve([](const Call&, ByteView) -> Outcome<Bytes> { return refuse(Reason::card_revoked, "inside"); });
  EXPECT_EQ(dial(*server, credentials("kiosk-1.store.test"))->call("/test.Echo/Say", {}, {}).error().reason,
            Reason::card_revoked);
}

TEST_F(LineFixture, EndsACallAtItsDeadline) {
  std::latch finish(1);
  const auto server = serve([&](const Call&, ByteView) -> Outcome<Bytes> {
    finish.wait();
    return Bytes{};
  });
  const auto channel = dial(*server, credentials("kiosk-1.store.test"));
  EXPECT_EQ(channel->call("/test.Echo/Say", {}, {.deadline = std::chrono::milliseconds{50}, .city = ""}).error().reason,
            Reason::answer_late);
  finish.count_down();
}

TEST_F(LineFixture, RefusesWhatItsQueueCannotHold) {
  Limits limits;
  limits.concurrent_calls = 1;
  limits.waiting_calls = 1;
  std::latch finish(1);
  std::latch first_runs(1);
  std::atomic<int> running = 0;
  const auto server = serve(
      [&](const Call&, ByteView) -> Outcome<Bytes> {
        if (running++ == 0) first_runs.count_down();
        finish.wait();
        return Bytes{};
      },
      limits);
  const auto channel = dial(*server, credentials("kiosk-1.store.test"));
  std::mutex mutex;
  std::condition_variable changed;
  std::map<Reason, int> refused;
  int answered = 0;
  const auto one_call = [&] {
    const auto answer = channel->call("/test.Echo/Say", {}, {});
    const std::lock_guard lock(mutex);
    if (answer)
      ++answered;
    else
      ++refused[answer.error().reason];
    changed.notify_all();
  };
  std::jthread first(one_call);
  first_runs.wait();
  std::jthread second(one_call);
  std::jthread third(one_call);
  {
    std::unique_lock lock(mutex);  // one of the two waits, the other is refused at once
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return refused[Reason::busy] == 1; }));
  }
  finish.count_down();
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(answered, 2);
}

TEST_F(LineFixture, AFirstCallIsRefusedAsBusyWhereACallThatGoesOnStillWaits) {
  constexpr auto begin = "/test.Echo/Say";
  constexpr auto go_on = "/test.Echo/Other";
  std::latch finish(1);
  std::latch one_runs(1);
  std::atomic<int> running = 0;
  const Handler slow = [&](const Call&, ByteView) -> Outcome<Bytes> {
    if (running++ == 0) one_runs.count_down();
    finish.wait();
    return Bytes{};
  };
  const auto server =
      Server::start("127.0.0.1:0", credentials("server.test"), {{"*.store.test", {begin, go_on}, {begin}}},
                    {.concurrent_calls = 1, .waiting_calls = 3, .first_waiting = 1},
                    std::map<std::string, Handler>{{begin, slow}, {go_on, slow}}, metrics)
          .value();
  const auto channel = dial(*server, credentials("kiosk-1.store.test"));
  std::vector<std::future<Outcome<Bytes>>> taken_in;
  const auto call = [&](const char* method) {
    return std::async(std::launch::async, [&channel, method] { return channel->call(method, {}, {}); });
  };
  taken_in.push_back(call(begin));
  one_runs.wait();
  // Two first calls for one place: exactly one is refused, and at once.
  std::vector<std::future<Outcome<Bytes>>> two;
  two.push_back(call(begin));
  two.push_back(call(begin));
  while (two[0].wait_for(std::chrono::milliseconds{5}) != std::future_status::ready &&
         two[1].wait_for(std::chrono::milliseconds{5}) != std::future_status::ready) {
  }
  const std::size_t refused = two[0].wait_for(std::chrono::seconds{0}) == std::future_status::ready ? 0 : 1;
  EXPECT_EQ(two[refused].get().error().reason, Reason::busy);
  taken_in.push_back(std::move(two[1 - refused]));
  // What was begun before goes on.
  taken_in.push_back(call(go_on));
  taken_in.push_back(call(go_on));
  finish.count_down();
  for (auto& answer : taken_in) EXPECT_TRUE(answer.get());
}

TEST_F(LineFixture, NoMoreThanSoManyBeginInASecondAndWhatWasBegunGoesOn) {
  constexpr auto begin = "/test.Echo/Say";
  constexpr auto go_on = "/test.Echo/Other";
  const auto server =
      Server::start("127.0.0.1:0", credentials("server.test"), {{"*.store.test", {begin, go_on}, {begin}}},
                    {.first_per_second = 1}, std::map<std::string, Handler>{{begin, echo()}, {go_on, echo()}}, metrics)
          .value();
  const auto channel = dial(*server, credentials("kiosk-1.store.test"));
  EXPECT_TRUE(channel->call(begin, {}, {}));
  Outcome<Bytes> another = Bytes{};
  for (int i = 0; i < 100 && another; ++i) another = channel->call(begin, {}, {});  // far more than one a second
  EXPECT_EQ(another.error().reason, Reason::busy);
  EXPECT_TRUE(channel->call(go_on, {}, {}));
}

TEST_F(LineFixture, SpeaksTls13AndNothingOlder) {
  const auto server = serve(echo());
  const auto with = [&](const char* version) {
    const auto kiosk = credentials("kiosk-1.store.test");
    return std::system(
        fmt::format(
            "openssl s_client -connect 127.0.0.1:{} -CAfile {} -cert {} -key {} -alpn h2 -verify_return_error {} "
            "</dev/null >/dev/null 2>&1",
            server->port(), kiosk.authority.string(), kiosk.certificate.string(), kiosk.key.string(), version)
            .c_str());
  };
  EXPECT_EQ(with("-tls1_3"), 0);
  EXPECT_NE(with("-tls1_2"), 0);
}

// Keeps what streams bring, and answers each message with the same bytes.
class Echoing : public StreamService {
 public:
  void opened(const std::shared_ptr<StreamPeer>&) override {}
  void received(const std::shared_ptr<StreamPeer>& peer, Bytes message) override {
    (void)peer->send(std::move(message));
  }
  void closed(const std::shared_ptr<StreamPeer>&) override { over.count_down(); }
  std::latch over{1};
};

TEST_F(LineFixture, AStreamIsServedFromTheDiallingSideAndEndsWhenTheDiallerGoes) {
  Echoing echoing;
  Service service;
  service.stream_method = "/test.Echo/Stream";
  service.streams = &echoing;
  const auto server = Server::start("127.0.0.1:0", credentials("server.test"),
                                    {{"*.store.test", {"/test.Echo/Stream"}}}, {}, service, metrics)
                          .value();
  std::promise<Bytes> answer;
  std::promise<void> ended;
  auto stream =
      Stream::dial(
          fmt::format("127.0.0.1:{}", server->port()), "server.test", credentials("kiosk-1.store.test"), {},
          "/test.Echo/Stream", bytes_of("first"), std::chrono::minutes(1),
          {[&](Bytes bytes) { answer.set_value(std::move(bytes)); }, [&](const Refusal&) { ended.set_value(); }})
          .value();
  EXPECT_EQ(answer.get_future().get(), bytes_of("first"));
  stream.reset();
  ended.get_future().get();
  echoing.over.wait();
}

}  // namespace
}  // namespace mado::wire
