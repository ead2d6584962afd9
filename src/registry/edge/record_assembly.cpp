#include "registry/edge/record_assembly.hpp"

#include <algorithm>

#include "registry/core/record_check.hpp"

namespace mado::registry {

namespace {
using EntryRow = RowOf<v1::RegisterItem>;

// The entry that a row belongs to: the last one, or a new one if its number is the next.
v1::RegisterEntry* entry_of(const EntryRow& row, google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries) {
  const auto& entry_number = row.keys[2];
  const auto& label = row.keys[3];
  if (entry_number == std::to_string(entries.size() + 1)) {
    auto* entry = entries.Add();
    entry->set_label(label);
    return entry;
  }
  const bool goes_on = !entries.empty() && entry_number == std::to_string(entries.size());
  return goes_on && entries[entries.size() - 1].label() == label ? &entries[entries.size() - 1] : nullptr;
}

Outcome<void> add_item(const BulkFile& file, EntryRow& row,
                       google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries) {
  auto* entry = entry_of(row, entries);
  if (entry == nullptr)
    return file.fault(row.line, "記載番号",
                      "must go on from the row before: the same entry with its 事項, or the next number");
  if (row.keys[4] == "1") {
    *entry->add_items() = std::move(row.record);
    return {};
  }
  if (entry->items_size() == 0) return file.fault(row.line, "階層", "has nothing that it could stand under");
  *entry->mutable_items(entry->items_size() - 1)->add_under() = std::move(row.record);
  return {};
}

// 従前の記録 has items under it and no text of its own: in the file its 内容 is "＊".
void clear_headings(google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries) {
  for (auto& entry : entries) {
    for (auto& item : *entry.mutable_items()) {
      if (item.under_size() > 0 && item.text() == "＊") item.clear_text();
    }
  }
}

// Rows of one 戸籍: first those of no person (戸籍事項), then those of each person in their order.
Outcome<void> read_entries(BulkFile& file, v1::FamilyRegister& record) {
  int person = -1;
  MADO_CHECK(file.each_of<v1::RegisterItem>(record.number(), [&](EntryRow& row) -> Outcome<void> {
    const auto& number = row.keys[1];
    if (number.empty()) {
      if (person >= 0) return file.fault(row.line, "戸籍個人番号", "戸籍事項 must stand before 身分事項");
      return add_item(file, row, *record.mutable_matters());
    }
    for (auto next = std::max(person, 0); next < record.persons_size(); ++next) {
      if (record.persons(next).number() != number) continue;
      person = next;
      return add_item(file, row, *record.mutable_persons(next)->mutable_entries());
    }
    return file.fault(row.line, "戸籍個人番号",
                      "family_register_persons.csv has nobody with this number here, or not in this order");
  }));
  clear_headings(*record.mutable_matters());
  for (auto& each : *record.mutable_persons()) clear_headings(*each.mutable_entries());
  return {};
}
}  // namespace

Outcome<std::optional<ResidentRow>> next_whole_resident(BulkFile& residents, BulkFile& aliases, BulkFile& changes) {
  if (residents.reader() == nullptr) return std::nullopt;
  MADO_TRY(row, next_resident(*residents.reader()));
  if (!row) return std::nullopt;
  residents.count();
  auto& resident = row->resident;
  MADO_CHECK(aliases.each_of<v1::AliasRecord>(resident.number(), [&](RowOf<v1::AliasRecord>& alias) -> Outcome<void> {
    if (!resident.has_foreign()) return aliases.fault(alias.line, "宛名番号", "通称 is a foreign resident's only");
    *resident.mutable_foreign()->add_aliases() = std::move(alias.record);
    return {};
  }));
  MADO_CHECK(changes.each_of<v1::Change>(resident.number(), [&](RowOf<v1::Change>& change) -> Outcome<void> {
    *resident.add_changes() = std::move(change.record);
    return {};
  }));
  if (const auto why = why_no_histories(resident); !why.empty()) return residents.fault(row->line, "宛名番号", why);
  return row;
}

Outcome<std::optional<Assembled<v1::FamilyRegister>>> next_family_register(BulkFile& registers, BulkFile& persons,
                                                                           BulkFile& entries) {
  RowOf<v1::FamilyRegister> row;
  MADO_TRY(there_is_one, registers.next(row));
  if (!there_is_one) return std::nullopt;
  MADO_CHECK(persons.each_of<v1::RegisteredPerson>(row.record.number(), [&](auto& person) -> Outcome<void> {
    *row.record.add_persons() = std::move(person.record);
    return {};
  }));
  MADO_CHECK(read_entries(entries, row.record));
  return Assembled<v1::FamilyRegister>{row.line, std::move(row.record)};
}

Outcome<std::optional<Assembled<v1::RegisterSupplement>>> next_supplement(BulkFile& supplements, BulkFile& persons,
                                                                          BulkFile& addresses) {
  RowOf<v1::RegisterSupplement> row;
  MADO_TRY(there_is_one, supplements.next(row));
  if (!there_is_one) return std::nullopt;
  auto& record = row.record;
  MADO_CHECK(persons.each_of<v1::SupplementPerson>(record.number(), [&](auto& person) -> Outcome<void> {
    *record.add_persons() = std::move(person.record);
    return {};
  }));
  int at = 0;
  MADO_CHECK(addresses.each_of<v1::SupplementAddress>(record.number(), [&](auto& address) -> Outcome<void> {
    while (at < record.persons_size() && record.persons(at).number() != address.keys[1]) ++at;
    if (at == record.persons_size())
      return addresses.fault(address.line, "戸籍個人番号",
                             "supplement_persons.csv has nobody with this number here, or not in this order");
    *record.mutable_persons(at)->add_addresses() = std::move(address.record);
    return {};
  }));
  return Assembled<v1::RegisterSupplement>{row.line, std::move(row.record)};
}

}  // namespace mado::registry
