// Contract messages are parsed strictly (chain rule 3).
#include "wire/message.hpp"

#include <gtest/gtest.h>

#include "madoguchi/v1/statements.pb.h"

namespace mado::wire {
namespace {

v1::Challenge challenge() {
  v1::Challenge message;
  message.set_city("131016");
  message.set_issued_at(42);
  return message;
}

TEST(Message, RoundTrips) {
  const auto parsed = parse<v1::Challenge>(serialise(challenge()), "challenge");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->city(), "131016");
}

TEST(Message, RefusesUnknownFieldsDuplicatesAndOtherForms) {
  const auto good = serialise(challenge());
  auto unknown = good;
  unknown.insert(unknown.end(), {0xf8, 0x07, 0x01});  // field 127, varint 1
  auto duplicate = good;
  duplicate.insert(duplicate.end(), good.begin(), good.end());
  auto default_written_out = good;
  default_written_out.insert(default_written_out.end(), {0x12, 0x00});  // epoch, empty
  Bytes long_varint{0x18, 0xaa, 0x00};                                  // issued_at = 42 in two bytes
  for (const auto& bytes : {unknown, duplicate, default_written_out, long_varint}) {
    EXPECT_EQ(parse<v1::Challenge>(bytes, "challenge").error().reason, Reason::message_malformed);
  }
}

}  // namespace
}  // namespace mado::wire
