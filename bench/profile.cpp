#include "bench/profile.hpp"

#include <array>
#include <string>

#include "bench/citizen.hpp"
#include "bench/results.hpp"

namespace mado::bench {

namespace {
constexpr int warm_up_sessions = 3;

struct Moment {
  std::chrono::steady_clock::time_point at;
  std::vector<double> cpu;  // milliseconds, by party
};

// Gathers what passed between two moments under the step that they enclose.
class Profile {
 public:
  explicit Profile(const std::vector<Party>& parties) : parties_(parties) {
    for (auto& step : cpu_) step.resize(parties.size());
  }

  void enter(Step step) {
    auto now = look();
    if (open_) add(now);
    open_ = step;
    began_ = std::move(now);
  }
  void end_session() {
    add(look());
    open_.reset();
  }

  void print_rows() const {
    for (std::size_t step = 0; step < steps; ++step) {
      const std::string name(name_of(static_cast<Step>(step)));
      print("step." + name, median(wall_[step]), "ms");
      for (std::size_t i = 0; i < parties_.size(); ++i)
        print("cpu." + name + "." + parties_[i].name, median(cpu_[step][i]), "ms");
    }
  }

 private:
  Moment look() const { return {std::chrono::steady_clock::now(), cpu_of(parties_)}; }

  void add(const Moment& now) {
    const auto step = static_cast<std::size_t>(*open_);
    wall_[step].push_back(Milliseconds(now.at - began_.at).count());
    for (std::size_t i = 0; i < parties_.size(); ++i) cpu_[step][i].push_back(now.cpu[i] - began_.cpu[i]);
  }

  const std::vector<Party>& parties_;
  std::optional<Step> open_;
  Moment began_;
  std::array<std::vector<double>, steps> wall_;
  std::array<std::vector<std::vector<double>>, steps> cpu_;  // by step and party
};
}  // namespace

Outcome<void> measure_steps(const Installation& installation, const std::vector<Party>& parties, int sessions) {
  MADO_TRY(kiosk, HeadlessKiosk::open(installation, 1, {}));
  const auto wish = household_wish(installation);
  for (int i = 0; i < warm_up_sessions; ++i) MADO_CHECK(serve_citizen(*kiosk, wish, [](Step) {}));
  Profile profile(parties);
  for (int i = 0; i < sessions; ++i) {
    MADO_CHECK(serve_citizen(*kiosk, wish, [&](Step step) { profile.enter(step); }));
    profile.end_session();
  }
  profile.print_rows();
  return {};
}

}  // namespace mado::bench
