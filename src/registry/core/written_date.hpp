// Dates as registers write them (住民記録システム標準仕様書 1.1.8): a day of the calendar, and where that is not all,
// the form in which it stands in the record.
#pragma once

#include <string_view>

namespace mado::registry {

inline constexpr std::size_t longest_written_date = 120;  // bytes

// Why `day` ("1980-02-17", or empty) and `written` (or empty) are no date of a record; empty if they are one. A written
// form is
//   - a date in 和暦 or in the western calendar. It names `day`, if both are there, unless it is no day of the calendar
//     (2月29日 of a common year, one of 明治5年 or before): `day` is then the day that programs reckon with
//   - one of the 14 patterns for a day that is not known (不詳日): 昭和29年 月日不詳, 令和2年3月上旬, 推定平成3年4月
// Digits are ASCII or full-width; 1年 may be 元年. 大正15年12月25日 and 昭和元年12月25日 are one day, and both stand as
// written.
std::string_view why_no_date(std::string_view day, std::string_view written);

}  // namespace mado::registry
