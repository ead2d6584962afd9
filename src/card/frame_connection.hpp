// A TCP connection that carries APDUs in frames, as vsmartcard's vpcd does. A frame of one byte is a control: 00 power
// off, 01 power on, 02 reset (no answer), 04 ask for the ATR.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "card/frame.hpp"

namespace mado::card {

// "127.0.0.1:35963" or "[::1]:35963". Only numbers are taken, no names.
struct SocketAddress {
  std::string host;
  std::uint16_t port = 0;
  bool loopback = false;
  // Refusal: configuration_invalid, with a sentence that quotes the text.
  static Outcome<SocketAddress> parse(const std::string& text);
};

// The client's end. Each call takes at most the limit it is given. Not for use by two threads at once.
class FrameConnection {
 public:
  enum class Trouble {
    refused,  // nobody listens
    closed,   // the other side ended the connection
    silent,   // the limit has passed
  };
  using Limit = std::chrono::milliseconds;

  static std::expected<FrameConnection, Trouble> connect(const SocketAddress& to, Limit limit);
  FrameConnection(FrameConnection&& other) noexcept;
  FrameConnection& operator=(FrameConnection&& other) noexcept;
  ~FrameConnection();

  // Sends one frame of 1–65,535 bytes.
  std::expected<void, Trouble> send(ByteView payload, Limit limit);
  // Receives one frame.
  std::expected<Bytes, Trouble> receive(Limit limit);

 private:
  explicit FrameConnection(int socket) : socket_(socket) {}
  int socket_;
};

}  // namespace mado::card
