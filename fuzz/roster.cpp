// The roster, in a world where every signature holds: what remains are its own bounds.
#include "application/roster.hpp"

#include <array>

#include "fuzz/examine.hpp"
#include "fuzz/plain_cryptography.hpp"

namespace mado::fuzz {

namespace {
const Instant now{1'800'000'000'000};
constexpr std::uint64_t lowest = 3;

// The very content, signed by two roster keys.
Bytes signed_roster(ByteView content) {
  PlainCryptography crypto;
  v1::SignedRoster envelope;
  envelope.set_roster(string_of(content));
  for (const auto key : {roster_key_1, roster_key_2})
    envelope.add_signatures(string_of(crypto.sign_as(trust::StatementType::roster, content, key)));
  return wire::serialise(envelope);
}

void claim_holds(const application::RosterBook& book) {
  const auto& roster = book.content();
  claim(book.version() >= lowest, "a roster's version never falls");
  claim(book.check_age(now).has_value(), "a roster that is read is in force");
  claim(roster.lowest_version() <= application::contract_version, "a roster does not keep this program out");
  claim(roster.cities_size() <= 2000 && roster.centers_size() <= 16, "cities and centers are bounded");
  claim(roster.kiosk_authorities_size() <= 64 && roster.jpki_authorities_size() <= 16, "authorities are bounded");
  for (const auto& city : roster.cities()) {
    claim(application::is_city_code(city.city()), "a city has a code of six digits");
    const auto found = book.city(city.city());
    claim(found && *found == &city, "a city stands in the roster once");
    claim(city.statement_keys_size() <= 8 && city.receiving_certificates_size() <= 4, "a city's keys are bounded");
    claim(city.telephone().size() <= 20, "a telephone number is bounded");
  }
}
}  // namespace

void examine(ByteView input) {
  PlainCryptography crypto;
  const std::array pinned{Bytes{roster_key_1}, Bytes{roster_key_2}};
  Pieces pieces(input);
  const bool raw = pieces.byte() % 2 == 0;
  const auto rest = pieces.rest();
  const auto bytes = raw ? Bytes(rest.begin(), rest.end()) : signed_roster(rest);
  const auto book = application::RosterBook::read(crypto, bytes, pinned, lowest, now);
  if (!book) claim_is_explained(book.error());
  if (book) claim_holds(*book);
}

}  // namespace mado::fuzz
