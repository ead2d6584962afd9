#include "commands.hpp"

#include <fmt/format.h>

#include "base/sensitive.hpp"
#include "jpki/edge/authority.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "trust/file.hpp"

namespace mado::jpki {

namespace {
using operation::Arguments;

Outcome<Kind> read_kind(const std::string& text) {
  const auto kind = kind_of(text);
  if (!kind) return refuse(Reason::input_invalid, "--kind is authentication or signature");
  return *kind;
}

Outcome<Day> read_day(const std::string& option, const std::string& text) {
  const auto day = parse_day(text);
  if (!day) return refuse(Reason::input_invalid, fmt::format("{} is a day as 1980-02-17", option));
  return *day;
}

Outcome<Sex> read_sex(const std::string& text) {
  if (text == "male") return Sex::male;
  if (text == "female") return Sex::female;
  return refuse(Reason::input_invalid, "--sex is male or female");
}

// The words of `issue`, as they were typed.
struct IssueWords {
  std::string directory;
  std::string kind;
  std::string public_key;
  std::string out;
  std::string birth;
  std::string card_expiry = "2099-12-31";
  Municipality municipality;
  std::string name;
  std::string address;
  std::string sex;
};

Outcome<trust::X509Certificate> issue_as_asked(CertificateAuthority& authority, IssueWords& words, Bytes public_key) {
  MADO_TRY(kind, read_kind(words.kind));
  MADO_TRY(birth, read_day("--birth", words.birth));
  MADO_TRY(card_expiry, read_day("--not-after", words.card_expiry));
  if (kind == Kind::authentication) {
    return authority.issue(AuthenticationRequest{std::move(public_key), words.municipality, birth, card_expiry},
                           operation::now());
  }
  MADO_TRY(sex, read_sex(words.sex));
  FourFacts facts{Sensitive{std::move(words.name)}, Sensitive{std::move(words.address)}, birth, sex};
  return authority.issue(SignatureRequest{std::move(public_key), words.municipality, std::move(facts), card_expiry},
                         operation::now());
}

Outcome<void> issue_to_file(IssueWords& words) {
  const std::filesystem::path out{words.out};
  std::error_code error;
  // Looked for first: a serial is spent only if the certificate can be kept.
  if (std::filesystem::exists(out, error))
    return refuse(Reason::storage_failed, fmt::format("{}: exists already", words.out));
  MADO_TRY(public_key, trust::load_public_key(words.public_key));
  MADO_TRY(authority, CertificateAuthority::open(words.directory));
  MADO_TRY(certificate, issue_as_asked(*authority, words, std::move(public_key)));
  const auto point = "issued_certificate_written"_point;
  if (out.extension() == ".pem") {
    MADO_CHECK(certificate.save(point, out));
  } else {
    MADO_CHECK(trust::write_new_file(point, out, certificate.der(), trust::Secrecy::open));
  }
  fmt::print("{}\n", to_hex(certificate.facts().serial));
  return {};
}

Outcome<void> revoke_serial(const std::string& directory, const std::string& serial, const std::string& reason_text) {
  const auto number = from_hex(serial);
  if (!number || number->empty()) return refuse(Reason::input_invalid, "--serial is in hexadecimal, two digits a byte");
  const auto reason = revocation_reason_of(reason_text);
  if (!reason) return refuse(Reason::input_invalid, "--reason is one of RFC 5280's, as keyCompromise");
  MADO_TRY(authority, CertificateAuthority::open(directory));
  MADO_TRY(stands, authority->revoke(*number, *reason, operation::now()));
  fmt::print("{} since {}\n", text_of(stands.reason), iso_text(stands.at));
  return {};
}
}  // namespace

int run_init(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-jpki init", "Makes the two authorities, their responders and the register");
  std::string directory;
  arguments.required("--dir", directory, "The authority's directory");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-jpki init", CertificateAuthority::initialise(directory, operation::now()));
}

int run_generation(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-jpki generation", "Makes the next generation of an authority; it issues from then on");
  std::string directory;
  std::string kind;
  arguments.required("--dir", directory, "The authority's directory");
  arguments.required("--kind", kind, "authentication or signature");
  if (const auto code = arguments.parse(words)) return *code;
  const auto add = [&]() -> Outcome<void> {
    MADO_TRY(read, read_kind(kind));
    MADO_TRY(number, CertificateAuthority::add_generation(directory, read, operation::now()));
    fmt::print("{}\n", generation_files(directory, read, number).certificate.string());
    return {};
  };
  return operation::exit_code("madoguchi-jpki generation", add());
}

int run_issue(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-jpki issue", "Issues a card's certificate; prints its serial");
  IssueWords asked;
  arguments.required("--dir", asked.directory, "The authority's directory");
  arguments.required("--kind", asked.kind, "authentication (利用者証明用) or signature (署名用)");
  arguments.required("--spki", asked.public_key, "The card's public key, PEM or DER, RSA-2048");
  arguments.required("--out", asked.out, "The certificate; PEM if it ends in .pem, else DER");
  arguments.required("--city", asked.municipality.code, "団体コード, six digits");
  arguments.required("--birth", asked.birth, "生年月日, as 1980-02-17");
  arguments.optional("--not-after", asked.card_expiry, "The card's own last day");
  arguments.optional("--prefecture-roman", asked.municipality.prefecture, "As Tokyo-to");
  arguments.optional("--municipality-roman", asked.municipality.name, "As Chiyoda-ku");
  arguments.optional("--name", asked.name, "氏名, for signature");
  arguments.optional("--address", asked.address, "住所, for signature");
  arguments.optional("--sex", asked.sex, "male or female, for signature");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-jpki issue", issue_to_file(asked));
}

int run_revoke(const std::vector<std::string>& words) {
  Arguments arguments("madoguchi-jpki revoke", "Revokes a certificate, or puts it on hold for good");
  std::string directory;
  std::string serial;
  std::string reason;
  arguments.required("--dir", directory, "The authority's directory");
  arguments.required("--serial", serial, "The certificate's serial in hexadecimal");
  arguments.required("--reason", reason,
                     "unspecified, keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation "
                     "or certificateHold");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-jpki revoke", revoke_serial(directory, serial, reason));
}

}  // namespace mado::jpki
