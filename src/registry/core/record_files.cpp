#include "registry/core/record_files.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "registry/core/family_vocabulary.hpp"
#include "registry/core/tax_items.hpp"

namespace mado::registry {

namespace {
constexpr std::size_t longest_name = 400;
constexpr std::size_t longest_short_text = 120;
constexpr std::size_t longest_file_name = 200;
constexpr std::int64_t highest_order = 9'999;
constexpr std::int64_t first_year = 1950;  // of 個人住民税
constexpr std::int64_t last_year = 9'999;

// The name of a file beside the CSV file or below it, never outside.
std::string_view why_no_file_name(std::string_view text) {
  const bool good = !text.starts_with('/') && text.find("..") == std::string_view::npos && !text.empty();
  return good ? "" : "must name a file beside this one or in a folder below";
}
std::string_view why_no_hex(std::string_view text) { return from_hex(text) ? "" : "must be hexadecimal"; }
std::string_view why_no_level(std::string_view text) {
  return text == "1" || text == "2" ? "" : "must be 1, or 2 for what stands under 従前の記録";
}
std::string_view why_no_entry_number(std::string_view text) {
  const bool digits = text.size() <= 2 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits && !text.starts_with('0') ? "" : "must be a number from 1 to 64";
}
std::string_view why_no_value(std::string_view text) {
  const auto digits = text.starts_with('-') ? text.substr(1) : text;
  const bool good = !digits.empty() && digits.size() <= 12 &&
                    std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return good ? "" : "must be a whole number";
}
std::string_view why_no_year(std::string_view text) {
  const bool good =
      text.size() == 4 && text >= "1950" && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return good ? "" : "must be a year as 2026";
}
std::string_view why_no_record_word(std::string_view text) {
  return value_of(record_words(), text) && text != "seals" ? "" : "must be residents, family_registers or supplements";
}
std::string_view why_no_suppression(std::string_view text) {
  return suppression_of(text) ? "" : "holds an unknown cause";
}
std::string_view why_no_flag(std::string_view text) { return text == "1" ? "" : "must be 1 or empty"; }
std::string_view why_no_spouse(std::string_view text) {
  return text == "夫" || text == "妻" ? "" : "must be 夫, 妻 or empty";
}
std::string_view why_no_received_day(std::string_view text) {
  return parse_day(text) ? "" : "must be a day as 2026-03-15";
}

Column optional(Column column) {
  column.required = false;
  return column;
}
Column register_number_key(std::string name) { return key(std::move(name), 15, why_no_register_number); }
Column register_number_text(std::string name, std::string field) {
  return text(std::move(name), std::move(field), 15, why_no_register_number);
}
Column plain_number(std::string name, std::string field) {
  return text(std::move(name), std::move(field), 20, why_no_plain_number);
}

RecordColumns residents() {
  return {v1::Resident{},
          {register_number_key("世帯番号"),
           key("住所", longest_address),
           text("住所_方書", "building", longest_name),
           required(register_number_text("宛名番号", "number")),
           number("並び順", "order", 0, highest_order),
           word("住民状態", "state", state_words()),
           required(text("氏名", "name", longest_name)),
           text("氏名_振り仮名", "kana", longest_name),
           text("旧氏", "former_surname", 200),
           text("旧氏_振り仮名", "former_surname_kana", 200),
           required(date("生年月日", "born")),
           word("性別", "sex", sex_words()),
           required(text("続柄", "relation", 100, why_no_relation)),
           date("住民となった年月日", "resident_since"),
           date("住所を定めた年月日", "address_since"),
           date("市内転居年月日", "moved_within"),
           date("届出年月日", "notified"),
           text("転入前住所", "previous_address", longest_address),
           text("本籍", "family_register", longest_address),
           text("筆頭者", "register_head", longest_name),
           text("個人番号", "individual_number", 12, why_no_individual_number),
           text("住民票コード", "resident_code", 11, why_no_resident_code),
           text("氏名_外国人漢字", "foreign.name_kanji", longest_name),
           text("通称", "foreign.alias", longest_name),
           text("国籍・地域", "foreign.nationality", longest_short_text),
           word("在留区分", "foreign.category", residence_category_words()),
           text("在留資格", "foreign.status", longest_short_text),
           text("在留期間", "foreign.period", 60),
           date("在留期間満了年月日", "foreign.expires"),
           text("在留カード等番号", "foreign.card_number", 20, why_no_plain_number),
           date("外国人住民となった年月日", "foreign.foreign_resident_since"),
           date("転出予定年月日", "leaving.on"),
           text("転出先住所_予定", "leaving.destination", longest_address),
           words("抑止理由", "suppressions", suppression_words())}};
}
RecordColumns aliases() {
  return {v1::AliasRecord{},
          {register_number_key("宛名番号"), required(text("通称", "alias", longest_name)),
           required(date("記載年月日", "recorded")), text("記載市区町村名", "recorded_in", longest_short_text),
           date("削除年月日", "deleted"), text("削除市区町村名", "deleted_in", longest_short_text)}};
}
RecordColumns changes() {
  return {
      v1::Change{},
      {register_number_key("宛名番号"), required(text("異動事由", "reason", 60)),
       required(date("異動年月日", "changed")), date("届出年月日", "notified"), required(text("異動項目", "item", 60)),
       text("異動前", "before", longest_name), text("異動後", "after", longest_name), flag("記載省略", "withheld")}};
}
RecordColumns seals() {
  return {v1::SealRegistration{},
          {register_number_key("宛名番号"), optional(key("印影_ファイル", longest_file_name, why_no_file_name)),
           required(plain_number("印鑑登録番号", "number")), word("印鑑登録状態", "state", seal_state_words()),
           required(date("登録年月日", "registered")), text("氏名_カタカナ表記", "kana_name", longest_name)}};
}
RecordColumns family_registers() {
  return {v1::FamilyRegister{},
          {required(plain_number("戸籍番号", "number")), required(text("本籍", "domicile", longest_name)),
           required(text("筆頭者", "head", longest_name)), text("氏_振り仮名", "surname_kana", 200),
           flag("届出処理中", "notice_pending"), flag("除籍", "closed")}};
}
RecordColumns family_register_persons() {
  return {
      v1::RegisteredPerson{},
      {key("戸籍番号", 20, why_no_plain_number), required(plain_number("戸籍個人番号", "number")),
       required(text("名", "given_name", 200)), text("名_振り仮名", "kana", 200), required(date("生年月日", "born")),
       text("配偶者区分", "spouse", 10, why_no_spouse), text("父", "father", longest_name),
       text("母", "mother", longest_name), text("養父", "adoptive_father", longest_name),
       text("養母", "adoptive_mother", longest_name), text("続柄", "relation", 60, why_no_register_relation),
       text("養親との続柄", "adoptive_relation", 60, why_no_register_relation), flag("除籍", "removed"),
       register_number_text("宛名番号", "resident"), words("抑止理由", "suppressions", suppression_words())}};
}
RecordColumns family_register_entries() {
  return {v1::RegisterItem{},
          {key("戸籍番号", 20, why_no_plain_number), optional(key("戸籍個人番号", 20, why_no_plain_number)),
           key("記載番号", 2, why_no_entry_number), key("事項", 60, why_no_entry_label), key("階層", 1, why_no_level),
           required(text("項目", "index", 60)), required(text("内容", "text", longest_name))}};
}
RecordColumns supplements() {
  return {v1::RegisterSupplement{},
          {required(plain_number("戸籍番号", "number")), required(text("本籍", "domicile", longest_name)),
           required(text("筆頭者", "head", longest_name)), date("編製年月日", "compiled"),
           date("改製年月日", "recompiled")}};
}
RecordColumns supplement_persons() {
  return {v1::SupplementPerson{},
          {key("戸籍番号", 20, why_no_plain_number), required(plain_number("戸籍個人番号", "number")),
           required(text("氏名", "name", longest_name)), required(text("名", "given_name", 200)),
           date("生年月日", "born"), word("性別", "sex", sex_words()), flag("除籍", "removed"),
           text("在外選挙人名簿登録市区町村名", "overseas_voter_city", longest_short_text),
           date("国外転出予定年月日", "leaves_japan"), register_number_text("宛名番号", "resident"),
           words("抑止理由", "suppressions", suppression_words())}};
}
RecordColumns supplement_addresses() {
  return {v1::SupplementAddress{},
          {key("戸籍番号", 20, why_no_plain_number), key("戸籍個人番号", 20, why_no_plain_number),
           required(text("住所", "address", longest_name)), date("住定年月日", "since")}};
}
RecordColumns tax_records() {
  return {v1::TaxRecord{},
          {required(number("年度", "fiscal_year", first_year, last_year)),
           required(register_number_text("宛名番号", "resident")), required(text("賦課期日氏名", "name", longest_name)),
           required(text("賦課期日住所", "address", longest_name)), required(date("生年月日", "born")),
           word("申告区分", "standing", tax_standing_words()), amount("合計所得金額", "total_income"),
           amount("年税額", "annual_tax")}};
}
RecordColumns tax_amounts() {
  return {v1::TaxAmount{},
          {key("年度", 4, why_no_year), register_number_key("宛名番号"), key("区分", 20, why_no_tax_block),
           key("項目", 60), key("値", 13, why_no_value)}};
}
RecordColumns tax_declarations() {
  return {v1::TaxDeclaration{},
          {key("内容_ファイル", longest_file_name, why_no_file_name), required(text("受付番号", "number", 40)),
           required(number("年度", "fiscal_year", first_year, last_year)),
           required(register_number_text("宛名番号", "resident")),
           required(text("受付年月日", "received", 10, why_no_received_day)), required(text("様式", "form", 60))}};
}
RecordColumns addressees() {
  return {
      v1::Addressee{},
      {required(register_number_text("宛名番号", "number")), word("住登区分", "standing", addressee_standing_words()),
       required(text("氏名", "name", longest_name)), text("氏名_振り仮名", "kana", longest_name),
       date("生年月日", "born"), word("性別", "sex", sex_words()), required(text("住所", "address", longest_address)),
       text("個人番号", "individual_number", 12, why_no_individual_number),
       register_number_text("同一人_宛名番号", "same_as")}};
}
RecordColumns cards() {
  return {
      v1::HouseholdQuery{},
      {key("発行者鍵", 40, why_no_hex), key("シリアル番号", 40, why_no_hex), key("公開鍵ダイジェスト", 64, why_no_hex),
       key("対象者番号", 20, why_no_plain_number), optional(key("戸籍のみ", 1, why_no_flag))}};
}
RecordColumns suppressions() {
  return {v1::HouseholdQuery{},
          {key("対象者番号", 20, why_no_plain_number), key("対象台帳", 20, why_no_record_word),
           key("抑止理由", 20, why_no_suppression)}};
}
}  // namespace

std::string_view name_of(RecordFile file) {
  constexpr std::array names{"residents.csv",
                             "aliases.csv",
                             "changes.csv",
                             "seals.csv",
                             "family_registers.csv",
                             "family_register_persons.csv",
                             "family_register_entries.csv",
                             "supplements.csv",
                             "supplement_persons.csv",
                             "supplement_addresses.csv",
                             "tax_records.csv",
                             "tax_amounts.csv",
                             "tax_declarations.csv",
                             "addressees.csv",
                             "cards.csv",
                             "suppressions.csv"};
  return names.at(static_cast<std::size_t>(file));
}

const RecordColumns& columns_of(RecordFile file) {
  static const std::array all{residents(),
                              aliases(),
                              changes(),
                              seals(),
                              family_registers(),
                              family_register_persons(),
                              family_register_entries(),
                              supplements(),
                              supplement_persons(),
                              supplement_addresses(),
                              tax_records(),
                              tax_amounts(),
                              tax_declarations(),
                              addressees(),
                              cards(),
                              suppressions()};
  return all.at(static_cast<std::size_t>(file));
}

FieldFault check_resident(const v1::Resident& resident, std::string_view address) {
  if (!address.ends_with(resident.building())) return {"住所_方書", "must be the end of 住所"};
  if (resident.has_foreign()) {
    if (resident.foreign().category() == v1::RESIDENCE_CATEGORY_UNSPECIFIED)
      return {"在留区分", "is needed for a foreign resident"};
    // 標準仕様書 1.1.2
    if (!resident.family_register().empty() || !resident.register_head().empty())
      return {"本籍", "must be empty for a foreign resident"};
    if (!resident.former_surname().empty()) return {"旧氏", "must be empty for a foreign resident"};
    if (resident.has_resident_since()) return {"住民となった年月日", "must be empty for a foreign resident"};
  }
  if (resident.has_leaving() && !resident.leaving().has_on())
    return {"転出予定年月日", "is needed with 転出先住所_予定"};
  return {};
}

}  // namespace mado::registry
