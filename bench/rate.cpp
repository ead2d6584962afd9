#include "bench/rate.hpp"

#include <atomic>
#include <mutex>
#include <thread>

#include "bench/citizen.hpp"
#include "bench/results.hpp"

namespace mado::bench {

namespace {
using Clock = std::chrono::steady_clock;
using Kiosks = std::vector<std::unique_ptr<HeadlessKiosk>>;

struct Served {
  std::vector<double> waits;  // milliseconds from 「同意する」 to the printer, one a certificate
  std::vector<Refusal> refusals;
  double seconds = 0;
};

Outcome<Kiosks> open_kiosks(const Installation& installation, int count) {
  Kiosks kiosks;
  for (int number = 1; number <= count; ++number) {
    MADO_TRY(kiosk, HeadlessKiosk::open(installation, number, {}));
    kiosks.push_back(std::move(kiosk));
  }
  return kiosks;
}

// Lets every kiosk serve one citizen after the other while `another` says so. A kiosk that was refused stops.
template <typename Another>
Served serve(Kiosks& kiosks, const Wish& wish, Another another) {
  Served served;
  std::mutex mutex;
  const auto work = [&](HeadlessKiosk& kiosk) {
    for (bool good = true; good && another();) {
      const auto wait = serve_citizen(kiosk, wish, [](Step) {});
      good = wait.has_value();
      const std::lock_guard lock(mutex);
      if (good)
        served.waits.push_back(wait->count());
      else
        served.refusals.push_back(wait.error());
    }
  };
  const auto began = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (auto& kiosk : kiosks) threads.emplace_back([&work, &kiosk] { work(*kiosk); });
  }
  served.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  return served;
}

Served serve_for(Kiosks& kiosks, const Wish& wish, std::chrono::seconds lasts) {
  return serve(kiosks, wish, [ends = Clock::now() + lasts] { return Clock::now() < ends; });
}

Served serve_so_many(Kiosks& kiosks, const Wish& wish, std::int64_t certificates) {
  std::atomic<std::int64_t> left = certificates;
  return serve(kiosks, wish, [&left] { return left.fetch_sub(1) > 0; });
}

void print_rows(const Served& served, const std::vector<Party>& parties, const std::vector<double>& used) {
  const auto certificates = static_cast<double>(served.waits.size());
  print("issue.rate", certificates / served.seconds, "1/s");
  print("issue.p50", quantile(served.waits, 0.50), "ms");
  print("issue.p99", quantile(served.waits, 0.99), "ms");
  print("issue.certificates", certificates, "1");
  print("issue.refusals", static_cast<double>(served.refusals.size()), "1");
  for (std::size_t i = 0; i < parties.size(); ++i)
    print("cpu.certificate." + parties[i].name, used[i] / certificates, "ms");
}
}  // namespace

Outcome<void> measure_rate(const Installation& installation, const std::vector<Party>& parties,
                           const RateSettings& settings) {
  MADO_TRY(kiosks, open_kiosks(installation, settings.kiosks));
  const auto wish = household_wish(installation);
  if (settings.certificates == 0) {
    const auto warmed_up = serve_for(kiosks, wish, settings.warm_up);
    if (!warmed_up.refusals.empty()) return std::unexpected(warmed_up.refusals.front());
  }
  const auto before = cpu_of(parties);
  const auto served = settings.certificates > 0 ? serve_so_many(kiosks, wish, settings.certificates)
                                                : serve_for(kiosks, wish, settings.lasts);
  auto used = cpu_of(parties);
  for (std::size_t i = 0; i < used.size(); ++i) used[i] -= before[i];
  if (!served.waits.empty()) print_rows(served, parties, used);
  if (!served.refusals.empty()) return std::unexpected(served.refusals.front());
  return {};
}

}  // namespace mado::bench
