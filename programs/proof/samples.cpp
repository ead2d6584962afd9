#include "programs/proof/samples.hpp"

#include <cstdlib>
#include <set>

#include "issuer/core/certificates/tax_items.hpp"

namespace mado::proof {

namespace {
struct Member {
  const char* number;
  const char* name;
  const char* kana;
  const char* relation;
  const char* born;
  v1::Sex sex;
};
constexpr Member members[] = {
    {"000000000000101", "渡邉󠄐　太郎", "ワタナベ　タロウ", "世帯主", "1980-02-17", v1::SEX_MALE},
    {"000000000000102", "渡邉󠄐　花子", "ワタナベ　ハナコ", "妻", "1982-11-03", v1::SEX_FEMALE},
    {"000000000000103", "渡邉󠄐　一郎", "ワタナベ　イチロウ", "子", "2010-05-05", v1::SEX_MALE},
    {"000000000000104", "渡邉󠄐　さくら", "ワタナベ　サクラ", "子", "2019-05-01", v1::SEX_FEMALE}};
constexpr auto address = "東京都千代田区平河町一丁目１番１号　見本マンション平河町５０２号室";
constexpr auto building = "見本マンション平河町５０２号室";
constexpr auto domicile = "東京都千代田区平河町一丁目１０番地";

v1::Resident resident(const Member& member) {
  v1::Resident made;
  made.set_number(member.number);
  made.set_name(member.name);
  made.set_kana(member.kana);
  made.set_relation(member.relation);
  made.mutable_born()->set_day(member.born);
  made.set_sex(member.sex);
  made.mutable_resident_since()->set_day("2010-04-01");
  made.set_family_register(domicile);
  made.set_register_head(members[0].name);
  made.set_individual_number("123456789018");
  made.set_building(building);
  made.set_state(v1::RESIDENT_STATE_CURRENT);
  return made;
}

void add_change(v1::Resident& resident, const char* reason, const char* day, const char* before, const char* after) {
  auto& change = *resident.add_changes();
  change.set_reason(reason);
  change.mutable_changed()->set_day(day);
  change.mutable_notified()->set_day(day);
  change.set_item("住所");
  change.set_before(before);
  change.set_after(after);
}

// A ring with a cross in it, 15 mm wide.
std::string seal_image() {
  constexpr int side = 354;
  constexpr int stride = (side + 7) / 8;
  std::string image = "P4\n354 354\n";
  std::string rows(static_cast<std::size_t>(side) * stride, '\0');
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int dx = x - side / 2;
      const int dy = y - side / 2;
      const int distance = dx * dx + dy * dy;
      const bool ring = distance <= 176 * 176 && distance >= 162 * 162;
      const bool stroke =
          distance < 150 * 150 && (std::abs(dx) < 12 || std::abs(dy + 60) < 10 || std::abs(dy - 60) < 10);
      if (!ring && !stroke) continue;
      auto& byte = rows[static_cast<std::size_t>(y * stride + x / 8)];
      byte = static_cast<char>(byte | (0x80 >> (x % 8)));
    }
  }
  return image + rows;
}

v1::RegisterEntry& add_entry(google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries, const char* label) {
  auto& entry = *entries.Add();
  entry.set_label(label);
  return entry;
}
v1::RegisterItem& add_item(v1::RegisterEntry& entry, const char* index, const char* text) {
  auto& item = *entry.add_items();
  item.set_index(index);
  item.set_text(text);
  return item;
}

struct Birth {
  const char* day;
  const char* written;   // as an entry of a 戸籍 writes it
  const char* notified;  // 届出日
};
v1::RegisteredPerson registered(const char* number, const char* name, const Birth& born, const char* relation) {
  v1::RegisteredPerson person;
  person.set_number(number);
  person.set_given_name(name);
  person.mutable_born()->set_day(born.day);
  person.set_relation(relation);
  auto& birth = add_entry(*person.mutable_entries(), "出生");
  add_item(birth, "出生日", born.written);
  add_item(birth, "出生地", "東京都千代田区");
  add_item(birth, "届出日", born.notified);
  add_item(birth, "届出人", "父");
  return person;
}

