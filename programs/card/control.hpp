// The virtual card's loopback page: a hand that puts the card on the reader and takes it off.
//   GET /         the page          POST /place, /remove   204
//   GET /state    {"placed": bool, "pin_tries": 0–3, "signature_pin_tries": 0–5}
//   POST /faults  a script of faults (card/virtual_card/faults.hpp): 204, or 400 with a sentence
#pragma once

#include <string>

#include "card/virtual_card/serving.hpp"
#include "operation/status_server.hpp"

namespace mado::card {

operation::StatusAnswer answer_control(Serving& serving, const std::string& method, const std::string& path,
                                       const std::string& body);

}  // namespace mado::card
