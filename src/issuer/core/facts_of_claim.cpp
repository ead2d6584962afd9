#include "issuer/core/facts_of_claim.hpp"

#include <algorithm>

namespace mado::issuer {

namespace {
constexpr int largest_household = 64;

const v1::Resident* holder_of(const Claim& claim) {
  const auto& members = claim.snapshot.household().members();
  const auto found = std::ranges::find(members, claim.snapshot.holder(), &v1::Resident::number);
  return found == members.end() ? nullptr : &*found;
}

template <typename Record>
const v1::WrittenDate* birth_in(const Record& record, const std::string& person) {
  const auto found = std::ranges::find_if(record.persons(), [&](const auto& each) { return each.number() == person; });
  return found == record.persons().end() ? nullptr : &found->born();
}

// Of whoever holds the card, by the register that knows them.
const v1::WrittenDate* birth_of_holder(const Claim& claim) {
  if (const auto* holder = holder_of(claim)) return &holder->born();
  const auto& person = claim.snapshot.family_register_person();
  if (const auto* born = birth_in(claim.snapshot.family_register(), person)) return born;
  return birth_in(claim.snapshot.supplement(), person);
}

// A birthday on 29 February counts from 1 March in common years, as a day later than 28 February.
bool has_turned(int years, Day born, Day today) {
  const Day birthday{born.year() + std::chrono::years{years}, born.month(), born.day()};
  return std::pair{today.year(), today.month() / today.day()} >=
         std::pair{birthday.year(), birthday.month() / birthday.day()};
}

template <typename People>
bool anybody_is_suppressed(const People& people) {
  return std::ranges::any_of(people, [](const auto& person) { return person.suppressions_size() > 0; });
}
}  // namespace

bool at_domicile(const Claim& claim) { return claim.service == v1::SERVICE_DOMICILE_CITY; }

bool card_is_ambiguous(const Claim& claim) { return claim.snapshot.mapping() == v1::CARD_MAPPING_AMBIGUOUS; }

bool card_is_known(const Claim& claim) { return claim.snapshot.mapping() == v1::CARD_MAPPING_FOUND; }

bool known_by_register_alone(const Claim& claim) { return card_is_known(claim) && claim.snapshot.holder().empty(); }

bool is_fresh(const Claim& claim, v1::RecordKind record) {
  const auto& all = claim.snapshot.freshness();
  const auto found = std::ranges::find(all, record, &v1::Freshness::record);
  if (found == all.end() || found->missing_from() != 0) return false;
  return claim.now - Instant{found->heard_at()} <= claim.most_silence;
}

bool supplement_is_stale(const Claim& claim) {
  return !is_fresh(claim, v1::RECORD_KIND_SUPPLEMENT) || !is_fresh(claim, v1::RECORD_KIND_UNSPECIFIED) ||
         (known_by_register_alone(claim) && !is_fresh(claim, v1::RECORD_KIND_FAMILY_REGISTER));
}

bool household_is_too_large(const Claim& claim) {
  return claim.snapshot.household().members_size() > largest_household;
}

bool holder_is_missing(const Claim& claim) { return !known_by_register_alone(claim) && holder_of(claim) == nullptr; }

bool holder_is_not_current(const Claim& claim) {
  const auto* holder = holder_of(claim);
  return holder != nullptr && holder->state() != v1::RESIDENT_STATE_CURRENT;
}

bool holder_is_too_young(const Claim& claim) {
  const auto* birth = birth_of_holder(claim);
  if (birth == nullptr) return false;
  const auto born = parse_day(birth->day());
  return born && !has_turned(claim.youngest, *born, in_japan(claim.now).day);
}

bool household_is_kept_back(const Claim& claim) {
  const auto& members = claim.snapshot.household().members();
  return anybody_is_suppressed(members) || std::ranges::any_of(members, [](const v1::Resident& resident) {
           return resident.state() == v1::RESIDENT_STATE_CURRENT && resident.has_leaving();
         });
}

bool family_register_is_kept_back(const Claim& claim) {
  const auto& record = claim.snapshot.family_register();
  return record.notice_pending() || anybody_is_suppressed(record.persons());
}

bool supplement_is_kept_back(const Claim& claim) {
  return anybody_is_suppressed(claim.snapshot.supplement().persons());
}

bool tax_is_unreadable(const Claim& claim) { return claim.tax == nullptr || !*claim.tax; }

bool tax_is_not_declared(const Claim& claim) {
  const auto standing = (*claim.tax)->reveal().standing();
  return standing != v1::TAX_STANDING_ASSESSED && standing != v1::TAX_STANDING_DEPENDANT;
}

bool holder_is_taxed(const Claim& claim) { return (*claim.tax)->reveal().annual_tax() != 0; }

}  // namespace mado::issuer
