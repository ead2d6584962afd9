#include "tests/chain/tampering_row.hpp"

#include <algorithm>
#include <set>

#include "application/rule_names.hpp"
#include "operation/settings.hpp"

namespace mado::chain_tests {

namespace {
constexpr std::int64_t most_of_an_opening = 1000;
const std::string table_file = std::string(MADOGUCHI_SOURCE_DIR) + "/tests/chain/tampering.toml";
const std::set<std::string> suites_outside_the_table{"Judges", "Table"};

std::vector<v1::Kind> kinds_of(operation::Settings& table, const std::string& at) {
  std::vector<v1::Kind> kinds;
  for (const auto& name : table.texts(at + "kinds", {"residence_certificate"})) {
    kinds.push_back(application::kind_of(name));
    if (kinds.back() == v1::KIND_UNSPECIFIED) table.complain(at + "kinds", "there is no kind " + name);
  }
  return kinds;
}

TamperingRow read_common(operation::Settings& table, const std::string& at) {
  const auto count = [&](const char* name) {
    return static_cast<std::size_t>(table.integer(at + name, 0, most_of_an_opening, 0));
  };
  return {table.text(at + "name"), table.text(at + "test"), kinds_of(table, at), {}, count("begun"), count("released")};
}

TamperingRow read_control(operation::Settings& table, const std::string& at) {
  table.text(at + "shows");
  return read_common(table, at);
}

TamperingRow read_row(operation::Settings& table, const std::string& at) {
  auto row = read_common(table, at);
  row.refused = table.texts(at + "refused");
  // For people, for tests/house and for tests/end_to_end.
  for (const auto* told : {"attack", "attack_ja", "corrupt", "stopped_by"}) table.text(at + told);
  for (const auto* told : {"seen", "simulator"}) table.text(at + told, "");
  for (const auto* told : {"sheets", "yen_in_case"}) table.integer(at + told, 0, 100'000, 0);
  table.texts(at + "chain");
  return row;
}

const TamperingRow& row_of(const ::testing::TestInfo& info) {
  static const auto rows = tampering_rows();
  const auto found = std::ranges::find(rows, ctest_name(info), &TamperingRow::test);
  if (found == rows.end()) throw std::runtime_error(ctest_name(info) + " is in no row of tampering.toml");
  return *found;
}
}  // namespace

std::vector<TamperingRow> tampering_rows() {
  auto table = must(operation::Settings::load(table_file));
  std::vector<TamperingRow> rows;
  for (std::size_t i = 0; i < table.count("row"); ++i)
    rows.push_back(read_row(table, "row[" + std::to_string(i) + "]."));
  for (std::size_t i = 0; i < table.count("control"); ++i)
    rows.push_back(read_control(table, "control[" + std::to_string(i) + "]."));
  must(table.finish());
  return rows;
}

std::string ctest_name(const ::testing::TestInfo& info) {
  return std::string("chain.") + info.test_suite_name() + "." + info.name();
}

Row::Row(const std::string& holder) : installation(holder) {
  installation.citizens_apply_for(row_of(*::testing::UnitTest::GetInstance()->current_test_info()).kinds);
}

void Row::refused(const std::string& ending) {
  if (seen_.empty() || seen_.back() != ending) seen_.push_back(ending);
}

void Row::TearDown() {
  if (HasFatalFailure() || IsSkipped()) return;
  const auto& row = row_of(*::testing::UnitTest::GetInstance()->current_test_info());
  EXPECT_EQ(seen_, row.refused) << "what answered, and what tampering.toml says";
  EXPECT_EQ(installation.ended_by_themselves(), std::vector<std::string>{});
  const auto begun = installation.ledger_rows();
  EXPECT_EQ(begun.size(), row.begun) << "applications in the ledger";
  for (const auto& issuance : begun)
    EXPECT_NE(std::ranges::find(row.kinds, issuance.family, family_of), row.kinds.end()) << issuance.family;
  EXPECT_EQ(installation.released(), row.released) << "released: only then is money taken and a page printed";
}

// A row without a case, and a case without a row.
TEST(Table, NamesEveryCaseOfTheseSuitesAndNoOther) {
  std::set<std::string> cases;
  const auto& program = *::testing::UnitTest::GetInstance();
  for (int i = 0; i < program.total_test_suite_count(); ++i) {
    const auto& suite = *program.GetTestSuite(i);
    if (suites_outside_the_table.contains(suite.name())) continue;
    for (int j = 0; j < suite.total_test_count(); ++j) cases.insert(ctest_name(*suite.GetTestInfo(j)));
  }
  std::set<std::string> named;
  for (const auto& row : tampering_rows()) {
    const bool is_ours = row.test.starts_with("chain.");
    EXPECT_TRUE(!is_ours || named.insert(row.test).second) << row.test << " is in two rows";
  }
  EXPECT_EQ(named, cases);
}

}  // namespace mado::chain_tests
