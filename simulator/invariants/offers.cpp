// What a city's rules promise, by the edition that was in force when the session began.
#include <algorithm>

#include "application/chain.hpp"
#include "simulator/invariants/papers.hpp"
#include "simulator/invariants/reading_time.hpp"

namespace mado::simulator {

namespace {
using Seen = std::optional<std::string>;

// Between the issuer's look at its clock and the fact: its clock's fault, and the time of a question to the registers.
constexpr auto tolerance = application::clock_tolerance + longest_read;

bool is_open(const application::OfferRules& rules, const std::string& family, Instant moment) {
  const auto found = std::ranges::find(rules.families, family, &application::Family::name);
  if (found == rules.families.end() || !found->store) return false;
  const auto time = in_japan(moment);
  const auto minute = time.hour * 60 + time.minute;
  return found->store->hours.opens_at <= minute && minute < found->store->hours.closes_at;
}

// Whether the edition has stopped the family around this moment, whatever the issuer's clock says.
bool is_stopped(const application::OfferRules& rules, const std::string& family, Instant moment) {
  return std::ranges::any_of(rules.stops, [&](const application::Stop& stop) {
    return stop.family == family && stop.from + tolerance < moment && moment + tolerance < stop.until;
  });
}

struct EndsAsItBegan final : Invariant {
  EndsAsItBegan()
      : Invariant("rules",
                  "what is issued and taken is what the rules of the challenge offer, within their hours; no release "
                  "while its family is stopped") {}

  Seen after(const Fact& fact, const Book& book) override {
    const auto* a = fact.application;
    if (a == nullptr) return {};
    if (fact.what == What::issued) return not_offered(*a, book.now());
    if (fact.what == What::confirmed) return stopped(*a, book);
    if (fact.what == What::captured) return other_fee(*a);
    return {};
  }

 private:
  static const application::KindRule* rule_of(const Application& a) {
    if (!a.rules) return nullptr;
    const auto found = std::ranges::find(a.rules->kinds, a.kind, &application::KindRule::kind);
    return found == a.rules->kinds.end() ? nullptr : &*found;
  }

  static Seen not_offered(const Application& a, Instant now) {
    const auto* rule = rule_of(a);
    if (rule == nullptr) return a.name + " is of a kind that was not offered when its session began";
    const auto offered = [](const auto& all, auto one) { return std::ranges::find(all, one) != all.end(); };
    const bool as_offered = offered(rule->scopes, a.scope) && a.copies >= 1 && a.copies <= a.rules->most_copies &&
                            std::ranges::all_of(a.options, [&](auto option) { return offered(rule->options, option); });
    if (!as_offered) return a.name + " has a scope, items or copies that were not offered when its session began";
    if (!is_open(*a.rules, rule->family, now + -tolerance) && !is_open(*a.rules, rule->family, now + tolerance))
      return a.name + " was issued outside the hours of its family";
    return {};
  }

  static Seen stopped(const Application& a, const Book& book) {
    const auto* rule = rule_of(a);
    if (rule == nullptr) return a.name + " was released by rules that were not in force when its session began";
    const auto now = book.now();
    const auto newest = book.rules_at(a.city, now + -tolerance);
    const bool is_newest = newest == book.rules_at(a.city, now + tolerance);
    if (is_stopped(*a.rules, rule->family, now) || (newest && is_newest && is_stopped(*newest, rule->family, now)))
      return a.name + " was released while its family was stopped";
    return {};
  }

  static Seen other_fee(const Application& a) {
    const auto* rule = rule_of(a);
    if (rule == nullptr || a.captured != rule->fee * a.copies)
      return a.name + " was paid with another fee than when its session began";
    return {};
  }
};
}  // namespace

std::unique_ptr<Invariant> an_application_ends_as_it_began() { return std::make_unique<EndsAsItBegan>(); }

}  // namespace mado::simulator
