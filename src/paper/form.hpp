// A form (様式) is data: where each line, label and field of a certificate stands. One file for each form of a city;
// docs/forms.md is its schema. All lengths are millimetres from the page's upper left corner, in a block from the
// block's.
#pragma once

#include <filesystem>
#include <map>
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
};

enum class Align { left, center, right, spread };  // spread: 均等割付, from edge to edge

struct Type {
  double size = 0;   // of the type, where the text has room
  double least = 0;  // a text that does not fit is shrunk to this, then refused
  Align align = Align::left;
  int lines = 1;       // the most lines that it may be broken into
  double padding = 0;  // left free at either end
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
};

struct Area {
  std::vector<Box> lines;  // filled black
  std::vector<Frame> frames;
  std::vector<Label> labels;
  std::vector<Field> fields;

  const Field* field(std::string_view name) const;
};

// The part that is repeated, `count` times on a page, `box.height` apart: one for each person.
struct Block {
  Box box;  // of the first on the page
  int count = 0;
  Area area;
  Label rest;  // 以下余白, drawn in the first block that stays empty
};

struct Form {
  std::string name;
  std::string version;
  std::map<std::string, std::string, std::less<>> texts;  // sentences that differ from city to city
  Area page;                                              // on every page
  Block block;
  Area footer;  // on the last page only
  Box seal;     // on the last page: where 電子公印 stands, centred
};

// The space that a text keeps from its box's upper and lower edge, and within which its ink is looked for.
inline constexpr double box_margin = 0.3;

// `file` names the text in refusals. Refusal: configuration_invalid: "file:line: key: reason" for a form that cannot be
// read, has unknown or missing keys, or whose boxes leave the page, lie outside their block or overlap.
Outcome<Form> parse_form(std::string_view toml, std::string_view file);
Outcome<Form> load_form(const std::filesystem::path& file);

}  // namespace mado::paper
