#include "base/refusal.hpp"

#include <array>

namespace mado {

namespace {
struct Entry {
  Reason reason;
  std::string_view code;
  std::string_view ja;
  std::string_view en;
};

constexpr std::array entries{
#define REASON(name, ja, en) Entry{Reason::name, #name, ja, en},
#include "base/reasons.def"
#undef REASON
};
}  // namespace

std::string_view code_of(Reason reason) { return entries.at(static_cast<std::size_t>(reason)).code; }

std::optional<Reason> reason_of(std::string_view code) {
  for (const auto& entry : entries) {
    if (entry.code == code) return entry.reason;
  }
  return std::nullopt;
}

std::string_view sentence_of(Reason reason, std::string_view language) {
  const auto& entry = entries.at(static_cast<std::size_t>(reason));
  return language == "ja" ? entry.ja : entry.en;
}

const std::vector<Reason>& all_reasons() {
  static const std::vector<Reason> reasons = [] {
    std::vector<Reason> list;
    for (const auto& entry : entries) list.push_back(entry.reason);
    return list;
  }();
  return reasons;
}

}  // namespace mado
