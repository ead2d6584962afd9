// The arithmetic coder against the sequence that the standard itself gives (ITU-T T.88 H.2).
#include "paper/mq_encoder.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mado::paper {
namespace {

TEST(MqEncoder, WritesTheStandardsTestSequence) {
  const auto decisions = from_hex("00020051000000c00352872aaaaaaaaa82c02000fcd79ef6bf7fed904f46a3bf").value();
  MqEncoder out;
  MqContext context = 0;
  for (const auto byte : decisions) {
    for (int i = 7; i >= 0; --i) out.encode(context, (byte >> i & 1) != 0);
  }
  EXPECT_EQ(to_hex(std::move(out).finish()), "84c73bfce1a1430402200000410dbb86f4317fff88ff37471adb6adfffac");
}

TEST(MqEncoder, NothingAtAllHasAnEndToo) {
  const auto coded = MqEncoder{}.finish();
  ASSERT_GE(coded.size(), 2U);
  EXPECT_EQ(to_hex(ByteView(coded).last(2)), "ffac");
}

// A byte over 8F behind FF would be a marker: it stands at the end and nowhere else.
TEST(MqEncoder, HasNoMarkerButTheLast) {
  std::uint32_t random = 1;
  for (int round = 0; round < 200; ++round) {
    MqEncoder out;
    std::array<MqContext, 8> contexts{};
    for (int i = 0; i < 3000; ++i) {
      random = random * 1'664'525 + 1'013'904'223;
      out.encode(contexts.at(random >> 29), (random >> 20 & 0xff) < static_cast<std::uint32_t>(round));
    }
    const auto coded = std::move(out).finish();
    for (std::size_t i = 0; i + 2 < coded.size(); ++i) {
      ASSERT_FALSE(coded[i] == 0xff && coded[i + 1] > 0x8f) << "round " << round << " at " << i;
    }
  }
}

}  // namespace
}  // namespace mado::paper
