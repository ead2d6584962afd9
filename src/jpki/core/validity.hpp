// How long a card's certificate is good (電子証明書の有効期間).
#pragma once

#include "base/instant.hpp"

namespace mado::jpki {

// The fifth birthday after the day of issue; a birthday on the day of issue does not count. Whoever was born on 29
// February has it on the 28th in common years (年齢計算ニ関スル法律: an age is reached at the end of the day before).
Day fifth_birthday_after(Day issued, Day birth);

// 23:59:59 of `day` in Japan, 14:59:59 UTC: the second at which JPKI's certificates end.
Instant last_second_in_japan(Day day);

// The end of a certificate issued on `issued`: the fifth birthday, or the card's own expiry if that is earlier.
Instant end_of_validity(Day issued, Day birth, Day card_expiry);

}  // namespace mado::jpki
