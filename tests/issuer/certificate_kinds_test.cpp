// Every kind of certificate: what it says, whom it draws, and what it refuses.
#include <algorithm>

#include "tests/issuer/certificates.hpp"

namespace mado::issuer {
namespace {

using specimen::draw;
using specimen::refused;
using specimen::texts_of;

CertificateSheet prepared(const v1::HouseholdSnapshot& snapshot, const CertificateOrder& order,
                          const v1::TaxRecord* tax = nullptr) {
  auto sheet = prepare_certificate(specimen::tools(), {snapshot, tax}, order);
  if (!sheet) throw std::runtime_error(sheet.error().cause);
  return std::move(*sheet);
}
std::string page_text(const CertificateSheet& sheet, std::string_view field) {
  return std::string(sheet.content.page.find(field)->second.text());
}
std::string footer_text(const CertificateSheet& sheet, std::string_view field) {
  return std::string(sheet.content.footer.find(field)->second.text());
}

constexpr v1::Kind all_kinds[] = {v1::KIND_RESIDENCE_CERTIFICATE,
                                  v1::KIND_RESIDENCE_ITEMS,
                                  v1::KIND_SEAL_CERTIFICATE,
                                  v1::KIND_FAMILY_REGISTER_WHOLE,
                                  v1::KIND_FAMILY_REGISTER_PERSONS,
                                  v1::KIND_FAMILY_REGISTER_SUPPLEMENT,
                                  v1::KIND_INCOME,
                                  v1::KIND_TAXATION,
                                  v1::KIND_INCOME_AND_TAXATION};

TEST(Forms, OfTheRepositoryHoldWhatTheirKindsDraw) {
  for (const auto& [role, form] : specimen::forms()) {
    const auto sound = check_form(role, form);
    EXPECT_TRUE(sound) << sound.error().cause;
  }
}

TEST(EveryKind, DrawsWhomItWasOrderedFor) {
  const auto snapshot = proof::family();
  const auto tax = proof::tax_record(snapshot);
  for (const auto kind : all_kinds) {
    const auto order = proof::order_of(kind, snapshot);
    const auto drawn = draw(snapshot, order, &tax);
    ASSERT_TRUE(drawn) << v1::Kind_Name(kind) << ": " << drawn.error().cause;
    EXPECT_EQ(drawn->drawn, order.persons) << v1::Kind_Name(kind);
  }
}

TEST(EveryKind, RefusesWithoutItsRecordAndWithoutItsForm) {
  const auto snapshot = proof::family();
  const CertificateForms none;
  const CertificateTools bare{none, paper::specimen::font(), paper::specimen::seal(), specimen::authorities()};
  for (const auto kind : all_kinds) {
    const auto order = proof::order_of(kind, snapshot);
    EXPECT_EQ(prepare_certificate(bare, {snapshot}, order).error().reason, Reason::kind_not_offered);
    if (kind == v1::KIND_RESIDENCE_CERTIFICATE || kind == v1::KIND_RESIDENCE_ITEMS) continue;
    auto without = snapshot;
    without.clear_seal();
    without.clear_family_register();
    without.clear_supplement();
    EXPECT_EQ(refused(without, order).reason, Reason::not_registered_here) << v1::Kind_Name(kind);
  }
}

TEST(Residence, AForeignResidentHasTheOwnSlotsAndWesternDatesForBirthAndExpiryOnly) {
  const auto snapshot = proof::foreign_household();
  const auto sheet = prepared(snapshot, proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot));
  const auto of = [&](const char* field) { return texts_of(sheet, "foreign", field).at(0); };
  EXPECT_EQ(of("name"), "ZHANG YULIN　張　玉蓮");
  EXPECT_EQ(of("alias"), "山田　玉子");
  EXPECT_EQ(of("born"), "1991年12月31日");
  EXPECT_EQ(of("expires"), "2028年6月15日");
  EXPECT_EQ(of("foreign_resident_since"), "平成25年7月9日");
  EXPECT_EQ(of("category"), "中長期在留者");
  EXPECT_TRUE(texts_of(sheet, "person", "name").empty());
}

TEST(Residence, EachItemOfAForeignResidentIsChosenByItself) {
  const auto snapshot = proof::foreign_household();
  const std::pair<v1::Option, const char*> items[] = {{v1::OPTION_NATIONALITY, "nationality"},
                                                      {v1::OPTION_RESIDENCE_CATEGORY, "category"},
                                                      {v1::OPTION_RESIDENCE_STATUS, "status"},
                                                      {v1::OPTION_PERIOD_OF_STAY, "period"},
                                                      {v1::OPTION_EXPIRY_OF_STAY, "expires"},
                                                      {v1::OPTION_RESIDENCE_CARD, "card_number"},
                                                      {v1::OPTION_KANA, "kana"},
                                                      {v1::OPTION_INDIVIDUAL_NUMBER, "individual_number"},
                                                      {v1::OPTION_HEAD_AND_RELATION, "relation"}};
  for (const auto& [chosen, shown] : items) {
    auto order = proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot);
    order.options = {chosen};
    const auto sheet = prepared(snapshot, order);
    for (const auto& [option, field] : items)
      EXPECT_EQ(texts_of(sheet, "foreign", field).at(0) == paper::omitted_mark, option != chosen) << field;
  }
}

