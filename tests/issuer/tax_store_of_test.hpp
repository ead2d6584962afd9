// A tax store in a directory of one test's own, and what is looked at beside it: raw files, and a process that is
// killed at a crash point.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "issuer/edge/tax_roll_over.hpp"
#include "issuer/edge/tax_store.hpp"
#include "tax_sample.hpp"
#include "tests/trust/temporary_directory.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::issuer {

inline constexpr Instant tax_now{1'793'000'000'000};  // 2026-10-26

class TaxStoreTest : public testing::Test {
 protected:
  std::unique_ptr<TaxStore> open(const std::string& city = "131016") {
    return TaxStore::open({directory_ / "tax.db", city, Sensitive<Bytes>{wrapping_key_}}, *crypto_).value();
  }
  // The records of `count` people from `first` on, in pages of two.
  static void link(TaxStore& store, std::uint32_t year, int count, int first = 1) {
    auto pass = store.resume(year, tax_now).value();
    for (int at = 0; at < count || at == 0; at += 2) {
      std::vector<v1::TaxRecord> records;
      for (int i = at; i < std::min(count, at + 2); ++i) records.push_back(tax_record(first + i, year));
      ASSERT_TRUE(store.keep(pass, tax_page(records, at + 2 >= count, 1)));
    }
  }
  static std::string name_found(TaxStore& store, int sequence) {
    auto answer = store.find(tax_person(sequence)).value();
    return answer.record ? answer.record->reveal().name() : "";
  }

  // Every file of the store, as it lies on the disk: {name, content}.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      found[entry.path().filename()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return found;
  }
  // The files that hold one of the markers.
  std::vector<std::string> files_with(const std::vector<std::string>& markers) const {
    std::vector<std::string> found;
    for (const auto& [name, content] : files()) {
      for (const auto& marker : markers)
        if (content.find(marker) != std::string::npos) found.push_back(name);
    }
    return found;
  }
  // What tells of a person, in the forms in which it could lie there.
  static std::vector<std::string> markers_of(int sequence, std::uint32_t year) {
    const auto record = tax_record(sequence, year);
    return {record.resident(), record.name(), record.address(), to_hex(view_of(record.resident()))};
  }
  // The key file of a year, in the two parts of which each alone would tell: generation and wrapped key.
  std::vector<std::string> markers_of_key(std::uint32_t year) const {
    const auto content = files().at(fmt::format("tax.db.{}.key", year));
    return {content.substr(0, 16), content.substr(28, 32)};
  }
  // What the rows of a year hold, encrypted as they are.
  std::vector<std::string> markers_of_rows(std::uint32_t year) {
    std::vector<std::string> found;
    const auto store = open();
    const std::lock_guard lock(store->database().mutex());
    EXPECT_TRUE(store->database().query("SELECT name, body FROM record WHERE year = ?", {std::int64_t{year}},
                                        [&](const store::Row& row) {
                                          found.push_back(string_of(row.blob(0)));
                                          found.push_back(string_of(ByteView(row.blob(1)).subspan(12, 64)));
                                        }));
    return found;
  }

  // Whether a process that does `work` with the store is killed at the point. Nobody may have the store open.
  bool is_killed_at(const std::string& point, const std::function<void(TaxStore&)>& work) {
    const auto process = fork();
    if (process == 0) {
      std::ofstream(order_file()) << point;
      const auto store = open();
      work(*store);
      std::_Exit(0);
    }
    int status = 0;
    EXPECT_EQ(waitpid(process, &status, 0), process);
    std::ofstream(order_file(), std::ios::trunc).flush();
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }
  // Every crash point is armed by this file (tests/issuer/tax_main.cpp names it).
  static std::string order_file() { return std::string(std::getenv("MADOGUCHI_KILL_AT")).substr(1); }

  trust::TemporaryDirectory directory_;
  std::unique_ptr<trust::Cryptography> crypto_ = trust::make_openssl_cryptography();
  Bytes wrapping_key_ = crypto_->random(tax_key_size);
};

}  // namespace mado::issuer
