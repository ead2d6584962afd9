#include "kiosk/edge/browser.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace mado::kiosk {

namespace {
constexpr std::string_view profile_prefix = "browser-";

std::string with(std::string text, const std::string& mark, const std::string& value) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}

// In the child, between fork and exec: only calls that are safe there. The browser is a group of its own, so that all
// of it can be ended, and it ends with the kiosk, however that ends.
[[noreturn]] void become(char* const* arguments, int failure) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  execvp(arguments[0], arguments);
  const int error = errno;
  (void)!write(failure, &error, sizeof error);
  _exit(127);
}

// The process, or why it did not start.
std::expected<pid_t, int> start(std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int failure[2];
  if (pipe2(failure, O_CLOEXEC) != 0) return std::unexpected(errno);
  const pid_t process = fork();
  if (process == 0) become(arguments.data(), failure[1]);
  const int forked = errno;
  ::close(failure[1]);
  int error = 0;
  const bool failed = process > 0 && read(failure[0], &error, sizeof error) > 0;  // nothing comes once exec succeeded
  ::close(failure[0]);
  if (process < 0) return std::unexpected(forked);
  if (!failed) return process;
  waitpid(process, nullptr, 0);
  return std::unexpected(error);
}
}  // namespace

Browser::Browser(std::vector<std::string> command, std::filesystem::path profiles)
    : command_(std::move(command)), profiles_(std::move(profiles)) {
  if (command_.empty()) return;
  std::error_code ignored;
  std::vector<std::filesystem::path> left;  // by a kiosk that was killed
  for (const auto& entry : std::filesystem::directory_iterator(profiles_, ignored)) {
    if (entry.path().filename().string().starts_with(profile_prefix)) left.push_back(entry.path());
  }
  for (const auto& profile : left) std::filesystem::remove_all(profile, ignored);
}

Outcome<void> Browser::open(const std::string& url, const std::string& session) {
  close();
  if (command_.empty()) return {};
  profile_ = profiles_ / (std::string(profile_prefix) + session);
  std::error_code error;
  std::filesystem::create_directories(profile_, error);
  if (error) return refuse(Reason::out_of_service, profile_.string() + ": " + error.message());
  std::vector<std::string> words;
  for (const auto& word : command_) words.push_back(with(with(word, "{url}", url), "{profile}", profile_.string()));
  const auto started = start(words);
  if (!started)
    return refuse(Reason::out_of_service, words.front() + " cannot be started: " + std::strerror(started.error()));
  process_ = *started;
  return {};
}

void Browser::close() {
  if (process_ != 0) {
    kill(-process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  std::error_code ignored;
  if (!profile_.empty()) std::filesystem::remove_all(profile_, ignored);
  profile_.clear();
}

}  // namespace mado::kiosk
