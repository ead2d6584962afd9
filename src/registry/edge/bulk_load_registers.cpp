// Loading 戸籍 and 附票.
#include "registry/edge/bulk_load_parts.hpp"
#include "registry/edge/record_assembly.hpp"

namespace mado::registry {

Outcome<void> load_family_registers(Load& load) {
  MADO_TRY(registers, load.open(RecordFile::family_registers));
  MADO_TRY(persons, load.open(RecordFile::family_register_persons));
  MADO_TRY(entries, load.open(RecordFile::family_register_entries));
  while (true) {
    MADO_TRY(found, next_family_register(registers, persons, entries));
    if (!found) break;
    MADO_CHECK(load.applied(registers, found->line, "戸籍番号", load.change.put_family_register(found->record)));
  }
  MADO_CHECK(persons.finish("family_registers.csv"));
  MADO_CHECK(entries.finish("family_registers.csv"));
  load.close({registers, persons, entries});
  return {};
}

Outcome<void> load_supplements(Load& load) {
  MADO_TRY(supplements, load.open(RecordFile::supplements));
  MADO_TRY(persons, load.open(RecordFile::supplement_persons));
  MADO_TRY(addresses, load.open(RecordFile::supplement_addresses));
  while (true) {
    MADO_TRY(found, next_supplement(supplements, persons, addresses));
    if (!found) break;
    MADO_CHECK(load.applied(supplements, found->line, "戸籍番号", load.change.put_supplement(found->record)));
  }
  MADO_CHECK(persons.finish("supplements.csv"));
  MADO_CHECK(addresses.finish("supplements.csv"));
  load.close({supplements, persons, addresses});
  return {};
}

}  // namespace mado::registry
