// Every message of the contracts: only canonical bytes are read, and what was read can be wiped.
#include "wire/message.hpp"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <vector>

#include "fuzz/examine.hpp"
#include "madoguchi/v1/center.pb.h"
#include "madoguchi/v1/feed.pb.h"
#include "madoguchi/v1/jpki.pb.h"
#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/statements.pb.h"

namespace mado::fuzz {

namespace {
using google::protobuf::Descriptor;
using google::protobuf::Message;

// In the files' order, so that an input keeps its meaning while messages are added at the end.
std::vector<const Descriptor*> every_message() {
  std::vector<const Descriptor*> found;
  for (const auto* file :
       {v1::Challenge::descriptor()->file(), v1::OpenQuery::descriptor()->file(), v1::Resident::descriptor()->file(),
        v1::StatusQuery::descriptor()->file(), v1::SealRegistration::descriptor()->file(),
        v1::FeedChange::descriptor()->file(), v1::TaxYearQuery::descriptor()->file()}) {
    for (int i = 0; i < file->message_type_count(); ++i) found.push_back(file->message_type(i));
  }
  return found;
}

std::unique_ptr<Message> fresh(std::size_t number) {
  static const auto messages = every_message();
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<Message>(factory->GetPrototype(messages.at(number % messages.size()))->New());
}
}  // namespace

void examine(ByteView input) {
  Pieces pieces(input);
  const auto message = fresh(pieces.byte());
  const auto bytes = pieces.rest();
  const auto parsed = wire::parse_into(*message, bytes, "message");
  if (!parsed) {
    claim_is_explained(parsed.error());
    claim(parsed.error().reason == Reason::message_malformed, "one reason for every message that is not read");
    claim_keeps_back(parsed.error(), text_of(bytes), 32);
  } else {
    claim(wire::serialise(*message) == Bytes(bytes.begin(), bytes.end()), "a message is written as it was read");
  }
  wire::wipe_message(*message);
  claim(message->ByteSizeLong() == 0, "a wiped message is empty");
}

}  // namespace mado::fuzz
