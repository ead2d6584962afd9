// What a city offers (取扱い) from one moment on: kinds, titles, scopes, options, fees, copies, hours, stops. Data, not
// code (design principle 8). An edition (版) is one such set of rules; application/rules_file.hpp reads it from the
// city's file, application/rule_book.hpp says which holds when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "application/opening_hours.hpp"
#include "application/rule_names.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::application {

// Another fee for a time (期間限定の手数料).
struct Campaign {
  Instant from;
  Instant until;  // the usual fee again
  std::uint32_t fee = 0;
};

struct KindRule {
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  std::string title_ja;
  std::string title_en;
  std::string title_on_paper = {};  // empty: the form's own
  std::uint32_t fee = 0;            // yen for one copy, outside campaigns
  std::vector<v1::Scope> scopes;
  std::vector<v1::Option> options;
  std::vector<v1::Option> chosen = {};  // of the options: those chosen until the citizen changes them
  v1::Group group = v1::GROUP_HOUSEHOLD;
  std::string family;  // by whose hours and stops it goes
  std::vector<Campaign> campaigns = {};
  int youngest = 15;  // years that the card's holder must have turned

  std::uint32_t fee_at(Instant moment) const;
};

// A family is not to be had for a time (計画停止), for a reason that staff see and citizens do not.
struct Stop {
  std::string family;
  Instant from;
  Instant until;
  std::string reason;
};

struct OfferRules {
  std::string city = {};        // 団体コード, six digits
  std::uint64_t version = 0;    // given by loading: 1, 2, 3 …
  Instant effective;            // from when it is in force
  std::vector<KindRule> kinds;  // in the menu's order
  std::vector<Family> families;
  std::vector<Stop> stops = {};
  std::vector<Day> holidays = {};  // ascending: no weekdays for what is open on weekdays only
  std::uint32_t most_copies = 1;
  std::uint32_t most_pages = 50;  // of one copy
  std::string telephone;
  std::string domicile_family = {};  // whose hours 本籍地利用登録 keeps; empty: the city does not take it at kiosks

  const KindRule* find(v1::Kind kind) const;
  const Family* family(std::string_view name) const;
  // Refusals: outside_hours; stopped_for_now, with the reason for staff as its cause.
  Outcome<void> check_family(std::string_view name, Channel channel, Instant now) const;
  // Refusal: stopped_for_now.
  Outcome<void> check_stops(std::string_view name, Instant now) const;
};

}  // namespace mado::application
