#include "registry/core/record_check.hpp"

#include <fmt/format.h>

#include <set>

#include "registry/core/family_vocabulary.hpp"
#include "registry/core/relation.hpp"
#include "registry/core/seal_image.hpp"
#include "registry/core/tax_items.hpp"

namespace mado::registry {

namespace {
constexpr int most_aliases = 16;
constexpr int most_changes = 128;
constexpr int most_entries = 64;
constexpr int most_addresses = 64;
constexpr std::size_t largest_declaration = 256 * 1024;

std::string why_no_columns(RecordFile file, const google::protobuf::Message& message) {
  const auto& columns = columns_of(file);
  const auto fault = columns.check(message);
  return fault ? fmt::format("{}: {}", columns.header()[fault->column], fault->why) : std::string{};
}

template <typename Records>
std::string why_not_each(RecordFile file, const Records& records, int most, std::string_view what) {
  if (records.size() > most) return fmt::format("more than {} {}", most, what);
  for (int i = 0; i < records.size(); ++i) {
    if (const auto why = why_no_columns(file, records[i]); !why.empty())
      return fmt::format("{} {}: {}", what, i + 1, why);
  }
  return {};
}

std::string why_not_heads(const v1::Household& household) {
  int living_there = 0;
  int heads = 0;
  for (const auto& member : household.members()) {
    if (member.state() != v1::RESIDENT_STATE_CURRENT) continue;
    ++living_there;
    if (member.relation() != head_of_household) continue;
    ++heads;
    if (!household.head().empty() && household.head() != member.name())
      return "世帯主: is not the name of the member who is it";
  }
  return living_there > 0 && heads != 1 ? fmt::format("the household has {} heads (世帯主), not one", heads) : "";
}

std::string why_no_resident(const v1::Resident& resident, std::string_view address) {
  if (auto why = why_no_columns(RecordFile::residents, resident); !why.empty()) return why;
  if (const auto fault = check_resident(resident, address); !fault.why.empty())
    return fmt::format("{}: {}", fault.column, fault.why);
  return why_no_histories(resident);
}

template <typename Entries>
std::string why_no_entries(const Entries& entries, EntryPlace place) {
  if (entries.size() > most_entries) return fmt::format("more than {} entries", most_entries);
  for (int i = 0; i < entries.size(); ++i) {
    if (const auto why = why_no_entry(entries[i], place); !why.empty()) return fmt::format("entry {}: {}", i + 1, why);
  }
  return {};
}

// Each person once.
template <typename Persons>
std::string why_not_these_persons(const Persons& persons) {
  if (persons.empty() || persons.size() > static_cast<int>(most_members))
    return fmt::format("must have 1 to {} persons", most_members);
  std::set<std::string_view> numbers;
  for (const auto& person : persons) {
    if (!numbers.insert(person.number()).second) return "戸籍個人番号: stands twice";
  }
  return {};
}
}  // namespace

std::string why_no_histories(const v1::Resident& resident) {
  auto why = why_not_each(RecordFile::aliases, resident.foreign().aliases(), most_aliases, "通称");
  if (why.empty()) why = why_not_each(RecordFile::changes, resident.changes(), most_changes, "異動");
  return why;
}

std::string why_no_household(const v1::Household& household) {
  if (const auto why = why_no_register_number(household.number()); household.number().empty() || !why.empty())
    return "世帯番号: " + std::string(why.empty() ? "must not be empty" : why);
  if (household.address().empty() || household.address().size() > longest_address) return "住所: is empty or too long";
  if (household.members_size() > static_cast<int>(most_members))
    return fmt::format("more than {} members", most_members);
  std::set<std::string_view> numbers;
  for (int i = 0; i < household.members_size(); ++i) {
    const auto& member = household.members(i);
    if (const auto why = why_no_resident(member, household.address()); !why.empty())
      return fmt::format("member {}: {}", i + 1, why);
    if (!numbers.insert(member.number()).second) return fmt::format("member {}: 宛名番号: stands twice", i + 1);
  }
  return why_not_heads(household);
}

std::string why_no_seal(const v1::SealRegistration& seal) {
  if (auto why = why_no_columns(RecordFile::seals, seal); !why.empty()) return why;
  if (seal.name_changed()) return "only the register says whether a name has changed";
  if (seal.state() == v1::SEAL_STATE_CANCELLED && seal.image().empty()) return {};
  const auto why = why_no_seal_image(view_of(seal.image()));
  return why.empty() ? "" : "印影: " + std::string(why);
}

std::string why_no_family_register(const v1::FamilyRegister& record) {
  if (auto why = why_no_columns(RecordFile::family_registers, record); !why.empty()) return why;
  if (auto why = why_no_entries(record.matters(), EntryPlace::matter); !why.empty()) return why;
  if (auto why = why_not_these_persons(record.persons()); !why.empty()) return why;
  for (int i = 0; i < record.persons_size(); ++i) {
    const auto& person = record.persons(i);
    auto why = why_no_columns(RecordFile::family_register_persons, person);
    if (why.empty()) why = why_no_entries(person.entries(), EntryPlace::person);
    if (!why.empty()) return fmt::format("person {}: {}", i + 1, why);
  }
  return {};
}

std::string why_no_supplement(const v1::RegisterSupplement& record) {
  if (auto why = why_no_columns(RecordFile::supplements, record); !why.empty()) return why;
  if (auto why = why_not_these_persons(record.persons()); !why.empty()) return why;
  for (int i = 0; i < record.persons_size(); ++i) {
    const auto& person = record.persons(i);
    auto why = why_no_columns(RecordFile::supplement_persons, person);
    if (why.empty() && person.addresses().empty()) why = "住所: at least one is needed";
    if (why.empty()) why = why_not_each(RecordFile::supplement_addresses, person.addresses(), most_addresses, "住所");
    if (!why.empty()) return fmt::format("person {}: {}", i + 1, why);
  }
  return {};
}

std::string why_no_tax(const v1::TaxRecord& record) {
  if (auto why = why_no_columns(RecordFile::tax_records, record); !why.empty()) return why;
  if (record.position() != 0) return "only the register numbers its changes";
  return std::string(why_no_tax_record(record));
}

std::string why_no_declaration(const v1::TaxDeclaration& declaration) {
  if (auto why = why_no_columns(RecordFile::tax_declarations, declaration); !why.empty()) return why;
  const bool good = !declaration.content().empty() && declaration.content().size() <= largest_declaration;
  return good ? "" : "内容: is empty, or has more than 256 KiB";
}

std::string why_no_addressee(const v1::Addressee& addressee) {
  return why_no_columns(RecordFile::addressees, addressee);
}

}  // namespace mado::registry
