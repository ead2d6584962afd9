// Who may have what (交付の可否): decisions over one snapshot of the register. Pure.
#pragma once

#include <string>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "madoguchi/v1/register.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

// The card's holder may use the service at all, and nothing keeps the household's paper back. Refusals:
// not_registered_here, under_age; cannot_be_issued for every sensitive cause alike (支援措置, 仮支援措置, 抑止, 届出
// pending, 転出予定, 仮登録, of the holder or of anybody in the household: fail closed); record_incomplete for a card
// of two residents or a household that does not contain its holder. chain.md rules 8 and 9.
Outcome<void> check_household(const v1::HouseholdSnapshot& snapshot, Day today);

}  // namespace mado::issuer
