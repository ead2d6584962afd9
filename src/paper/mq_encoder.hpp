// The adaptive binary arithmetic coder of JBIG2 (the MQ coder), its writing half. ITU-T T.88 Annex E, in the software
// conventions of E.2. A decision is coded in a context that learns which of its two values is the likelier one.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace mado::paper {

// What one context has learnt: an index into Table E.1 and the likelier value. Begins as 0 (E.2.4).
using MqContext = std::uint8_t;

class MqEncoder {
 public:
  void encode(MqContext& context, bool decision);
  // Everything that was encoded, with the marker FF AC at its end (E.2.9). The encoder is used up.
  Bytes finish() &&;

 private:
  void renormalise();
  void put_byte();

  std::uint32_t code_ = 0;           // the register C
  std::uint32_t interval_ = 0x8000;  // the register A
  int until_byte_ = 12;              // the counter CT
  Bytes bytes_{0};                   // begins with the byte before the first one, which finish() takes off
};

}  // namespace mado::paper
