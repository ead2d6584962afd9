// What each kind of certificate is about and made from, whatever a city's rules say of it. Pure.
#pragma once

#include <set>
#include <span>

#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

// Whom it may be about, by the service's own rules.
v1::Group group_of(v1::Kind kind);
// 所得証明書, 課税証明書, 非課税証明書, 所得課税証明書.
bool is_tax_kind(v1::Kind kind);
// Whether a service is about this kind at all: 本籍地 is 戸籍 and 附票, 利用登録 none.
bool belongs_to(v1::Service service, v1::Kind kind);

// Which records besides the household are read for these kinds. With 附票 the 戸籍 is read as well: who stands in it is
// whom a menu lists. A card that is known for a 戸籍 alone is known by its register: 本籍地 always reads it.
std::set<v1::RecordKind> records_of(v1::Service service, std::span<const v1::Kind> kinds);

}  // namespace mado::issuer
