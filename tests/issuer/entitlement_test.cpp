// Who may not have what (交付の可否): every cause × every kind, in both services.
#include "issuer/core/entitlement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "claims.hpp"
#include "issuer/core/kind_sources.hpp"

namespace mado::issuer {
namespace {

using specimen::all_kinds;
using specimen::today;

// What the registers and the tax link say of one person.
struct Records {
  v1::HouseholdSnapshot snapshot = specimen::snapshot();
  Outcome<v1::TaxRecord> tax = specimen::untaxed();
  v1::Service service = v1::SERVICE_HOME_CITY;
};
Records known_by_register_alone() {
  return {specimen::snapshot_of_register_alone(), specimen::untaxed(), v1::SERVICE_DOMICILE_CITY};
}

Outcome<HeldTaxRecord> held(const Outcome<v1::TaxRecord>& tax) {
  if (!tax) return std::unexpected(tax.error());
  return HeldTaxRecord{*tax};
}

// "ok", or the code that the citizen learns.
std::string told(const Records& records, v1::Kind kind) {
  const auto tax = held(records.tax);
  const auto checked = check_entitled(
      {records.snapshot, records.service, kind, 15, is_tax_kind(kind) ? &tax : nullptr, today, specimen::most_silence});
  return checked ? "ok" : std::string(code_of(checked.error().reason));
}
std::string told_to_staff(const Records& records, v1::Kind kind) {
  const auto tax = held(records.tax);
  return check_entitled({records.snapshot, records.service, kind, 15, is_tax_kind(kind) ? &tax : nullptr, today,
                         specimen::most_silence})
      .error()
      .cause;
}

using Spoil = std::function<void(Records&)>;
v1::Freshness& freshness(Records& records, v1::RecordKind record) {
  return *std::ranges::find(*records.snapshot.mutable_freshness(), record, &v1::Freshness::record);
}
v1::Resident& holder(Records& records) { return *records.snapshot.mutable_household()->mutable_members(0); }
v1::Resident& child(Records& records) { return *records.snapshot.mutable_household()->mutable_members(3); }

constexpr KindSet residence = set_of(v1::KIND_RESIDENCE_CERTIFICATE) | set_of(v1::KIND_RESIDENCE_ITEMS);
constexpr KindSet seal = set_of(v1::KIND_SEAL_CERTIFICATE);
constexpr KindSet registers = set_of(v1::KIND_FAMILY_REGISTER_WHOLE) | set_of(v1::KIND_FAMILY_REGISTER_PERSONS);
constexpr KindSet supplement = set_of(v1::KIND_FAMILY_REGISTER_SUPPLEMENT);
constexpr KindSet tax = set_of(v1::KIND_INCOME) | set_of(v1::KIND_TAXATION) | set_of(v1::KIND_NO_TAXATION) |
                        set_of(v1::KIND_INCOME_AND_TAXATION);
constexpr KindSet every = residence | seal | registers | supplement | tax;

struct MatrixRow {
  const char* name;
  Spoil spoil;
  const char* code;
  KindSet kinds;
  const char* to_staff;  // a part of it
};
void PrintTo(const MatrixRow& row, std::ostream* out) { *out << row.name; }

Spoil suppress(v1::Suppression cause) {
  return [cause](Records& records) { child(records).add_suppressions(cause); };
}
Spoil state(v1::ResidentState state) {
  return [state](Records& records) { holder(records).set_state(state); };
}
Spoil tax_refused(Reason reason) {
  return [reason](Records& records) { records.tax = refuse(reason, ""); };
}
Spoil silent(v1::RecordKind record) {
  return [record](Records& records) {
    freshness(records, record).set_heard_at((today + -specimen::most_silence).milliseconds - 1);
  };
}
Spoil missing(v1::RecordKind record) {
  return [record](Records& records) { freshness(records, record).set_missing_from(7); };
}

const std::vector<MatrixRow>& matrix() {
  static const std::vector<MatrixRow> rows{
      // 支援措置 and what must look like it: of anybody in the household, whatever is asked for.
      {"Protected", suppress(v1::SUPPRESSION_PROTECTED), "cannot_be_issued", every, "住民記録"},
      {"ProtectedPending", suppress(v1::SUPPRESSION_PROTECTED_PENDING), "cannot_be_issued", every, "住民記録"},
      {"Blocked", suppress(v1::SUPPRESSION_BLOCKED), "cannot_be_issued", every, "住民記録"},
      {"NoticePending", suppress(v1::SUPPRESSION_NOTICE_PENDING), "cannot_be_issued", every, "住民記録"},
      {"MovingOut", suppress(v1::SUPPRESSION_MOVING_OUT), "cannot_be_issued", every, "住民記録"},
      {"Provisional", suppress(v1::SUPPRESSION_PROVISIONAL), "cannot_be_issued", every, "住民記録"},
      {"LeavingOnRecord",
       [](Records& records) { child(records).mutable_leaving()->mutable_on()->set_day("2026-12-01"); },
       "cannot_be_issued", every, "住民記録"},
      // 死亡・消除, 転出
      {"MovedAway", state(v1::RESIDENT_STATE_MOVED), "not_registered_here", every, "moved away"},
      {"Dead", state(v1::RESIDENT_STATE_DEAD), "not_registered_here", every, "died"},
      {"Removed", state(v1::RESIDENT_STATE_REMOVED), "not_registered_here", every, "removed"},
      {"UnderAge", [](Records& records) { holder(records).mutable_born()->set_day("2011-11-22"); }, "under_age", every,
       "young"},
      // 戸籍, 附票
      {"RegisterPersonProtected",
       [](Records& records) {
         records.snapshot.mutable_family_register()->mutable_persons(3)->add_suppressions(v1::SUPPRESSION_PROTECTED);
       },
       "cannot_be_issued", registers, "戸籍"},
      {"RegisterNoticePending",
       [](Records& records) { records.snapshot.mutable_family_register()->set_notice_pending(true); },
       "cannot_be_issued", registers, "戸籍"},
      {"SupplementOfSomebodyWhoLeftProtected",
       [](Records& records) {
         records.snapshot.mutable_supplement()->mutable_persons(2)->add_suppressions(v1::SUPPRESSION_PROTECTED);
       },
       "cannot_be_issued", supplement, "附票"},
      {"NoRegisterHere", [](Records& records) { records.snapshot.clear_family_register(); },
       "family_register_not_found", registers, "no 戸籍"},
      {"RegisterClosed", [](Records& records) { records.snapshot.mutable_family_register()->set_closed(true); },
       "family_register_not_found", registers, "除籍"},
      {"NoSupplementHere", [](Records& records) { records.snapshot.clear_supplement(); }, "family_register_not_found",
       supplement, "no 附票"},
      // 印鑑登録
      {"NoSeal", [](Records& records) { records.snapshot.clear_seal(); }, "seal_not_registered", seal, "no seal"},
      {"SealOfSomebodyElse", [](Records& records) { records.snapshot.mutable_seal()->set_resident("000000000000102"); },
       "record_incomplete", seal, "somebody else"},
      {"SealCancelled", [](Records& records) { records.snapshot.mutable_seal()->set_state(v1::SEAL_STATE_CANCELLED); },
       "seal_not_registered", seal, "cancelled"},
      {"NameChangedSinceTheSeal", [](Records& records) { records.snapshot.mutable_seal()->set_name_changed(true); },
       "seal_not_registered", seal, "name has changed"},
      // 個人住民税
      {"NotDeclared", [](Records& records) { records.tax->set_standing(v1::TAX_STANDING_NOT_DECLARED); },
       "tax_not_declared", tax, "未申告"},
      {"StandingUnknown", [](Records& records) { records.tax->clear_standing(); }, "tax_not_declared", tax, "未申告"},
      {"NoTaxRecord", tax_refused(Reason::tax_record_not_found), "tax_record_not_found", tax, "no tax record"},
      {"TaxYearChanging", tax_refused(Reason::tax_year_changing), "tax_year_changing", tax, "changed"},
      {"TaxRegisterSilent", tax_refused(Reason::register_unavailable), "register_unavailable", tax, "tax register"},
      {"TaxStoreFails", tax_refused(Reason::storage_failed), "storage_failed", tax, "cannot be read"},
      {"Taxed", [](Records& records) { records.tax->set_annual_tax(1); }, "taxed", set_of(v1::KIND_NO_TAXATION),
       "taxed"},
      // The feed's lag, or a gap in its numbers (さいたま).
      {"ResidentsSilent", silent(v1::RECORD_KIND_UNSPECIFIED), "register_unavailable", every, "住民記録"},
      {"ResidentsMissAChange", missing(v1::RECORD_KIND_UNSPECIFIED), "register_unavailable", every, "住民記録"},
      {"SealsSilent", silent(v1::RECORD_KIND_SEAL), "register_unavailable", seal, "印鑑登録"},
      {"SealsMissAChange", missing(v1::RECORD_KIND_SEAL), "register_unavailable", seal, "印鑑登録"},
      {"RegistersSilent", silent(v1::RECORD_KIND_FAMILY_REGISTER), "register_unavailable", registers, "戸籍"},
      {"RegistersMissAChange", missing(v1::RECORD_KIND_FAMILY_REGISTER), "register_unavailable", registers, "戸籍"},
      {"SupplementsSilent", silent(v1::RECORD_KIND_SUPPLEMENT), "register_unavailable", supplement, "附票"},
      {"SupplementsMissAChange", missing(v1::RECORD_KIND_SUPPLEMENT), "register_unavailable", supplement, "附票"},
      // The card.
      {"CardOfTwo", [](Records& records) { records.snapshot.set_mapping(v1::CARD_MAPPING_AMBIGUOUS); },
       "record_incomplete", every, "two people"},
      {"CardOfNobody",
       [](Records& records) {
         records.snapshot.Clear();
         records.snapshot.set_mapping(v1::CARD_MAPPING_UNKNOWN);
       },
       "not_registered_here", every, "nobody"},
      {"CardOfTheRegisterAlone", [](Records& records) { records.snapshot = specimen::snapshot_of_register_alone(); },
       "not_registered_here", every, "戸籍 alone"},
      {"HouseholdWithoutItsHolder",
       [](Records& records) { records.snapshot.mutable_household()->mutable_members()->DeleteSubrange(0, 1); },
       "record_incomplete", every, "does not contain"},
      {"HouseholdOf65", [](Records& records) { *records.snapshot.mutable_household() = specimen::of_size(65); },
       "record_incomplete", every, "64"},
  };
  return rows;
}

struct Matrix : testing::TestWithParam<MatrixRow> {};

TEST_P(Matrix, StopsItsKindsAndNoOther) {
  const auto& row = GetParam();
  Records records;
  row.spoil(records);
  for (const auto kind : all_kinds) {
    const bool stopped = (row.kinds & set_of(kind)) != 0;
    EXPECT_EQ(told(records, kind), stopped ? row.code : "ok") << v1::Kind_Name(kind);
    if (!stopped) continue;
    EXPECT_NE(told_to_staff(records, kind).find(row.to_staff), std::string::npos) << v1::Kind_Name(kind);
  }
}
INSTANTIATE_TEST_SUITE_P(CauseByKind, Matrix, testing::ValuesIn(matrix()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Entitlement, WhoNothingStopsMayHaveEveryKind) {
  for (const auto kind : all_kinds) EXPECT_EQ(told(Records{}, kind), "ok") << v1::Kind_Name(kind);
}

TEST(Entitlement, EveryRowOfTheTableHasItsTest) {
  std::set<std::string_view> reached;
  for (const auto& row : matrix()) {
    for (const auto service : {v1::SERVICE_HOME_CITY, v1::SERVICE_DOMICILE_CITY}) {
      Records records;
      records.service = service;
      row.spoil(records);
      const auto tax_record = held(records.tax);
      for (const auto kind : all_kinds) {
        const auto checked =
            check_entitled({records.snapshot, service, kind, 15, &tax_record, today, specimen::most_silence});
        if (checked) continue;
        for (const auto& cause : causes()) {
          if (cause.what == checked.error().cause) reached.insert(cause.what);
        }
      }
    }
  }
  for (const auto& cause : causes()) EXPECT_TRUE(reached.contains(cause.what)) << cause.what;
}

// A dependant (被扶養者) who declared nothing is issued, with ＊ for incomes.
TEST(Entitlement, ADependantWhoDeclaredNothingMayHaveTaxCertificates) {
  Records records;
  records.tax->set_standing(v1::TAX_STANDING_DEPENDANT);
  for (const auto kind : all_kinds) EXPECT_EQ(told(records, kind), "ok") << v1::Kind_Name(kind);
}

TEST(Entitlement, WhoseNothingButACauseDiffersIsToldTheSame) {
  for (const auto& other : matrix()) {
    std::set<std::string> seen;
    for (const auto cause : {v1::SUPPRESSION_PROTECTED, v1::SUPPRESSION_PROTECTED_PENDING, v1::SUPPRESSION_BLOCKED,
                             v1::SUPPRESSION_NOTICE_PENDING, v1::SUPPRESSION_MOVING_OUT, v1::SUPPRESSION_PROVISIONAL}) {
      Records records;
      suppress(cause)(records);
      other.spoil(records);
      std::string all;
      for (const auto kind : all_kinds) all += told(records, kind) + " ";
      seen.insert(all);
    }
    EXPECT_EQ(seen.size(), 1U) << other.name;
  }
}

TEST(Entitlement, TheAgeIsTheKindsOwn) {
  Records records;
  holder(records).mutable_born()->set_day("2010-11-22");  // fifteen, until tomorrow
  const auto at = [&](int youngest) {
    return check_entitled({records.snapshot, records.service, v1::KIND_RESIDENCE_CERTIFICATE, youngest, nullptr, today,
                           specimen::most_silence});
  };
  EXPECT_TRUE(at(15));
  EXPECT_FALSE(at(16));
}

TEST(Entitlement, ABirthdayOnTheLeapDayCountsFromTheFirstOfMarch) {
  Records records;
  holder(records).mutable_born()->set_day("2012-02-29");
  const auto on = [&](const char* day) {
    const auto then = start_of_day_in_japan(*parse_day(day));
    specimen::hear_of_every_register(records.snapshot, then);
    return check_entitled({records.snapshot, records.service, v1::KIND_RESIDENCE_CERTIFICATE, 15, nullptr, then,
                           specimen::most_silence})
        .has_value();
  };
  EXPECT_FALSE(on("2027-02-28"));
  EXPECT_TRUE(on("2027-03-01"));
}

TEST(Entitlement, ABirthThatIsNoKnownDayStopsNobody) {
  Records records;
  holder(records).mutable_born()->clear_day();
  holder(records).mutable_born()->set_written("年月日不詳");
  EXPECT_EQ(told(records, v1::KIND_RESIDENCE_CERTIFICATE), "ok");
}

// 本籍地: who lives elsewhere is known by the 戸籍 alone.
TEST(EntitlementAtTheDomicile, AllOfTheRegistersKindsMayBeHad) {
  const auto records = known_by_register_alone();
  for (const auto kind : all_kinds) {
    if (!belongs_to(v1::SERVICE_DOMICILE_CITY, kind)) continue;
    EXPECT_EQ(told(records, kind), "ok") << v1::Kind_Name(kind);
  }
}

TEST(EntitlementAtTheDomicile, AResidentMayAskThereToo) {
  Records records;
  records.service = v1::SERVICE_DOMICILE_CITY;
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_WHOLE), "ok");
}

TEST(EntitlementAtTheDomicile, ACardThatNobodyRegisteredIsToldToRegister) {
  auto records = known_by_register_alone();
  records.snapshot.Clear();
  records.snapshot.set_mapping(v1::CARD_MAPPING_UNKNOWN);
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_WHOLE), "domicile_not_registered");
}

