#include "paper/page_image.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "paper/jbig2_bitmap.hpp"
#include "paper/jbig2_segments.hpp"
#include "paper/jbig2_text.hpp"

namespace mado::paper {

namespace {
// Symbols are the same if their pixels are, whoever made them: a page must not tell which of its glyphs were drawn
// anew.
struct Same {
  bool operator()(const Symbol* a, const Symbol* b) const { return a == b || a->dictionary() == b->dictionary(); }
};
struct Hash {
  std::size_t operator()(const Symbol* symbol) const { return symbol->hash(); }
};

// Symbols by number, in the order in which they are first asked for.
class Numbering {
 public:
  explicit Numbering(std::size_t marks) { numbers_.reserve(std::min(marks, most_symbols_on_page)); }

  std::uint32_t of(const Symbol& symbol) {
    const auto [found, is_new] = numbers_.try_emplace(&symbol, static_cast<std::uint32_t>(dictionaries_.size()));
    if (is_new) dictionaries_.emplace_back(symbol.dictionary());
    return found->second;
  }
  const std::vector<ByteView>& dictionaries() const { return dictionaries_; }

 private:
  std::unordered_map<const Symbol*, std::uint32_t, Hash, Same> numbers_;
  std::vector<ByteView> dictionaries_;
};

// By strip, from the left, and where two begin at one pixel by what they show: an order that the picture alone decides.
// A mark upon its equal is dropped.
std::vector<const Mark*> in_order(std::span<const Mark> marks) {
  std::vector<const Mark*> ordered;
  ordered.reserve(marks.size());
  for (const auto& mark : marks) ordered.push_back(&mark);
  const auto place = [](const Mark* mark) { return std::tuple(strip_of(mark->top), mark->left, mark->top); };
  std::ranges::sort(ordered, [&](const Mark* a, const Mark* b) {
    return place(a) != place(b) ? place(a) < place(b) : a->symbol->dictionary() < b->symbol->dictionary();
  });
  const auto again = std::ranges::unique(ordered, [&](const Mark* a, const Mark* b) {
    return place(a) == place(b) && Same{}(a->symbol.get(), b->symbol.get());
  });
  ordered.erase(again.begin(), again.end());
  return ordered;
}

Outcome<EncodedImage> bounded(EncodedImage image) {
  if (image.size() > most_encoded_bytes) return refuse(Reason::page_check_failed, "a page's image is too long");
  return image;
}
}  // namespace

Outcome<EncodedImage> encode_image(const Drawing& page) {
  if (page.marks().empty()) return encode_image(page.pixels());
  if (page.marks().size() > most_marks_on_page) return refuse(Reason::page_check_failed, "a page has too many marks");
  const auto marks = in_order(page.marks());
  Numbering numbering(marks.size());
  std::vector<SymbolPlace> places;
  places.reserve(marks.size());
  for (const auto* mark : marks) {
    places.push_back({numbering.of(*mark->symbol), mark->symbol->width(), mark->left, mark->top});
  }
  const auto symbols = numbering.dictionaries().size();
  if (symbols > most_symbols_on_page) return refuse(Reason::page_check_failed, "a page has too many different symbols");
  return bounded(page_of_symbols(numbering.dictionaries(), static_cast<std::uint32_t>(places.size()),
                                 encode_places(places, symbols)));
}

Outcome<EncodedImage> encode_image(const Raster& page) {
  MqEncoder out;
  encode_pixels(out, {page_width, page_height, row_bytes, page.bits().data()}, TypicalPrediction::on);
  return bounded(page_of_pixels(std::move(out).finish()));
}

Outcome<void> check_image(ByteView image) {
  if (image.size() > most_encoded_bytes) return refuse(Reason::message_malformed, "an image is too long");
  return check_segments(image);
}

}  // namespace mado::paper
