// A city's rules file: what is read is within every bound that a menu has, and the questions of a session have answers.
#include "application/rules_file.hpp"

#include <algorithm>

#include "application/kind_limits.hpp"
#include "application/menu_check.hpp"
#include "application/rule_book.hpp"
#include "fuzz/examine.hpp"

namespace mado::fuzz {

namespace {
using application::Channel;
using application::OfferRules;

bool is_ascending(const auto& values) {
  return std::ranges::adjacent_find(values, std::greater_equal{}) == values.end();
}

void claim_within_limits(const application::KindRule& kind, const OfferRules& rules) {
  const auto* limits = application::limits_of(kind.kind);
  claim(limits != nullptr && rules.find(kind.kind) == &kind, "a kind is one of the ten, and stands once");
  claim(!kind.scopes.empty() && is_ascending(kind.scopes) && std::ranges::includes(limits->scopes, kind.scopes),
        "its persons are those that the service allows");
  claim(is_ascending(kind.options) && std::ranges::includes(limits->options, kind.options), "its options too");
  claim(is_ascending(kind.chosen) && std::ranges::includes(kind.options, kind.chosen), "what is chosen is an option");
  claim(kind.group == limits->group && rules.family(kind.family) != nullptr, "its group and family are known");
  claim(kind.fee <= 10'000 && kind.fee_at(rules.effective) <= 10'000, "a fee is bounded");
  claim(kind.title_ja.size() <= application::longest_title && kind.title_en.size() <= application::longest_title,
        "a title is bounded");
}

void claim_answers(const OfferRules& read) {
  auto rules = read;
  rules.version = 1;
  const auto begun = rules.effective;
  const application::RuleBook book({std::make_shared<const OfferRules>(std::move(rules))});
  claim(!book.offer(Channel::store, begun + std::chrono::milliseconds{-1}, begun), "nothing holds before its moment");
  claim(!book.finish(2, Channel::store, begun, begun), "there is no second edition");
  for (const auto channel : {Channel::store, Channel::issuing_machine}) {
    const auto offer = book.finish(1, channel, begun, begun);
    claim(offer.has_value(), "an edition in force may be finished");
    bool any = false;
    for (const auto& kind : offer->rules().kinds) any = any || offer->check_family(kind.family, begun).has_value();
    claim(any == offer->check_open(begun).has_value(), "open is who has something to offer");
  }
}
}  // namespace

void examine(ByteView input) {
  const auto rules = application::read_rules(text_of(input), "rules.toml");
  if (!rules) {
    claim(rules.error().reason == Reason::configuration_invalid, "one reason for every file that is not read");
    claim(rules.error().cause.starts_with("rules.toml:"), "what is wrong is said with its line");
    return;
  }
  claim(!rules->kinds.empty() && rules->kinds.size() <= 16, "something is offered");
  claim(rules->most_copies >= 1 && rules->most_copies <= 10, "copies are bounded");
  claim(rules->most_pages >= 1 && rules->most_pages <= 50, "pages are bounded");
  claim(rules->telephone.size() <= application::longest_telephone, "a telephone number is bounded");
  for (const auto& kind : rules->kinds) claim_within_limits(kind, *rules);
  for (const auto& stop : rules->stops) claim(stop.from < stop.until, "a stop ends after it begins");
  claim_answers(*rules);
}

}  // namespace mado::fuzz
