// 本籍地利用登録申請: what it is, the place, what the citizen types, the card, and the number under which the city
// keeps it. Everything is typed before the card is asked for, so that no challenge grows old meanwhile.
// facts/konbini.md §2, docs/kiosk-screens.md.
#include "kiosk/core/session.hpp"

namespace mado::kiosk {

namespace {
std::optional<TypedKana::Mark> mark_of(std::string_view name) {
  if (name == "voiced") return TypedKana::Mark::voiced;
  if (name == "half_voiced") return TypedKana::Mark::half_voiced;
  if (name == "small") return TypedKana::Mark::small;
  return std::nullopt;
}
}  // namespace

void Session::register_domicile(const Pressed& pressed, Instant now) {
  switch (screen_) {
    case Screen::registration:
      if (pressed.action == "next") show(Screen::place);
      return;
    case Screen::applicant:
      return type_kana(registration_.applicant, pressed, Screen::head);
    case Screen::head:
      return type_kana(registration_.head, pressed, Screen::born);
    case Screen::born:
      return type_born(pressed, now);
    case Screen::telephone:
      return type_telephone(pressed);
    case Screen::registration_summary:
      if (pressed.action == "agree") ask_challenge();
      return;
    case Screen::accepted:
      if (pressed.action != "finish") return;
      erase();
      return show(Screen::ended);
    default:
      return;
  }
}

void Session::type_kana(TypedKana& kana, const Pressed& pressed, Screen next) {
  bool changed = false;
  if (pressed.action == "kana") changed = kana.type(pressed.text);
  if (pressed.action == "erase_kana") changed = kana.erase();
  if (pressed.action == "mark_kana") {
    const auto mark = mark_of(pressed.text);
    changed = mark && kana.mark(*mark);
  }
  if (changed) effects_.emplace_back(Show{});
  if (pressed.action == "next" && kana.complete()) show(next);
}

void Session::type_born(const Pressed& pressed, Instant now) {
  auto& born = registration_.born;
  const bool typed = (pressed.action == "digit" && born.type(pressed.text)) ||
                     (pressed.action == "erase_digit" && born.erase()) ||
                     (pressed.action == "choose_era" && born.choose_era(pressed.number));
  const bool ready = pressed.action == "next" && born.full();
  if (!typed && !ready) return;
  born_wrong_ = ready && !born.day(in_japan(now).day);
  if (ready && !born_wrong_) return show(Screen::telephone);
  effects_.emplace_back(Show{});
}

void Session::type_telephone(const Pressed& pressed) {
  auto& telephone = registration_.telephone;
  const bool typed = (pressed.action == "digit" && telephone.type(pressed.text)) ||
                     (pressed.action == "erase_digit" && telephone.erase());
  if (typed) effects_.emplace_back(Show{});
  if (pressed.action == "next" && is_telephone(telephone.text())) show(Screen::registration_summary);
}

void Session::accepted(const Outcome<Bytes>& answer, Instant now) {
  auto acceptance =
      answer ? chain_->accept_domicile(*answer, now) : Outcome<Acceptance>(std::unexpected(answer.error()));
  if (!acceptance) return end_unpaid(std::move(acceptance.error()));
  acceptance_ = std::move(*acceptance);
  registration_ = Registration{};  // the city has it: nothing shows it any more
  show(card_present_ ? Screen::card_off : after_card());
}

}  // namespace mado::kiosk
