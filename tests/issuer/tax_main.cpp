// Names the file that arms crash points, before any is passed, for tests that kill a process of their own.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const auto order = std::filesystem::path(testing::TempDir()) / ("tax-order-" + std::to_string(getpid()));
  ::setenv("MADOGUCHI_KILL_AT", ("@" + order.string()).c_str(), 1);
  const int code = RUN_ALL_TESTS();
  std::filesystem::remove(order);
  return code;
}
