// An application for 本籍地利用登録 as the issuer hands it on.
#pragma once

#include "base/refusal.hpp"
#include "registry/core/words.hpp"

namespace mado::registry {

// Refusal: message_malformed, naming the field and never its content: a card that is none or asks for records; an empty
// name, 筆頭者 or telephone, or one longer than the contract says; a birth that is no day; no time.
Outcome<void> check_entry(const v1::DomicileEntry& entry);

}  // namespace mado::registry
