#include "jpki/core/revocation.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mado::jpki {

namespace {
constexpr std::array<std::pair<RevocationReason, std::string_view>, 7> names{{
    {RevocationReason::unspecified, "unspecified"},
    {RevocationReason::key_compromise, "keyCompromise"},
    {RevocationReason::ca_compromise, "cACompromise"},
    {RevocationReason::affiliation_changed, "affiliationChanged"},
    {RevocationReason::superseded, "superseded"},
    {RevocationReason::cessation_of_operation, "cessationOfOperation"},
    {RevocationReason::certificate_hold, "certificateHold"},
}};
}  // namespace

std::string_view text_of(RevocationReason reason) { return names.at(static_cast<std::size_t>(reason)).second; }

std::optional<RevocationReason> revocation_reason_of(std::string_view text) {
  const auto found = std::ranges::find(names, text, [](const auto& entry) { return entry.second; });
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

Outcome<Revocation> revoke(const std::optional<Revocation>& current, RevocationReason asked, Instant at) {
  if (!current) return Revocation{asked, at};
  if (current->reason == RevocationReason::certificate_hold) return Revocation{asked, current->at};
  if (asked == RevocationReason::certificate_hold) {
    return refuse(Reason::input_invalid, "the certificate is revoked for good and cannot be put on hold");
  }
  return *current;
}

}  // namespace mado::jpki
