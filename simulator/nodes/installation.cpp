#include "simulator/nodes/installation.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace mado::simulator {

using trust::StatementType;

namespace {
using RosterKeys = std::vector<std::shared_ptr<const trust::SigningKey>>;

// By the first two of the three.
Bytes sign_roster(Keys& keys, const v1::Roster& content, Instant now, const RosterKeys& roster_keys) {
  v1::SignedRoster signed_roster;
  const auto bytes = wire::serialise(content);
  signed_roster.set_roster(string_of(bytes));
  for (std::size_t i = 0; i < 2; ++i)
    signed_roster.add_signatures(string_of(*keys.crypto().sign(StatementType::roster, bytes, *roster_keys.at(i), now)));
  return wire::serialise(signed_roster);
}

void add_city(v1::Roster& roster, const Installation::City& made) {
  auto& city = *roster.add_cities();
  city.set_city(made.code);
  city.set_name(made.name);
  city.set_telephone("03-0000-0000");
  city.add_receiving_certificates(string_of(made.receiving_key->certificate()));
  auto& key = *city.add_statement_keys();
  key.set_certificate(string_of(made.statement_key->certificate()));
  for (const auto type :
       {StatementType::challenge, StatementType::menu, StatementType::city_refusal, StatementType::certificate,
        StatementType::release, StatementType::acknowledgement, StatementType::domicile_acceptance})
    key.add_statement_types(std::string(trust::object_identifier(type)));
}
}  // namespace

Installation make_installation(Keys& keys, const std::vector<std::string>& cities, int centers, int kiosks,
                               Instant now) {
  Installation made;
  v1::Roster content;
  content.set_issued_at(now.milliseconds);
  content.set_expires_at((now + std::chrono::days{30}).milliseconds);
  for (const auto& code : cities) {
    made.cities.push_back({code, "city " + code, keys.pinned_signing("city " + code, code),
                           keys.pinned_receiving("city " + code, code), keys.crypto().random(32)});
    add_city(content, made.cities.back());
  }
  made.corrupt_city = {"472018", "the other city", keys.pinned_signing("the other city", "472018"),
                       keys.pinned_receiving("the other city", "472018"), keys.crypto().random(32)};
  add_city(content, made.corrupt_city);
  made.corrupt_kiosk = "OTHER-1";
  made.corrupt_device = keys.device(made.corrupt_kiosk);
  for (int i = 1; i <= centers; ++i) {
    auto name = fmt::format("center-{}", i);
    made.centers.push_back({name, keys.pinned_signing(name, "")});
    auto& center = *content.add_centers();
    center.set_name(name);
    center.set_certificate(string_of(made.centers.back().key->certificate()));
  }
  for (int i = 1; i <= kiosks; ++i) made.kiosks.push_back(fmt::format("KIOSK-{}", i));
  content.add_kiosk_authorities(string_of(keys.kiosk_authority()));
  content.add_jpki_authorities(string_of(keys.card_authority()));
  made.token_key = keys.crypto().random(32);
  RosterKeys roster_keys;
  for (const auto* name : {"roster-1", "roster-2", "roster-3"}) {
    roster_keys.push_back(keys.pinned_signing(name, ""));
    made.roster_authorities.push_back(roster_keys.back()->certificate());
  }
  for (const auto build : {older_build, newer_build}) {
    content.set_version(build);
    content.set_lowest_version(build);
    made.signed_rosters.push_back(sign_roster(keys, content, now, roster_keys));
  }
  auto roster = made.read_roster(keys.crypto(), made.signed_rosters.front(), older_build, now);
  if (!roster) throw std::logic_error("the simulator's roster: " + roster.error().cause);
  made.roster = std::move(*roster);
  return made;
}

Outcome<std::shared_ptr<const application::RosterBook>> Installation::read_roster(trust::Cryptography& crypto,
                                                                                  ByteView signed_roster,
                                                                                  std::uint64_t build,
                                                                                  Instant now) const {
  MADO_TRY(book, application::RosterBook::read(crypto, signed_roster, roster_authorities, 0, now, build));
  return std::make_shared<const application::RosterBook>(std::move(book));
}

}  // namespace mado::simulator
