#include "simulator/city/offer.hpp"

#include <algorithm>

#include "application/kind_limits.hpp"
#include "application/option_needs.hpp"

namespace mado::simulator {

namespace {
using application::Family;
using application::KindRule;
using application::OfferRules;
using std::chrono::minutes;

constexpr double residence_share = 0.95;
constexpr double other_kind_share = 0.6;
constexpr double option_share = 0.3;
constexpr double chosen_share = 0.3;
constexpr double trouble_share = 0.15;  // of a family in rules that follow others
constexpr std::int64_t least_fee = 4;   // in coins of 50 yen
constexpr std::int64_t most_fee = 9;
constexpr int opens_at = 6 * 60 + 30;
constexpr int closes_at = 23 * 60;

struct OfKind {
  v1::Kind kind;
  const char* title_ja;
  const char* title_en;
  const char* family;
};
constexpr OfKind kinds[]{
    {v1::KIND_RESIDENCE_CERTIFICATE, "住民票の写し", "Certificate of residence", "residence"},
    {v1::KIND_RESIDENCE_ITEMS, "住民票記載事項証明書", "Certificate of items of residence", "residence"},
    {v1::KIND_SEAL_CERTIFICATE, "印鑑登録証明書", "Certificate of a registered seal", "seal"},
    {v1::KIND_FAMILY_REGISTER_WHOLE, "戸籍全部事項証明書", "Whole family register", "family_register"},
    {v1::KIND_FAMILY_REGISTER_PERSONS, "戸籍個人事項証明書", "Family register, persons", "family_register"},
    {v1::KIND_FAMILY_REGISTER_SUPPLEMENT, "戸籍の附票の写し", "Supplement of a family register", "family_register"},
    {v1::KIND_INCOME, "所得証明書", "Certificate of income", "tax"},
    {v1::KIND_TAXATION, "課税証明書", "Certificate of taxation", "tax"},
    {v1::KIND_NO_TAXATION, "非課税証明書", "Certificate of no taxation", "tax"},
    {v1::KIND_INCOME_AND_TAXATION, "所得課税証明書", "Certificate of income and taxation", "tax"},
};

template <typename Value>
std::vector<Value> some_of(const std::vector<Value>& all, double share, Random& random) {
  std::vector<Value> some;
  for (const auto value : all)
    if (random.chance(share)) some.push_back(value);
  return some;
}

KindRule any_kind(const OfKind& of, Random& random) {
  const auto& limits = *application::limits_of(of.kind);
  KindRule rule;
  rule.kind = of.kind;
  rule.title_ja = of.title_ja;
  rule.title_en = of.title_en;
  rule.family = of.family;
  rule.group = limits.group;
  rule.fee = static_cast<std::uint32_t>(random.between(least_fee, most_fee) * 50);
  rule.scopes = some_of(limits.scopes, 0.7, random);
  if (rule.scopes.empty()) rule.scopes = limits.scopes;
  rule.options = some_of(limits.options, option_share, random);
  rule.chosen = some_of(rule.options, chosen_share, random);
  const auto chosen = rule.chosen;
  std::erase_if(rule.chosen, [&](v1::Option option) { return !application::may_choose(of.kind, option, chosen); });
  return rule;
}

Family open_family(const char* name) {
  Family family;
  family.name = name;
  family.store->hours = {opens_at, closes_at};
  return family;
}

int minute_of_day(Instant at) {
  const auto time = in_japan(at);
  return time.hour * 60 + time.minute;
}

void make_trouble(OfferRules& rules, Family& family, Random& random, Instant now) {
  switch (random.below(3)) {
    case 0:
      family.store.reset();
      return;
    case 1:
      family.store->hours.closes_at = minute_of_day(now + random.between(minutes{1}, minutes{30}));
      return;
    default:
      const auto from = now + random.between(-minutes{5}, minutes{5});
      rules.stops.push_back({family.name, from, from + random.between(minutes{1}, minutes{10}), "works"});
  }
}
}  // namespace

OfferRules any_offer(const std::string& city, Random& random) {
  OfferRules rules;
  rules.city = city;
  rules.telephone = "03-0000-0000";
  rules.most_copies = static_cast<std::uint32_t>(random.between(std::int64_t{1}, std::int64_t{3}));
  for (const auto* name : {"residence", "seal", "family_register", "tax"}) rules.families.push_back(open_family(name));
  for (const auto& of : kinds) {
    const bool first = of.kind == v1::KIND_RESIDENCE_CERTIFICATE;
    if (random.chance(first ? residence_share : other_kind_share)) rules.kinds.push_back(any_kind(of, random));
  }
  if (rules.kinds.empty()) rules.kinds.push_back(any_kind(kinds[0], random));
  return rules;
}

OfferRules any_next_offer(const std::string& city, Random& random, Instant now) {
  auto rules = any_offer(city, random);
  rules.effective = now + random.between(-minutes{2}, minutes{3});
  for (auto& family : rules.families)
    if (random.chance(trouble_share)) make_trouble(rules, family, random, now);
  return rules;
}

}  // namespace mado::simulator
