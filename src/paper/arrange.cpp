#include "paper/arrange.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "paper/flow.hpp"
#include "paper/layout.hpp"

namespace mado::paper {

namespace {
constexpr std::string_view page_number_field = "page_number";
constexpr double rounding = 0.001;

std::unexpected<Refusal> failed(std::string cause) { return refuse(Reason::page_check_failed, std::move(cause)); }
std::unexpected<Refusal> of_field(std::string_view name, const Refusal& refusal) {
  return refuse(refusal.reason, fmt::format("field \"{}\": {}", name, refusal.cause));
}

// Where on the page an area stands, and by how much what reaches below `edge` is higher than in the form.
struct Place {
  double x = 0;
  double y = 0;
  double edge = 1000;
  double grown = 0;

  Box of(Box box) const {
    if (box.bottom() > edge - rounding) box.height += grown;
    return box.moved(x, y);
  }
};

// The first `count` characters of a text, each with its selector.
std::string_view front_of(std::string_view text, std::size_t count) {
  auto rest = text;
  while (!rest.empty()) {
    auto after = rest;
    const auto character = take_character(after);
    if (!character) break;
    if (!is_variation_selector(*character) && count-- == 0) break;
    rest = after;
  }
  return text.substr(0, text.size() - rest.size());
}

std::string full_width(std::size_t number) {
  constexpr std::string_view digits = "０１２３４５６７８９";
  constexpr std::size_t digit_bytes = 3;
  std::string text;
  for (const char digit : std::to_string(number)) {
    text += digits.substr(static_cast<std::size_t>(digit - '0') * digit_bytes, digit_bytes);
  }
  return text;
}

std::string page_number(const Form& form, std::size_t page, std::size_t pages) {
  const auto pattern = form.text(page_number_field);
  std::string text{pattern.empty() ? "{page}/{pages}" : pattern};
  const std::pair<std::string_view, std::string> words[] = {{"{page}", std::to_string(page)},
                                                            {"{pages}", std::to_string(pages)},
                                                            {"{ページ}", full_width(page)},
                                                            {"{総ページ}", full_width(pages)}};
  for (const auto& [word, number] : words) {
    if (const auto found = text.find(word); found != std::string::npos) text.replace(found, word.size(), number);
  }
  return text;
}

class Arrangement {
 public:
  Arrangement(const Form& form, const Font& font, const BitmapView& seal, const Content& content)
      : form_(form), font_(font), seal_(seal), content_(content) {}

  Outcome<std::vector<PlacedPage>> run() {
    MADO_TRY(flowing, flowing_pages());
    if (flowing.empty()) return refuse(Reason::input_invalid, "a certificate without anybody on it");
    if (flowing.size() > most_pages) return refuse(Reason::too_many_pages, "a certificate of more than 50 pages");
    pages_.resize(flowing.size());
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      pages_[i].number = page_number(form_, i + 1, pages_.size());
      MADO_CHECK(place_page(pages_[i], flowing[i]));
    }
    return std::move(pages_);
  }

 private:
  using Rows = std::vector<FlowingRow>;

  Outcome<std::vector<Rows>> flowing_pages() const {
    if (!form_.flow) return std::vector<Rows>(content_.subject.empty() ? 0 : 1);
    Rows rows;
    for (const auto& filled : content_.rows) {
      const auto* row = form_.row(filled.row);
      if (row == nullptr) return failed(fmt::format("the form has no row \"{}\"", filled.row));
      MADO_TRY(height, height_of(*row, filled));
      rows.push_back({row, &filled, height, false});
    }
    return break_into_pages(form_, rows);
  }

  Outcome<double> height_of(const Row& row, const FilledRow& filled) const {
    double grown = 0;
    for (const auto& field : row.area.fields) {
      const auto value = filled.values.find(field.name);
      if (!field.grows || value == filled.values.end() || value->second.text().empty()) continue;
      const auto characters = font_.characters_of(value->second.text());
      if (!characters) return of_field(field.name, characters.error());
      const auto lines = lines_of(*characters, field.box.width, field.type);
      if (!lines) return of_field(field.name, lines.error());
      grown = std::max(grown, (*lines - 1) * field.type.leading * field.type.size);
    }
    return row.height + grown;
  }

