#include "registry/core/card_holder.hpp"

#include <algorithm>
#include <set>

namespace mado::registry {

namespace {
v1::HouseholdQuery query_of(const CardRow& card) {
  v1::HouseholdQuery query;
  query.set_issuer_key(string_of(card.issuer_key));
  query.set_serial(string_of(card.serial));
  query.set_public_key_digest(string_of(card.public_key_digest));
  return query;
}

// One name for one human being, as far as the registers know.
std::string human_of(const ClaimedCard& claim) {
  return claim.resident.empty() ? "戸籍 " + claim.card.person : claim.resident;
}
}  // namespace

CardHolder holder_of(const v1::HouseholdQuery& query, const std::vector<ClaimedCard>& claims) {
  if (claims.empty()) return {};
  std::set<std::string> humans;
  for (const auto& claim : claims) humans.insert(human_of(claim));
  if (humans.size() > 1) return {v1::CARD_MAPPING_AMBIGUOUS, {}, {}, {}};
  const auto key = [&](const ClaimedCard& claim) {
    return equal_in_constant_time(claim.card.public_key_digest, view_of(query.public_key_digest()));
  };
  const auto own = std::ranges::find_if(
      claims, [&](const ClaimedCard& claim) { return !claim.card.family_register_only && key(claim); });
  const auto of_register = std::ranges::find_if(
      claims, [&](const ClaimedCard& claim) { return claim.card.family_register_only && key(claim); });
  // Who has moved away and registered for the 戸籍 that is still here is found by that.
  const bool as_resident = own != claims.end() && (own->lives_here || of_register == claims.end());
  if (as_resident) return {v1::CARD_MAPPING_FOUND, own->resident, {}, query_of(own->card)};
  if (of_register == claims.end()) return {};
  return {v1::CARD_MAPPING_FOUND, {}, of_register->card.person, query_of(of_register->card)};
}

Outcome<void> check_query(const v1::HouseholdQuery& query) {
  constexpr std::size_t key_id_size = 20;
  constexpr std::size_t longest_serial = 20;
  constexpr std::size_t digest_size = 32;
  const auto& serial = query.serial();
  if (query.issuer_key().size() != key_id_size || query.public_key_digest().size() != digest_size || serial.empty() ||
      serial.size() > longest_serial || serial.front() == 0)
    return refuse(Reason::message_malformed, "a household query names no card");
  int before = v1::RECORD_KIND_UNSPECIFIED;
  for (const auto record : query.records()) {
    if (record <= before || record > v1::RECORD_KIND_SUPPLEMENT)
      return refuse(Reason::message_malformed, "a household query asks for records out of order");
    before = record;
  }
  return {};
}

}  // namespace mado::registry
