// The registers, over both kinds of database: what the issuer is told about a card, and what changes do.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "registers_of_test.hpp"

namespace mado::registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Residents : RegistersTest {};

TEST_F(Residents, TheWholeHouseholdOfTheCardsHolderIsAnswered) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 0, "妻"), resident(2, 1)}, {card_of(number(1))}));
  const auto snapshot = read(card_of(number(1)));
  EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_EQ(snapshot.holder(), number(1));
  EXPECT_EQ(snapshot.card().SerializeAsString(), query_of(card_of(number(1))).SerializeAsString())
      << "about this very card";
  EXPECT_EQ(snapshot.read_at(), now.milliseconds);
  EXPECT_EQ(snapshot.feed_position(), 1U);
  EXPECT_EQ(snapshot.household().number(), number(1000));
  EXPECT_EQ(snapshot.household().address(), "東京都千代田区本町一丁目１番１号");
  EXPECT_EQ(snapshot.household().head(), "渡邉\U000E0102　健一");
  ASSERT_EQ(snapshot.household().members_size(), 2);
  EXPECT_EQ(snapshot.household().members(0).SerializeAsString(), resident(0, 0).resident.SerializeAsString())
      << "every item comes back as it was put";
  EXPECT_FALSE(snapshot.has_seal()) << "nothing that was not asked for";
  ASSERT_EQ(snapshot.freshness_size(), 1);
  EXPECT_EQ(snapshot.freshness(0).heard_at(), now.milliseconds) << "a register that nobody feeds is its own source";
}

TEST_F(Residents, ACardThatNobodyHasIsUnknownAndTellsNothing) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  for (const auto& card : {card_of(number(0), {0x01, 0x33}), card_of(number(0), {0x01, 0x32}, 0xbc)}) {
    const auto snapshot = read(card);
    EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_UNKNOWN) << "another serial; the same serial with another key";
    EXPECT_TRUE(snapshot.holder().empty());
    EXPECT_FALSE(snapshot.has_household());
  }
}

TEST_F(Residents, OneCardOfTwoResidentsIsAmbiguousAndTellsNothing) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(number(0)), card_of(number(1))}));
  const auto snapshot = read(card_of(number(0)));
  EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_AMBIGUOUS);
  EXPECT_TRUE(snapshot.holder().empty());
  EXPECT_FALSE(snapshot.has_household());
}

TEST_F(Residents, TheSameSerialUnderTwoKeysOfTwoResidentsIsAmbiguousToo) {
  ASSERT_TRUE(
      put({resident(0, 0), resident(1, 1)}, {card_of(number(0), {0x01}, 0x01), card_of(number(1), {0x01}, 0x02)}));
  EXPECT_EQ(read(card_of(number(0), {0x01}, 0x01)).mapping(), v1::CARD_MAPPING_AMBIGUOUS);
}

TEST_F(Residents, ManyCardsMayBelongToOneResident) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0), {0x01}), card_of(number(0), {0x02})}));
  EXPECT_EQ(read(card_of(number(0), {0x01})).holder(), read(card_of(number(0), {0x02})).holder());
}

TEST_F(Residents, AWithdrawnCardIsUnknownAndMayComeBack) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  ASSERT_TRUE(change([](auto& c) { return c.withdraw_card(card_of(number(0))); }));
  EXPECT_EQ(read(card_of(number(0))).mapping(), v1::CARD_MAPPING_UNKNOWN);
  ASSERT_TRUE(put({}, {card_of(number(0))}));
  EXPECT_EQ(read(card_of(number(0))).mapping(), v1::CARD_MAPPING_FOUND);
}

TEST_F(Residents, ACardIsNotClaimedForASecondResident) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(number(0))}));
  EXPECT_EQ(change([](auto& c) { return c.require_unclaimed(card_of(number(1))); }).error().reason,
            Reason::input_invalid);
}

