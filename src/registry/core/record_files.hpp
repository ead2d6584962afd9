// The files that a city's registers are loaded from, by the naming pattern of 基本データリスト. docs/registers.md
// describes each column.
#pragma once

#include <array>
#include <string_view>

#include "registry/core/record_columns.hpp"

namespace mado::registry {

enum class RecordFile {
  residents,                // 住民記録: keys 世帯番号, 住所
  aliases,                  // 通称の履歴: key 宛名番号
  changes,                  // 異動履歴: key 宛名番号
  seals,                    // 印鑑登録: keys 宛名番号, 印影_ファイル
  family_registers,         // 戸籍
  family_register_persons,  // 戸籍に記録されている者: key 戸籍番号
  family_register_entries,  // 戸籍事項 and 身分事項: keys 戸籍番号, 戸籍個人番号, 記載番号, 事項, 階層
  supplements,              // 戸籍の附票
  supplement_persons,       // key 戸籍番号
  supplement_addresses,     // keys 戸籍番号, 戸籍個人番号
  tax_records,              // 賦課情報
  tax_amounts,              // keys 年度, 宛名番号, 区分, 項目, 値
  tax_declarations,         // 申告書: key 内容_ファイル
  addressees,               // 宛名, 住登外
  cards,                    // keys 発行者鍵, シリアル番号, 公開鍵ダイジェスト, 対象者番号, 戸籍のみ
  suppressions,             // keys 対象者番号, 対象台帳, 抑止理由
};

// "residents.csv"
std::string_view name_of(RecordFile file);
const RecordColumns& columns_of(RecordFile file);

inline constexpr std::size_t most_members = 64;  // of a household, a 戸籍, a 附票
inline constexpr std::size_t longest_address = 800;

// What holds between the columns of one resident; the first fault by its column's name. Empty `why`: none.
struct FieldFault {
  std::string_view column;
  std::string_view why;
};
FieldFault check_resident(const v1::Resident& resident, std::string_view address);

}  // namespace mado::registry
