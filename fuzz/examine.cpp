#include "fuzz/examine.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace mado::fuzz {

namespace {
constexpr std::size_t longest_cause = 64 * 1024;

bool is_letter_or_space(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' '; }
}  // namespace

void claim(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

void claim_is_explained(const Refusal& refusal) {
  claim(!code_of(refusal.reason).empty(), "a refusal has a reason");
  claim(!refusal.cause.empty() && refusal.cause.size() <= longest_cause, "a refusal has a cause, and it is bounded");
  const bool plain = std::ranges::all_of(refusal.cause, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\n' || (byte >= 0x20 && byte != 0x7f);
  });
  claim(plain, "a cause has no control characters");
}

void claim_keeps_back(const Refusal& refusal, std::string_view secret, std::size_t stretch) {
  std::size_t length = 0;  // of the stretch without letters that ends here
  for (std::size_t at = 0; at < secret.size(); ++at) {
    length = is_letter_or_space(secret[at]) ? 0 : length + 1;
    if (length < stretch) continue;
    const auto part = secret.substr(at + 1 - stretch, stretch);
    claim(refusal.cause.find(part) == std::string::npos, "a cause repeats nothing secret");
  }
}

std::string_view text_of(ByteView input) { return {reinterpret_cast<const char*>(input.data()), input.size()}; }

std::uint8_t Pieces::byte() {
  if (rest_.empty()) return 0;
  const auto value = rest_.front();
  rest_ = rest_.subspan(1);
  return value;
}

ByteView Pieces::frame() {
  const std::size_t high = byte();
  const auto size = std::min<std::size_t>(high << 8 | byte(), rest_.size());
  const auto taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

Bytes tampered(Bytes genuine, ByteView changes) {
  for (; changes.size() >= 3 && !genuine.empty(); changes = changes.subspan(3)) {
    genuine[static_cast<std::size_t>(changes[0] << 8 | changes[1]) % genuine.size()] ^= changes[2];
  }
  return genuine;
}

}  // namespace mado::fuzz
