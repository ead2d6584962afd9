// The parts of a load, one for each register. Included by the files that do them.
#pragma once

#include <initializer_list>

#include "registry/edge/bulk_load.hpp"

namespace mado::registry {

struct Load {
  const BulkFiles& files;
  Registers::Change& change;
  LoadCount& count;
  const Progress& progress;

  Outcome<BulkFile> open(RecordFile file) const { return BulkFile::open(files, file, progress); }
  // What the registers refuse of a row is the row's fault, with its line.
  static Outcome<void> applied(const BulkFile& file, std::uint64_t line, std::string_view column, Outcome<void> done);
  // The files are read: their rows are counted.
  void close(std::initializer_list<std::reference_wrapper<const BulkFile>> read) {
    for (const BulkFile& file : read) {
      if (file.rows() > 0) count.rows[file.file()] = file.rows();
    }
  }
};

Outcome<void> load_family_registers(Load& load);
Outcome<void> load_supplements(Load& load);
// 宛名, 住登外, 賦課情報, 申告書
Outcome<void> load_taxation(Load& load);

}  // namespace mado::registry
