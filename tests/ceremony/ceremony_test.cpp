// The ceremony as a person runs it: every file that an installation needs, made once, and what others make of them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "application/roster.hpp"
#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"
#include "trust/path_check.hpp"
#include "trust/temporary_directory.hpp"

namespace mado {
namespace {

Instant now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

class Ceremony : public testing::Test {
 protected:
  // The program's exit code; what it says is in `said`.
  int run(const std::string& words) {
    const auto command =
        fmt::format("cd {} && {} {} >said 2>&1", directory_.path().string(), MADOGUCHI_CEREMONY, words);
    const int status = std::system(command.c_str());
    said_ = string_of(trust::read_file(directory_ / "said", 65536).value());
    return WEXITSTATUS(status);
  }
  trust::X509Certificate certificate(const std::string& name) {
    return trust::X509Certificate::load(directory_ / name).value();
  }
  Bytes file(const std::string& name) { return trust::read_file(directory_ / name, 1 << 20).value(); }

  void make_everything() {
    ASSERT_EQ(run("kiosk-authority --dir kiosk"), 0) << said_;
    ASSERT_EQ(run("city --dir city --code 131016 --prefecture 東京都 --name 千代田区"), 0) << said_;
    ASSERT_EQ(run("center --dir center --name center-1"), 0) << said_;
    ASSERT_EQ(run("roster-keys --dir roster"), 0) << said_;
    describe_roster("131016");
  }
  void describe_roster(const std::string& code) {
    std::ofstream(directory_ / "roster.toml")
        << "kiosk_authorities = [\"kiosk/kiosk-authority.pem\"]\njpki_authorities = "
           "[\"kiosk/kiosk-authority.pem\"]\n[[city]]\ncode = \""
        << code
        << "\"\nprefecture = \"東京都\"\nname = \"千代田区\"\nname_en = \"Chiyoda City\"\ntelephone = "
           "\"03-0000-0000\"\n"
           "statement_keys = [\"city/statement.pem\"]\nreceiving_keys = [\"city/receiving.pem\"]\n"
           "[[center]]\nname = \"center-1\"\ncertificate = \"center/center-1.pem\"\n";
  }