TEST(Residence, AliasRecordsStandOnASheetOfTheirOwnBeforeTheCertification) {
  const auto snapshot = proof::foreign_household();
  auto order = proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot);
  EXPECT_EQ(draw(snapshot, order)->pages.size(), 2U);
  order.options.erase(v1::OPTION_ALIAS_RECORDS);
  EXPECT_EQ(draw(snapshot, order)->pages.size(), 1U);
}

TEST(Residence, EachPersonHasASheetAndItsChangesWithoutWhatIsWithheld) {
  auto snapshot = proof::family();
  auto& withheld = *snapshot.mutable_household()->mutable_members(0)->add_changes();
  withheld = snapshot.household().members(0).changes(0);
  withheld.set_withheld(true);
  const auto order = proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot, true);
  EXPECT_EQ(draw(snapshot, order)->pages.size(), 4U);
  EXPECT_EQ(texts_of(prepared(snapshot, order), "change", "reason"), std::vector<std::string>{"転居"});
}

TEST(Residence, ALeavingIsPrintedFromItsDay) {
  auto snapshot = proof::family();
  auto& leaving = *snapshot.mutable_household()->mutable_members(0)->mutable_leaving();
  leaving.mutable_on()->set_day("2026-11-21");
  leaving.set_destination("大阪府吹田市泉町一丁目３番４０号");
  auto order = proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot);
  EXPECT_EQ(texts_of(prepared(snapshot, order), "person", "remarks").at(0),
            "転出予定年月日　令和8年11月21日　　転出先住所（予定）　大阪府吹田市泉町一丁目３番４０号");
  order.issued_on = *parse_day("2026-11-20");
  EXPECT_TRUE(texts_of(prepared(snapshot, order), "person", "remarks").empty());
}

TEST(ResidenceItems, MayLeaveTheBuildingOut) {
  const auto snapshot = proof::family();
  auto order = proof::order_of(v1::KIND_RESIDENCE_ITEMS, snapshot);
  EXPECT_EQ(page_text(prepared(snapshot, order), "title"), "住民票記載事項証明書");
  order.options.insert(v1::OPTION_WITHOUT_BUILDING);
  EXPECT_EQ(page_text(prepared(snapshot, order), "address"), "東京都千代田区平河町一丁目１番１号");
  auto other = snapshot;
  other.mutable_household()->set_address("東京都千代田区平河町一丁目１番１号");
  EXPECT_EQ(refused(other, order).reason, Reason::record_incomplete);
}

TEST(Authority, TheActingMayorBeginsOnTheFirstDayAndEndsAfterTheLast) {
  const auto snapshot = proof::family();
  auto order = proof::order_of(v1::KIND_SEAL_CERTIFICATE, snapshot);
  for (const auto& [day, name] : {std::pair{"2026-11-30", "千代田区長　見本　次郎"},
                                  {"2026-12-01", "千代田区長職務代理者　千代田区副区長　見本　三郎"},
                                  {"2026-12-31", "千代田区長職務代理者　千代田区副区長　見本　三郎"},
                                  {"2027-01-01", "千代田区長　見本　次郎"}}) {
    order.issued_on = *parse_day(day);
    EXPECT_EQ(footer_text(prepared(snapshot, order), "authority"), std::string("東京都") + name) << day;
  }
}

