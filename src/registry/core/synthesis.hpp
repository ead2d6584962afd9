// A synthetic city for demonstrations and tests: families that make sense in all registers, no real person. The same
// seed gives the same bytes everywhere.
//
// In every city the first household is 渡邉󠄂 健一's, five persons whose surname carries a variation selector, and the
// second, 高橋 正雄's, has twelve members of four generations. Both have their 本籍 here, and records in every
// register:
//
//   KnownPerson::kenichi    渡邉󠄂 健一, 48, 世帯主 and 筆頭者: taxed, seal, 戸籍 of four, 附票
//   KnownPerson::yumiko     由美子, his wife: somebody's dependant who declared nothing (被扶養者)
//   KnownPerson::hina       陽菜, 17, daughter
//   KnownPerson::hiroto     大翔, 12, son: too young for a machine
//   KnownPerson::kazuko     和子, his mother, a widow: declared a small pension, and is not taxed (非課税)
//   KnownPerson::masao      高橋 正雄, 54, 世帯主 of the twelve: taxed, seal, 戸籍 and 附票 that go over several pages
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "registry/core/rows.hpp"

namespace mado::registry {

struct SyntheticCity {
  std::string code;          // 団体コード, 6 digits
  std::string prefecture;    // 東京都
  std::string municipality;  // 千代田区
  std::uint64_t seed = 1;
  std::uint64_t residents = 1000;  // who live there now, at least; whole households are made
  Day today;                       // ages are counted from here
};

// How a seal looks; draw_seal (synthesis_seal.hpp) makes its image.
struct SealDesign {
  enum class Shape { round, square, oval };
  Shape shape = Shape::round;
  int width = 283;   // pixels at 600 dpi, 189–591
  int height = 283;  // another than `width` for an oval
  std::string text;  // what it shows: a surname, a given name, or both
  int style = 0;     // 0–3: of the strokes

  friend auto operator<=>(const SealDesign&, const SealDesign&) = default;
};
struct SyntheticSeal {
  std::string resident;         // 宛名番号
  v1::SealRegistration record;  // without its image
  SealDesign design;
};

// One cause of suppression beside the records (suppressions.csv).
struct SyntheticSuppression {
  std::string person;  // 宛名番号 or 戸籍個人番号
  v1::RecordKind record = v1::RECORD_KIND_UNSPECIFIED;
  v1::Suppression cause = v1::SUPPRESSION_UNSPECIFIED;
};

// What one household brings to all registers; or a 戸籍 whose people live elsewhere, or somebody outside the resident
// register (住登外): then `residents` is empty.
struct CityPart {
  std::vector<ResidentRow> residents;
  std::vector<SyntheticSeal> seals;
  std::vector<v1::FamilyRegister> family_registers;
  std::vector<v1::RegisterSupplement> supplements;
  std::vector<v1::Addressee> addressees;
  std::vector<v1::TaxRecord> tax_records;  // of the newest 年度 and the one before
  std::vector<v1::TaxDeclaration> declarations;
  std::vector<CardRow> cards;  // their keys exist nowhere
  std::vector<SyntheticSuppression> suppressions;
};

// Calls `each` with one part of the city after the other.
void synthesise(const SyntheticCity& city, const std::function<void(const CityPart&)>& each);
// The same city's residents alone, household by household.
void synthesise_residents(const SyntheticCity& city, const std::function<void(const ResidentRow&)>& each);

// The newest 年度 that is assessed on `today`, western: a year's tax is set in June.
std::uint32_t newest_tax_year(Day today);

enum class KnownPerson { kenichi, yumiko, hina, hiroto, kazuko, masao };
// 宛名番号, the same in every city.
std::string number_of(KnownPerson person);

}  // namespace mado::registry
