// 本籍地利用登録申請: what somebody says of himself at a kiosk, before staff have looked at it. Pure.
#pragma once

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

// Refusal: application_invalid, naming the item and never its content: a name or 筆頭者 that is empty, longer than 400
// bytes or not in katakana; a birth that is no day, or later than `today`; a telephone that is empty, longer than 20
// bytes or not of digits and hyphens; a salt of another size.
Outcome<void> check_domicile_application(const v1::DomicileApplication& application, Day today);

}  // namespace mado::issuer
