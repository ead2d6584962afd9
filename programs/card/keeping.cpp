#include "keeping.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>

#include "card/virtual_card/rsa_key.hpp"
#include "card/virtual_card/state_file.hpp"
#include "operation/hardening.hpp"

namespace mado::card {

namespace {
namespace files = std::filesystem;

// Parses the words of one command and runs it; the exit codes of run_program.
int run_command(CLI::App& app, std::vector<std::string> words, const std::function<Outcome<void>()>& act) {
  std::ranges::reverse(words);  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  auto done = operation::harden_process();
  if (done) done = act();
  if (done) return 0;
  fmt::print(stderr, "{}: {}\n", app.get_name(), done.error().cause);
  return 2;
}

struct Making {
  files::path state;
  std::string pin;
  std::string signature_pin;
  int bits = 2048;
  files::path public_out;
};

Outcome<SlotMemory> make_slot(const jpki::Slot& rules, const std::string& pin, int bits, Bytes& public_key) {
  MADO_TRY(key, RsaKey::generate(bits));
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
  if (state->exists()) return refuse(Reason::input_invalid, fmt::format("{} exists already", asked.state.string()));
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
  return state->write(memory);
}

struct Installing {
  files::path state;
  files::path authentication_certificate;
  files::path authentication_authority;
  files::path signature_certificate;
  files::path signature_authority;
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
  MADO_TRY(state, StateFile::claim(asked.state));
  MADO_TRY(memory, state->read());
  if (!asked.authentication_certificate.empty()) {
    MADO_CHECK(install_into(memory.authentication, asked.authentication_certificate, asked.authentication_authority));
  }
  if (!asked.signature_certificate.empty()) {
    MADO_CHECK(install_into(memory.signature, asked.signature_certificate, asked.signature_authority));
  }
  return state->write(memory);
}
}  // namespace

int run_make(const std::vector<std::string>& words) {
  Making asked;
  CLI::App app{"Makes a virtual card: two keys, two PINs, no certificates", "madoguchi-card make"};
  app.add_option("--state", asked.state, "The card's memory, made here (mode 0600)")->required();
  app.add_option("--pin", asked.pin, "PIN of the authentication key (利用者証明用): 4 digits")->required();
  app.add_option("--signature-pin", asked.signature_pin, "PIN of the signature key (署名用): 6 to 16 of A-Z, 0-9")
      ->required();
  app.add_option("--rsa-bits", asked.bits, "Length of the keys")->check(CLI::Range(2048, 4096));
  app.add_option("--public-out", asked.public_out, "Directory for authentication.spki.der and signature.spki.der");
  return run_command(app, words, [&] { return make(asked); });
}

int run_install(const std::vector<std::string>& words) {
  Installing asked;
  CLI::App app{"Puts certificates (DER) on a virtual card that is not being served", "madoguchi-card install"};
  app.add_option("--state", asked.state, "The card's memory")->required();
  auto* authentication =
      app.add_option("--authentication-certificate", asked.authentication_certificate, "利用者証明用");
  auto* authentication_authority =
      app.add_option("--authentication-authority", asked.authentication_authority, "Its CA's");
  auto* signature = app.add_option("--signature-certificate", asked.signature_certificate, "署名用");
  auto* signature_authority = app.add_option("--signature-authority", asked.signature_authority, "Its CA's");
  authentication->needs(authentication_authority);
  authentication_authority->needs(authentication);
  signature->needs(signature_authority);
  signature_authority->needs(signature);
  return run_command(app, words, [&] { return install(asked); });
}

}  // namespace mado::card
