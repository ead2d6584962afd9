// 本籍地利用登録: people who live elsewhere ask at a kiosk to have their card known for the 戸籍 that is here; the
// city's staff look for them in it and decide.
#pragma once

#include <string>
#include <vector>

#include "registry/edge/registers.hpp"

namespace mado::registry {

// Thread-safe.
class DomicileRegister {
 public:
  // At most `most_open` applications wait for a decision.
  DomicileRegister(Registers& registers, std::uint64_t most_open) : registers_(registers), most_open_(most_open) {}

  // Keeps an application; it is on disk when this returns. The number by which staff and citizen know it: the day and
  // the change of the registers that it is, "20261121-0042" [≤20 bytes]. A card whose application waits gets that one's
  // number again, and what it says now is not kept. Refusals: message_malformed for an entry beyond its bounds; busy if
  // `most_open` wait; storage_failed.
  Outcome<std::string> keep(const v1::DomicileEntry& entry, Instant now);

  struct Waiting {
    std::string number;
    v1::DomicileEntry entry;
  };
  // Those that wait, in the order of their numbers.
  Outcome<std::vector<Waiting>> waiting();

  // From now on the card is known for the person with this number in the 戸籍. Refusal: input_invalid if no such
  // application waits, nobody of that number stands in a 戸籍 now, or somebody else has the card.
  Outcome<void> approve(const std::string& number, const std::string& person, Instant now);
  // Refusal: input_invalid if no such application waits.
  Outcome<void> reject(const std::string& number, Instant now);

 private:
  Outcome<std::uint64_t> count_waiting();
  Outcome<void> change(Instant now, const std::function<Outcome<void>(Registers::Change&)>& work);
  Outcome<void> decide(const std::string& number, const char* decision, Instant now,
                       const std::function<Outcome<void>(Registers::Change&, const v1::DomicileEntry&)>& work);
  Registers& registers_;
  std::uint64_t most_open_;
};

}  // namespace mado::registry
