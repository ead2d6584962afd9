#include "card/direct_reader.hpp"

#include <utility>

namespace mado::card {

namespace {
constexpr std::uint8_t power_on_control[] = {static_cast<std::uint8_t>(Control::power_on)};
constexpr std::uint8_t power_off_control[] = {static_cast<std::uint8_t>(Control::power_off)};
constexpr std::uint8_t ask_atr_control[] = {static_cast<std::uint8_t>(Control::ask_atr)};
}  // namespace

Outcome<std::unique_ptr<DirectReader>> DirectReader::make(const std::string& address,
                                                          std::chrono::milliseconds answer_limit) {
  MADO_TRY(parsed, SocketAddress::parse(address));
  if (!parsed.loopback) return refuse(Reason::configuration_invalid, "\"" + address + "\" is not a loopback address");
  return std::unique_ptr<DirectReader>(new DirectReader(std::move(parsed), answer_limit));
}

DirectReader::DirectReader(SocketAddress address, std::chrono::milliseconds answer_limit)
    : address_(std::move(address)), answer_limit_(answer_limit) {}

Outcome<bool> DirectReader::card_present() {
  // A connection that was open may have been closed by a card that was taken and put back: the second look is fresh.
  for (int look = 0; look < 2; ++look) {
    const bool was_open = connection_.has_value();
    if (!was_open && !connect()) return false;
    const auto atr = ask_atr();
    if (atr) return true;
    if (atr.error().reason == Reason::card_no_answer) return std::unexpected(atr.error());
    if (!was_open) return false;
  }
  return false;
}

Outcome<Bytes> DirectReader::power_on() {
  MADO_TRY(present, card_present());
  if (!present) return refuse(Reason::card_removed_early, "no card lies on the reader");
  if (auto sent = connection_->send(power_on_control, answer_limit_); !sent) return std::unexpected(lost(sent.error()));
  return ask_atr();
}

Outcome<Bytes> DirectReader::transmit(ByteView command) {
  if (command.size() < 4 || command.size() > largest_frame) {
    return refuse(Reason::card_answer_unreadable, "a command of this length cannot be sent");
  }
  MADO_TRY(answer, ask(command));
  if (answer.size() < 2) return refuse(Reason::card_answer_unreadable, "an answer without status bytes");
  return answer;
}

void DirectReader::power_off() {
  if (!connection_) return;
  if (!connection_->send(power_off_control, answer_limit_)) connection_.reset();
}

Outcome<Bytes> DirectReader::ask_atr() {
  MADO_TRY(atr, ask(ask_atr_control));
  if (atr.empty()) return refuse(Reason::card_answer_unreadable, "an empty ATR");
  return atr;
}

Outcome<Bytes> DirectReader::ask(ByteView payload) {
  if (!connection_) return refuse(Reason::card_removed_early, "no card lies on the reader");
  if (auto sent = connection_->send(payload, answer_limit_); !sent) return std::unexpected(lost(sent.error()));
  auto answer = connection_->receive(answer_limit_);
  if (!answer) return std::unexpected(lost(answer.error()));
  return std::move(*answer);
}

bool DirectReader::connect() {
  auto connected = FrameConnection::connect(address_, answer_limit_);
  if (connected) connection_.emplace(std::move(*connected));
  return connected.has_value();
}

// After any trouble the connection is given up: a late answer must not be taken for the next one.
Refusal DirectReader::lost(FrameConnection::Trouble trouble) {
  connection_.reset();
  if (trouble == FrameConnection::Trouble::silent)
    return {Reason::card_no_answer, "the card was silent over the limit"};
  return {Reason::card_removed_early, "the card was taken off the reader"};
}

}  // namespace mado::card
