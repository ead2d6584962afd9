// The port TaxRecords over the issuer's own store.
#pragma once

#include <chrono>
#include <memory>

#include "base/clock.hpp"
#include "issuer/core/tax_records.hpp"
#include "issuer/core/tax_window.hpp"
#include "issuer/edge/tax_store.hpp"

namespace mado::issuer {

struct TaxIssuing {
  TaxWindow window;
  std::chrono::milliseconds believed_for{86'400'000};  // after the register was last heard of
};

// Thread-safe. The store is its own connection: it does not wait for the link's writing.
class StoredTaxRecords final : public TaxRecords {
 public:
  StoredTaxRecords(std::unique_ptr<TaxStore> store, TaxIssuing issuing, Clock& clock)
      : store_(std::move(store)), issuing_(issuing), clock_(clock) {}

  Outcome<HeldTaxRecord> find(std::string_view resident) override;

 private:
  Outcome<void> check(const HeldTaxYear& year) const;
  std::unique_ptr<TaxStore> store_;
  TaxIssuing issuing_;
  Clock& clock_;
};

// A city that issues no tax certificates has no store.
class NoTaxRecords final : public TaxRecords {
 public:
  Outcome<HeldTaxRecord> find(std::string_view) override {
    return refuse(Reason::register_unavailable, "this issuer has no table [tax] in its settings");
  }
};

}  // namespace mado::issuer
