#include "card/virtual_card/state_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/card/specimen_card.hpp"
#include "tests/outside/process.hpp"

namespace mado::card {
namespace {

class StateFileTest : public testing::Test {
 protected:
  outside::TemporaryDirectory directory_;
  std::string file_ = directory_ / "card";
};

TEST_F(StateFileTest, KeepsACardAsItWas) {
  auto state = StateFile::claim(file_).value();
  EXPECT_FALSE(state->exists());
  auto memory = specimen_memory();
  memory.authentication.tries = 1;
  ASSERT_TRUE(state->write("test"_point, memory));
  EXPECT_TRUE(state->exists());
  const auto read = state->read().value();
  EXPECT_EQ(read.authentication.tries, 1);
  EXPECT_EQ(read.signature.tries, 5);
  EXPECT_EQ(read.authentication.pin.reveal(), specimen_pin);
  EXPECT_EQ(read.signature.key.reveal(), memory.signature.key.reveal());
  EXPECT_EQ(read.authentication.certificate, memory.authentication.certificate);
}

TEST_F(StateFileTest, IsReadableByItsOwnerOnly) {
  auto state = StateFile::claim(file_).value();
  ASSERT_TRUE(state->write("test"_point, specimen_memory()));
  struct stat about{};
  ASSERT_EQ(::stat(file_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(StateFileTest, BelongsToOneAtATime) {
  auto state = StateFile::claim(file_);
  ASSERT_TRUE(state);
  const auto second = StateFile::claim(file_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::storage_failed);
  state->reset();
  EXPECT_TRUE(StateFile::claim(file_));
}

TEST_F(StateFileTest, ADraftLeftByACrashIsNotTheCard) {
  auto state = StateFile::claim(file_).value();
  ASSERT_TRUE(state->write("test"_point, specimen_memory()));
  outside::write_file(file_ + ".new", "half a memo");
  EXPECT_TRUE(state->read());
  EXPECT_TRUE(state->write("test"_point, specimen_memory()));
}

TEST_F(StateFileTest, RefusesWhatIsNoCard) {
  auto state = StateFile::claim(file_).value();
  EXPECT_EQ(state->read().error().reason, Reason::storage_failed) << "no file";
  ASSERT_TRUE(state->write("test"_point, specimen_memory()));
  const auto good = outside::content_of(file_);
  const auto changed = [&](const std::string& from, const std::string& to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const auto& text : {std::string{}, std::string("something else\n"), good.substr(0, good.size() / 2),
                           changed("authentication.tries 3", "authentication.tries 4"),
                           changed("authentication.tries 3", "authentication.tries -1"),
                           changed("authentication.pin 1234", "authentication.pin 12345"),
                           changed("authentication.key 30", "authentication.key zz"), good + "more 1\n",
                           good + "signature.tries 5\n", std::string(64 * 1024 + 1, 'x')}) {
    outside::write_file(file_, text);
    const auto read = state->read();
    ASSERT_FALSE(read) << text.substr(0, 60);
    EXPECT_EQ(read.error().reason, Reason::input_invalid);
    EXPECT_EQ(read.error().cause.find("1234"), std::string::npos) << "a cause holds no PIN";
  }
}

TEST_F(StateFileTest, AWriteThatFailsLeavesTheCardAsItWas) {
  auto state = StateFile::claim(file_).value();
  ASSERT_TRUE(state->write("test"_point, specimen_memory()));
  std::filesystem::create_directory(file_ + ".new");  // the draft cannot be opened
  auto memory = specimen_memory();
  memory.authentication.tries = 0;
  EXPECT_EQ(state->write("test"_point, memory).error().reason, Reason::storage_failed);
  EXPECT_EQ(state->read()->authentication.tries, 3);
}

TEST_F(StateFileTest, ABlockedCardStaysBlocked) {
  {
    auto state = StateFile::claim(file_).value();
    ASSERT_TRUE(state->write("test"_point, specimen_memory()));
    auto card = VirtualCard::open(state->read().value(), *state).value();
    card.answer(from_hex("00a4040c0ad392f000260100000001").value());
    for (int i = 0; i < 3; ++i) card.answer(from_hex("002000980439393939").value());
  }
  auto state = StateFile::claim(file_).value();
  auto card = VirtualCard::open(state->read().value(), *state).value();
  EXPECT_EQ(card.authentication_tries(), 0U);
  card.answer(from_hex("00a4040c0ad392f000260100000001").value());
  EXPECT_EQ(to_hex(card.answer(from_hex("002000980431323334").value())), "6984");
}

}  // namespace
}  // namespace mado::card
