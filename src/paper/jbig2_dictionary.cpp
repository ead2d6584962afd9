#include "paper/jbig2_dictionary.hpp"

#include <algorithm>

#include "paper/jbig2_bitmap.hpp"
#include "paper/jbig2_integers.hpp"
#include "paper/jbig2_segments.hpp"

namespace mado::paper {

namespace {
// 7.4.2.1: flags (only SDTEMPLATE is not zero), the adaptive pixel, the number of symbols exported, of those the new
// ones.
Bytes head_of(std::uint32_t exported, std::uint32_t own) {
  Bytes head;
  put_number(head, jbig2_template << 10, 2);
  head.insert(head.end(), jbig2_adaptive_pixel.begin(), jbig2_adaptive_pixel.end());
  put_number(head, exported, 4);
  put_number(head, own, 4);
  return head;
}

// 6.5.10: how many in turn are not exported and are exported. Here none and then all.
void encode_exports(MqEncoder& out, std::uint32_t count) {
  IntegerEncoder runs;  // IAEX
  runs.encode(out, 0);
  runs.encode(out, static_cast<std::int32_t>(count));
}

Bytes joined(Bytes head, const Bytes& coded) {
  head.insert(head.end(), coded.begin(), coded.end());
  return head;
}
}  // namespace

// 6.5.5: one height class with one symbol.
Bytes dictionary_of(const BitmapView& bitmap) {
  MqEncoder out;
  IntegerEncoder heights;  // IADH
  IntegerEncoder widths;   // IADW
  heights.encode(out, bitmap.height);
  widths.encode(out, bitmap.width);
  encode_pixels(out, bitmap, TypicalPrediction::off);
  widths.encode_end(out);
  encode_exports(out, 1);
  return joined(head_of(1, 1), std::move(out).finish());
}

Bytes dictionary_handing_on(std::uint32_t count) {
  MqEncoder out;
  encode_exports(out, count);
  return joined(head_of(count, 0), std::move(out).finish());
}

bool begins_as_dictionary_of_one(ByteView data) {
  static const auto head = head_of(1, 1);
  return data.size() > head.size() && std::ranges::equal(data.first(head.size()), head);
}

}  // namespace mado::paper
