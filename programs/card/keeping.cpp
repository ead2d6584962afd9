#include "keeping.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "card/virtual_card/rsa_key.hpp"
#include "card/virtual_card/state_file.hpp"
#include "operation/arguments.hpp"

namespace mado::card {

namespace {
namespace files = std::filesystem;

struct Making {
  std::string state;
  std::string pin;
  std::string signature_pin;
  std::int64_t bits = 2048;
  std::string public_out;
};

Outcome<SlotMemory> make_slot(const jpki::Slot& rules, const std::string& pin, std::int64_t bits, Bytes& public_key) {
  MADO_TRY(key, RsaKey::generate(static_cast<int>(bits)));
  public_key = key.public_der();
  SlotMemory slot;
  slot.pin = Sensitive{pin};
  slot.tries = rules.tries;
  slot.key = key.private_der();
  return slot;
}

Outcome<void> write_public_key(const files::path& directory, const std::string& name, ByteView der) {
  std::error_code error;
  files::create_directories(directory, error);
  std::ofstream file(directory / name, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(der.data()), static_cast<std::streamsize>(der.size()));
  file.close();
  if (!file) return refuse(Reason::storage_failed, fmt::format("{} cannot be written", (directory / name).string()));
  return {};
}

Outcome<void> make(const Making& asked) {
  if (!jpki::is_authentication_pin(asked.pin)) return refuse(Reason::input_invalid, "--pin must have 4 digits");
  if (!jpki::is_signature_pin(asked.signature_pin)) {
    return refuse(Reason::input_invalid, "--signature-pin must have 6 to 16 capital letters and digits");
  }
  MADO_TRY(state, StateFile::claim(asked.state));
  if (state->exists()) return refuse(Reason::input_invalid, fmt::format("{} exists already", asked.state));
  CardMemory memory;
  Bytes authentication_key;
  Bytes signature_key;
  MADO_TRY(authentication, make_slot(jpki::authentication, asked.pin, asked.bits, authentication_key));
  MADO_TRY(signature, make_slot(jpki::signature, asked.signature_pin, asked.bits, signature_key));
  memory.authentication = std::move(authentication);
  memory.signature = std::move(signature);
  if (!asked.public_out.empty()) {
    MADO_CHECK(write_public_key(asked.public_out, "authentication.spki.der", authentication_key));
    MADO_CHECK(write_public_key(asked.public_out, "signature.spki.der", signature_key));
  }
  return state->write("card_made"_point, memory);
}

struct Installing {
  std::string state;
  std::string authentication_certificate;
  std::string authentication_authority;
  std::string signature_certificate;
  std::string signature_authority;
};

// A certificate's file, if it fits the card's.
Outcome<Bytes> read_certificate(const files::path& path) {
  std::ifstream file(path, std::ios::binary);
  Bytes der(jpki::certificate_file_size + 1);
  file.read(reinterpret_cast<char*>(der.data()), static_cast<std::streamsize>(der.size()));
  if (!file.is_open() || file.bad())
    return refuse(Reason::input_invalid, fmt::format("{} cannot be read", path.string()));
  der.resize(static_cast<std::size_t>(file.gcount()));
  if (der.size() > jpki::certificate_file_size) {
    return refuse(Reason::input_invalid, fmt::format("{}: longer than the card's file of 1900 bytes", path.string()));
  }
  const auto key = public_key_of_certificate(der);
  if (!key) return refuse(Reason::input_invalid, fmt::format("{}: {}", path.string(), key.error().cause));
  return der;
}

Outcome<void> install_into(SlotMemory& slot, const files::path& certificate_file, const files::path& authority_file) {
  MADO_TRY(certificate, read_certificate(certificate_file));
  MADO_TRY(authority, read_certificate(authority_file));
  MADO_TRY(certified, public_key_of_certificate(certificate));
  MADO_TRY(key, RsaKey::from_private_der(slot.key.reveal()));
  if (certified != key.public_der()) {
    return refuse(Reason::input_invalid, fmt::format("{}: for another key than the card's", certificate_file.string()));
  }
  slot.certificate = std::move(certificate);
  slot.authority = std::move(authority);
  return {};
}

Outcome<void> install(const Installing& asked) {
  if (asked.authentication_certificate.empty() != asked.authentication_authority.empty() ||
      asked.signature_certificate.empty() != asked.signature_authority.empty()) {
    return refuse(Reason::input_invalid, "a certificate and its authority's belong together");
  }
  MADO_TRY(state, StateFile::claim(asked.state));
  MADO_TRY(memory, state->read());
  if (!asked.authentication_certificate.empty()) {
    MADO_CHECK(install_into(memory.authentication, asked.authentication_certificate, asked.authentication_authority));
  }
  if (!asked.signature_certificate.empty()) {
    MADO_CHECK(install_into(memory.signature, asked.signature_certificate, asked.signature_authority));
  }
  return state->write("card_certificates_installed"_point, memory);
}
}  // namespace

int run_make(const std::vector<std::string>& words) {
  Making asked;
  operation::Arguments arguments("madoguchi-card make", "Makes a virtual card: two keys, two PINs, no certificates.");
  arguments.required("--state", asked.state, "The card's memory, made here (mode 0600)");
  arguments.required("--pin", asked.pin, "PIN of the authentication key (利用者証明用): 4 digits");
  arguments.required("--signature-pin", asked.signature_pin, "PIN of the signature key (署名用): 6 to 16 of A-Z, 0-9");
  arguments.optional("--rsa-bits", asked.bits, 2048, 4096, "Length of the keys");
  arguments.optional("--public-out", asked.public_out, "Directory for authentication.spki.der and signature.spki.der");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-card", make(asked));
}

int run_install(const std::vector<std::string>& words) {
  Installing asked;
  operation::Arguments arguments("madoguchi-card install",
                                 "Puts certificates (DER) on a card that is not being served.");
  arguments.required("--state", asked.state, "The card's memory");
  arguments.optional("--authentication-certificate", asked.authentication_certificate, "利用者証明用電子証明書");
  arguments.optional("--authentication-authority", asked.authentication_authority, "Its CA's certificate");
  arguments.optional("--signature-certificate", asked.signature_certificate, "署名用電子証明書");
  arguments.optional("--signature-authority", asked.signature_authority, "Its CA's certificate");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-card", install(asked));
}

}  // namespace mado::card
