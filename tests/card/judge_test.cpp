// Outside judges: OpenSC, which knows real My Number Cards, and openssl look at our card through a pcscd of our own;
// our PC/SC reader looks at it on the same way.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <optional>

#include "card/direct_reader.hpp"
#include "card/jpki_card.hpp"
#include "card/pcsc_reader.hpp"
#include "tests/outside/process.hpp"

namespace mado::card {
namespace {

using namespace std::chrono_literals;
using outside::Process;
using outside::Words;

constexpr auto vpcd_driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

class CardJudge : public testing::Test {
 protected:
  void SetUp() override {
    make_card();
    ASSERT_TRUE(start_pcscd()) << "pcscd cannot be run (script/bootstrap): " << pcscd_->output();
  }

  void ok(const Words& words) {
    const auto result = outside::run(words);
    ASSERT_EQ(result.code, 0) << fmt::format("{}\n", fmt::join(words, " ")) << result.output;
  }

  // Keys by our program, certificates by the openssl command.
  void make_card() {
    ok({MADOGUCHI_CARD, "make", "--state", state_, "--pin", "1234", "--signature-pin", "ABC123", "--public-out",
        directory_.path()});
    for (const std::string slot : {"authentication", "signature"}) certify(slot);
    ok({MADOGUCHI_CARD, "install", "--state", state_, "--authentication-certificate", directory_ / "authentication.der",
        "--authentication-authority", directory_ / "authentication-ca.der", "--signature-certificate",
        directory_ / "signature.der", "--signature-authority", directory_ / "signature-ca.der"});
  }

  void certify(const std::string& slot) {
    const auto file = [&](const std::string& ending) { return directory_ / (slot + ending); };
    ok({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", file("-ca.key"), "-out", file("-ca.pem"),
        "-days", "30", "-subj", "/C=JP/O=Test CA/OU=" + slot});
    ok({"openssl", "x509", "-in", file("-ca.pem"), "-outform", "der", "-out", file("-ca.der")});
    ok({"openssl", "pkey", "-pubin", "-inform", "der", "-in", file(".spki.der"), "-out", file(".pem")});
    ok({"openssl", "req", "-new", "-key", file("-ca.key"), "-subj", "/C=JP/CN=" + slot, "-out", file(".csr")});
    ok({"openssl", "x509", "-req", "-in", file(".csr"), "-CA", file("-ca.pem"), "-CAkey", file("-ca.key"),
        "-CAcreateserial", "-force_pubkey", file(".pem"), "-days", "30", "-outform", "der", "-out", file(".der")});
  }

  // The driver takes a port for each of its two slots. pcscd has said that it is ready once its socket takes calls.
  bool start_pcscd() {
    vpcd_port_ = outside::free_port();
    outside::write_file(
        directory_ / "reader.conf",
        fmt::format("FRIENDLYNAME \"Madoguchi Test\"\nDEVICENAME /dev/null:{0:#x}\nLIBPATH {1}\nCHANNELID {0:#x}\n",
                    vpcd_port_, vpcd_driver));
    pcscd_.emplace(Words{"pcscd", "--foreground", "--info", "--config", directory_ / "reader.conf"});
    return pcscd_->waits_for_output("pcsc-lite", 10s) && pcscd_->waits_for_output("daemon ready", 10s);
  }

  void start_card() {
    control_port_ = outside::free_port();
    const auto status_port = control_port_ + 1;
    direct_port_ = outside::free_port();
    outside::write_file(directory_ / "card.toml",
                        fmt::format("[card]\nstate = \"card\"\nplaced = true\n[direct]\nlisten = \"127.0.0.1:{}\"\n"
                                    "[vpcd]\nconnect = \"127.0.0.1:{}\"\n[control]\nlisten = \"127.0.0.1:{}\"\n"
                                    "[status]\nlisten = \"127.0.0.1:{}\"\n",
                                    direct_port_, vpcd_port_, control_port_, status_port));
    card_.emplace(Words{MADOGUCHI_CARD, "--config", directory_ / "card.toml"});
    ASSERT_TRUE(card_->waits_for_output("\"started\"")) << card_->output();
    wait_for_card(true);
  }

  void wait_for_card(bool present) {
    const auto seen = reader_.wait_until(present, 20s);
    ASSERT_TRUE(seen && *seen) << "pcscd never saw the card " << (present ? "come" : "go") << "\n" << pcscd_->output();
  }

  void control(const std::string& path) {
    ok({"curl", "--silent", "--fail", "-X", "POST", fmt::format("http://127.0.0.1:{}{}", control_port_, path)});
  }

  std::string signed_by_opensc(const std::string& slot_index, const std::string& pin, const std::string& id,
                               const std::string& key) {
    outside::write_file(directory_ / "message", "what is signed");
    ok({"pkcs11-tool", "--login", "--pin", pin, "--slot-index", slot_index, "--id", id, "--sign", "-m",
        "SHA256-RSA-PKCS", "-i", directory_ / "message", "-o", directory_ / "signed"});
    return outside::run({"openssl", "dgst", "-sha256", "-verify", directory_ / (key + ".pem"), "-signature",
                         directory_ / "signed", directory_ / "message"})
        .output;
  }

