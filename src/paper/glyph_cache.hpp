// Glyphs that were drawn lately, for the next page. Which ones they are says nothing about whose they were, but it is
// known to whoever reads the process' memory (docs/at-rest.md); so the cache keeps no order of use, only two
// generations: when the younger one is full it becomes the elder one, and what nobody asked for meanwhile is dropped.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "paper/glyph.hpp"

namespace mado::paper {

// A font's glyph number and the type size in pixels.
struct GlyphKey {
  std::uint32_t glyph = 0;
  int pixels = 0;

  friend bool operator==(const GlyphKey&, const GlyphKey&) = default;
};

// Not thread-safe.
class GlyphCache {
 public:
  // `most_bytes`: of both generations together.
  explicit GlyphCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Null if it is not there.
  std::shared_ptr<const Glyph> find(GlyphKey key);
  // One that is larger than half of the cache is not kept.
  void keep(GlyphKey key, std::shared_ptr<const Glyph> glyph);

  std::size_t bytes() const { return young_.bytes + old_.bytes; }

 private:
  struct Hash {
    std::size_t operator()(GlyphKey key) const {
      return std::hash<std::uint64_t>{}(std::uint64_t{key.glyph} << 32 | static_cast<std::uint32_t>(key.pixels));
    }
  };
  struct Generation {
    std::unordered_map<GlyphKey, std::shared_ptr<const Glyph>, Hash> glyphs;
    std::size_t bytes = 0;
  };

  std::size_t most_bytes_;
  Generation young_;
  Generation old_;
};

}  // namespace mado::paper
