// The tampering table: what arrives cut short, too long or as nothing of ours, at every step, over real processes: one
// clear reason, nothing in the ledger, and the places go on serving.
#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

struct Messages : Row {
  PlayedKiosk kiosk{installation};

  void a_citizen_is_still_served() {
    PlayedKiosk another(installation);
    EXPECT_EQ(another.fetch_certificate().sheets.size(), 1U);
  }
};

TEST_F(Messages, CutShortAtAnyPlaceTheyAreMalformed) {
  kiosk.begin_session();
  const auto query = kiosk.apply();
  for (const auto part : {0.001, 0.1, 0.5, 0.9, 0.999}) {
    const auto size = static_cast<std::size_t>(static_cast<double>(query.size()) * part);
    refused(kiosk.send("Apply", ByteView(query).first(size)));
  }
  a_citizen_is_still_served();
}

TEST_F(Messages, AnEnvelopeCutShortOpensNothing) {
  kiosk.begin_session();
  auto query = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query"));
  query.mutable_sealed()->resize(query.sealed().size() / 2);
  refused(kiosk.send("Apply", wire::serialise(query)));
}

TEST_F(Messages, NothingOfOursIsMalformedAtEveryStep) {
  kiosk.begin_session();
  for (const auto* method : {"GetChallenge", "Open", "Apply", "Confirm", "Report"}) {
    SCOPED_TRACE(method);
    refused(kiosk.send(method, Bytes(1000, 0xff)));
  }
  a_citizen_is_still_served();
}

TEST_F(Messages, OverTheLinesLimitTheyAreRefusedUnread) {
  for (const auto* method : {"GetChallenge", "Open", "Apply", "Confirm", "Report"}) {
    SCOPED_TRACE(method);
    refused(kiosk.send(method, Bytes(20 * 1024 * 1024 + 1)));
  }
  a_citizen_is_still_served();
}

}  // namespace
}  // namespace mado::chain_tests
