#include "simulator/disk/ledger.hpp"

#include <algorithm>

namespace mado::simulator {

using ledger::IssuanceState;

namespace {
std::unexpected<Refusal> not_in_state() {
  return refuse(Reason::not_confirmed, "the issuance is not in the state that this step needs");
}
}  // namespace

void renew_epoch(LedgerContent& content, const Id& epoch) {
  content.epoch = epoch;
  content.next_number += ledger::number_leap(epoch);
}

Outcome<std::uint64_t> LedgerStandIn::begin(const ledger::IssuanceIntent& intent, Instant at) {
  const auto used = content_.sequences.find(intent.opening_digest);
  const auto count = used == content_.sequences.end() ? 0 : used->second.size();
  if (count >= intent.most_in_opening) return refuse(Reason::opening_used_up, "the opening's applications are used up");
  if (content_.rows.contains(intent.issuance) || content_.settled_unknown.contains(intent.issuance) ||
      (count > 0 && used->second.contains(intent.sequence)))
    return refuse(Reason::opening_replayed, "the issuance or its sequence is known already");
  const auto number = content_.next_number;
  MADO_CHECK(disk_.commit([&] {
    content_.rows[intent.issuance] = {{intent.issuance, IssuanceState::begun, intent.application_digest, intent.city,
                                       intent.kiosk, intent.family, "", at},
                                      intent.opening_digest,
                                      {},
                                      {}};
    content_.sequences[intent.opening_digest].insert(intent.sequence);
    content_.next_number = number + intent.copies;
  }));
  return number;
}

Outcome<void> LedgerStandIn::made(const Id& issuance, const ledger::MadeCertificate& certificate) {
  const auto found = content_.rows.find(issuance);
  if (found == content_.rows.end() || found->second.row.state != IssuanceState::begun) return not_in_state();
  return disk_.commit([&] {
    found->second.row.state = IssuanceState::made;
    found->second.certificate = certificate;
  });
}

Outcome<void> LedgerStandIn::confirm(const Id& issuance, ByteView application_digest,
                                     const ledger::MadeCertificate& certificate, Instant at) {
  const auto found = content_.rows.find(issuance);
  if (found == content_.rows.end() || found->second.row.state != IssuanceState::made ||
      !std::ranges::equal(found->second.row.application_digest, application_digest) ||
      found->second.certificate.digest != certificate.digest)
    return not_in_state();
  if (found->second.certificate.records_code != certificate.records_code)
    return refuse(Reason::record_changed, "the records are not those that were drawn");
  return disk_.commit([&] {
    found->second.row.state = IssuanceState::confirmed;
    found->second.confirmed = at;
  });
}

Outcome<void> LedgerStandIn::settle(const Id& issuance, ByteView application_digest, const std::string& kiosk,
                                    const std::string& outcome, Instant) {
  const auto found = content_.rows.find(issuance);
  if (found == content_.rows.end()) return settle_unknown(issuance, application_digest, kiosk);
  if (!std::ranges::equal(found->second.row.application_digest, application_digest) || found->second.row.kiosk != kiosk)
    return refuse(Reason::certificate_not_ours, "no issuance of this kiosk with this digest");
  if (found->second.row.state == IssuanceState::settled) return {};
  return disk_.commit([&] {
    found->second.row.state = IssuanceState::settled;
    found->second.row.outcome = outcome;
  });
}

Outcome<void> LedgerStandIn::settle_unknown(const Id& issuance, ByteView application_digest, const std::string& kiosk) {
  const auto known = content_.settled_unknown.find(issuance);
  if (known == content_.settled_unknown.end())
    return disk_.commit(
        [&] { content_.settled_unknown[issuance] = {{application_digest.begin(), application_digest.end()}, kiosk}; });
  if (std::ranges::equal(known->second.application_digest, application_digest) && known->second.kiosk == kiosk)
    return {};
  return refuse(Reason::certificate_not_ours, "the lost issuance is another kiosk's, or has another digest");
}

Outcome<std::vector<ledger::IssuanceRow>> LedgerStandIn::open_cases(Instant before) {
  std::vector<const LedgerRow*> open;
  for (const auto& [id, held] : content_.rows) {
    if (held.row.state == IssuanceState::confirmed && held.confirmed < before) open.push_back(&held);
  }
  std::ranges::stable_sort(open, {}, &LedgerRow::confirmed);
  std::vector<ledger::IssuanceRow> rows;
  for (const auto* held : open) rows.push_back(held->row);
  return rows;
}

Outcome<std::vector<ledger::IssuanceRow>> LedgerStandIn::rows(std::size_t most) {
  std::vector<ledger::IssuanceRow> rows;
  for (const auto& [id, held] : content_.rows) rows.push_back(held.row);
  std::ranges::stable_sort(rows, std::ranges::greater{}, &ledger::IssuanceRow::begun);
  if (rows.size() > most) rows.resize(most);
  return rows;
}

}  // namespace mado::simulator
