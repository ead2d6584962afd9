#include "registry/core/synthesis_seal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "registry/core/synthesis_dates.hpp"

namespace mado::registry {

namespace {
constexpr int youngest_owner = 15;  // years
constexpr int styles = 4;
constexpr int thick_rim = 1;
constexpr int double_rim = 2;
constexpr int white_on_black = 3;

struct Size {
  SealDesign::Shape shape;
  int width;
  int height;
};
// 8 to 25 mm: what can be bought, and the limits.
constexpr Size sizes[]{
    {SealDesign::Shape::round, 248, 248}, {SealDesign::Shape::round, 283, 283},  {SealDesign::Shape::round, 319, 319},
    {SealDesign::Shape::oval, 248, 354},  {SealDesign::Shape::square, 283, 283}, {SealDesign::Shape::round, 354, 354},
    {SealDesign::Shape::round, 425, 425}, {SealDesign::Shape::square, 425, 425}, {SealDesign::Shape::oval, 283, 402},
    {SealDesign::Shape::round, 189, 189}, {SealDesign::Shape::square, 591, 591}};

struct Box {
  int left, top, width, height;
};

class SealImage {
 public:
  explicit SealImage(const SealDesign& design)
      : design_(design),
        stride_(static_cast<std::size_t>((design.width + 7) / 8)),
        bits_(stride_ * static_cast<std::size_t>(design.height), '\0') {}

  void rim() {
    const int thick = std::max(5, design_.width / (design_.style == thick_rim ? 15 : 26));
    for (int y = 0; y < design_.height; ++y) {
      for (int x = 0; x < design_.width; ++x) {
        const bool second =
            design_.style == double_rim && within(x, y, 2 * thick) && !within(x, y, 2 * thick + thick / 2);
        if (second || (within(x, y, 0) && !within(x, y, thick))) set(x, y, true);
      }
    }
  }
  // The part within the rim in which characters stand.
  Box inside() const {
    const int tenths = design_.shape == SealDesign::Shape::square ? 8 : 7;
    const int width = design_.width * tenths / 10;
    const int height = design_.height * tenths / 10;
    return {(design_.width - width) / 2, (design_.height - height) / 2, width, height};
  }
  void turn_white_on_black() {
    for (int y = 0; y < design_.height; ++y) {
      for (int x = 0; x < design_.width; ++x) {
        if (within(x, y, 0)) set(x, y, !get(x, y));
      }
    }
  }
  void fill(const Box& box) {
    for (int y = box.top; y < box.top + box.height; ++y)
      for (int x = box.left; x < box.left + box.width; ++x) set(x, y, true);
  }
  void set(int x, int y, bool black) {
    if (x < 0 || y < 0 || x >= design_.width || y >= design_.height) return;
    auto& byte = bits_[static_cast<std::size_t>(y) * stride_ + static_cast<std::size_t>(x / 8)];
    const auto bit = static_cast<char>(0x80U >> (x % 8));
    byte = static_cast<char>(black ? byte | bit : byte & ~bit);
  }
  std::string pbm() const { return fmt::format("P4\n{} {}\n", design_.width, design_.height) + bits_; }

 private:
  bool get(int x, int y) const {
    return (bits_[static_cast<std::size_t>(y) * stride_ + static_cast<std::size_t>(x / 8)] & (0x80 >> (x % 8))) != 0;
  }
  // Whether a pixel lies within the seal's outline, or within one that is smaller by so many pixels on each side.
  bool within(int x, int y, int smaller) const {
    if (design_.shape == SealDesign::Shape::square)
      return std::min(x, y) >= smaller && x < design_.width - smaller && y < design_.height - smaller;
    const std::int64_t a = design_.width - 2 * smaller;
    const std::int64_t b = design_.height - 2 * smaller;
    const std::int64_t dx = 2 * x + 1 - design_.width;
    const std::int64_t dy = 2 * y + 1 - design_.height;
    return dx * dx * b * b + dy * dy * a * a <= a * a * b * b;
  }