TEST_F(Residents, AQueryThatNamesNoCardIsRefused) {
  for (auto break_it :
       {+[](v1::HouseholdQuery& q) { q.clear_issuer_key(); }, +[](v1::HouseholdQuery& q) { q.clear_serial(); },
        +[](v1::HouseholdQuery& q) { q.set_serial(std::string(21, 'x')); },
        +[](v1::HouseholdQuery& q) { q.set_serial(std::string(1, '\0')); },
        +[](v1::HouseholdQuery& q) { q.set_public_key_digest("short"); },
        +[](v1::HouseholdQuery& q) { q.add_records(v1::RECORD_KIND_UNSPECIFIED); },
        +[](v1::HouseholdQuery& q) {
          q.add_records(v1::RECORD_KIND_SUPPLEMENT);
          q.add_records(v1::RECORD_KIND_SEAL);
        }}) {
    auto query = query_of(card_of(number(0)));
    break_it(query);
    EXPECT_EQ(registers_->read_household(query, now).error().reason, Reason::message_malformed);
  }
}

TEST_F(Residents, HistoryIsKeptAndTheLastStateIsInForce) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  auto renamed = resident(0, 0);
  renamed.resident.set_name("佐藤　健一");
  ASSERT_TRUE(put({renamed}));
  ASSERT_TRUE(put({renamed})) << "the same again";
  const auto snapshot = read(card_of(number(0)));
  ASSERT_EQ(snapshot.household().members_size(), 1);
  EXPECT_EQ(snapshot.household().head(), "佐藤　健一");
  EXPECT_EQ(snapshot.feed_position(), 3U);
  std::vector<std::string> names;
  ASSERT_TRUE(
      registers_->database().query("SELECT body FROM resident ORDER BY history", {}, [&](const store::Row& row) {
        v1::Resident stored;
        stored.ParseFromString(string_of(row.blob(0)));
        names.push_back(stored.name());
      }));
  EXPECT_THAT(names, ElementsAre("渡邉\U000E0102　健一", "佐藤　健一")) << "one row for each state that it had";
}

TEST_F(Residents, AHouseholdsRecordSaysWhoLivesThereFromNowOn) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 0, "妻"), resident(2, 0, "子")},
                  {card_of(number(0)), card_of(number(2), {0x02})}));
  ASSERT_TRUE(change([](auto& c) { return c.put_household(household_of({resident(0, 0), resident(1, 0, "妻")})); }));
  EXPECT_EQ(read(card_of(number(0))).household().members_size(), 2);
  EXPECT_EQ(registers_->read_household(query_of(card_of(number(2), {0x02})), now).error().reason,
            Reason::record_incomplete)
      << "who was not named belongs nowhere";
  ASSERT_TRUE(change([](auto& c) { return c.put_household(household_of({resident(2, 3)})); }));
  EXPECT_EQ(read(card_of(number(2), {0x02})).household().number(), number(1003))
      << "until another household names them";
}

TEST_F(Residents, ABrokenHouseholdIsRefusedAndNothingOfItIsApplied) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  auto broken = household_of({resident(0, 0), resident(1, 0, "長男")});
  broken.set_address("大阪府吹田市");
  EXPECT_EQ(change([&](auto& c) { return c.put_household(broken); }).error().reason, Reason::input_invalid);
  EXPECT_EQ(read(card_of(number(0))).household().address(), resident(0, 0).address);
  EXPECT_EQ(registers_->feed_position().value(), 1U);
}

TEST_F(Residents, ASuppressionIsSeenByTheNextReadAndLiftedByItsOwnCauseOnly) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  const auto residents = v1::RECORD_KIND_UNSPECIFIED;
  for (int twice = 0; twice < 2; ++twice)
    ASSERT_TRUE(change([&](auto& c) { return c.suppress(number(0), residents, v1::SUPPRESSION_PROTECTED); }));
  EXPECT_THAT(read(card_of(number(0))).household().members(0).suppressions(), ElementsAre(v1::SUPPRESSION_PROTECTED));
  ASSERT_TRUE(change([&](auto& c) { return c.lift(number(0), residents, v1::SUPPRESSION_MOVING_OUT); }));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 1);
  ASSERT_TRUE(put({resident(0, 0)})) << "a record without it lifts nothing";
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 1);
  ASSERT_TRUE(change([&](auto& c) { return c.lift(number(0), residents, v1::SUPPRESSION_PROTECTED); }));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 0);
  ASSERT_TRUE(change([&](auto& c) { return c.suppress(number(0), residents, v1::SUPPRESSION_PROTECTED); }));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 1) << "and again";
  EXPECT_FALSE(change([&](auto& c) { return c.suppress(number(5), residents, v1::SUPPRESSION_BLOCKED); }))
      << "nobody has this number";
}

