// The kiosk's side of the bound chain: builds what is signed and sealed, checks every answer, holds the session's keys
// until it is destroyed. One for a session; pure apart from the Cryptography port. chain.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "application/chain.hpp"
#include "base/sensitive.hpp"
#include "kiosk/core/registration.hpp"
#include "madoguchi/v1/center.pb.h"
#include "paper/page.hpp"
#include "trust/cryptography.hpp"

namespace mado::kiosk {

// What the citizen chose.
struct Choices {
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;
  std::vector<std::size_t> persons;  // positions in the menu's list, ascending
  std::vector<v1::Option> options;   // ascending
  std::uint32_t copies = 1;
};

// A certificate that was opened and checked: pages that belong to exactly this application.
struct CheckedCertificate {
  std::vector<paper::Sheet> sheets;  // all copies, in order
  std::vector<std::string> issuance_numbers;
  Bytes certificate_digest;
};

class ChainClient {
 public:
  ChainClient(trust::Cryptography& crypto, std::shared_ptr<const application::RosterBook> roster,
              std::shared_ptr<const trust::SigningKey> device_key, std::string kiosk);
  ~ChainClient();
  ChainClient(const ChainClient&) = delete;
  ChainClient& operator=(const ChainClient&) = delete;

  const Id& session() const { return session_; }
  const std::string& city() const { return city_; }
  // The city's telephone number, from the roster; empty before a city is chosen.
  std::string telephone() const;

  // What is asked for, and of which city; until the opening is prepared another may be chosen. Refusal: city_unknown.
  Outcome<void> choose(v1::Service service, const std::string& city);
  // 0.
  Bytes challenge_query() const;
  Outcome<void> accept_challenge(ByteView answer, Instant now);
  // 1. What the card signs, given its certificate.
  Outcome<Bytes> prepare_opening(ByteView card_certificate, Instant now);  // PKCS#1 DigestInfo
  // 2, 3. The opening with the card's signature, and the sealed menu request.
  Outcome<Bytes> open_query(ByteView card_signature, const std::string& language, Instant now);
  // 2, 3b. In its place for SERVICE_DOMICILE_REGISTRATION: the opening, and the sealed 利用登録申請. Refusal:
  // input_invalid if `registration` is not complete.
  Outcome<Bytes> domicile_query(ByteView card_signature, const Registration& registration, Instant now);
  // Refusals: what the city said, or what does not hold.
  Outcome<void> accept_menu(ByteView answer, Instant now);
  Outcome<Acceptance> accept_domicile(ByteView answer, Instant now);
  const v1::Menu& menu() const { return menu_; }

  // 4. A new issuance, with an id of its own.
  Outcome<Bytes> apply_query(const Choices& choices, Instant now);
  Outcome<CheckedCertificate> accept_certificate(ByteView answer, Instant now);
  const Id& issuance() const { return issuance_; }
  const Bytes& application_digest() const { return application_digest_; }
  const v1::Application& application() const { return application_; }

  // 5.
  Outcome<Bytes> confirm_query(const CheckedCertificate& certificate, Instant now);
  Outcome<void> accept_release(ByteView answer, Instant now);

 private:
  // Opens a sealed reply; its one statement is of `expected` type, or a refusal of the city's over `request_digest`.
  template <typename Message>
  Outcome<application::Said<Message>> open_reply(const std::string& sealed, trust::StatementType expected,
                                                 const Bytes& request_digest, Instant now,
                                                 v1::CityReply* whole = nullptr);
  // The opening with the card's signature, endorsed.
  Outcome<void> complete_opening(ByteView card_signature, Instant now);
  Outcome<Bytes> opening_with(Bytes request);
  Outcome<std::string> seal_for_city(ByteView bundle);
  // For the city, with the chain's beginning, which every bundle holds. Wiped once it is sealed.
  template <typename Bundle>
  Outcome<std::string> seal_bundle(Bundle bundle);
  Outcome<void> check_certificate(const v1::Certificate& certificate, const v1::CityReply& reply,
                                  const v1::GuardGrant& grant) const;
  std::string salt() { return string_of(crypto_.random(32)); }

  trust::Cryptography& crypto_;
  std::shared_ptr<const application::RosterBook> roster_;
  std::shared_ptr<const trust::SigningKey> device_key_;
  std::string kiosk_;
  Id session_;
  std::unique_ptr<trust::SigningKey> signing_key_;
  std::unique_ptr<trust::ReceivingKey> receiving_key_;

  v1::Service service_ = v1::SERVICE_HOME_CITY;
  std::string city_;
  Bytes challenge_;
  Bytes challenge_digest_;
  Instant challenge_issued_;
  std::optional<trust::PreparedStatement> prepared_;
  Bytes opening_;
  Bytes opening_digest_;
  Bytes endorsement_;
  Bytes request_digest_;  // of the menu request, or of what stands in its place
  v1::Menu menu_;
  std::string token_;
  std::uint32_t sequence_ = 0;
  Id issuance_;
  v1::Application application_;
  Bytes application_statement_;
  Bytes application_digest_;
  Bytes confirmation_digest_;
  Instant confirmation_sent_;
};

}  // namespace mado::kiosk
