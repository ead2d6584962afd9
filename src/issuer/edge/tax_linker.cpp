#include "issuer/edge/tax_linker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "issuer/core/tax_page.hpp"
#include "operation/log.hpp"

namespace mado::issuer {

namespace {
constexpr std::uint64_t progress_every = 10'000;  // records

std::uint32_t calendar_year(Instant now) {
  return static_cast<std::uint32_t>(static_cast<int>(in_japan(now).day.year()));
}
}  // namespace

Outcome<wire::SensitiveMessage<v1::TaxYearPage>> TaxLinker::read_page(const TaxPass& pass) {
  v1::TaxYearQuery asked;
  asked.set_fiscal_year(pass.year);
  asked.set_after(pass.after.reveal());
  asked.set_changed_after(pass.changed_after);
  auto answered = ask_(asked);
  if (!answered) {
    wire::wipe_message(asked);
    return std::unexpected(std::move(answered.error()));
  }
  wire::SensitiveMessage<v1::TaxYearPage> page{std::move(*answered)};
  const auto checked = check_tax_page(asked, page.reveal());
  wire::wipe_message(asked);
  if (!checked) return std::unexpected(checked.error());
  newest_ = page.reveal().newest_year();
  return page;
}

Outcome<void> TaxLinker::link_year(std::uint32_t year, const std::function<Instant()>& clock,
                                   const std::stop_token& stop) {
  MADO_TRY(pass, store_.resume(year, clock()));
  std::uint64_t kept = 0;
  for (bool last = false; !last && !stop.stop_requested();) {
    MADO_TRY(page, read_page(pass));
    if (page.reveal().position() < std::max(pass.position, pass.changed_after)) {
      MADO_CHECK(store_.begin_again(pass, clock()));
      return refuse(Reason::register_unavailable,
                    fmt::format("the tax register was restored: every record of {} is read again", year));
    }
    const auto before = kept;
    kept += static_cast<std::uint64_t>(page.reveal().records_size());
    if (kept > most_records_) {
      MADO_CHECK(store_.begin_again(pass, clock()));
      return refuse(Reason::message_malformed, fmt::format("more than {} records of tax year {}", most_records_, year));
    }
    MADO_CHECK(store_.keep(pass, page.reveal()));
    last = page.reveal().last();
    if (kept / progress_every != before / progress_every || (last && kept > 0)) {
      operation::log_info(
          "tax_link",
          {{"year", std::to_string(year)}, {"records", std::to_string(kept)}, {"whole", last ? "yes" : "no"}});
    }
  }
  return {};
}

// The newest year of which the register has records, asked for with one page of which nothing is kept. A year that
// cannot be assessed yet is a slip of the register's: it is not linked.
Outcome<std::uint32_t> TaxLinker::newest_year(std::uint32_t known, Instant now) {
  if (newest_ == 0) {
    TaxPass probe;
    probe.year = known == 0 ? calendar_year(now) : known;
    MADO_CHECK(read_page(probe));
  }
  if (newest_ <= calendar_year(now) + 1) return newest_;
  operation::log_warning("tax_link_refused", {{"cause", fmt::format("the register's newest year is {}", newest_)}});
  return 0U;
}

Outcome<void> TaxLinker::link(const std::function<Instant()>& clock, const std::stop_token& stop) {
  MADO_TRY(years, store_.years());
  newest_ = 0;
  if (years.issued != 0) MADO_CHECK(link_year(years.issued, clock, stop));
  if (stop.stop_requested()) return {};
  MADO_TRY(newest, newest_year(years.issued, clock()));
  return newest > years.issued ? link_year(newest, clock, stop) : Outcome<void>{};
}

}  // namespace mado::issuer
