#include "wire/message.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "base/sensitive.hpp"

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
  // libprotobuf would complain on standard error about bytes from outside; the refusal says it.
  const google::protobuf::LogSilencer silence;
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

namespace {
// protobuf hands out its own strings by const reference only; they are ours to overwrite, as nobody shares them.
void wipe_text(const std::string& text) { wipe(const_cast<char*>(text.data()), text.size()); }

void wipe_field(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  std::string scratch;
  if (field.cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
    if (!field.is_repeated()) return wipe_text(reflection.GetStringReference(message, &field, &scratch));
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      wipe_text(reflection.GetRepeatedStringReference(message, &field, i, &scratch));
    }
  } else if (field.cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
    if (!field.is_repeated()) return wipe_message(*reflection.MutableMessage(&message, &field));
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i)
      wipe_message(*reflection.MutableRepeatedMessage(&message, &field, i));
  }
}
}  // namespace

void wipe_message(google::protobuf::Message& message) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) wipe_field(message, *field);
  message.Clear();
}

}  // namespace mado::wire