  trust::TemporaryDirectory directory_;
  std::string said_;
};

TEST_F(Ceremony, MakesALineWhoseMembersItsAuthorityVouchesFor) {
  ASSERT_EQ(run("line --dir store --name store --member center.store.example --member kiosk-1.store.example"), 0)
      << said_;
  const std::vector authorities{certificate("store/authority.pem")};
  for (const std::string member : {"center.store.example", "kiosk-1.store.example"}) {
    const auto made = certificate("store/" + member + ".pem");
    EXPECT_EQ(made.facts().dns_names, std::vector<std::string>{member});
    for (const auto usage : {trust::oids::client_authentication, trust::oids::server_authentication}) {
      EXPECT_TRUE(trust::check_path(made, authorities, {trust::digital_signature, usage, {}}, now()).empty());
    }
  }
}

TEST_F(Ceremony, RepeatedAddsWhatIsMissingAndKeepsWhatIsThere) {
  ASSERT_EQ(run("line --dir store --name store --member a.example"), 0);
  const auto authority = file("store/authority.pem");
  const auto member = file("store/a.example.pem");
  ASSERT_EQ(run("line --dir store --name store --member a.example --member b.example"), 0);
  EXPECT_EQ(file("store/authority.pem"), authority);
  EXPECT_EQ(file("store/a.example.pem"), member);
  EXPECT_EQ(certificate("store/b.example.pem").facts().dns_names.front(), "b.example");
}

TEST_F(Ceremony, AnInterruptedOneGoesOnWithTheKeyThatItHasMade) {
  ASSERT_EQ(run("center --dir center --name a"), 0);
  const auto key = file("center/a.key");
  std::filesystem::remove(directory_ / "center/a.pem");
  ASSERT_EQ(run("center --dir center --name a"), 0) << said_;
  EXPECT_EQ(file("center/a.key"), key);
  std::filesystem::remove(directory_ / "center/a.key");
  EXPECT_EQ(run("center --dir center --name a"), 1) << "a certificate without its key is of no use";
}

TEST_F(Ceremony, RefusesNamesThatAreNone) {
  for (const std::string words :
       {"line --dir d --name store --member ../up", "line --dir d --name store --member Upper.example",
        "kiosk --dir d --kiosk a/b", "center --dir d --name ''", "city --dir d --code 13101 --prefecture x --name y"}) {
    EXPECT_NE(run(words), 0) << words;
  }
}

TEST_F(Ceremony, AKioskIsVouchedForByTheKioskAuthorityAlone) {
  EXPECT_EQ(run("kiosk --dir kiosk --kiosk K000001"), 1) << "there is no authority yet";
  ASSERT_EQ(run("kiosk-authority --dir kiosk"), 0);
  ASSERT_EQ(run("kiosk --dir kiosk --kiosk K000001"), 0);
  const std::vector authorities{certificate("kiosk/kiosk-authority.pem")};
  const auto kiosk = certificate("kiosk/K000001.pem");
  EXPECT_EQ(kiosk.facts().subject_field("CN"), "K000001");
  EXPECT_EQ(kiosk.facts().subject_field("OU"), "store");
  EXPECT_TRUE(trust::check_path(kiosk, authorities, trust::statement_signing, now()).empty());
}

TEST_F(Ceremony, AKiosksCertificateSaysWhereItStands) {
  ASSERT_EQ(run("kiosk-authority --dir kiosk"), 0);
  ASSERT_EQ(run("kiosk --dir kiosk --kiosk M000001 --channel issuing-machine"), 0);
  EXPECT_EQ(certificate("kiosk/M000001.pem").facts().subject_field("OU"), "issuing-machine");
  EXPECT_EQ(run("kiosk --dir kiosk --kiosk M000002 --channel street"), 1);
}

TEST_F(Ceremony, AKeyThatIsNotItsCertificatesIsRefused) {
  ASSERT_EQ(run("center --dir center --name a"), 0);
  ASSERT_EQ(run("center --dir center --name b"), 0);
  std::filesystem::copy_file(directory_ / "center/a.key", directory_ / "center/b.key",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(run("center --dir center --name b"), 1);
  EXPECT_THAT(said_, testing::HasSubstr("is not the key of"));
}

TEST_F(Ceremony, ARosterSignedByTwoKeysIsAcceptedAndOneThatIsNotIsRefused) {
  make_everything();
  ASSERT_EQ(run("roster --dir roster --config roster.toml --out roster.bin --version 7 --days 30"), 0) << said_;
  const auto crypto = trust::make_openssl_cryptography();
  std::vector<Bytes> pinned;
  for (int key = 1; key <= 3; ++key) pinned.push_back(certificate(fmt::format("roster/roster-{}.pem", key)).der());

  const auto book = application::RosterBook::read(*crypto, file("roster.bin"), pinned, 7, now());
  ASSERT_TRUE(book) << book.error().cause;
  EXPECT_EQ(book->version(), 7U);
  EXPECT_EQ(book->city("131016").value()->name(), "千代田区");
  EXPECT_EQ(book->city("131016").value()->statement_keys(0).statement_types_size(), 7);

  const std::vector<Bytes> strangers{pinned[2]};
  EXPECT_EQ(application::RosterBook::read(*crypto, file("roster.bin"), strangers, 7, now()).error().reason,
            Reason::roster_invalid);
  EXPECT_EQ(application::RosterBook::read(*crypto, file("roster.bin"), pinned, 8, now()).error().reason,
            Reason::roster_stale);
  EXPECT_EQ(application::RosterBook::read(*crypto, file("roster.bin"), pinned, 7, now() + std::chrono::hours{31 * 24})
                .error()
                .reason,
            Reason::roster_stale);
}

TEST_F(Ceremony, ARosterIsNotOverwrittenAndNamesNoKeyOfAnotherCity) {
  make_everything();
  ASSERT_EQ(run("roster --dir roster --config roster.toml --out roster.bin"), 0) << said_;
  EXPECT_EQ(run("roster --dir roster --config roster.toml --out roster.bin"), 1);
  describe_roster("131024");
  EXPECT_EQ(run("roster --dir roster --config roster.toml --out other.bin"), 1);
  EXPECT_THAT(said_, testing::HasSubstr("is not a key of city 131024"));
  EXPECT_EQ(run("roster --dir roster --config roster.toml --out other.bin --days 31"), 2);
  EXPECT_EQ(run("roster --dir roster --config roster.toml --out other.bin --signer roster-1"), 1)
      << "one signature is not enough";
}

}  // namespace
}  // namespace mado
