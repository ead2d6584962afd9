#include "simulator/trace/trace.hpp"

#include <fmt/format.h>

namespace mado::simulator {

namespace {
// FNV-1a, 64 bits.
void add(std::uint64_t& digest, std::string_view text) {
  for (const char c : text) digest = (digest ^ static_cast<std::uint8_t>(c)) * 0x100000001b3U;
  digest = (digest ^ 0xff) * 0x100000001b3U;
}
}  // namespace

void Trace::note(Instant at, std::string_view who, std::string_view what, std::string_view detail) {
  ++length_;
  digest_ = (digest_ ^ static_cast<std::uint64_t>(at.milliseconds)) * 0x100000001b3U;
  add(digest_, who);
  add(digest_, what);
  add(digest_, detail);
  if (!keep_) return;
  const auto time = iso_text(at).substr(11, 12);
  lines_.push_back(fmt::format("{} {:<12} {}{}{}", time, who, what, detail.empty() ? "" : " ", detail));
}

void Trace::observe(Instant at, std::string_view from, std::string_view to, std::string_view what, std::size_t size) {
  view_digest_ = (view_digest_ ^ static_cast<std::uint64_t>(at.milliseconds)) * 0x100000001b3U;
  view_digest_ = (view_digest_ ^ size) * 0x100000001b3U;
  add(view_digest_, from);
  add(view_digest_, to);
  add(view_digest_, what);
  if (keep_)
    view_.push_back(fmt::format("{} {} to {}: {}, {} bytes", iso_text(at).substr(11, 12), from, to, what, size));
}

}  // namespace mado::simulator
