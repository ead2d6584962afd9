#include "card/virtual_card/token_information.hpp"

#include <string>

#include "card/jpki.hpp"

namespace mado::card {

namespace {
void put_text(Bytes& file, std::string text, std::size_t size, char filler = ' ') {
  text.resize(size, filler);
  file.insert(file.end(), text.begin(), text.end());
}

void put_number(Bytes& file, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) file.push_back(static_cast<std::uint8_t>(value >> shift));
}
}  // namespace

Bytes token_information() {
  // CKF_RNG | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED
  constexpr std::uint32_t flags = 0x0000040D;
  constexpr std::uint32_t not_known = 0xFFFFFFFF;
  Bytes file;
  file.reserve(jpki::token_information_size);
  put_text(file, "JPKIAPICCTOKEN2", jpki::label_size);
  put_text(file, std::string(31, '0') + "1", 32);  // manufacturer
  put_text(file, "MADOGUCHI", 16);                 // model
  put_text(file, "0000000000000001", 16);          // serial number
  put_number(file, flags);
  for (const std::uint32_t sessions : {1U, 0U, 1U, 0U}) put_number(file, sessions);
  put_number(file, 16);  // longest PIN
  put_number(file, 6);   // shortest
  for (int memory = 0; memory < 4; ++memory) put_number(file, not_known);
  put_text(file, "03", 2);  // hardware
  put_text(file, "01", 2);  // firmware
  put_text(file, "", 16, '9');
  return file;
}

Bytes availability(bool has_signature_certificate, bool has_authentication_certificate) {
  constexpr std::uint8_t installed = 0x8F;
  const auto byte_for = [](bool has) { return has ? installed : std::uint8_t{0}; };
  return {byte_for(has_signature_certificate), byte_for(has_authentication_certificate), 0};
}

}  // namespace mado::card
