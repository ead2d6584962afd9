// What arrives cut short, too long or as nothing of ours, at every step, over real processes: one clear reason, nothing
// in the ledger, and the places go on serving.
#include <gtest/gtest.h>

#include "tests/chain/parties.hpp"

namespace mado::chain_tests {
namespace {

struct Messages : ::testing::Test {
  Installation installation;
  PlayedKiosk kiosk{installation};

  std::string ending_of_call(const std::string& method, ByteView request) {
    return ending_of(kiosk.send(method, request));
  }
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
    EXPECT_EQ(ending_of_call("Apply", ByteView(query).first(size)), "message_malformed") << size;
  }
  EXPECT_TRUE(installation.ledger_rows().empty());
  a_citizen_is_still_served();
}

TEST_F(Messages, AnEnvelopeCutShortOpensNothing) {
  kiosk.begin_session();
  auto query = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query"));
  query.mutable_sealed()->resize(query.sealed().size() / 2);
  EXPECT_EQ(ending_of_call("Apply", wire::serialise(query)), "envelope_invalid");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_F(Messages, NothingOfOursIsMalformedAtEveryStep) {
  kiosk.begin_session();
  for (const auto* method : {"GetChallenge", "Open", "Apply", "Confirm", "Report"}) {
    EXPECT_EQ(ending_of_call(method, Bytes(1000, 0xff)), "message_malformed") << method;
  }
  a_citizen_is_still_served();
}

TEST_F(Messages, OverTheLinesLimitTheyAreRefusedUnread) {
  for (const auto* method : {"GetChallenge", "Open", "Apply", "Confirm", "Report"}) {
    EXPECT_EQ(ending_of_call(method, Bytes(20 * 1024 * 1024 + 1)), "message_too_large") << method;
  }
  EXPECT_TRUE(installation.ledger_rows().empty());
  a_citizen_is_still_served();
}

}  // namespace
}  // namespace mado::chain_tests
