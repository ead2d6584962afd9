#include <array>
#include <cassert>

#include "trust/cryptography.hpp"

namespace mado::trust {

#define MADO_ARC "2.25.22678955188097659195437609877030666801."
std::string_view object_identifier(StatementType type) {
  static constexpr std::array<std::string_view, statement_type_count> identifiers{
      MADO_ARC "1",  MADO_ARC "2",  MADO_ARC "3",  MADO_ARC "4",  MADO_ARC "5",  MADO_ARC "6",
      MADO_ARC "7",  MADO_ARC "8",  MADO_ARC "9",  MADO_ARC "10", MADO_ARC "11", MADO_ARC "12",
      MADO_ARC "13", MADO_ARC "14", MADO_ARC "15", MADO_ARC "16", MADO_ARC "17"};
  return identifiers.at(static_cast<std::size_t>(type));
}
#undef MADO_ARC

Id Cryptography::random_id() {
  const auto id = Id::from(random(16));
  assert(id && "16 bytes make an id");
  return *id;
}

}  // namespace mado::trust
