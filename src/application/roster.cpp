#include "application/roster.hpp"

#include <algorithm>
#include <set>

namespace mado::application {

namespace {
constexpr std::size_t signatures_needed = 2;
constexpr int most_signatures = 3;
constexpr std::chrono::days longest_life{30};
// contracts: Roster, RosterCity
constexpr int most_cities = 2000;
constexpr int most_centers = 16;
constexpr int most_kiosk_authorities = 64;
constexpr int most_jpki_authorities = 16;
constexpr int most_statement_keys = 8;
constexpr int most_receiving_certificates = 4;
constexpr std::size_t longest_telephone = 20;

std::vector<Bytes> bytes_list(const google::protobuf::RepeatedPtrField<std::string>& field) {
  std::vector<Bytes> list;
  for (const auto& item : field) list.push_back(bytes_of(item));
  return list;
}

// How many different pinned keys signed exactly these bytes.
std::size_t count_signers(trust::Cryptography& crypto, const v1::SignedRoster& envelope,
                          std::span<const Bytes> pinned) {
  std::set<Bytes> signers;
  for (const auto& signature : envelope.signatures()) {
    const auto statement = crypto.read(view_of(signature), trust::StatementType::roster);
    if (!statement || !std::ranges::equal(statement->content, view_of(envelope.roster()))) continue;
    if (std::ranges::find(pinned, statement->signer_certificate) != pinned.end())
      signers.insert(statement->signer_certificate);
  }
  return signers.size();
}

Outcome<void> check_city(const v1::RosterCity& city, std::set<std::string>& seen) {
  if (!is_city_code(city.city()) || !seen.insert(city.city()).second)
    return refuse(Reason::roster_invalid, "a city of the roster has no code of six digits, or stands there twice");
  if (city.statement_keys_size() > most_statement_keys ||
      city.receiving_certificates_size() > most_receiving_certificates || city.telephone().size() > longest_telephone) {
    return refuse(Reason::roster_invalid, "city " + city.city() + " of the roster is not within its bounds");
  }
  return {};
}

Outcome<void> check_bounds(const v1::Roster& roster) {
  if (roster.cities_size() > most_cities || roster.centers_size() > most_centers ||
      roster.kiosk_authorities_size() > most_kiosk_authorities ||
      roster.jpki_authorities_size() > most_jpki_authorities) {
    return refuse(Reason::roster_invalid, "the roster is not within its bounds");
  }
  std::set<std::string> seen;
  for (const auto& city : roster.cities()) MADO_CHECK(check_city(city, seen));
  if (!is_time(roster.issued_at()) || !is_time(roster.expires_at()))
    return refuse(Reason::roster_invalid, "the roster's times are no times");
  if (Instant{roster.expires_at()} - Instant{roster.issued_at()} > longest_life)
    return refuse(Reason::roster_invalid, "the roster lives longer than 30 days");
  return {};
}
}  // namespace

bool is_city_code(std::string_view text) {
  return text.size() == 6 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_time(std::int64_t milliseconds) {
  constexpr std::int64_t end_of_9999 = 253'402'300'800'000;
  return milliseconds >= 0 && milliseconds < end_of_9999;
}

Outcome<RosterBook> RosterBook::read(trust::Cryptography& crypto, ByteView signed_roster,
                                     std::span<const Bytes> roster_certificates, std::uint64_t lowest_version,
                                     Instant now, std::uint64_t program_version) {
  const auto envelope = wire::parse<v1::SignedRoster>(signed_roster, "roster");
  if (!envelope || envelope->signatures_size() > most_signatures)
    return refuse(Reason::roster_invalid, "the roster does not parse");
  if (count_signers(crypto, *envelope, roster_certificates) < signatures_needed) {
    return refuse(Reason::roster_invalid, "fewer than two roster keys signed the roster");
  }
  auto roster = wire::parse<v1::Roster>(view_of(envelope->roster()), "roster");
  if (!roster) return refuse(Reason::roster_invalid, roster.error().cause);
  MADO_CHECK(check_bounds(*roster));
  RosterBook book;
  book.roster_ = std::move(*roster);
  book.kiosk_authorities_ = bytes_list(book.roster_.kiosk_authorities());
  book.jpki_authorities_ = bytes_list(book.roster_.jpki_authorities());
  if (book.roster_.lowest_version() > program_version) {
    return refuse(Reason::roster_invalid, "the roster asks for a newer version of this program");
  }
  if (book.version() < lowest_version) {
    return refuse(Reason::roster_stale, "roster version " + std::to_string(book.version()) + " is older than " +
                                            std::to_string(lowest_version));
  }
  MADO_CHECK(book.check_age(now));
  return book;
}

Outcome<void> RosterBook::check_age(Instant now) const {
  if (now.milliseconds < roster_.expires_at()) return {};
  return refuse(Reason::roster_stale, "the roster expired at " + iso_text(Instant{roster_.expires_at()}));
}

Outcome<const v1::RosterCity*> RosterBook::city(const std::string& code) const {
  for (const auto& city : roster_.cities()) {
    if (city.city() == code) return &city;
  }
  return refuse(Reason::city_unknown, "city \"" + code + "\" is not in the roster");
}

}  // namespace mado::application