TEST_F(Residents, ALeavingIsRecordedAndWithdrawn) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  v1::Leaving leaving;
  leaving.mutable_on()->set_day("2026-12-01");
  leaving.set_destination("大阪府吹田市泉町一丁目３番４０号");
  ASSERT_TRUE(change([&](auto& c) { return c.set_leaving(number(0), leaving); }));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).leaving().on().day(), "2026-12-01");
  ASSERT_TRUE(change([](auto& c) { return c.set_leaving(number(0), {}); }));
  EXPECT_FALSE(read(card_of(number(0))).household().members(0).has_leaving());
  leaving.mutable_on()->set_day("soon");
  EXPECT_FALSE(change([&](auto& c) { return c.set_leaving(number(0), leaving); }));
}

TEST_F(Residents, TwoProgramsShareOneDatabase) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  const auto command = another();
  ASSERT_TRUE(command->change("test"_point, now, [](auto& c) {
    return c.suppress(number(0), v1::RECORD_KIND_UNSPECIFIED, v1::SUPPRESSION_BLOCKED);
  }));
  EXPECT_EQ(read(card_of(number(0))).household().members(0).suppressions_size(), 1)
      << "the serving process sees it at once";
}

struct Seals : RegistersTest {
  const CardRow card = card_of(number(0));
  void SetUp() override {
    ASSERT_TRUE(put({resident(0, 0)}, {card}));
    ASSERT_TRUE(change([](auto& c) { return c.put_seal(number(0), seal()); }));
  }
  v1::SealRegistration now_registered() { return read(card, {v1::RECORD_KIND_SEAL}).seal(); }
};

TEST_F(Seals, TheRegistrationOfTheHolderIsAnswered) {
  EXPECT_EQ(now_registered().SerializeAsString(), seal_of(number(0)).SerializeAsString());
  EXPECT_EQ(read(card, {v1::RECORD_KIND_SEAL}).freshness_size(), 2);
}

// 足立: what is read says whose it is, and is put back for nobody else.
TEST_F(Seals, AdachiARegistrationIsForWhomItNames) {
  const auto put_back = now_registered();
  EXPECT_TRUE(change([&](auto& c) { return c.put_seal(number(0), put_back); }));
  ASSERT_TRUE(put({resident(1, 1)}, {}));
  EXPECT_FALSE(change([&](auto& c) { return c.put_seal(number(1), put_back); }));
}

// さいたま, 新潟, 熊本: a cancelled registration was still issued.
TEST_F(Seals, SaitamaACancelledRegistrationNeverComesBack) {
  auto cancelled = seal();
  cancelled.set_state(v1::SEAL_STATE_CANCELLED);
  ASSERT_TRUE(change([&](auto& c) { return c.put_seal(number(0), cancelled); }));
  EXPECT_EQ(now_registered().state(), v1::SEAL_STATE_CANCELLED);
  EXPECT_FALSE(change([](auto& c) { return c.put_seal(number(0), seal()); })) << "it is final";
  EXPECT_TRUE(change([](auto& c) { return c.put_seal(number(0), seal("A-2")); })) << "a new one has a new number";
  EXPECT_EQ(now_registered().state(), v1::SEAL_STATE_REGISTERED);
}

TEST_F(Seals, ANewNameIsToldUntilTheRegistrationIsRecordedAgain) {
  EXPECT_FALSE(now_registered().name_changed());
  auto renamed = resident(0, 0);
  renamed.resident.set_former_surname("佐藤");
  ASSERT_TRUE(put({renamed}));
  EXPECT_TRUE(now_registered().name_changed());
  auto moved = renamed;
  moved.resident.set_kana("サトウ　ケンイチ");
  ASSERT_TRUE(put({moved}));
  ASSERT_TRUE(change([](auto& c) { return c.put_seal(number(0), seal()); }));
  EXPECT_FALSE(now_registered().name_changed()) << "its source has looked at the new name";
}

