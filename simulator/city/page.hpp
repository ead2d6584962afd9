// A page that says what it is and whose, in place of a drawn one: what came out of a printer can be asked. Its image
// has the form of a page of pixels, and this text where the coded pixels would stand.
#pragma once

#include <string>
#include <vector>

#include "issuer/core/issuer.hpp"
#include "simulator/city/records.hpp"

namespace mado::simulator {

struct Page {
  static constexpr std::string_view heading = "page ";  // what the text begins with
  std::string number;  // 発行番号 and the page within the copy: no two pages have the same
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  std::vector<v1::Option> options;
  std::vector<RecordEdition> records;  // that were drawn, besides the persons' own
  std::vector<std::string> persons;    // names of those whom it shows (population.hpp)

  Bytes drawn() const;
  // The pages whose images lie one after the other in `document`, by no code of the kiosk's.
  static std::vector<Page> all_in(ByteView document);
};

class PageComposer final : public issuer::Composer {
 public:
  Outcome<std::vector<std::string>> order(const v1::Household& household) override;
  Outcome<issuer::DrawnCopy> compose(const issuer::CopyOrder& order) override;
};

}  // namespace mado::simulator
