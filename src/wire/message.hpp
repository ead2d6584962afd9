// Parsing contract messages once and strictly (chain rule 3): what does not re-serialise identically is refused.
#pragma once

#include <google/protobuf/message.h>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace madoguchi::v1 {}
namespace mado {
namespace v1 = ::madoguchi::v1;  // the contracts' first version
}

namespace mado::wire {

// Canonical bytes of a message.
Bytes serialise(const google::protobuf::Message& message);

// Parses into `message` (any generated message). Refusal: message_malformed if it is no such message, has unknown
// fields or duplicates, or is not in canonical form; `what` names it in the cause.
Outcome<void> parse_into(google::protobuf::Message& message, ByteView bytes, const char* what);

// Overwrites every text and every byte string inside `message`, however deep, and clears it: for messages that held
// personal data.
void wipe_message(google::protobuf::Message& message);

// Owns a message that holds personal data: it cannot be copied, and is wiped when it is destroyed or moved from.
template <typename Message>
class SensitiveMessage {
 public:
  explicit SensitiveMessage(Message message) : message_(std::move(message)) {}
  SensitiveMessage(SensitiveMessage&& other) noexcept : message_(std::move(other.message_)) {}  // swaps: nothing stays
  SensitiveMessage& operator=(SensitiveMessage&&) = delete;
  SensitiveMessage(const SensitiveMessage&) = delete;
  SensitiveMessage& operator=(const SensitiveMessage&) = delete;
  ~SensitiveMessage() { wipe_message(message_); }

  const Message& reveal() const { return message_; }
  Message& reveal() { return message_; }

 private:
  Message message_;
};

template <typename Message>
Outcome<Message> parse(ByteView bytes, const char* what) {
  Message message;
  MADO_CHECK(parse_into(message, bytes, what));
  return message;
}

}  // namespace mado::wire