TEST_F(Seals, WhoMovesAwayOrDiesHasNoRegistrationAnyMore) {
  v1::WrittenDate on;
  on.set_day("2026-11-20");
  EXPECT_FALSE(change([&](auto& c) { return c.end_residence(number(0), v1::RESIDENT_STATE_CURRENT, on); }));
  EXPECT_FALSE(change([&](auto& c) { return c.end_residence(number(0), v1::RESIDENT_STATE_DEAD, {}); }))
      << "a day is needed";
  ASSERT_TRUE(change([&](auto& c) { return c.end_residence(number(0), v1::RESIDENT_STATE_DEAD, on); }));
  const auto snapshot = read(card, {v1::RECORD_KIND_SEAL});
  EXPECT_EQ(snapshot.seal().state(), v1::SEAL_STATE_CANCELLED);
  EXPECT_EQ(snapshot.household().members(0).state(), v1::RESIDENT_STATE_DEAD);
  EXPECT_EQ(snapshot.household().members(0).changes(0).reason(), "死亡");
  EXPECT_TRUE(snapshot.household().head().empty()) << "the household waits for its new head";
}

struct FamilyRegisters : RegistersTest {
  static constexpr std::array both{v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT};
  v1::HouseholdSnapshot read_both(const CardRow& card) { return read(card, {both.begin(), both.end()}); }
  Outcome<void> put_both(const v1::FamilyRegister& record) {
    return change([&](auto& c) -> Outcome<void> {
      MADO_CHECK(c.put_family_register(record));
      return c.put_supplement(supplement(record));
    });
  }
};

TEST_F(FamilyRegisters, OfAResidentAreFoundByTheir宛名番号) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  ASSERT_TRUE(put_both(family_register("K1", number(0))));
  const auto snapshot = read_both(card_of(number(0)));
  EXPECT_EQ(snapshot.family_register().SerializeAsString(), family_register("K1", number(0)).SerializeAsString());
  EXPECT_EQ(snapshot.supplement().SerializeAsString(),
            supplement(family_register("K1", number(0))).SerializeAsString());
  EXPECT_EQ(snapshot.family_register_person(), "K1-1");
}

TEST_F(FamilyRegisters, WhoHasOnlyThe本籍HereIsFoundByTheNumberInIt) {
  ASSERT_TRUE(put_both(family_register("K1")));
  ASSERT_TRUE(put({}, {card_of("K1-1")}));
  const auto snapshot = read_both(card_of("K1-1"));
  EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_TRUE(snapshot.holder().empty());
  EXPECT_FALSE(snapshot.has_household());
  EXPECT_EQ(snapshot.family_register_person(), "K1-1");
  EXPECT_EQ(snapshot.family_register().number(), "K1");
  EXPECT_FALSE(put({}, {card_of("K1-9", {0x09})})) << "nobody has this number";
}

TEST_F(FamilyRegisters, OneHumanBeingWithBothKindsOfCardRowIsNotAmbiguous) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  ASSERT_TRUE(put_both(family_register("K1", number(0))));
  ASSERT_TRUE(put({}, {card_of("K1-1")}));
  EXPECT_EQ(read_both(card_of(number(0))).holder(), number(0)) << "the resident's own row is the nearer one";
  v1::WrittenDate on;
  on.set_day("2026-11-20");
  ASSERT_TRUE(change([&](auto& c) { return c.end_residence(number(0), v1::RESIDENT_STATE_MOVED, on); }));
  const auto snapshot = read_both(card_of(number(0)));
  EXPECT_TRUE(snapshot.holder().empty()) << "who has moved away is found by the 戸籍 that is still here";
  EXPECT_EQ(snapshot.family_register_person(), "K1-1");
  ASSERT_TRUE(put({resident(1, 1)}, {card_of(number(1))}));
  EXPECT_EQ(read_both(card_of(number(0))).mapping(), v1::CARD_MAPPING_AMBIGUOUS) << "somebody else";
}