  Outcome<void> place_page(PlacedPage& page, const Rows& rows) {
    place_fixed(page, form_.page, {});
    MADO_CHECK(place_values(page, form_.page, {}, content_.page));
    if (const auto* field = form_.page.field(page_number_field); field != nullptr) {
      page.texts.push_back({field->name, page.number, field->box, field->type, field->mandatory});
    }
    MADO_CHECK(place_images(page));
    MADO_CHECK(place_rows(page, rows));
    if (&page != &pages_.back()) return {};
    place_fixed(page, form_.footer, {});
    MADO_CHECK(place_values(page, form_.footer, {}, content_.footer));
    page.images.push_back({"seal", seal_, form_.seal});
    return {};
  }

  Outcome<void> place_rows(PlacedPage& page, const Rows& rows) const {
    if (&page == &pages_.front() && !content_.subject.empty()) page.subjects.push_back(content_.subject);
    double y = 0;
    for (const auto& [row, filled, height, again] : rows) {
      const Place place{form_.flow->box.x, form_.flow->box.y + y, row->height, height - row->height};
      place_fixed(page, row->area, place);
      MADO_CHECK(place_values(page, row->area, place, filled->values));
      if (!again && !filled->subject.empty()) page.subjects.push_back(filled->subject);
      y += height;
    }
    if (&page == &pages_.back()) place_rest(page, y);
    return {};
  }

  void place_rest(PlacedPage& page, double y) const {
    if (!form_.flow || !form_.flow->rest) return;
    const auto& [box, type, text] = *form_.flow->rest;
    if (y + box.bottom() > form_.flow->last_height + rounding) return;
    page.texts.push_back({{}, text, box.moved(form_.flow->box.x, form_.flow->box.y + y), type, false});
  }

  static void place_fixed(PlacedPage& page, const Area& area, const Place& place) {
    for (const auto& line : area.lines) page.lines.push_back(place.of(line));
    for (const auto& [box, thickness] : area.frames) page.frames.push_back({place.of(box), thickness});
    for (const auto& [box, type, text] : area.labels) page.texts.push_back({{}, text, place.of(box), type, false});
  }

  Outcome<void> place_values(PlacedPage& page, const Area& area, const Place& place, const Values& values) const {
    for (const auto& [name, value] : values) {
      if (area.field(name) == nullptr) return failed(fmt::format("the form has no field \"{}\"", name));
    }
    for (const auto& field : area.fields) {
      if (field.name == page_number_field && &area == &form_.page) continue;
      const auto value = values.find(field.name);
      auto text = value == values.end() ? std::string_view{} : value->second.text();
      const auto box = place.of(field.box);
      auto type = field.type;
      if (field.grows) type.lines = most_lines;
      if (field.overflow != Overflow::refuse && !text.empty()) {
        MADO_TRY(limited, limited_to(text, box, field));
        text = limited;
      }
      if (!text.empty() || field.mandatory) page.texts.push_back({field.name, text, box, type, field.mandatory});
    }
    return {};
  }

  // What a city lets stand of a text that is too long.
  Outcome<std::string_view> limited_to(std::string_view text, const Box& box, const Field& field) const {
    const auto characters = font_.characters_of(text);
    if (!characters) return of_field(field.name, characters.error());
    if (lay_out(*characters, box, field.type)) return text;
    if (field.overflow == Overflow::blank) return std::string_view{};
    return front_of(text, fitting(*characters, box, field.type));
  }

  Outcome<void> place_images(PlacedPage& page) const {
    for (const auto& [name, bitmap] : content_.images) {
      const auto* image = form_.page.image(name);
      if (image == nullptr) return failed(fmt::format("the form has no image \"{}\"", name));
      page.images.push_back({image->name, bitmap, image->box});
    }
    for (const auto& image : form_.page.images) {
      if (image.mandatory && !content_.images.contains(image.name)) {
        return failed(fmt::format("mandatory image \"{}\" is missing", image.name));
      }
    }
    return {};
  }

  const Form& form_;
  const Font& font_;
  const BitmapView& seal_;
  const Content& content_;
  std::vector<PlacedPage> pages_;
};
}  // namespace

Outcome<std::vector<PlacedPage>> arrange(const Form& form, const Font& font, const BitmapView& seal,
                                         const Content& content) {
  return Arrangement(form, font, seal, content).run();
}

}  // namespace mado::paper
