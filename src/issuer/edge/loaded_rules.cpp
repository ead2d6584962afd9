#include "issuer/edge/loaded_rules.hpp"

#include <mutex>

#include "application/rules_file.hpp"

namespace mado::issuer {

namespace {
class LoadedRules final : public Rules {
 public:
  explicit LoadedRules(std::unique_ptr<ledger::RuleEditions> loaded) : loaded_(std::move(loaded)) {}

  Outcome<std::shared_ptr<const application::RuleBook>> book() override {
    const std::lock_guard lock(mutex_);
    MADO_TRY(newest, loaded_->newest());
    if (newest == editions_.size()) return book_;
    while (editions_.size() < newest) {
      MADO_TRY(edition, read(editions_.size() + 1));
      editions_.push_back(std::move(edition));
    }
    book_ = std::make_shared<const application::RuleBook>(editions_);
    return book_;
  }

 private:
  Outcome<application::Edition> read(std::uint64_t version) {
    MADO_TRY(loaded, loaded_->read(version));
    MADO_TRY(rules, application::read_rules(loaded.text, "rules of version " + std::to_string(version)));
    rules.version = version;
    rules.effective = loaded.effective;
    return std::make_shared<const application::OfferRules>(std::move(rules));
  }

  std::mutex mutex_;
  std::unique_ptr<ledger::RuleEditions> loaded_;
  std::vector<application::Edition> editions_;  // version 1 first: none is ever left out
  std::shared_ptr<const application::RuleBook> book_ =
      std::make_shared<const application::RuleBook>(std::vector<application::Edition>{});
};
}  // namespace

std::unique_ptr<Rules> make_loaded_rules(std::unique_ptr<ledger::RuleEditions> editions) {
  return std::make_unique<LoadedRules>(std::move(editions));
}

}  // namespace mado::issuer