v1::FamilyRegister family_register() {
  v1::FamilyRegister record;
  record.set_number("F0001");
  record.set_domicile(domicile);
  record.set_head(members[0].name);
  record.set_surname_kana("ワタナベ");
  add_item(add_entry(*record.mutable_matters(), "戸籍編製"), "編製日", "平成２１年６月１０日");
  auto& moved = add_entry(*record.mutable_matters(), "転籍");
  add_item(moved, "転籍日", "平成２７年６月２０日");
  auto& former = add_item(moved, "従前の記録", "");
  auto& under = *former.add_under();
  under.set_index("本籍");
  under.set_text("神奈川県横浜市中区日本大通１番地");

  auto head = registered("P1", "太郎", {"1980-02-17", "昭和５５年２月１７日", "昭和５５年２月２５日"}, "長男");
  head.set_kana("タロウ");
  head.set_spouse("夫");
  head.set_father("渡邉󠄐　幸雄");
  head.set_mother("渡邉󠄐　松子");
  auto& marriage = add_entry(*head.mutable_entries(), "婚姻");
  add_item(marriage, "婚姻日", "平成２１年６月１０日");
  add_item(marriage, "配偶者氏名", "葛󠄂城花子");
  add_item(marriage, "従前戸籍", "東京都千代田区平河町一丁目４番地の見本町二丁目と三丁目の間の丘の上の家　渡邉󠄐幸雄");
  *record.add_persons() = head;
  auto wife = registered("P2", "花子", {"1982-11-03", "昭和５７年１１月３日", "昭和５７年１１月９日"}, "二女");
  wife.set_spouse("妻");
  wife.set_father("葛󠄂城　次郎");
  wife.set_mother("葛󠄂城　梅子");
  *record.add_persons() = wife;
  auto son = registered("P3", "一郎", {"2010-05-05", "平成２２年５月５日", "平成２２年５月１０日"}, "長男");
  son.set_father("渡邉󠄐　太郎");
  son.set_mother("渡邉󠄐　花子");
  *record.add_persons() = son;
  auto gone = registered("P4", "さくら", {"2019-05-01", "令和元年５月１日", "令和元年５月８日"}, "長女");
  gone.set_father("渡邉󠄐　太郎");
  gone.set_mother("渡邉󠄐　花子");
  gone.set_adoptive_father("甲野　義太郎");
  gone.set_adoptive_mother("甲野　梅子");
  gone.set_adoptive_relation("養女");
  gone.set_removed(true);
  *record.add_persons() = gone;
  return record;
}

v1::RegisterSupplement supplement() {
  v1::RegisterSupplement record;
  record.set_number("F0001");
  record.set_domicile(domicile);
  record.set_head(members[0].name);
  record.mutable_compiled()->set_day("2009-06-10");
  const char* given[] = {"太郎", "花子", "一郎", "さくら"};
  for (int i = 0; i < 4; ++i) {
    auto& person = *record.add_persons();
    person.set_number("P" + std::to_string(i + 1));
    person.set_name(members[i].name);
    person.set_given_name(given[i]);
    person.mutable_born()->set_day(members[i].born);
    person.set_sex(members[i].sex);
    person.set_removed(i == 3);
    const std::pair<const char*, const char*> addresses[] = {
        {"神奈川県横浜市中区日本大通１番地", "2009-06-10"}, {"アメリカ合衆国", "2012-04-01"}, {address, "2015-06-20"}};
    for (const auto& [where, since] : addresses) {
      auto& stay = *person.add_addresses();
      stay.set_address(where);
      stay.mutable_since()->set_day(since);
    }
  }
  record.mutable_persons(1)->set_overseas_voter_city("東京都千代田区");
  record.mutable_persons(2)->mutable_leaves_japan()->set_day("2027-03-31");
  return record;
}

