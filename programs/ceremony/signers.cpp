// Those who sign statements: kiosks, cities, centers, and the holders of the roster.
#include <fmt/format.h>

#include <algorithm>

#include "authority.hpp"
#include "commands.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"

namespace mado::ceremony {

namespace {
constexpr std::size_t longest_kiosk_name = 32;  // contracts: Opening.kiosk
constexpr std::size_t municipality_code_length = 6;

bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= longest_kiosk_name && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_municipality_code(std::string_view code) {
  return code.size() == municipality_code_length &&
         std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

Place kiosk_authority_place(const std::filesystem::path& directory) { return {directory, "kiosk-authority"}; }

Outcome<KeyPair> kiosk_authority(const std::filesystem::path& directory) {
  return authority_at(kiosk_authority_place(directory), {{"O", "Madoguchi"}, {"CN", "Madoguchi kiosk authority"}},
                      operation::now());
}

// What the certificate's OU says of where a kiosk stands: the hours that a city gives it depend on it.
bool is_channel(std::string_view channel) { return channel == "store" || channel == "issuing-machine"; }

Outcome<void> kiosk(const std::filesystem::path& directory, const std::string& name, const std::string& channel) {
  if (!is_plain(name)) return refuse(Reason::input_invalid, "a kiosk's name has 1 to 32 letters, digits and hyphens");
  if (!is_channel(channel)) return refuse(Reason::input_invalid, "a kiosk's channel is store or issuing-machine");
  std::error_code error;
  if (!std::filesystem::exists(kiosk_authority_place(directory).certificate(), error)) {
    return refuse(Reason::input_invalid,
                  "there is no kiosk authority yet: madoguchi-ceremony kiosk-authority makes it");
  }
  MADO_TRY(authority, kiosk_authority(directory));
  const Membership membership{{{"O", "Madoguchi"}, {"OU", channel}, {"CN", name}}, trust::digital_signature, {}};
  MADO_CHECK(member_at({directory, name}, membership, authority, operation::now()));
  return {};
}

// The two keys of a city's issuer: one signs statements, one receives envelopes. The roster pins both certificates.
Outcome<void> city(const std::filesystem::path& directory, const std::string& code, const std::string& prefecture,
                   const std::string& name) {
  if (!is_municipality_code(code)) return refuse(Reason::input_invalid, "a 団体コード has six digits");
  const auto subject = [&](const char* role) {
    return trust::Name{{"C", "JP"}, {"O", prefecture + name}, {"OU", role}, {"serialNumber", code}};
  };
  const auto now = operation::now();
  MADO_CHECK(pinned_at({directory, "statement"}, subject("Madoguchi statement key"), trust::digital_signature, now));
  MADO_CHECK(pinned_at({directory, "receiving"}, subject("Madoguchi receiving key"), trust::key_agreement, now));
  return {};
}

Outcome<void> center(const std::filesystem::path& directory, const std::string& name) {
  if (!is_plain(name)) return refuse(Reason::input_invalid, "a center's name has 1 to 32 letters, digits and hyphens");
  const trust::Name subject{{"O", "Madoguchi"}, {"OU", "Madoguchi center"}, {"CN", name}};
  MADO_CHECK(pinned_at({directory, name}, subject, trust::digital_signature, operation::now()));
  return {};
}

Outcome<void> roster_keys(const std::filesystem::path& directory) {
  for (int number = 1; number <= 3; ++number) {
    const auto name = fmt::format("roster-{}", number);
    const trust::Name subject{{"O", "Madoguchi"}, {"OU", "Madoguchi roster"}, {"CN", name}};
    MADO_CHECK(pinned_at({directory, name}, subject, trust::digital_signature, operation::now()));
  }
  return {};
}
}  // namespace

int make_kiosk_authority(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony kiosk-authority",
                                 "The operators' authority for kiosks' device keys");
  std::string directory;
  arguments.required("--dir", directory, "Where kiosk-authority.pem and .key are made");
  if (const auto code = arguments.parse(words)) return *code;
  const auto made = kiosk_authority(directory);
  return operation::exit_code("madoguchi-ceremony kiosk-authority",
                              made ? Outcome<void>{} : std::unexpected(made.error()));
}

int make_kiosk(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony kiosk", "A kiosk's device key and certificate");
  std::string directory;
  std::string name;
  arguments.required("--dir", directory, "Where the kiosk authority is; the kiosk's files are made beside it");
  std::string channel = "store";
  arguments.required("--kiosk", name, "The kiosk's name, as K000001");
  arguments.optional("--channel", channel, "Where it stands: store, or issuing-machine (証明書発行機)");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-ceremony kiosk", kiosk(directory, name, channel));
}

int make_city(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony city", "A city's statement key and receiving key");
  std::string directory;
  std::string municipality;
  std::string prefecture;
  std::string name;
  arguments.required("--dir", directory,
                     "Where statement.pem, statement.key, receiving.pem and receiving.key are made");
  arguments.required("--code", municipality, "団体コード, six digits");
  arguments.required("--prefecture", prefecture, "都道府県, as 東京都");
  arguments.required("--name", name, "市区町村, as 千代田区");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-ceremony city", city(directory, municipality, prefecture, name));
}

int make_center(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony center", "A center's statement key");
  std::string directory;
  std::string name;
  arguments.required("--dir", directory, "Where NAME.pem and NAME.key are made");
  arguments.required("--name", name, "The center's name, as center-1");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-ceremony center", center(directory, name));
}

int make_roster_keys(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony roster-keys", "The three keys that sign the roster, two of three");
  std::string directory;
  arguments.required("--dir", directory, "Where roster-1.pem, roster-1.key … roster-3.key are made");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-ceremony roster-keys", roster_keys(directory));
}

}  // namespace mado::ceremony
