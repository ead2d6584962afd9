// A reader that talks to the virtual card by TCP on this machine, without pcscd: for the demo, tests and benchmarks.
// The card's program listens; a card that was taken away refuses or closes the connection.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "card/frame_connection.hpp"
#include "card/reader.hpp"

namespace mado::card {

class DirectReader : public Reader {
 public:
  // `address`: where the card listens, loopback only ("127.0.0.1:35970"). `answer_limit`: the longest silence that is
  // waited for, > 0; past it a call gives card_no_answer. Refusal: configuration_invalid. Nothing is connected yet.
  static Outcome<std::unique_ptr<DirectReader>> make(const std::string& address,
                                                     std::chrono::milliseconds answer_limit);

  Outcome<bool> card_present() override;
  Outcome<Bytes> power_on() override;
  Outcome<Bytes> transmit(ByteView command) override;
  void power_off() override;

 private:
  DirectReader(SocketAddress address, std::chrono::milliseconds answer_limit);
  Outcome<Bytes> ask(ByteView payload);
  Outcome<Bytes> ask_atr();
  bool connect();
  Refusal lost(FrameConnection::Trouble trouble);

  SocketAddress address_;
  std::chrono::milliseconds answer_limit_;
  std::optional<FrameConnection> connection_;
};

}  // namespace mado::card
