#include "paper/jbig2_bitmap.hpp"

#include <algorithm>
#include <vector>

namespace mado::paper {

namespace {
constexpr std::size_t typical_context = 0x0e5;  // Figure 10: the context of SLTP
constexpr std::size_t margin = 2;               // how far template 2 reaches to the right

// One pixel a byte, white beyond the right edge.
using Row = std::vector<std::uint8_t>;

void unpack(const BitmapView& bitmap, int y, Row& row) {
  const auto* packed = bitmap.rows + static_cast<std::size_t>(y) * bitmap.stride;
  for (std::size_t x = 0; x < static_cast<std::size_t>(bitmap.width); ++x) {
    row[x] = packed[x / 8] >> (7 - x % 8) & 1U;
  }
}

class PixelEncoder {
 public:
  PixelEncoder(MqEncoder& out, const BitmapView& bitmap)
      : out_(out), bitmap_(bitmap), above_(width() + margin), twice_above_(above_), here_(above_) {}

  void run(TypicalPrediction prediction) {
    bool was_typical = false;
    for (int y = 0; y < bitmap_.height; ++y) {
      unpack(bitmap_, y, here_);
      if (prediction == TypicalPrediction::on) {
        const bool is_typical = here_ == above_;
        out_.encode(contexts_[typical_context], is_typical != was_typical);
        was_typical = is_typical;
      }
      if (!was_typical) encode_row();
      std::swap(twice_above_, above_);
      std::swap(above_, here_);
    }
  }

 private:
  std::size_t width() const { return static_cast<std::size_t>(bitmap_.width); }

  // The context is, from its highest bit: of two rows above x−1 to x+1, of the row above x−2 to x+2, of this row x−2,
  // x−1.
  void encode_row() {
    unsigned two_above = twice_above_[0];
    unsigned above = static_cast<unsigned>(above_[0]) << 1 | above_[1];
    unsigned before = 0;
    for (std::size_t x = 0; x < width(); ++x) {
      two_above = (two_above << 1 | twice_above_[x + 1]) & 0b111U;
      above = (above << 1 | above_[x + 2]) & 0b11111U;
      out_.encode(contexts_[two_above << 7 | above << 2 | before], here_[x] != 0);
      before = (before << 1 | here_[x]) & 0b11U;
    }
  }

  MqEncoder& out_;
  const BitmapView& bitmap_;
  std::array<MqContext, 1024> contexts_{};
  Row above_;
  Row twice_above_;
  Row here_;
};
}  // namespace

void encode_pixels(MqEncoder& out, const BitmapView& bitmap, TypicalPrediction prediction) {
  PixelEncoder(out, bitmap).run(prediction);
}

}  // namespace mado::paper
