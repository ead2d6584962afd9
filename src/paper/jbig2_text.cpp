#include "paper/jbig2_text.hpp"

#include <bit>

#include "paper/jbig2_integers.hpp"

namespace mado::paper {

namespace {
// The kinds of numbers in a text region, each with contexts of its own (6.4.5).
class PlaceEncoder {
 public:
  explicit PlaceEncoder(std::size_t symbols) : ids_(symbol_id_bits(symbols)) { strips_.encode(out_, 0); }

  void begin_strip(int strip, int first_left) {
    strips_.encode(out_, strip - strip_);
    strip_ = strip;
    firsts_.encode(out_, first_left - first_left_);
    first_left_ = first_left;
  }
  void step_to(int left) { steps_.encode(out_, left - after_); }
  void put(const SymbolPlace& place) {
    if constexpr (strip_height > 1) rows_.encode(out_, place.top % strip_height);
    ids_.encode(out_, place.symbol);
    after_ = place.left + place.width - 1;
  }
  void end_strip() { steps_.encode_end(out_); }
  Bytes finish() && { return std::move(out_).finish(); }

 private:
  MqEncoder out_;
  IntegerEncoder strips_;  // IADT
  IntegerEncoder firsts_;  // IAFS
  IntegerEncoder steps_;   // IADS
  IntegerEncoder rows_;    // IAIT
  SymbolIdEncoder ids_;
  int strip_ = 0;
  int first_left_ = 0;
  int after_ = 0;  // CURS: the last column of the symbol before
};
}  // namespace

int symbol_id_bits(std::size_t symbols) { return symbols < 2 ? 0 : static_cast<int>(std::bit_width(symbols - 1)); }

Bytes encode_places(std::span<const SymbolPlace> places, std::size_t symbols) {
  PlaceEncoder encoder(symbols);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& place = places[i];
    const bool begins = i == 0 || strip_of(place.top) != strip_of(places[i - 1].top);
    if (begins && i != 0) encoder.end_strip();
    begins ? encoder.begin_strip(strip_of(place.top), place.left) : encoder.step_to(place.left);
    encoder.put(place);
  }
  if (!places.empty()) encoder.end_strip();
  return std::move(encoder).finish();
}

}  // namespace mado::paper
