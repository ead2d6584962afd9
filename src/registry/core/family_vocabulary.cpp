#include "registry/core/family_vocabulary.hpp"

#include <algorithm>
#include <array>

namespace mado::registry {

namespace {
using Items = std::string_view;

constexpr Items compiled[]{"編製日"};
constexpr Items recompiled[]{"改製日", "改製事由"};
constexpr Items register_moved[]{"転籍日", "従前本籍", "新本籍"};
constexpr Items surname_changed[]{"氏変更日", "氏変更の事由"};
constexpr Items closed[]{"消除日", "転籍日", "新本籍"};
constexpr Items surname_kana[]{"氏の振り仮名", "記載日"};
constexpr Items corrected[]{"訂正日", "訂正事項", "訂正事由", "許可日", "裁判確定日"};
constexpr Items renewed[]{"更正日", "更正事項", "更正事由"};

constexpr Items born[]{"出生日", "出生地", "父の国籍", "母の国籍", "入籍日", "特記事項"};
constexpr Items acknowledged[]{"胎児認知日",       "認知日",           "認知者氏名",      "認知者の戸籍",
                               "認知の裁判確定日", "認知した子の氏名", "認知した子の戸籍"};
constexpr Items adopted[]{"縁組日",     "共同縁組者", "養父氏名", "養母氏名",      "代諾者",
                          "養親の戸籍", "従前戸籍",   "養子氏名", "養子の従前戸籍"};
constexpr Items adoption_ended[]{"離縁日",   "離縁の裁判確定日", "養父氏名", "養母氏名",
                                 "養子氏名", "協議者",           "入籍戸籍", "新本籍"};
constexpr Items special_adoption[]{"民法８１７条の２による裁判確定日", "従前戸籍", "養父氏名", "養母氏名"};
constexpr Items married[]{"婚姻日",     "配偶者氏名", "配偶者の国籍", "配偶者の生年月日", "婚姻の方式",
                          "証書提出日", "従前戸籍",   "新本籍",       "入籍戸籍",         "称する氏"};
constexpr Items divorced[]{
    "離婚日", "離婚の調停成立日", "離婚の裁判確定日", "離婚の和解成立日", "配偶者氏名", "入籍戸籍", "新本籍"};
constexpr Items parental[]{"親権者を定めた日", "親権者を定められた日", "親権者", "裁判確定日"};
constexpr Items entered[]{"入籍日", "入籍事由", "従前戸籍", "入籍戸籍", "新本籍"};
constexpr Items divided[]{"分籍日", "新本籍", "従前戸籍"};
constexpr Items died[]{"死亡日", "死亡時分", "死亡地", "推定死亡日時"};
constexpr Items spouse_died[]{"配偶者の死亡日"};
constexpr Items missing[]{"死亡とみなされる日", "失踪宣告の裁判確定日", "失踪宣告取消しの裁判確定日"};
constexpr Items name_changed[]{"名の変更日", "氏変更日", "氏変更の事由"};
constexpr Items naturalised[]{"帰化日", "帰化の際の国籍", "従前の氏名"};
constexpr Items nationality[]{"国籍取得日",     "国籍喪失日", "国籍選択の宣言日", "取得の際の国籍",
                              "喪失時の外国籍", "従前の氏名", "新たな国籍"};
constexpr Items law_111[]{"平成１５年法律第１１１号３条による裁判発効日"};
constexpr Items given_kana[]{"名の振り仮名", "記載日"};
constexpr Items completed[]{"追完日", "追完の内容"};
constexpr Items carried_over[]{"移記日", "移記事項", "移記事由"};

constexpr EntryKind kinds[]{
    {"戸籍編製", EntryPlace::matter, compiled},
    {"戸籍改製", EntryPlace::matter, recompiled},
    {"転籍", EntryPlace::matter, register_moved},
    {"氏の変更", EntryPlace::matter, surname_changed},
    {"戸籍消除", EntryPlace::matter, closed},
    {"氏の振り仮名", EntryPlace::matter, surname_kana},
    {"訂正", EntryPlace::matter, corrected},
    {"更正", EntryPlace::matter, renewed},
    {"出生", EntryPlace::person, born},
    {"認知", EntryPlace::person, acknowledged},
    {"養子縁組", EntryPlace::person, adopted},
    {"養子離縁", EntryPlace::person, adoption_ended},
    {"民法８１７条の２", EntryPlace::person, special_adoption},
    {"婚姻", EntryPlace::person, married},
    {"離婚", EntryPlace::person, divorced},
    {"親権", EntryPlace::person, parental},
    {"入籍", EntryPlace::person, entered},
    {"分籍", EntryPlace::person, divided},
    {"死亡", EntryPlace::person, died},
    {"配偶者の死亡", EntryPlace::person, spouse_died},
    {"失踪宣告", EntryPlace::person, missing},
    {"氏の変更", EntryPlace::person, surname_changed},
    {"名の変更", EntryPlace::person, name_changed},
    {"帰化", EntryPlace::person, naturalised},
    {"国籍取得", EntryPlace::person, nationality},
    {"国籍喪失", EntryPlace::person, nationality},
    {"国籍選択", EntryPlace::person, nationality},
    {"平成１５年法律第１１１号３条", EntryPlace::person, law_111},
    {"名の振り仮名", EntryPlace::person, given_kana},
    {"訂正", EntryPlace::person, corrected},
    {"更正", EntryPlace::person, renewed},
    {"追完", EntryPlace::person, completed},
    {"移記", EntryPlace::person, carried_over},
};
constexpr Items of_every_entry[]{"届出日", "届出人", "送付を受けた日", "受理者",       "申請日",
                                 "申請人", "記録日", "特記事項",       "関連訂正事項", "従前の記録"};
constexpr Items of_former_record[]{"本籍", "氏",           "名",   "氏名",           "父",       "母",        "養父",
                                   "養母", "父母との続柄", "続柄", "養父母との続柄", "生年月日", "配偶者区分"};
constexpr std::string_view former_record = "従前の記録";
constexpr int most_items = 32;
constexpr int most_under = 16;
constexpr std::size_t longest_index = 60;
constexpr std::size_t longest_text = 400;

bool holds(std::span<const std::string_view> list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

std::string_view why_no_former_item(const v1::RegisterItem& item, const EntryKind& kind) {
  if (!holds(of_former_record, item.index()) && !holds(kind.items, item.index()))
    return "holds an 項目 that is none of 従前の記録";
  if (item.text().empty() || item.text().size() > longest_text) return "holds an empty or too long text";
  return item.under_size() == 0 ? "" : "goes more than one level deep";
}

std::string_view why_no_item(const v1::RegisterItem& item, const EntryKind& kind) {
  if (item.index().size() > longest_index || (!holds(kind.items, item.index()) && !holds(of_every_entry, item.index())))
    return "holds an 項目 that this 事項 does not have";
  if (item.text().size() > longest_text) return "holds a text that is too long";
  if (item.text().empty() != (item.index() == former_record && item.under_size() > 0))
    return "needs a text in every 項目 but 従前の記録";
  if (item.under_size() > most_under) return "holds too much under one 項目";
  if (item.under_size() > 0 && item.index() != former_record) return "may go deeper only under 従前の記録";
  for (const auto& under : item.under()) {
    if (const auto why = why_no_former_item(under, kind); !why.empty()) return why;
  }
  return {};
}
}  // namespace

std::span<const EntryKind> entry_kinds() { return kinds; }
std::span<const std::string_view> items_of_every_entry() { return of_every_entry; }
std::span<const std::string_view> items_of_former_record() { return of_former_record; }

std::string_view why_no_entry_label(std::string_view label) {
  return std::ranges::find(kinds, label, &EntryKind::label) == std::end(kinds) ? "is no 事項 of the closed set" : "";
}

std::string_view why_no_entry(const v1::RegisterEntry& entry, EntryPlace place) {
  const auto kind = std::ranges::find_if(
      kinds, [&](const EntryKind& each) { return each.label == entry.label() && each.place == place; });
  if (kind == std::end(kinds))
    return place == EntryPlace::matter ? "is no 戸籍事項 of the closed set" : "is no 身分事項 of the closed set";
  if (entry.items_size() == 0 || entry.items_size() > most_items) return "must have 1 to 32 項目";
  for (const auto& item : entry.items()) {
    if (const auto why = why_no_item(item, *kind); !why.empty()) return why;
  }
  return {};
}

std::string_view why_no_register_relation(std::string_view text) {
  constexpr std::array<std::string_view, 2> adopted_relations{"養子", "養女"};
  constexpr std::array<std::string_view, 2> sexes{"男", "女"};
  constexpr std::array<std::string_view, 10> births{"長", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  constexpr std::string_view why = "is no 続柄 of a 戸籍: 長男, 二女, 養子 …";
  if (text.empty() || holds(adopted_relations, text) || holds(sexes, text)) return {};
  const auto birth = std::ranges::find_if(births, [&](std::string_view each) { return text.starts_with(each); });
  if (birth == births.end()) return why;
  text.remove_prefix(birth->size());
  // 十一男
  if (*birth == births.back()) {
    const auto unit =
        std::ranges::find_if(births, [&](std::string_view each) { return each != "長" && text.starts_with(each); });
    if (text.starts_with("一"))
      text.remove_prefix(std::string_view("一").size());
    else if (unit != births.end())
      text.remove_prefix(unit->size());
  }
  return holds(sexes, text) ? "" : why;
}

}  // namespace mado::registry
