// The words that files, commands and settings have for enumerations of the records.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/taxation.pb.h"

namespace madoguchi::v1 {}
namespace mado {
namespace v1 = ::madoguchi::v1;
}

namespace mado::registry {

struct Word {
  int value;
  std::string_view word;
};
using Words = std::span<const Word>;

Words sex_words();                 // male, female, or empty
Words state_words();               // current, moved, dead, removed
Words suppression_words();         // protected, protected_pending, blocked, notice_pending, moving_out, provisional
Words residence_category_words();  // mid_to_long_term, special_permanent, …; empty: 日本人
Words seal_state_words();          // registered, cancelled
Words record_words();              // residents, seals, family_registers, supplements
Words tax_standing_words();        // assessed, dependant, not_declared
Words addressee_standing_words();  // resident, outside

std::optional<int> value_of(Words words, std::string_view word);
// Empty for a value that has no word.
std::string_view word_of(Words words, int value);
// "male, female or empty", for refusals.
std::string list_of(Words words);

std::optional<v1::Suppression> suppression_of(std::string_view word);

}  // namespace mado::registry
