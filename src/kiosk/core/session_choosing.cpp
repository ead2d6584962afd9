// What the citizen chooses, and what the keys 「戻る」 and 「中止」 do. Going back keeps what was chosen.
#include <algorithm>
#include <array>

#include "application/option_needs.hpp"
#include "kiosk/core/session.hpp"

namespace mado::kiosk {

namespace {
constexpr std::size_t pin_length = 4;
constexpr std::array<std::string_view, 2> languages{"ja", "en"};
}  // namespace

// The screen to which 「戻る」 leads; none where it is not offered.
std::optional<Screen> Session::before(Screen screen) const {
  const bool registering = service_ == v1::SERVICE_DOMICILE_REGISTRATION;
  switch (screen) {
    case Screen::registration:
      return Screen::service;
    case Screen::place:
      return registering ? Screen::registration : Screen::service;
    case Screen::applicant:
      return Screen::place;
    case Screen::head:
      return Screen::applicant;
    case Screen::born:
      return Screen::head;
    case Screen::telephone:
      return Screen::born;
    case Screen::registration_summary:
      return Screen::telephone;
    case Screen::card_on:
      return registering ? Screen::registration_summary : Screen::place;
    case Screen::persons:
      return Screen::kind;
    case Screen::items:
      return asks_for_persons() ? Screen::persons : Screen::kind;
    case Screen::copies:
      return asks_for_items() ? Screen::items : before(Screen::items);
    case Screen::summary:
      return Screen::copies;
    default:
      return std::nullopt;
  }
}

bool Session::can_go_back() const { return before(screen_).has_value(); }

void Session::go_back() {
  const auto to = before(screen_);
  if (!to) return;
  if (screen_ == Screen::card_on) effects_.emplace_back(WatchCard{false});
  show(*to);
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
      return begin_service(pressed);
    case Screen::place:
      return choose_place(pressed);
    case Screen::registration:
    case Screen::applicant:
    case Screen::head:
    case Screen::born:
    case Screen::telephone:
    case Screen::registration_summary:
    case Screen::accepted:
      return register_domicile(pressed, now);
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
    if (!is_over()) end_unpaid({Reason::cancelled, "cancelled on the screen"});
    return true;
  }
  return false;
}

// Whether it is too late to cancel: once it is paid for, the paper comes; an application that was accepted stays.
// While an answer is on its way, cancelling closes the call.
bool Session::is_over() const {
  return screen_ == Screen::printing || screen_ == Screen::take || screen_ == Screen::accepted ||
         screen_ == Screen::ended || screen_ == Screen::refused || money_ == Money::paid_noted ||
         money_ == Money::captured || money_ == Money::submitted_noted || money_ == Money::returning;
}

void Session::begin_service(const Pressed& pressed) {
  if (pressed.action != "begin") return;
  const auto service = pressed.number == 0 ? v1::SERVICE_HOME_CITY : static_cast<v1::Service>(pressed.number);
  if (!v1::Service_IsValid(static_cast<int>(pressed.number))) return;
  service_ = service;
  show(service_ == v1::SERVICE_DOMICILE_REGISTRATION ? Screen::registration : Screen::place);
}

void Session::choose_place(const Pressed& pressed) {
  if (pressed.action != "choose_city" || !chain_->choose(service_, pressed.text)) return;
  if (service_ == v1::SERVICE_DOMICILE_REGISTRATION) return show(Screen::applicant);
  ask_challenge();
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
    for (const auto option : kind->chosen()) choices_.options.push_back(static_cast<v1::Option>(option));
    drop_options_left_alone();
    chosen_persons_.clear();
    apply_scope();
  }
  show(next_choice(Screen::kind));
}

bool Session::asks_for_persons() const {
  const auto* kind = chosen_kind();
  return kind == nullptr || kind->scopes_size() != 1 || kind->scopes(0) == v1::SCOPE_MEMBERS;
}

bool Session::asks_for_items() const {
  const auto* kind = chosen_kind();
  return kind == nullptr || kind->options_size() > 0;
}

// A screen on which nothing can be chosen is left out.
Screen Session::next_choice(Screen after) const {
  if (after == Screen::kind && asks_for_persons()) return Screen::persons;
  return after != Screen::items && asks_for_items() ? Screen::items : Screen::copies;
}

bool Session::concerns(const v1::MenuPerson& person) const {
  const auto* kind = chosen_kind();
  return kind != nullptr && std::ranges::find(person.groups(), kind->group()) != person.groups().end();
}

void Session::drop_options_left_alone() {
  const auto all = choices_.options;
  std::erase_if(choices_.options,
                [&](v1::Option option) { return !application::may_choose(choices_.kind, option, all); });
}

// The persons that a scope means, among those of the kind's group: 本人 is the holder, 世帯全員 (of a 戸籍: 全員) is
// everybody, 一部 is chosen by hand, from the holder on.
void Session::apply_scope() {
  const auto& persons = chain_->menu().persons();
  if (choices_.scope != v1::SCOPE_MEMBERS || chosen_persons_.empty()) {
    chosen_persons_.assign(static_cast<std::size_t>(persons.size()), false);
    for (int i = 0; i < persons.size(); ++i) {
      chosen_persons_[static_cast<std::size_t>(i)] =
          concerns(persons[i]) && (persons[i].holder() || choices_.scope == v1::SCOPE_HOUSEHOLD);
    }
  }
  choices_.persons.clear();
  for (std::size_t i = 0; i < chosen_persons_.size(); ++i) {
    if (chosen_persons_[i]) choices_.persons.push_back(i);
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
    if (pressed.number < 0 || at >= chosen_persons_.size() ||
        !concerns(chain_->menu().persons(static_cast<int>(pressed.number))))
      return;
    chosen_persons_[at] = !chosen_persons_[at];
    apply_scope();
    effects_.emplace_back(Show{});
  } else if (pressed.action == "next" && !choices_.persons.empty()) {
    show(next_choice(Screen::persons));
  }
}

void Session::choose_items(const Pressed& pressed) {
  const auto* kind = chosen_kind();
  if (kind == nullptr) return;
  if (pressed.action == "toggle_option") {
    const auto option = static_cast<v1::Option>(pressed.number);
    if (std::ranges::find(kind->options(), static_cast<int>(option)) == kind->options().end()) return;
    auto& options = choices_.options;
    if (std::erase(options, option) == 0 && application::may_choose(kind->kind(), option, options))
      options.push_back(option);
    drop_options_left_alone();
    std::ranges::sort(options);
    effects_.emplace_back(Show{});
  } else if (pressed.action == "next") {
    show(next_choice(Screen::items));
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
    case Screen::accepted:
      erase();
      return show(Screen::ended);
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
