#include "application/roster.hpp"

#include <algorithm>
#include <set>

namespace mado::application {

namespace {
constexpr std::size_t signatures_needed = 2;
constexpr int most_signatures = 3;
constexpr std::chrono::days longest_life{30};

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
}  // namespace

Outcome<RosterBook> RosterBook::read(trust::Cryptography& crypto, ByteView signed_roster,
                                     std::span<const Bytes> roster_certificates, std::uint64_t lowest_version,
                                     Instant now) {
  const auto envelope = wire::parse<v1::SignedRoster>(signed_roster, "roster");
  if (!envelope || envelope->signatures_size() > most_signatures)
    return refuse(Reason::roster_invalid, "the roster does not parse");
  if (count_signers(crypto, *envelope, roster_certificates) < signatures_needed) {
    return refuse(Reason::roster_invalid, "fewer than two roster keys signed the roster");
  }
  auto roster = wire::parse<v1::Roster>(view_of(envelope->roster()), "roster");
  if (!roster) return refuse(Reason::roster_invalid, roster.error().cause);
  RosterBook book;
  book.roster_ = std::move(*roster);
  book.kiosk_authorities_ = bytes_list(book.roster_.kiosk_authorities());
  book.jpki_authorities_ = bytes_list(book.roster_.jpki_authorities());
  if (Instant{book.roster_.expires_at()} - Instant{book.roster_.issued_at()} > longest_life) {
    return refuse(Reason::roster_invalid, "the roster lives longer than 30 days");
  }
  if (book.roster_.lowest_version() > contract_version) {
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
