// A citizen who wants a certificate, and knows which.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/headless_kiosk.hpp"

namespace mado::bench {

using Milliseconds = std::chrono::duration<double, std::milli>;

// A person as the kiosk's screen names her.
struct Named {
  std::string name;
  std::string relation;

  friend bool operator==(const Named&, const Named&) = default;
};

struct Wish {
  std::string city;
  v1::Service service = v1::SERVICE_HOME_CITY;
  std::filesystem::path card;  // the citizen's, a state file; its PIN is 1234
  v1::Kind kind = v1::KIND_RESIDENCE_CERTIFICATE;
  v1::Scope scope = v1::SCOPE_HOUSEHOLD;
  std::vector<Named> persons;  // for SCOPE_MEMBERS: all who shall be on it
  std::vector<v1::Option> options;
  int copies = 1;
  std::chrono::milliseconds thinks{0};  // before she agrees
};

// 住民票の写し of the whole household with 続柄 and 本籍, for the one whose card script/make_installation made.
Wish household_wish(const Installation& installation);

// One session, from the check before it until the paper is taken. Returns how long the paper took: from 「同意する」,
// before the application is signed, until the document is handed to the printer. Refusals: what the session ended in;
// internal if the screens do not offer what is wished for.
Outcome<Milliseconds> serve_at_screens(HeadlessKiosk& kiosk, const Wish& wish, HeadlessKiosk::Watch watch);

// The same, and then center and city have its receipt.
Outcome<Milliseconds> serve_citizen(HeadlessKiosk& kiosk, const Wish& wish, HeadlessKiosk::Watch watch);

}  // namespace mado::bench
