// The loopback HTTP port of every program: GET /healthz (200 "ok" or 503 with a sentence) and GET /metrics.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/refusal.hpp"

namespace mado::operation {

class LoopbackServer;

struct StatusAnswer {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

class StatusServer {
 public:
  // `address` is "127.0.0.1:PORT" or "[::1]:PORT"; anything that is not loopback is refused. The handler is called on
  // the server's own thread with the method, the path and the request's body (≤ 64 KiB).
  using Handler =
      std::function<StatusAnswer(const std::string& method, const std::string& path, const std::string& body)>;
  static Outcome<std::unique_ptr<StatusServer>> start(const std::string& address, Handler handler);
  ~StatusServer();
  std::uint16_t port() const;

 private:
  explicit StatusServer(std::unique_ptr<LoopbackServer> server);
  std::unique_ptr<LoopbackServer> server_;
};

}  // namespace mado::operation
