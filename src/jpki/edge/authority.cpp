#include "jpki/edge/authority.hpp"

#include <fmt/format.h>

#include <array>

#include "jpki/core/validity.hpp"
#include "trust/file.hpp"

namespace mado::jpki {

namespace {
constexpr int authority_years = 10;
constexpr int most_generations = 99;
constexpr int signature_age = 15;  // 署名用 is not issued below this age

bool is_there(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error);
}

// Four bytes from 0x01000000 to 0x01ffffff: a random start that leaves room for counting.
std::uint32_t random_first_serial() {
  const auto random = trust::random_bytes(3);
  return 0x01000000U | static_cast<std::uint32_t>(random[0]) << 16 | static_cast<std::uint32_t>(random[1]) << 8 |
         random[2];
}

// The part of a 利用者証明用 certificate's CN that names the card and nobody.
std::string random_name() {
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  static_assert(letters.size() == 32, "five bits choose one without bias");
  std::string name;
  for (const auto byte : trust::random_bytes(14)) name.push_back(letters[byte & 31]);
  return name;
}

// The last second of the day ten years on, as JPKI's own authorities end.
Instant authority_end(Instant now) {
  const auto today = in_japan(now).day;
  const Day later{today.year() + std::chrono::years{authority_years}, today.month(), today.day()};
  return last_second_in_japan(later.ok() ? later : Day{later.year() / later.month() / std::chrono::last});
}

bool has_age(Day birth, int years, Day today) {
  const Day reached{birth.year() + std::chrono::years{years}, birth.month(), birth.day()};
  return reached <= today;
}

// What a run that did not come to its end has left of a generation: keys with which nothing was issued to anybody.
void discard(const KeyFiles& files) {
  std::error_code error;
  std::filesystem::remove(files.key, error);
  std::filesystem::remove(files.certificate, error);
}

IssuedCertificate record_of(const trust::X509Certificate& certificate, Kind kind, const trust::Sha1& issuer_key) {
  return {{issuer_key.begin(), issuer_key.end()}, certificate.facts().serial, kind, certificate.facts().not_after};
}

// An authority's own certificate and its responder's, from the same counter of serials.
Outcome<void> make_generation(const std::filesystem::path& directory, CertificateRegister& issued, Kind kind,
                              int number, Instant now) {
  MADO_TRY(key, trust::PrivateKey::make(trust::KeyKind::rsa2048));
  MADO_TRY(responder_key, trust::PrivateKey::make(trust::KeyKind::rsa2048));
  MADO_TRY(key_id, trust::key_id_of(key.public_key()));
  const auto end = authority_end(now);
  std::optional<trust::X509Certificate> authority;
  std::optional<trust::X509Certificate> responder;
  const auto make_authority = [&](const Bytes& serial) -> Outcome<IssuedCertificate> {
    MADO_TRY(issuing, authority_profile(kind, {serial, key.public_key(), now, end}));
    MADO_TRY(certificate, trust::issue(issuing, key));
    authority = certificate;
    return record_of(certificate, kind, key_id);
  };
  const auto make_responder = [&](const Bytes& serial) -> Outcome<IssuedCertificate> {
    MADO_TRY(issuing, responder_profile(kind, {serial, responder_key.public_key(), now, end}, key_id));
    MADO_TRY(certificate, trust::issue(issuing, key));
    responder = certificate;
    return record_of(certificate, kind, key_id);
  };
  const auto files = generation_files(directory, kind, number);
  const auto responders = responder_files(directory, kind, number);
  discard(files);
  discard(responders);
  // In the register first: no certificate exists whose serial could be given again. The authority's own certificate
  // last: what counts as a generation is complete.
  MADO_CHECK(issued.issue("responder_entered"_point, make_responder, now));
  MADO_CHECK(issued.issue("authority_entered"_point, make_authority, now));
  MADO_CHECK(responder_key.save("responder_key_kept"_point, responders.key));
  MADO_CHECK(responder->save("responder_certificate_kept"_point, responders.certificate));
  MADO_CHECK(key.save("authority_key_kept"_point, files.key));
  return authority->save("authority_certificate_kept"_point, files.certificate);
}

std::string stem(Kind kind, int number) { return fmt::format("{}-{}", text_of(kind), number); }
}  // namespace

KeyFiles generation_files(const std::filesystem::path& directory, Kind kind, int number) {
  return {directory / (stem(kind, number) + ".pem"), directory / (stem(kind, number) + ".key")};
}

KeyFiles responder_files(const std::filesystem::path& directory, Kind kind, int number) {
  return {directory / ("responder-" + stem(kind, number) + ".pem"),
          directory / ("responder-" + stem(kind, number) + ".key")};
}