TEST(Authority, ADayWithoutATermIsRefused) {
  const AuthorityTerms terms{{parse_day("2026-12-01"), parse_day("2026-12-31"), {"東京都", "区長", "見本"}}};
  EXPECT_TRUE(check_terms(terms));
  EXPECT_FALSE(authority_on(terms, *parse_day("2027-01-01")));
  EXPECT_FALSE(check_terms({}));
  EXPECT_FALSE(check_terms({{parse_day("2026-12-02"), parse_day("2026-12-01"), {"東京都", "区長", "見本"}}}));
  EXPECT_FALSE(check_terms({{std::nullopt, std::nullopt, {"", "区長", "見本"}}}));
}

TEST(SealCertificate, IsTheHoldersOwn) {
  const auto snapshot = proof::family();
  auto order = proof::order_of(v1::KIND_SEAL_CERTIFICATE, snapshot);
  order.persons = {"000000000000102"};
  EXPECT_EQ(refused(snapshot, order).reason, Reason::person_not_in_household);
  order.scope = v1::SCOPE_HOUSEHOLD;
  EXPECT_EQ(refused(snapshot, order).reason, Reason::application_invalid);
}

TEST(SealCertificate, SaitamaACancelledSealOrOneOfAnotherNameIsRefused) {
  auto snapshot = proof::family();
  const auto order = proof::order_of(v1::KIND_SEAL_CERTIFICATE, snapshot);
  snapshot.mutable_seal()->set_name_changed(true);
  EXPECT_EQ(refused(snapshot, order).reason, Reason::cannot_be_issued);
  snapshot.mutable_seal()->set_state(v1::SEAL_STATE_CANCELLED);
  EXPECT_EQ(refused(snapshot, order).reason, Reason::not_registered_here);
}

TEST(SealCertificate, AdachiSomebodyElsesSealIsNotDrawnUnderTheHoldersName) {
  auto snapshot = proof::family();
  const auto order = proof::order_of(v1::KIND_SEAL_CERTIFICATE, snapshot);
  ASSERT_EQ(draw(snapshot, order)->drawn, std::vector{snapshot.holder()});
  for (const auto* owner : {"000000000000102", ""}) {
    snapshot.mutable_seal()->set_resident(owner);
    EXPECT_EQ(refused(snapshot, order).cause, "the seal is registered for somebody else");
  }
}

TEST(SealCertificate, AnImageOutOfItsBoundsIsRefused) {
  auto snapshot = proof::family();
  const auto order = proof::order_of(v1::KIND_SEAL_CERTIFICATE, snapshot);
  const auto image_of = [](int side) {
    const auto bytes = static_cast<std::size_t>((side + 7) / 8 * side);
    return "P4\n" + std::to_string(side) + " " + std::to_string(side) + "\n" + std::string(bytes, '\xff');
  };
  for (const int side : {188, 592}) {
    snapshot.mutable_seal()->set_image(image_of(side));
    EXPECT_EQ(refused(snapshot, order).reason, Reason::record_incomplete) << side;
  }
  for (const int side : {189, 591}) {
    snapshot.mutable_seal()->set_image(image_of(side));
    EXPECT_TRUE(draw(snapshot, order)) << side;
  }
}

TEST(SealCertificate, OtherNamesStandBesideTheName) {
  const auto snapshot = proof::foreign_household();
  const auto sheet = prepared(snapshot, proof::order_of(v1::KIND_SEAL_CERTIFICATE, snapshot));
  EXPECT_EQ(page_text(sheet, "name"), "ZHANG YULIN　張　玉蓮");
  EXPECT_EQ(page_text(sheet, "name_beside"), "通称　山田　玉子　氏名の片仮名表記　チャン　ユーリン");
  EXPECT_EQ(page_text(sheet, "born"), "1991年12月31日");
}

