#include "operation/program.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>

#include "base/crash_point.hpp"
#include "operation/arguments.hpp"
#include "operation/build_id.hpp"
#include "operation/hardening.hpp"
#include "operation/log.hpp"
#include "operation/status_server.hpp"
#include "operation/wiping_free.hpp"

namespace mado::operation {

std::string build_id() { return MADOGUCHI_BUILD_ID; }

Instant now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

namespace {
int complain(const Program& program, const Refusal& refusal) {
  fmt::print(stderr, "{}: {}\n", program.name, refusal.cause);
  return 2;
}

// Signals are taken by sigwait in the main thread; every other thread inherits the block.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

StatusAnswer answer_status(const Running& running, Metrics& metrics, const std::string& method,
                           const std::string& path) {
  if (method != "GET") return {405, "text/plain", "only GET\n"};
  if (path == "/metrics") return {200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposition()};
  if (path == "/healthz") {
    const auto trouble = running.unhealthy();
    if (trouble.empty()) return {200, "text/plain; charset=utf-8", "ok\n"};
    return {503, "text/plain; charset=utf-8", trouble + "\n"};
  }
  return {404, "text/plain", "not found\n"};
}

// NAME --crash-points, in builds that have them: one name a line.
std::optional<int> show_crash_points([[maybe_unused]] int argc, [[maybe_unused]] char** argv) {
#ifndef MADOGUCHI_NO_CRASH_POINTS
  if (argc == 2 && argv[1] == std::string_view("--crash-points")) {
    for (const auto name : crash_points()) fmt::print("{}\n", name);
    return 0;
  }
#endif
  return std::nullopt;
}

Outcome<int> serve(const Program& program, const std::string& file) {
  MADO_CHECK(harden_process());
  MADO_TRY(settings, Settings::load(file));
  const auto frame = read_frame_settings(settings);
  if (!set_log_level(frame.log_level)) settings.complain("log.level", "must be debug, info, warning or error");
  MADO_CHECK(lock_memory(frame.locked_mib));

  const auto signals = block_stop_signals();
  Metrics metrics;
  metrics.set("madoguchi_build_info", "The build that runs.", {{"program", program.name}, {"build", build_id()}}, 1);
  metrics.set("madoguchi_freed_memory_is_wiped", "1 if memory is overwritten when it is freed; 0 under sanitizers.", {},
              wipes_freed_memory() ? 1 : 0);
  MADO_TRY(running, program.start(settings, Surroundings{metrics}));
  auto status = StatusServer::start(frame.status_address, [&](const auto& method, const auto& path, const auto&) {
    return answer_status(*running, metrics, method, path);
  });
  if (!status) return refuse(Reason::configuration_invalid, "setting \"status.listen\": " + status.error().cause);
  log_info("started", {{"program", program.name}, {"build", build_id()}});

  int received = 0;
  sigwait(&signals, &received);
  log_info("stopping", {{"program", program.name}, {"signal", std::to_string(received)}});
  status->reset();
  running.reset();
  log_info("stopped", {{"program", program.name}});
  return 0;
}
}  // namespace

FrameSettings read_frame_settings(Settings& settings) {
  return {settings.text("status.listen"), settings.text("log.level", "info"),
          settings.integer("memory.locked_mib", 0, 65536, 512)};
}

int run_program(int argc, char** argv, const Program& program, const std::vector<Command>& commands) {
  if (const auto shown = show_crash_points(argc, argv)) return *shown;
  if (argc > 1) {
    for (const auto& command : commands) {
      if (command.name != argv[1]) continue;
      if (const auto hardened = harden_process(); !hardened) return exit_code(program.name, hardened);
      return command.run(std::vector<std::string>(argv + 2, argv + argc));
    }
  }
  CLI::App app{program.summary, program.name};
  app.set_version_flag("--version", program.name + " " + build_id());
  std::string file;
  app.add_option("--config", file, "The settings, a TOML file")->required();
  std::string more;
  for (const auto& command : commands)
    more += fmt::format("  {} {:<12} {}\n", program.name, command.name, command.summary);
  if (!more.empty()) app.footer("Commands (each has its own --help):\n" + more);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto code = serve(program, file);
  return code ? *code : complain(program, code.error());
}

int run_commands(int argc, char** argv, const std::string& name, const std::string& summary,
                 const std::vector<Command>& commands) {
  if (const auto shown = show_crash_points(argc, argv)) return *shown;
  if (const auto hardened = harden_process(); !hardened) return exit_code(name, hardened);
  CLI::App app{summary, name};
  app.set_version_flag("--version", name + " " + build_id());
  app.require_subcommand(1);
  for (const auto& command : commands) app.add_subcommand(command.name, command.summary);
  // Only the first word is the frame's; what follows belongs to the command.
  const int own = argc > 1 ? 2 : 1;
  try {
    app.parse(own, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto found = std::ranges::find(commands, std::string_view(argv[1]), &Command::name);
  return found->run(std::vector<std::string>(argv + 2, argv + argc));
}

}  // namespace mado::operation
