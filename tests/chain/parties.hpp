// The parties that a test plays, with the production code of each: a kiosk with its citizen and card, a center that
// does not keep to the rules, and somebody who got hold of the city's receiving key and can change what lies inside an
// envelope.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "kiosk/core/chain_client.hpp"
#include "kiosk/core/receipt.hpp"
#include "madoguchi/v1/register.pb.h"
#include "store/database.hpp"
#include "tests/chain/installation.hpp"
#include "tests/chain/watched_cryptography.hpp"
#include "wire/line.hpp"

namespace mado::chain_tests {

Instant now();

// Ends the test with the cause if `outcome` is a refusal.
template <typename T>
T must(Outcome<T> outcome) {
  if (!outcome) throw std::runtime_error(std::string(code_of(outcome.error().reason)) + ": " + outcome.error().cause);
  if constexpr (!std::is_void_v<T>) return std::move(*outcome);
}
// "done", or the code of the reason why not.
template <typename T>
std::string ending_of(const Outcome<T>& outcome) {
  return outcome ? "done" : std::string(code_of(outcome.error().reason));
}

// The installation's roster, as a party reads it.
std::shared_ptr<const application::RosterBook> roster_of(Installation& installation, Instant at = now());
// The same, changed and signed again, by two of the three roster keys unless others are named.
Bytes roster_signed_again(Installation& installation, const std::function<void(v1::Roster&)>& change,
                          const std::vector<int>& signers = {1, 2});
std::vector<Bytes> roster_authorities(Installation& installation);

// A line to the city's register, as the member of the office line that has this certificate.
std::unique_ptr<wire::Channel> office_line(Installation& installation, const std::string& member);
// The register's own database, for what no command of it does.
std::unique_ptr<store::Database> register_of(Installation& installation);
// The resident's 住民状態 becomes another, in the row that is in force.
void set_state(store::Database& database, const std::string& resident, v1::ResidentState state);

struct KioskFacts {
  std::string name = "K000001";
  std::string line = "k000001.kiosk.store.example";
  std::string device_key = "K000001";
  std::shared_ptr<const application::RosterBook> roster;  // empty: the installation's
};

// A session at a kiosk. Each step gives the bytes that go to the center; `send` sends them.
class PlayedKiosk {
 public:
  explicit PlayedKiosk(Installation& installation, KioskFacts facts = {});

  Outcome<Bytes> send(const std::string& method, ByteView request);

  // GetChallenge, and the city's challenge accepted.
  Outcome<void> fetch_challenge();
  // The citizen's card signs the opening. The query for Open.
  Outcome<Bytes> open_with_card();
  // In its place for 利用登録: 「ヤマタ　タロウ」 asks for it. The query for Open.
  Outcome<Bytes> open_for_domicile();
  Bytes sign_with_card(ByteView digest_info);
  const Bytes& card_certificate();
  // The query for Apply: the installation's next kind, for the holder alone where the kind allows it.
  Bytes apply();
  // What is usually chosen for a kind of the menu: the holder alone, or everybody whom the kind may be about.
  kiosk::Choices choices_for(v1::Kind kind) const;
  Bytes apply(kiosk::Choices choices);
  Outcome<Bytes> confirm(const kiosk::CheckedCertificate& certificate) {
    return client.confirm_query(certificate, now());
  }

  // The steps as an honest kiosk takes them, each ending the test if it is refused.
  void begin_session();                           // as far as the menu
  kiosk::CheckedCertificate fetch_certificate();  // begins a session if there is none
  v1::Receipt receipt() const;

  v1::Service service = v1::SERVICE_HOME_CITY;  // what the citizen comes for, until the challenge is fetched
  WatchedCryptography crypto;
  std::shared_ptr<const application::RosterBook> roster;
  std::shared_ptr<const trust::SigningKey> device_key;
  kiosk::ChainClient client;

 private:
  Installation& installation_;
  std::string name_;
  std::unique_ptr<wire::Channel> channel_;
  Bytes card_certificate_;
};

// The center's keys and lines in the hands of somebody else: asks JPKI and calls the city as the center would.
class CorruptCenter {
 public:
  explicit CorruptCenter(Installation& installation);

  // JPKI's answer for a card of any generation of the authority, with any nonce.
  Bytes ocsp(ByteView card_certificate, const std::filesystem::path& authority, ByteView nonce);
  // What the center hands to a city: a check over `subject` that names `ocsp`, a grant for `subject`, the sealed bytes.
  v1::CityQuery query(ByteView subject, ByteView ocsp, const std::string& sealed, Instant checked_at = now());
  std::string check(ByteView subject, ByteView ocsp, const std::string& kiosk, Instant checked_at = now());
  std::string grant(ByteView subject, int sheets);
  Outcome<v1::CityAnswer> call_city(const std::string& method, const v1::CityQuery& query);

  WatchedCryptography crypto;

 private:
  std::unique_ptr<wire::Channel> jpki_;
  std::unique_ptr<wire::Channel> city_;
  std::unique_ptr<trust::SigningKey> key_;
};

// What lies inside envelopes to the city, opened with its receiving key, and sealed again.
class InsideEnvelopes {
 public:
  explicit InsideEnvelopes(Installation& installation);
  template <typename Bundle>
  Bundle open(const std::string& sealed) {
    return must(wire::parse<Bundle>(must(crypto_.open(view_of(sealed), *key_)).reveal(), "bundle"));
  }
  std::string seal(const google::protobuf::Message& bundle) {
    return string_of(must(crypto_.seal(wire::serialise(bundle), key_->certificate())));
  }
  // A city's reply, sealed to the session that sent `apply_query`.
  std::string seal_for_session(ByteView apply_query, const v1::CityReply& reply);

 private:
  WatchedCryptography crypto_;
  std::unique_ptr<trust::ReceivingKey> key_;
};

// Content and statement with one message changed on the way, its signature left as it was.
Bytes with_byte_changed(Bytes bytes, std::size_t at);

}  // namespace mado::chain_tests
