// Who lives where, who stands in which 戸籍, and which card is whose: the truth that no node knows whole.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "madoguchi/v1/records.pb.h"
#include "simulator/machines/card.hpp"
#include "simulator/scheduler/random.hpp"
#include "simulator/trust/keys.hpp"
#include "wire/message.hpp"

namespace mado::simulator {

// When a register acknowledged what stops papers; nothing: it does not stand.
using Since = std::optional<Instant>;

struct Family;

struct Household {
  std::string city;      // 団体コード
  std::string number;    // 世帯番号
  unsigned edition = 1;  // of its address: each record's editions are counted from 1
};

struct Resident {
  std::string number;  // 宛名番号; stands for the name as well
  Household* household = nullptr;
  Family* family = nullptr;  // whose 戸籍 it is in, here or in another city; nothing: in none
  // 支援措置 in 住民記録; moved out.
  Since suppressed;
  Since moved_out;
  struct Seal {
    unsigned edition = 0;  // 0: none was ever registered
    Since cancelled;
  } seal;
  struct Tax {
    unsigned edition = 0;  // 0: there is no record
    bool declared = true;
    bool taxed = true;
  } tax;

  const std::string& city() const { return household->city; }
};

// 戸籍 with its 附票.
struct Family {
  struct Person {
    std::string number;                  // in the 戸籍
    std::string name;                    // of a resident of any city the 宛名番号
    const Resident* resident = nullptr;  // if the person lives in the 本籍's own city
    bool removed = false;                // 除籍
  };
  std::string number;  // 戸籍番号
  std::string city;    // of the 本籍
  std::vector<Person> persons;
  unsigned edition = 1;
  unsigned supplement_edition = 1;
  // 届出の処理中, and a sensitive cause in either register.
  Since notice;
  Since kept_back;
  Since supplement_kept_back;

  const Person* find(const Resident& resident) const;
};

struct Card {
  std::unique_ptr<CardBody> body;
  trust::CertificateFacts facts;
  Resident* holder = nullptr;
  // When JPKI acknowledged its first revocation, and the register that somebody else has it too.
  Since revoked;
  Since ambiguous;
  bool at_kiosk = false;  // its holder stands at one

  // 本籍地の市区町村, if it is another city than the holder's: the card is registered there (利用登録). Else empty.
  std::string domicile() const;
};

class Population {
 public:
  // `cities` with `households` each, of 1–6 persons; everybody's first member has a card. Most stand in a 戸籍, some of
  // them in another city's. Whoever is suppressed is so for `cause`.
  Population(const std::vector<std::string>& cities, std::size_t households, v1::Suppression cause, Keys& keys,
             Faults& faults, Instant now, Random random);
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;

  std::vector<std::unique_ptr<Card>>& cards() { return cards_; }
  const std::vector<std::unique_ptr<Card>>& cards() const { return cards_; }
  v1::Suppression cause() const { return cause_; }
  // Whoever lives with `resident`, the resident included.
  std::vector<Resident*> household_of(const Resident& resident) const;
  // Anybody of the same city who lives elsewhere; nothing if there is nobody.
  Resident* neighbour_of(const Resident& resident, Random& random);
  Card* card_of_serial(const Bytes& serial);
  // Everybody who lives in the city, and every 戸籍 that has its 本籍 there.
  std::vector<const Resident*> residents_of(const std::string& city) const;
  std::vector<const Family*> families_of(const std::string& city) const;

 private:
  struct Home {
    Household household;
    std::vector<std::unique_ptr<Resident>> members;
    std::unique_ptr<Family> family;
  };
  void settle(Home& home, const std::vector<std::string>& cities, Random& random);
  void give_card(const Home& home, Keys& keys, Faults& faults, Instant now, Random& random);
  const Home& at(const Resident& resident) const;

  v1::Suppression cause_;
  std::vector<std::unique_ptr<Home>> homes_;
  std::vector<std::unique_ptr<Card>> cards_;
  std::map<Bytes, Card*> by_serial_;
};

}  // namespace mado::simulator
