// What is freed is overwritten, whoever frees it. Freed memory is looked at through /proc/self/mem: no C++ may read it.
#include "operation/wiping_free.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "base/wipe_stack.hpp"

namespace mado::operation {
namespace {

constexpr std::string_view marker = "a name that nobody bears";

class FreedMemory : public ::testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "sanitizers have an allocator of their own";
#endif
    ASSERT_TRUE(wipes_freed_memory());
    ASSERT_GE(memory_, 0);
  }
  ~FreedMemory() override { close(memory_); }

  // Whether the marker stands at `address`, in memory of whatever state.
  bool holds_marker(std::uintptr_t address) const {
    std::string found(marker.size(), '\0');
    return pread(memory_, found.data(), found.size(), static_cast<off_t>(address)) > 0 && found == marker;
  }

 private:
  int memory_ = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
};

std::uintptr_t address_of(const void* place) { return reinterpret_cast<std::uintptr_t>(place); }

TEST_F(FreedMemory, IsOverwrittenAfterFree) {
  auto* block = static_cast<char*>(std::malloc(200));
  const auto middle = address_of(block + 100);  // the allocator's own links stand at the beginning
  std::memcpy(block + 100, marker.data(), marker.size());
  ASSERT_TRUE(holds_marker(middle));
  std::free(block);
  EXPECT_FALSE(holds_marker(middle));
}

TEST_F(FreedMemory, IsOverwrittenAfterDelete) {
  auto text = std::make_unique<std::string>(100, ' ');
  text->append(marker);
  const auto place = address_of(text->data() + 100);
  ASSERT_TRUE(holds_marker(place));
  text.reset();
  EXPECT_FALSE(holds_marker(place));
}

TEST_F(FreedMemory, IsOverwrittenWhenALibraryFreesIt) {
  char* line = nullptr;
  std::size_t size = 0;
  const auto content = std::string(64, ' ') + std::string(marker) + "\n";
  FILE* file = fmemopen(const_cast<char*>(content.data()), content.size(), "r");
  ASSERT_GT(getline(&line, &size, file), 0);
  const auto in_line = address_of(line + 64);
  ASSERT_TRUE(holds_marker(in_line));
  std::free(line);
  fclose(file);
  EXPECT_FALSE(holds_marker(in_line));
}

TEST_F(FreedMemory, KeepsItsContentAndLeavesNothingBehindWhenItGrows) {
  auto* block = static_cast<char*>(std::malloc(200));
  const auto before = address_of(block + 100);
  std::memcpy(block + 100, marker.data(), marker.size());
  auto* grown = static_cast<char*>(std::realloc(block, 100'000));
  EXPECT_TRUE(holds_marker(address_of(grown + 100)));
  EXPECT_NE(before, address_of(grown + 100));
  EXPECT_FALSE(holds_marker(before));
  std::free(grown);
}

TEST_F(FreedMemory, IsOverwrittenWhereABlockShrinks) {
  for (const std::size_t smaller : {std::size_t{150}, std::size_t{20}}) {
    auto* block = static_cast<char*>(std::malloc(200));
    const auto given_up = address_of(block + 160);
    std::memcpy(block + 160, marker.data(), marker.size());
    auto* shrunk = std::realloc(block, smaller);
    EXPECT_FALSE(holds_marker(given_up)) << smaller;
    std::free(shrunk);
  }
}

TEST_F(FreedMemory, ReallocatesAsTheStandardSays) {
  auto* block = std::realloc(nullptr, 10);
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(std::realloc(block, 0), nullptr);
  std::free(nullptr);
}

[[gnu::noinline]] std::uintptr_t leave_on_stack() {
  char text[64];
  char* volatile place = text;
  std::memcpy(place, marker.data(), marker.size());
  return address_of(place);
}

TEST_F(FreedMemory, WhatACallLeftOnTheStackIsOverwritten) {
  const auto place = leave_on_stack();
  wipe_stack();
  EXPECT_FALSE(holds_marker(place));
}

}  // namespace
}  // namespace mado::operation
