// The image of an 電子公印: what is no such image is refused with its reason.
#include "paper/seal.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace mado::paper {
namespace {

std::string image(int side, std::size_t rows, char of) {
  const auto stride = static_cast<std::size_t>(side + 7) / 8;
  return "P4\n" + std::to_string(side) + " " + std::to_string(side) + "\n" + std::string(stride * rows, of);
}

TEST(Seal, IsReadWithItsSize) {
  const auto seal = Seal::parse(view_of(image(100, 100, '\xaa')));
  ASSERT_TRUE(seal) << seal.error().cause;
  EXPECT_EQ(seal->bitmap().width, 100);
  EXPECT_EQ(seal->bitmap().height, 100);
  EXPECT_TRUE(Seal::parse(view_of(image(591, 591, '\xaa'))));
  EXPECT_TRUE(Seal::parse(view_of("P4\n# made by hand\n100 100\n" + std::string(1300, '\xaa')))) << "with a comment";
}

TEST(Seal, WhatIsNoSealIsRefusedWithTheReason) {
  struct Broken {
    std::string file;
    const char* cause;
  };
  const Broken files[] = {
      {"", "the seal is no raw PBM (P4)"},
      {"P5\n100 100\n255\n", "the seal is no raw PBM (P4)"},
      {"P4", "the seal has no readable head"},
      {"P4\n100", "the seal has no readable head"},
      {"P4 #", "the seal has no readable head"},
      {"P4\n100 x\n", "the seal has no readable head"},
      {"P4\n99999999999 100\n", "the seal has no readable head"},
      {"P4\n# a comment that never ends", "the seal has no readable head"},
      {image(99, 99, '\xaa'), "the seal is not 100 to 591 pixels (25 mm at 600 dpi) a side"},
      {image(592, 592, '\xaa'), "the seal is not 100 to 591 pixels (25 mm at 600 dpi) a side"},
      {"P4\n-100 100\n", "the seal is not 100 to 591 pixels (25 mm at 600 dpi) a side"},
      {image(100, 99, '\xaa'), "the seal has too few or too many rows"},
      {image(100, 101, '\xaa'), "the seal has too few or too many rows"},
      {image(100, 100, '\0'), "the seal is wholly white"},
  };
  for (const auto& [file, cause] : files) {
    const auto seal = Seal::parse(view_of(file));
    ASSERT_FALSE(seal) << cause;
    EXPECT_EQ(seal.error().reason, Reason::configuration_invalid);
    EXPECT_EQ(seal.error().cause, cause);
  }
}

TEST(Seal, AFileThatCannotBeReadIsNamed) {
  EXPECT_EQ(Seal::load("no/such/seal.pbm").error().cause, "the seal cannot be read from no/such/seal.pbm");
}

}  // namespace
}  // namespace mado::paper
