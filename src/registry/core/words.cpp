#include "registry/core/words.hpp"

#include <algorithm>

namespace mado::registry {

namespace {
constexpr Word sexes[]{{v1::SEX_MALE, "male"}, {v1::SEX_FEMALE, "female"}, {v1::SEX_UNSPECIFIED, ""}};
constexpr Word states[]{{v1::RESIDENT_STATE_CURRENT, "current"},
                        {v1::RESIDENT_STATE_MOVED, "moved"},
                        {v1::RESIDENT_STATE_DEAD, "dead"},
                        {v1::RESIDENT_STATE_REMOVED, "removed"}};
constexpr Word suppressions[]{
    {v1::SUPPRESSION_PROTECTED, "protected"},   {v1::SUPPRESSION_PROTECTED_PENDING, "protected_pending"},
    {v1::SUPPRESSION_BLOCKED, "blocked"},       {v1::SUPPRESSION_NOTICE_PENDING, "notice_pending"},
    {v1::SUPPRESSION_MOVING_OUT, "moving_out"}, {v1::SUPPRESSION_PROVISIONAL, "provisional"}};
constexpr Word residence_categories[]{{v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM, "mid_to_long_term"},
                                      {v1::RESIDENCE_CATEGORY_SPECIAL_PERMANENT, "special_permanent"},
                                      {v1::RESIDENCE_CATEGORY_TEMPORARY_REFUGE, "temporary_refuge"},
                                      {v1::RESIDENCE_CATEGORY_PROVISIONAL_STAY, "provisional_stay"},
                                      {v1::RESIDENCE_CATEGORY_BIRTH, "birth"},
                                      {v1::RESIDENCE_CATEGORY_LOSS_OF_NATIONALITY, "loss_of_nationality"},
                                      {v1::RESIDENCE_CATEGORY_UNSPECIFIED, ""}};
constexpr Word seal_states[]{{v1::SEAL_STATE_REGISTERED, "registered"}, {v1::SEAL_STATE_CANCELLED, "cancelled"}};
constexpr Word records[]{{v1::RECORD_KIND_UNSPECIFIED, "residents"},
                         {v1::RECORD_KIND_SEAL, "seals"},
                         {v1::RECORD_KIND_FAMILY_REGISTER, "family_registers"},
                         {v1::RECORD_KIND_SUPPLEMENT, "supplements"}};
constexpr Word tax_standings[]{{v1::TAX_STANDING_ASSESSED, "assessed"},
                               {v1::TAX_STANDING_DEPENDANT, "dependant"},
                               {v1::TAX_STANDING_NOT_DECLARED, "not_declared"}};
constexpr Word addressee_standings[]{{v1::ADDRESSEE_STANDING_RESIDENT, "resident"},
                                     {v1::ADDRESSEE_STANDING_OUTSIDE, "outside"}};
}  // namespace

Words sex_words() { return sexes; }
Words state_words() { return states; }
Words suppression_words() { return suppressions; }
Words residence_category_words() { return residence_categories; }
Words seal_state_words() { return seal_states; }
Words record_words() { return records; }
Words tax_standing_words() { return tax_standings; }
Words addressee_standing_words() { return addressee_standings; }

std::optional<int> value_of(Words words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &Word::word);
  return found == words.end() ? std::nullopt : std::optional(found->value);
}

std::string_view word_of(Words words, int value) {
  const auto found = std::ranges::find(words, value, &Word::value);
  return found == words.end() ? std::string_view{} : found->word;
}

std::string list_of(Words words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
    list += words[i].word.empty() ? "empty" : words[i].word;
  }
  return list;
}

std::optional<v1::Suppression> suppression_of(std::string_view word) {
  const auto value = value_of(suppression_words(), word);
  return value ? std::optional(static_cast<v1::Suppression>(*value)) : std::nullopt;
}

}  // namespace mado::registry
