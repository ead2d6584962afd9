// Citizens of several cities, each with a card of her own, at many headless kiosks; what was printed is laid out for an
// oracle. script/load makes the installation and the plan, and starts this and the oracle (docs/load.md).
//   bench_load --installation DIR --plan FILE --out DIR --kiosks N [--think-ms N]
// DIR/spool/NUMBER/: printed.pdf, opening.cms, application.cms, certificate.cms, kiosk, of one printed certificate,
// there at once or not at all. DIR/visits.tsv: number, kiosk, milliseconds from the beginning until the citizen came to
// the kiosk, those from the first touch to the screen that ended it, those from 「同意する」 to the printer (0: not
// printed), "printed" or a reason, the step, yen that the kiosk kept. DIR/ended: kiosks that still owe a receipt.
#include <fmt/format.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <thread>

#include "bench/plan.hpp"
#include "bench/witness.hpp"
#include "operation/arguments.hpp"

namespace mado::bench {
namespace {

using Clock = std::chrono::steady_clock;
namespace files = std::filesystem;
constexpr int rounds_of_receipts = 100;

struct Served {
  int number = 0;
  std::string kiosk;
  Clock::time_point came;
  Clock::time_point touched;  // the first time; what a kiosk does before each citizen is done by then
  Clock::time_point ended;
  Milliseconds waited{0};
  std::string outcome;
  std::string step;
  std::uint32_t paid = 0;  // yen
};

Outcome<void> write_whole(const files::path& file, ByteView content) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) return refuse(Reason::storage_failed, file.string() + " cannot be written");
  return {};
}

// One kiosk on a thread of its own.
class Counter {
 public:
  static Outcome<std::unique_ptr<Counter>> open(const Installation& installation, int number, files::path spool) {
    auto counter = std::unique_ptr<Counter>(new Counter(std::move(spool)));
    MADO_TRY(kiosk, HeadlessKiosk::open(installation, number,
                                        {std::make_unique<Witness>(counter->evidence_),
                                         [raw = counter.get()](const Id&, ByteView document) {
                                           raw->printed_.assign(document.begin(), document.end());
                                         }}));
    counter->kiosk_ = std::move(kiosk);
    MADO_CHECK(counter->kiosk_->connect());
    return counter;
  }

  Outcome<Served> serve(const Visit& visit) {
    const auto now = Clock::now();
    Served served{visit.number, kiosk_->name(), now, now, now, {}, "printed", "", 0};
    printed_.clear();
    const auto took = serve_at_screens(*kiosk_, visit.wish, [&](Step step) {
      served.step = name_of(step);
      if (step == Step::challenge) served.touched = Clock::now();
    });
    served.ended = Clock::now();
    if (took) {
      served.waited = *took;
      served.paid = kiosk_->session().fee();
    } else {
      served.outcome = code_of(took.error().reason);
      kiosk_->close_session();
    }
    if (took || !printed_.empty()) MADO_CHECK(lay_out(visit.number));
    (void)kiosk_->send_receipts();  // what is owed stays in the journal, and is sent again
    return served;
  }

  bool send_receipts() { return kiosk_->send_receipts().has_value(); }

 private:
  explicit Counter(files::path spool) : spool_(std::move(spool)) {}

  Outcome<void> lay_out(int number) {
    const auto name = fmt::format("{:06}", number);
    const auto making = spool_.parent_path() / ("making-" + name);
    std::error_code error;
    files::create_directories(making, error);
    MADO_CHECK(write_whole(making / "printed.pdf", printed_));
    MADO_CHECK(write_whole(making / "opening.cms", evidence_->opening));
    MADO_CHECK(write_whole(making / "application.cms", evidence_->application));
    MADO_CHECK(write_whole(making / "certificate.cms", evidence_->certificate));
    MADO_CHECK(write_whole(making / "kiosk", bytes_of(kiosk_->name())));
    files::rename(making, spool_ / name, error);
    if (error) return refuse(Reason::storage_failed, making.string() + " cannot be laid out");
    return {};
  }

  files::path spool_;
  std::shared_ptr<Evidence> evidence_ = std::make_shared<Evidence>();
  Bytes printed_;
  std::unique_ptr<HeadlessKiosk> kiosk_;
};

class Load {
 public:
  Load(std::vector<Visit> plan, const files::path& out) : plan_(std::move(plan)), book_(out / "visits.tsv") {}