void add_amounts(issuer::TaxGroup group, google::protobuf::RepeatedPtrField<v1::TaxAmount>& amounts) {
  std::int64_t yen = 4'321'000;
  for (const auto field : issuer::fields_of(group)) {
    auto& amount = *amounts.Add();
    amount.set_item(std::string(field.substr(field.find('.') + 1)));
    amount.set_yen(yen);
    yen = yen * 2 / 3;
  }
}
}  // namespace

v1::HouseholdSnapshot family() { return family_of(4); }

v1::HouseholdSnapshot family_of(int count) {
  v1::HouseholdSnapshot snapshot;
  snapshot.set_mapping(v1::CARD_MAPPING_FOUND);
  snapshot.set_holder(members[0].number);
  auto& household = *snapshot.mutable_household();
  household.set_number("000000000000019");
  household.set_address(address);
  household.set_head(members[0].name);
  for (const auto& member : members) *household.add_members() = resident(member);
  for (int i = 4; i < count; ++i) {
    const auto number = "000000000000" + std::to_string(101 + i);
    const auto name = "渡邉󠄐　" + std::to_string(i + 1) + "子";
    *household.add_members() = resident({number.c_str(), name.c_str(), "ワタナベ", "子", "2020-01-01", v1::SEX_FEMALE});
  }
  auto& head = *household.mutable_members(0);
  head.mutable_address_since()->set_day("2015-06-20");
  head.mutable_moved_within()->set_day("2015-06-20");
  head.mutable_notified()->set_day("2010-04-05");
  head.set_previous_address("神奈川県横浜市中区日本大通１番地");
  add_change(head, "転居", "2015-06-20", "東京都千代田区九段南一丁目２番１号", address);
  auto& wife = *household.mutable_members(1);
  wife.set_former_surname("葛󠄂城");
  wife.set_former_surname_kana("カツラギ");
  snapshot.mutable_seal()->set_number("12345");
  snapshot.mutable_seal()->set_state(v1::SEAL_STATE_REGISTERED);
  snapshot.mutable_seal()->set_resident(snapshot.holder());
  snapshot.mutable_seal()->set_image(seal_image());
  *snapshot.mutable_family_register() = family_register();
  snapshot.set_family_register_person("P1");
  *snapshot.mutable_supplement() = supplement();
  return snapshot;
}

v1::HouseholdSnapshot foreign_household() {
  v1::HouseholdSnapshot snapshot;
  snapshot.set_mapping(v1::CARD_MAPPING_FOUND);
  snapshot.set_holder("000000000000201");
  auto& household = *snapshot.mutable_household();
  household.set_address(address);
  household.set_head("ZHANG YULIN");
  v1::Resident made =
      resident({"000000000000201", "ZHANG YULIN", "チャン　ユーリン", "世帯主", "1991-12-31", v1::SEX_FEMALE});
  made.clear_family_register();
  made.clear_register_head();
  made.clear_resident_since();
  auto& foreign = *made.mutable_foreign();
  foreign.set_name_kanji("張　玉蓮");
  foreign.set_alias("山田　玉子");
  foreign.set_nationality("中国");
  foreign.set_category(v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM);
  foreign.set_status("技術・人文知識・国際業務");
  foreign.set_period("５年");
  foreign.mutable_expires()->set_day("2028-06-15");
  foreign.set_card_number("AB12345678CD");
  foreign.mutable_foreign_resident_since()->set_day("2013-07-09");
  auto& first = *foreign.add_aliases();
  first.set_alias("田中　玉子");
  first.mutable_recorded()->set_day("2014-01-10");
  first.set_recorded_in("神奈川県横浜市");
  first.mutable_deleted()->set_day("2018-05-07");
  first.set_deleted_in("東京都千代田区");
  auto& second = *foreign.add_aliases();
  second.set_alias("山田　玉子");
  second.mutable_recorded()->set_day("2018-05-07");
  second.set_recorded_in("東京都千代田区");
  *household.add_members() = made;
  snapshot.mutable_seal()->set_state(v1::SEAL_STATE_REGISTERED);
  snapshot.mutable_seal()->set_resident(snapshot.holder());
  snapshot.mutable_seal()->set_image(seal_image());
  snapshot.mutable_seal()->set_kana_name("チャン　ユーリン");
  return snapshot;
}

