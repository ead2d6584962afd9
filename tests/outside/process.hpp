// Outside programs in tests: the judges, and our own programs run as processes. Every wait is for an event and bounded.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace mado::outside {

using Words = std::vector<std::string>;

// A directory of its own, removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  const std::filesystem::path& path() const { return path_; }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// A program under way; its standard output and error are gathered together. Killed by SIGKILL when destroyed.
class Process {
 public:
  // `environment`: "NAME=value", added to the test's own.
  explicit Process(const Words& words, const Words& environment = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  // Waits until the output holds `text` (so many `times`); false if the program ends or the limit passes before it
  // does.
  bool waits_for_output(const std::string& text, std::chrono::seconds limit = std::chrono::seconds{20}, int times = 1);
  void signal(int number);
  // Waits for the end; the exit code, 128 + the signal that ended it, or −1 once the limit has passed.
  int wait(std::chrono::seconds limit = std::chrono::seconds{30});
  const std::string& output() const { return output_; }
  // The same with what it has said meanwhile; waits for nothing.
  const std::string& catch_up();
  pid_t id() const { return id_; }

 private:
  // Reads what there is, waiting for it until `deadline`; false at the end of the output or past the deadline.
  bool gather(std::chrono::steady_clock::time_point deadline);
  bool read_part();

  pid_t id_ = -1;
  int pipe_ = -1;
  int code_ = -1;
  bool ended_ = false;
  std::string output_;
};

struct Result {
  int code = -1;
  std::string output;
};

// Runs a program to its end.
Result run(const Words& words, std::chrono::seconds limit = std::chrono::seconds{30}, const Words& environment = {});

// A TCP port of 127.0.0.1, with the one after it, that nobody has at this moment.
std::uint16_t free_port();

std::string content_of(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, const std::string& content);

}  // namespace mado::outside
