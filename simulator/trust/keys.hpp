// The keys of one simulated installation, and who vouches for them: made anew for each seed, either real (OpenSSL) or
// stand-ins that keep the algebra of who may sign and who may open.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "card/virtual_card/private_operation.hpp"
#include "jpki/core/standing.hpp"
#include "simulator/scheduler/random.hpp"
#include "trust/cryptography.hpp"

namespace mado::simulator {

// What makes a My Number Card this one: its certificate and its key.
struct CardChip {
  Bytes certificate;
  std::shared_ptr<const card::PrivateOperation> key;
};

class Keys {
 public:
  virtual ~Keys() = default;

  virtual trust::Cryptography& crypto() = 0;

  // Keys that the roster pins. `subject_serial`: a city's 団体コード, else empty.
  virtual std::shared_ptr<const trust::SigningKey> pinned_signing(const std::string& name,
                                                                  const std::string& subject_serial) = 0;
  virtual std::shared_ptr<const trust::ReceivingKey> pinned_receiving(const std::string& name,
                                                                      const std::string& subject_serial) = 0;
  virtual Bytes kiosk_authority() = 0;
  virtual std::shared_ptr<const trust::SigningKey> device(const std::string& kiosk) = 0;
  virtual Bytes card_authority() = 0;
  virtual CardChip card() = 0;

  // JPKI's answer to an OCSP request, produced at `now`. No answer, as RFC 6960 has it, for what is no request.
  using StandingOf = std::function<jpki::OcspStanding(const Bytes& serial)>;
  virtual Bytes ocsp_answer(ByteView request, const StandingOf& standing_of, Instant now) = 0;
};

// `valid_from` is a moment before the run; certificates are good for days from it.
std::unique_ptr<Keys> make_stand_in_keys(Random random, Instant valid_from);
// The same with OpenSSL. Its randomness is real: a seed gives the same course of events, not the same bytes.
std::unique_ptr<Keys> make_real_keys(Instant valid_from);

}  // namespace mado::simulator
