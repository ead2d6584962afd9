// 健一, who stands in every register of a city at work, with a card: what the tests of its issuer begin with.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/issuer/city_at_work.hpp"
#include "tests/registry/sample.hpp"

namespace mado::issuer {

using at_work::Choice;
using at_work::CityAtWork;
using at_work::Session;
using registry::number;

inline constexpr std::array family_kinds{v1::KIND_FAMILY_REGISTER_WHOLE, v1::KIND_FAMILY_REGISTER_PERSONS,
                                         v1::KIND_FAMILY_REGISTER_SUPPLEMENT};

// 健一 lives here with a child; another child of his 戸籍 lives elsewhere, and a daughter has left it.
struct EveryKind : testing::Test {
  using Change = registry::Registers::Change;

  void SetUp() override {
    *record.add_persons() = record.persons(1);
    record.mutable_persons(2)->set_number("K1-3");
    record.mutable_persons(2)->set_given_name("美咲");
    record.mutable_persons(2)->set_removed(true);
    city.change([&](Change& c) -> Outcome<void> {
      MADO_CHECK(c.put_resident(registry::resident(0, 0)));
      MADO_CHECK(c.put_resident(registry::resident(1, 0, "子")));
      MADO_CHECK(c.put_family_register(record));
      MADO_CHECK(c.put_supplement(registry::supplement(record)));
      return c.put_seal(number(0), registry::seal());
    });
    auto tax = registry::tax_record(0);
    tax.set_annual_tax(0);
    city.tax.records[number(0)] = tax;
  }
  // What a menu says of a kind: "" if it may be had.
  static std::string unavailable(const v1::Menu& menu, v1::Kind kind) {
    const auto found = std::ranges::find(menu.kinds(), kind, &v1::MenuKind::kind);
    return found == menu.kinds().end() ? "not in the menu" : found->unavailable();
  }
  void offer_only(std::initializer_list<v1::Kind> kinds) {
    auto rules = CityAtWork::rules();
    std::erase_if(rules.kinds, [&](const auto& rule) { return std::ranges::find(kinds, rule.kind) == kinds.end(); });
    city.start(std::move(rules));
  }
  Session session() {
    Session opened(city, card);
    EXPECT_EQ(opened.open().code, "ok");
    return opened;
  }

  CityAtWork city;
  v1::FamilyRegister record = registry::family_register("K1", number(0));
  simulator::CardChip card = [this] {
    city.change([&](Change& c) { return c.put_resident(registry::resident(0, 0)); });
    return city.card_of(number(0));
  }();
};

}  // namespace mado::issuer
