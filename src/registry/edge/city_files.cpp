#include "registry/edge/city_files.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "registry/core/tax_items.hpp"

namespace mado::registry {

namespace {
constexpr std::size_t number_of_files = static_cast<std::size_t>(RecordFile::suppressions) + 1;
constexpr std::uint64_t residents_between_reports = 10'000;
constexpr std::uint64_t files_in_a_folder = 1'000;

class CityFiles {
 public:
  CityFiles(std::filesystem::path directory, const SealGlyphs& glyphs)
      : directory_(std::move(directory)), glyphs_(glyphs) {}

  Outcome<void> open() {
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    for (std::size_t i = 0; i < number_of_files; ++i) {
      const auto file = static_cast<RecordFile>(i);
      const auto path = directory_ / name_of(file);
      if (std::filesystem::exists(path, error))
        return refuse(Reason::storage_failed, fmt::format("{}: exists already", path.string()));
      files_[i].open(path, std::ios::binary);
      line(file, fmt::format("{}", fmt::join(columns_of(file).header(), ",")));
    }
    return {};
  }
  Outcome<void> close() {
    for (std::size_t i = 0; i < number_of_files; ++i) {
      files_[i].close();
      if (!files_[i]) return unwritable(directory_ / name_of(static_cast<RecordFile>(i)));
    }
    return {};
  }

  Outcome<void> write(const CityPart& part) {
    for (const auto& resident : part.residents) write(resident);
    for (const auto& record : part.family_registers) write(record);
    for (const auto& record : part.supplements) write(record);
    for (const auto& record : part.tax_records) write(record);
    for (const auto& addressee : part.addressees) row(RecordFile::addressees, {}, addressee);
    for (const auto& card : part.cards) count_line(RecordFile::cards, write_card(card));
    for (const auto& suppression : part.suppressions) write(suppression);
    for (const auto& seal : part.seals) MADO_CHECK(write(seal));
    for (const auto& declaration : part.declarations) MADO_CHECK(write(declaration));
    return {};
  }
  const CityFilesCount& count() const { return count_; }

 private:
  static std::unexpected<Refusal> unwritable(const std::filesystem::path& path) {
    return refuse(Reason::storage_failed, fmt::format("{}: cannot be written whole", path.string()));
  }
  void line(RecordFile file, const std::string& text) { files_.at(static_cast<std::size_t>(file)) << text << "\r\n"; }
  void count_line(RecordFile file, const std::string& text) {
    line(file, text);
    ++count_.rows[file];
  }
  void row(RecordFile file, const Keys& keys, const google::protobuf::Message& message) {
    count_line(file, columns_of(file).write(keys, message));
  }

  void write(const ResidentRow& row_of_resident) {
    const auto& resident = row_of_resident.resident;
    count_line(RecordFile::residents, write_resident(row_of_resident));
    if (resident.state() == v1::RESIDENT_STATE_CURRENT) ++count_.residents;
    for (const auto& alias : resident.foreign().aliases()) row(RecordFile::aliases, {resident.number()}, alias);
    for (const auto& change : resident.changes()) row(RecordFile::changes, {resident.number()}, change);
  }

  void write(const v1::FamilyRegister& record) {
    row(RecordFile::family_registers, {}, record);
    write_entries(record.number(), {}, record.matters());
    for (const auto& person : record.persons()) {
      row(RecordFile::family_register_persons, {record.number()}, person);
      write_entries(record.number(), person.number(), person.entries());
    }
  }
  void write_entries(const std::string& number, const std::string& person,
                     const google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries) {
    for (int i = 0; i < entries.size(); ++i) {
      const auto keys = [&](const char* level) -> Keys {
        return {number, person, std::to_string(i + 1), entries[i].label(), level};
      };
      for (auto item : entries[i].items()) {
        if (item.under_size() > 0) item.set_text("＊");
        row(RecordFile::family_register_entries, keys("1"), item);
        for (const auto& under : item.under()) row(RecordFile::family_register_entries, keys("2"), under);
      }
    }
  }

  void write(const v1::RegisterSupplement& record) {
    row(RecordFile::supplements, {}, record);
    for (const auto& person : record.persons()) {
      row(RecordFile::supplement_persons, {record.number()}, person);
      for (const auto& address : person.addresses())
        row(RecordFile::supplement_addresses, {record.number(), person.number()}, address);
    }
  }

  void write(const v1::TaxRecord& record) {
    row(RecordFile::tax_records, {}, record);
    const auto amount = [&](TaxBlock block, const std::string& item, std::int64_t value) {
      row(RecordFile::tax_amounts,
          {std::to_string(record.fiscal_year()), record.resident(), std::string(word_of(block)), item,
           std::to_string(value)},
          v1::TaxAmount{});
    };
    for (const auto& each : record.incomes()) amount(TaxBlock::incomes, each.item(), each.yen());
    for (const auto& each : record.deductions()) amount(TaxBlock::deductions, each.item(), each.yen());
    for (const auto& each : record.bases()) amount(TaxBlock::bases, each.item(), each.yen());
    for (const auto& each : record.taxes()) amount(TaxBlock::taxes, each.item(), each.yen());
    for (const auto& each : record.persons()) amount(TaxBlock::persons, each.item(), each.count());
  }

  void write(const SyntheticSuppression& suppression) {
    row(RecordFile::suppressions,
        {suppression.person, std::string(word_of(record_words(), suppression.record)),
         std::string(word_of(suppression_words(), suppression.cause))},
        v1::HouseholdQuery{});
  }

  Outcome<void> write(const SyntheticSeal& seal) {
    const auto [found, is_new] = seal_files_.try_emplace(seal.design);
    if (is_new) {
      found->second = folder("seals", count_.seal_images) + fmt::format("{:06}.pbm", count_.seal_images);
      ++count_.seal_images;
      MADO_CHECK(write_beside(found->second, draw_seal(seal.design, glyphs_)));
    }
    row(RecordFile::seals, {seal.resident, found->second}, seal.record);
    return {};
  }
  Outcome<void> write(const v1::TaxDeclaration& declaration) {
    const auto file = folder("declarations", count_.rows[RecordFile::tax_declarations]) + declaration.number() + ".txt";
    MADO_CHECK(write_beside(file, declaration.content()));
    row(RecordFile::tax_declarations, {file}, declaration);
    return {};
  }
  static std::string folder(std::string_view name, std::uint64_t number) {
    return fmt::format("{}/{:04}/", name, number / files_in_a_folder);
  }
  Outcome<void> write_beside(const std::string& name, const std::string& content) {
    const auto path = directory_ / name;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << content;
    out.close();
    if (!out) return unwritable(path);
    return {};
  }

  std::filesystem::path directory_;
  const SealGlyphs& glyphs_;
  std::array<std::ofstream, number_of_files> files_;
  std::map<SealDesign, std::string> seal_files_;
  CityFilesCount count_;
};
}  // namespace

Outcome<CityFilesCount> write_city_files(const SyntheticCity& city, const std::filesystem::path& directory,
                                         const SealGlyphs& glyphs,
                                         const std::function<void(std::uint64_t residents)>& progress) {
  CityFiles files(directory, glyphs);
  MADO_CHECK(files.open());
  Outcome<void> written;
  std::uint64_t reported = 0;
  synthesise(city, [&](const CityPart& part) {
    if (!written) return;
    written = files.write(part);
    if (files.count().residents / residents_between_reports == reported) return;
    reported = files.count().residents / residents_between_reports;
    progress(files.count().residents);
  });
  if (!written) return std::unexpected(written.error());
  MADO_CHECK(files.close());
  return files.count();
}

}  // namespace mado::registry
