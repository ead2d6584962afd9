// Whose a card is (chain rule 8): named by its issuer's key, its serial and its public key together.
#pragma once

#include <string>
#include <vector>

#include "registry/core/rows.hpp"

namespace mado::registry {

// A row that gives this issuer's key and serial to somebody.
struct ClaimedCard {
  CardRow card;
  // 宛名番号: the card's own, or for a card of a 戸籍 alone that of the same human being, if the 戸籍 says who that is.
  std::string resident;
  bool lives_here = false;  // that resident is a current one
};

struct CardHolder {
  v1::CardMapping mapping = v1::CARD_MAPPING_UNKNOWN;
  std::string resident;     // 宛名番号; empty for a card that was registered for a 戸籍 alone
  std::string person;       // the number in the 戸籍 of such a card
  v1::HouseholdQuery card;  // as the holder's row has it
};

// Two people are ambiguous whatever their keys; one is found only with the very key. Two rows of one human being, as a
// resident and as a person of a 戸籍, are one.
CardHolder holder_of(const v1::HouseholdQuery& query, const std::vector<ClaimedCard>& claims);

// Whether it names a card at all, and asks for records in ascending order. Refusal: message_malformed.
Outcome<void> check_query(const v1::HouseholdQuery& query);

}  // namespace mado::registry
