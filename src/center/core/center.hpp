// The national center (証明書交付センター, S5): takes the application, has the card checked, asks the right city,
// grants the protection of paper, returns the answer. It is blind: what it carries is sealed, and what it keeps is
// history.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "application/chain.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "ledger/history.hpp"
#include "madoguchi/v1/center.pb.h"
#include "trust/cryptography.hpp"

namespace mado::center {

// The card authority's validity service (公的個人認証サービス).
class StatusAuthority {
 public:
  virtual ~StatusAuthority() = default;
  // An OCSP request in DER, its response in DER. Refusal: check_unavailable.
  virtual Task<Outcome<Bytes>> status(Bytes request) = 0;
};

// The cities, through their transfer servers.
class Cities {
 public:
  virtual ~Cities() = default;
  // Calls a method of contracts' service City. Refusals: city_unreachable, answer_late, busy.
  virtual Task<Outcome<Bytes>> call(std::string city, std::string method, Bytes request) = 0;
};

// A kiosk that may use the service (キオスク端末台帳): without a named operator and responsible person none is admitted
// (S3).
struct RegisteredKiosk {
  std::string operator_name;
  std::string responsible;
  bool blocked = false;
};

struct CenterPorts {
  trust::Cryptography& crypto;
  StatusAuthority& jpki;
  Cities& cities;
  ledger::History& history;
  Clock& clock;
};

struct CenterMaterial {
  Bytes signed_roster;
  std::shared_ptr<const application::RosterBook> roster;
  std::shared_ptr<const trust::SigningKey> key;
  Bytes token_key;   // [32] shared by the center's nodes
  std::string node;  // this node's name: two nodes never wrap with one key (chain rule 7)
  std::map<std::string, RegisteredKiosk> kiosks;
};

class Center {
 public:
  Center(CenterPorts ports, CenterMaterial material) : ports_(ports), material_(std::move(material)) {}

  // One method of contracts' service Center, by its full name.
  Task<Outcome<Bytes>> answer(std::string method, Bytes request);

 private:
  Task<Outcome<Bytes>> roster();
  Task<Outcome<Bytes>> challenge(Bytes request);
  Task<Outcome<Bytes>> open(Bytes request);
  Task<Outcome<Bytes>> apply(Bytes request);
  Task<Outcome<Bytes>> confirm(Bytes request);
  Task<Outcome<Bytes>> report(Bytes request);

  struct Session;  // what a token says
  struct Asked {
    std::string method;
    Bytes subject_digest;
    std::string sealed;
    Bytes grant;
  };
  // Has the card checked for `subject_digest`, says so, and passes the sealed bytes to the session's city.
  Task<Outcome<v1::CityAnswer>> ask_city(const Session& session, Asked asked);
  Outcome<Bytes> make_grant(ByteView application_digest, std::uint32_t sheets);
  Outcome<void> check_kiosk(const std::string& kiosk) const;
  Bytes make_token(const Session& session);
  Outcome<Session> read_token(const std::string& token);
  Bytes token_subkey(const std::string& node, Instant at);
  // Writes down how a step ended and hands its answer on. Refusal: storage_failed, or the answer's own.
  Outcome<v1::CityAnswer> remember(const std::string& step, const Session& session, ByteView digest,
                                   Outcome<v1::CityAnswer> answer);

  CenterPorts ports_;
  CenterMaterial material_;
};

}  // namespace mado::center
