#include "paper/glyph_cache.hpp"

#include <utility>

namespace mado::paper {

namespace {
// What a glyph takes with its entry in the table.
std::size_t bytes_of(const Glyph& glyph) {
  constexpr std::size_t entry = 64;
  return entry + sizeof(Glyph) + (glyph.symbol ? glyph.symbol->bytes() : 0);
}
}  // namespace

std::shared_ptr<const Glyph> GlyphCache::find(GlyphKey key) {
  if (const auto found = young_.glyphs.find(key); found != young_.glyphs.end()) return found->second;
  const auto found = old_.glyphs.find(key);
  if (found == old_.glyphs.end()) return nullptr;
  const auto glyph = found->second;
  old_.bytes -= bytes_of(*glyph);
  old_.glyphs.erase(found);
  keep(key, glyph);
  return glyph;
}

void GlyphCache::keep(GlyphKey key, std::shared_ptr<const Glyph> glyph) {
  const auto size = bytes_of(*glyph);
  if (size > most_bytes_ / 2) return;
  if (young_.bytes + size > most_bytes_ / 2) old_ = std::exchange(young_, {});
  if (young_.glyphs.emplace(key, std::move(glyph)).second) young_.bytes += size;
}

}  // namespace mado::paper
