// The JPKI application (公的個人認証AP) of the My Number Card: its name, its files, its PINs. The card's specification
// is not public; these values are those that open clients (OpenSC's card-jpki, jpki/myna) use with real cards.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mado::card::jpki {

inline constexpr std::array<std::uint8_t, 10> application_id{0xD3, 0x92, 0xF0, 0x00, 0x26,
                                                             0x01, 0x00, 0x00, 0x00, 0x01};

// Elementary files (EF). A file's short identifier (SFI) is its low five bits.
inline constexpr std::uint16_t signature_certificate = 0x0001;       // 署名用電子証明書: read after VERIFY of its PIN
inline constexpr std::uint16_t signature_authority = 0x0002;         // its CA's certificate
inline constexpr std::uint16_t token_information = 0x0006;           // CK_TOKEN_INFO, 160 bytes
inline constexpr std::uint16_t availability = 0x0008;                // which certificates the card has
inline constexpr std::uint16_t authentication_certificate = 0x000A;  // 利用者証明用電子証明書
inline constexpr std::uint16_t authentication_authority = 0x000B;    // its CA's certificate
inline constexpr std::uint16_t authentication_key = 0x0017;
inline constexpr std::uint16_t authentication_pin = 0x0018;
inline constexpr std::uint16_t signature_key = 0x001A;
inline constexpr std::uint16_t signature_pin = 0x001B;

inline constexpr std::size_t certificate_file_size = 1900;  // bytes, zero padded
inline constexpr std::size_t token_information_size = 160;  // bytes
inline constexpr std::size_t label_size = 32;  // bytes, space padded, at the beginning of token information

inline constexpr std::uint8_t authentication_pin_tries = 3;
inline constexpr std::uint8_t signature_pin_tries = 5;

// 利用者証明用: four digits.
constexpr bool is_authentication_pin(std::string_view pin) {
  if (pin.size() != 4) return false;
  for (const char c : pin) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

// 署名用: 6 to 16 capital letters and digits.
constexpr bool is_signature_pin(std::string_view pin) {
  if (pin.size() < 6 || pin.size() > 16) return false;
  for (const char c : pin) {
    if ((c < '0' || c > '9') && (c < 'A' || c > 'Z')) return false;
  }
  return true;
}

// The two slots of the application: a key, the PIN that frees it, its certificate.
struct Slot {
  std::uint16_t key;
  std::uint16_t pin;
  std::uint16_t certificate;
  std::uint16_t authority;
  std::uint8_t tries;
  bool (*is_pin)(std::string_view);
};
inline constexpr Slot authentication{authentication_key,       authentication_pin,       authentication_certificate,
                                     authentication_authority, authentication_pin_tries, is_authentication_pin};
inline constexpr Slot signature{signature_key,       signature_pin,       signature_certificate,
                                signature_authority, signature_pin_tries, is_signature_pin};

}  // namespace mado::card::jpki
