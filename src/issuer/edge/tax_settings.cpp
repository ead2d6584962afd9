#include "issuer/edge/tax_settings.hpp"

#include "trust/file.hpp"

namespace mado::issuer {

namespace {
// "06-01"; a year that has a 29 February stands before it.
std::optional<std::chrono::month_day> day_of_any_year(const std::string& text) {
  const auto day = parse_day("2000-" + text);
  if (!day) return std::nullopt;
  return day->month() / day->day();
}

std::chrono::month_day read_day(operation::Settings& settings, const std::string& key,
                                std::chrono::month_day otherwise) {
  if (!settings.has(key)) return otherwise;
  const auto day = day_of_any_year(settings.text(key));
  if (!day) settings.complain(key, "must be a day of any year, \"MM-DD\"");
  return day.value_or(otherwise);
}

TaxWindow read_window(operation::Settings& settings) {
  TaxWindow window;
  window.new_year = read_day(settings, "tax.new_year", window.new_year);
  const auto behaviour = settings.text("tax.window", "refuse");
  if (behaviour == "previous") {
    window.previous_until = read_day(settings, "tax.previous_until", window.new_year);
    if (!settings.has("tax.previous_until")) settings.complain("tax.previous_until", "is missing");
    if (*window.previous_until < window.new_year)
      settings.complain("tax.previous_until", "must not be before \"tax.new_year\"");
  } else if (behaviour != "refuse") {
    settings.complain("tax.window", "must be \"refuse\" or \"previous\"");
  }
  return window;
}
}  // namespace

TaxSettings read_tax_settings(operation::Settings& settings) {
  TaxSettings read;
  read.store = settings.path("tax.store");
  read.wrapping_key = settings.existing_file("tax.wrapping_key");
  read.link.interval = settings.milliseconds("tax.link_interval_ms", 100, 86'400'000, 600'000);
  read.link.most_records = static_cast<std::uint64_t>(settings.integer("tax.most_records", 1, 20'000'000, 2'000'000));
  read.issuing.believed_for = settings.milliseconds("tax.believed_for_ms", 1000, 2'678'400'000, 86'400'000);
  read.issuing.window = read_window(settings);
  return read;
}

Outcome<std::unique_ptr<TaxStore>> open_tax_store(const TaxSettings& settings, const std::string& city,
                                                  trust::Cryptography& crypto) {
  MADO_CHECK(trust::check_private(settings.wrapping_key));
  MADO_TRY(key, trust::read_file(settings.wrapping_key, tax_key_size));
  TaxKeyPlace place{settings.store, city, Sensitive<Bytes>{std::move(key)}};
  if (place.wrapping_key.reveal().size() != tax_key_size)
    return refuse(Reason::configuration_invalid, "setting \"tax.wrapping_key\" must name a file of 32 bytes");
  return TaxStore::open(std::move(place), crypto);
}

}  // namespace mado::issuer
