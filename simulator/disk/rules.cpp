#include "simulator/disk/rules.hpp"

#include <algorithm>

#include "ledger/rule_editions.hpp"

namespace mado::simulator {

application::Edition RulesContent::load(application::OfferRules rules, Instant loaded) {
  rules.version = editions.size() + 1;
  if (!editions.empty()) rules.effective = std::max(rules.effective, loaded + ledger::rule_edition_lead);
  editions.push_back(std::make_shared<const application::OfferRules>(std::move(rules)));
  book = std::make_shared<const application::RuleBook>(editions);
  return editions.back();
}

}  // namespace mado::simulator
