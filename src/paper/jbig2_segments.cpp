#include "paper/jbig2_segments.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "paper/jbig2_bitmap.hpp"
#include "paper/jbig2_dictionary.hpp"
#include "paper/jbig2_text.hpp"
#include "paper/page.hpp"

namespace mado::paper {

namespace {
constexpr std::size_t most_referred = 4;

// 7.3
enum class SegmentType : std::uint8_t {
  symbol_dictionary = 0,
  text_region = 6,
  generic_region = 38,
  page_information = 48
};
constexpr std::uint8_t text_region_combines = 0;  // by OR

// 7.4.8: size, 23622 pixels a metre (600 dots an inch), lossless, white, regions combined by OR, no stripes.
Bytes page_information() {
  Bytes data;
  put_number(data, page_width, 4);
  put_number(data, page_height, 4);
  put_number(data, 23'622, 4);
  put_number(data, 23'622, 4);
  put_number(data, 1, 1);
  put_number(data, 0, 2);
  return data;
}

// 7.4.1: the whole page.
Bytes whole_page_region() {
  Bytes head;
  put_number(head, page_width, 4);
  put_number(head, page_height, 4);
  put_number(head, 0, 4);
  put_number(head, 0, 4);
  put_number(head, text_region_combines, 1);
  return head;
}

// 7.4.3.1: no refinement, strips, REFCORNER is the upper left one, combined by OR.
Bytes text_region_head(std::uint32_t marks) {
  constexpr std::uint32_t upper_left = 1;
  auto head = whole_page_region();
  put_number(head, static_cast<std::uint32_t>(strip_bits) << 2 | upper_left << 4, 2);
  put_number(head, marks, 4);
  return head;
}

// 7.4.6.2: the template, typical prediction.
Bytes generic_region_head() {
  auto head = whole_page_region();
  put_number(head, jbig2_template << 1 | 1U << 3, 1);
  head.insert(head.end(), jbig2_adaptive_pixel.begin(), jbig2_adaptive_pixel.end());
  return head;
}

using Numbers = std::span<const std::uint32_t>;

class SegmentWriter {
 public:
  explicit SegmentWriter(std::size_t bytes) { page_.reserve(bytes); }

  // 7.2. The segment's number.
  std::uint32_t write(SegmentType type, Numbers referred, ByteView head, ByteView rest = {}) {
    const auto number = next_++;
    put_number(page_, number, 4);
    put_number(page_, static_cast<std::uint32_t>(type), 1);
    // Whoever is referred to is referred to once and later: only dictionaries are to be retained, each until then.
    const auto retained = type == SegmentType::symbol_dictionary ? 1U : 0U;
    put_number(page_, static_cast<std::uint32_t>(referred.size()) << 5 | retained, 1);
    const int size = number <= 256 ? 1 : number <= 65'536 ? 2 : 4;
    for (const auto other : referred) put_number(page_, other, size);
    put_number(page_, 1, 1);  // the page
    put_number(page_, static_cast<std::uint32_t>(head.size() + rest.size()), 4);
    page_.insert(page_.end(), head.begin(), head.end());
    page_.insert(page_.end(), rest.begin(), rest.end());
    return number;
  }
  Bytes finish() && { return std::move(page_); }

 private:
  std::uint32_t next_ = 0;
  Bytes page_;
};

// Dictionaries by their segments' numbers, and how many symbols each hands out.
struct Handed {
  std::vector<std::uint32_t> segments;
  std::vector<std::uint32_t> symbols;
};

// Every four dictionaries are handed on by one.
Handed handed_on(SegmentWriter& writer, const Handed& below) {
  Handed above;
  for (std::size_t at = 0; at < below.segments.size(); at += most_referred) {
    const auto count = std::min(most_referred, below.segments.size() - at);
    std::uint32_t symbols = 0;
    for (std::size_t i = 0; i < count; ++i) symbols += below.symbols[at + i];
    above.segments.push_back(count == 1 ? below.segments[at]
                                        : writer.write(SegmentType::symbol_dictionary,
                                                       Numbers(below.segments).subspan(at, count),
                                                       dictionary_handing_on(symbols)));
    above.symbols.push_back(symbols);
  }
  return above;
}

struct Segment {
  std::uint32_t type = 0;
  bool refers = false;
  ByteView data;
};

std::uint32_t number_at(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number = number << 8 | bytes[at + i];
  return number;
}

// The next segment, its length believed, the rest of its header not looked at.
std::optional<Segment> take_segment(ByteView& page) {
  constexpr std::size_t fixed = 6;  // number, type, count
  if (page.size() < fixed) return std::nullopt;
  const auto referred = static_cast<std::size_t>(page[5] >> 5);
  const auto number = number_at(page, 0, 4);
  const auto length_at = fixed + referred * (number <= 256 ? 1U : number <= 65'536 ? 2U : 4U) + 1;
  if (referred > most_referred || page.size() < length_at + 4) return std::nullopt;
  const auto length = number_at(page, length_at, 4);
  if (page.size() - length_at - 4 < length) return std::nullopt;
  const Segment segment{page[4] & 0x3fU, referred != 0, page.subspan(length_at + 4, length)};
  page = page.subspan(length_at + 4 + length);
  return segment;
}

// Output of the arithmetic coder ends with the marker FF AC and has no other marker in it (E.2.9, E.3.4).
bool looks_coded(ByteView coded) {
  if (coded.size() < 3 || coded[coded.size() - 2] != 0xff || coded.back() != 0xac) return false;
  const auto within = coded.first(coded.size() - 1);
  return std::ranges::adjacent_find(within, [](auto one, auto next) { return one == 0xff && next > 0x8f; }) ==
         within.end();
}

bool is(const Segment& segment, SegmentType type) { return segment.type == static_cast<std::uint32_t>(type); }

// The page written again from what was found in it; nothing if that cannot be done.
std::optional<Bytes> written_again(ByteView page) {
  const auto first = take_segment(page);
  if (!first || !is(*first, SegmentType::page_information)) return std::nullopt;
  static const auto pixels_head = generic_region_head().size();
  static const auto places_head = text_region_head(0).size();
  std::vector<ByteView> dictionaries;
  while (const auto segment = take_segment(page)) {
    const auto& data = segment->data;
    if (is(*segment, SegmentType::symbol_dictionary)) {
      if (segment->refers) continue;
      if (dictionaries.size() == most_symbols_on_page || !begins_as_dictionary_of_one(data) || !looks_coded(data))
        return std::nullopt;
      dictionaries.push_back(data);
      continue;
    }
    const bool is_pixels = is(*segment, SegmentType::generic_region);
    const auto head = is_pixels ? pixels_head : places_head;
    if (data.size() <= head || !looks_coded(data.subspan(head))) return std::nullopt;
    if (is_pixels) return page_of_pixels(data.subspan(head));
    const auto marks = number_at(data, head - 4, 4);
    if (!is(*segment, SegmentType::text_region) || dictionaries.empty() || marks > most_marks_on_page)
      return std::nullopt;
    return page_of_symbols(dictionaries, marks, data.subspan(head));
  }
  return std::nullopt;
}
}  // namespace

void put_number(Bytes& to, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Bytes page_of_symbols(std::span<const ByteView> dictionaries, std::uint32_t marks, ByteView coded) {
  std::size_t bytes = coded.size() + 256;
  for (const auto& data : dictionaries) bytes += data.size() + 40;  // its header and its part of those that hand on
  SegmentWriter writer(bytes);
  writer.write(SegmentType::page_information, {}, page_information());
  Handed handed;
  for (const auto& data : dictionaries) {
    handed.segments.push_back(writer.write(SegmentType::symbol_dictionary, {}, data));
    handed.symbols.push_back(1);
  }
  while (handed.segments.size() > most_referred) handed = handed_on(writer, handed);
  writer.write(SegmentType::text_region, handed.segments, text_region_head(marks), coded);
  return std::move(writer).finish();
}

Bytes page_of_pixels(ByteView coded) {
  SegmentWriter writer(coded.size() + 128);
  writer.write(SegmentType::page_information, {}, page_information());
  writer.write(SegmentType::generic_region, {}, generic_region_head(), coded);
  return std::move(writer).finish();
}

Outcome<void> check_segments(ByteView page) {
  const auto again = written_again(page);
  if (!again || !std::ranges::equal(*again, page)) {
    return refuse(Reason::message_malformed, "an image is no JBIG2 page of the form that is printed");
  }
  return {};
}

}  // namespace mado::paper
