#include "kiosk/core/receipt.hpp"

namespace mado::kiosk {

v1::Receipt receipt_of(const JournalEntry& settled, const std::string& kiosk) {
  v1::Receipt receipt;
  receipt.set_issuance(string_of(settled.issuance.view()));
  receipt.set_application_digest(string_of(settled.application_digest));
  receipt.set_city(settled.city);
  receipt.set_kiosk(kiosk);
  receipt.set_sheets(settled.sheets);
  receipt.set_sheets_printed(settled.sheets_printed);
  receipt.set_ending(static_cast<v1::Ending>(settled.ending));
  receipt.set_money_taken(settled.money_taken);
  receipt.set_money_returned(settled.money_returned);
  receipt.set_money_in_case(settled.money_in_case);
  receipt.set_settled_at(settled.settled.milliseconds);
  receipt.set_refusal(settled.refusal);
  return receipt;
}

Outcome<Bytes> sign_receipt(trust::Cryptography& crypto, const trust::SigningKey& device_key,
                            const v1::Receipt& receipt, Instant now) {
  return crypto.sign(trust::StatementType::receipt, wire::serialise(receipt), device_key, now);
}

}  // namespace mado::kiosk
