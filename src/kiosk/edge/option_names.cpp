#include "kiosk/edge/option_names.hpp"

#include <algorithm>
#include <array>

namespace mado::kiosk {

namespace {
struct OptionName {
  v1::Option option;
  const char* japanese;
  const char* english;
};
constexpr std::array names{
    OptionName{v1::OPTION_HEAD_AND_RELATION, "世帯主・続柄", "Head of household, relation"},
    OptionName{v1::OPTION_FAMILY_REGISTER, "本籍・筆頭者", "Registered domicile, head of family register"},
    OptionName{v1::OPTION_INDIVIDUAL_NUMBER, "個人番号（マイナンバー）", "Individual Number (My Number)"},
    OptionName{v1::OPTION_KANA, "氏名の振り仮名", "Reading of the name in kana"},
    OptionName{v1::OPTION_NATIONALITY, "国籍・地域", "Nationality or region"},
    OptionName{v1::OPTION_RESIDENCE_CATEGORY, "30条の45に規定する区分", "Category under Article 30-45"},
    OptionName{v1::OPTION_RESIDENCE_STATUS, "在留資格", "Status of residence"},
    OptionName{v1::OPTION_PERIOD_OF_STAY, "在留期間", "Period of stay"},
    OptionName{v1::OPTION_EXPIRY_OF_STAY, "在留期間の満了の日", "Date of expiry of the period of stay"},
    OptionName{v1::OPTION_RESIDENCE_CARD, "在留カード等の番号", "Number of the residence card"},
    OptionName{v1::OPTION_ALIAS_RECORDS, "通称の記載・削除（別紙）", "Records of aliases (a separate sheet)"},
    OptionName{v1::OPTION_SHEET_EACH, "個人票（一人に1枚ずつ）", "A sheet for each person"},
    OptionName{v1::OPTION_CHANGES, "異動履歴", "History of changes"},
    OptionName{v1::OPTION_WITHOUT_BUILDING, "方書（建物名・部屋番号）を省略", "Leave out building and room"},
    OptionName{v1::OPTION_OVERSEAS_VOTER, "在外選挙人名簿の登録市区町村名", "City of the overseas voters' list"},
};
}  // namespace

std::string option_name(v1::Option option, const std::string& language) {
  const auto found = std::ranges::find(names, option, &OptionName::option);
  if (found == names.end()) return "";
  return language == "ja" ? found->japanese : found->english;
}

}  // namespace mado::kiosk
