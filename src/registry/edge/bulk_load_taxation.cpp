// Loading the tax register: 宛名 and 住登外, assessed records with their amounts, declarations as they were received.
#include "registry/core/tax_items.hpp"
#include "registry/edge/bulk_load_parts.hpp"

namespace mado::registry {

namespace {
Outcome<void> load_addressees(Load& load) {
  MADO_TRY(addressees, load.open(RecordFile::addressees));
  RowOf<v1::Addressee> row;
  while (true) {
    MADO_TRY(there_is_one, addressees.next(row));
    if (!there_is_one) break;
    MADO_CHECK(load.applied(addressees, row.line, "宛名番号", load.change.put_addressee(row.record)));
  }
  load.close({addressees});
  return {};
}

void add(v1::TaxAmount* amount, const Keys& keys) {
  amount->set_item(keys[3]);
  amount->set_yen(std::stoll(keys[4]));
}

Outcome<void> add_amount(const BulkFile& file, const RowOf<v1::TaxAmount>& row, v1::TaxRecord& record) {
  const auto& block = row.keys[2];
  if (block == word_of(TaxBlock::incomes))
    add(record.add_incomes(), row.keys);
  else if (block == word_of(TaxBlock::deductions))
    add(record.add_deductions(), row.keys);
  else if (block == word_of(TaxBlock::bases))
    add(record.add_bases(), row.keys);
  else if (block == word_of(TaxBlock::taxes))
    add(record.add_taxes(), row.keys);
  else {
    constexpr std::int64_t most_persons = 99;
    const auto count = std::stoll(row.keys[4]);
    if (count < 0 || count > most_persons) return file.fault(row.line, "値", "must be from 0 to 99 for persons");
    auto* persons = record.add_persons();
    persons->set_item(row.keys[3]);
    persons->set_count(static_cast<std::uint32_t>(count));
  }
  return {};
}

Outcome<void> load_records(Load& load) {
  MADO_TRY(records, load.open(RecordFile::tax_records));
  MADO_TRY(amounts, load.open(RecordFile::tax_amounts));
  RowOf<v1::TaxRecord> row;
  while (true) {
    MADO_TRY(there_is_one, records.next(row));
    if (!there_is_one) break;
    // Rows of several years may follow one another: the parts are found by 年度, then by 宛名番号.
    while (amounts.is_next({std::to_string(row.record.fiscal_year()), row.record.resident()})) {
      RowOf<v1::TaxAmount> amount;
      MADO_CHECK(amounts.next(amount));
      MADO_CHECK(add_amount(amounts, amount, row.record));
    }
    MADO_CHECK(load.applied(records, row.line, "宛名番号", load.change.put_tax_record(row.record)));
  }
  MADO_CHECK(amounts.finish("tax_records.csv"));
  load.close({records, amounts});
  return {};
}

Outcome<void> load_declarations(Load& load) {
  MADO_TRY(declarations, load.open(RecordFile::tax_declarations));
  RowOf<v1::TaxDeclaration> row;
  while (true) {
    MADO_TRY(there_is_one, declarations.next(row));
    if (!there_is_one) break;
    const auto content = MappedFile::open(load.files.path(RecordFile::tax_declarations).parent_path() / row.keys[0]);
    if (!content) return declarations.fault(row.line, "内容_ファイル", "cannot be read");
    row.record.set_content(std::string(content->text()));
    MADO_CHECK(load.applied(declarations, row.line, "受付番号", load.change.put_declaration(row.record)));
  }
  load.close({declarations});
  return {};
}
}  // namespace

Outcome<void> load_taxation(Load& load) {
  MADO_CHECK(load_addressees(load));
  MADO_CHECK(load_records(load));
  return load_declarations(load);
}

}  // namespace mado::registry
