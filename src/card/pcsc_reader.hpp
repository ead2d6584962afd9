// A real reader by PC/SC (winscard, pcscd).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "card/reader.hpp"

namespace mado::card {

struct PcscSettings {
  std::string reader;     // its name as pcscd gives it; empty: the first that there is
  bool exclusive = true;  // no other program may use the card during a session
};

// pcscd may start later or be restarted: it is looked for anew at each call until it answers. Beside the refusals of
// Reader, power_on gives card_no_answer while another program holds the card. How long one command may take is pcscd's
// own limit; it has none for a card that keeps asking for time.
class PcscReader : public Reader {
 public:
  explicit PcscReader(PcscSettings settings);
  ~PcscReader() override;

  Outcome<bool> card_present() override;
  // Blocks until a card lies there, or does not, as `present`; false once `limit` has passed. Refusals of card_present.
  Outcome<bool> wait_until(bool present, std::chrono::milliseconds limit);
  Outcome<Bytes> power_on() override;
  Outcome<Bytes> transmit(ByteView command) override;
  // Resets the card, which unverifies every PIN, and lets other programs have it.
  void power_off() override;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::card
