// The columns of a resident, by one name in the file that is loaded and in the database.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "madoguchi/v1/register.pb.h"

namespace mado {
namespace v1 = ::madoguchi::v1;
}

namespace mado::registry {

struct TextColumn {
  std::string_view name;
  std::size_t longest;  // bytes of UTF-8
  const std::string& (v1::Resident::*get)() const;
  std::string* (v1::Resident::*edit)();
};
// A date has two columns: NAME for the day, NAME_written for the form in which it was recorded where that differs.
struct DateColumn {
  std::string_view name;
  const v1::WrittenDate& (v1::Resident::*get)() const;
  v1::WrittenDate* (v1::Resident::*edit)();
};

// clang-format off
inline constexpr std::array text_columns{
    TextColumn{"name",                400, &v1::Resident::name,                &v1::Resident::mutable_name},
    TextColumn{"kana",                400, &v1::Resident::kana,                &v1::Resident::mutable_kana},
    TextColumn{"former_surname",      200, &v1::Resident::former_surname,      &v1::Resident::mutable_former_surname},
    TextColumn{"former_surname_kana", 200, &v1::Resident::former_surname_kana, &v1::Resident::mutable_former_surname_kana},
    TextColumn{"relation",            100, &v1::Resident::relation,            &v1::Resident::mutable_relation},
    TextColumn{"previous_address",    800, &v1::Resident::previous_address,    &v1::Resident::mutable_previous_address},
    TextColumn{"family_register",     800, &v1::Resident::family_register,     &v1::Resident::mutable_family_register},
    TextColumn{"register_head",       400, &v1::Resident::register_head,       &v1::Resident::mutable_register_head},
    TextColumn{"individual_number",    12, &v1::Resident::individual_number,   &v1::Resident::mutable_individual_number},
};
inline constexpr std::array date_columns{
    DateColumn{"born",           &v1::Resident::born,           &v1::Resident::mutable_born},
    DateColumn{"resident_since", &v1::Resident::resident_since, &v1::Resident::mutable_resident_since},
    DateColumn{"address_since",  &v1::Resident::address_since,  &v1::Resident::mutable_address_since},
    DateColumn{"notified",       &v1::Resident::notified,       &v1::Resident::mutable_notified},
};
// clang-format on
inline constexpr std::size_t longest_written_date = 120;  // bytes
inline constexpr std::size_t longest_address = 800;
inline constexpr std::size_t most_members = 64;

// The words for enumerations in files and commands; nothing for an unknown word.
std::optional<v1::Sex> sex_of(std::string_view word);                  // male, female, or empty
std::optional<v1::ResidentState> state_of(std::string_view word);      // current, moved, dead, removed
std::optional<v1::Suppression> suppression_of(std::string_view word);  // protected, protected_pending, blocked, …
std::string_view word_of(v1::Sex sex);
std::string_view word_of(v1::ResidentState state);
std::string_view word_of(v1::Suppression suppression);

}  // namespace mado::registry
