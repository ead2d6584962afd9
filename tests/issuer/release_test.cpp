// What happens between certificate and release: what was drawn must stand there still, and nothing may stop it (I7).
#include "tests/issuer/every_kind.hpp"

namespace mado::issuer {
namespace {

TEST_F(EveryKind, SaitamaASealThatIsCancelledBeforeTheReleaseIsNotReleased) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "ok");
  city.change([](Change& c) {
    auto seal = registry::seal();
    seal.set_state(v1::SEAL_STATE_CANCELLED);
    return c.put_seal(number(0), seal);
  });
  EXPECT_EQ(opened.confirm().code, "seal_not_registered");
}

// The paper shows the seal that is registered when it is released.
TEST_F(EveryKind, ASealThatIsExchangedBeforeTheReleaseIsNotReleased) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "ok");
  city.change([](Change& c) {
    auto seal = registry::seal();
    seal.set_number(seal.number() + "1");
    return c.put_seal(number(0), seal);
  });
  EXPECT_EQ(opened.confirm().code, "record_changed");
  EXPECT_EQ(opened.confirm().code, "record_changed") << "the certificate stays as it was drawn";
}

TEST_F(EveryKind, ARecordThatChangesBeforeTheReleaseIsNotReleasedOfAnyKind) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_TAXATION}).code, "ok");
  city.tax.records[number(0)].set_annual_tax(city.tax.records[number(0)].annual_tax() + 100);
  EXPECT_EQ(opened.confirm().code, "record_changed");
}

TEST_F(EveryKind, AChangeOfWhatIsNotDrawnLeavesTheReleaseAlone) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_TAXATION}).code, "ok");
  city.tax.records[number(0)].set_position(city.tax.records[number(0)].position() + 1);
  city.clock.time = city.clock.time + std::chrono::seconds{1};
  EXPECT_EQ(opened.confirm().code, "ok");
}

TEST_F(EveryKind, ANoticeThatComesInBeforeTheReleaseOfARegisterStopsIt) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS}).code, "ok");
  city.change([](Change& c) { return c.set_notice("K1", true); });
  EXPECT_EQ(opened.confirm().code, "cannot_be_issued");
}

TEST_F(EveryKind, ATaxRecordIsReadAgainBeforeTheRelease) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_TAXATION}).code, "ok");
  city.tax.records[number(0)].set_standing(v1::TAX_STANDING_NOT_DECLARED);
  EXPECT_EQ(opened.confirm().code, "tax_not_declared");
}

TEST_F(EveryKind, WhoLeavesTheRegisterBeforeTheReleaseIsNotReleased) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS, .scope = v1::SCOPE_MEMBERS, .persons = {2}}).code,
            "ok");
  city.change([&](Change& c) {
    auto changed = record;
    changed.mutable_persons(1)->set_removed(true);
    return c.put_family_register(changed);
  });
  EXPECT_EQ(opened.confirm().code, "person_not_in_household");
}

// The household of a person under 支援措置 gets nothing at the very second when the feed's acknowledgement returns.
struct Acknowledged : EveryKind, testing::WithParamInterface<v1::Kind> {
  void protect() {
    city.registers->fed_by({{"residents", at_work::feeding_peer, {v1::RECORD_KIND_UNSPECIFIED}, false}});
    v1::FeedChange change;
    change.set_source("residents");
    change.set_number(1);
    change.set_made_at(city.clock.time.milliseconds);
    change.mutable_suppression()->set_person(number(1));
    change.mutable_suppression()->set_cause(v1::SUPPRESSION_PROTECTED);
    change.mutable_suppression()->set_in_force(true);
    registry::Feed feed(*city.registers);
    ASSERT_TRUE(feed.apply(change, at_work::feeding_peer, city.clock.time));
  }
  Choice choice() const {
    if (GetParam() == v1::KIND_FAMILY_REGISTER_WHOLE)
      return {.kind = GetParam(), .scope = v1::SCOPE_HOUSEHOLD, .persons = {0, 2}};
    return {.kind = GetParam()};
  }
};

TEST_P(Acknowledged, StopsTheMenu) {
  protect();
  const auto told = Session(city, card).open();
  EXPECT_EQ(told.code, "cannot_be_issued");
  EXPECT_TRUE(told.was_held);
}
TEST_P(Acknowledged, StopsAnApplication) {
  auto opened = session();
  protect();
  EXPECT_EQ(opened.apply(choice()).code, "cannot_be_issued");
}
TEST_P(Acknowledged, StopsARelease) {
  auto opened = session();
  ASSERT_EQ(opened.apply(choice()).code, "ok");
  protect();
  EXPECT_EQ(opened.confirm().code, "cannot_be_issued");
}
INSTANTIATE_TEST_SUITE_P(Kinds, Acknowledged,
                         testing::Values(v1::KIND_RESIDENCE_CERTIFICATE, v1::KIND_SEAL_CERTIFICATE,
                                         v1::KIND_FAMILY_REGISTER_WHOLE, v1::KIND_FAMILY_REGISTER_PERSONS,
                                         v1::KIND_FAMILY_REGISTER_SUPPLEMENT, v1::KIND_TAXATION, v1::KIND_NO_TAXATION),
                         [](const auto& kind) { return v1::Kind_Name(kind.param); });

}  // namespace
}  // namespace mado::issuer
