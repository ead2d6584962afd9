#include "kiosk/edge/card_lane.hpp"

#include <boost/asio/post.hpp>
#include <future>

#include "base/wipe_stack.hpp"

namespace mado::kiosk {

CardLane::~CardLane() { thread_.join(); }

template <typename Work>
void CardLane::run(Work work) {
  boost::asio::post(thread_, [work = std::move(work)]() mutable {
    work();
    wipe_stack();
  });
}

void CardLane::look(bool always) {
  run([this, always] {
    if (const auto seen = card_.look(always)) post_(*seen);
  });
}

void CardLane::ask_tries() {
  run([this] { post_(card_.ask_tries()); });
}

void CardLane::read(Sensitive<std::string> pin) {
  auto held = std::make_shared<Sensitive<std::string>>(std::move(pin));
  run([this, held] { post_(card_.read(*held)); });
}

void CardLane::sign(Bytes digest_info) {
  run([this, digest_info = std::move(digest_info)] { post_(card_.sign(digest_info)); });
}

void CardLane::let_go() {
  run([this] { card_.let_go(); });
}

Outcome<bool> CardLane::card_present() {
  std::promise<Outcome<bool>> answer;
  run([&] { answer.set_value(card_.card_present()); });
  return answer.get_future().get();
}

}  // namespace mado::kiosk
