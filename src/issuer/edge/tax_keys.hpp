// The key of each tax year, in a file of its own beside the store: a record of that year is encrypted under it and
// named by it. It is wrapped by a key of the issuer's that lies elsewhere. To erase a year is to overwrite this file
// (docs/decisions/0019-tax-store.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"
#include "trust/cryptography.hpp"

namespace mado::issuer {

inline constexpr std::size_t tax_key_size = 32;         // bytes
inline constexpr std::size_t tax_generation_size = 16;  // bytes: one key of a year, told from another of the same year

// One year's key, at work.
class TaxYearKey {
 public:
  TaxYearKey(std::uint32_t year, Bytes generation, ByteView key, trust::Cryptography& crypto);

  std::uint32_t year() const { return year_; }
  const Bytes& generation() const { return generation_; }

  // [32] What a row is called: a keyed digest of the 宛名番号. Who has the rows without the key learns nobody's.
  Bytes name_of(std::string_view resident) const;
  // A row's content, padded to a multiple of 256 bytes, AES-256-GCM, bound to the year and the row's name.
  Bytes seal(ByteView name, ByteView content) const;
  // Refusal: storage_failed if it was not sealed under this key for this name.
  Outcome<Sensitive<Bytes>> open(ByteView name, ByteView sealed) const;

 private:
  Bytes associated(ByteView name) const;
  std::uint32_t year_;
  Bytes generation_;
  Sensitive<Bytes> naming_;
  Sensitive<Bytes> sealing_;
  trust::Cryptography& crypto_;
};

// Where the keys lie, and what wraps them.
struct TaxKeyPlace {
  std::filesystem::path store;    // the key of 2026 lies in STORE.2026.key
  std::string city;               // 団体コード: another city's key does not open here
  Sensitive<Bytes> wrapping_key;  // [32]
};

// Used from one thread at a time.
class TaxKeys {
 public:
  TaxKeys(TaxKeyPlace place, trust::Cryptography& crypto) : place_(std::move(place)), crypto_(crypto) {}

  // A new key for the year, in the place of one that is there; the old one is overwritten. Refusal: storage_failed.
  Outcome<const TaxYearKey*> make(std::uint32_t year);
  // The year's key of this generation; null if there is none. Valid until the next call. Refusals:
  // configuration_invalid if the wrapping key does not open it; storage_failed.
  Outcome<const TaxYearKey*> find(std::uint32_t year, ByteView generation);
  // Overwrites and removes the keys of every year before `first_kept`. Refusal: storage_failed.
  Outcome<void> erase_before(std::uint32_t first_kept);
  // Wipes what is held in memory of years before `first_kept`.
  void forget_before(std::uint32_t first_kept) { held_.erase(held_.begin(), held_.lower_bound(first_kept)); }

  const std::filesystem::path& store() const { return place_.store; }

 private:
  std::filesystem::path file_of(std::uint32_t year) const;
  Bytes associated(std::uint32_t year, ByteView generation) const;
  Outcome<void> erase(const std::filesystem::path& file);
  const TaxYearKey* hold(std::uint32_t year, Bytes generation, ByteView key);
  TaxKeyPlace place_;
  trust::Cryptography& crypto_;
  std::map<std::uint32_t, TaxYearKey> held_;
};

}  // namespace mado::issuer
