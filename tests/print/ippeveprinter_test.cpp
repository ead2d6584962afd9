// The judge of the protocol: CUPS' own ippeveprinter, with the demo's printer command behind it.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "kiosk/edge/ipp_printer.hpp"
#include "tests/outside/process.hpp"

namespace mado::kiosk {
namespace {

using namespace std::chrono_literals;
using outside::Process;
using outside::Words;

constexpr auto bus_configuration = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>{}</listen><policy context="default">
<allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/>
</policy></busconfig>)";

const Id issuance = *Id::from_hex_text("00112233445566778899aabbccddeeff");

class IppEvePrinterTest : public testing::Test {
 protected:
  // ippeveprinter wants a system bus even when it announces itself to nobody: it gets a private one.
  void start(const std::string& command) {
    const auto bus = "unix:path=" + (directory_ / "bus");
    outside::write_file(directory_ / "bus.conf", fmt::format(bus_configuration, bus));
    bus_.emplace(Words{"dbus-daemon", "--nofork", "--nopidfile", "--print-address",
                       "--config-file=" + (directory_ / "bus.conf")});
    ASSERT_TRUE(bus_->waits_for_output("unix:path")) << bus_->output();
    std::filesystem::create_directory(directory_ / "printed");
    std::filesystem::create_directory(directory_ / "spool");
    port_ = outside::free_port();
    printer_process_.emplace(Words{"ippeveprinter", "-vv", "-r", "off", "-p", std::to_string(port_), "-n", "localhost",
                                   "-f", "application/pdf", "-2", "-d", directory_ / "spool", "-c", command, "Test"},
                             Words{"DBUS_SYSTEM_BUS_ADDRESS=" + bus, "MADOGUCHI_PRINTED=" + (directory_ / "printed")});
    // It listens first and describes itself afterwards.
    ASSERT_TRUE(printer_process_->waits_for_output("printer-device-id")) << printer_process_->output();
  }

  std::unique_ptr<IppPrinter> printer(std::chrono::milliseconds print_limit = 60s) {
    IppPrinterSettings settings;
    settings.uri = fmt::format("ipp://localhost:{}/ipp/print", port_);
    settings.request_limit = 5s;
    settings.print_limit = print_limit;
    settings.cancel_limit = 2s;
    settings.poll_interval = 20ms;
    return IppPrinter::make(settings).value();
  }

  // A PDF of so many pages, made by qpdf from the smallest one.
  Bytes pdf(int pages) {
    outside::write_file(
        directory_ / "one.pdf",
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n");
    Words words{"qpdf", "--warning-exit-0", "--empty", directory_ / "many.pdf", "--pages"};
    for (int page = 0; page < pages; ++page) words.insert(words.end(), {directory_ / "one.pdf", "1"});
    words.emplace_back("--");
    const auto made = outside::run(words);
    EXPECT_EQ(made.code, 0) << made.output;
    return bytes_of(outside::content_of(directory_ / "many.pdf"));
  }

  outside::TemporaryDirectory directory_;
  std::uint16_t port_ = 0;
  std::optional<Process> bus_;
  std::optional<Process> printer_process_;
};

constexpr auto demo_command = MADOGUCHI_SOURCE_DIR "/script/demo_printer_command";

TEST_F(IppEvePrinterTest, PrintsCountsAndKeepsEveryByte) {
  ASSERT_NO_FATAL_FAILURE(start(demo_command));
  EXPECT_TRUE(printer()->status()->ready);
  const auto document = pdf(6);
  const auto result = printer()->print(issuance, document, 6, nullptr);
  ASSERT_TRUE(result) << result.error().refusal.cause << printer_process_->output();
  EXPECT_EQ(result->impressions_completed, 6U);
  EXPECT_EQ(outside::content_of(directory_ / ("printed/" + issuance.hex() + ".pdf")), string_of(document));
}

TEST_F(IppEvePrinterTest, PrintsOneAfterAnother) {
  ASSERT_NO_FATAL_FAILURE(start(demo_command));
  for (int i = 0; i < 3; ++i) {
    const auto result = printer()->print(issuance, pdf(2), 2, nullptr);
    ASSERT_TRUE(result) << result.error().refusal.cause;
  }
}

TEST_F(IppEvePrinterTest, AnotherCountThanExpectedIsNoProof) {
  ASSERT_NO_FATAL_FAILURE(start(demo_command));
  const auto result = printer()->print(issuance, pdf(4), 6, nullptr);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_EQ(result.error().impressions_completed, 4U);
  EXPECT_TRUE(result.error().unknown);
}

TEST_F(IppEvePrinterTest, ACommandThatFailsAbortsTheJob) {
  ASSERT_NO_FATAL_FAILURE(start("/bin/false"));
  const auto result = printer()->print(issuance, pdf(1), 1, nullptr);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_TRUE(result.error().accepted);
}

TEST_F(IppEvePrinterTest, AJobThatTheCommandDoesNotCountIsUnconfirmed) {
  ASSERT_NO_FATAL_FAILURE(start("/bin/true"));
  const auto result = printer()->print(issuance, pdf(1), 1, nullptr);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_TRUE(result.error().unknown);
}

TEST_F(IppEvePrinterTest, OutOfPaperMidJobIsSeen) {
  const auto command = directory_ / "empty";
  outside::write_file(command,
                      "#!/bin/sh\necho 'ATTR: job-impressions=6 job-impressions-completed=2' >&2\n"
                      "echo 'STATE: +media-empty-error' >&2\nexec tail --pid=$PPID -f /dev/null\n");
  std::filesystem::permissions(command, std::filesystem::perms::owner_all);
  ASSERT_NO_FATAL_FAILURE(start(command));
  const auto result = printer()->print(issuance, pdf(6), 6, nullptr);
  ASSERT_FALSE(result);
  EXPECT_EQ(code_of(result.error().refusal.reason), code_of(Reason::printer_out_of_paper))
      << result.error().refusal.cause;
  EXPECT_EQ(result.error().impressions_completed, 2U);
  EXPECT_TRUE(result.error().unknown) << "its Cancel-Job does not end the command";
}

TEST_F(IppEvePrinterTest, KilledMidJobLeavesItUnknown) {
  const auto command = directory_ / "endless";
  outside::write_file(command,
                      "#!/bin/sh\necho 'ATTR: job-impressions=6 job-impressions-completed=1' >&2\n"
                      "exec tail --pid=$PPID -f /dev/null\n");
  std::filesystem::permissions(command, std::filesystem::perms::owner_all);
  ASSERT_NO_FATAL_FAILURE(start(command));
  const auto result =
      printer(5s)->print(issuance, pdf(6), 6, [&](PrintProgress) { printer_process_->signal(SIGKILL); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().refusal.reason, Reason::print_unconfirmed);
  EXPECT_EQ(result.error().impressions_completed, 1U);
  EXPECT_TRUE(result.error().unknown);
}

}  // namespace
}  // namespace mado::kiosk