  const SealDesign& design_;
  std::size_t stride_;
  std::string bits_;
};

// The characters of a text, each with its selector; spaces left out.
std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  while (!text.empty()) {
    const auto before = text;
    const auto character = take_character(text);
    if (!character) break;
    const auto size = before.size() - text.size();
    if (is_variation_selector(*character) && !characters.empty())
      characters.back() = {characters.back().data(), characters.back().size() + size};
    else if (*character != U'　' && *character != U' ')
      characters.push_back(before.substr(0, size));
  }
  return characters;
}

// Strokes in a grid of 5 × 5, chosen by the character: two or three across, two or three down.
void draw_strokes(std::string_view character, const Box& box, SealImage& image) {
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
  for (const char byte : character) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  const auto take = [&](std::uint64_t count) {
    const auto taken = hash % count;
    hash = (hash / count) ^ (hash << 7U);
    return static_cast<int>(taken);
  };
  const int thick = std::max(5, std::min(box.width, box.height) / 11);
  const auto across = [&](int row, int from, int to) {
    image.fill({box.left + box.width * from / 5, box.top + box.height * row / 5, box.width * (to - from) / 5, thick});
  };
  const auto down = [&](int column, int from, int to) {
    image.fill(
        {box.left + box.width * column / 5, box.top + box.height * from / 5, thick, box.height * (to - from) / 5});
  };
  for (int row = take(2); row < 5; row += 1 + take(2)) across(row, take(2), 3 + take(3));
  for (int column = take(2); column < 5; column += 1 + take(3)) down(column, take(3), 3 + take(3));
}

void draw_character(std::string_view character, const Box& box, const SealGlyphs& glyphs, SealImage& image) {
  const int side = std::max(box.width, box.height);
  const auto ink = glyphs ? glyphs(character, side) : std::vector<bool>{};
  if (ink.size() != static_cast<std::size_t>(side) * static_cast<std::size_t>(side))
    return draw_strokes(character, box, image);
  // Stretched to the box, as seal script is.
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      const int from = y * side / box.height * side + x * side / box.width;
      if (ink[static_cast<std::size_t>(from)]) image.set(box.left + x, box.top + y, true);
    }
  }
}

// From above, in columns from the right.
void draw_text(const SealDesign& design, const SealGlyphs& glyphs, SealImage& image) {
  constexpr std::size_t most_characters = 8;
  auto characters = characters_of(design.text);
  characters.resize(std::min(characters.size(), most_characters));
  const int count = static_cast<int>(characters.size());
  if (count == 0) return;
  const int columns = count <= 3 ? 1 : 2;
  const int rows = (count + columns - 1) / columns;
  const auto inside = image.inside();
  const int gap = std::max(3, inside.width / 30);
  for (int i = 0; i < count; ++i) {
    const int column = columns - 1 - i / rows;
    const int width = inside.width / columns;
    const int height = inside.height / rows;
    draw_character(
        characters[static_cast<std::size_t>(i)],
        {inside.left + column * width + gap, inside.top + i % rows * height + gap, width - 2 * gap, height - 2 * gap},
        glyphs, image);
  }
}

std::string text_of(Making& making, const Human& human, const v1::Resident& resident) {
  if (human.foreign()) {
    const auto& alias = resident.foreign().alias();
    return !human.kanji.empty() ? human.kanji : !alias.empty() ? alias : human.surname_kana;
  }
  const auto draw = making.choice.below(100);
  return draw < 70 ? human.surname : draw < 82 ? human.given : human.surname + human.given;
}

SealDesign choose_design(Making& making, const std::string& text) {
  const auto& size = sizes[making.numbers.next(Round::seal_shape) % std::size(sizes)];
  const auto draw = making.choice.between(0, 9);
  return {size.shape, size.width, size.height, text, draw < styles ? draw : 0};
}
}  // namespace

std::string draw_seal(const SealDesign& design, const SealGlyphs& glyphs) {
  SealImage image(design);
  draw_text(design, glyphs, image);
  if (design.style == white_on_black) image.turn_white_on_black();
  image.rim();
  return image.pbm();
}

void add_seals(Making& making, const SyntheticHousehold& household, CityPart& part) {
  for (std::size_t at = 0; at < household.humans.size(); ++at) {
    const auto& human = household.humans[at];
    const auto grown_up = years_after(human.born, youngest_owner);
    if (grown_up > days_after(making.city.today, -30)) continue;
    if (!household.known && !making.choice.percent(45)) continue;
    const auto& resident = household.rows[at].resident;
    SyntheticSeal seal;
    seal.resident = resident.number();
    seal.record.set_number(making.numbers.next_seal());
    seal.record.set_state(!household.known && making.one_in(25) ? v1::SEAL_STATE_CANCELLED : v1::SEAL_STATE_REGISTERED);
    *seal.record.mutable_registered() = recorded(making.day_between(grown_up, days_after(making.city.today, -2)));
    if (human.foreign() && human.kanji.empty() && resident.foreign().alias().empty())
      seal.record.set_kana_name(human.surname_kana + "　" + human.given_kana);
    seal.design = choose_design(making, text_of(making, human, resident));
    part.seals.push_back(std::move(seal));
  }
}

}  // namespace mado::registry
