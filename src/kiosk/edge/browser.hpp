// The browser that shows the kiosk's page: a fresh process with a fresh profile for each session, and nothing of it
// left afterwards, also if the kiosk itself is killed (promise P3). Used from one thread, which lives as long as it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/refusal.hpp"

namespace mado::kiosk {

class Browser {
 public:
  // `command`: program and arguments; "{url}" and "{profile}" in them are replaced. Empty: no browser is started,
  // somebody opens the address. Profiles are made in `profiles` (best a tmpfs).
  // What a killed kiosk left there is removed.
  Browser(std::vector<std::string> command, std::filesystem::path profiles);
  ~Browser() { close(); }

  // Refusal: out_of_service if the program cannot be started.
  Outcome<void> open(const std::string& url, const std::string& session);
  // Ends the process and everything that it started, and removes its profile.
  void close();

 private:
  std::vector<std::string> command_;
  std::filesystem::path profiles_;
  std::filesystem::path profile_;
  int process_ = 0;
};

}  // namespace mado::kiosk
