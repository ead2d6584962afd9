// How long a session waits for the city's refusal, by its cause: for `script/judge refusals`, which compares them.
//   judge_time_refusals SEED RUNS DELAY_MS
// RUNS sessions of each cause, in an order that SEED draws, over one running installation whose refusal.delay_ms is
// DELAY_MS. Prints a line for each: cause, microseconds from question to answer at the kiosk, bytes of the sealed
// answer, code.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "registry/edge/registers.hpp"
#include "tests/chain/parties.hpp"

namespace mado::chain_tests {
namespace {

// What the register says while a session runs.
struct Cause {
  const char* name;
  bool of_another_member;
  v1::Suppression suppression;
  bool moved_away;
};
constexpr std::array causes{
    Cause{"protected", false, v1::SUPPRESSION_PROTECTED, false},
    Cause{"moving_out", false, v1::SUPPRESSION_MOVING_OUT, false},
    Cause{"another_member_protected", true, v1::SUPPRESSION_PROTECTED, false},
    Cause{"moved_away", false, v1::SUPPRESSION_UNSPECIFIED, true},
    Cause{"nothing", false, v1::SUPPRESSION_UNSPECIFIED, false},
};

class Timing {
 public:
  explicit Timing(int delay_ms) {
    installation_.stop("issuer");
    installation_.change_settings("issuer", "[clock]\n", fmt::format("[refusal]\ndelay_ms = {}\n[clock]\n", delay_ms));
    installation_.start("issuer");
    registers_ = must(registry::Registers::open("test_opens_registers"_point, installation_.at("run/registry.db")));
    database_ = register_of(installation_);
    must(
        database_->query("SELECT max(number) FROM resident WHERE in_force = 1 AND number <> ?1 AND part_of = (SELECT "
                         "part_of FROM resident "
                         "WHERE number = ?1 AND in_force = 1)",
                         {installation_.resident()}, [&](const store::Row& row) { other_member_ = row.text(0); }));
  }

  void run(const Cause& cause) {
    say_in_register(cause);
    PlayedKiosk kiosk(installation_);
    must(kiosk.fetch_challenge());
    const auto query = must(kiosk.open_with_card());
    const auto asked = std::chrono::steady_clock::now();
    const auto answer = must(kiosk.send("Open", query));
    const auto waited = std::chrono::steady_clock::now() - asked;
    fmt::print("{},{},{},{}\n", cause.name, std::chrono::duration_cast<std::chrono::microseconds>(waited).count(),
               must(wire::parse<v1::OpenAnswer>(answer, "open answer")).sealed().size(),
               ending_of(kiosk.client.accept_menu(answer, now())));
  }

 private:
  void say_in_register(const Cause& cause) {
    must(registers_->change("test_says_cause"_point, now(), [&](registry::Registers::Change& change) -> Outcome<void> {
      for (const auto& person : {installation_.resident(), other_member_}) {
        for (const auto& word : registry::suppression_words())
          MADO_CHECK(change.lift(person, v1::RECORD_KIND_UNSPECIFIED, static_cast<v1::Suppression>(word.value)));
      }
      if (cause.suppression == v1::SUPPRESSION_UNSPECIFIED) return {};
      return change.suppress(cause.of_another_member ? other_member_ : installation_.resident(),
                             v1::RECORD_KIND_UNSPECIFIED, cause.suppression);
    }));
    set_state(*database_, installation_.resident(),
              cause.moved_away ? v1::RESIDENT_STATE_MOVED : v1::RESIDENT_STATE_CURRENT);
  }

  Installation installation_;
  std::unique_ptr<registry::Registers> registers_;
  std::unique_ptr<store::Database> database_;
  std::string other_member_;
};

}  // namespace
}  // namespace mado::chain_tests

int main(int argc, char** argv) {
  using namespace mado::chain_tests;
  if (argc != 4) {
    fmt::print(stderr, "judge_time_refusals SEED RUNS DELAY_MS\n");
    return 2;
  }
  std::vector<const Cause*> order;
  for (int i = 0; i < std::stoi(argv[2]); ++i) {
    for (const auto& cause : causes) order.push_back(&cause);
  }
  std::ranges::shuffle(order, std::mt19937(static_cast<unsigned>(std::stoul(argv[1]))));
  Timing timing(std::stoi(argv[3]));
  for (const auto* cause : order) timing.run(*cause);
}