  outside::TemporaryDirectory directory_;
  std::string state_ = directory_ / "card";
  std::uint16_t vpcd_port_ = 0;
  std::uint16_t direct_port_ = 0;
  std::uint16_t control_port_ = 0;
  std::optional<Process> pcscd_;
  std::optional<Process> card_;
  PcscReader reader_{{"Madoguchi Test 00 00", true}};
};

TEST_F(CardJudge, OpenScKnowsItAsAMyNumberCardAndSignsWithBothKeys) {
  start_card();
  EXPECT_NE(outside::run({"opensc-tool", "-n"}).output.find("jpki"), std::string::npos);
  const auto dump = outside::run({"pkcs15-tool", "--dump"}).output;
  EXPECT_NE(dump.find("User Authentication PIN"), std::string::npos) << dump;
  EXPECT_NE(dump.find("Digital Signature PIN"), std::string::npos) << dump;
  EXPECT_EQ(signed_by_opensc("0", "1234", "01", "authentication"), "Verified OK\n");
  EXPECT_EQ(signed_by_opensc("1", "ABC123", "02", "signature"), "Verified OK\n");
}

TEST_F(CardJudge, OurReaderSeesTheSameCardByPcSc) {
  start_card();
  const auto expected = outside::content_of(directory_ / "authentication.der");
  {
    auto card = JpkiCard::begin(reader_).value();
    EXPECT_EQ(card.label().value(), "JPKIAPICCTOKEN2");
    EXPECT_EQ(card.verify(jpki::authentication, Sensitive{std::string("0000")}).error().tries_left, 2U);
    ASSERT_TRUE(card.verify(jpki::authentication, Sensitive{std::string("1234")}));
    EXPECT_EQ(string_of(card.read_certificate(jpki::authentication).value()), expected);
    EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1))->size(), 256U);
    PcscReader other{{"", true}};
    EXPECT_EQ(other.power_on().error().reason, Reason::card_no_answer) << "the session is ours alone";

    control("/remove");
    EXPECT_EQ(card.sign(jpki::authentication, Bytes(51, 1)).error().reason, Reason::card_removed_early);
  }
  wait_for_card(false);
  EXPECT_EQ(reader_.power_on().error().reason, Reason::card_removed_early);
  control("/place");
  wait_for_card(true);
  auto again = JpkiCard::begin(reader_).value();
  EXPECT_EQ(again.tries_left(jpki::authentication).value(), 3U);
  EXPECT_EQ(PcscReader({"No such reader", true}).card_present().error().reason, Reason::card_no_answer);
}

TEST_F(CardJudge, ThreeWrongPinsBlockItAlsoAfterItIsKilledAndStartedAgain) {
  start_card();
  for (int i = 0; i < 3; ++i) {
    EXPECT_NE(outside::run({"pkcs11-tool", "--login", "--pin", "9999", "--slot-index", "0", "--list-objects"}).code, 0);
  }
  card_->signal(SIGKILL);
  card_->wait();
  wait_for_card(false);
  start_card();
  auto card = JpkiCard::begin(reader_).value();
  EXPECT_EQ(card.tries_left(jpki::authentication).value(), 0U);
  EXPECT_EQ(card.verify(jpki::authentication, Sensitive{std::string("1234")}).error().refusal.reason,
            Reason::pin_blocked);
  EXPECT_TRUE(card.verify(jpki::signature, Sensitive{std::string("ABC123")})) << "the other PIN lives on";
}

TEST_F(CardJudge, ATryIsSpentEvenIfTheCardIsKilledBeforeItAnswers) {
  outside::write_file(directory_ / "faults", "ins 20 pull_out_after\n");
  start_card();
  ok({"curl", "--silent", "--fail", "--data-binary", "@" + (directory_ / "faults"),
      fmt::format("http://127.0.0.1:{}/faults", control_port_)});
  auto direct = DirectReader::make(fmt::format("127.0.0.1:{}", direct_port_), 20s).value();
  {
    auto card = JpkiCard::begin(*direct).value();
    EXPECT_EQ(card.verify(jpki::authentication, Sensitive{std::string("9999")}).error().refusal.reason,
              Reason::card_removed_early);
  }
  card_->signal(SIGKILL);
  card_->wait();
  start_card();
  const auto state = outside::run({"curl", "--silent", fmt::format("http://127.0.0.1:{}/state", control_port_)}).output;
  EXPECT_EQ(state, R"({"placed":true,"pin_tries":2,"signature_pin_tries":5})");
}

TEST_F(CardJudge, ACardBeingServedIsNotChangedAndAStrangersCertificateIsRefused) {
  start_card();
  const Words install{MADOGUCHI_CARD,
                      "install",
                      "--state",
                      state_,
                      "--authentication-certificate",
                      directory_ / "signature.der",
                      "--authentication-authority",
                      directory_ / "signature-ca.der"};
  EXPECT_EQ(outside::run(install).code, 1);
  card_->signal(SIGTERM);
  EXPECT_EQ(card_->wait(), 0) << card_->output();
  const auto refused = outside::run(install);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.output.find("another key"), std::string::npos) << refused.output;
}

}  // namespace
}  // namespace mado::card
