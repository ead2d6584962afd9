// A My Number Card: the product's virtual card over a memory that may lose what is written to it. Without power it
// knows what was durable, and nothing else.
#pragma once

#include <optional>
#include <vector>

#include "card/virtual_card/virtual_card.hpp"
#include "simulator/scheduler/random.hpp"
#include "simulator/swarm/faults.hpp"
#include "simulator/trust/keys.hpp"

namespace mado::simulator {

// One PIN that was offered to a card (VERIFY), as somebody knows who knows the PIN and looks into the memory.
struct PinOffered {
  bool right = false;
  bool told = false;    // the answer says whether it was right
  unsigned before = 0;  // durable tries
  unsigned after = 0;
};

class CardBody final : public card::MemoryPort {
 public:
  static constexpr const char* pin = "1234";

  CardBody(CardChip chip, Faults& faults, Random random);

  // The answer to one command; nothing if the power went before it came.
  std::optional<Bytes> answer(ByteView command);
  // Off the reader, or switched off.
  void lose_power();
  // Durable tries of the 利用者証明用 PIN.
  unsigned tries() const { return durable_.authentication.tries; }
  // What was offered by the last command, if that was a PIN.
  const std::optional<PinOffered>& offered() const { return offered_; }
  // What was signed since this was asked last.
  std::vector<Bytes> take_signatures();

  Outcome<void> write(CrashPoint point, const card::CardMemory& memory) override;

 private:
  class Signing;
  enum class Cut { none, before_command, before_write, after_write, after_command };
  Cut any_cut();

  Faults& faults_;
  Random random_;
  card::CardMemory durable_;
  std::shared_ptr<Signing> key_;
  std::optional<card::VirtualCard> card_;
  Cut cut_ = Cut::none;  // when the power goes during this command
  bool powered_ = true;
  std::optional<PinOffered> offered_;
};

}  // namespace mado::simulator
