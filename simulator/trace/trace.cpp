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

}  // namespace mado::simulator
