#include "kiosk/edge/printer_alarm.hpp"

#include <gtest/gtest.h>

namespace mado::kiosk {
namespace {

struct Row {
  std::vector<std::string> reasons;
  std::optional<Reason> alarm;
};

TEST(PrinterAlarm, KnowsAnAlarmFromANotice) {
  const Row table[] = {
      {{}, std::nullopt},
      {{"none"}, std::nullopt},
      {{"media-low-warning", "toner-low-warning", "marker-supply-low-report"}, std::nullopt},
      {{"media-empty-report"}, std::nullopt},
      {{"media-empty-error"}, Reason::printer_out_of_paper},
      {{"media-empty"}, Reason::printer_out_of_paper},
      {{"media-empty-warning"}, Reason::printer_out_of_paper},
      {{"media-needed-error"}, Reason::printer_out_of_paper},
      {{"media-jam-error"}, Reason::printer_jammed},
      {{"media-jam-warning"}, Reason::printer_jammed},
      {{"output-area-full-error"}, Reason::printer_jammed},
      {{"marker-supply-empty-warning"}, Reason::printer_not_ready},
      {{"cover-open-error"}, Reason::printer_not_ready},
      {{"cover-open-warning"}, std::nullopt},
      {{"paused"}, Reason::printer_not_ready},
      {{"a-word-of-next-year"}, Reason::printer_not_ready},
      {{"cover-open-error", "media-empty-error", "media-jam-error"}, Reason::printer_jammed},
      {{"cover-open-error", "media-empty-error"}, Reason::printer_out_of_paper},
  };
  for (const auto& row : table) {
    const auto alarm = printer_alarm(row.reasons);
    const auto name = row.reasons.empty() ? "nothing" : row.reasons.front();
    ASSERT_EQ(alarm.has_value(), row.alarm.has_value()) << name;
    if (!alarm) continue;
    EXPECT_EQ(code_of(alarm->reason), code_of(*row.alarm)) << name;
  }
}

}  // namespace
}  // namespace mado::kiosk
