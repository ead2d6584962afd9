#include "issuer/edge/tax_link.hpp"

#include <algorithm>

#include "base/wipe_stack.hpp"
#include "issuer/edge/tax_roll_over.hpp"
#include "operation/log.hpp"
#include "operation/program.hpp"

namespace mado::issuer {

TaxLink::TaxLink(TaxLinkSettings settings, std::unique_ptr<TaxStore> store, AskTaxRegister ask,
                 operation::Metrics& metrics)
    : settings_(settings),
      store_(std::move(store)),
      linker_(*store_, std::move(ask), settings.most_records),
      metrics_(metrics),
      thread_([this](const std::stop_token& stop) { keep_linking(stop); }) {}

TaxLink::~TaxLink() = default;

void TaxLink::keep_linking(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto linked = link_once(stop);
    metrics_.count("madoguchi_issuer_tax_links_total", "Tax links, by outcome.",
                   {{"outcome", linked ? "linked" : std::string(code_of(linked.error().reason))}});
    if (!linked) {
      operation::log_warning("tax_link_refused", {{"reason", std::string(code_of(linked.error().reason))},
                                                  {"cause", linked.error().cause}});
    }
    show_years();
    wipe_stack();
    std::unique_lock lock(mutex_);
    const auto pause = linked ? settings_.interval : std::min(settings_.interval, settings_.retry);
    stopped_.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); });
  }
}

Outcome<void> TaxLink::link_once(const std::stop_token& stop) {
  MADO_CHECK(TaxRollOver(*store_).finish());
  return linker_.link(operation::now, stop);
}

void TaxLink::show_years() {
  const auto years = store_->years();
  if (!years) return;
  metrics_.set("madoguchi_issuer_tax_year", "The tax year that is issued from; 0: none.", {}, years->issued);
  for (const auto& held : years->held) {
    if (held.year < years->issued) continue;
    const operation::Labels role{{"year", held.year == years->issued ? "issued" : "next"}};
    metrics_.set("madoguchi_issuer_tax_records", "Records in the tax store.", role, static_cast<double>(held.records));
    metrics_.set("madoguchi_issuer_tax_heard_seconds", "When the tax register last gave all that it had, since 1970.",
                 role, static_cast<double>(held.heard_at.milliseconds) / 1000);
  }
}

}  // namespace mado::issuer
