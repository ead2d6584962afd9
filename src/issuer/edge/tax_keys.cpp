#include "issuer/edge/tax_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <vector>

#include "trust/file.hpp"

namespace mado::issuer {

namespace {
constexpr std::size_t padded_to = 256;
constexpr std::uint8_t end_of_content = 0x80;  // then zeros: ISO/IEC 7816-4 padding
constexpr std::size_t most_key_file = 256;
constexpr std::size_t year_digits = 4;

void append_year(Bytes& to, std::uint32_t year) {
  for (const int shift : {24, 16, 8, 0}) to.push_back(static_cast<std::uint8_t>(year >> shift));
}

Bytes padded(ByteView content) {
  Bytes bytes;
  bytes.reserve((content.size() / padded_to + 1) * padded_to);
  bytes.assign(content.begin(), content.end());
  bytes.push_back(end_of_content);
  bytes.resize((bytes.size() + padded_to - 1) / padded_to * padded_to, 0);
  return bytes;
}

bool remove_padding(Bytes& bytes) {
  const auto end = std::ranges::find_if(bytes.rbegin(), bytes.rend(), [](std::uint8_t byte) { return byte != 0; });
  if (end == bytes.rend() || *end != end_of_content) return false;
  bytes.resize(static_cast<std::size_t>(bytes.rend() - end) - 1);
  return true;
}
}  // namespace

TaxYearKey::TaxYearKey(std::uint32_t year, Bytes generation, ByteView key, trust::Cryptography& crypto)
    : year_(year),
      generation_(std::move(generation)),
      naming_(crypto.authentication_code(key, view_of("madoguchi tax year: names of rows"))),
      sealing_(crypto.authentication_code(key, view_of("madoguchi tax year: contents of rows"))),
      crypto_(crypto) {}

Bytes TaxYearKey::name_of(std::string_view resident) const {
  return crypto_.authentication_code(naming_.reveal(), view_of(resident));
}

Bytes TaxYearKey::associated(ByteView name) const {
  Bytes bytes;
  append_year(bytes, year_);
  bytes.insert(bytes.end(), name.begin(), name.end());
  return bytes;
}

Bytes TaxYearKey::seal(ByteView name, ByteView content) const {
  const Sensitive<Bytes> whole{padded(content)};
  return crypto_.wrap(sealing_.reveal(), whole.reveal(), associated(name));
}

Outcome<Sensitive<Bytes>> TaxYearKey::open(ByteView name, ByteView sealed) const {
  auto opened = crypto_.unwrap(sealing_.reveal(), sealed, associated(name));
  if (!opened) return refuse(Reason::storage_failed, "a row of the tax store is not what was written there");
  Sensitive<Bytes> content{std::move(*opened)};
  if (!remove_padding(content.reveal())) return refuse(Reason::storage_failed, "a row of the tax store has no end");
  return content;
}

std::filesystem::path TaxKeys::file_of(std::uint32_t year) const {
  return fmt::format("{}.{:04}.key", place_.store.string(), year);
}

const TaxYearKey* TaxKeys::hold(std::uint32_t year, Bytes generation, ByteView key) {
  held_.erase(year);
  return &held_.emplace(year, TaxYearKey(year, std::move(generation), key, crypto_)).first->second;
}

Bytes TaxKeys::associated(std::uint32_t year, ByteView generation) const {
  auto bytes = bytes_of("madoguchi tax year key " + place_.city);
  append_year(bytes, year);
  bytes.insert(bytes.end(), generation.begin(), generation.end());
  return bytes;
}

// A key file: the generation, then the key, wrapped.
Outcome<const TaxYearKey*> TaxKeys::make(std::uint32_t year) {
  const auto file = file_of(year);
  std::error_code error;
  if (std::filesystem::exists(file, error)) MADO_CHECK(erase(file));
  const Sensitive<Bytes> key{crypto_.random(tax_key_size)};
  auto generation = crypto_.random(tax_generation_size);
  auto content = generation;
  const auto wrapped = crypto_.wrap(place_.wrapping_key.reveal(), key.reveal(), associated(year, generation));
  content.insert(content.end(), wrapped.begin(), wrapped.end());
  MADO_CHECK(trust::write_new_file("tax_key_kept"_point, file, content, trust::Secrecy::secret));
  return hold(year, std::move(generation), key.reveal());
}

Outcome<const TaxYearKey*> TaxKeys::find(std::uint32_t year, ByteView generation) {
  const Bytes wanted(generation.begin(), generation.end());
  if (const auto held = held_.find(year); held != held_.end() && held->second.generation() == wanted)
    return &held->second;
  const auto file = file_of(year);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return nullptr;
  auto read = trust::read_file(file, most_key_file);
  if (!read && !std::filesystem::exists(file, error)) return nullptr;  // erased meanwhile
  MADO_TRY(content, std::move(read));
  if (content.size() < tax_generation_size || !std::ranges::equal(ByteView(content).first(tax_generation_size), wanted))
    return nullptr;
  auto opened = crypto_.unwrap(place_.wrapping_key.reveal(), ByteView(content).subspan(tax_generation_size),
                               associated(year, wanted));
  if (!opened || opened->size() != tax_key_size) {
    return refuse(Reason::configuration_invalid,
                  fmt::format("setting \"tax.wrapping_key\" does not open {}", file.string()));
  }
  const Sensitive<Bytes> key{std::move(*opened)};
  return hold(year, wanted, key.reveal());
}

Outcome<void> TaxKeys::erase(const std::filesystem::path& file) {
  MADO_CHECK(trust::overwrite_file("tax_key_overwritten"_point, file));
  return trust::remove_file("tax_key_removed"_point, file);
}

namespace {
// STORE.2026.key, or a draft of it that a crash left: STORE.2026.key.new.
std::optional<std::uint32_t> year_of(std::string_view name, std::string_view store) {
  if (!name.starts_with(store) || name.size() < store.size() + 1 + year_digits) return std::nullopt;
  name.remove_prefix(store.size());
  const auto digits = name.substr(1, year_digits);
  const auto ending = name.substr(1 + year_digits);
  std::uint32_t year = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), year);
  const bool is_key =
      name[0] == '.' && read.ptr == digits.data() + digits.size() && (ending == ".key" || ending == ".key.new");
  return is_key ? std::optional(year) : std::nullopt;
}

struct KeyFile {
  std::uint32_t year;
  std::filesystem::path file;
};
Outcome<std::vector<KeyFile>> key_files(const std::filesystem::path& store) {
  std::vector<KeyFile> found;
  std::error_code error;
  const auto directory = std::filesystem::absolute(store).parent_path();
  for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (const auto year = year_of(at->path().filename().string(), store.filename().string()))
      found.push_back({*year, at->path()});
  }
  if (error) return refuse(Reason::storage_failed, directory.string() + ": " + error.message());
  return found;
}
}  // namespace

Outcome<void> TaxKeys::erase_before(std::uint32_t first_kept) {
  forget_before(first_kept);
  MADO_TRY(found, key_files(place_.store));
  for (const auto& [year, file] : found) {
    if (year < first_kept) MADO_CHECK(erase(file));
  }
  return {};
}

}  // namespace mado::issuer