TEST(FamilyRegister, SaysEverythingInTheOrderOfThePaperWithFullWidthDigits) {
  const auto snapshot = proof::family();
  const auto sheet = prepared(snapshot, proof::order_of(v1::KIND_FAMILY_REGISTER_WHOLE, snapshot));
  EXPECT_EQ(texts_of(sheet, "person", "text").at(0), "【名】太郎");
  EXPECT_EQ(texts_of(sheet, "person_item", "text").at(1), "【生年月日】昭和５５年２月１７日　　【配偶者区分】夫");
  EXPECT_EQ(texts_of(sheet, "entry", "label").at(0), "戸籍編製");
  EXPECT_EQ(texts_of(sheet, "entry", "label").at(2), "出　　生");
  EXPECT_EQ(texts_of(sheet, "under", "text"), std::vector<std::string>{"【本籍】神奈川県横浜市中区日本大通１番地"});
  EXPECT_EQ(texts_of(sheet, "removed_item", "text"), std::vector<std::string>{"【生年月日】令和元年５月１日"});
  EXPECT_EQ(footer_text(sheet, "issued_on"), "令和８年１１月２１日");
  EXPECT_EQ(footer_text(sheet, "certification"), "これは、戸籍に記録されている事項の全部を証明した書面である。");
}

TEST(FamilyRegister, OfPersonsShowsTheChosenAlone) {
  const auto snapshot = proof::family();
  auto order = proof::order_of(v1::KIND_FAMILY_REGISTER_PERSONS, snapshot);
  order.scope = v1::SCOPE_MEMBERS;
  order.persons = {"P3", "P1"};
  const auto drawn = draw(snapshot, order).value();
  EXPECT_EQ(drawn.drawn, (std::vector<std::string>{"P1", "P3"}));
  const auto sheet = prepared(snapshot, order);
  EXPECT_EQ(texts_of(sheet, "person", "text"), (std::vector<std::string>{"【名】太郎", "【名】一郎"}));
  EXPECT_EQ(footer_text(sheet, "certification"),
            "これは、戸籍中の一部の者について記録されている事項の全部を証明した書面である。");
  order.kind = v1::KIND_FAMILY_REGISTER_WHOLE;
  EXPECT_EQ(refused(snapshot, order).reason, Reason::application_invalid);
}

TEST(FamilyRegister, ANoticeAClosedRegisterAndASuppressedPersonAreRefused) {
  auto snapshot = proof::family();
  const auto order = proof::order_of(v1::KIND_FAMILY_REGISTER_WHOLE, snapshot);
  snapshot.mutable_family_register()->set_notice_pending(true);
  EXPECT_EQ(refused(snapshot, order).reason, Reason::cannot_be_issued);
  snapshot = proof::family();
  snapshot.mutable_family_register()->set_closed(true);
  EXPECT_EQ(refused(snapshot, order).reason, Reason::cannot_be_issued);
  snapshot = proof::family();
  snapshot.mutable_family_register()->mutable_persons(2)->add_suppressions(v1::SUPPRESSION_PROTECTED);
  EXPECT_EQ(refused(snapshot, order).reason, Reason::cannot_be_issued);
}

TEST(Supplement, OmitsTheRegisterUnlessAskedAndThenNamesOthersByGivenName) {
  const auto snapshot = proof::family();
  auto order = proof::order_of(v1::KIND_FAMILY_REGISTER_SUPPLEMENT, snapshot);
  EXPECT_EQ(texts_of(prepared(snapshot, order), "person", "name"),
            (std::vector<std::string>{"渡邉󠄐　太郎", "花子", "一郎", "さくら"}));
  EXPECT_EQ(texts_of(prepared(snapshot, order), "remark", "text"),
            (std::vector<std::string>{"東京都千代田区", "令和9年3月31日"}));
  order.options.clear();
  const auto sheet = prepared(snapshot, order);
  EXPECT_EQ(page_text(sheet, "domicile"), paper::omitted_mark);
  EXPECT_EQ(texts_of(sheet, "person", "name").at(1), "渡邉󠄐　花子");
  EXPECT_EQ(texts_of(sheet, "remark", "text"), std::vector<std::string>{"令和9年3月31日"});
}

TEST(IncomeAndTaxation, HasTheTitleThatTheCitysRulesGiveIt) {
  const auto snapshot = proof::family();
  const auto tax = proof::tax_record(snapshot);
  auto order = proof::order_of(v1::KIND_INCOME_AND_TAXATION, snapshot);
  EXPECT_EQ(page_text(prepared(snapshot, order, &tax), "title"), "所得課税証明書");
  order.title = "市・県民税所得証明書";
  EXPECT_EQ(page_text(prepared(snapshot, order, &tax), "title"), "市・県民税所得証明書");
}

