// JPKI's responder as a process, and the office that revokes: the production rules over a register of certificates on
// its disk.
#pragma once

#include <map>

#include "jpki/core/standing.hpp"
#include "simulator/disk/disk.hpp"
#include "simulator/nodes/process.hpp"

namespace mado::simulator {

class JpkiNode final : public Process {
 public:
  explicit JpkiNode(Surroundings& around);

 private:
  void started() override;
  void stopped() override {}
  void serve(ByteView request, const Reply& reply);
  // As CertificateRegister::revoke. True for the world once it is acknowledged.
  void revoke(Card& card, jpki::RevocationReason reason);
  void revoke_later(Card& card);
  jpki::RevocationReason any_reason();

  std::map<Bytes, jpki::OcspStanding> certificates_;  // by serial; durable
  Disk disk_;
  Life office_;  // commands of its own, which do not end with the process
};

}  // namespace mado::simulator
