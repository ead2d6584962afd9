#include "card/jpki_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mado::card {

namespace {
constexpr std::uint16_t ok = 0x9000;
constexpr std::uint16_t security_not_satisfied = 0x6982;
constexpr std::uint16_t method_blocked = 0x6983;
constexpr std::uint16_t reference_unusable = 0x6984;
constexpr std::uint16_t file_not_found = 0x6A82;

constexpr std::size_t largest_answer = 4096;      // bytes gathered by GET RESPONSE; a signature has 256 or 512
constexpr std::uint32_t largest_read = 256;       // bytes: short fields, which every reader carries
constexpr std::size_t largest_digest_info = 245;  // RFC 8017 §9.2: 256 − 11

bool is_counter(std::uint16_t sw) { return (sw & 0xFFF0) == 0x63C0; }
bool is_blocked(std::uint16_t sw) { return sw == method_blocked || sw == reference_unusable; }
bool has_more(std::uint16_t sw) { return sw >> 8 == 0x61; }
bool has_other_length(std::uint16_t sw) { return sw >> 8 == 0x6C; }
std::uint32_t announced_length(std::uint16_t sw) { return (sw & 0xFF) == 0 ? 256U : sw & 0xFFU; }

Refusal unexpected_status(std::string_view step, std::uint16_t sw) {
  // The PIN was verified in this session: a card that says otherwise was off the reader in between.
  if (sw == security_not_satisfied) {
    return {Reason::card_removed_early, fmt::format("{}: status 6982, the PIN is no longer verified", step)};
  }
  return {Reason::card_answer_unreadable, fmt::format("{}: status {}", step, status_text(sw))};
}

PinRefusal blocked(std::uint16_t sw) {
  return {{Reason::pin_blocked, fmt::format("VERIFY: status {}", status_text(sw))}, 0};
}

// The length of the DER value that begins with these four bytes; 0 if it is no certificate (30 82 hi lo).
std::size_t certificate_length(ByteView head) {
  if (head.size() != 4 || head[0] != 0x30 || head[1] != 0x82) return 0;
  return std::size_t{4} + static_cast<std::size_t>(head[2] << 8 | head[3]);
}
}  // namespace

Outcome<JpkiCard> JpkiCard::begin(Reader& reader) {
  MADO_TRY(atr, reader.power_on());
  JpkiCard card{reader};
  MADO_TRY(answer, card.exchange(CommandApdu::select_application(jpki::application_id)));
  if (answer.sw == ok) return card;
  // A card of another kind answers the name of the application with one of many "no" of its own.
  return refuse(Reason::card_not_supported,
                fmt::format("SELECT: status {}, ATR {}", status_text(answer.sw), to_hex(atr)));
}

JpkiCard::JpkiCard(JpkiCard&& other) noexcept : reader_(std::exchange(other.reader_, nullptr)) {}

JpkiCard::~JpkiCard() { end(); }

void JpkiCard::end() {
  auto* reader = std::exchange(reader_, nullptr);
  if (reader == nullptr) return;
  // Nothing depends on the answer: power is taken away next, and a card that is gone has forgotten already.
  (void)reader->transmit(CommandApdu::select_application(jpki::application_id).encoded().reveal());
  reader->power_off();
}

Outcome<std::string> JpkiCard::label() {
  MADO_CHECK(select_slot_file(jpki::token_information));
  MADO_TRY(bytes, read(0, jpki::label_size));
  auto text = string_of(bytes);
  const bool plain = std::ranges::all_of(text, [](char c) { return c == '\0' || (c >= ' ' && c <= '~'); });
  if (!plain) return refuse(Reason::card_answer_unreadable, "the token's label is not ASCII");
  text.erase(text.find_last_not_of(std::string_view(" \0", 2)) + 1);
  return text;
}

Outcome<unsigned> JpkiCard::tries_left(const jpki::Slot& slot) {
  MADO_CHECK(select_slot_file(slot.pin));
  MADO_TRY(answer, exchange(CommandApdu::verify_query()));
  if (is_counter(answer.sw)) return answer.sw & 0x0FU;
  if (is_blocked(answer.sw)) return 0U;
  return std::unexpected(unexpected_status("VERIFY (query)", answer.sw));
}

std::expected<void, PinRefusal> JpkiCard::verify(const jpki::Slot& slot, const Sensitive<std::string>& pin) {
  const auto pass_on = [](Refusal refusal) { return std::unexpected(PinRefusal{std::move(refusal), std::nullopt}); };
  if (!slot.is_pin(pin.reveal()))
    return pass_on({Reason::input_invalid, "the PIN has not the form of this slot's PIN"});
  if (auto selected = select_slot_file(slot.pin); !selected) return pass_on(std::move(selected.error()));
  auto answer = exchange(CommandApdu::verify(view_of(pin.reveal())));
  if (!answer) return pass_on(std::move(answer.error()));

  const auto sw = answer->sw;
  if (sw == ok) return {};
  if (is_blocked(sw) || sw == 0x63C0) return std::unexpected(blocked(sw));
  if (!is_counter(sw))
    return pass_on({Reason::card_answer_unreadable, fmt::format("VERIFY: status {}", status_text(sw))});
  return std::unexpected(
      PinRefusal{{Reason::pin_wrong, fmt::format("VERIFY: status {}", status_text(sw))}, sw & 0x0FU});
}

