// Form + content → what stands where on which page, in millimetres. Nothing is drawn yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"
#include "paper/content.hpp"
#include "paper/font.hpp"
#include "paper/form.hpp"

namespace mado::paper {

inline constexpr std::size_t most_pages = 50;

// `text` and `name` point into the form, the content or the arrangement itself.
struct PlacedText {
  std::string_view name;  // of the field; empty: a label
  std::string_view text;  // empty only if the field is mandatory
  Box box;
  Type type;
  bool mandatory = false;
};
struct PlacedImage {
  std::string_view name;
  BitmapView bitmap;
  Box box;  // the bitmap stands in its middle, 1:1
};

struct PlacedPage {
  std::vector<Box> lines;
  std::vector<Frame> frames;
  std::vector<PlacedText> texts;
  std::vector<PlacedImage> images;
  std::vector<std::string> subjects;  // whom this page draws for the first time, in their order
  std::string number;                 // "1/2"
};

// The form's text `page_number`, if it has one, with {page} and {pages}, or {ページ} and {総ページ} in full-width
// digits; else "{page}/{pages}".
//
// `seal` stands on the last page. Form, content and font outlive the pages. Refusals: character_not_available,
// text_too_long (the cause names the field); page_check_failed if a value or image has no place in the form or a
// mandatory image is missing; input_invalid if nobody is the subject; too_many_pages beyond most_pages.
Outcome<std::vector<PlacedPage>> arrange(const Form& form, const Font& font, const BitmapView& seal,
                                         const Content& content);

}  // namespace mado::paper
