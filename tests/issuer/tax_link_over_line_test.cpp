// The tax link over a real line: the tax register of the registry at one end, the issuer's store at the other.
#include <cstdlib>

#include "issuer/edge/tax_linker.hpp"
#include "registry/core/check_digit.hpp"
#include "registry/edge/tax_register.hpp"
#include "tax_store_of_test.hpp"
#include "tests/registry/long_tax_record.hpp"
#include "wire/line.hpp"

namespace mado::issuer {
namespace {

constexpr const char* read_year = "/madoguchi.v1.TaxLink/ReadYear";

struct TaxLinkOverLine : TaxStoreTest {
  static constexpr const char* issuer_name = "issuer-1.city-131016.office.example";

  void SetUp() override {
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=office -days 2 -keyout ca.key "
        "-out ca.pem");
    for (const std::string name : {"register", issuer_name, "stranger.office.example"}) {
      run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name +
          " -addext subjectAltName=DNS:" + name + " -keyout " + name + ".key -out " + name +
          ".csr && openssl x509 -req -in " + name +
          ".csr -CA ca.pem -CAkey ca.key -copy_extensions copy -days 2 -out " + name + ".pem");
    }
    server_ =
        wire::Server::start("127.0.0.1:0", credentials("register"), {{issuer_name, {read_year}}}, limits_,
                            std::map<std::string, wire::Handler>{
                                {read_year, [this](const wire::Call&, ByteView request) { return answer(request); }}},
                            metrics_)
            .value();
  }
  void run(const std::string& command) {
    const auto inside = "cd " + line_.path().string() + " && ( " + command + " ) >/dev/null 2>&1";
    ASSERT_EQ(std::system(inside.c_str()), 0) << command;
  }
  wire::LineCredentials credentials(const std::string& name) const {
    return {line_ / "ca.pem", line_ / (name + ".pem"), line_ / (name + ".key")};
  }
  Outcome<Bytes> answer(ByteView request) {
    MADO_TRY(query, wire::parse<v1::TaxYearQuery>(request, "TaxYearQuery"));
    MADO_TRY(page, registry::TaxRegister(*registers_).read_year(query));
    return wire::serialise(page);
  }
  Outcome<void> link(TaxStore& store, const std::string& as) {
    MADO_TRY(channel,
             wire::Channel::open("127.0.0.1:" + std::to_string(server_->port()), "register", credentials(as), limits_));
    const auto ask = [&](const v1::TaxYearQuery& query) -> Outcome<v1::TaxYearPage> {
      MADO_TRY(answered, channel->call(read_year, wire::serialise(query)));
      return wire::parse<v1::TaxYearPage>(answered, "tax page");
    };
    return TaxLinker(store, ask, 10'000).link([] { return tax_now; }, {});
  }
  // Assessed records of `count` people, whose 宛名番号 have check digits.
  std::vector<std::string> assess(std::size_t count, std::uint32_t year) {
    std::vector<std::string> people;
    EXPECT_TRUE(registers_->change("test"_point, tax_now, [&](registry::Registers::Change& change) -> Outcome<void> {
      for (std::uint64_t sequence = 1; people.size() < count; ++sequence) {
        const auto person = registry::register_number(sequence);
        if (!person) continue;
        people.push_back(*person);
        auto record = tax_record(static_cast<int>(sequence), year);
        record.set_resident(*person);
        record.clear_position();
        MADO_CHECK(change.put_tax_record(record));
      }
      return {};
    }));
    return people;
  }

  trust::TemporaryDirectory line_;
  operation::Metrics metrics_;
  wire::Limits limits_{1024 * 1024};
  std::unique_ptr<registry::Registers> registers_ =
      registry::Registers::open("test"_point, line_ / "registry.db").value();
  std::unique_ptr<wire::Server> server_;
};

TEST_F(TaxLinkOverLine, BringsAYearIntoTheStore) {
  const auto people = assess(1203, 2026);
  const auto store = open();
  ASSERT_TRUE(link(*store, issuer_name));
  EXPECT_EQ(store->years()->find(2026)->records, 1203U);
  for (const auto index : {0, 499, 500, 1202}) {
    const auto found = store->find(people[static_cast<std::size_t>(index)]).value();
    ASSERT_TRUE(found.record) << index;
    EXPECT_EQ(found.record->reveal().resident(), people[static_cast<std::size_t>(index)]);
  }
}

TEST_F(TaxLinkOverLine, BringsChangesAndTheNextYear) {
  const auto people = assess(3, 2026);
  const auto store = open();
  ASSERT_TRUE(link(*store, issuer_name));
  assess(2, 2027);
  ASSERT_TRUE(link(*store, issuer_name));
  EXPECT_EQ(store->years()->issued, 2026U);
  EXPECT_EQ(store->years()->find(2027)->records, 2U);
  ASSERT_TRUE(TaxRollOver(*store).begin(2027, TaxYearNeed::linked));
  ASSERT_TRUE(TaxRollOver(*store).finish());
  ASSERT_TRUE(link(*store, issuer_name)) << "and goes on after the roll-over";
  EXPECT_EQ(store->years()->held.size(), 1U);
  EXPECT_FALSE(store->find(people[2])->record) << "who has no record of the new year";
}

TEST_F(TaxLinkOverLine, IsForTheCitysIssuerAlone) {
  assess(3, 2026);
  const auto store = open();
  EXPECT_EQ(link(*store, "stranger.office.example").error().reason, Reason::peer_not_allowed);
  EXPECT_TRUE(store->years()->held.empty());
}

TEST_F(TaxLinkOverLine, HasPagesThatFitTheLine) {
  // The largest record there can be: every item of every block, long texts.
  std::vector<std::string> people;
  ASSERT_TRUE(registers_->change("test"_point, tax_now, [&](registry::Registers::Change& change) -> Outcome<void> {
    for (std::uint64_t sequence = 1; people.size() < 700; ++sequence) {
      const auto person = registry::register_number(sequence);
      if (!person) continue;
      people.push_back(*person);
      auto record = tax_record(1, 2026);
      record.set_resident(*person);
      record.clear_position();
      mado::specimen::lengthen(record);
      MADO_CHECK(change.put_tax_record(record));
    }
    return {};
  }));
  const auto store = open();
  ASSERT_TRUE(link(*store, issuer_name));
  EXPECT_EQ(store->years()->find(2026)->records, 700U);
}

}  // namespace
}  // namespace mado::issuer
