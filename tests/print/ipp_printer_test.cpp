// The kiosk's printer against one that goes wrong on purpose: each fault has its classification, and the flags that
// decide about money are right.
#include "kiosk/edge/ipp_printer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/outside/process.hpp"

namespace mado::kiosk {
namespace {

using namespace std::chrono_literals;
using outside::Process;
using outside::Words;

constexpr std::uint32_t pages = 6;
const Bytes document(200'000, 0x25);
const Id issuance = *Id::from_hex_text("00112233445566778899aabbccddeeff");

class IppPrinterTest : public testing::Test {
 protected:
  void start(Words options) {
    Words words{"python3", MADOGUCHI_SOURCE_DIR "/tests/print/fault_printer.py", "--pages", std::to_string(pages)};
    words.insert(words.end(), options.begin(), options.end());
    process_.emplace(words);
    ASSERT_TRUE(process_->waits_for_output(".\n")) << process_->output();
    const auto& said = process_->output();
    port_ = said.substr(9, said.find('.') - 9);  // "ready on 12345."
  }

  std::unique_ptr<IppPrinter> printer(std::chrono::milliseconds print_limit = 30s) {
    IppPrinterSettings settings;
    settings.uri = "ipp://127.0.0.1:" + port_ + "/ipp/print";
    settings.request_limit = 2s;
    settings.print_limit = print_limit;
    settings.cancel_limit = 4s;
    settings.poll_interval = 5ms;
    return IppPrinter::make(settings).value();
  }

  std::expected<PrintResult, Printer::Failure> print(std::chrono::milliseconds print_limit = 30s) {
    return printer(print_limit)->print(issuance, document, pages, [this](PrintProgress progress) {
      progress_.push_back(progress.impressions_completed);
    });
  }

  std::string seen() { return outside::run({"curl", "--silent", "http://127.0.0.1:" + port_ + "/seen"}).output; }

  std::optional<Process> process_;
  std::string port_ = "1";
  std::vector<std::uint32_t> progress_;
};

TEST_F(IppPrinterTest, CountsEverySheetBeforeItSaysThatItIsPrinted) {
  ASSERT_NO_FATAL_FAILURE(start({}));
  const auto result = print();
  ASSERT_TRUE(result) << result.error().refusal.cause;
  EXPECT_EQ(result->impressions_completed, pages);
  EXPECT_TRUE(std::is_sorted(progress_.begin(), progress_.end()));
  EXPECT_EQ(progress_.back(), pages);
  const auto status = printer()->status().value();
  EXPECT_TRUE(status.ready);
  EXPECT_TRUE(status.counts);
  EXPECT_EQ(status.impressions, pages);
}

TEST_F(IppPrinterTest, SendsTheDocumentUnchangedNamedAfterTheIssuanceAndNothingElse) {
  ASSERT_NO_FATAL_FAILURE(start({}));
  ASSERT_TRUE(print());
  const auto what = seen();
  EXPECT_NE(what.find(issuance.hex()), std::string::npos) << what;
  EXPECT_NE(what.find("iso_a4_210x297mm"), std::string::npos) << what;
  EXPECT_NE(what.find("one-sided"), std::string::npos) << what;
  outside::TemporaryDirectory directory;
  outside::write_file(directory / "document", string_of(document));
  const auto digest = outside::run({"sha256sum", directory / "document"}).output.substr(0, 64);
  EXPECT_NE(what.find(digest), std::string::npos) << what;
}

struct FaultRow {
  Words options;
  Reason reason;
  bool accepted;
  std::uint32_t impressions;
  bool unknown;
};

TEST_F(IppPrinterTest, EveryFaultHasItsClassification) {
  const FaultRow table[] = {
      {{"--stopped"}, Reason::printer_not_ready, false, 0, false},
      {{"--queued", "1"}, Reason::printer_not_ready, false, 0, false},
      {{"--fault", "refuses-create"}, Reason::printer_not_ready, false, 0, false},
      {{"--fault", "refuses-document"}, Reason::printer_not_ready, false, 0, false},
      {{"--fault", "breaks-document"}, Reason::print_unconfirmed, true, 0, false},
      {{"--fault", "media-empty", "--page", "1"}, Reason::printer_out_of_paper, true, 0, false},
      {{"--fault", "media-empty", "--page", "3"}, Reason::printer_out_of_paper, true, 2, false},
      {{"--fault", "media-jam", "--page", "2"}, Reason::printer_jammed, true, 1, true},
      {{"--fault", "marker-empty", "--page", "2"}, Reason::print_unconfirmed, true, 1, false},
      {{"--fault", "aborted", "--page", "2"}, Reason::print_unconfirmed, true, 1, false},
      {{"--fault", "cancel-refused", "--page", "2"}, Reason::print_unconfirmed, true, 1, true},
      {{"--fault", "without-counting"}, Reason::print_unconfirmed, true, 0, true},
      {{"--fault", "counts-too-many"}, Reason::print_unconfirmed, true, 7, true},
      {{"--fault", "with-errors"}, Reason::print_unconfirmed, true, 6, true},
      {{"--fault", "empty-afterwards"}, Reason::printer_out_of_paper, true, 6, true},
  };
  for (const auto& row : table) {
    ASSERT_NO_FATAL_FAILURE(start(row.options));
    const auto result = print();
    const auto name = row.options.back() + " " + row.options.at(row.options.size() > 1 ? 1 : 0);
    ASSERT_FALSE(result) << name;
    const auto& failure = result.error();
    EXPECT_EQ(code_of(failure.refusal.reason), code_of(row.reason)) << name << ": " << failure.refusal.cause;
    EXPECT_EQ(failure.accepted, row.accepted) << name << ": " << failure.refusal.cause;
    EXPECT_EQ(failure.impressions_completed, row.impressions) << name << ": " << failure.refusal.cause;
    EXPECT_EQ(failure.unknown, row.unknown) << name << ": " << failure.refusal.cause;
  }
}

TEST_F(IppPrinterTest, APrinterThatForgetsTheJobLeavesItUnknown) {
  ASSERT_NO_FATAL_FAILURE(start({"--fault", "forgets", "--page", "3", "--page-time", "0.1"}));
  const auto result = print();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_TRUE(result.error().accepted);
  EXPECT_TRUE(result.error().unknown);
  EXPECT_LE(result.error().impressions_completed, 2U);
}

TEST_F(IppPrinterTest, APrinterThatHangsLeavesItUnknownWithinTheLimit) {
  ASSERT_NO_FATAL_FAILURE(start({"--fault", "hangs", "--page", "2"}));
  const auto begun = std::chrono::steady_clock::now();
  const auto result = print(1s);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_TRUE(result.error().accepted);
  EXPECT_TRUE(result.error().unknown);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s);
}

TEST_F(IppPrinterTest, APrinterThatIsLateIsCancelledAndWhatComesOutAfterwardsIsUnknown) {
  ASSERT_NO_FATAL_FAILURE(start({"--fault", "slow", "--page", "2", "--seconds", "60"}));
  const auto result = print(300ms);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_EQ(result.error().impressions_completed, 1U);
  EXPECT_TRUE(result.error().unknown);
  EXPECT_NE(seen().find(", 8"), std::string::npos) << "Cancel-Job was sent";
}

TEST_F(IppPrinterTest, APrinterThatFinishesWhileItIsBeingCancelledHasPrinted) {
  ASSERT_NO_FATAL_FAILURE(start({"--fault", "slow", "--page", "2", "--seconds", "1"}));
  const auto result = print(300ms);
  ASSERT_TRUE(result) << result.error().refusal.cause;
  EXPECT_EQ(result->impressions_completed, pages);
}

TEST_F(IppPrinterTest, NobodyThereIsNotCharged) {
  port_ = std::to_string(outside::free_port());
  const auto result = print();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::printer_unreachable);
  EXPECT_FALSE(result.error().accepted);
  EXPECT_EQ(printer()->status().error().reason, Reason::printer_unreachable);
}

TEST_F(IppPrinterTest, APrinterThatIsSilentFromTheStartIsUnreachable) {
  ASSERT_NO_FATAL_FAILURE(start({}));
  process_->signal(SIGSTOP);
  const auto result = print();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::printer_unreachable);
  EXPECT_FALSE(result.error().accepted);
}

