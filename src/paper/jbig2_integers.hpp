// Whole numbers in JBIG2's arithmetic coding. ITU-T T.88 Annex A.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "paper/mq_encoder.hpp"

namespace mado::paper {

// One of the procedures IADH, IADW, IAEX, IADT, IAFS, IADS, IAIT (A.2): each kind of number has contexts of its own.
class IntegerEncoder {
 public:
  void encode(MqEncoder& out, std::int32_t value);
  // "Out of band": the end of a row of numbers.
  void encode_end(MqEncoder& out);

 private:
  void put(MqEncoder& out, bool bit);
  void put(MqEncoder& out, std::uint32_t bits, int count);

  unsigned seen_ = 1;  // PREV
  std::array<MqContext, 512> contexts_{};
};

// The procedure IAID (A.3): which symbol an instance shows, a number of `length` bits (SBSYMCODELEN, 0–20).
class SymbolIdEncoder {
 public:
  explicit SymbolIdEncoder(int length);
  void encode(MqEncoder& out, std::uint32_t id);

 private:
  int length_;
  std::vector<MqContext> contexts_;
};

}  // namespace mado::paper
