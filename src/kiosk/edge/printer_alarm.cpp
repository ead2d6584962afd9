#include "kiosk/edge/printer_alarm.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace mado::kiosk {

namespace {
constexpr std::array<std::string_view, 3> paper{"media-empty", "media-needed", "input-tray-missing"};
constexpr std::array<std::string_view, 3> jam{"media-jam", "output-area-full", "output-tray-missing"};
constexpr std::array<std::string_view, 3> marker{"marker-supply-empty", "toner-empty", "developer-empty"};

template <typename Keywords>
bool is_among(const Keywords& keywords, std::string_view keyword) {
  return std::ranges::find(keywords, keyword) != keywords.end();
}

bool cut_ending(std::string_view& keyword, std::string_view ending) {
  if (!keyword.ends_with(ending)) return false;
  keyword.remove_suffix(ending.size());
  return true;
}

std::optional<Reason> alarm_of(std::string_view keyword) {
  if (keyword == "none" || cut_ending(keyword, "-report")) return std::nullopt;
  const bool only_warns = cut_ending(keyword, "-warning");
  cut_ending(keyword, "-error");
  if (is_among(jam, keyword)) return Reason::printer_jammed;
  if (is_among(paper, keyword)) return Reason::printer_out_of_paper;
  if (only_warns && !is_among(marker, keyword)) return std::nullopt;
  return Reason::printer_not_ready;
}

int gravity(Reason reason) {
  if (reason == Reason::printer_jammed) return 2;
  return reason == Reason::printer_out_of_paper ? 1 : 0;
}
}  // namespace

std::optional<Refusal> printer_alarm(const std::vector<std::string>& reasons) {
  std::optional<Reason> gravest;
  for (const auto& keyword : reasons) {
    const auto alarm = alarm_of(keyword);
    if (alarm && (!gravest || gravity(*alarm) > gravity(*gravest))) gravest = alarm;
  }
  if (!gravest) return std::nullopt;
  return Refusal{*gravest, fmt::format("printer-state-reasons: {}", fmt::join(reasons, ", "))};
}

}  // namespace mado::kiosk
