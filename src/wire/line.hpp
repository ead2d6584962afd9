// Closed lines (専用線, LGWAN, 住基ネット): mutual TLS 1.3, a CA of its own for each line, an allow-list of peers and
// methods, bounds on everything, no retries. Calls carry plain bytes: who serves a method parses them.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "operation/metrics.hpp"
#include "operation/settings.hpp"

namespace mado::wire {

// Who we are on a line, and whom we believe: PEM files.
struct LineCredentials {
  std::filesystem::path authority;    // the line's CA
  std::filesystem::path certificate;  // ours, with its chain; its first dNSName is our name on the line
  std::filesystem::path key;
};
// Reads "PREFIX.authority", "PREFIX.certificate" and "PREFIX.key".
LineCredentials read_credentials(operation::Settings& settings, const std::string& prefix);

// What a server lets in. A peer's name is the first dNSName of its certificate. `peer` may begin with "*.",
// which stands for one leading label.
struct Admission {
  std::string peer;
  std::vector<std::string> methods;     // full names: "/madoguchi.v1.Center/Open"
  std::vector<std::string> first = {};  // those of `methods` with which something new begins; Limits::first_waiting
};
// Reads the array of tables "PREFIX": peer, methods, first.
std::vector<Admission> read_admissions(operation::Settings& settings, const std::string& prefix);
bool admits(const std::vector<Admission>& admissions, const std::string& peer, const std::string& method);
// Whether the peer begins something new with this method.
bool begins(const std::vector<Admission>& admissions, const std::string& peer, const std::string& method);

struct Limits {
  std::size_t largest_message = 64 * 1024;     // bytes, each way
  unsigned concurrent_calls = 16;              // handled at once, each on a thread of its own
  unsigned waiting_calls = 64;                 // accepted and not yet handled; one more is refused as busy
  unsigned first_waiting = 32;                 // a first call is refused as busy while so many wait: what was begun
                                               // keeps the rest of `waiting_calls`, and can be brought to its end
  unsigned first_per_second = 0;               // of each first method; one more is refused as busy. 0: no bound
  std::chrono::milliseconds deadline{20'000};  // of one call
};
// Reads "PREFIX.largest_message_kib", ".concurrent_calls", ".waiting_calls", ".first_waiting", ".first_per_second",
// ".deadline_ms".
Limits read_limits(operation::Settings& settings, const std::string& prefix);

// One call as its handler sees it.
struct Call {
  std::string peer;    // authenticated by TLS
  std::string method;  // full name
  std::string city;    // metadata "madoguchi-city"; empty if absent
  std::chrono::steady_clock::time_point deadline;
};
using Handler = std::function<Outcome<Bytes>(const Call&, ByteView request)>;

// A peer's end of a long-lived stream, on the side that was dialled. Thread-safe.
class StreamPeer {
 public:
  virtual ~StreamPeer() = default;
  virtual const std::string& name() const = 0;
  // Queues one message. Refusals: busy if `waiting_calls` messages wait already, line_down if the stream has ended.
  virtual Outcome<void> send(Bytes message) = 0;
  virtual void close() = 0;
};

// What becomes of streams that peers open. Called from gRPC's threads: must not block.
class StreamService {
 public:
  virtual ~StreamService() = default;
  virtual void opened(const std::shared_ptr<StreamPeer>& peer) = 0;
  virtual void received(const std::shared_ptr<StreamPeer>& peer, Bytes message) = 0;
  virtual void closed(const std::shared_ptr<StreamPeer>& peer) = 0;
};

// What a server serves: unary methods by name, anything else that is admitted, and one streaming method.
struct Service {
  Service() = default;
  Service(std::map<std::string, Handler> unary)
      : handlers(std::move(unary)) {}  // NOLINT: a plain list of methods is a service

  std::map<std::string, Handler> handlers;
  Handler otherwise;          // empty: unknown methods are refused as method_not_allowed
  std::string stream_method;  // full name
  StreamService* streams = nullptr;
};

// A handler runs on one of `concurrent_calls` threads and may block until the call's deadline.
class Server {
 public:
  // `address` "127.0.0.1:PORT" (0: any). Refusal: configuration_invalid.
  static Outcome<std::unique_ptr<Server>> start(const std::string& address, const LineCredentials& credentials,
                                                std::vector<Admission> admissions, const Limits& limits,
                                                Service service, operation::Metrics& metrics);
  virtual ~Server() = default;
  virtual int port() const = 0;
};

struct CallOptions {
  std::optional<std::chrono::milliseconds> deadline =
      std::nullopt;       // shorter than the channel's own, which always holds
  std::string city = {};  // sent as metadata "madoguchi-city"
};

// Calls one peer. Thread-safe. Connects when first used, and again after a loss.
class Channel {
 public:
  // `target` "ADDRESS:PORT"; `peer` is the name that the server's certificate must carry.
  static Outcome<std::unique_ptr<Channel>> open(const std::string& target, const std::string& peer,
                                                const LineCredentials& credentials, const Limits& limits);
  virtual ~Channel() = default;
  // Exactly one attempt, answered within the deadline of the channel's limits. Refusals: line_down, answer_late, busy,
  // message_too_large, peer_not_allowed, method_not_allowed, or the reason that the server's handler gave.
  virtual Outcome<Bytes> call(const std::string& method, ByteView request, const CallOptions& options = {}) = 0;
  // Whether it is connected now. If not, it connects from now on by itself, again after a while if that fails.
  virtual bool ready() = 0;
};

// The dialling end of a long-lived stream: how a program inside a closed segment serves without being connected to.
class Stream {
 public:
  struct Events {
    std::function<void(Bytes)> received;  // from gRPC's threads: must not block
    std::function<void(Refusal)> ended;   // once
  };
  // Dials and sends `first`. The stream ends after `lifetime` at the latest.
  static Outcome<std::unique_ptr<Stream>> dial(const std::string& target, const std::string& peer,
                                               const LineCredentials& credentials, const Limits& limits,
                                               const std::string& method, Bytes first,
                                               std::chrono::milliseconds lifetime, Events events);
  virtual ~Stream() = default;
  virtual Outcome<void> send(Bytes message) = 0;
};

}  // namespace mado::wire
