#include "issuer/core/entitlement.hpp"

#include <algorithm>

namespace mado::issuer {

namespace {
constexpr int youngest = 15;
constexpr int largest_household = 64;

// A birthday on 29 February counts from 1 March in common years, as a day later than 28 February.
bool has_turned(int years, Day born, Day today) {
  const Day birthday{born.year() + std::chrono::years{years}, born.month(), born.day()};
  return std::pair{today.year(), today.month() / today.day()} >=
         std::pair{birthday.year(), birthday.month() / birthday.day()};
}
}  // namespace

Outcome<void> check_household(const v1::HouseholdSnapshot& snapshot, Day today) {
  if (snapshot.mapping() == v1::CARD_MAPPING_AMBIGUOUS)
    return refuse(Reason::record_incomplete, "two residents have this card");
  if (snapshot.mapping() != v1::CARD_MAPPING_FOUND)
    return refuse(Reason::not_registered_here, "no resident has this card");
  const auto& members = snapshot.household().members();
  if (members.size() > largest_household) return refuse(Reason::record_incomplete, "a household of more than 64");
  const auto holder = std::ranges::find(members, snapshot.holder(), &v1::Resident::number);
  if (holder == members.end())
    return refuse(Reason::record_incomplete, "the household does not contain the card's holder");
  const bool suppressed =
      std::ranges::any_of(members, [](const v1::Resident& resident) { return resident.suppressions_size() > 0; });
  if (suppressed) return refuse(Reason::cannot_be_issued, "a sensitive cause");
  if (holder->state() != v1::RESIDENT_STATE_CURRENT)
    return refuse(Reason::not_registered_here, "the holder is no current resident");
  if (const auto born = parse_day(holder->born().day()); born && !has_turned(youngest, *born, today)) {
    return refuse(Reason::under_age, "the holder is under 15");
  }
  return {};
}

}  // namespace mado::issuer
