// The load generator: citizens at headless kiosks of an installation whose other parties run as processes of this
// machine. script/bench makes the installation, starts them, and reads what this prints.
//   bench_issue rate    --installation DIR [--place NAME=PID]… [--kiosks N] [--seconds N | --certificates N]
//   bench_issue profile --installation DIR [--place NAME=PID]… [--sessions N]
#include <cstdio>

#include "bench/profile.hpp"
#include "bench/rate.hpp"
#include "operation/arguments.hpp"

namespace mado::bench {
namespace {

struct Common {
  std::string directory;
  std::vector<std::string> places;

  void declare(operation::Arguments& arguments) {
    arguments.required("--installation", directory, "What script/make_installation made");
    arguments.optional("--place", places, "NAME=PID of a party that runs");
  }
};

int finish(const char* command, const Outcome<void>& done) {
  if (done) return 0;
  std::fprintf(stderr, "%s: %s: %s\n", command, std::string(code_of(done.error().reason)).c_str(),
               done.error().cause.c_str());
  return 1;
}

int rate(const std::vector<std::string>& words) {
  Common common;
  std::int64_t kiosks = 8;
  std::int64_t seconds = 20;
  std::int64_t certificates = 0;
  operation::Arguments arguments("bench_issue rate", "Certificates a second, and how long one takes under that load.");
  common.declare(arguments);
  arguments.optional("--kiosks", kiosks, 1, 256, "How many serve at once");
  arguments.optional("--seconds", seconds, 1, 3600, "How long, after 3 seconds that are not counted");
  arguments.optional("--certificates", certificates, 0, 1'000'000, "Exactly so many instead");
  if (const auto code = arguments.parse(words)) return *code;
  const auto measure = [&]() -> Outcome<void> {
    MADO_TRY(installation, Installation::read(common.directory));
    MADO_TRY(parties, find_parties(common.places));
    return measure_rate(
        installation, parties,
        {.kiosks = static_cast<int>(kiosks), .lasts = std::chrono::seconds{seconds}, .certificates = certificates});
  };
  return finish("bench_issue rate", measure());
}

int profile(const std::vector<std::string>& words) {
  Common common;
  std::int64_t sessions = 30;
  operation::Arguments arguments("bench_issue profile", "What each step takes at each party, one citizen at a time.");
  common.declare(arguments);
  arguments.optional("--sessions", sessions, 1, 100'000, "How many citizens");
  if (const auto code = arguments.parse(words)) return *code;
  const auto measure = [&]() -> Outcome<void> {
    MADO_TRY(installation, Installation::read(common.directory));
    MADO_TRY(parties, find_parties(common.places));
    return measure_steps(installation, parties, static_cast<int>(sessions));
  };
  return finish("bench_issue profile", measure());
}

}  // namespace
}  // namespace mado::bench

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "rate") return mado::bench::rate(words);
  if (command == "profile") return mado::bench::profile(words);
  std::fprintf(stderr, "usage: bench_issue rate|profile --installation DIR …; see --help of each\n");
  return 2;
}
