// Records put together from the rows of several files: a record's own, and those of its parts, which stand in the same
// order.
#pragma once

#include "registry/edge/bulk_files.hpp"

namespace mado::registry {

template <typename Record>
struct Assembled {
  std::uint64_t line = 0;  // of the record's own row
  Record record;
};

// Each gives the next record; nothing at the end. Refusal: input_invalid with file, line, column and reason. Whether
// the whole record may stand in a register is core/record_check.hpp's to say, but for a resident, who is checked.
Outcome<std::optional<ResidentRow>> next_whole_resident(BulkFile& residents, BulkFile& aliases, BulkFile& changes);
Outcome<std::optional<Assembled<v1::FamilyRegister>>> next_family_register(BulkFile& registers, BulkFile& persons,
                                                                           BulkFile& entries);
Outcome<std::optional<Assembled<v1::RegisterSupplement>>> next_supplement(BulkFile& supplements, BulkFile& persons,
                                                                          BulkFile& addresses);

}  // namespace mado::registry