TEST_F(FamilyRegisters, ThePersonStandsInOneOnly) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  auto parents = family_register("K1", number(0));
  parents.mutable_persons(0)->set_removed(true);
  ASSERT_TRUE(put_both(parents));
  EXPECT_FALSE(read_both(card_of(number(0))).has_family_register()) << "removed by marriage";
  auto own = family_register("K2", number(0));
  own.mutable_persons(0)->set_number("K1-1");
  ASSERT_TRUE(change([&](auto& c) { return c.put_family_register(own); }));
  EXPECT_EQ(read_both(card_of(number(0))).family_register().number(), "K2");
  parents.mutable_persons(0)->set_removed(false);
  ASSERT_TRUE(change([&](auto& c) { return c.put_family_register(parents); }));
  EXPECT_EQ(
      registers_->read_household(query_of(card_of(number(0)), {v1::RECORD_KIND_FAMILY_REGISTER}), now).error().reason,
      Reason::record_incomplete);
}

TEST_F(FamilyRegisters, ANoticeInProcessIsTold) {
  ASSERT_TRUE(put_both(family_register("K1")));
  ASSERT_TRUE(put({}, {card_of("K1-1")}));
  ASSERT_TRUE(change([](auto& c) { return c.set_notice("K1", true); }));
  EXPECT_TRUE(read_both(card_of("K1-1")).family_register().notice_pending());
  ASSERT_TRUE(change([](auto& c) { return c.set_notice("K1", false); }));
  EXPECT_FALSE(read_both(card_of("K1-1")).family_register().notice_pending());
  EXPECT_FALSE(change([](auto& c) { return c.set_notice("K9", true); }));
}

TEST_F(FamilyRegisters, SuppressionsAreOfOneDocumentBut支援措置ReachesThe附票) {
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(number(0))}));
  ASSERT_TRUE(put_both(family_register("K1", number(0))));
  ASSERT_TRUE(change([](auto& c) { return c.suppress("K1-2", v1::RECORD_KIND_SUPPLEMENT, v1::SUPPRESSION_BLOCKED); }));
  ASSERT_TRUE(
      change([](auto& c) { return c.suppress(number(0), v1::RECORD_KIND_UNSPECIFIED, v1::SUPPRESSION_PROTECTED); }));
  const auto snapshot = read_both(card_of(number(0)));
  EXPECT_THAT(snapshot.supplement().persons(0).suppressions(), ElementsAre(v1::SUPPRESSION_PROTECTED))
      << "it shows an address";
  EXPECT_THAT(snapshot.supplement().persons(1).suppressions(), ElementsAre(v1::SUPPRESSION_BLOCKED));
  EXPECT_EQ(snapshot.family_register().persons(0).suppressions_size(), 0);
  EXPECT_FALSE(
      change([](auto& c) { return c.suppress("K1-9", v1::RECORD_KIND_FAMILY_REGISTER, v1::SUPPRESSION_BLOCKED); }));
}

struct Tax : RegistersTest {};

TEST_F(Tax, ADeclarationIsNeverChanged) {
  v1::TaxDeclaration declaration;
  declaration.set_number("2026-000001");
  declaration.set_fiscal_year(2026);
  declaration.set_resident(number(0));
  declaration.set_received("2026-03-15");
  declaration.set_form("municipal_declaration/2026");
  declaration.set_content("as it was received");
  const auto receive = [&] { return change([&](auto& c) { return c.put_declaration(declaration); }); };
  ASSERT_TRUE(receive());
  ASSERT_TRUE(receive()) << "the same again";
  declaration.set_content("otherwise");
  EXPECT_THAT(receive().error().cause, HasSubstr("never changed"));
}

TEST_F(Tax, AnAssessedRecordIsNumberedByTheChangeThatMadeIt) {
  ASSERT_TRUE(change([](auto& c) { return c.put_tax_record(tax_record(0)); }));
  ASSERT_TRUE(change([](auto& c) { return c.put_tax_record(tax_record(0)); })) << "the same again: no new state";
  std::int64_t rows = 0;
  ASSERT_TRUE(registers_->database().query("SELECT count(*) FROM tax_record", {},
                                           [&](const store::Row& row) { rows = row.integer(0); }));
  EXPECT_EQ(rows, 1);
}

}  // namespace
}  // namespace mado::registry
