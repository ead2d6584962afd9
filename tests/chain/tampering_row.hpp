// The tampering table (tampering.toml) and the cases that play its rows. What a case must see stands in the row of its
// own name and nowhere else, so that table and test cannot differ.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/chain/parties.hpp"

namespace mado::chain_tests {

// A row, or a control: the same way gone honestly, which shows that a row's refusal is due to its attack.
struct TamperingRow {
  std::string name;
  std::string test;                  // as CTest names it
  std::vector<v1::Kind> kinds;       // what the sessions apply for, in turn
  std::vector<std::string> refused;  // reasons' codes, in the order in which the case sees them; empty for a control
  std::size_t begun = 0;             // applications that the ledger holds at the end
  std::size_t released = 0;          // of them
};

// The whole table. Throws with every sentence of what is wrong with it.
std::vector<TamperingRow> tampering_rows();
// "chain.Suite.Case", as CTest names a case of this program.
std::string ctest_name(const ::testing::TestInfo& info);

class Row : public ::testing::Test {
 protected:
  // `holder` as Installation's: whose card it is. Citizens apply for the row's kinds.
  explicit Row(const std::string& holder = known_everywhere);
  // An attack ended so: the row's next reason, or the last one once more.
  void refused(const std::string& ending);
  template <typename T>
  void refused(const Outcome<T>& outcome) {
    refused(ending_of(outcome));
  }
  // What came of it is what the row says, in the ledger too.
  void TearDown() override;

  Installation installation;

 private:
  std::vector<std::string> seen_;
};

// Two kiosks with a session each, at the same time.
struct TwoSessions : Row {
  PlayedKiosk first{installation};
  PlayedKiosk second{
      installation,
      {.name = "K000002", .line = "k000002.kiosk.store.example", .device_key = "K000002", .roster = nullptr}};
};

// Changes what a kiosk says in its statements of one type, before it signs them.
template <typename Message>
void lies_about(PlayedKiosk& kiosk, trust::StatementType type, std::function<void(Message&)> change) {
  kiosk.crypto.before_signing = [type, change = std::move(change)](trust::StatementType signing, Bytes& content) {
    if (signing != type) return;
    auto message = must(wire::parse<Message>(content, "own message"));
    change(message);
    content = wire::serialise(message);
  };
}

}  // namespace mado::chain_tests
