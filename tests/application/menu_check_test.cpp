// A menu's bounds as statements.proto states them, each at its limit.
#include "application/menu_check.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace mado::application {
namespace {

v1::MenuPerson person(char handle, bool holder = false) {
  v1::MenuPerson made;
  made.set_handle(std::string(16, handle));
  made.set_name("見本");
  made.set_holder(holder);
  return made;
}

v1::Menu menu() {
  v1::Menu made;
  auto& kind = *made.add_kinds();
  kind.set_kind(v1::KIND_RESIDENCE_CERTIFICATE);
  kind.set_fee(200);
  kind.add_scopes(v1::SCOPE_SELF);
  kind.add_scopes(v1::SCOPE_HOUSEHOLD);
  kind.add_options(v1::OPTION_FAMILY_REGISTER);
  *made.add_persons() = person('a', true);
  *made.add_persons() = person('b');
  made.set_most_copies(5);
  return made;
}

bool accepted_after(const std::function<void(v1::Menu&)>& change) {
  auto changed = menu();
  change(changed);
  const auto checked = check_menu(changed);
  EXPECT_TRUE(checked || checked.error().reason == Reason::message_malformed);
  return checked.has_value();
}

TEST(Menu, IsTakenWithinItsBounds) {
  EXPECT_TRUE(check_menu(menu()));
  EXPECT_TRUE(accepted_after([](auto& m) { m.mutable_kinds(0)->set_fee(10'000); }));
  EXPECT_TRUE(accepted_after([](auto& m) { m.mutable_kinds(0)->set_title_ja(std::string(120, 'x')); }));
  EXPECT_TRUE(accepted_after([](auto& m) { m.mutable_persons(0)->set_name(std::string(400, 'x')); }));
  EXPECT_TRUE(accepted_after([](auto& m) { m.set_telephone(std::string(20, '0')); }));
  EXPECT_TRUE(accepted_after([](auto& m) {
    for (char handle = 'c'; m.persons_size() < 64; ++handle) *m.add_persons() = person(handle);
  }));
}

TEST(Menu, IsRefusedBeyondThem) {
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->set_fee(10'001); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->set_title_ja(std::string(121, 'x')); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_persons(0)->set_name(std::string(401, 'x')); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.set_telephone(std::string(21, '0')); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.set_most_copies(0); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.set_most_copies(11); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.clear_kinds(); }));
  EXPECT_FALSE(accepted_after([](auto& m) {
    for (char handle = 'c'; m.persons_size() < 65; ++handle) *m.add_persons() = person(handle);
  }));
}

TEST(Menu, ListsNothingTwice) {
  EXPECT_FALSE(accepted_after([](auto& m) { *m.add_kinds() = m.kinds(0); }));
  EXPECT_FALSE(accepted_after([](auto& m) { *m.add_persons() = person('b'); })) << "one handle for two persons";
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->add_scopes(v1::SCOPE_HOUSEHOLD); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->add_options(v1::OPTION_HEAD_AND_RELATION); }))
      << "not ascending";
}

TEST(Menu, ChoosesAtFirstOnlyWhatItOffers) {
  EXPECT_TRUE(accepted_after([](auto& m) { m.mutable_kinds(0)->add_chosen(v1::OPTION_FAMILY_REGISTER); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->add_chosen(v1::OPTION_KANA); }));
  EXPECT_FALSE(accepted_after([](auto& m) {
    for (int i = 0; i < 2; ++i) m.mutable_kinds(0)->add_chosen(v1::OPTION_FAMILY_REGISTER);
  })) << "twice";
}

TEST(Menu, ListsAPersonsGroupsOnce) {
  const auto with = [](std::initializer_list<v1::Group> groups) {
    return accepted_after([&](auto& m) {
      for (const auto group : groups) m.mutable_persons(0)->add_groups(group);
    });
  };
  EXPECT_TRUE(with({v1::GROUP_HOUSEHOLD, v1::GROUP_FAMILY_REGISTER}));
  EXPECT_FALSE(with({v1::GROUP_FAMILY_REGISTER, v1::GROUP_HOUSEHOLD}));
  EXPECT_FALSE(with({v1::GROUP_HOUSEHOLD, v1::GROUP_HOUSEHOLD}));
}

TEST(Menu, NamesItsHolderOnceAndItsPersonsBy16Bytes) {
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_persons(0)->set_holder(false); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_persons(1)->set_holder(true); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_persons(1)->set_handle("b"); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->set_kind(v1::KIND_UNSPECIFIED); }));
  EXPECT_FALSE(accepted_after([](auto& m) { m.mutable_kinds(0)->add_scopes(v1::SCOPE_UNSPECIFIED); }));
}

}  // namespace
}  // namespace mado::application
