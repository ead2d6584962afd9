// What one certificate says: the values of a form's fields, and the rows of its flow in their order.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/sensitive.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

inline constexpr std::string_view omitted_mark = "＊＊＊";

// What stands in a field: a text, ＊＊＊ for an item that was not asked for, or nothing because the record has nothing.
class Value {
 public:
  Value() = default;  // blank
  static Value omitted() { return of(omitted_mark); }
  // An empty text is blank.
  static Value of(std::string_view text) {
    Value value;
    value.text_ = Sensitive<std::string>{std::string(text)};
    return value;
  }

  std::string_view text() const { return text_.reveal(); }

 private:
  Sensitive<std::string> text_;
};

// By the field's name in the form.
using Values = std::map<std::string, Value, std::less<>>;

struct FilledRow {
  std::string row;      // its name in the form
  std::string subject;  // whom it is about, handed back as drawn; empty: nobody new
  Values values;
};

struct Content {
  Values page;  // `page_number` is added when it is drawn
  // Bitmaps of the page by the image's name. They outlive the composing.
  std::map<std::string, BitmapView, std::less<>> images;
  std::string subject;  // whom the page itself is about; empty: its rows say
  std::vector<FilledRow> rows;
  Values footer;
};

}  // namespace mado::paper