TEST_F(IppPrinterTest, SaysWhyItIsNotReady) {
  ASSERT_NO_FATAL_FAILURE(start({"--queued", "2"}));
  const auto status = printer()->status().value();
  EXPECT_FALSE(status.ready);
  EXPECT_EQ(status.queued_jobs, 2U);
  EXPECT_EQ(status.reason, Reason::printer_not_ready);
}

TEST_F(IppPrinterTest, RefusesAnAddressThatIsNoPrinters) {
  for (const auto* uri :
       {"", "printer", "http://127.0.0.1/ipp/print", "ipp://", "ipp://user:word@127.0.0.1/ipp/print"}) {
    IppPrinterSettings settings;
    settings.uri = uri;
    EXPECT_EQ(IppPrinter::make(settings).error().reason, Reason::configuration_invalid) << uri;
  }
}

// The fault printer itself is judged: CUPS' ipptool takes its answers for IPP.
TEST_F(IppPrinterTest, TheFaultPrinterSpeaksIpp) {
  ASSERT_NO_FATAL_FAILURE(start({"--fault", "media-jam"}));
  outside::TemporaryDirectory directory;
  outside::write_file(directory / "look.test",
                      "{ NAME \"look\" OPERATION Get-Printer-Attributes GROUP operation-attributes-tag\n"
                      "ATTR charset attributes-charset utf-8 ATTR language attributes-natural-language en\n"
                      "ATTR uri printer-uri $uri\nSTATUS successful-ok\n"
                      "EXPECT printer-state OF-TYPE enum IN-GROUP printer-attributes-tag WITH-VALUE 3\n"
                      "EXPECT printer-state-reasons OF-TYPE keyword IN-GROUP printer-attributes-tag\n"
                      "EXPECT queued-job-count OF-TYPE integer IN-GROUP printer-attributes-tag WITH-VALUE 0 }\n");
  const auto judged =
      outside::run({"ipptool", "-t", "ipp://127.0.0.1:" + port_ + "/ipp/print", directory / "look.test"});
  EXPECT_EQ(judged.code, 0) << judged.output;
}

}  // namespace
}  // namespace mado::kiosk
