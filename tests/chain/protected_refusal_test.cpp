// The tampering table: who watches from outside the city learns nothing of a sensitive cause (chain rule 9, I13). How
// long a refusal takes is compared by `script/judge refusals`, with statistics; here it is only that none leaves early.
#include <array>

#include "tests/chain/outside_view.hpp"
#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

constexpr std::array causes{"protected", "protected_pending", "blocked", "notice_pending", "moving_out", "provisional"};
constexpr std::chrono::milliseconds delay{500};  // refusal.delay_ms

struct Protected : Row {
  std::string register_value(const std::string& sql) {
    const auto database = register_of(installation);
    std::string found;
    must(database->query(sql, {installation.resident()}, [&](const store::Row& row) { found = row.text(0); }));
    return found;
  }
  std::string somebody_else_of_the_household() {
    return register_value(
        "SELECT max(number) FROM resident WHERE in_force = 1 AND number <> ?1 AND part_of = (SELECT part_of FROM "
        "resident "
        "WHERE number = ?1 AND in_force = 1)");
  }
  void suppression(const std::string& lever, const std::string& resident, const std::string& cause) {
    installation.command({"madoguchi-registry", lever, "--config", installation.at("registry.toml").string(),
                          "--resident", resident, "--cause", cause});
  }
  // A session as far as the city's refusal, which must not come before its moment.
  void is_refused_in_time() {
    PlayedKiosk kiosk(installation);
    must(kiosk.fetch_challenge());
    const auto query = must(kiosk.open_with_card());
    const auto asked = std::chrono::steady_clock::now();
    const auto answer = must(kiosk.send("Open", query));
    EXPECT_GE(std::chrono::steady_clock::now() - asked, delay - std::chrono::milliseconds{1});
    refused(kiosk.client.accept_menu(answer, now()));
  }
};

TEST_F(Protected, ProtectedRefusalIndistinguishable) {
  OutsideView outside(installation);
  const auto view_of_refusal = [&](const std::string& resident, const std::string& cause) {
    suppression("suppress", resident, cause);
    is_refused_in_time();
    suppression("unsuppress", resident, cause);
    return outside.since_last();
  };
  const auto first = view_of_refusal(installation.resident(), causes.front());
  EXPECT_GT(first.size(), 10U) << "relay, center and transfer server were watched";
  for (const auto* cause : causes) EXPECT_EQ(view_of_refusal(installation.resident(), cause), first) << cause;
  EXPECT_EQ(view_of_refusal(somebody_else_of_the_household(), causes.front()), first) << "of another member";

  // An ordinary refusal has another code, which only the citizen learns: outside it looks the same too.
  set_state(*register_of(installation), installation.resident(), v1::RESIDENT_STATE_MOVED);
  is_refused_in_time();
  EXPECT_EQ(outside.since_last(), first) << "of somebody who has moved away";
}

}  // namespace
}  // namespace mado::chain_tests
