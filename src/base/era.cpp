#include "base/era.hpp"

#include <charconv>

namespace mado {

namespace {
using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr std::string_view first_year = "元";

Day on(int y, unsigned m, unsigned d) { return Day{year{y}, month{m}, day{d}}; }

// From this day on Japan's calendar is the Gregorian one (太政官布告 of 明治5年11月9日).
const Day gregorian_since = on(1873, 1, 1);

bool contains(const Era& era, Day at) { return era.first <= at && (!era.last || at <= *era.last); }

// Takes the digits before `unit` off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::string_view unit) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || text.front() == '-' || text.front() == '0') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(unit)) return std::nullopt;
  text.remove_prefix(unit.size());
  return value;
}

std::optional<int> take_year(std::string_view& text) {
  constexpr std::string_view written_first_year = "元年";
  if (!text.starts_with(written_first_year)) return take_number(text, "年");
  text.remove_prefix(written_first_year.size());
  return 1;
}

std::optional<Day> day_in_era(const Era& era, std::string_view rest) {
  const auto years = take_year(rest);
  if (!years || *years > 9999) return std::nullopt;
  const auto months = take_number(rest, "月");
  if (!months || *months > 12) return std::nullopt;
  const auto days = take_number(rest, "日");
  if (!days || *days > 31 || !rest.empty()) return std::nullopt;
  const Day named{era.first.year() + std::chrono::years{*years - 1}, month{static_cast<unsigned>(*months)},
                  day{static_cast<unsigned>(*days)}};
  if (!named.ok() || named < gregorian_since || !contains(era, named)) return std::nullopt;
  return named;
}

std::string month_and_day(Day at) {
  return std::to_string(static_cast<unsigned>(at.month())) + "月" + std::to_string(static_cast<unsigned>(at.day())) +
         "日";
}
}  // namespace

const EraTable& eras_of_japan() {
  static const EraTable eras{
      {"明治", on(1868, 1, 25), on(1912, 7, 30)}, {"大正", on(1912, 7, 30), on(1926, 12, 25)},
      {"昭和", on(1926, 12, 25), on(1989, 1, 7)}, {"平成", on(1989, 1, 8), on(2019, 4, 30)},
      {"令和", on(2019, 5, 1), std::nullopt},
  };
  return eras;
}

std::optional<std::string> japanese_date(Day at, const EraTable& eras) {
  if (!at.ok() || at < gregorian_since) return std::nullopt;
  for (auto era = eras.rbegin(); era != eras.rend(); ++era) {
    if (!contains(*era, at)) continue;
    const int years = static_cast<int>(at.year()) - static_cast<int>(era->first.year()) + 1;
    return era->name + (years == 1 ? std::string(first_year) : std::to_string(years)) + "年" + month_and_day(at);
  }
  return std::nullopt;
}

std::string western_date(Day at) { return std::to_string(static_cast<int>(at.year())) + "年" + month_and_day(at); }

std::optional<Day> parse_japanese_date(std::string_view text, const EraTable& eras) {
  for (const auto& era : eras) {
    if (text.starts_with(era.name)) return day_in_era(era, text.substr(era.name.size()));
  }
  return std::nullopt;
}

Outcome<std::string> recorded_date(std::string_view at, std::string_view written, const EraTable& eras) {
  if (written.size() > most_written_date_bytes) return refuse(Reason::record_incomplete, "a written date is too long");
  if (!written.empty()) return std::string(written);
  if (at.empty()) return std::string{};
  const auto parsed = parse_day(at);
  if (!parsed) return refuse(Reason::record_incomplete, "a date of the record is no day of the calendar");
  auto text = japanese_date(*parsed, eras);
  if (!text) return refuse(Reason::record_incomplete, "a date of the record has no Japanese form and none is written");
  return *std::move(text);
}

}  // namespace mado
