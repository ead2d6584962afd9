// The tampering table: what comes into the city's registers, and from them over the yearly tax link.
#include <algorithm>

#include "madoguchi/v1/feed.pb.h"
#include "tests/chain/played_register.hpp"
#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

constexpr const char* apply_change = "/madoguchi.v1.Feed/Apply";

// Two of the city's systems may feed: one 印鑑登録, one 住民記録.
struct Feeds : Row {
  Feeds() {
    installation.stop("issuer");
    installation.stop("registry");
    installation.change_settings(
        "registry", "[status]\n",
        feed("seals", "transfer", "seals") + feed("juki", "residents", "residents") + "[status]\n");
    installation.start("registry");
    installation.start("issuer");
  }
  static std::string feed(const std::string& source, const std::string& member, const std::string& records) {
    const auto peer = member + ".city-" + city_code + ".office.example";
    return "[[feed]]\nsource = \"" + source + "\"\npeer = \"" + peer + "\"\nrecords = [\"" + records +
           "\"]\n[[line.admit]]\npeer = \"" + peer + "\"\nmethods = [\"" + apply_change + "\"]\n";
  }
  // Lifts what protects a household, or would.
  static v1::FeedChange change_of(const std::string& source, v1::RecordKind record) {
    v1::FeedChange change;
    change.set_source(source);
    change.set_number(1);
    change.set_made_at(now().milliseconds);
    change.mutable_suppression()->set_record(record);
    change.mutable_suppression()->set_cause(v1::SUPPRESSION_PROTECTED);
    return change;
  }
  Outcome<Bytes> send(const std::string& member, v1::FeedChange change) {
    change.mutable_suppression()->set_person(installation.resident());
    return office_line(installation, member)->call(apply_change, wire::serialise(change));
  }
  // The household is protected: whatever was sent has lifted nothing.
  void protect() {
    installation.command({"madoguchi-registry", "suppress", "--config", installation.at("registry.toml").string(),
                          "--resident", installation.resident(), "--cause", "protected"});
  }
  std::string in_force() {
    std::string causes;
    must(register_of(installation)
             ->query("SELECT count(*) FROM suppression WHERE person = ? AND lifted = 0", {installation.resident()},
                     [&](const store::Row& row) { causes = std::to_string(row.integer(0)); }));
    return causes;
  }
};

TEST_F(Feeds, FeedChangeOfAnotherPeer) {
  protect();
  refused(send("issuer-1", change_of("juki", v1::RECORD_KIND_UNSPECIFIED)));   // admitted, for other methods
  refused(send("transfer", change_of("juki", v1::RECORD_KIND_UNSPECIFIED)));   // a source, in another's name
  refused(send("transfer", change_of("seals", v1::RECORD_KIND_UNSPECIFIED)));  // a source, of another register
  EXPECT_EQ(in_force(), "1");
}

TEST_F(Feeds, FeedChangeOfItsSourceIsTaken) {
  protect();
  EXPECT_EQ(ending_of(send("residents", change_of("juki", v1::RECORD_KIND_UNSPECIFIED))), "done");
  EXPECT_EQ(in_force(), "0");
}

TEST_F(Feeds, FeedNumberUsedForAnotherChange) {
  protect();
  must(send("residents", change_of("juki", v1::RECORD_KIND_UNSPECIFIED)));
  protect();
  auto other = change_of("juki", v1::RECORD_KIND_UNSPECIFIED);
  other.mutable_suppression()->set_cause(v1::SUPPRESSION_BLOCKED);
  refused(send("residents", other));
  EXPECT_EQ(in_force(), "1") << "and what was sent before is not applied again";
}

// What a source says next but one is refused, and the issuer stops what rests on the register.
TEST_F(Feeds, SaitamaAFeedChangeIsHeldBack) {
  must(send("residents", change_of("juki", v1::RECORD_KIND_UNSPECIFIED)));
  auto later = change_of("juki", v1::RECORD_KIND_UNSPECIFIED);
  later.set_number(3);
  refused(send("residents", later));
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  refused(kiosk.client.accept_menu(must(kiosk.send("Open", must(kiosk.open_with_card()))), now()));
}

// --- the yearly tax link

struct TaxPages : Row {
  // The issuer links anew, with nothing kept.
  void link_from(const PlayedRegister::ChangeOfPage& change) {
    PlayedRegister residents(installation);
    residents.tax_pages(change);
    forget_the_year();
    installation.start("issuer");
    installation.wait_for_words("issuer", "\"tax_link_refused\"");
    refused(tax_in_the_menu());
  }
  void forget_the_year() {
    installation.stop("issuer");
    for (const auto& file : std::filesystem::directory_iterator(installation.at("run"))) {
      if (file.path().filename().string().starts_with("issuer-tax")) std::filesystem::remove(file.path());
    }
  }
  // What the menu says of a tax certificate, where the others may be had.
  std::string tax_in_the_menu() {
    PlayedKiosk kiosk(installation);
    kiosk.begin_session();
    const auto& kinds = kiosk.client.menu().kinds();
    EXPECT_EQ(std::ranges::find(kinds, v1::KIND_SEAL_CERTIFICATE, &v1::MenuKind::kind)->unavailable(), "");
    return std::ranges::find(kinds, v1::KIND_INCOME, &v1::MenuKind::kind)->unavailable();
  }
};

TEST_F(TaxPages, TaxPageOfAnOlderYear) {
  link_from([](auto& page) {
    for (auto& record : *page.mutable_records()) record.set_fiscal_year(record.fiscal_year() - 1);
  });
}

TEST_F(TaxPages, TaxPageWithSomebodyTwice) {
  link_from([](auto& page) {
    if (page.records_size() > 1) *page.mutable_records(1) = page.records(0);
  });
}

// The register of another city, over a line of that city's own.
TEST_F(TaxPages, TaxPageOfAnotherCity) {
  const std::string other = "residents.city-131024.office.example";
  installation.command({"madoguchi-ceremony", "line", "--dir", installation.at("keys/office-131024").string(), "--name",
                        "office-131024", "--member", other});
  installation.stop("registry");
  forget_the_year();
  const auto ours = [&](const char* what) { return std::string(what) + " = \"keys/office/"; };
  const auto theirs = [&](const char* what) { return std::string(what) + " = \"keys/office-131024/"; };
  for (const auto* what : {"authority", "certificate", "key"})
    installation.change_settings("registry", ours(what), theirs(what));
  for (const auto* what : {"pem", "key"}) {
    std::filesystem::copy_file(
        installation.at("keys/office-131024/" + other + "." + what),
        installation.at("keys/office-131024/residents.city-131016.office.example." + std::string(what)));
  }
  installation.start("registry");
  installation.start("issuer");
  installation.wait_for_words("issuer", "\"tax_link_refused\"");
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  refused(kiosk.client.accept_menu(must(kiosk.send("Open", must(kiosk.open_with_card()))), now()));
}

}  // namespace
}  // namespace mado::chain_tests
