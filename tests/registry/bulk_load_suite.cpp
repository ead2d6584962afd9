// Loading from files, over both kinds of database: everything under one number, or nothing and a sentence that says
// where.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "registers_of_test.hpp"
#include "registry/edge/bulk_load.hpp"
#include "registry/edge/city_files.hpp"
#include "synthetic_city.hpp"

namespace mado::registry {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string header(RecordFile file) { return fmt::format("{}\r\n", fmt::join(columns_of(file).header(), ",")); }

struct BulkLoad : RegistersTest {
  void put_file(RecordFile file, const std::vector<std::string>& lines) {
    auto text = header(file);
    for (const auto& line : lines) text += line + "\r\n";
    write("files/" + std::string(name_of(file)), text);
  }
  void residents(const std::vector<ResidentRow>& rows) {
    std::vector<std::string> lines;
    for (const auto& row : rows) lines.push_back(write_resident(row));
    put_file(RecordFile::residents, lines);
  }
  Outcome<LoadCount> load() {
    MADO_TRY(files, BulkFiles::in(directory_ / "files"));
    return load_files(*registers_, files, now, [](std::string_view, double, std::uint64_t) {});
  }
  void is_refused(const std::string& cause, const std::string& why = {}) {
    const auto refused = load();
    ASSERT_FALSE(refused) << why;
    EXPECT_EQ(refused.error().reason, Reason::input_invalid) << why;
    EXPECT_THAT(refused.error().cause, StartsWith(cause)) << why;
    EXPECT_EQ(registers_->feed_position().value(), 0U);
    EXPECT_EQ(residents_in_register(), 0U) << why;
  }
  static std::string line(RecordFile file, const Keys& keys, const google::protobuf::Message& record) {
    return columns_of(file).write(keys, record);
  }
  // One of everything.
  void whole_city() {
    auto foreigner = resident(1, 1);
    foreigner.resident.mutable_foreign()->set_category(v1::RESIDENCE_CATEGORY_SPECIAL_PERMANENT);
    residents({resident(0, 0), foreigner});
    v1::AliasRecord alias;
    alias.set_alias("長谷川　玉子");
    alias.mutable_recorded()->set_day("2015-04-01");
    put_file(RecordFile::aliases, {line(RecordFile::aliases, {number(1)}, alias)});
    v1::Change moved;
    moved.set_reason("転居");
    moved.set_item("住所");
    moved.mutable_changed()->set_day("2019-05-01");
    put_file(RecordFile::changes,
             {line(RecordFile::changes, {number(0)}, moved), line(RecordFile::changes, {number(0)}, moved)});
    write("files/seals/0001.pbm", seal_image());
    auto without_image = seal();
    without_image.clear_image();
    put_file(RecordFile::seals, {line(RecordFile::seals, {number(0), "seals/0001.pbm"}, without_image)});
    put_family_register(family_register("K1", number(0)));
    put_supplement(supplement(family_register("K1", number(0))));
    put_file(RecordFile::cards, {write_card(card_of(number(0))), write_card(card_of("K1-2", {0x02}))});
    put_file(RecordFile::suppressions, {"K1-2,family_registers,blocked"});
    put_file(RecordFile::tax_records, {line(RecordFile::tax_records, {}, tax_record(0, 2025)),
                                       line(RecordFile::tax_records, {}, tax_record(0, 2026))});
    put_file(RecordFile::tax_amounts, {fmt::format("2025,{},incomes,salary_income,5000000", number(0)),
                                       fmt::format("2026,{},incomes,salary_income,5100000", number(0)),
                                       fmt::format("2026,{},persons,general_dependants,1", number(0))});
  }
  static std::vector<std::string> entry_lines(const std::string& number, const std::string& person,
                                              const google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries) {
    std::vector<std::string> lines;
    for (int i = 0; i < entries.size(); ++i) {
      for (const auto& item : entries[i].items())
        lines.push_back(line(RecordFile::family_register_entries,
                             {number, person, std::to_string(i + 1), entries[i].label(), "1"}, item));
    }
    return lines;
  }
  void put_family_register(const v1::FamilyRegister& record) {
    std::vector<std::string> persons;
    auto entries = entry_lines(record.number(), "", record.matters());
    for (const auto& person : record.persons()) {
      persons.push_back(line(RecordFile::family_register_persons, {record.number()}, person));
      for (auto& each : entry_lines(record.number(), person.number(), person.entries()))
        entries.push_back(std::move(each));
    }
    put_file(RecordFile::family_registers, {line(RecordFile::family_registers, {}, record)});
    put_file(RecordFile::family_register_persons, persons);
    put_file(RecordFile::family_register_entries, entries);
  }
  void put_supplement(const v1::RegisterSupplement& record) {
    std::vector<std::string> persons;
    std::vector<std::string> addresses;
    for (const auto& person : record.persons()) {
      persons.push_back(line(RecordFile::supplement_persons, {record.number()}, person));
      for (const auto& address : person.addresses())
        addresses.push_back(line(RecordFile::supplement_addresses, {record.number(), person.number()}, address));
    }
    put_file(RecordFile::supplements, {line(RecordFile::supplements, {}, record)});
    put_file(RecordFile::supplement_persons, persons);
    put_file(RecordFile::supplement_addresses, addresses);
  }
};

TEST_F(BulkLoad, EveryRegisterComesFromItsFilesUnderOneNumber) {
  whole_city();
  const auto count = load();
  ASSERT_TRUE(count) << count.error().cause;
  EXPECT_EQ(count->rows.at(RecordFile::residents), 2U);
  EXPECT_EQ(count->households, 2U);
  EXPECT_EQ(registers_->feed_position().value(), 1U) << "one load is one change";
  const auto snapshot =
      read(card_of(number(0)), {v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT});
  EXPECT_EQ(snapshot.household().members(0).changes_size(), 2);
  EXPECT_EQ(snapshot.seal().SerializeAsString(), seal_of(number(0)).SerializeAsString());
  EXPECT_EQ(snapshot.supplement().SerializeAsString(),
            supplement(family_register("K1", number(0))).SerializeAsString());
  auto expected = family_register("K1", number(0));
  expected.mutable_persons(1)->add_suppressions(v1::SUPPRESSION_BLOCKED);
  EXPECT_EQ(snapshot.family_register().SerializeAsString(), expected.SerializeAsString());
  EXPECT_EQ(read(card_of("K1-2", {0x02})).mapping(), v1::CARD_MAPPING_FOUND);
}

TEST_F(BulkLoad, TheSameFilesAgainAddNoState) {
  whole_city();
  ASSERT_TRUE(load());
  ASSERT_TRUE(load());
  std::int64_t rows = 0;
  for (const auto* table :
       {"resident", "household", "seal", "family_register", "supplement", "tax_record", "card", "suppression"}) {
    ASSERT_TRUE(registers_->database().query(fmt::format("SELECT count(*) FROM {}", table), {},
                                             [&](const store::Row& row) { rows += row.integer(0); }));
  }
  EXPECT_EQ(rows, 2 + 2 + 1 + 1 + 1 + 2 + 2 + 1);
}

TEST_F(BulkLoad, ABadFileOfResidentsIsRefusedWholeWithItsLine) {
  auto elsewhere = resident(2, 0, "子");
  elsewhere.address = "東京都千代田区緑町";
  std::vector<ResidentRow> crowd{resident(0, 0)};
  for (int i = 1; i <= 64; ++i) crowd.push_back(resident(i, 0, "同居人"));
  struct Bad {
    const char* name;
    std::vector<ResidentRow> rows;
    const char* cause;
  };
  const std::vector<Bad> files{
      {"no head",
       {resident(0, 0), resident(1, 1, "妻"), resident(2, 1, "子")},
       "residents.csv: line 3, column 1 (世帯番号): the household has 0 heads"},
      {"two heads",
       {resident(0, 0), resident(1, 0)},
       "residents.csv: line 2, column 1 (世帯番号): the household has 2 heads"},
      {"one resident twice",
       {resident(0, 0), resident(0, 1)},
       "residents.csv: line 3, column 4 (宛名番号): this 宛名番号 stands on an earlier line"},
      {"two addresses",
       {resident(0, 0), elsewhere},
       "residents.csv: line 3, column 1 (世帯番号): another address than on line 2"},
      {"65 members", crowd, "residents.csv: line 66, column 1 (世帯番号): more than 64 members"},
      {"a broken row at the end",
       {resident(0, 0), resident(1, 1, "祖父")},
       "residents.csv: line 3, column 14 (続柄): is no 続柄"},
  };
  for (const auto& file : files) {
    residents(file.rows);
    is_refused(file.cause, file.name);
  }
}

TEST_F(BulkLoad, AHouseholdThatNobodyLivesInAnyMoreNeedsNoHead) {
  auto moved = resident(0, 0, "妻");
  moved.resident.set_state(v1::RESIDENT_STATE_MOVED);
  residents({moved});
  EXPECT_TRUE(load());
}

TEST_F(BulkLoad, ARowOfAnotherFileThatBelongsNowhereIsRefused) {
  whole_city();
  put_file(RecordFile::cards, {write_card(card_of(number(3)))});
  is_refused("cards.csv: line 2, column 4 (対象者番号): there is no resident", "a card of nobody");
  whole_city();
  put_file(RecordFile::aliases, {fmt::format("{},通称,2015-04-01,,,,,", number(7))});
  is_refused("aliases.csv: line 2, column 1 (宛名番号): residents.csv has no such record", "an alias of nobody");
  whole_city();
  put_file(RecordFile::aliases, {fmt::format("{},通称,2015-04-01,,,,,", number(0))});
  is_refused("aliases.csv: line 2", "an alias of a Japanese");
  whole_city();
  put_file(RecordFile::suppressions, {"K1-7,family_registers,blocked"});
  is_refused("suppressions.csv: line 2, column 1 (対象者番号): nobody", "a suppression of nobody");
  whole_city();
  put_file(RecordFile::seals, {fmt::format("{},seals/none.pbm,A-1,registered,2020-05-01,,", number(0))});
  is_refused("seals.csv: line 2, column 2 (印影_ファイル): cannot be read", "an image that is not there");
  whole_city();
  put_file(RecordFile::seals, {fmt::format("{},../register.db,A-1,registered,2020-05-01,,", number(0))});
  is_refused("seals.csv: line 2, column 2 (印影_ファイル): must name a file beside", "a file elsewhere");
  whole_city();
  put_file(RecordFile::tax_amounts, {fmt::format("2024,{},incomes,salary_income,1", number(0))});
  is_refused("tax_amounts.csv: line 2, column 1 (年度): tax_records.csv has no such record",
             "an amount of another year");
}

TEST_F(BulkLoad, EntriesOfA戸籍StandInTheOrderOfThePaper) {
  const auto put_entries = [&](const std::vector<std::string>& lines) {
    whole_city();
    put_file(RecordFile::family_register_entries, lines);
  };
  put_entries({"K1,,2,戸籍編製,1,編製日,平成２２年６月１日"});
  is_refused("family_register_entries.csv: line 2, column 3 (記載番号)", "begins with the second");
  put_entries({"K1,,1,戸籍編製,2,編製日,平成２２年６月１日"});
  is_refused("family_register_entries.csv: line 2, column 5 (階層)", "under nothing");
  put_entries({"K1,K1-1,1,出生,1,出生日,昭和５５年２月１７日", "K1,,1,戸籍編製,1,編製日,平成２２年６月１日"});
  is_refused("family_register_entries.csv: line 3, column 2 (戸籍個人番号)", "戸籍事項 last");
  put_entries({"K1,K1-9,1,出生,1,出生日,昭和５５年２月１７日"});
  is_refused("family_register_entries.csv: line 2, column 2 (戸籍個人番号)", "of nobody");
  put_entries({"K1,,1,引越,1,編製日,平成２２年６月１日"});
  is_refused("family_register_entries.csv: line 2, column 4 (事項): is no 事項", "an unknown label");
  put_entries({"K1,,1,戸籍編製,1,婚姻日,平成２２年６月１日"});
  is_refused("family_registers.csv: line 2", "an item of another label");
}

TEST_F(BulkLoad, 従前の記録HasItsItemsUnderIt) {
  whole_city();
  put_file(RecordFile::family_register_entries, {"K1,,1,転籍,1,転籍日,平成５年３月６日", "K1,,1,転籍,1,従前の記録,＊",
                                                 "K1,,1,転籍,2,本籍,東京都千代田区平河町一丁目４番地"});
  const auto count = load();
  ASSERT_TRUE(count) << count.error().cause;
  const auto matters = read(card_of(number(0)), {v1::RECORD_KIND_FAMILY_REGISTER}).family_register().matters();
  ASSERT_EQ(matters.size(), 1);
  EXPECT_EQ(matters[0].items(1).under(0).index(), "本籍");
  EXPECT_EQ(matters[0].items(1).text(), "");
}

TEST_F(BulkLoad, AFileOfAnUnknownNameIsRefused) {
  residents({resident(0, 0)});
  write("files/resident.csv", "");
  EXPECT_THAT(load().error().cause, HasSubstr("no register has a file of this name"));
}

TEST_F(BulkLoad, CountsTheCardsThatTwoResidentsHave) {
  ASSERT_TRUE(put({resident(0, 0), resident(1, 1)}, {card_of(number(0)), card_of(number(1))}));
  residents({resident(2, 2)});
  EXPECT_EQ(load()->ambiguous_cards, 1U);
}

TEST_F(BulkLoad, ProgressIsToldWhileItLoads) {
  std::vector<ResidentRow> many;
  for (int i = 0; i < 20'000; ++i) {
    auto row = resident(0, 0);
    row.resident.set_number(number(0));
    many.push_back(row);
  }
  std::uint64_t sequence = 0;
  const auto fresh_number = [&] {
    while (true) {
      if (const auto found = register_number(++sequence)) return *found;
    }
  };
  for (auto& row : many) {
    row.household = fresh_number();
    row.resident.set_number(fresh_number());
  }
  residents(many);
  std::vector<std::uint64_t> told;
  const auto files = BulkFiles::in(directory_ / "files").value();
  ASSERT_TRUE(load_files(*registers_, files, now, [&](std::string_view file, double part, std::uint64_t rows) {
    EXPECT_EQ(file, "residents.csv");
    EXPECT_GT(part, 0);
    told.push_back(rows);
  }));
  EXPECT_THAT(told, testing::ElementsAre(10'000U, 20'000U));
}

// The files of a synthetic city are written by the declarations by which they are read.
TEST_F(BulkLoad, TakesAWholeSyntheticCityWithoutARefusal) {
  std::vector<std::uint64_t> told;
  const auto written = write_city_files(city_of(1500), directory_ / "files", {},
                                        [&](std::uint64_t residents) { told.push_back(residents); });
  ASSERT_TRUE(written) << written.error().cause;
  EXPECT_TRUE(told.empty()) << "every 10,000 residents";
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().cause;
  EXPECT_EQ(loaded->rows, written->rows);
  EXPECT_EQ(loaded->ambiguous_cards, 0U);
  ASSERT_TRUE(load());
  EXPECT_EQ(registers_->feed_position().value(), 2U) << "the same again is a change that changes nothing";
}

TEST_F(BulkLoad, GivesTheHolderOfASyntheticCardWhatTheCityRecorded) {
  const auto of = city_of(300);
  ASSERT_TRUE(write_city_files(of, directory_ / "files", {}, [](std::uint64_t) {}));
  ASSERT_TRUE(load());
  const auto city = mado::registry::whole_city(of);
  for (const auto& part : city.parts) {
    for (const auto& card : part.cards) {
      const auto snapshot =
          read(card, {v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT});
      ASSERT_EQ(snapshot.mapping(), v1::CARD_MAPPING_FOUND);
      EXPECT_EQ(snapshot.household().members_size(),
                card.family_register_only ? 0 : static_cast<int>(part.residents.size()));
      if (card.family_register_only) {
        EXPECT_EQ(snapshot.family_register_person(), card.person);
        continue;
      }
      EXPECT_EQ(snapshot.has_seal(), city.seals.contains(card.person));
      EXPECT_EQ(snapshot.has_family_register(), city.stands_in.contains(card.person));
      EXPECT_EQ(snapshot.has_supplement(), city.stands_in.contains(card.person));
      EXPECT_FALSE(snapshot.seal().name_changed());
    }
  }
}

TEST_F(BulkLoad, WritesASyntheticCityOnlyWhereThereIsNone) {
  ASSERT_TRUE(write_city_files(city_of(17), directory_ / "files", {}, [](std::uint64_t) {}));
  const auto again = write_city_files(city_of(17), directory_ / "files", {}, [](std::uint64_t) {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, Reason::storage_failed);
}

}  // namespace
}  // namespace mado::registry