TEST(EntitlementAtTheDomicile, WhoHasMovedAwayAndNotRegisteredIsToldToRegister) {
  Records records;
  records.service = v1::SERVICE_DOMICILE_CITY;
  holder(records).set_state(v1::RESIDENT_STATE_MOVED);
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_WHOLE), "domicile_not_registered");
}

TEST(EntitlementAtTheDomicile, AgeIsReadFromTheRegister) {
  auto records = known_by_register_alone();
  records.snapshot.mutable_family_register()->mutable_persons(0)->mutable_born()->set_day("2011-11-22");
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_WHOLE), "under_age");
}

// 戸籍 says nothing of where people live; 附票 does, and a resident's 支援措置 stands in it.
TEST(EntitlementAtTheDomicile, WhatIsMissingInTheResidentsRegisterStopsTheSupplementAlone) {
  auto records = known_by_register_alone();
  missing(v1::RECORD_KIND_UNSPECIFIED)(records);
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_WHOLE), "ok");
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_SUPPLEMENT), "register_unavailable");
}

// The card itself is known by the 戸籍's register: it may have been withdrawn.
TEST(EntitlementAtTheDomicile, WhatIsMissingInTheRegisterStopsBoth) {
  auto records = known_by_register_alone();
  missing(v1::RECORD_KIND_FAMILY_REGISTER)(records);
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_WHOLE), "register_unavailable");
  EXPECT_EQ(told(records, v1::KIND_FAMILY_REGISTER_SUPPLEMENT), "register_unavailable");
}

TEST(Freshness, ARegisterMayBeSilentForAsLongAsIsAllowedAndNotLonger) {
  Records records;
  freshness(records, v1::RECORD_KIND_SEAL).set_heard_at((today + -specimen::most_silence).milliseconds);
  EXPECT_EQ(told(records, v1::KIND_SEAL_CERTIFICATE), "ok");
  silent(v1::RECORD_KIND_SEAL)(records);
  EXPECT_EQ(told(records, v1::KIND_SEAL_CERTIFICATE), "register_unavailable");
}

TEST(Freshness, ARegisterThatSaysNothingOfItselfIsNotBelieved) {
  Records records;
  records.snapshot.clear_freshness();
  for (const auto kind : all_kinds) EXPECT_EQ(told(records, kind), "register_unavailable") << v1::Kind_Name(kind);
}

}  // namespace
}  // namespace mado::issuer