  // Every visit of the plan, each by whichever kiosk is free next. Refusal: storage_failed if one cannot be laid out.
  Outcome<void> run(std::vector<std::unique_ptr<Counter>>& counters) {
    began_ = Clock::now();
    {
      std::vector<std::jthread> threads;
      for (auto& counter : counters) threads.emplace_back([this, &counter] { work(*counter); });
    }
    say_progress();
    return broken_;
  }

 private:
  void work(Counter& counter) {
    for (std::size_t at = next_++; at < plan_.size(); at = next_++) {
      std::this_thread::sleep_until(began_ + plan_[at].due);
      const auto served = counter.serve(plan_[at]);
      const std::lock_guard lock(mutex_);
      if (!served) {
        broken_ = std::unexpected(served.error());
        return;
      }
      write_down(*served);
    }
  }

  double milliseconds(Clock::time_point at) const { return Milliseconds(at - began_).count(); }

  void write_down(const Served& served) {
    book_ << fmt::format("{}\t{}\t{:.0f}\t{:.1f}\t{:.1f}\t{}\t{}\t{}\n", served.number, served.kiosk,
                         milliseconds(served.came), Milliseconds(served.ended - served.touched).count(),
                         served.waited.count(), served.outcome, served.step, served.paid)
          << std::flush;
    ++served_;
    if (served.outcome != "printed") ++refused_;
    if (Clock::now() - said_ > std::chrono::seconds{5}) say_progress();
  }
  void say_progress() {
    said_ = Clock::now();
    const auto seconds = std::chrono::duration<double>(said_ - began_).count();
    fmt::print(stderr, "{:6.0f} s: {} of {} visits, {} refused, {:.1f} printed a second\n", seconds, served_,
               plan_.size(), refused_, (served_ - refused_) / std::max(seconds, 0.001));
  }

  std::vector<Visit> plan_;
  std::ofstream book_;
  Clock::time_point began_;
  Clock::time_point said_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  int served_ = 0;
  int refused_ = 0;
  Outcome<void> broken_;
};

// As a kiosk goes on doing until everybody has them. Returns how many kiosks still owe one.
long send_receipts(std::vector<std::unique_ptr<Counter>>& counters) {
  long owing = 0;
  for (int round = 0; round < rounds_of_receipts; ++round) {
    owing = std::ranges::count_if(counters, [](auto& counter) { return !counter->send_receipts(); });
    if (owing == 0) break;
  }
  return owing;
}

Outcome<void> run(const Installation& installation, const files::path& plan_file, const files::path& out, int kiosks,
                  std::chrono::milliseconds thinks) {
  MADO_TRY(plan, read_plan(plan_file, installation.directory));
  for (auto& visit : plan) visit.wish.thinks = thinks;
  std::error_code error;
  files::create_directories(out / "spool", error);
  std::vector<std::unique_ptr<Counter>> counters;
  for (int number = 1; number <= kiosks; ++number) {
    MADO_TRY(counter, Counter::open(installation, number, out / "spool"));
    counters.push_back(std::move(counter));
  }
  const auto done = Load(std::move(plan), out).run(counters);
  const auto owing = send_receipts(counters);
  MADO_CHECK(write_whole(out / "ended", bytes_of(std::to_string(owing) + "\n")));
  return done;
}

}  // namespace
}  // namespace mado::bench

int main(int argc, char** argv) {
  std::string installation;
  std::string plan;
  std::string out;
  std::int64_t kiosks = 8;
  std::int64_t thinks = 0;
  mado::operation::Arguments arguments("bench_load",
                                       "Lets the citizens of a plan be served, and lays out what they get.");
  arguments.required("--installation", installation, "What script/make_installation made");
  arguments.required("--plan", plan, "Who wants what");
  arguments.required("--out", out, "Where visits.tsv and the spool are made");
  arguments.optional("--kiosks", kiosks, 1, 1024, "How many serve at once");
  arguments.optional("--think-ms", thinks, 0, 600'000, "How long each citizen looks at the summary before she agrees");
  if (const auto code = arguments.parse({argv + 1, argv + argc})) return *code;
  const auto work = [&]() -> mado::Outcome<void> {
    MADO_TRY(read, mado::bench::Installation::read(installation));
    return mado::bench::run(read, plan, out, static_cast<int>(kiosks), std::chrono::milliseconds{thinks});
  };
  if (const auto done = work(); !done) {
    fmt::print(stderr, "bench_load: {}: {}\n", code_of(done.error().reason), done.error().cause);
    return 1;
  }
  return 0;
}
