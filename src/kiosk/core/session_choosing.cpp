// What the citizen chooses, and what the keys 「戻る」 and 「中止」 do. Going back keeps what was chosen.
#include <algorithm>
#include <array>

#include "kiosk/core/session.hpp"

namespace mado::kiosk {

namespace {
constexpr std::size_t pin_length = 4;
constexpr std::array<std::string_view, 2> languages{"ja", "en"};
}  // namespace

bool Session::can_go_back() const {
  switch (screen_) {
    case Screen::place:
    case Screen::card_on:
    case Screen::persons:
    case Screen::items:
    case Screen::copies:
    case Screen::summary:
      return true;
    default:
      return false;
  }
}

const v1::MenuKind* Session::chosen_kind() const {
  const auto& kinds = chain_->menu().kinds();
  const auto found = std::ranges::find(kinds, choices_.kind, &v1::MenuKind::kind);
  return found == kinds.end() ? nullptr : &*found;
}

std::uint32_t Session::fee() const {
  const auto* kind = chosen_kind();
  return kind == nullptr ? entry_.fee : kind->fee() * choices_.copies;
}

bool Session::may_apply_again() const {
  return money_ == Money::printed && chain_ && chain_->application().sequence() < application::most_applications;
}

void Session::pressed(const Pressed& pressed, Instant now) {
  if (pressed_anywhere(pressed)) return;
  switch (screen_) {
    case Screen::service:
      if (pressed.action == "begin") show(Screen::place);
      return;
    case Screen::place:
      return choose_place(pressed);
    case Screen::pin:
      return press_pin(pressed);
    case Screen::kind:
      return choose_kind(pressed);
    case Screen::persons:
      return choose_persons(pressed);
    case Screen::items:
      return choose_items(pressed);
    case Screen::copies:
      return choose_copies(pressed);
    case Screen::summary:
      return agree(pressed, now);
    case Screen::take:
      return take(pressed, now);
    case Screen::refused:
    case Screen::ended:
      if (pressed.action == "close") finish();
      return;
    default:
      return;
  }
}

bool Session::pressed_anywhere(const Pressed& pressed) {
  if (pressed.action == "language") {
    if (std::ranges::find(languages, pressed.text) != languages.end()) language_ = pressed.text;
    effects_.emplace_back(Show{});
    return true;
  }
  if (pressed.action == "stay") {  // 「まだ操作中です」: the driver has set the clock back already (WCAG 2.2.1)
    effects_.emplace_back(Show{});
    return true;
  }
  if (pressed.action == "back") {
    if (can_go_back()) go_back();
    return true;
  }
  if (pressed.action == "cancel") {
    // Once it is paid for, the paper comes; while an answer is on its way, cancelling closes the call.
    const bool over = screen_ == Screen::printing || screen_ == Screen::take || screen_ == Screen::ended ||
                      screen_ == Screen::refused || money_ == Money::paid_noted || money_ == Money::captured ||
                      money_ == Money::submitted_noted || money_ == Money::returning;
    if (!over) end_unpaid({Reason::cancelled, "cancelled on the screen"});
    return true;
  }
  return false;
}

void Session::go_back() {
  switch (screen_) {
    case Screen::place:
      return show(Screen::service);
    case Screen::card_on:
      effects_.emplace_back(WatchCard{false});
      return show(Screen::place);
    case Screen::persons:
      return show(Screen::kind);
    case Screen::items:
      return show(Screen::persons);
    case Screen::copies:
      return show(Screen::items);
    case Screen::summary:
      return show(Screen::copies);
    default:
      return;
  }
}

void Session::choose_place(const Pressed& pressed) {
  if (pressed.action != "choose_city" || !roster_->city(pressed.text)) return;
  step_ = "challenge";
  show(Screen::working);
  call("GetChallenge", chain_->challenge_query(pressed.text));
}

void Session::press_pin(const Pressed& pressed) {
  auto& pin = pin_.reveal();
  if (card_busy_) return;
  if (pressed.action == "digit" && pressed.text.size() == 1 && pressed.text[0] >= '0' && pressed.text[0] <= '9' &&
      pin.size() < pin_length) {
    pin.push_back(pressed.text[0]);
    pin_wrong_ = false;
    effects_.emplace_back(Show{});
  } else if (pressed.action == "erase_digit" && !pin.empty()) {
    pin.back() = 0;
    pin.pop_back();
    effects_.emplace_back(Show{});
  } else if (pressed.action == "enter" && pin.size() == pin_length) {
    card_busy_ = true;
    step_ = "card";
    show(Screen::working);
    effects_.emplace_back(ReadCard{std::move(pin_)});
    pin_ = Sensitive<std::string>{};
  }
}

void Session::choose_kind(const Pressed& pressed) {
  if (pressed.action != "choose_kind") return;
  const auto& kinds = chain_->menu().kinds();
  const auto kind = std::ranges::find(kinds, static_cast<v1::Kind>(pressed.number), &v1::MenuKind::kind);
  if (kind == kinds.end() || !kind->unavailable().empty()) return;
  if (choices_.kind != kind->kind()) {
    choices_ = {};
    choices_.kind = kind->kind();
    choices_.scope = kind->scopes_size() > 0 ? static_cast<v1::Scope>(kind->scopes(0)) : v1::SCOPE_SELF;
    apply_scope();
  }
  show(Screen::persons);
}

// The persons that a scope means: 本人 is the holder, 世帯全員 is everybody, 世帯の一部 is chosen by hand, from the
// holder on.
void Session::apply_scope() {
  const auto& persons = chain_->menu().persons();
  if (choices_.scope == v1::SCOPE_MEMBERS && !chosen_persons_.empty()) return;
  chosen_persons_.assign(static_cast<std::size_t>(persons.size()), choices_.scope == v1::SCOPE_HOUSEHOLD);
  for (int i = 0; i < persons.size(); ++i) {
    if (persons[i].holder()) chosen_persons_[static_cast<std::size_t>(i)] = true;
  }
}

void Session::choose_persons(const Pressed& pressed) {
  const auto* kind = chosen_kind();
  if (pressed.action == "choose_scope") {
    if (kind == nullptr || std::ranges::find(kind->scopes(), static_cast<int>(pressed.number)) == kind->scopes().end())
      return;
    choices_.scope = static_cast<v1::Scope>(pressed.number);
    apply_scope();
    effects_.emplace_back(Show{});
  } else if (pressed.action == "toggle_person" && choices_.scope == v1::SCOPE_MEMBERS) {
    const auto at = static_cast<std::size_t>(pressed.number);
    if (pressed.number < 0 || at >= chosen_persons_.size()) return;
    chosen_persons_[at] = !chosen_persons_[at];
    effects_.emplace_back(Show{});
  } else if (pressed.action == "next") {
    choices_.persons.clear();
    for (std::size_t i = 0; i < chosen_persons_.size(); ++i) {
      if (chosen_persons_[i]) choices_.persons.push_back(i);
    }
    if (!choices_.persons.empty()) show(Screen::items);
  }
}

void Session::choose_items(const Pressed& pressed) {
  const auto* kind = chosen_kind();
  if (kind == nullptr) return;
  if (pressed.action == "toggle_option") {
    const auto option = static_cast<v1::Option>(pressed.number);
    if (std::ranges::find(kind->options(), static_cast<int>(option)) == kind->options().end()) return;
    auto& options = choices_.options;
    if (std::erase(options, option) == 0) options.push_back(option);
    std::ranges::sort(options);
    effects_.emplace_back(Show{});
  } else if (pressed.action == "next") {
    show(Screen::copies);
  }
}

void Session::choose_copies(const Pressed& pressed) {
  if (pressed.action == "set_copies") {
    if (pressed.number < 1 || pressed.number > chain_->menu().most_copies()) return;
    choices_.copies = static_cast<std::uint32_t>(pressed.number);
    effects_.emplace_back(Show{});
  } else if (pressed.action == "next") {
    show(Screen::summary);
  }
}

void Session::agree(const Pressed& pressed, Instant now) {
  if (pressed.action != "agree") return;
  money_ = Money::none;
  step_ = "issue";
  show(Screen::working);
  call("Apply", chain_->apply_query(choices_, now));
}

void Session::take(const Pressed& pressed, Instant now) {
  if (pressed.action != "another" && pressed.action != "finish") return;
  const bool again = pressed.action == "another" && may_apply_again();
  if (money_ == Money::printed) settle(v1::ENDING_HANDED_OVER, 0, 0, "", now);
  if (again) {
    money_ = Money::none;
    inserted_ = change_ = sheets_ = sheets_printed_ = 0;
    issuance_numbers_.clear();
    show(card_present_ ? Screen::card_off : Screen::kind);  // a card may lie there again since (I11)
  } else {
    erase();
    show(Screen::ended);
  }
}

void Session::time_is_up(Instant now) {
  switch (screen_) {
    case Screen::card_off:
      waits_long_ = true;
      return show(Screen::card_off);  // nothing goes on before the reader is empty: keep asking, by voice and on screen
    case Screen::ended:
    case Screen::refused:
    case Screen::service:
      return finish();
    case Screen::take:
      if (!waits_long_) {
        waits_long_ = true;
        return show(Screen::take);
      }
      // Nobody took it: lost property, which staff must look for.
      if (money_ == Money::printed) settle(v1::ENDING_ABANDONED, 0, 0, "", now);
      erase();
      return show(Screen::ended);
    case Screen::working:
      if (money_ == Money::none || money_ == Money::confirming || money_ == Money::settled)
        end_unpaid({Reason::answer_late, "no answer within the screen's time"});
      return;
    case Screen::printing:
      return;  // the printer's own limit ends it
    default:
      return end_unpaid({Reason::timed_out, "nothing was pressed"});
  }
}

}  // namespace mado::kiosk
