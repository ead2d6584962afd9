// Form + values → the pages of one certificate, drawn, checked against the form, encoded. Deterministic.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/refusal.hpp"
#include "base/sensitive.hpp"
#include "paper/font.hpp"
#include "paper/form.hpp"
#include "paper/page.hpp"
#include "paper/seal.hpp"

namespace mado::paper {

inline constexpr std::string_view omitted_mark = "＊＊＊";
inline constexpr std::size_t most_pages = 50;

// What stands in a field: a text, ＊＊＊ for an item that was not asked for, or nothing because the record has nothing.
class Value {
 public:
  Value() = default;  // blank
  static Value omitted();
  // An empty text is blank.
  static Value of(std::string_view text);

  std::string_view text() const { return text_.reveal(); }

 private:
  Sensitive<std::string> text_;
};

// By the field's name in the form.
using Values = std::map<std::string, Value, std::less<>>;

struct Subject {
  std::string id;  // whom the block is about; handed back as drawn
  Values values;
};

struct Content {
  Values page;  // `page_number` ("1/2") is added by compose
  std::vector<Subject> subjects;
  Values footer;
};

struct Composed {
  std::vector<EncodedImage> pages;
  std::vector<std::string> drawn;  // the ids of the subjects whose blocks were drawn, in the order of drawing
};

// Refusals: character_not_available, text_too_long (the cause names the field); page_check_failed if a value has no
// field, a mandatory field left no ink inside its box, any ink left its box, or the seal is not on the last page as it
// should be; input_invalid without a subject or beyond most_pages.
Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content);

}  // namespace mado::paper
