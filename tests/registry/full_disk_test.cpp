// A disk without room is stood for by a limit on the size of files: the write fails in the same place.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "registers_of_test.hpp"

namespace mado::registry {
namespace {

struct FullDisk : RegistersTest {};

TEST_F(FullDisk, NothingIsAppliedAndTheRegisterGoesOn) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  std::vector<ResidentRow> many;
  for (int i = 1; i < 3000; ++i) many.push_back(resident(i, i));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{256 * 1024, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto refused = put(many);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::storage_failed);
  EXPECT_EQ(registers_->feed_position().value(), 1U);
  EXPECT_EQ(residents_in_register(), 1U);
  EXPECT_EQ(read(card_of(number(0))).mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_TRUE(put({resident(1, 1)})) << "and it goes on when there is room again";
}

}  // namespace
}  // namespace mado::registry
