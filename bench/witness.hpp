// The production cryptography of a headless kiosk, which keeps what its session signed and what the city sealed to it:
// the evidence that somebody else judges (bench/load.cpp, tests/oracle).
#pragma once

#include <memory>

#include "trust/handing_on.hpp"

namespace mado::bench {

// Statements, each a CMS SignedData in DER, of the session's last application.
struct Evidence {
  Bytes opening;      // signed by the card
  Bytes application;  // by the session
  Bytes certificate;  // by the city, as it came out of the envelope
};

class Witness final : public trust::HandingOn {
 public:
  explicit Witness(std::shared_ptr<Evidence> evidence);

  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override;
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override;
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override;

 private:
  Witness(std::unique_ptr<trust::Cryptography> real, std::shared_ptr<Evidence> evidence);
  std::unique_ptr<trust::Cryptography> real_;
  std::shared_ptr<Evidence> evidence_;
};

}  // namespace mado::bench
