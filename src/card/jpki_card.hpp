// The reader's side of the JPKI application: what a kiosk or a counter does with the card of the person before it.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"
#include "card/apdu.hpp"
#include "card/jpki.hpp"
#include "card/reader.hpp"

namespace mado::card {

// Why a PIN was not accepted, and what the citizen must be told with it: how many tries remain.
struct PinRefusal {
  Refusal refusal;
  std::optional<unsigned> tries_left;  // with pin_wrong ≥ 1, with pin_blocked 0, else not known
};

// One session with one card. Ends (PIN unverified, card powered off) when it is destroyed. The reader must outlive it.
//
// Refusals that every call may give, beside its own:
//   card_removed_early      the card was lifted, or lost its power, on the way
//   card_no_answer          silence, or the reader is gone
//   card_answer_unreadable  an answer that is no APDU or a status that is not expected here; the cause holds the status
class JpkiCard {
 public:
  // Powers the card and selects the application. Refusal: card_not_supported if the card does not have it.
  static Outcome<JpkiCard> begin(Reader& reader);

  JpkiCard(JpkiCard&& other) noexcept;
  JpkiCard& operator=(JpkiCard&&) = delete;
  ~JpkiCard();

  // The label of the token information, without padding: "JPKIAPICCTOKEN2" on a card of today, ≤ 32 bytes of ASCII.
  Outcome<std::string> label();

  // How many wrong PINs the card will still take, 0–15; 0: blocked. Asking costs no try.
  // Refusal: card_has_no_certificate if the slot does not exist.
  Outcome<unsigned> tries_left(const jpki::Slot& slot);

  // Offers a PIN. A PIN of the wrong form is refused with input_invalid before the card sees it, so it costs no try.
  // Refusals: pin_wrong, pin_blocked (also when this was the last try), card_has_no_certificate.
  std::expected<void, PinRefusal> verify(const jpki::Slot& slot, const Sensitive<std::string>& pin);

  // The slot's certificate as DER, 1–1,900 bytes. By house rule it is read after VERIFY, which a card in a telephone
  // needs. Refusal: card_has_no_certificate if none is installed.
  Outcome<Bytes> read_certificate(const jpki::Slot& slot);

  // Signs: RSASSA-PKCS1-v1_5 over `digest_info` (DER DigestInfo, RFC 8017 §9.2, 1–245 bytes) with the slot's key.
  // The PIN must have been verified in this session; a card that does not know it any more gives card_removed_early.
  // Refusals: card_has_no_certificate (no such key), input_invalid (length).
  Outcome<Bytes> sign(const jpki::Slot& slot, ByteView digest_info);

  // Selects the application again, which forgets the PIN, and powers the card off. Called by the destructor, too.
  void end();

 private:
  explicit JpkiCard(Reader& reader) : reader_(&reader) {}

  Outcome<ResponseApdu> exchange(const CommandApdu& command);
  Outcome<ResponseApdu> transmit(const CommandApdu& command);
  Outcome<ResponseApdu> fetch_rest(ResponseApdu first);
  Outcome<void> select_slot_file(std::uint16_t file);
  Outcome<Bytes> read(std::uint16_t offset, std::uint32_t length);

  Reader* reader_;  // null once the session has ended
};

}  // namespace mado::card
