#include "kiosk/edge/card_lane.hpp"

#include <boost/asio/post.hpp>
#include <future>

#include "base/wipe_stack.hpp"
#include "card/jpki.hpp"

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
    const auto present = reader_->card_present();
    if (!present) return;
    if (!*present) card_.reset();
    if (!always && present_ == *present) return;
    present_ = *present;
    post_(CardOnReader{*present});
  });
}

Outcome<card::JpkiCard*> CardLane::begin() {
  if (!card_) {
    auto begun = card::JpkiCard::begin(*reader_);
    if (!begun) return std::unexpected(std::move(begun.error()));
    card_.emplace(std::move(*begun));
  }
  return &*card_;
}

void CardLane::ask_tries() {
  run([this] {
    const auto ask = [&]() -> Outcome<int> {
      MADO_TRY(card, begin());
      MADO_TRY(tries, card->tries_left(card::jpki::authentication));
      return static_cast<int>(tries);
    };
    auto tries = ask();
    if (!tries) card_.reset();
    post_(CardTries{std::move(tries)});
  });
}

void CardLane::read(Sensitive<std::string> pin) {
  auto held = std::make_shared<Sensitive<std::string>>(std::move(pin));
  run([this, held] {
    auto card = begin();
    if (!card) return post_(CardRead{std::unexpected(card.error()), std::nullopt});
    if (auto verified = (*card)->verify(card::jpki::authentication, *held); !verified) {
      const auto tries = verified.error().tries_left;
      if (verified.error().refusal.reason != Reason::pin_wrong) card_.reset();
      return post_(CardRead{std::unexpected(verified.error().refusal),
                            tries ? std::optional<int>(static_cast<int>(*tries)) : std::nullopt});
    }
    auto certificate = (*card)->read_certificate(card::jpki::authentication);
    if (!certificate) card_.reset();
    post_(CardRead{std::move(certificate), std::nullopt});
  });
}

void CardLane::sign(Bytes digest_info) {
  run([this, digest_info = std::move(digest_info)] {
    if (!card_) return post_(CardSigned{refuse(Reason::card_removed_early, "the card's session has ended")});
    auto signature = card_->sign(card::jpki::authentication, digest_info);
    card_.reset();  // exactly one signature: select again, power off
    post_(CardSigned{std::move(signature)});
  });
}

void CardLane::let_go() {
  run([this] { card_.reset(); });
}

Outcome<bool> CardLane::card_present() {
  std::promise<Outcome<bool>> answer;
  run([&] {
    auto present = reader_->card_present();
    if (present) present_ = *present;
    answer.set_value(std::move(present));
  });
  return answer.get_future().get();
}

}  // namespace mado::kiosk
