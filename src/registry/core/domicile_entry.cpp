#include "registry/core/domicile_entry.hpp"

#include "base/instant.hpp"
#include "base/utf8.hpp"
#include "registry/core/card_holder.hpp"

namespace mado::registry {

namespace {
constexpr std::size_t longest_name = 400;      // bytes
constexpr std::size_t longest_telephone = 20;  // bytes

std::unexpected<Refusal> malformed(const char* why) { return refuse(Reason::message_malformed, why); }

// One line, since staff read it on a terminal.
bool is_line(std::string_view text, std::size_t longest) {
  if (text.empty() || text.size() > longest) return false;
  while (!text.empty()) {
    const auto character = take_character(text);
    if (!character || is_control_character(*character)) return false;
  }
  return true;
}
}  // namespace

Outcome<void> check_entry(const v1::DomicileEntry& entry) {
  MADO_CHECK(check_query(entry.card()));
  if (entry.card().records_size() > 0) return malformed("card: asks for records");
  if (!is_line(entry.name(), longest_name)) return malformed("name: is empty, too long or not in one line");
  if (!is_line(entry.head(), longest_name)) return malformed("head: is empty, too long or not in one line");
  if (!is_line(entry.telephone(), longest_telephone))
    return malformed("telephone: is empty, too long or not in one line");
  if (!parse_day(entry.born())) return malformed("born: must be a day");
  if (entry.applied_at() <= 0) return malformed("applied_at: is missing");
  return {};
}

}  // namespace mado::registry
