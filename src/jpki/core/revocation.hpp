// Revocation (失効) and its reasons, as JPKI's certification practice statement uses those of RFC 5280 5.3.1.
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::jpki {

enum class RevocationReason {
  unspecified = 0,     // destroyed before it was handed over (交付前に破棄)
  key_compromise = 1,  // 利用者秘密鍵の危殆化
  ca_compromise = 2,
  affiliation_changed = 3,     // 記載内容の変更
  superseded = 4,              // 更新
  cessation_of_operation = 5,  // no longer needed: death, return
  certificate_hold = 6,        // 一時保留; never released
};
// The names of RFC 5280: "keyCompromise".
std::string_view text_of(RevocationReason reason);
std::optional<RevocationReason> revocation_reason_of(std::string_view text);

struct Revocation {
  RevocationReason reason = RevocationReason::unspecified;
  Instant at;
  friend bool operator==(const Revocation&, const Revocation&) = default;
};

// What stands after `asked` when `current` stood before. A revocation is final: asked again, the first one stays. A
// hold may become a final revocation, from the moment of the hold. Refusal: input_invalid for a hold of what is finally
// revoked.
Outcome<Revocation> revoke(const std::optional<Revocation>& current, RevocationReason asked, Instant at);

}  // namespace mado::jpki
