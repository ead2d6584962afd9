// The session's frame: events in, effects out, and its ends.
#include "kiosk/core/session.hpp"

#include <array>

namespace mado::kiosk {

std::string_view name_of(Screen screen) {
  static constexpr std::array<std::string_view, 23> names{
      "service", "registration", "place",    "applicant", "head",     "born",    "telephone", "registration_summary",
      "card_on", "pin",          "card_off", "working",   "kind",     "persons", "items",     "copies",
      "summary", "pay",          "printing", "take",      "accepted", "ended",   "refused"};
  return names.at(static_cast<std::size_t>(screen));
}

namespace {
std::uint64_t any_number(trust::Cryptography& crypto) {
  std::uint64_t number = 0;
  for (const auto byte : crypto.random(7)) number = number << 8 | byte;
  return number + 1;
}
}  // namespace

Session::Session(SessionSettings settings, trust::Cryptography& crypto,
                 std::shared_ptr<const application::RosterBook> roster,
                 std::shared_ptr<const trust::SigningKey> device_key, MachineCounters counters)
    : settings_(std::move(settings)),
      crypto_(crypto),
      roster_(std::move(roster)),
      device_key_(std::move(device_key)),
      counters_(counters),
      chain_(std::make_unique<ChainClient>(crypto_, roster_, device_key_, settings_.kiosk)),
      next_call_(any_number(crypto_)) {}

Effects Session::begin() {
  show(Screen::service);
  return std::exchange(effects_, {});
}

Effects Session::on(Event event, Instant now) {
  if (!done_) std::visit([&](auto& happening) { happened(happening, now); }, event);
  return std::exchange(effects_, {});
}

void Session::show(Screen screen) {
  if (screen != screen_) waits_long_ = false;
  screen_ = screen;
  effects_.emplace_back(Show{});
}

std::chrono::seconds Session::time_for_screen() const {
  switch (screen_) {
    case Screen::working:
      return settings_.line;
    case Screen::printing:
      return settings_.print;
    case Screen::take:
      return settings_.take;
    case Screen::ended:
      return std::chrono::seconds{5};
    default:
      return settings_.idle;
  }
}

std::string Session::telephone() const {
  const auto city = chain_ ? chain_->telephone() : std::string();
  // Before a city is chosen there is only the service's own number, in the first city's place of the roster.
  if (!city.empty() || roster_->content().cities().empty()) return city;
  return roster_->content().cities(0).telephone();
}

void Session::refuse_with(Refusal refusal) {
  refusal_ = std::move(refusal);
  erase_certificate();
  show(Screen::refused);
}

void Session::end_unpaid(Refusal refusal) {
  open_call_ = 0;
  if (money_ >= Money::accepting_noted && money_ <= Money::confirming) {
    money_ = Money::returning;
    after_return_ = std::move(refusal);
    step_ = "return";
    show(Screen::working);
    effects_.emplace_back(ReturnMoney{});
    return;
  }
  if (refusal.reason == Reason::cancelled && inserted_ == 0) {
    erase();
    show(Screen::ended);
    return;
  }
  refuse_with(std::move(refusal));
}

void Session::erase_certificate() {
  if (!certificate_) return;
  for (auto& sheet : certificate_->sheets) {
    wipe(sheet.front);
    if (sheet.back) wipe(*sheet.back);
  }
  certificate_.reset();
}

// Keys, menu, pages, PIN: everything of the citizen's. What the last screen shows (amounts, reasons) is not.
void Session::erase() {
  open_call_ = 0;
  pin_.clear();
  erase_certificate();
  chain_ = std::make_unique<ChainClient>(crypto_, roster_, device_key_, settings_.kiosk);
  choices_ = {};
  chosen_persons_.clear();
  registration_ = Registration{};
  wipe(acceptance_.number);
  issuance_numbers_.clear();
  effects_.emplace_back(WatchCard{false});
  erased_ = true;
}

void Session::finish() {
  if (!erased_) erase();
  done_ = true;
  effects_.emplace_back(Finish{});
}

void Session::happened(const TimeIsUp&, Instant now) { time_is_up(now); }

}  // namespace mado::kiosk
