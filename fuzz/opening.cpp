// Openings and endorsements, as center and issuer read them, in a world where every signature holds.
#include <array>

#include "application/chain.hpp"
#include "fuzz/examine.hpp"
#include "fuzz/plain_cryptography.hpp"

namespace mado::fuzz {

namespace {
using trust::StatementType;
const Instant now{1'800'000'000'000};

application::RosterBook roster(PlainCryptography& crypto) {
  v1::Roster content;
  content.set_issued_at(now.milliseconds);
  content.set_expires_at(now.milliseconds + 1000);
  content.add_cities()->set_city(plain_city);
  v1::SignedRoster envelope;
  const auto bytes = wire::serialise(content);
  envelope.set_roster(string_of(bytes));
  for (const auto signer : {roster_key_1, roster_key_2})
    envelope.add_signatures(string_of(PlainCryptography::sign_as(StatementType::roster, bytes, signer)));
  const std::array pinned{Bytes{roster_key_1}, Bytes{roster_key_2}};
  return application::RosterBook::read(crypto, wire::serialise(envelope), pinned, 0, now).value();
}
}  // namespace

void examine(ByteView input) {
  static PlainCryptography crypto;
  static const auto book = roster(crypto);
  const auto statement = PlainCryptography::sign_as(StatementType::opening, input, card_key);
  v1::Endorsement endorsement;
  endorsement.set_kiosk(plain_kiosk);
  endorsement.set_opening_digest(string_of(crypto.digest(statement)));
  const auto endorsed =
      PlainCryptography::sign_as(StatementType::endorsement, wire::serialise(endorsement), device_key);
  const auto session = application::verify_opening(crypto, book, statement, endorsed, now);
  if (!session) return claim_is_explained(session.error());
  const auto& opening = session->opening;
  claim(opening.purpose() == application::opening_purpose, "an opening says what it is for");
  claim(opening.city() == plain_city && opening.kiosk() == plain_kiosk, "an opening is for a city and a kiosk");
  claim(opening.session().size() == 16 && opening.challenge_digest().size() == 32, "ids and digests have their size");
  claim(opening.most_applications() >= 1 && opening.most_applications() <= 5, "a basket is bounded");
  claim(opening.signing_certificate() != opening.receiving_certificate(), "two keys, two uses");
  claim(application::is_time(opening.expires_at()), "an opening ends at a moment");
}

}  // namespace mado::fuzz
