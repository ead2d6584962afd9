// The frame of every program: command line, settings, hardening, log, health, metrics, signals, a clean stop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "operation/metrics.hpp"
#include "operation/settings.hpp"

namespace mado::operation {

// Version and commit, as `--version` prints and every place reports: "0.1.0+3f2a…".
std::string build_id();

// The machine's clock. Only edges call it and hand the moment to a core.
Instant now();
class MachineClock final : public Clock {
 public:
  Instant now() override { return operation::now(); }
};

// A place that runs. Destroying it stops it: it finishes what is in flight within its own limits and returns.
class Running {
 public:
  virtual ~Running() = default;
  // Empty when healthy, else a sentence that says what is wrong. Asked by the health check, from another thread.
  virtual std::string unhealthy() const { return {}; }
};

// What a place is handed when it starts.
struct Surroundings {
  Metrics& metrics;
};

struct Program {
  std::string name;     // "madoguchi-issuer"
  std::string summary;  // one line for --help
  // Reads its settings (calling settings.finish() once), starts, and returns what runs.
  std::function<Outcome<std::unique_ptr<Running>>(Settings&, Surroundings)> start;
};

// A further command of a program: `madoguchi-registry load --config F --residents G`. The frame gives it the remaining
// words; it parses them itself with operation::Arguments. Returns the exit code.
struct Command {
  std::string name;
  std::string summary;
  std::function<int(const std::vector<std::string>& words)> run;
};

// The settings that every program has, read: for a command that reads a program's settings file without serving.
struct FrameSettings {
  std::string status_address;
  std::string log_level;
  std::int64_t locked_mib;
};
FrameSettings read_frame_settings(Settings& settings);

// Runs the program until SIGTERM or SIGINT. Exit codes: 0 stopped cleanly, 1 failed while running, 2 wrong usage or
// settings (the sentence that names the setting is on standard error).
//   NAME --config FILE.toml | NAME COMMAND … | NAME --help | NAME --version
// The settings that every program has: [status] listen = "127.0.0.1:PORT" (GET /healthz, GET /metrics; loopback only),
// [log] level = "info", [memory] locked_mib (512 unless told; 0: nothing is locked).
int run_program(int argc, char** argv, const Program& program, const std::vector<Command>& commands = {});

// Runs a program that only has commands and never serves: NAME COMMAND … | NAME --help | NAME --version.
int run_commands(int argc, char** argv, const std::string& name, const std::string& summary,
                 const std::vector<Command>& commands);

}  // namespace mado::operation
