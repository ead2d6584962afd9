#include "issuer/edge/inside_stream.hpp"

#include "madoguchi/v1/center.pb.h"
#include "operation/log.hpp"
#include "wire/message.hpp"

namespace mado::issuer {

namespace {
constexpr const char* serve_method = "/madoguchi.v1.Transfer/Serve";
constexpr std::size_t most_held = 4096;  // refusals of about 5 KiB

// To the millisecond that was asked for, whatever part of one has passed: that part would tell how long it took.
HeldAnswers::Clock::time_point on_the_machines_clock(Instant moment) {
  const std::chrono::system_clock::time_point at{std::chrono::milliseconds{moment.milliseconds}};
  return HeldAnswers::Clock::now() +
         std::chrono::duration_cast<HeldAnswers::Clock::duration>(at - std::chrono::system_clock::now());
}
}  // namespace

InsideStream::InsideStream(InsideStreamSettings settings, Serve serve)
    : settings_(std::move(settings)),
      serve_(std::move(serve)),
      held_(most_held),
      workers_(settings_.limits.concurrent_calls, settings_.limits.waiting_calls),
      dialler_([this] { keep_dialling(); }) {}

InsideStream::~InsideStream() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  dialler_.join();
}

bool InsideStream::connected() const {
  const std::lock_guard lock(mutex_);
  return !ended_;
}

void InsideStream::keep_dialling() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto dial = ++dial_;
    ended_ = false;
    lock.unlock();
    v1::StreamFrame greeting;
    auto dialled = wire::Stream::dial(settings_.target, settings_.peer, settings_.credentials, settings_.limits,
                                      serve_method, wire::serialise(greeting), settings_.lifetime,
                                      {[this, dial](Bytes message) { received(dial, std::move(message)); },
                                       [this](const Refusal& why) {
                                         operation::log_info("stream ended", {{"cause", why.cause}});
                                         const std::lock_guard guard(mutex_);
                                         ended_ = true;
                                         changed_.notify_all();
                                       }});
    lock.lock();
    if (dialled) {
      stream_ = std::move(*dialled);
      changed_.wait(lock, [this] { return stopping_ || ended_; });
      auto over = std::move(stream_);
      lock.unlock();
      over.reset();
      lock.lock();
    }
    ended_ = true;
    changed_.wait_for(lock, settings_.pause, [this] { return stopping_; });
  }
}

void InsideStream::received(std::uint64_t dial, Bytes message) {
  auto shared = std::make_shared<Bytes>(std::move(message));
  if (workers_.offer([this, dial, shared] { answer(dial, *shared); })) return;
  operation::log_warning("refused", {{"reason", "busy"}, {"cause", "the queue is full"}});
  const auto call = wire::parse<v1::StreamFrame>(*shared, "frame");
  if (call) reply(dial, call->correlation(), refuse(Reason::busy, "the queue is full"));
}

void InsideStream::answer(std::uint64_t dial, const Bytes& message) {
  const auto call = wire::parse<v1::StreamFrame>(message, "frame");
  if (!call || call->correlation().size() != 16) return;
  const auto result = serve_(call->method(), view_of(call->body()));
  if (!result.content) {
    operation::log_info("refused", {{"method", call->method()},
                                    {"reason", std::string(code_of(result.content.error().reason))},
                                    {"cause", result.content.error().cause}});
  }
  if (result.not_before == Instant{}) return reply(dial, call->correlation(), result.content);
  auto later = [this, dial, correlation = call->correlation(), content = result.content] {
    reply(dial, correlation, content);
  };
  if (!held_.hold(on_the_machines_clock(result.not_before), std::move(later)))
    operation::log_warning("answer dropped", {{"cause", "too many refusals wait for their moment"}});
}

void InsideStream::reply(std::uint64_t dial, const std::string& correlation, const Outcome<Bytes>& result) {
  v1::StreamFrame frame;
  frame.set_correlation(correlation);
  result ? frame.set_body(string_of(*result)) : frame.set_refusal(std::string(code_of(result.error().reason)));
  const std::lock_guard lock(mutex_);
  if (stream_ && dial == dial_) (void)stream_->send(wire::serialise(frame));
}

}  // namespace mado::issuer
