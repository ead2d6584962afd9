// The closed vocabulary of a computerised 戸籍: which entries (戸籍事項, 身分事項) there are, and which items each may
// hold (戸籍法施行規則 付録第24号). The wording of the items is ours to check against a city's own register:
// docs/registers.md lists it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "madoguchi/v1/records.pb.h"

namespace madoguchi::v1 {}
namespace mado {
namespace v1 = ::madoguchi::v1;
}

namespace mado::registry {

enum class EntryPlace { matter, person };  // 戸籍事項, 身分事項

struct EntryKind {
  std::string_view label;  // 出生
  EntryPlace place;
  std::span<const std::string_view> items;  // 出生日, 出生地: besides those that every entry may hold
};
std::span<const EntryKind> entry_kinds();
// 届出日, 届出人, 送付を受けた日, 受理者, …: any entry may hold these.
std::span<const std::string_view> items_of_every_entry();
// What may stand under 従前の記録 besides the items of the entry.
std::span<const std::string_view> items_of_former_record();

// Why not; empty if it is good. An empty label is not good.
std::string_view why_no_entry_label(std::string_view label);
std::string_view why_no_entry(const v1::RegisterEntry& entry, EntryPlace place);

// 父母との続柄: 長男, 二女, 男 …; 養子, 養女. Empty is good.
std::string_view why_no_register_relation(std::string_view text);

}  // namespace mado::registry
