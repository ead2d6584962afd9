// A form (様式) is data: where each line, label and field of a certificate stands. One file for each form of a city;
// docs/forms.md is its schema. All lengths are millimetres from the page's upper left corner, in a row from the row's.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"

namespace mado::paper {

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  Box moved(double by_x, double by_y) const { return {x + by_x, y + by_y, width, height}; }
  double bottom() const { return y + height; }
};

enum class Align { left, center, right, spread };  // spread: 均等割付, from edge to edge

// Baseline to baseline, in ems, unless a form says otherwise.
inline constexpr double default_leading = 1.12;

struct Type {
  double size = 0;   // of the type, where the text has room
  double least = 0;  // a text that does not fit is shrunk to this; what then does not fit is for `Overflow` to say
  Align align = Align::left;
  int lines = 1;       // the most lines that it may be broken into
  double padding = 0;  // left free at either end
  double leading = default_leading;
  double hang = 0;  // by how much its second and further lines are indented
};

// What becomes of a text that does not fit at its least size (文字超過, 標準仕様書 5.8).
enum class Overflow {
  refuse,  // no certificate
  limit,   // as many characters as fit
  blank,   // none of it
};

struct Frame {
  Box box;
  double thickness = 0;  // the line is centred on the box's edge
};
struct Label {
  Box box;
  Type type;
  std::string text;
};
struct Field {
  std::string name;
  Box box;
  Type type;
  bool mandatory = false;  // a page without ink in its box is not issued
  bool grows = false;      // in a row: broken into as many lines as it needs, and the row grows with it
  Overflow overflow = Overflow::refuse;
  int line = 0;  // of the file
};
// Where a bitmap stands, centred, printed 1:1 (印影).
struct Image {
  std::string name;
  Box box;
  bool mandatory = false;
  int line = 0;
};

struct Area {
  std::vector<Box> lines;  // filled black
  std::vector<Frame> frames;
  std::vector<Label> labels;
  std::vector<Field> fields;
  std::vector<Image> images;
  int line = 0;  // of the file, where it begins

  const Field* field(std::string_view name) const;
  const Image* image(std::string_view name) const;
};

// A part of the flow: one person, one entry, one line of a table. What reaches its lower edge grows with it.
struct Row {
  double height = 0;  // at least
  Area area;
  bool with_next = false;    // never the last on its page
  bool starts_page = false;  // always the first on its page
  // Rows that are drawn once more, with what they said last, where this one begins a page (見出しの繰返し).
  std::vector<std::string> heads;
};

// Where rows stand, one under the other, over as many pages as they need.
struct Flow {
  Box box;                    // on every page but the last
  double last_height = 0;     // of it on the last page, where the footer stands
  std::optional<Label> rest;  // 以下余白, under the last row, from the flow's left edge, if there is room
};

struct Form {
  std::string file;
  std::string name;
  std::string version;
  std::map<std::string, std::string, std::less<>> texts;  // sentences that differ from city to city
  Area page;                                              // on every page
  std::optional<Flow> flow;                               // none: a certificate of one page
  std::map<std::string, Row, std::less<>> rows;
  Area footer;  // on the last page only
  Box seal;     // on the last page: where 電子公印 stands, centred
  int texts_line = 0;

  // Empty if the form does not have it.
  std::string_view text(std::string_view key) const;
  const Row* row(std::string_view name) const;
};

// The space that a text keeps from its box's upper and lower edge, and within which its ink is looked for.
inline constexpr double box_margin = 0.3;

// `file` names the text in refusals. Refusal: configuration_invalid: "file:line: key: reason" for a form that cannot be
// read, has unknown or missing keys, or whose boxes leave the page, lie outside their row or overlap.
Outcome<Form> parse_form(std::string_view toml, std::string_view file);
Outcome<Form> load_form(const std::filesystem::path& file);

}  // namespace mado::paper
