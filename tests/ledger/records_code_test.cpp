// A release is of the very records that were drawn (invariant I7): the ledger keeps their code from the certificate on.
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/issuance_ledger.hpp"
#include "store/database.hpp"
#include "tests/ledger/sample.hpp"
#include "tests/trust/temporary_directory.hpp"

namespace mado::ledger {
namespace {

struct RecordsCode : ::testing::Test {
  const trust::TemporaryDirectory directory;
  const std::filesystem::path file = directory / "ledger";
  const Instant now{1'800'000'000'000};
  const MadeCertificate certificate{digest_of(2), digest_of(3)};

  std::unique_ptr<IssuanceLedger> open() { return open_issuance_ledger(file, id_of(9)).value(); }
  void make(IssuanceLedger& ledger) {
    ASSERT_TRUE(ledger.begin({id_of(1), digest_of(5), 1, digest_of(1), "131016", "K1", "seal", 1, 5}, now));
    ASSERT_TRUE(ledger.made(id_of(1), certificate));
  }
};

TEST_F(RecordsCode, OfTheRecordsDrawnIsConfirmedOnce) {
  const auto ledger = open();
  make(*ledger);
  EXPECT_TRUE(ledger->confirm(id_of(1), digest_of(1), certificate, now));
  EXPECT_EQ(ledger->confirm(id_of(1), digest_of(1), certificate, now).error().reason, Reason::not_confirmed);
}

TEST_F(RecordsCode, OfOtherRecordsIsRefusedAndChangesNothing) {
  const auto ledger = open();
  make(*ledger);
  const MadeCertificate changed{certificate.digest, digest_of(4)};
  EXPECT_EQ(ledger->confirm(id_of(1), digest_of(1), changed, now).error().reason, Reason::record_changed);
  EXPECT_EQ(ledger->rows(1).value().front().state, IssuanceState::made);
  EXPECT_TRUE(ledger->confirm(id_of(1), digest_of(1), certificate, now));
}

TEST_F(RecordsCode, TellsNothingToWhoeverNamesAnotherCertificate) {
  const auto ledger = open();
  make(*ledger);
  const MadeCertificate other{digest_of(7), digest_of(4)};
  EXPECT_EQ(ledger->confirm(id_of(1), digest_of(1), other, now).error().reason, Reason::not_confirmed);
}

TEST_F(RecordsCode, HasRoomInALedgerOfBefore) {
  open();
  {
    auto database = store::Database::open("test"_point, file, "").value();
    ASSERT_TRUE(database->write("test"_point, "ALTER TABLE issuance DROP COLUMN records_code"));
  }
  const auto ledger = open();
  make(*ledger);
  EXPECT_TRUE(ledger->confirm(id_of(1), digest_of(1), certificate, now));
}

}  // namespace
}  // namespace mado::ledger
