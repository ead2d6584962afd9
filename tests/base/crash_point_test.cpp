// Crash points: listed whether passed or not, and the process ends at the one that is wanted, the n-th time.
#include "base/crash_point.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace mado {
namespace {
#ifndef MADOGUCHI_NO_CRASH_POINTS

int passed_in_this_test() {
  return between("test_passed"_point, [] { return 7; });
}
int never_called() {
  return between("test_never_passed"_point, [] { return 0; });
}

struct CrashPoints : testing::Test {
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }  // each in a process of its own
  static void wanted(const std::string& text) { ::setenv("MADOGUCHI_KILL_AT", text.c_str(), 1); }
  static void say(const char* text) {
    std::fputs(text, stderr);
    std::fflush(stderr);
  }
  static void pass_three_times() {
    for (const char* time : {"one ", "two ", "three "}) {
      passed_in_this_test();
      say(time);
    }
    std::_Exit(0);
  }
};

TEST_F(CrashPoints, AreListedOnceWhetherPassedOrNot) {
  EXPECT_EQ(passed_in_this_test(), 7);
  EXPECT_NE(&never_called, nullptr);
  EXPECT_THAT(crash_points(), testing::IsSupersetOf({"test_passed", "test_never_passed"}));
  EXPECT_TRUE(std::ranges::is_sorted(crash_points()));
}

TEST_F(CrashPoints, EndTheProcessBeforeOrAfterTheWork) {
  const auto work = [] { between("test_passed"_point, [] { return (say("done"), 0); }); };
  EXPECT_EXIT((wanted("test_passed.before"), work()), testing::KilledBySignal(SIGKILL), "^$");
  EXPECT_EXIT((wanted("test_passed.after"), work()), testing::KilledBySignal(SIGKILL), "^done$");
}

TEST_F(CrashPoints, EndTheProcessTheNthTime) {
  EXPECT_EXIT((wanted("test_passed.before#3"), pass_three_times()), testing::KilledBySignal(SIGKILL), "^one two $");
  EXPECT_EXIT((wanted("test_passed.after"), pass_three_times()), testing::KilledBySignal(SIGKILL), "^$");
}

TEST_F(CrashPoints, AreNotMistakenForOneAnother) {
  for (const auto* other : {"test_passed", "test_passed.before#4", "test_passed.beforehand", "test.before", ""}) {
    EXPECT_EXIT((wanted(other), pass_three_times()), testing::ExitedWithCode(0), "^one two three $") << other;
  }
}

TEST_F(CrashPoints, AreReadFromAFileThatMayChangeMeanwhile) {
  const auto file = std::filesystem::temp_directory_path() / ("madoguchi-armed-" + std::to_string(::getpid()));
  std::ofstream(file) << "";
  const auto armed_later = [&] {
    wanted("@" + file.string());
    passed_in_this_test();
    std::ofstream(file) << "test_passed.after\n";
    pass_three_times();
  };
  EXPECT_EXIT(armed_later(), testing::KilledBySignal(SIGKILL), "^$");
  std::filesystem::remove(file);
}

#endif
}  // namespace
}  // namespace mado