v1::TaxRecord tax_record(const v1::HouseholdSnapshot& snapshot) {
  v1::TaxRecord record;
  record.set_fiscal_year(2026);
  record.set_resident(snapshot.holder());
  record.set_name(snapshot.household().head());
  record.set_address("東京都千代田区平河町一丁目１番１号");
  record.mutable_born()->set_day("1980-02-17");
  record.set_standing(v1::TAX_STANDING_ASSESSED);
  add_amounts(issuer::TaxGroup::income, *record.mutable_incomes());
  add_amounts(issuer::TaxGroup::deduction, *record.mutable_deductions());
  add_amounts(issuer::TaxGroup::base, *record.mutable_bases());
  add_amounts(issuer::TaxGroup::tax, *record.mutable_taxes());
  for (const auto field : issuer::fields_of(issuer::TaxGroup::person)) {
    auto& count = *record.add_persons();
    count.set_item(std::string(field.substr(field.find('.') + 1)));
    count.set_count(1);
  }
  record.set_total_income(4'321'000);
  record.set_annual_tax(198'500);
  return record;
}

void make_untaxed(v1::TaxRecord& record) {
  record.clear_bases();
  for (auto& tax : *record.mutable_taxes()) tax.set_yen(0);
  record.set_annual_tax(0);
}

Day today() { return Day{std::chrono::year{2026} / 11 / 21}; }

issuer::AuthorityTerms authorities() {
  const Day first{std::chrono::year{2026} / 12 / 1};
  return {{std::nullopt, std::nullopt, {"東京都", "千代田区長", "見本　次郎"}},
          {first,
           Day{std::chrono::year{2026} / 12 / 31},
           {"東京都", "千代田区長職務代理者　千代田区副区長", "見本　三郎"}}};
}

issuer::CertificateOrder order_of(v1::Kind kind, const v1::HouseholdSnapshot& snapshot, bool each) {
  issuer::CertificateOrder order;
  order.kind = kind;
  order.scope = v1::SCOPE_SELF;
  order.issued_on = today();
  order.issuance_number = "20261121 千代田区 K0000123 0000456789 001";
  order.persons = {snapshot.holder()};
  switch (kind) {
    case v1::KIND_RESIDENCE_CERTIFICATE:
    case v1::KIND_RESIDENCE_ITEMS:
      order.scope = v1::SCOPE_HOUSEHOLD;
      order.persons.clear();
      for (const auto& member : snapshot.household().members()) order.persons.push_back(member.number());
      for (int option = v1::OPTION_HEAD_AND_RELATION; option <= v1::OPTION_ALIAS_RECORDS; ++option)
        order.options.insert(static_cast<v1::Option>(option));
      if (each) order.options.merge(std::set{v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES});
      break;
    case v1::KIND_FAMILY_REGISTER_WHOLE:
    case v1::KIND_FAMILY_REGISTER_PERSONS:
    case v1::KIND_FAMILY_REGISTER_SUPPLEMENT:
      order.scope = v1::SCOPE_HOUSEHOLD;
      order.persons.clear();
      for (const auto& person : snapshot.family_register().persons()) order.persons.push_back(person.number());
      if (kind == v1::KIND_FAMILY_REGISTER_SUPPLEMENT)
        order.options = {v1::OPTION_FAMILY_REGISTER, v1::OPTION_OVERSEAS_VOTER};
      break;
    default:
      break;
  }
  return order;
}

}  // namespace mado::proof
