// A register (住民記録) that answers wrongly, in the place of the city's own: over the same line, with the same keys,
// from the same records, by the production code of both.
#pragma once

#include <functional>
#include <mutex>

#include "madoguchi/v1/taxation.pb.h"
#include "registry/edge/registers.hpp"
#include "tests/chain/parties.hpp"

namespace mado::chain_tests {

class PlayedRegister {
 public:
  // Takes the place of the installation's register, which is stopped.
  explicit PlayedRegister(Installation& installation);

  // What is done to every answer from now on.
  using Change = std::function<void(v1::HouseholdSnapshot&)>;
  void answers(Change change);
  // The same to every page of the yearly tax link.
  using ChangeOfPage = std::function<void(v1::TaxYearPage&)>;
  void tax_pages(ChangeOfPage change);
  // The household of another resident, as the register would give it to that resident's card; with these records.
  v1::HouseholdSnapshot neighbours(std::initializer_list<v1::RecordKind> records = {});

 private:
  Outcome<Bytes> read_household(ByteView request);
  Outcome<Bytes> read_year(ByteView request);

  std::unique_ptr<registry::Registers> registers_;
  v1::HouseholdQuery neighbours_card_;
  std::mutex mutex_;
  Change change_ = [](auto&) {};
  ChangeOfPage change_of_page_ = [](auto&) {};
  operation::Metrics metrics_;
  std::unique_ptr<wire::Server> server_;
};

}  // namespace mado::chain_tests