Outcome<Bytes> JpkiCard::read_certificate(const jpki::Slot& slot) {
  MADO_CHECK(select_slot_file(slot.certificate));
  MADO_TRY(head, read(0, 4));
  const auto length = certificate_length(head);
  if (length == 0)
    return refuse(Reason::card_has_no_certificate, "the certificate's file does not begin with a certificate");
  if (length > jpki::certificate_file_size) {
    return refuse(Reason::card_answer_unreadable,
                  fmt::format("a certificate of {} bytes is longer than its file", length));
  }
  Bytes certificate;
  certificate.reserve(length);
  while (certificate.size() < length) {
    const auto wanted = std::min<std::size_t>(largest_read, length - certificate.size());
    MADO_TRY(part, read(static_cast<std::uint16_t>(certificate.size()), static_cast<std::uint32_t>(wanted)));
    certificate.insert(certificate.end(), part.begin(), part.end());
  }
  return certificate;
}

Outcome<Bytes> JpkiCard::sign(const jpki::Slot& slot, ByteView digest_info) {
  if (digest_info.empty() || digest_info.size() > largest_digest_info) {
    return refuse(Reason::input_invalid, fmt::format("{} bytes cannot be signed", digest_info.size()));
  }
  MADO_CHECK(select_slot_file(slot.key));
  MADO_TRY(answer, exchange(CommandApdu::compute_digital_signature(digest_info)));
  if (answer.sw != ok) return std::unexpected(unexpected_status("COMPUTE DIGITAL SIGNATURE", answer.sw));
  if (answer.data.empty()) return refuse(Reason::card_answer_unreadable, "COMPUTE DIGITAL SIGNATURE: no signature");
  return std::move(answer.data);
}

Outcome<void> JpkiCard::select_slot_file(std::uint16_t file) {
  MADO_TRY(answer, exchange(CommandApdu::select_file(file)));
  if (answer.sw == ok) return {};
  if (answer.sw == file_not_found)
    return refuse(Reason::card_has_no_certificate, fmt::format("file {:04X} does not exist", file));
  return std::unexpected(unexpected_status(fmt::format("SELECT {:04X}", file), answer.sw));
}

// Exactly `length` bytes of the selected file.
Outcome<Bytes> JpkiCard::read(std::uint16_t offset, std::uint32_t length) {
  MADO_TRY(answer, exchange(CommandApdu::read_binary(offset, length)));
  if (answer.sw != ok) return std::unexpected(unexpected_status("READ BINARY", answer.sw));
  if (answer.data.size() != length) {
    return refuse(Reason::card_answer_unreadable,
                  fmt::format("READ BINARY: {} bytes instead of {}", answer.data.size(), length));
  }
  return std::move(answer.data);
}

// A command and its whole answer: repeats with the right Le (6Cxx), fetches what did not fit (61xx).
Outcome<ResponseApdu> JpkiCard::exchange(const CommandApdu& command) {
  if (reader_ == nullptr) return refuse(Reason::card_removed_early, "the card's session has ended");
  MADO_TRY(answer, transmit(command));
  if (!has_other_length(answer.sw)) return fetch_rest(std::move(answer));
  CommandApdu again{command.cla, command.ins, command.p1, command.p2, command.data.copy(), announced_length(answer.sw)};
  MADO_TRY(second, transmit(again));
  return fetch_rest(std::move(second));
}

Outcome<ResponseApdu> JpkiCard::fetch_rest(ResponseApdu first) {
  while (has_more(first.sw)) {
    MADO_TRY(next, transmit(CommandApdu::get_response(announced_length(first.sw))));
    const bool stalls = has_more(next.sw) && next.data.empty();
    if (stalls || first.data.size() + next.data.size() > largest_answer) {
      return refuse(Reason::card_answer_unreadable, "GET RESPONSE: an answer without end");
    }
    first.data.insert(first.data.end(), next.data.begin(), next.data.end());
    first.sw = next.sw;
  }
  return first;
}

Outcome<ResponseApdu> JpkiCard::transmit(const CommandApdu& command) {
  const auto wire = command.encoded();
  MADO_TRY(bytes, reader_->transmit(wire.reveal()));
  auto answer = ResponseApdu::parse(bytes);
  if (!answer) return refuse(Reason::card_answer_unreadable, answer.error());
  return std::move(*answer);
}

}  // namespace mado::card
