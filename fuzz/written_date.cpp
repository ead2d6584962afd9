// Dates as registers write them: 和暦, and days of the calendar.
#include "base/era.hpp"
#include "fuzz/examine.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto text = text_of(input);
  if (const auto day = parse_day(text)) {
    claim(day->ok(), "a parsed day is one of the calendar");
    claim(iso_text(*day) == text, "a day is written as it was read");
  }
  if (const auto day = parse_japanese_date(text)) {
    claim(day->ok(), "a parsed 和暦 date is a day of the calendar");
    const auto written = japanese_date(*day);
    claim(written && parse_japanese_date(*written) == day, "a 和暦 date that is written names the same day");
  }
  const auto split = text.find('\n');
  const auto written = split == std::string_view::npos ? std::string_view{} : text.substr(split + 1);
  const auto printed = recorded_date(text.substr(0, split), written);
  if (!printed) {
    claim_is_explained(printed.error());
    claim(printed.error().reason == Reason::record_incomplete, "a date that cannot be printed: record_incomplete");
    claim_keeps_back(printed.error(), written, 12);
  } else {
    claim(printed->size() <= most_written_date_bytes, "a printed date is bounded");
  }
}

}  // namespace mado::fuzz
