// Files that a city hands over (一括取込): one for each part of a register, by their names in one directory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "registry/core/rows.hpp"
#include "registry/edge/mapped_file.hpp"

namespace mado::registry {

// Told from time to time which file is read, how far, from 0 to 1, and how many of its rows.
using Progress = std::function<void(std::string_view file, double part, std::uint64_t rows)>;

class BulkFiles {
 public:
  // Those that are there. Refusal: input_invalid if there is none, or a CSV file of a name that is not known.
  static Outcome<BulkFiles> in(const std::filesystem::path& directory);
  void add(RecordFile file, std::filesystem::path path) { paths_[file] = std::move(path); }
  bool has(RecordFile file) const { return paths_.contains(file); }
  bool empty() const { return paths_.empty(); }
  const std::filesystem::path& path(RecordFile file) const { return paths_.at(file); }

 private:
  std::map<RecordFile, std::filesystem::path> paths_;
};

// One of the files as rows; one that is not there has none.
class BulkFile {
 public:
  // Refusal: input_invalid.
  static Outcome<BulkFile> open(const BulkFiles& files, RecordFile file, Progress progress);
  // The same from a text.
  static Outcome<BulkFile> of_text(std::string text, RecordFile file);

  RecordFile file() const { return file_; }
  RecordReader* reader() { return open_ ? &*open_->reader : nullptr; }
  std::uint64_t rows() const { return rows_; }

  // The next row; false at the end. Refusal: input_invalid with file, line, column and reason.
  template <typename Message>
  Outcome<bool> next(RowOf<Message>& row) {
    if (!open_) return false;
    MADO_TRY(there_is_one, open_->reader->next(row));
    if (there_is_one) count();
    return there_is_one;
  }
  // Rows of the record `key`, as long as they come next: a file of parts stands in the order of its file of records.
  template <typename Message>
  Outcome<void> each_of(const std::string& key, const std::function<Outcome<void>(RowOf<Message>&)>& each) {
    while (open_ && open_->reader->next_key() != nullptr && *open_->reader->next_key() == key) {
      RowOf<Message> row;
      MADO_CHECK(next(row));
      MADO_CHECK(each(row));
    }
    return {};
  }
  // Whether the next row begins with these keys.
  bool is_next(const Keys& keys) const { return open_ && open_->reader->begins_with(keys); }
  // After the last record: rows that are left name a record that is not there, or stand out of order.
  Outcome<void> finish(std::string_view records) const;
  // A refusal about a line.
  std::unexpected<Refusal> fault(std::uint64_t line, std::string_view column, std::string_view why) const {
    return open_->reader->fault(line, column, why);
  }
  // One more row was taken by way of `reader()`.
  void count();

 private:
  struct Open {
    std::optional<MappedFile> mapped;
    std::string text;
    std::optional<RecordReader> reader;
  };
  BulkFile(RecordFile file, Progress progress) : file_(file), progress_(std::move(progress)) {}
  RecordFile file_;
  Progress progress_;
  std::unique_ptr<Open> open_;
  std::uint64_t rows_ = 0;
};

}  // namespace mado::registry
