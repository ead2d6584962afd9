// The profiles of JPKI's certificates, as decoded from real ones: names, extensions and their order. What could not be
// read from a real certificate (the holder's CN, the order of the holders' extensions) follows published descriptions.
#pragma once

#include <string_view>

#include "base/refusal.hpp"
#include "jpki/core/holder.hpp"
#include "trust/x509.hpp"

namespace mado::jpki {

enum class Kind {
  authentication,  // 利用者証明用
  signature,       // 署名用
};
std::string_view text_of(Kind kind);  // "authentication", "signature"
std::optional<Kind> kind_of(std::string_view text);

// The elementary files of the card that hold a certificate have 1,900 bytes.
inline constexpr std::size_t largest_on_card = 1900;

std::string_view policy_of(Kind kind);
// The name that all generations of one authority share.
trust::Name authority_name(Kind kind);

// What every certificate is given.
struct Particulars {
  Bytes serial;
  Bytes public_key;  // subjectPublicKeyInfo
  Instant not_before;
  Instant not_after;
};

// The self-signed certificate of a generation.
Outcome<trust::Issuing> authority_profile(Kind kind, const Particulars& particulars);

// A 利用者証明用 certificate names no person: `random_name` is 14 letters and digits. `authority_key_id` is the key id
// of the generation that issues.
Outcome<trust::Issuing> authentication_profile(const Particulars& particulars, const trust::Sha1& authority_key_id,
                                               const Municipality& municipality, std::string_view random_name);

// A 署名用 certificate holds the 基本4情報. `unique_name` is its CN: the moment of issue and the terminal.
Outcome<trust::Issuing> signature_profile(const Particulars& particulars, const trust::Sha1& authority_key_id,
                                          const Municipality& municipality, const FourFacts& facts,
                                          std::string_view unique_name);

// A delegated OCSP responder of one generation (RFC 6960 4.2.2.2).
Outcome<trust::Issuing> responder_profile(Kind kind, const Particulars& particulars,
                                          const trust::Sha1& authority_key_id);

}  // namespace mado::jpki
