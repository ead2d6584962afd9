#include "bench/citizen.hpp"

#include <algorithm>
#include <thread>

namespace mado::bench {

using kiosk::Pressed;
using kiosk::Screen;

namespace {
constexpr std::string_view pin = "1234";  // of every card that is made for this

Outcome<void> touch(HeadlessKiosk& kiosk, const char* action, std::int64_t number, Screen leads_to) {
  return kiosk.press({.action = action, .text = {}, .number = number}, leads_to);
}
Outcome<void> go_on(HeadlessKiosk& kiosk, Screen leads_to) { return touch(kiosk, "next", 0, leads_to); }

Outcome<void> show_card(HeadlessKiosk& kiosk, const Wish& wish) {
  MADO_CHECK(touch(kiosk, "begin", wish.service, Screen::place));
  kiosk.enter(Step::challenge);
  MADO_CHECK(kiosk.press({.action = "choose_city", .text = wish.city}, Screen::card_on));
  kiosk.enter(Step::card);
  MADO_CHECK(kiosk.put_card_on(Screen::pin));
  for (const char digit : pin) MADO_CHECK(kiosk.press({.action = "digit", .text = std::string(1, digit)}, Screen::pin));
  MADO_CHECK(kiosk.press({.action = "enter", .text = {}}, Screen::card_off));
  return kiosk.take_card_off(Screen::kind);
}

// Touches who shall be on the paper and is not yet chosen, and who is and shall not.
Outcome<void> choose_members(HeadlessKiosk& kiosk, const std::vector<Named>& wanted) {
  const auto& shown = kiosk.session().chain().menu().persons();
  int found = 0;
  for (int i = 0; i < shown.size(); ++i) {
    const bool wished = std::ranges::find(wanted, Named{shown[i].name(), shown[i].relation()}) != wanted.end();
    found += wished ? 1 : 0;
    if (wished != kiosk.session().chosen_persons()[static_cast<std::size_t>(i)])
      MADO_CHECK(touch(kiosk, "toggle_person", i, Screen::persons));
  }
  if (found == static_cast<int>(wanted.size())) return {};
  return refuse(Reason::internal, "the screen does not show whom the citizen wants");
}

Outcome<void> choose_persons(HeadlessKiosk& kiosk, const Wish& wish, Screen next) {
  MADO_CHECK(touch(kiosk, "choose_scope", wish.scope, Screen::persons));
  if (wish.scope == v1::SCOPE_MEMBERS) MADO_CHECK(choose_members(kiosk, wish.persons));
  return go_on(kiosk, next);
}

Outcome<void> choose_options(HeadlessKiosk& kiosk, const Wish& wish, const v1::MenuKind& kind) {
  for (const int option : kind.options()) {
    const bool wished = std::ranges::find(wish.options, option) != wish.options.end();
    const bool chosen = std::ranges::find(kind.chosen(), option) != kind.chosen().end();
    if (wished != chosen) MADO_CHECK(touch(kiosk, "toggle_option", option, Screen::items));
  }
  return go_on(kiosk, Screen::copies);
}

// The kiosk leaves out a screen on which nothing can be chosen.
Outcome<void> choose(HeadlessKiosk& kiosk, const Wish& wish) {
  const auto& kinds = kiosk.session().chain().menu().kinds();
  const auto kind = std::ranges::find(kinds, wish.kind, &v1::MenuKind::kind);
  if (kind == kinds.end()) return refuse(Reason::internal, "the screen does not show the kind that the citizen wants");
  const bool asks_for_persons = kind->scopes_size() != 1 || kind->scopes(0) == v1::SCOPE_MEMBERS;
  const auto after_persons = kind->options_size() > 0 ? Screen::items : Screen::copies;
  MADO_CHECK(touch(kiosk, "choose_kind", wish.kind, asks_for_persons ? Screen::persons : after_persons));
  if (asks_for_persons) MADO_CHECK(choose_persons(kiosk, wish, after_persons));
  if (after_persons == Screen::items) MADO_CHECK(choose_options(kiosk, wish, *kind));
  MADO_CHECK(touch(kiosk, "set_copies", wish.copies, Screen::copies));
  return go_on(kiosk, Screen::summary);
}
}  // namespace

Wish household_wish(const Installation& installation) {
  return {.city = installation.city,
          .service = v1::SERVICE_HOME_CITY,
          .card = installation.at("card/card.state"),
          .kind = v1::KIND_RESIDENCE_CERTIFICATE,
          .scope = v1::SCOPE_HOUSEHOLD,
          .persons = {},
          .options = {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER},
          .copies = 1,
          .thinks = {}};
}

Outcome<Milliseconds> serve_at_screens(HeadlessKiosk& kiosk, const Wish& wish, HeadlessKiosk::Watch watch) {
  MADO_CHECK(kiosk.bring_card(wish.card));
  MADO_CHECK(kiosk.begin_session(std::move(watch)));
  MADO_CHECK(show_card(kiosk, wish));
  MADO_CHECK(choose(kiosk, wish));
  std::this_thread::sleep_for(wish.thinks);
  kiosk.enter(Step::apply);
  const auto agreed = std::chrono::steady_clock::now();
  MADO_CHECK(kiosk.press({.action = "agree", .text = {}}, Screen::pay));
  kiosk.enter(Step::confirm);
  MADO_CHECK(kiosk.insert(kiosk.session().fee(), Screen::take));
  kiosk.enter(Step::report);
  MADO_CHECK(kiosk.press({.action = "finish", .text = {}}, Screen::ended));
  MADO_CHECK(kiosk.press({.action = "close", .text = {}}, Screen::ended));
  return kiosk.handed_to_printer() - agreed;
}

Outcome<Milliseconds> serve_citizen(HeadlessKiosk& kiosk, const Wish& wish, HeadlessKiosk::Watch watch) {
  MADO_TRY(took, serve_at_screens(kiosk, wish, std::move(watch)));
  MADO_CHECK(kiosk.send_receipts());
  return took;
}

}  // namespace mado::bench
