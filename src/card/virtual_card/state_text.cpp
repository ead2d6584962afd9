// The text form of a card's memory.
#include <charconv>
#include <map>
#include <optional>

#include "card/virtual_card/state_file.hpp"

namespace mado::card {

namespace {
constexpr std::string_view first_line = "madoguchi-virtual-card 1\n";

void put_slot(std::string& text, std::string_view slot, const SlotMemory& memory) {
  const auto put = [&](std::string_view name, std::string_view value) {
    text.append(slot).append(".").append(name).append(" ").append(value).append("\n");
  };
  put("pin", memory.pin.reveal());
  put("tries", std::to_string(memory.tries));
  auto key = to_hex(memory.key.reveal());
  put("key", key);
  wipe(key);
  put("certificate", to_hex(memory.certificate));
  put("authority", to_hex(memory.authority));
}

// Lines by name. The views point into the text.
using Lines = std::map<std::string_view, std::string_view>;

std::optional<Lines> lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(0, end);
    const auto space = line.find(' ');
    if (space == std::string_view::npos || !lines.emplace(line.substr(0, space), line.substr(space + 1)).second) {
      return std::nullopt;
    }
    text.remove_prefix(end + 1);
  }
  return lines;
}

Outcome<std::string_view> take(Lines& lines, const std::string& name) {
  const auto found = lines.find(name);
  if (found == lines.end()) return refuse(Reason::input_invalid, "\"" + name + "\" is missing");
  const auto value = found->second;
  lines.erase(found);
  return value;
}

Outcome<Bytes> take_bytes(Lines& lines, const std::string& name, std::size_t most) {
  MADO_TRY(text, take(lines, name));
  auto bytes = from_hex(text);
  if (!bytes || bytes->size() > most) return refuse(Reason::input_invalid, "\"" + name + "\" cannot be read");
  return std::move(*bytes);
}

Outcome<SlotMemory> take_slot(Lines& lines, const std::string& name, const jpki::Slot& rules) {
  constexpr std::size_t largest_key = 8192;
  SlotMemory slot;
  MADO_TRY(pin, take(lines, name + ".pin"));
  if (!rules.is_pin(pin)) return refuse(Reason::input_invalid, "\"" + name + ".pin\" has not the form of a PIN");
  slot.pin = Sensitive{std::string(pin)};
  MADO_TRY(tries, take(lines, name + ".tries"));
  const auto [end, error] = std::from_chars(tries.data(), tries.data() + tries.size(), slot.tries);
  if (error != std::errc{} || end != tries.data() + tries.size() || slot.tries > rules.tries) {
    return refuse(Reason::input_invalid, "\"" + name + ".tries\" is not a number of tries");
  }
  MADO_TRY(key, take_bytes(lines, name + ".key", largest_key));
  slot.key = Sensitive{std::move(key)};
  MADO_TRY(certificate, take_bytes(lines, name + ".certificate", jpki::certificate_file_size));
  slot.certificate = std::move(certificate);
  MADO_TRY(authority, take_bytes(lines, name + ".authority", jpki::certificate_file_size));
  slot.authority = std::move(authority);
  return slot;
}
}  // namespace

Sensitive<std::string> text_of(const CardMemory& memory) {
  std::string text;
  // Reserved at once: a string that grew would leave keys in the memory it gave back.
  text.reserve(64 * 1024);
  text.append(first_line);
  put_slot(text, "authentication", memory.authentication);
  put_slot(text, "signature", memory.signature);
  return Sensitive{std::move(text)};
}

Outcome<CardMemory> memory_from(const Sensitive<std::string>& text) {
  std::string_view rest = text.reveal();
  if (!rest.starts_with(first_line)) return refuse(Reason::input_invalid, "this is no virtual card");
  rest.remove_prefix(first_line.size());
  auto lines = lines_of(rest);
  if (!lines) return refuse(Reason::input_invalid, "a line cannot be read");
  CardMemory memory;
  MADO_TRY(authentication, take_slot(*lines, "authentication", jpki::authentication));
  MADO_TRY(signature, take_slot(*lines, "signature", jpki::signature));
  if (!lines->empty()) return refuse(Reason::input_invalid, "a line is not known");
  return CardMemory{std::move(authentication), std::move(signature)};
}

}  // namespace mado::card
