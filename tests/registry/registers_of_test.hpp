// Registers of one test, in a new database of the kind that the program is about.
#pragma once

#include <gtest/gtest.h>

#include <fstream>

#include "registry/edge/registers.hpp"
#include "sample.hpp"
#include "store/either_database.hpp"
#include "trust/temporary_directory.hpp"

namespace mado::registry {

inline const Instant now{1'800'000'000'000};

inline CardRow card_of(const std::string& person, Bytes serial = {0x01, 0x32}, std::uint8_t key = 0xbb) {
  return {Bytes(20, 0xaa), std::move(serial), Bytes(32, key), person, !is_register_number(person)};
}

inline v1::HouseholdQuery query_of(const CardRow& card, std::vector<v1::RecordKind> records = {}) {
  v1::HouseholdQuery query;
  query.set_issuer_key(string_of(card.issuer_key));
  query.set_serial(string_of(card.serial));
  query.set_public_key_digest(string_of(card.public_key_digest));
  for (const auto record : records) query.add_records(record);
  return query;
}

class RegistersTest : public testing::Test {
 protected:
  using Change = Registers::Change;

  std::unique_ptr<Registers> another() { return std::make_unique<Registers>(open_(Registers::schema())); }
  Outcome<void> change(const std::function<Outcome<void>(Change&)>& work) {
    return registers_->change("test"_point, now, work);
  }
  Outcome<void> put(const std::vector<ResidentRow>& residents, const std::vector<CardRow>& cards = {}) {
    return change([&](Change& c) -> Outcome<void> {
      for (const auto& row : residents) MADO_CHECK(c.put_resident(row));
      for (const auto& card : cards) MADO_CHECK(c.put_card(card));
      return {};
    });
  }
  v1::HouseholdSnapshot read(const CardRow& card, std::vector<v1::RecordKind> records = {}) {
    return registers_->read_household(query_of(card, std::move(records)), now).value();
  }
  std::size_t residents_in_register() {
    std::size_t found = 0;
    const std::lock_guard lock(registers_->database().mutex());
    EXPECT_TRUE(
        registers_->database().query("SELECT count(*) FROM resident WHERE in_force = 1", {},
                                     [&](const store::Row& row) { found = static_cast<std::size_t>(row.integer(0)); }));
    return found;
  }
  std::filesystem::path write(const std::string& name, const std::string& content) {
    std::filesystem::create_directories((directory_ / name).parent_path());
    std::ofstream(directory_ / name, std::ios::binary) << content;
    return directory_ / name;
  }

  trust::TemporaryDirectory directory_;
  store_tests::Opener open_ = store_tests::fresh();
  std::unique_ptr<Registers> registers_ = another();
};

}  // namespace mado::registry
