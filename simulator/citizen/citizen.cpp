#include "simulator/citizen/citizen.hpp"

#include <array>

namespace mado::simulator {

using kiosk::Screen;

namespace {
constexpr milliseconds least_thinking{300};
constexpr milliseconds most_thinking{5'000};
constexpr milliseconds card_forgotten_for{150'000};
constexpr milliseconds gives_up_after{240'000};
constexpr double domicile_share = 0.5;  // of those who have the 本籍 elsewhere
constexpr std::array<std::uint32_t, 4> coins{500, 100, 50, 10};
constexpr std::array<std::string_view, 18> actions{
    "begin",        "choose_city",   "digit",   "erase_digit",   "enter",      "choose_kind",
    "choose_scope", "toggle_person", "next",    "toggle_option", "set_copies", "agree",
    "back",         "cancel",        "another", "finish",        "close",      "stay"};
}  // namespace

Citizen::Citizen(Surroundings& around, KioskNode& kiosk, Card& card, Random random, std::function<void()> left)
    : around_(around), kiosk_(kiosk), card_(card), random_(random), left_(std::move(left)) {
  card_.at_kiosk = true;
  patient_ = !around_.faults.happens(Fault::underpay);
  knows_pin_ = !around_.faults.happens(Fault::forgotten_pin);
  if (!card_.domicile().empty() && random_.chance(domicile_share)) service_ = v1::SERVICE_DOMICILE_CITY;
  kiosk_.shows_to([this] { look(); });
  around_.scheduler.after(gives_up_after, here_, [this] { leave(); });
  look();
}

Citizen::~Citizen() {
  here_.end();
  thought_.end();
}

milliseconds Citizen::thinking() {
  return kiosk_.session() != nullptr && kiosk_.session()->screen() == Screen::take &&
                 around_.faults.happens(Fault::leave_paper)
             ? gives_up_after
             : random_.between(least_thinking, most_thinking);
}

void Citizen::look() {
  thought_.end();
  thought_ = Life{};
  around_.scheduler.after(thinking(), thought_, [this] { act(); });
}

void Citizen::press(std::string action, std::string text, std::int64_t number) {
  kiosk_.press({std::move(action), std::move(text), number});
}

void Citizen::leave() {
  if (here_.over()) return;
  here_.end();
  thought_.end();
  kiosk_.shows_to(nullptr);
  if (!card_in_hand_ && kiosk_.card_on_reader() == &card_ && !around_.faults.happens(Fault::leave_card)) {
    (void)kiosk_.take_card();
    card_in_hand_ = true;
  }
  if (card_in_hand_ || kiosk_.card_on_reader() != &card_) card_.at_kiosk = false;
  around_.scheduler.after(milliseconds{0}, Life{}, left_);
}

void Citizen::act() {
  const auto* session = kiosk_.session();
  if (session == nullptr) return leave();
  const auto screen = session->screen();
  if (around_.faults.happens(Fault::walk_away)) return leave();
  if (around_.faults.happens(Fault::press_anything)) return press_anything();
  if (card_in_hand_ && screen != Screen::card_on && around_.faults.happens(Fault::card_again) &&
      kiosk_.card_on_reader() == nullptr) {
    kiosk_.put_card(card_);
    card_in_hand_ = false;
  }
  do_as_asked(screen);
}

void Citizen::do_as_asked(Screen screen) {
  switch (screen) {
    case Screen::service:
      if (begun_) return leave();
      begun_ = true;
      return press("begin", {}, service_);
    case Screen::place:
      return press("choose_city", city());
    case Screen::card_on:
      if (!card_in_hand_) return;
      if (kiosk_.card_on_reader() != nullptr) return leave();
      card_in_hand_ = false;
      return kiosk_.put_card(card_);
    case Screen::pin:
      return enter_pin();
    case Screen::card_off:
      if (kiosk_.card_on_reader() != &card_) return;
      if (around_.faults.happens(Fault::leave_card)) {
        around_.scheduler.after(card_forgotten_for, here_, [this] { look(); });
        return;
      }
      (void)kiosk_.take_card();
      card_in_hand_ = true;
      return;
    case Screen::kind:
      return choose_kind();
    case Screen::persons:
      return choose_persons();
    case Screen::items:
      return choose_items();
    case Screen::copies:
      if (random_.chance(0.3)) press("set_copies", {}, random_.between(std::int64_t{1}, std::int64_t{3}));
      return press("next");
    case Screen::summary:
      return press("agree");
    case Screen::pay:
      return pay();
    case Screen::take:
      return take_or_leave();
    case Screen::refused:
    case Screen::ended:
      press("close");
      return leave();
    case Screen::working:
    case Screen::printing:
      return;
    case Screen::registration:  // asked for by nobody here, unless anything is pressed
    case Screen::applicant:
    case Screen::head:
    case Screen::born:
    case Screen::telephone:
    case Screen::registration_summary:
    case Screen::accepted:
      return press("back");
  }
}

void Citizen::enter_pin() {
  std::string pin = CardBody::pin;
  if (!knows_pin_) {
    pin = "4321";
  } else if (!pin_was_wrong_ && card_.body->tries() > 1 && around_.faults.happens(Fault::wrong_pin)) {
    pin_was_wrong_ = true;
    pin = "9999";
  }
  for (const char digit : pin) press("digit", std::string(1, digit));
  press("enter");
}

std::string Citizen::city() const {
  return service_ == v1::SERVICE_DOMICILE_CITY ? card_.domicile() : card_.holder->city();
}

void Citizen::choose_kind() {
  std::vector<v1::Kind> available;
  for (const auto& kind : kiosk_.session()->chain().menu().kinds())
    if (kind.unavailable().empty()) available.push_back(kind.kind());
  if (!available.empty()) press("choose_kind", {}, available[random_.below(available.size())]);
}

void Citizen::choose_items() {
  const auto* kind = kiosk_.session()->chosen_kind();
  if (kind != nullptr && kind->options_size() > 0 && random_.chance(0.5)) {
    const auto at = random_.below(static_cast<std::uint64_t>(kind->options_size()));
    press("toggle_option", {}, kind->options(static_cast<int>(at)));
  }
  press("next");
}

void Citizen::choose_persons() {
  const auto* session = kiosk_.session();
  if (const auto* kind = session->chosen_kind(); kind != nullptr && kind->scopes_size() > 0) {
    const auto at = random_.below(static_cast<std::uint64_t>(kind->scopes_size()));
    press("choose_scope", {}, kind->scopes(static_cast<int>(at)));
  }
  session = kiosk_.session();
  if (session == nullptr) return;
  for (std::size_t i = 0; i < session->chosen_persons().size(); ++i) {
    if (random_.chance(0.4)) press("toggle_person", {}, static_cast<std::int64_t>(i));
  }
  press("next");
}

// A coin at a time; the largest that is not too much, now and then a larger one.
void Citizen::pay() {
  const auto* session = kiosk_.session();
  const auto missing = session->fee() - std::min(session->fee(), session->inserted());
  if (missing == 0) return;
  if (!patient_ && session->inserted() > 0) return random_.chance(0.5) ? press("cancel") : leave();
  std::size_t coin = 0;
  while (coin + 1 < coins.size() && coins[coin] > missing && !random_.chance(0.2)) ++coin;
  if (!kiosk_.insert_coin(coins[coin])) look();
}

void Citizen::take_or_leave() {
  kiosk_.take_papers();
  press(kiosk_.session()->may_apply_again() && random_.chance(0.3) ? "another" : "finish");
}

void Citizen::press_anything() {
  const auto times = random_.between(std::int64_t{1}, std::int64_t{6});
  for (std::int64_t i = 0; i < times; ++i) {
    const auto& action = actions[random_.below(actions.size())];
    press(std::string(action), random_.chance(0.5) ? card_.holder->city() : "1",
          random_.between(std::int64_t{-1}, std::int64_t{v1::Kind_MAX}));
  }
  look();
}

}  // namespace mado::simulator
