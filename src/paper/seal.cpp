#include "paper/seal.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace mado::paper {

namespace {
constexpr int least_seal_pixels = 100;
constexpr std::size_t most_file_bytes = 256 * 1024;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Skips blanks and comments, then takes a number: the words of a PBM's head (netpbm's pbm(5)).
std::optional<int> take_number(std::string_view& head) {
  while (!head.empty() && (is_blank(head.front()) || head.front() == '#')) {
    if (head.front() == '#') head.remove_prefix(std::min(head.find('\n'), head.size() - 1));
    head.remove_prefix(1);
  }
  int value = 0;
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), value);
  if (error != std::errc{}) return std::nullopt;
  head.remove_prefix(static_cast<std::size_t>(end - head.data()));
  return value;
}

std::unexpected<Refusal> refused(std::string why) { return refuse(Reason::configuration_invalid, "the seal " + why); }

bool side_fits(int pixels) { return pixels >= least_seal_pixels && pixels <= most_seal_pixels; }
}  // namespace

Outcome<Seal> Seal::parse(ByteView pbm) {
  std::string_view text{reinterpret_cast<const char*>(pbm.data()), pbm.size()};
  if (!text.starts_with("P4")) return refused("is no raw PBM (P4)");
  text.remove_prefix(2);
  const auto width = take_number(text);
  const auto height = take_number(text);
  if (!width || !height || text.empty() || !is_blank(text.front())) return refused("has no readable head");
  if (!side_fits(*width) || !side_fits(*height)) return refused("is not 100 to 591 pixels (25 mm at 600 dpi) a side");
  text.remove_prefix(1);

  const auto stride = static_cast<std::size_t>(*width + 7) / 8;
  if (text.size() != stride * static_cast<std::size_t>(*height)) return refused("has too few or too many rows");
  auto rows = bytes_of(text);
  const auto unused = static_cast<unsigned>(stride * 8 - static_cast<std::size_t>(*width));
  for (auto last = stride - 1; last < rows.size(); last += stride)
    rows[last] &= static_cast<std::uint8_t>(0xffU << unused);
  if (std::ranges::all_of(rows, [](auto byte) { return byte == 0; })) return refused("is wholly white");
  MADO_TRY(symbol, Symbol::of({*width, *height, stride, rows.data()}));
  return Seal{std::move(symbol)};
}

Outcome<Seal> Seal::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  Bytes bytes(most_file_bytes + 1);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.empty() || bytes.size() > most_file_bytes) return refused("cannot be read from " + file.string());
  auto seal = parse(bytes);
  if (!seal) seal.error().cause += " (" + file.string() + ")";
  return seal;
}

}  // namespace mado::paper
