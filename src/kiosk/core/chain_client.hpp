// The kiosk's side of the bound chain: builds what is signed and sealed, checks every answer, holds the session's keys
// until it is destroyed. One for a session; pure apart from the Cryptography port. chain.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "application/chain.hpp"
#include "base/sensitive.hpp"
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

  // 0. Chooses the city. Refusal: city_unknown.
  Outcome<Bytes> challenge_query(const std::string& city);
  Outcome<void> accept_challenge(ByteView answer, Instant now);
  // 1. What the card signs, given its certificate.
  Outcome<Bytes> prepare_opening(ByteView card_certificate, Instant now);  // PKCS#1 DigestInfo
  // 2, 3. The opening with the card's signature, and the sealed menu request.
  Outcome<Bytes> open_query(ByteView card_signature, const std::string& language, Instant now);
  // Refusals: what the city said, or what does not hold.
  Outcome<void> accept_menu(ByteView answer, Instant now);
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
  // For the city, with the chain's beginning, which every bundle holds.
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

  std::string city_;
  Bytes challenge_;
  Bytes challenge_digest_;
  Instant challenge_issued_;
  std::optional<trust::PreparedStatement> prepared_;
  Bytes opening_;
  Bytes opening_digest_;
  Bytes endorsement_;
  Bytes menu_request_digest_;
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
