// The yearly tax link (年次の税連携) from the issuer's side: reads the year that is issued from, and the newest one,
// page by page into the store. A pass that was broken off goes on where it was.
#pragma once

#include <functional>
#include <stop_token>

#include "issuer/edge/tax_store.hpp"

namespace mado::issuer {

// Asks the tax register for one page. Refusals: those of wire::Channel::call.
using AskTaxRegister = std::function<Outcome<v1::TaxYearPage>(const v1::TaxYearQuery&)>;

class TaxLinker {
 public:
  // `store` must outlive it. A pass that brings more than `most_records` of one year is refused.
  TaxLinker(TaxStore& store, AskTaxRegister ask, std::uint64_t most_records)
      : store_(store), ask_(std::move(ask)), most_records_(most_records) {}

  // Reads what is new of each year that is wanted, and ends early if it is told to stop. `clock` says the time at which
  // a pass begins. Refusals: register_unavailable, also if the register was restored from a
  // backup and all is to be read again; message_malformed for a page that is none of the contract; busy if
  // another process links the same year; storage_failed, configuration_invalid. What was kept before stays.
  Outcome<void> link(const std::function<Instant()>& clock, const std::stop_token& stop);

 private:
  Outcome<std::uint32_t> newest_year(std::uint32_t known, Instant now);
  Outcome<void> link_year(std::uint32_t year, const std::function<Instant()>& clock, const std::stop_token& stop);
  Outcome<wire::SensitiveMessage<v1::TaxYearPage>> read_page(const TaxPass& pass);

  TaxStore& store_;
  AskTaxRegister ask_;
  std::uint64_t most_records_;
  std::uint32_t newest_ = 0;  // as the last page said
};

}  // namespace mado::issuer
