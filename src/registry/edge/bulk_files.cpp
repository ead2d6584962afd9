#include "registry/edge/bulk_files.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mado::registry {

namespace {
constexpr std::uint64_t rows_between_reports = 10'000;
constexpr int number_of_files = static_cast<int>(RecordFile::suppressions) + 1;

std::optional<RecordFile> file_of(std::string_view name) {
  for (int i = 0; i < number_of_files; ++i) {
    if (name_of(static_cast<RecordFile>(i)) == name) return static_cast<RecordFile>(i);
  }
  return std::nullopt;
}
}  // namespace

Outcome<BulkFiles> BulkFiles::in(const std::filesystem::path& directory) {
  BulkFiles files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() != ".csv") continue;
    const auto file = file_of(entry.path().filename().string());
    if (!file)
      return refuse(Reason::input_invalid,
                    fmt::format("{}: no register has a file of this name", entry.path().string()));
    files.add(*file, entry.path());
  }
  if (error) return refuse(Reason::input_invalid, fmt::format("{}: {}", directory.string(), error.message()));
  if (files.empty())
    return refuse(Reason::input_invalid, fmt::format("{}: holds no file of a register", directory.string()));
  return files;
}

Outcome<BulkFile> BulkFile::open(const BulkFiles& files, RecordFile file, Progress progress) {
  BulkFile opened(file, std::move(progress));
  if (!files.has(file)) return opened;
  MADO_TRY(mapped, MappedFile::open(files.path(file)));
  opened.open_ = std::make_unique<Open>();
  opened.open_->mapped.emplace(std::move(mapped));
  MADO_TRY(reader, RecordReader::begin(opened.open_->mapped->text(), files.path(file).filename().string(), file));
  opened.open_->reader = std::move(reader);
  return opened;
}

Outcome<BulkFile> BulkFile::of_text(std::string text, RecordFile file) {
  BulkFile opened(file, [](std::string_view, double, std::uint64_t) {});
  opened.open_ = std::make_unique<Open>();
  opened.open_->text = std::move(text);
  MADO_TRY(reader, RecordReader::begin(opened.open_->text, std::string(name_of(file)), file));
  opened.open_->reader = std::move(reader);
  return opened;
}

void BulkFile::count() {
  if (++rows_ % rows_between_reports == 0) progress_(name_of(file_), open_->reader->progress(), rows_);
}

Outcome<void> BulkFile::finish(std::string_view records) const {
  if (!open_ || open_->reader->next_key() == nullptr) return {};
  return open_->reader->fault_ahead("", fmt::format("{} has no such record, or not in this order", records));
}

}  // namespace mado::registry
