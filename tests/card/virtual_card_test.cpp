#include "card/virtual_card/virtual_card.hpp"

#include <gtest/gtest.h>

#include "tests/card/specimen_card.hpp"

namespace mado::card {
namespace {

const std::string select_jpki = "00a4040c0ad392f000260100000001";
const std::string verify_1234 = "002000800431323334";
const std::string verify_9999 = "002000800439393939";
const std::string verify_abc123 = "0020008006414243313233";
const std::string verify_wrong_signature_pin = "0020008006585858585858";

class VirtualCardTest : public testing::Test {
 protected:
  std::string send(const std::string& command) { return to_hex(card_.answer(from_hex(command).value())); }
  // The status alone.
  std::string status(const std::string& command) {
    const auto answer = send(command);
    return answer.substr(answer.size() - 4);
  }
  std::string select(std::uint16_t file) {
    return status("00a4020c02" + to_hex(Bytes{0, static_cast<std::uint8_t>(file)}));
  }

  RememberedMemory memory_;
  VirtualCard card_ = VirtualCard::open(specimen_memory(), memory_).value();
};

// A state machine as a table: the commands before, the command, the status.
struct Step {
  const char* says;
  std::vector<std::string> before;
  std::string command;
  const char* status;
};

TEST_F(VirtualCardTest, AnswersByItsState) {
  const std::string auth_pin = "00a4020c020018", auth_key = "00a4020c020017", sign_pin = "00a4020c02001b";
  const std::string sign_cert = "00a4020c020001", auth_cert = "00a4020c02000a";
  const std::string read = "00b0000004", sign = "802a008001aa00", query = "00200080";
  const std::vector<Step> table = {
      {"no application yet: no file", {}, auth_pin, "6a82"},
      {"no application yet: nothing to read", {}, read, "6986"},
      {"no application yet: no PIN", {}, "00200098", "6a88"},
      {"another application", {}, "00a4040c0ad3921000310001010408", "6a82"},
      {"a prefix of the application's name is not its name", {}, "00a4040c05d392f00026", "6a82"},
      {"the application", {}, select_jpki, "9000"},
      {"master file by empty name", {select_jpki}, "00a40000", "6a86"},
      {"master file by name", {select_jpki}, "00a40000023f00", "6a82"},
      {"selected, but no file", {select_jpki}, read, "6986"},
      {"a file that does not exist", {select_jpki}, "00a4020c020099", "6a82"},
      {"a missing file leaves the current one", {select_jpki, auth_cert, "00a4020c020099"}, read, "9000"},
      {"certificate for authentication, free", {select_jpki, auth_cert}, read, "9000"},
      {"certificate for signature, without PIN", {select_jpki, sign_cert}, read, "6982"},
      {"… with the other PIN", {select_jpki, auth_pin, verify_1234, sign_cert}, read, "6982"},
      {"… with its PIN", {select_jpki, sign_pin, verify_abc123, sign_cert}, read, "9000"},
      {"a PIN cannot be read", {select_jpki, auth_pin}, read, "6981"},
      {"a key cannot be read", {select_jpki, auth_key}, read, "6981"},
      {"reading past the end", {select_jpki, auth_cert}, "00b0076c01", "6b00"},
      {"reading without Le", {select_jpki, auth_cert}, "00b00000", "6700"},
      {"tries, authentication", {select_jpki, auth_pin}, query, "63c3"},
      {"tries, signature", {select_jpki, sign_pin}, query, "63c5"},
      {"tries are told even when verified", {select_jpki, auth_pin, verify_1234}, query, "63c3"},
      {"tries by short identifier", {select_jpki}, "0020009b", "63c5"},
      {"tries, with a trailing Le", {select_jpki, auth_pin}, "0020008000", "63c3"},
      {"VERIFY of what is no PIN", {select_jpki, auth_cert}, verify_1234, "6a88"},
      {"a PIN longer than any", {select_jpki, auth_pin}, "0020008011" + std::string(34, '3'), "6700"},
      {"right PIN", {select_jpki, auth_pin}, verify_1234, "9000"},
      {"wrong PIN", {select_jpki, auth_pin}, verify_9999, "63c2"},
      {"signing without PIN", {select_jpki, auth_key}, sign, "6982"},
      {"signing", {select_jpki, auth_pin, verify_1234, auth_key}, sign, "9000"},
      {"signing by short identifier", {select_jpki, auth_pin, verify_1234}, "802a009701aa00", "9000"},
      {"signing after a wrong PIN", {select_jpki, auth_pin, verify_1234, verify_9999, auth_key}, sign, "6982"},
      {"signing after the application is selected again",
       {select_jpki, auth_pin, verify_1234, select_jpki, auth_key},
       sign,
       "6982"},
      {"signing with the other key", {select_jpki, auth_pin, verify_1234}, "802a009a01aa00", "6982"},
      {"signing with what is no key", {select_jpki, auth_pin, verify_1234}, sign, "6a88"},
      {"signing with another padding", {select_jpki, auth_pin, verify_1234, auth_key}, "802a048001aa00", "6a86"},
      {"signing nothing", {select_jpki, auth_pin, verify_1234, auth_key}, "802a0080", "6700"},
      {"the most that can be signed",
       {select_jpki, auth_pin, verify_1234, auth_key},
       "802a0080f5" + std::string(490, '1') + "00",
       "9000"},
      {"more than can be signed",
       {select_jpki, auth_pin, verify_1234, auth_key},
       "802a0080f6" + std::string(492, '1') + "00",
       "6700"},
      {"GET RESPONSE, nothing waits", {select_jpki}, "00c0000000", "6985"},
      {"foreign probe: GET DATA", {}, "00cadf3005", "6d00"},
      {"foreign probe: PIV", {}, "00cb3fff035c017e08", "6d00"},
      {"foreign probe: another name", {}, "00a4040007627601ff000000", "6a82"},
      {"another channel", {}, "01a4040c0ad392f000260100000001", "6881"},
      {"secure messaging", {}, "0c20008000", "6882"},
      {"another class", {}, "90200080", "6e00"},
      {"an instruction of the proprietary class", {}, "80320080", "6d00"},
      {"no APDU", {}, "0020", "6700"},
      {"nothing at all", {}, "", "6700"},
  };
  for (const auto& step : table) {
    card_ = VirtualCard::open(specimen_memory(), memory_).value();
    for (const auto& command : step.before) send(command);
    EXPECT_EQ(status(step.command), step.status) << step.says;
  }
}

TEST_F(VirtualCardTest, GivesTheNameOfTheApplicationIfAsked) {
  EXPECT_EQ(send("00a404000ad392f00026010000000100"), "6f0c840ad392f0002601000000019000");
}

TEST_F(VirtualCardTest, PadsCertificatesWithZerosToTheSizeOfTheirFile) {
  send(select_jpki);
  select(jpki::authentication_certificate);
  const auto file = from_hex(send("00b00000000000")).value();  // extended: everything there is
  ASSERT_EQ(file.size(), jpki::certificate_file_size + 2);
  const auto certificate = looks_like_certificate(1740);
  EXPECT_TRUE(std::equal(certificate.begin(), certificate.end(), file.begin()));
  EXPECT_TRUE(std::all_of(file.begin() + 1740, file.end() - 2, [](std::uint8_t byte) { return byte == 0; }));
  EXPECT_EQ(send("00b08a0004"), "308206c89000") << "by short identifier";
}

TEST_F(VirtualCardTest, DescribesItselfAsATokenOf160Bytes) {
  send(select_jpki);
  select(jpki::token_information);
  const auto file = from_hex(send("00b0000000")).value();
  ASSERT_EQ(file.size(), jpki::token_information_size + 2);
  EXPECT_EQ(string_of(ByteView(file).first(16)), "JPKIAPICCTOKEN2 ");
  EXPECT_EQ(to_hex(ByteView(file).subspan(96, 4)), "0000040d");
}

TEST_F(VirtualCardTest, SaysWhichCertificatesItHas) {
  send(select_jpki);
  select(jpki::availability);
  EXPECT_EQ(send("00b0000000"), "8f8f009000");
  auto child = specimen_memory();  // below 15 years: no certificate for signatures
  child.signature.certificate.clear();
  card_ = VirtualCard::open(std::move(child), memory_).value();
  send(select_jpki);
  select(jpki::availability);
  EXPECT_EQ(send("00b0000000"), "008f009000");
}

TEST_F(VirtualCardTest, ThreeWrongPinsBlockForGood) {
  send(select_jpki);
  select(jpki::authentication_pin);
  EXPECT_EQ(status(verify_9999), "63c2");
  EXPECT_EQ(status(verify_9999), "63c1");
  EXPECT_EQ(status(verify_9999), "63c0");
  EXPECT_EQ(status(verify_1234), "6984") << "the right PIN comes too late";
  EXPECT_EQ(status("00200080"), "63c0");
  card_.reset();
  send(select_jpki);
  select(jpki::authentication_pin);
  EXPECT_EQ(status(verify_1234), "6984");
}

TEST_F(VirtualCardTest, TheSignaturePinHasFiveTriesOfItsOwn) {
  send(select_jpki);
  select(jpki::signature_pin);
  for (const auto* expected : {"63c4", "63c3", "63c2", "63c1"}) EXPECT_EQ(status(verify_wrong_signature_pin), expected);
  EXPECT_EQ(status(verify_abc123), "9000");
  EXPECT_EQ(status("00200080"), "63c5");
  EXPECT_EQ(status("00200098"), "63c3");
}

TEST_F(VirtualCardTest, SpendsATryDurablyBeforeItComparesThePin) {
  send(select_jpki);
  select(jpki::authentication_pin);
  EXPECT_EQ(status(verify_1234), "9000");
  EXPECT_EQ(memory_.written, (std::vector<std::pair<unsigned, unsigned>>{{2, 5}, {3, 5}}));
}

TEST_F(VirtualCardTest, ComparesNothingIfTheTryCannotBeWritten) {
  send(select_jpki);
  select(jpki::authentication_pin);
  memory_.fails = true;
  EXPECT_EQ(status(verify_1234), "6581");
  EXPECT_EQ(status(verify_9999), "6581") << "right and wrong look the same";
  memory_.fails = false;
  EXPECT_EQ(status("00200080"), "63c3");
  select(jpki::authentication_key);
  EXPECT_EQ(status("802a008001aa00"), "6982");
}

TEST_F(VirtualCardTest, ChangesAPinOnlyAfterTheOldOneAndOnlyToOneOfItsForm) {
  send(select_jpki);
  select(jpki::authentication_pin);
  EXPECT_EQ(status("002401800434333231"), "6982");
  send(verify_1234);
  EXPECT_EQ(status("0024018003343332"), "6a80") << "three digits";
  EXPECT_EQ(status("002401800434334141"), "6a80") << "letters";
  EXPECT_EQ(status("002400800434333231"), "6a86") << "old and new together is another form";
  EXPECT_EQ(status("002401800434333231"), "9000");
  EXPECT_EQ(status(verify_1234), "63c2");
  EXPECT_EQ(status("002000800434333231"), "9000");
}

TEST_F(VirtualCardTest, SignsWhatIsAskedAndNothingElse) {
  send(select_jpki);
  select(jpki::authentication_pin);
  send(verify_1234);
  select(jpki::authentication_key);
  const Bytes message = bytes_of("message");
  const auto digest_info = from_hex("3031300d060960864801650304020105000420" + to_hex(sha256(message))).value();
  const auto expected = to_hex(specimen_key().sign(digest_info).value()) + "9000";
  EXPECT_EQ(send("802a008033" + to_hex(digest_info) + "00"), expected) << "a DigestInfo as it is";
  EXPECT_EQ(send("802a028020" + to_hex(sha256(message)) + "00"), expected) << "a digest";
  EXPECT_EQ(send("802a038007" + to_hex(message) + "00"), expected) << "the data";
  EXPECT_EQ(status("802a028010" + to_hex(Bytes(16)) + "00"), "6700") << "no SHA-256 digest";
}

TEST_F(VirtualCardTest, KeepsWhatDoesNotFitForGetResponse) {
  send(select_jpki);
  select(jpki::authentication_pin);
  send(verify_1234);
  select(jpki::authentication_key);
  const auto whole = send("802a008001aa00");
  EXPECT_EQ(send("802a008001aa"), "6100") << "no Le: 256 bytes wait";
  EXPECT_EQ(send("00c0000000"), whole);
  EXPECT_EQ(send("802a008001aaf0"), whole.substr(0, 480) + "6110");
  EXPECT_EQ(send("00c0000010"), whole.substr(480));
  EXPECT_EQ(send("802a008001aa"), "6100");
  send("00200098");
  EXPECT_EQ(send("00c0000000"), "6985") << "another command in between";
}

TEST_F(VirtualCardTest, AnswersAnyBytesWithAStatus) {
  // Every header and a few bodies: no crash, at least two bytes, and no try lost to what is no VERIFY.
  send(select_jpki);
  for (int ins = 0; ins < 256; ++ins) {
    if (ins == 0x20) continue;
    for (const std::size_t size : {4UL, 5UL, 6UL, 7UL, 11UL, 300UL}) {
      Bytes command(size, 0x02);
      command[0] = 0x00;
      command[1] = static_cast<std::uint8_t>(ins);
      EXPECT_GE(card_.answer(command).size(), 2U);
    }
  }
  EXPECT_EQ(card_.authentication_tries(), 3U);
}

}  // namespace
}  // namespace mado::card
