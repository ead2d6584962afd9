// 続柄: how a member stands to the head of the household, in the closed vocabulary of
// 住民記録システム標準仕様書 1.1.11:
//   relation := 世帯主 | chain | 縁故者 | 同居人
//   chain    := atom (の atom){0,3}
//   atom     := 夫 | 妻 | 夫（未届） | 妻（未届） | 子 | 子（子の夫） | 子（子の妻） | 父 | 母 | 兄 | 姉 | 弟 | 妹
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace mado::issuer {

enum class Kin { husband, wife, child, father, mother, elder_brother, elder_sister, younger_brother, younger_sister };

struct Relation {
  enum class Sort { head, chain, distant, lodger };  // 世帯主, chain of kin, 縁故者, 同居人

  Sort sort = Sort::chain;
  std::vector<Kin> chain;  // 1 to 4 atoms for a chain; 子の妻 is {child, wife}
};

inline constexpr std::size_t most_generations = 4;

// Nothing for any other text: 孫, 祖父, 長男 are no relations of a residence record.
std::optional<Relation> parse_relation(std::string_view text);

bool is_spouse(Kin kin);
bool is_parent(Kin kin);
bool is_sibling(Kin kin);

}  // namespace mado::issuer
