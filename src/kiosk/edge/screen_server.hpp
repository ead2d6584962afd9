// The loopback server of the kiosk's page: its files, and one WebSocket that carries docs/kiosk-screens.md. Only who
// knows the session's key gets in; a second connection replaces the first.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/refusal.hpp"

namespace mado::kiosk {

class ScreenServer {
 public:
  struct Events {
    std::function<void()> connected;  // from the server's thread, as is `said`
    std::function<void(std::string)> said;
  };
  // `address` is loopback. `pages` is the folder with index.html. Refusal: configuration_invalid.
  static Outcome<std::unique_ptr<ScreenServer>> start(const std::string& address, const std::filesystem::path& pages,
                                                      Events events);
  ~ScreenServer();

  // From now on only this key opens the WebSocket; whoever is connected is cut off.
  void set_key(const std::string& key);
  // Sends to the page that is connected, if any; the text is wiped after it.
  void send(std::string text);
  std::string address() const;  // "http://127.0.0.1:PORT" or "http://[::1]:PORT"

 private:
  struct Inside;
  explicit ScreenServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::kiosk