TEST(Taxation, TheTitleSaysWhetherTheHolderIsTaxed) {
  const auto snapshot = proof::family();
  auto tax = proof::tax_record(snapshot);
  const auto taxation = proof::order_of(v1::KIND_TAXATION, snapshot);
  const auto no_taxation = proof::order_of(v1::KIND_NO_TAXATION, snapshot);
  EXPECT_EQ(page_text(prepared(snapshot, taxation, &tax), "title"), "課　税　証　明　書");
  EXPECT_EQ(refused(snapshot, no_taxation, &tax).reason, Reason::taxed);
  tax.set_annual_tax(0);
  EXPECT_EQ(page_text(prepared(snapshot, taxation, &tax), "title"), "非　課　税　証　明　書");
  EXPECT_EQ(page_text(prepared(snapshot, no_taxation, &tax), "title"), "非　課　税　証　明　書");
}

TEST(Taxation, YearsAndAmountsAreWrittenAsOnTheSheet) {
  const auto snapshot = proof::family();
  auto tax = proof::tax_record(snapshot);
  tax.mutable_incomes(22)->set_yen(-1'234'567);
  const auto sheet = prepared(snapshot, proof::order_of(v1::KIND_INCOME_AND_TAXATION, snapshot), &tax);
  EXPECT_EQ(page_text(sheet, "fiscal_year"), "令和8年度");
  EXPECT_EQ(page_text(sheet, "income_year"), "令和7年");
  EXPECT_EQ(page_text(sheet, "incomes.salary_income"), "4,321,000");
  EXPECT_EQ(page_text(sheet, "incomes.loss_carried_forward"), "△1,234,567");
  EXPECT_EQ(page_text(sheet, "annual_tax"), "198,500");
}

TEST(Taxation, ADependantsIncomesAreNotKnownAndNobodyElsesMayBe) {
  const auto snapshot = proof::family();
  auto tax = proof::tax_record(snapshot);
  tax.set_standing(v1::TAX_STANDING_DEPENDANT);
  tax.set_annual_tax(0);
  const auto order = proof::order_of(v1::KIND_TAXATION, snapshot);
  EXPECT_EQ(page_text(prepared(snapshot, order, &tax), "incomes.salary"), "＊");
  EXPECT_EQ(page_text(prepared(snapshot, order, &tax), "total_income"), "＊");
  tax.set_standing(v1::TAX_STANDING_NOT_DECLARED);
  EXPECT_EQ(refused(snapshot, order, &tax).reason, Reason::record_incomplete);
}

TEST(Taxation, AnAmountForWhichTheFormHasNoPlaceIsNotLeftOutInSilence) {
  const auto snapshot = proof::family();
  auto tax = proof::tax_record(snapshot);
  const auto order = proof::order_of(v1::KIND_TAXATION, snapshot);
  auto forms = specimen::forms();
  auto& fields = forms.at(FormRole::taxation).page.fields;
  std::erase_if(fields, [](const paper::Field& field) { return field.name == "incomes.agriculture"; });
  const CertificateTools tools{forms, paper::specimen::font(), paper::specimen::seal(), specimen::authorities()};
  EXPECT_EQ(prepare_certificate(tools, {snapshot, &tax}, order).error().reason, Reason::page_check_failed);
  tax.mutable_incomes(7)->set_yen(0);
  EXPECT_TRUE(prepare_certificate(tools, {snapshot, &tax}, order));
  tax.mutable_incomes(7)->set_item("lottery");
  EXPECT_EQ(prepare_certificate(tools, {snapshot, &tax}, order).error().reason, Reason::record_incomplete);
}

TEST(Taxation, AnothersRecordIsRefused) {
  const auto snapshot = proof::family();
  auto tax = proof::tax_record(snapshot);
  tax.set_resident("000000000000102");
  EXPECT_EQ(refused(snapshot, proof::order_of(v1::KIND_TAXATION, snapshot), &tax).reason,
            Reason::person_not_in_household);
}

}  // namespace
}  // namespace mado::issuer
