#include "tests/chain/parties.hpp"

#include <algorithm>

#include "card/jpki_card.hpp"
#include "madoguchi/v1/jpki.pb.h"
#include "trust/file.hpp"

namespace mado::chain_tests {

using trust::StatementType;

namespace {
constexpr wire::Limits limits{.largest_message = 20 * 1024 * 1024, .deadline = std::chrono::seconds{40}};

wire::LineCredentials credentials(Installation& installation, const std::string& line, const std::string& name) {
  const auto directory = installation.at("keys") / line;
  return {directory / "authority.pem", directory / (name + ".pem"), directory / (name + ".key")};
}

std::unique_ptr<trust::SigningKey> signing_key(Installation& installation, const std::string& stem) {
  return must(trust::load_signing_key(installation.at(stem + ".key"), installation.at(stem + ".pem")));
}
}  // namespace

Instant now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

std::vector<Bytes> roster_authorities(Installation& installation) {
  std::vector<Bytes> authorities;
  for (const auto* name : {"1", "2", "3"}) {
    authorities.push_back(
        must(trust::load_certificate(installation.at(std::string("keys/roster/roster-") + name + ".pem"))));
  }
  return authorities;
}

std::shared_ptr<const application::RosterBook> roster_of(Installation& installation, Instant at) {
  WatchedCryptography crypto;
  const auto file = must(trust::read_file(installation.at("roster.bin"), 1 << 20));
  return std::make_shared<application::RosterBook>(
      must(application::RosterBook::read(crypto, file, roster_authorities(installation), 0, at)));
}

Bytes roster_signed_again(Installation& installation, const std::function<void(v1::Roster&)>& change,
                          const std::vector<int>& signers) {
  WatchedCryptography crypto;
  auto roster = roster_of(installation)->content();
  change(roster);
  v1::SignedRoster envelope;
  const auto content = wire::serialise(roster);
  envelope.set_roster(string_of(content));
  for (const auto signer : signers) {
    const auto key = signing_key(installation, "keys/roster/roster-" + std::to_string(signer));
    envelope.add_signatures(string_of(must(crypto.sign(StatementType::roster, content, *key, now()))));
  }
  return wire::serialise(envelope);
}

std::unique_ptr<wire::Channel> office_line(Installation& installation, const std::string& member) {
  const auto city = std::string(".city-") + city_code + ".office.example";
  return must(wire::Channel::open(installation.address(1), "residents" + city,
                                  credentials(installation, "office", member + city), limits));
}

std::unique_ptr<store::Database> register_of(Installation& installation) {
  return must(store::Database::open("test_opens_register"_point, installation.at("run/registry.db"), ""));
}

void set_state(store::Database& database, const std::string& resident, v1::ResidentState state) {
  v1::Resident record;
  must(database.query(
      "SELECT body FROM resident WHERE number = ? AND in_force = 1", {resident},
      [&](const store::Row& row) { record = must(wire::parse<v1::Resident>(row.blob(0), "resident")); }));
  record.set_state(state);
  must(database.write("test_sets_state"_point, "UPDATE resident SET body = ? WHERE number = ? AND in_force = 1",
                      {wire::serialise(record), resident}));
}

PlayedKiosk::PlayedKiosk(Installation& installation, KioskFacts facts)
    : roster(facts.roster ? facts.roster : roster_of(installation)),
      device_key(signing_key(installation, "keys/kiosk/" + facts.device_key)),
      client(crypto, roster, device_key, facts.name),
      installation_(installation),
      name_(facts.name),
      channel_(must(wire::Channel::open(installation.address(12), "relay-1.store.example",
                                        credentials(installation, "store", facts.line), limits))) {}

Outcome<Bytes> PlayedKiosk::send(const std::string& method, ByteView request) {
  return channel_->call("/madoguchi.v1.Center/" + method, request, {.deadline = limits.deadline, .city = ""});
}

Outcome<void> PlayedKiosk::fetch_challenge() {
  MADO_CHECK(client.choose(service, city_code));
  MADO_TRY(answer, send("GetChallenge", client.challenge_query()));
  return client.accept_challenge(answer, now());
}

const Bytes& PlayedKiosk::card_certificate() {
  if (card_certificate_.empty())
    card_certificate_ = must(trust::read_file(installation_.at("card/authentication.der"), 4096));
  return card_certificate_;
}

Bytes PlayedKiosk::sign_with_card(ByteView digest_info) {
  auto session = must(card::JpkiCard::begin(installation_.reader()));
  if (!session.verify(card::jpki::authentication, Sensitive<std::string>{"1234"}))
    throw std::runtime_error("the card refuses the PIN");
  card_certificate_ = must(session.read_certificate(card::jpki::authentication));
  return must(session.sign(card::jpki::authentication, digest_info));
}

Outcome<Bytes> PlayedKiosk::open_with_card() {
  MADO_TRY(digest_info, client.prepare_opening(card_certificate(), now()));
  return client.open_query(sign_with_card(digest_info), "ja", now());
}

Outcome<Bytes> PlayedKiosk::open_for_domicile() {
  kiosk::Registration registration;
  for (const auto* kana : {"ヤ", "マ", "タ", "　", "タ", "ロ", "ウ"}) {
    registration.applicant.type(kana);
    registration.head.type(kana);
  }
  for (const auto* digit : {"6", "0", "0", "4", "0", "1"}) registration.born.type(digit);
  for (const auto* digit : {"0", "3", "0", "0", "0", "0", "0", "0", "0", "0"}) registration.telephone.type(digit);
  MADO_TRY(digest_info, client.prepare_opening(card_certificate(), now()));
  return client.domicile_query(sign_with_card(digest_info), registration, now());
}

Bytes PlayedKiosk::apply() { return apply(choices_for(installation_.next_kind())); }

kiosk::Choices PlayedKiosk::choices_for(v1::Kind kind) const {
  const auto& menu = client.menu();
  const auto offered = std::ranges::find(menu.kinds(), kind, &v1::MenuKind::kind);
  if (offered == menu.kinds().end()) throw std::runtime_error(v1::Kind_Name(kind) + " is not in the menu");
  const bool alone = std::ranges::find(offered->scopes(), v1::SCOPE_SELF) != offered->scopes().end();
  kiosk::Choices choices;
  choices.kind = kind;
  choices.scope = alone ? v1::SCOPE_SELF : v1::SCOPE_HOUSEHOLD;
  for (int i = 0; i < menu.persons_size(); ++i) {
    const auto& person = menu.persons(i);
    const bool of_the_group = std::ranges::find(person.groups(), offered->group()) != person.groups().end();
    if (alone ? person.holder() : of_the_group) choices.persons.push_back(static_cast<std::size_t>(i));
  }
  return choices;
}

Bytes PlayedKiosk::apply(kiosk::Choices choices) { return must(client.apply_query(choices, now())); }

void PlayedKiosk::begin_session() {
  must(fetch_challenge());
  must(client.accept_menu(must(send("Open", must(open_with_card()))), now()));
}

kiosk::CheckedCertificate PlayedKiosk::fetch_certificate() {
  if (client.menu().persons_size() == 0) begin_session();
  return must(client.accept_certificate(must(send("Apply", apply())), now()));
}

v1::Receipt PlayedKiosk::receipt() const {
  v1::Receipt receipt;
  receipt.set_issuance(client.application().issuance());
  receipt.set_application_digest(string_of(client.application_digest()));
  receipt.set_city(city_code);
  receipt.set_kiosk(name_);
  receipt.set_sheets(1);
  receipt.set_sheets_printed(1);
  receipt.set_ending(v1::ENDING_HANDED_OVER);
  receipt.set_money_taken(client.application().fee());
  receipt.set_settled_at(now().milliseconds);
  return receipt;
}

CorruptCenter::CorruptCenter(Installation& installation)
    : jpki_(must(wire::Channel::open(installation.address(3), "ocsp.jpki.example",
                                     credentials(installation, "jpki", "center-1.jpki.example"), limits))),
      city_(must(wire::Channel::open(installation.address(6),
                                     std::string("transfer.city-") + city_code + ".lgwan.example",
                                     credentials(installation, "lgwan", "center-1.lgwan.example"), limits))),
      key_(signing_key(installation, "keys/center/center-1")) {}

Bytes CorruptCenter::ocsp(ByteView card_certificate, const std::filesystem::path& authority, ByteView nonce) {
  const std::vector<Bytes> authorities{must(trust::load_certificate(authority))};
  const auto card = must(crypto.check_certificate(card_certificate, authorities, trust::CertificateUse::card, now()));
  v1::StatusQuery query;
  query.set_ocsp_request(string_of(must(crypto.ocsp_request(card, nonce))));
  const auto answer =
      must(jpki_->call("/madoguchi.v1.Jpki/Status", wire::serialise(query), {.deadline = limits.deadline, .city = ""}));
  return bytes_of(must(wire::parse<v1::StatusAnswer>(answer, "status answer")).ocsp_response());
}

std::string CorruptCenter::check(ByteView subject, ByteView ocsp, const std::string& kiosk, Instant checked_at) {
  v1::Check check;
  check.set_city(city_code);
  check.set_kiosk(kiosk);
  check.set_subject_digest(string_of(subject));
  check.set_ocsp_digest(string_of(crypto.digest(ocsp)));
  check.set_checked_at(checked_at.milliseconds);
  return string_of(must(crypto.sign(StatementType::check, wire::serialise(check), *key_, now())));
}

std::string CorruptCenter::grant(ByteView subject, int sheets) {
  v1::GuardGrant grant;
  grant.set_application_digest(string_of(subject));
  for (int i = 0; i < sheets; ++i) grant.add_sheets(string_of(crypto.random_id().view()));
  return string_of(must(crypto.sign(StatementType::guard_grant, wire::serialise(grant), *key_, now())));
}

v1::CityQuery CorruptCenter::query(ByteView subject, ByteView ocsp, const std::string& sealed, Instant checked_at) {
  v1::CityQuery query;
  query.set_check(check(subject, ocsp, "K000001", checked_at));
  query.set_ocsp(string_of(ocsp));
  query.set_grant(grant(subject, 4));
  query.set_sealed(sealed);
  return query;
}

Outcome<v1::CityAnswer> CorruptCenter::call_city(const std::string& method, const v1::CityQuery& query) {
  MADO_TRY(answer, city_->call("/madoguchi.v1.City/" + method, wire::serialise(query),
                               {.deadline = limits.deadline, .city = city_code}));
  return wire::parse<v1::CityAnswer>(answer, "city answer");
}

InsideEnvelopes::InsideEnvelopes(Installation& installation)
    : key_(must(trust::load_receiving_key(installation.at("keys/city/receiving.key"),
                                          installation.at("keys/city/receiving.pem")))) {}

std::string InsideEnvelopes::seal_for_session(ByteView apply_query, const v1::CityReply& reply) {
  const auto bundle =
      open<v1::ApplicationBundle>(must(wire::parse<v1::ApplyQuery>(apply_query, "apply query")).sealed());
  const auto opening = must(wire::parse<v1::Opening>(
      must(crypto_.read(view_of(bundle.opening()), StatementType::opening)).content, "opening"));
  return string_of(must(crypto_.seal(wire::serialise(reply), view_of(opening.receiving_certificate()))));
}

Bytes with_byte_changed(Bytes bytes, std::size_t at) {
  bytes.at(at) ^= 0x01;
  return bytes;
}

}  // namespace mado::chain_tests
