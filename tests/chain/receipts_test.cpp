// The tampering table: what is said about the end of an application, and who says that it was heard.
#include "kiosk/core/before_session.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "tests/chain/tampering_row.hpp"
#include "trust/file.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

// One certificate, released; its receipt lies in the kiosk's journal and must reach center and city.
struct Receipts : TwoSessions {
  std::unique_ptr<kiosk::Journal> journal = must(kiosk::open_journal(installation.at("run/played-journal.db")));
  kiosk::Report report;

  void SetUp() override {
    const auto certificate = first.fetch_certificate();
    must(first.client.accept_release(must(first.send("Confirm", must(first.confirm(certificate)))), now()));
    kiosk::JournalEntry entry;
    entry.issuance = first.client.issuance();
    entry.application_digest = first.client.application_digest();
    entry.city = city_code;
    entry.step = kiosk::JournalStep::settled;
    entry.ending = v1::ENDING_HANDED_OVER;
    entry.settled = now();
    must(journal->record(entry));
    report = must(kiosk::make_report({first.crypto, *first.device_key, "K000001"}, entry, now()));
  }
  Outcome<void> accept(ByteView answer) {
    return kiosk::accept_report(*journal, report, answer, first.crypto, *first.roster, now());
  }
  bool is_sent_again() { return must(journal->unreported(10)).size() == 1; }

  std::unique_ptr<trust::SigningKey> center_key() {
    return must(trust::load_signing_key(installation.at("keys/center/center-1.key"),
                                        installation.at("keys/center/center-1.pem")));
  }
  std::string acknowledged_by(const trust::SigningKey& key, ByteView receipt) {
    return string_of(must(application::acknowledge(first.crypto, receipt, key, now())));
  }
  Outcome<v1::ReportAnswer> send(PlayedKiosk& kiosk, const v1::Receipt& receipt) {
    v1::ReportQuery query;
    query.set_receipt(string_of(must(kiosk::sign_receipt(kiosk.crypto, *kiosk.device_key, receipt, now()))));
    MADO_TRY(answer, kiosk.send("Report", wire::serialise(query)));
    return wire::parse<v1::ReportAnswer>(answer, "report answer");
  }
  void the_case_stays_open() {
    EXPECT_EQ(installation.ledger_rows().front().state, ledger::IssuanceState::confirmed) << "chain rule 15";
  }
};

TEST_F(Receipts, CenterAndCityAcknowledgeItAndItIsNotSentAgain) {
  must(accept(must(first.send("Report", report.query))));
  EXPECT_FALSE(is_sent_again());
  EXPECT_EQ(installation.ledger_rows().front().state, ledger::IssuanceState::settled);
}

// It keeps the receipt, so that the case stays open at the city, and tells the kiosk that all is well.
TEST_F(Receipts, RelayClaimsThatTheReceiptArrived) {
  const auto own_key = first.crypto.make_signing_key(now());
  v1::ReportAnswer answer;
  answer.set_by_center(acknowledged_by(*own_key, report.receipt_digest));
  answer.set_by_city(acknowledged_by(*own_key, report.receipt_digest));
  refused(accept(wire::serialise(answer)));
  EXPECT_TRUE(is_sent_again());
  the_case_stays_open();
}

TEST_F(Receipts, CenterClaimsThatTheCityHasTheReceipt) {
  const auto key = center_key();
  v1::ReportAnswer answer;
  answer.set_by_center(acknowledged_by(*key, report.receipt_digest));
  answer.set_by_city(acknowledged_by(*key, report.receipt_digest));
  refused(accept(wire::serialise(answer)));
  EXPECT_TRUE(is_sent_again());
  the_case_stays_open();
}

TEST_F(Receipts, AcknowledgementOfAnotherReceipt) {
  v1::ReportAnswer answer;
  answer.set_by_center(acknowledged_by(*center_key(), first.crypto.digest(view_of("another receipt"))));
  refused(accept(wire::serialise(answer)));
  EXPECT_TRUE(is_sent_again());
  the_case_stays_open();
}

TEST_F(Receipts, AnotherKiosksReceiptSettlesNothing) {
  auto receipt = first.receipt();
  receipt.set_kiosk("K000002");
  EXPECT_TRUE(must(send(second, receipt)).by_city().empty());
  the_case_stays_open();
}

TEST_F(Receipts, ReceiptOfAnotherApplication) {
  auto receipt = first.receipt();
  receipt.mutable_application_digest()->front() ^= 0x01;
  EXPECT_TRUE(must(send(first, receipt)).by_city().empty());
  the_case_stays_open();
}

TEST_F(Receipts, ReceiptUnderAnotherKiosksName) {
  refused(send(second, first.receipt()));
  the_case_stays_open();
}

TEST_F(Receipts, ReceiptByAKeyOfNoKiosk) {
  const auto own_key = first.crypto.make_signing_key(now());
  v1::ReportQuery query;
  query.set_receipt(string_of(must(kiosk::sign_receipt(first.crypto, *own_key, first.receipt(), now()))));
  refused(first.send("Report", wire::serialise(query)));
  the_case_stays_open();
}

}  // namespace
}  // namespace mado::chain_tests
