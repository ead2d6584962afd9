// The tampering table: several nodes, restored ledgers, changes of the register at the last moment.
#include <algorithm>
#include <thread>

#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Nodes : Row {};

// Two applications of two kiosks within a second, under one id: names made from the time did that (lessons.md, 川崎).
TEST_F(Nodes, KawasakiSameIdAtTwoIssuerNodes) {
  installation.start_second_issuer();
  PlayedKiosk first(installation);
  PlayedKiosk second(
      installation,
      {.name = "K000002", .line = "k000002.kiosk.store.example", .device_key = "K000002", .roster = nullptr});
  for (auto* kiosk : {&first, &second}) {
    kiosk->begin_session();
    lies_about<v1::Application>(*kiosk, StatementType::application,
                                [](auto& said) { said.set_issuance(std::string(16, 'k')); });
  }
  const auto first_query = first.apply();
  const auto second_query = second.apply();
  Outcome<Bytes> first_answer = refuse(Reason::internal, "");
  std::thread at_the_same_time([&] { first_answer = first.send("Apply", first_query); });
  const auto second_answer = second.send("Apply", second_query);
  at_the_same_time.join();
  // The one that was made carries the forged id, which its own kiosk refuses; what counts is that one was refused as a
  // repeat.
  std::vector<std::string> endings{ending_of(first.client.accept_certificate(must(first_answer), now())),
                                   ending_of(second.client.accept_certificate(must(second_answer), now()))};
  std::ranges::sort(endings);
  for (const auto& ending : endings) refused(ending);
}

TEST_F(Nodes, TwoIssuerNodesAnswerOneSessionInTurn) {
  installation.start_second_issuer();
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
}

TEST_F(Nodes, TakamatsuReplayAfterLedgerRestore) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto query = kiosk.apply();
  installation.stop("issuer");
  installation.command({"madoguchi-issuer", "new-epoch", "--ledger", installation.at("run/issuer.db").string()});
  installation.start("issuer");
  refused(kiosk.send("Apply", query));
}

TEST_F(Nodes, SaitamaCancelledBetweenIssueAndConfirm) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  installation.command({"madoguchi-registry", "suppress", "--config", installation.at("registry.toml").string(),
                        "--resident", installation.resident(), "--cause", "protected"});
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
}

}  // namespace
}  // namespace mado::chain_tests
