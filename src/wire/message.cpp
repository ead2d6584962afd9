#include "wire/message.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <limits>

namespace mado::wire {

Bytes serialise(const google::protobuf::Message& message) {
  Bytes bytes(message.ByteSizeLong());
  google::protobuf::io::ArrayOutputStream array(bytes.data(), static_cast<int>(bytes.size()));
  google::protobuf::io::CodedOutputStream stream(&array);
  stream.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&stream);
  return bytes;
}

Outcome<void> parse_into(google::protobuf::Message& message, ByteView bytes, const char* what) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return refuse(Reason::message_malformed, std::string(what) + " does not parse");
  }
  message.DiscardUnknownFields();
  const auto again = serialise(message);
  if (!std::ranges::equal(again, bytes)) {
    return refuse(Reason::message_malformed, std::string(what) + " is not in canonical form");
  }
  return {};
}

}  // namespace mado::wire
