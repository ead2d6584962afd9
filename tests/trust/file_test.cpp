// Files that are there whole or not at all, whatever an earlier writer left behind.
#include "trust/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "temporary_directory.hpp"

namespace mado::trust {
namespace {

struct Files : testing::Test {
  std::string read(const std::string& name) { return string_of(read_file(directory_ / name, 1024).value()); }
  void leave(const std::string& name, const std::string& text) { std::ofstream(directory_ / name) << text; }
  static mode_t mode(const std::filesystem::path& file) {
    struct stat status{};
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 0777;
  }
  TemporaryDirectory directory_;
};

TEST_F(Files, ANewFileIsMadeOnceAndNeverOverwritten) {
  ASSERT_TRUE(write_new_file("test"_point, directory_ / "a.key", view_of("first"), Secrecy::secret));
  EXPECT_EQ(mode(directory_ / "a.key"), 0600);
  const auto again = write_new_file("test"_point, directory_ / "a.key", view_of("second"), Secrecy::secret);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, Reason::storage_failed);
  EXPECT_NE(again.error().cause.find("exists already"), std::string::npos);
  EXPECT_EQ(read("a.key"), "first");
  EXPECT_FALSE(std::filesystem::exists(directory_ / "a.key.new"));
}

TEST_F(Files, ADraftThatACrashLeftIsNotTheFile) {
  leave("a.pem.new", "half");
  ASSERT_TRUE(write_new_file("test"_point, directory_ / "a.pem", view_of("whole"), Secrecy::open));
  EXPECT_EQ(read("a.pem"), "whole");
  leave("a.pem.new", "half");
  ASSERT_TRUE(replace_file("test"_point, directory_ / "a.pem", view_of("newer"), Secrecy::open));
  EXPECT_EQ(read("a.pem"), "newer");
  EXPECT_FALSE(std::filesystem::exists(directory_ / "a.pem.new"));
}

TEST_F(Files, DirectoriesOnTheWayAreMadeForTheirOwnerOnly) {
  ASSERT_TRUE(write_new_file("test"_point, directory_ / "one/two/a.key", view_of("text"), Secrecy::secret));
  EXPECT_EQ(read("one/two/a.key"), "text");
  EXPECT_EQ(mode(directory_ / "one"), 0700);
  EXPECT_EQ(mode(directory_ / "one/two"), 0700);
  EXPECT_TRUE(make_directory(directory_ / "one/two"));
  leave("file", "text");
  EXPECT_FALSE(make_directory(directory_ / "file/below"));
}

}  // namespace
}  // namespace mado::trust
