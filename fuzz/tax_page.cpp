// A page of the yearly tax link, as the tax register sends it: what is kept of it is one year's, each person's once.
#include "issuer/core/tax_page.hpp"
#include "fuzz/examine.hpp"
#include "wire/message.hpp"

namespace mado::fuzz {

namespace {
constexpr std::size_t fifteen_digits = 15;
}

void examine(ByteView input) {
  v1::TaxYearQuery asked;
  asked.set_fiscal_year(2026);
  asked.set_after("000000000000117");
  asked.set_changed_after(3);
  const auto page = wire::parse<v1::TaxYearPage>(input, "page of the tax link");
  if (!page) return claim_is_explained(page.error());
  if (const auto checked = issuer::check_tax_page(asked, *page); !checked) {
    claim_is_explained(checked.error());
    return claim_keeps_back(checked.error(), text_of(input), fifteen_digits);
  }
  claim(page->last() || page->records_size() > 0, "who asks for the next page comes nearer to the end");
  std::string after = asked.after();
  for (const auto& record : page->records()) {
    claim(record.fiscal_year() == 2026, "a record is of the year that was asked for");
    claim(record.resident().size() == fifteen_digits && record.resident() > after, "and comes once");
    claim(record.position() > 3, "and has changed");
    after = record.resident();
  }
}

}  // namespace mado::fuzz
