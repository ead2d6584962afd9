// What became of an issuance (交付結果), as the kiosk tells the center and the city: made from a settled row of the
// journal and from nothing else. chain.md, message 6.
#pragma once

#include "kiosk/core/journal.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "trust/cryptography.hpp"
#include "wire/message.hpp"

namespace mado::kiosk {

v1::Receipt receipt_of(const JournalEntry& settled, const std::string& kiosk);

// The receipt as a statement signed by the kiosk's device key.
Outcome<Bytes> sign_receipt(trust::Cryptography& crypto, const trust::SigningKey& device_key,
                            const v1::Receipt& receipt, Instant now);

}  // namespace mado::kiosk
