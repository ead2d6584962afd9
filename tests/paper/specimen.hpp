// What the paper tests draw with: the one font, and a seal that says that it is a specimen (見本).
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "paper/font.hpp"
#include "paper/form.hpp"
#include "paper/seal.hpp"

namespace mado::paper::specimen {

inline constexpr auto font_file = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";

// Loaded once for a whole test program.
inline const Font& font() {
  static const Font loaded = [] {
    auto font = Font::load(font_file);
    if (!font) throw std::runtime_error(font.error().cause);
    return std::move(*font);
  }();
  return loaded;
}

inline const Form& residence_form() {
  static const Form form = [] {
    auto loaded = load_form(std::string(MADOGUCHI_SOURCE_DIR) + "/forms/residence.toml");
    if (!loaded) throw std::runtime_error(loaded.error().cause);
    return std::move(*loaded);
  }();
  return form;
}

inline const Seal& seal() {
  static const Seal seal = [] {
    auto loaded = Seal::load(std::string(MADOGUCHI_SOURCE_DIR) + "/forms/specimen-seal.pbm");
    if (!loaded) throw std::runtime_error(loaded.error().cause);
    return std::move(*loaded);
  }();
  return seal;
}

}  // namespace mado::paper::specimen
