// What the kiosk's page says over its WebSocket.
#include <algorithm>

#include "fuzz/examine.hpp"
#include "kiosk/edge/screen_view.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto pressed = kiosk::parse_pressed(text_of(input));
  if (!pressed) return;
  claim(input.size() <= 1024, "a message is bounded");
  claim(!pressed->action.empty() && pressed->action.size() <= input.size(), "an action has a name");
  claim(pressed->text.empty() || pressed->number == 0, "an action has one value at most");
  const bool word = std::ranges::all_of(pressed->action, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  claim(word, "an action is a word");
}

}  // namespace mado::fuzz
