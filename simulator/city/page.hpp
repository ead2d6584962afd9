// A page that says whose it is, in place of a drawn one: what came out of a printer can be asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "issuer/core/issuer.hpp"

namespace mado::simulator {

struct Page {
  static constexpr std::string_view heading = "page ";  // what the drawing begins with
  std::string number;                  // 発行番号 and the page within the copy: no two pages have the same
  std::vector<std::string> residents;  // 宛名番号 of those whom it shows

  Bytes drawn() const;
  static std::optional<Page> read(ByteView image);
};

class PageComposer final : public issuer::Composer {
 public:
  Outcome<std::vector<std::string>> order(const v1::Household& household) override;
  Outcome<issuer::DrawnCopy> compose(const issuer::CopyOrder& order) override;
};

}  // namespace mado::simulator
