#include "card/virtual_card/virtual_card.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "card/virtual_card/rsa_key.hpp"
#include "card/virtual_card/token_information.hpp"

namespace mado::card {

namespace {
// Status words, ISO/IEC 7816-4:2005 §5.1.3, Tables 5 and 6.
constexpr std::uint16_t ok = 0x9000;
constexpr std::uint16_t bytes_waiting = 0x6100;
constexpr std::uint16_t tries_remain = 0x63C0;
constexpr std::uint16_t memory_failure = 0x6581;
constexpr std::uint16_t wrong_length = 0x6700;
constexpr std::uint16_t no_logical_channel = 0x6881;
constexpr std::uint16_t no_secure_messaging = 0x6882;
constexpr std::uint16_t wrong_file_type = 0x6981;
constexpr std::uint16_t security_not_satisfied = 0x6982;
constexpr std::uint16_t reference_unusable = 0x6984;
constexpr std::uint16_t conditions_not_satisfied = 0x6985;
constexpr std::uint16_t no_current_file = 0x6986;
constexpr std::uint16_t wrong_data = 0x6A80;
constexpr std::uint16_t file_not_found = 0x6A82;
constexpr std::uint16_t wrong_parameters = 0x6A86;
constexpr std::uint16_t reference_not_found = 0x6A88;
constexpr std::uint16_t past_the_end = 0x6B00;
constexpr std::uint16_t unknown_instruction = 0x6D00;
constexpr std::uint16_t unknown_class = 0x6E00;
constexpr std::uint16_t no_diagnosis = 0x6F00;

constexpr std::size_t longest_pin = 16;  // bytes

constexpr std::array certificate_files{jpki::signature_certificate, jpki::signature_authority,
                                       jpki::authentication_certificate, jpki::authentication_authority};
constexpr std::array pin_files{jpki::authentication_pin, jpki::signature_pin};
constexpr std::array key_files{jpki::authentication_key, jpki::signature_key};

template <typename Files>
bool is_among(const Files& files, std::uint16_t file) {
  return std::ranges::find(files, file) != files.end();
}

bool is_readable(std::uint16_t file) {
  return is_among(certificate_files, file) || file == jpki::token_information || file == jpki::availability;
}
bool exists(std::uint16_t file) { return is_readable(file) || is_among(pin_files, file) || is_among(key_files, file); }

ResponseApdu status(std::uint16_t sw) { return {{}, sw}; }

// P2 of VERIFY and of the signature: 80 means the current file, 80 | SFI names one by its short identifier.
std::optional<std::uint16_t> referenced_file(std::uint8_t p2, std::optional<std::uint16_t> current) {
  if ((p2 & 0xE0) != 0x80) return std::nullopt;
  const auto short_identifier = static_cast<std::uint16_t>(p2 & 0x1F);
  return short_identifier == 0 ? current : short_identifier;
}

// DigestInfo of a SHA-256 digest, RFC 8017 §9.2 note 1.
Bytes sha256_digest_info(ByteView digest) {
  Bytes info{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
             0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
  info.insert(info.end(), digest.begin(), digest.end());
  return info;
}

// What is signed for each P1: 00 the data as it is, 01 its SHA-256 bare, 02 a digest, 03 the data's digest.
std::optional<Bytes> input_of_signature(std::uint8_t p1, ByteView data) {
  constexpr std::size_t digest_size = 32;
  switch (p1) {
    case 0x00:
      return Bytes(data.begin(), data.end());
    case 0x01:
      return sha256(data);
    case 0x02:
      return data.size() == digest_size ? std::optional{sha256_digest_info(data)} : std::nullopt;
    default:
      return sha256_digest_info(sha256(data));
  }
}

Bytes padded_certificate(ByteView certificate) {
  Bytes file(certificate.begin(), certificate.end());
  file.resize(jpki::certificate_file_size);
  return file;
}
}  // namespace

Outcome<VirtualCard> VirtualCard::open(CardMemory memory, MemoryPort& port) {
  MADO_TRY(authentication, RsaKey::from_private_der(memory.authentication.key.reveal()));
  MADO_TRY(signature, RsaKey::from_private_der(memory.signature.key.reveal()));
  return open(std::move(memory), port,
              {std::make_shared<const RsaKey>(std::move(authentication)),
               std::make_shared<const RsaKey>(std::move(signature))});
}

VirtualCard VirtualCard::open(CardMemory memory, MemoryPort& port, Keys keys) {
  return VirtualCard{std::move(memory), port, std::move(keys)};
}

VirtualCard::VirtualCard(CardMemory memory, MemoryPort& port, Keys keys)
    : memory_(std::move(memory)), port_(&port), keys_(std::move(keys)) {}

Bytes VirtualCard::atr() { return {0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14}; }

void VirtualCard::reset() {
  selected_ = false;
  file_.reset();
  authentication_verified_ = false;
  signature_verified_ = false;
  waiting_.clear();
}

Bytes VirtualCard::answer(ByteView command) {
  const auto parsed = CommandApdu::parse(command);
  if (!parsed) return status(wrong_length).encoded();
  if (parsed->ins != 0xC0) waiting_.clear();
  return run(*parsed).encoded();
}

ResponseApdu VirtualCard::run(const CommandApdu& command) {
  if (command.cla == 0x80)
    return command.ins == 0x2A ? compute_digital_signature(command) : status(unknown_instruction);
  if (command.cla != 0x00) {
    if (command.cla <= 0x03) return status(no_logical_channel);
    return status(command.cla <= 0x0F ? no_secure_messaging : unknown_class);
  }
  switch (command.ins) {
    case 0xA4:
      return select(command);
    case 0xB0:
      return read_binary(command);
    case 0x20:
      return verify(command);
    case 0x24:
      return change_reference_data(command);
    case 0xC0:
      return get_response(command);
    default:
      return status(unknown_instruction);
  }
}

ResponseApdu VirtualCard::select(const CommandApdu& command) {
  if (command.p1 == 0x04) return select_application(command);
  if (command.p1 == 0x02) return select_file(command);
  // 3F00 and other ways of naming a file do not exist on this card.
  return status(command.data.reveal().empty() ? wrong_parameters : file_not_found);
}

ResponseApdu VirtualCard::select_application(const CommandApdu& command) {
  if (command.p2 != 0x00 && command.p2 != 0x0C) return status(wrong_parameters);
  if (!std::ranges::equal(command.data.reveal(), jpki::application_id)) return status(file_not_found);
  reset();
  selected_ = true;
  if (command.p2 == 0x0C) return status(ok);
  // FCI template with the DF name, 7816-4:2005 §5.3.3.
  constexpr auto name_size = static_cast<std::uint8_t>(jpki::application_id.size());
  Bytes control{0x6F, name_size + 2, 0x84, name_size};
  control.insert(control.end(), jpki::application_id.begin(), jpki::application_id.end());
  return deliver(std::move(control), command.expected.value_or(256));
}

ResponseApdu VirtualCard::select_file(const CommandApdu& command) {
  if (command.p2 != 0x0C) return status(wrong_parameters);
  if (!selected_) return status(file_not_found);
  const auto& name = command.data.reveal();
  if (name.size() != 2) return status(wrong_length);
  const auto file = static_cast<std::uint16_t>(name[0] << 8 | name[1]);
  if (!exists(file)) return status(file_not_found);
  file_ = file;
  return status(ok);
}

ResponseApdu VirtualCard::read_binary(const CommandApdu& command) {
  if (!command.expected || !command.data.reveal().empty()) return status(wrong_length);
  if (!selected_) return status(no_current_file);
  std::size_t offset = static_cast<std::size_t>(command.p1) << 8 | command.p2;
  if ((command.p1 & 0x80) != 0) {
    if ((command.p1 & 0x60) != 0) return status(wrong_parameters);
    const auto file = static_cast<std::uint16_t>(command.p1 & 0x1F);
    if (!exists(file)) return status(file_not_found);
    file_ = file;
    offset = command.p2;
  }
  if (!file_) return status(no_current_file);
  if (!is_readable(*file_)) return status(wrong_file_type);
  if (*file_ == jpki::signature_certificate && !signature_verified_) return status(security_not_satisfied);
  const auto content = content_of(*file_);
  if (offset >= content.size()) return status(past_the_end);
  const auto length = std::min<std::size_t>(*command.expected, content.size() - offset);
  const auto begin = content.begin() + static_cast<std::ptrdiff_t>(offset);
  return {Bytes(begin, begin + static_cast<std::ptrdiff_t>(length)), ok};
}

ResponseApdu VirtualCard::verify(const CommandApdu& command) {
  if (command.p1 != 0x00) return status(wrong_parameters);
  const auto file = referenced_file(command.p2, file_);
  if (!selected_ || !file || !is_among(pin_files, *file)) return status(reference_not_found);
  const auto& offered = command.data.reveal();
  if (offered.empty()) return status(tries_remain | slot_of_pin(*file).tries);
  if (offered.size() > longest_pin) return status(wrong_length);
  return compare_pin(*file, offered);
}

ResponseApdu VirtualCard::compare_pin(std::uint16_t file, ByteView offered) {
  auto& slot = slot_of_pin(file);
  set_verified(file, false);
  if (slot.tries == 0) return status(reference_unusable);

  // The try is spent, durably, before anything about the PIN can be learnt from the answer or from its absence.
  --slot.tries;
  if (!port_->write("card_try_spent"_point, memory_)) {
    ++slot.tries;
    return status(memory_failure);
  }
  if (!equal_in_constant_time(view_of(slot.pin.reveal()), offered)) return status(tries_remain | slot.tries);

  const auto spent = slot.tries;
  slot.tries = file == jpki::authentication_pin ? jpki::authentication_pin_tries : jpki::signature_pin_tries;
  if (!port_->write("card_tries_restored"_point, memory_)) {
    slot.tries = spent;
    return status(memory_failure);
  }
  set_verified(file, true);
  return status(ok);
}

ResponseApdu VirtualCard::change_reference_data(const CommandApdu& command) {
  if (command.p1 != 0x01) return status(wrong_parameters);
  const auto file = referenced_file(command.p2, file_);
  if (!selected_ || !file || !is_among(pin_files, *file)) return status(reference_not_found);
  if (!is_verified(*file)) return status(security_not_satisfied);
  auto pin = Sensitive{string_of(command.data.reveal())};
  const auto& rules = *file == jpki::authentication_pin ? jpki::authentication : jpki::signature;
  if (!rules.is_pin(pin.reveal())) return status(wrong_data);
  auto& slot = slot_of_pin(*file);
  std::swap(slot.pin, pin);
  if (port_->write("card_pin_changed"_point, memory_)) return status(ok);
  std::swap(slot.pin, pin);
  return status(memory_failure);
}

ResponseApdu VirtualCard::compute_digital_signature(const CommandApdu& command) {
  if (command.p1 > 0x03) return status(wrong_parameters);
  const auto file = referenced_file(command.p2, file_);
  if (!selected_ || !file || !is_among(key_files, *file)) return status(reference_not_found);
  const bool with_authentication_key = *file == jpki::authentication_key;
  if (!is_verified(with_authentication_key ? jpki::authentication_pin : jpki::signature_pin)) {
    return status(security_not_satisfied);
  }
  const auto& key = *(with_authentication_key ? keys_.authentication : keys_.signature);
  const auto input =
      command.data.reveal().empty() ? std::nullopt : input_of_signature(command.p1, command.data.reveal());
  if (!input || input->size() > key.largest_input()) return status(wrong_length);
  auto signature = key.sign(*input);
  if (!signature) return status(no_diagnosis);
  return deliver(std::move(*signature), command.expected);
}

ResponseApdu VirtualCard::get_response(const CommandApdu& command) {
  if (waiting_.empty()) return status(conditions_not_satisfied);
  if (command.p1 != 0 || command.p2 != 0) return status(wrong_parameters);
  if (!command.expected) return status(wrong_length);
  return deliver(std::exchange(waiting_, {}), command.expected);
}

ResponseApdu VirtualCard::deliver(Bytes data, std::optional<std::uint32_t> expected) {
  const auto now = std::min<std::size_t>(expected.value_or(0), data.size());
  waiting_.assign(data.begin() + static_cast<std::ptrdiff_t>(now), data.end());
  data.resize(now);
  if (waiting_.empty()) return {std::move(data), ok};
  const auto rest = waiting_.size() >= 256 ? 0 : waiting_.size();
  return {std::move(data), static_cast<std::uint16_t>(bytes_waiting | rest)};
}

SlotMemory& VirtualCard::slot_of_pin(std::uint16_t file) {
  return file == jpki::authentication_pin ? memory_.authentication : memory_.signature;
}

bool VirtualCard::is_verified(std::uint16_t pin_file) const {
  return pin_file == jpki::authentication_pin ? authentication_verified_ : signature_verified_;
}

void VirtualCard::set_verified(std::uint16_t pin_file, bool verified) {
  (pin_file == jpki::authentication_pin ? authentication_verified_ : signature_verified_) = verified;
}

Bytes VirtualCard::content_of(std::uint16_t file) const {
  switch (file) {
    case jpki::signature_certificate:
      return padded_certificate(memory_.signature.certificate);
    case jpki::signature_authority:
      return padded_certificate(memory_.signature.authority);
    case jpki::authentication_certificate:
      return padded_certificate(memory_.authentication.certificate);
    case jpki::authentication_authority:
      return padded_certificate(memory_.authentication.authority);
    case jpki::token_information:
      return token_information();
    default:
      return availability(!memory_.signature.certificate.empty(), !memory_.authentication.certificate.empty());
  }
}

}  // namespace mado::card
