// Whoever has the lines, the relays, a center, another city and another kiosk: hears every message, keeps what it
// likes, sends it again, and signs whatever these keys may sign. It has no card with its PIN, no key of an honest
// kiosk, and none of the cities that citizens ask (chain.md, I5 and I6).
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "application/chain.hpp"
#include "simulator/network/network.hpp"
#include "simulator/nodes/installation.hpp"
#include "simulator/nodes/surroundings.hpp"

namespace mado::simulator {

// An opening that it has heard, with what belongs to it.
struct HeardOpening {
  application::OpenedSession session;
  Bytes opening;
  Bytes endorsement;
  Bytes challenge;
};
// What a kiosk asked its city.
struct HeardQuestion {
  std::string method;  // of City
  HeardOpening opening;
  Bytes subject;  // digest of the opening, application or confirmation
  std::string sealed;
};

class Adversary final : public Onlooker {
 public:
  Adversary(Surroundings& around, const Installation& installation);

  Decision hears_request(const std::string& from, const std::string& to, const std::string& method,
                         const Bytes& request) override;
  void hears_answer(const std::string& from, const std::string& to, const std::string& method,
                    Outcome<Bytes>& answer) override;
  // A city lives with an old ledger from now on: whatever was asked since is asked again (lesson 高松).
  void hears_of_restore(const std::string& city);

 private:
  // What the bytes of a message, or an envelope in it that one of its keys opens, tell of a page or a menu.
  void looks_at(const std::string& where, const std::string& method, ByteView message, bool is_answer);
  bool tells(ByteView bytes) const;

  void hears_refusal(const std::string& kiosk, Reason reason);
  void hears_opening(const std::string& kiosk, const Bytes& request);
  void hears_application(const std::string& kiosk, const Bytes& request);
  void hears_confirmation(const std::string& kiosk, const Bytes& request);
  void keep(HeardQuestion question);
  Decision decides(const std::string& kiosk, const std::string& method);

  // Asks a city, at a moment of its choice, what no kiosk asks it now.
  void asks_later();
  void asks(HeardQuestion question);
  void asks_with_fresh_check(const HeardQuestion& question);
  void asks_with_check(const HeardQuestion& question, const Bytes& ocsp);
  // An application that nobody made, over an opening that somebody did.
  std::optional<HeardQuestion> forged_application(const HeardOpening& opening);

  std::optional<Bytes> answer_of_its_own(const std::string& kiosk, const std::string& method, const Bytes& answer);
  std::optional<Bytes> forged_release(const std::string& kiosk);

  Surroundings& around_;
  const Installation& installation_;
  Random random_;
  Life always_;
  std::unique_ptr<trust::SigningKey> session_key_;  // its own, that no opening names
  std::vector<std::string> telling_;                // what only a page or a menu holds
  std::map<Bytes, Bytes> challenges_;               // by digest
  std::map<std::string, HeardOpening> openings_;    // the newest of each kiosk
  std::map<std::string, Bytes> applications_;       // digest of the newest of each kiosk
  std::map<std::string, Bytes> confirmations_;
  std::deque<HeardQuestion> questions_;
  std::deque<HeardQuestion> withheld_;
  std::deque<Bytes> ocsp_answers_;
  struct HeardAnswer {
    std::string kiosk;
    std::string method;
    Bytes answer;
  };
  std::deque<HeardAnswer> answers_;
};

}  // namespace mado::simulator
