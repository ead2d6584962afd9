// chain.md rule 9, of every kind: what is stopped may show; why does not.
#include <set>

#include "tests/issuer/every_kind.hpp"

namespace mado::issuer {
namespace {

constexpr std::array sensitive{v1::SUPPRESSION_PROTECTED,  v1::SUPPRESSION_PROTECTED_PENDING,
                               v1::SUPPRESSION_BLOCKED,    v1::SUPPRESSION_NOTICE_PENDING,
                               v1::SUPPRESSION_MOVING_OUT, v1::SUPPRESSION_PROVISIONAL};

// chain.md rule 9: a menu's size class tells nothing of what may be had, nor whether names are told.
TEST_F(EveryKind, AMenuIsAsLongWhateverOfItMayNotBeHad) {
  const auto size = [&] { return session().menu().ByteSizeLong(); };
  const auto whole = size();
  city.tax.records[number(0)].set_standing(v1::TAX_STANDING_NOT_DECLARED);
  EXPECT_EQ(size(), whole) << "tax kinds are stopped";
  city.change([](Change& c) { return c.suppress("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, v1::SUPPRESSION_PROTECTED); });
  const auto menu = session().menu();
  EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_WHOLE), "cannot_be_issued");
  EXPECT_EQ(menu.ByteSizeLong(), whole) << "戸籍 too, and nobody of it is named";
}

// chain.md rule 9: what is stopped shows; for which of the causes does not.
TEST_F(EveryKind, ASensitiveCauseInOneRegisterStopsItsKindsAndLooksLikeEveryOther) {
  std::set<std::string> views;
  const auto view = [&] {
    Session opened(city, card);
    const auto told = opened.open();
    std::string seen = told.code + " " + std::to_string(told.envelope) + (told.was_held ? " held" : "");
    for (const auto& kind : told.message.kinds()) seen += " " + kind.unavailable();
    return seen + " " + opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS}).code;
  };
  for (const auto cause : sensitive) {
    city.change([&](Change& c) { return c.suppress("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, cause); });
    views.insert(view());
    const auto menu = session().menu();
    EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_WHOLE), "cannot_be_issued");
    EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_PERSONS), "cannot_be_issued");
    EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_SUPPLEMENT), "");
    EXPECT_EQ(unavailable(menu, v1::KIND_RESIDENCE_CERTIFICATE), "");
    city.change([&](Change& c) { return c.lift("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, cause); });
  }
  city.change([](Change& c) { return c.set_notice("K1", true); });
  views.insert(view());
  EXPECT_EQ(views.size(), 1U);
}

TEST_F(EveryKind, NobodysNameIsToldWhomNothingMayBeHadAbout) {
  city.change([](Change& c) -> Outcome<void> {
    MADO_CHECK(c.suppress("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, v1::SUPPRESSION_PROTECTED));
    return c.suppress("K1-2", v1::RECORD_KIND_SUPPLEMENT, v1::SUPPRESSION_PROTECTED);
  });
  EXPECT_EQ(session().menu().persons_size(), 2) << "the household";
}

}  // namespace
}  // namespace mado::issuer
