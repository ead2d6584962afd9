// The editions of a city's rules in its ledger, as ledger/rule_editions keeps them and issuer/edge/loaded_rules
// answers.
#pragma once

#include <memory>
#include <vector>

#include "application/rule_book.hpp"
#include "issuer/core/issuer.hpp"

namespace mado::simulator {

// A city's, shared by its issuer's nodes. Copied, it is a backup.
struct RulesContent {
  std::vector<application::Edition> editions;  // version 1 first
  std::shared_ptr<const application::RuleBook> book;

  // As RuleEditions::append: `rules` get the next version, and take effect at their moment, or a second after `loaded`
  // if that is past; the first at once.
  application::Edition load(application::OfferRules rules, Instant loaded);
};

class RulesStandIn final : public issuer::Rules {
 public:
  explicit RulesStandIn(const RulesContent& content) : content_(content) {}
  Outcome<std::shared_ptr<const application::RuleBook>> book() override { return content_.book; }

 private:
  const RulesContent& content_;
};

}  // namespace mado::simulator
