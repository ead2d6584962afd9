#include "bench/citizen.hpp"

namespace mado::bench {

using kiosk::Pressed;
using kiosk::Screen;

namespace {
constexpr std::string_view pin = "1234";  // of the card that script/make_installation makes

Outcome<void> show_card(HeadlessKiosk& kiosk) {
  MADO_CHECK(kiosk.press({.action = "begin", .text = {}}, Screen::place));
  kiosk.enter(Step::challenge);
  MADO_CHECK(kiosk.press({.action = "choose_city", .text = kiosk.city()}, Screen::card_on));
  kiosk.enter(Step::card);
  MADO_CHECK(kiosk.put_card_on(Screen::pin));
  for (const char digit : pin) MADO_CHECK(kiosk.press({.action = "digit", .text = std::string(1, digit)}, Screen::pin));
  MADO_CHECK(kiosk.press({.action = "enter", .text = {}}, Screen::card_off));
  return kiosk.take_card_off(Screen::kind);
}

Outcome<void> choose(HeadlessKiosk& kiosk) {
  const auto next = [&](Screen leads_to) { return kiosk.press({.action = "next", .text = {}}, leads_to); };
  const auto touch = [&](const char* action, std::int64_t number, Screen leads_to) {
    return kiosk.press({.action = action, .text = {}, .number = number}, leads_to);
  };
  MADO_CHECK(touch("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE, Screen::persons));
  MADO_CHECK(touch("choose_scope", v1::SCOPE_HOUSEHOLD, Screen::persons));
  MADO_CHECK(next(Screen::items));
  MADO_CHECK(touch("toggle_option", v1::OPTION_HEAD_AND_RELATION, Screen::items));
  MADO_CHECK(touch("toggle_option", v1::OPTION_FAMILY_REGISTER, Screen::items));
  MADO_CHECK(next(Screen::copies));
  return next(Screen::summary);
}
}  // namespace

Outcome<Milliseconds> serve_citizen(HeadlessKiosk& kiosk, HeadlessKiosk::Watch watch) {
  MADO_CHECK(kiosk.begin_session(std::move(watch)));
  MADO_CHECK(show_card(kiosk));
  MADO_CHECK(choose(kiosk));
  kiosk.enter(Step::apply);
  const auto agreed = std::chrono::steady_clock::now();
  MADO_CHECK(kiosk.press({.action = "agree", .text = {}}, Screen::pay));
  kiosk.enter(Step::confirm);
  MADO_CHECK(kiosk.insert(kiosk.session().fee(), Screen::take));
  kiosk.enter(Step::report);
  MADO_CHECK(kiosk.press({.action = "finish", .text = {}}, Screen::ended));
  MADO_CHECK(kiosk.press({.action = "close", .text = {}}, Screen::ended));
  MADO_CHECK(kiosk.send_receipts());
  return kiosk.handed_to_printer() - agreed;
}

}  // namespace mado::bench