int count_generations(const std::filesystem::path& directory, Kind kind) {
  int number = 0;
  while (number < most_generations && is_there(generation_files(directory, kind, number + 1).certificate)) ++number;
  return number;
}

Outcome<std::unique_ptr<CertificateRegister>> open_register(const std::filesystem::path& directory) {
  return CertificateRegister::open(directory / "register.db", random_first_serial());
}

Outcome<void> CertificateAuthority::initialise(const std::filesystem::path& directory, Instant now) {
  MADO_CHECK(trust::make_directory(directory));
  MADO_TRY(issued, open_register(directory));
  for (const auto kind : {Kind::authentication, Kind::signature}) {
    if (count_generations(directory, kind) == 0) MADO_CHECK(make_generation(directory, *issued, kind, 1, now));
  }
  return {};
}

Outcome<int> CertificateAuthority::add_generation(const std::filesystem::path& directory, Kind kind, Instant now) {
  const int number = count_generations(directory, kind) + 1;
  if (number == 1)
    return refuse(Reason::configuration_invalid, fmt::format("{}: there is no authority yet", directory.string()));
  if (number > most_generations) return refuse(Reason::configuration_invalid, "too many generations");
  MADO_TRY(issued, open_register(directory));
  MADO_CHECK(make_generation(directory, *issued, kind, number, now));
  return number;
}

Outcome<std::unique_ptr<CertificateAuthority>> CertificateAuthority::open(const std::filesystem::path& directory) {
  for (const auto kind : {Kind::authentication, Kind::signature}) {
    if (count_generations(directory, kind) == 0) {
      return refuse(Reason::configuration_invalid, fmt::format("{}: there is no authority yet", directory.string()));
    }
  }
  MADO_TRY(issued, open_register(directory));
  return std::unique_ptr<CertificateAuthority>(new CertificateAuthority(directory, std::move(issued)));
}

Outcome<trust::X509Certificate> CertificateAuthority::issue_by_newest(Kind kind, Particulars particulars, Instant now,
                                                                      const Fill& fill) {
  if (trust::kind_of(particulars.public_key) != trust::KeyKind::rsa2048) {
    return refuse(Reason::input_invalid, "the public key is not RSA-2048");
  }
  const auto files = generation_files(directory_, kind, count_generations(directory_, kind));
  MADO_TRY(key, trust::PrivateKey::load(files.key));
  MADO_TRY(authority, trust::X509Certificate::load(files.certificate));
  std::optional<trust::X509Certificate> issued;
  MADO_CHECK(register_->issue(
      "certificate_issued"_point,
      [&](const Bytes& serial) -> Outcome<IssuedCertificate> {
        particulars.serial = serial;
        MADO_TRY(issuing, fill(particulars, authority.facts().key_id));
        MADO_TRY(certificate, trust::issue(issuing, key));
        if (certificate.der().size() > largest_on_card) {
          return refuse(Reason::input_invalid, fmt::format("the certificate would have {} bytes; the card holds {}",
                                                           certificate.der().size(), largest_on_card));
        }
        issued = certificate;
        return record_of(certificate, kind, authority.facts().key_id);
      },
      now));
  return *issued;
}

Outcome<trust::X509Certificate> CertificateAuthority::issue(const AuthenticationRequest& request, Instant now) {
  const auto end = end_of_validity(in_japan(now).day, request.birth, request.card_expiry);
  return issue_by_newest(Kind::authentication, {{}, request.public_key, now, end}, now,
                         [&](const Particulars& particulars, const trust::Sha1& authority) {
                           return authentication_profile(particulars, authority, request.municipality, random_name());
                         });
}

Outcome<trust::X509Certificate> CertificateAuthority::issue(const SignatureRequest& request, Instant now) {
  const auto today = in_japan(now);
  if (!has_age(request.facts.birth, signature_age, today.day)) {
    return refuse(Reason::under_age, "署名用電子証明書 is not issued to a person under 15");
  }
  const auto end = end_of_validity(today.day, request.facts.birth, request.card_expiry);
  const auto unique_name = fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}{}", static_cast<int>(today.day.year()),
                                       static_cast<unsigned>(today.day.month()), static_cast<unsigned>(today.day.day()),
                                       today.hour, today.minute, today.second, random_name());
  return issue_by_newest(Kind::signature, {{}, request.public_key, now, end}, now,
                         [&](const Particulars& particulars, const trust::Sha1& authority) {
                           return signature_profile(particulars, authority, request.municipality, request.facts,
                                                    unique_name);
                         });
}

Outcome<Revocation> CertificateAuthority::revoke(ByteView serial, RevocationReason reason, Instant now) {
  MADO_TRY(issuer, register_->issuer_of(serial));
  return register_->revoke(issuer, serial, reason, now);
}

}  // namespace mado::jpki
