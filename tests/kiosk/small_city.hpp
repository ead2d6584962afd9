// A city, its center and one card within the test's own process: enough of them, with real keys, for a kiosk's session
// to walk through every screen. What it says can be swapped for a refusal.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "application/chain.hpp"
#include "card/virtual_card/rsa_key.hpp"
#include "madoguchi/v1/center.pb.h"
#include "trust/openssl_cryptography.hpp"
#include "trust/x509.hpp"
#include "wire/message.hpp"

namespace mado::kiosk {

class SmallCity {
 public:
  SmallCity();
  ~SmallCity();

  // Answers one method of the center, as a center and a city would that have checked everything.
  Bytes answer(const std::string& method, ByteView request, Instant now);
  // The city's refusal in place of the next answer.
  void refuse_next(Reason reason) { next_refusal_ = reason; }
  static Bytes image_of_copy(std::uint32_t copy);
  // In place of every image of the next certificate, signed as they are.
  void draw_next(Bytes image) { next_image_ = std::move(image); }

  // The service of the last opening, and the 利用登録申請 that came with it.
  v1::Service opened_service() const { return opened_service_; }
  const v1::DomicileApplication& registered() const { return registered_; }
  // The next acceptance of a registration is changed, or said as a statement of another type, before it is signed.
  void change_acceptance(std::function<void(v1::DomicileAcceptance&)> change) {
    change_acceptance_ = std::move(change);
  }
  void accept_as(trust::StatementType type) { acceptance_type_ = type; }

  Bytes card_certificate() const { return card_certificate_; }
  Bytes card_signature(ByteView digest_info) const { return *card_key_->sign(digest_info); }

  static constexpr const char* code = "131016";
  static constexpr std::uint32_t fee = 200;
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  std::shared_ptr<const application::RosterBook> roster;
  std::shared_ptr<const trust::SigningKey> device_key;

 private:
  struct Pinned {
    std::unique_ptr<trust::SigningKey> signing;
    std::unique_ptr<trust::ReceivingKey> receiving;
  };
  Pinned pinned(const std::string& name, const std::string& serial_number, Instant now);
  void make_roster(Instant now);
  template <typename Bundle>
  Bundle opened(const std::string& sealed);
  std::string said(trust::StatementType type, const google::protobuf::Message& message, const trust::SigningKey& key,
                   Instant now);
  std::string sealed(trust::StatementType type, const google::protobuf::Message& message, const std::string& request,
                     Instant now, const std::vector<std::string>& images = {});
  Bytes open(ByteView request, Instant now);
  std::string menu(const std::string& request, Instant now);
  std::string accepted(const std::string& request, Instant now);
  Bytes apply(ByteView request, Instant now);
  Bytes confirm(ByteView request, Instant now);

  std::filesystem::path directory_;
  Pinned city_, center_;
  std::optional<card::RsaKey> card_key_;
  Bytes card_certificate_;
  std::string session_;  // the receiving certificate of the opening
  std::optional<Reason> next_refusal_;
  std::optional<Bytes> next_image_;
  v1::Service opened_service_ = v1::SERVICE_UNSPECIFIED;
  v1::DomicileApplication registered_;
  std::function<void(v1::DomicileAcceptance&)> change_acceptance_;
  trust::StatementType acceptance_type_ = trust::StatementType::domicile_acceptance;
};

}  // namespace mado::kiosk
