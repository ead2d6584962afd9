// About whom a session's papers may be: the people of the household and of the 戸籍, each human being once. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"
#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

struct Person {
  // Names one human being in this city, whichever record they stand in: what a handle is made from. 宛名番号, or the
  // number in the 戸籍 under a heading of its own.
  std::string key;
  std::string resident;    // 宛名番号 of a current member of the household; empty: none
  std::string registered;  // number in the 戸籍 or 附票, of somebody who was not removed; empty: does not stand there
  std::string name;        // for the menu, with variation selectors
  std::string relation;    // 続柄, for the menu
  bool holder = false;     // of the card
};

// In the order of the menu: the household's in theirs, then those of the 戸籍 who live elsewhere, in its order.
using Persons = std::vector<Person>;

// `order`: 宛名番号 of the household's current members as they are listed; at the domicile (本籍地) nobody of the
// household is. People of the 戸籍 are taken from it, or from the 附票 where only that was read. Refusal:
// record_incomplete if a record names two people with one number, or nobody of those listed is the card's holder.
Outcome<Persons> list_persons(const v1::HouseholdSnapshot& snapshot, v1::Service service,
                              const std::vector<std::string>& order);

bool belongs_to(const Person& person, v1::Group group);

// A person's name within one session.
using NameHandle = std::function<std::string(const Person& person)>;

// Whom an application is for, in the menu's order. Refusal: person_not_in_household if its holder is not the menu's, or
// its handles do not each name another person of the kind's group, in the menu's order, and fit its scope.
Outcome<std::vector<const Person*>> choose_persons(const v1::Application& application, const Persons& persons,
                                                   const NameHandle& handle_of);

// The numbers, in the record that is drawn and in its order, of those whom a paper then shows: the whole of a 戸籍 or
// 附票 with those who were removed (除籍), else those chosen. Refusal: person_not_in_household if somebody does not
// stand in the record.
Outcome<std::vector<std::string>> numbers_to_draw(const v1::Application& application,
                                                  const std::vector<const Person*>& chosen,
                                                  const v1::HouseholdSnapshot& snapshot);
// Of `persons`, those whom `drawn` names: whom a certificate is about, taken from what was drawn.
std::vector<const Person*> persons_drawn(const Persons& persons, v1::Kind kind, const std::vector<std::string>& drawn);

}  // namespace mado::issuer
