#include "kiosk/edge/browser.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstring>

extern char** environ;

namespace mado::kiosk {

namespace {
std::string with(std::string text, const std::string& mark, const std::string& value) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}
}  // namespace

Outcome<void> Browser::open(const std::string& url, const std::string& session) {
  close();
  if (command_.empty()) return {};
  profile_ = profiles_ / ("browser-" + session);
  std::filesystem::create_directories(profile_);
  std::vector<std::string> words;
  for (const auto& word : command_) words.push_back(with(with(word, "{url}", url), "{profile}", profile_.string()));
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);  // a group of its own, so that all of it can be ended
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  pid_t process = 0;
  const int error = posix_spawnp(&process, arguments[0], nullptr, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return refuse(Reason::out_of_service, words.front() + " cannot be started: " + std::strerror(error));
  process_ = process;
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
