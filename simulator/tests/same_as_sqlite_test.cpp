// The stand-ins for ledger, journal, history and register against the product's SQLite ones: the same calls, the same
// answers and the same content, so that what the simulator proves over the one holds over the other.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

#include "kiosk/edge/sqlite_journal.hpp"
#include "registry/edge/registers.hpp"
#include "simulator/disk/history.hpp"
#include "simulator/disk/journal.hpp"
#include "simulator/disk/ledger.hpp"
#include "simulator/disk/register.hpp"
#include "tests/registry/sample.hpp"
#include "tests/trust/temporary_directory.hpp"
#include "wire/message.hpp"

namespace mado::simulator {
namespace {

using kiosk::JournalEntry;
using kiosk::JournalStep;

// Few of each, so that calls meet.
Id id_of(int number) {
  Id id;
  id.bits[0] = static_cast<std::uint8_t>(number + 1);
  return id;
}
Bytes digest_of(int number) { return Bytes(32, static_cast<std::uint8_t>(number)); }
int few(int most) { return *rc::gen::inRange(0, most); }

template <typename T>
std::string said(const Outcome<T>& outcome) {
  return outcome ? "done" : std::string(code_of(outcome.error().reason));
}

std::string text_of(const ledger::IssuanceRow& row) {
  return row.issuance.hex() + " " + std::to_string(static_cast<int>(row.state)) + " " + to_hex(row.application_digest) +
         " " + row.city + " " + row.kiosk + " " + row.family + " " + row.outcome + " " +
         std::to_string(row.begun.milliseconds);
}
std::string text_of(const JournalEntry& entry) {
  return entry.issuance.hex() + " " + to_hex(entry.application_digest) + " " + entry.city + " " + entry.kind + " " +
         std::to_string(static_cast<int>(entry.step)) + " " + std::to_string(entry.fee) + " " +
         std::to_string(entry.sheets) + " " + std::to_string(entry.begun.milliseconds) + " " +
         std::to_string(entry.acceptor_captured_before) + " " + std::to_string(entry.sheets_printed) + " " +
         std::to_string(entry.money_taken) + " " + std::to_string(entry.money_in_case) + " " +
         std::to_string(entry.ending) + " " + entry.refusal + " " + std::to_string(entry.settled.milliseconds) + " " +
         to_hex(entry.receipt) + " " + std::to_string(entry.center_has_it) + std::to_string(entry.city_has_it) +
         std::to_string(entry.case_closed);
}
std::string text_of(const ledger::HistoryEvent& event) {
  return event.step + event.city + event.kiosk + event.outcome + to_hex(event.digest) +
         std::to_string(event.at.milliseconds);
}
template <typename Row>
std::vector<std::string> texts(const Outcome<std::vector<Row>>& rows) {
  std::vector<std::string> all;
  for (const auto& row : rows.value()) all.push_back(text_of(row));
  return all;
}

struct TwoLedgers {
  LedgerContent content;
  LedgerStandIn stand_in{content, Disk{nullptr}};
  std::unique_ptr<ledger::IssuanceLedger> sqlite;
  std::filesystem::path file;

  template <typename Call>
  void both(Call call) {
    RC_ASSERT(call(static_cast<ledger::IssuanceLedger&>(stand_in)) == call(*sqlite));
  }
  void one_call(Instant now);
};

void TwoLedgers::one_call(Instant now) {
  const auto issuance = id_of(few(6));
  const auto digest = digest_of(few(2));
  const auto other = digest_of(few(2));
  const auto records = digest_of(few(2));
  const std::string kiosk = "K" + std::to_string(few(2));
  const auto call = few(25);
  if (call == 0) {  // after a restore
    const auto epoch = id_of(few(200));
    renew_epoch(content, epoch);
    RC_ASSERT(ledger::renew_epoch(file, epoch).has_value());
  } else if (call < 10) {
    const ledger::IssuanceIntent intent{
        issuance, digest_of(few(3)), static_cast<std::uint32_t>(few(4) + 1), digest, "131016",
        kiosk,    "residence",       static_cast<std::uint32_t>(few(3) + 1), 3};
    both([&](auto& ledger) {
      const auto number = ledger.begin(intent, now);
      return said(number) + std::to_string(number.value_or(0));
    });
  } else if (call < 15) {
    both([&](auto& ledger) { return said(ledger.made(issuance, {other, records})); });
  } else if (call < 20) {
    both([&](auto& ledger) { return said(ledger.confirm(issuance, digest, {other, records}, now)); });
  } else {
    both([&](auto& ledger) { return said(ledger.settle(issuance, digest, kiosk, "ENDING_RETURNED", now)); });
  }
}

RC_GTEST_PROP(TheLedgersStandIn, AnswersAsTheSqliteLedgerDoes, ()) {
  const trust::TemporaryDirectory directory;
  TwoLedgers ledgers;
  ledgers.file = directory.path() / "ledger";
  ledgers.sqlite = ledger::open_issuance_ledger(ledgers.file, id_of(9)).value();
  ledgers.content.epoch = id_of(9);
  const auto calls = *rc::gen::inRange(1, 60);
  for (int i = 0; i < calls; ++i) ledgers.one_call(Instant{1'000 + i});
  ledgers.both([](auto& ledger) { return ledger.epoch()->hex(); });
  ledgers.both([](auto& ledger) { return texts(ledger.rows(100)); });
  ledgers.both([](auto& ledger) { return texts(ledger.rows(2)); });
  ledgers.both([](auto& ledger) { return texts(ledger.open_cases(Instant{1'030})); });
}

struct TwoJournals {
  JournalContent content;
  JournalStandIn stand_in{content, Disk{nullptr}};
  std::unique_ptr<kiosk::Journal> sqlite;

  template <typename Call>
  void both(Call call) {
    RC_ASSERT(call(static_cast<kiosk::Journal&>(stand_in)) == call(*sqlite));
  }
  void one_call(Instant now);
};

JournalEntry any_entry(Instant now) {
  JournalEntry entry;
  entry.issuance = id_of(few(5));
  entry.application_digest = digest_of(few(3));
  entry.city = "131016";
  entry.kind = "residence";
  entry.step = static_cast<JournalStep>(few(5) + 1);
  entry.fee = static_cast<std::uint32_t>(few(3) * 100);
  entry.sheets = static_cast<std::uint32_t>(few(4));
  entry.begun = now;
  entry.settled = now;
  entry.acceptor_captured_before = static_cast<std::uint64_t>(few(1000));
  entry.sheets_printed = static_cast<std::uint32_t>(few(4));
  entry.money_taken = static_cast<std::uint32_t>(few(3) * 100);
  entry.money_in_case = static_cast<std::uint32_t>(few(3) * 100);
  entry.ending = static_cast<std::uint8_t>(few(5));
  entry.receipt = Bytes(static_cast<std::size_t>(few(3)), 7);
  entry.case_closed = few(2) == 0;
  return entry;
}

void TwoJournals::one_call(Instant now) {
  switch (few(4)) {
    case 0:
    case 1: {
      const auto entry = any_entry(now);
      return both([&](auto& journal) { return said(journal.record(entry)); });
    }
    case 2: {
      const auto issuance = id_of(few(5));
      const bool center = few(2) == 0;
      const bool city = few(2) == 0;
      return both([&](auto& journal) { return said(journal.acknowledge(issuance, center, city)); });
    }
    default: {
      const kiosk::Adjustment adjustment{few(300), few(3), now,
                                         std::string(static_cast<std::size_t>(few(3)) * 100, 'x')};
      return both([&](auto& journal) { return said(journal.adjust(adjustment)); });
    }
  }
}

RC_GTEST_PROP(TheJournalsStandIn, AnswersAsTheSqliteJournalDoes, ()) {
  const trust::TemporaryDirectory directory;
  TwoJournals journals;
  journals.sqlite = kiosk::open_journal(directory.path() / "journal").value();
  const auto calls = *rc::gen::inRange(1, 60);
  for (int i = 0; i < calls; ++i) journals.one_call(Instant{1'000 + i});
  journals.both([](auto& journal) { return texts(journal.unsettled()); });
  journals.both([](auto& journal) { return texts(journal.unreported(100)); });
  journals.both([](auto& journal) { return texts(journal.unreported(1)); });
  journals.both([](auto& journal) { return texts(journal.open_cases()); });
  journals.both([](auto& journal) { return journal.totals()->money_taken; });
  journals.both([](auto& journal) { return journal.totals()->sheets_printed; });
}

RC_GTEST_PROP(TheHistorysStandIn, AnswersAsTheSqliteHistoryDoes, ()) {
  const trust::TemporaryDirectory directory;
  HistoryContent content;
  HistoryStandIn stand_in{content, Disk{nullptr}};
  const auto sqlite = ledger::open_history(directory.path() / "history").value();
  const auto calls = few(20);
  for (int i = 0; i < calls; ++i) {
    const ledger::HistoryEvent event{"open",     "131016",     "K" + std::to_string(few(3)),
                                     "answered", digest_of(i), Instant{1'000 + i}};
    RC_ASSERT(said(stand_in.record(event)) == said(sqlite->record(event)));
  }
  const auto most = static_cast<std::size_t>(few(25));
  RC_ASSERT(texts(stand_in.newest(most)) == texts(sqlite->newest(most)));
}

// The same rows in SQLite and on the simulated disk. A resident's number, household, record and card are drawn from
// few.
struct TwoRegisters {
  RegisterContent content;
  RegisterStandIn stand_in{content, Disk{nullptr}};
  std::unique_ptr<registry::Registers> sqlite;

  template <typename Work>
  void both(Instant now, Work work) {
    const auto left = stand_in.change([&](RegisterStandIn::Change& change) { return work(change); });
    const auto right =
        sqlite->change("test"_point, now, [&](registry::Registers::Change& change) { return work(change); });
    RC_ASSERT(said(left) == said(right));
  }
  void change_people(Instant now);
  void change_records(Instant now);
  void compare(Instant now);
};

std::string any_resident() { return registry::number(few(5)); }

registry::ResidentRow any_row() {
  registry::ResidentRow row;
  row.household = std::to_string(few(3));
  row.address = "address " + std::to_string(few(3));
  row.resident.set_number(any_resident());
  row.resident.set_name("name " + std::to_string(few(3)));
  row.resident.set_relation(few(2) == 0 ? "世帯主" : "子");
  row.resident.mutable_born()->set_day("1980-02-17");
  row.resident.set_state(static_cast<v1::ResidentState>(few(4) + 1));
  if (few(4) == 0) row.resident.add_suppressions(static_cast<v1::Suppression>(few(6) + 1));
  return row;
}

v1::Suppression any_cause() { return static_cast<v1::Suppression>(few(6) + 1); }

v1::SealRegistration any_seal() {
  auto seal = registry::seal("A-" + std::to_string(few(3)));
  if (few(3) == 0) seal.set_state(v1::SEAL_STATE_CANCELLED);
  return seal;
}

std::string any_register_number() { return "R" + std::to_string(few(3)); }

// Its persons' numbers are those of sample.hpp: the number's own, and 1 or 2.
v1::FamilyRegister any_family_register() {
  auto record = registry::family_register(any_register_number(), few(3) == 0 ? "" : any_resident());
  record.set_notice_pending(few(4) == 0);
  record.set_closed(few(5) == 0);
  auto& other = *record.mutable_persons(1);
  if (few(3) == 0) other.set_resident(any_resident());
  other.set_removed(few(3) == 0);
  if (few(4) == 0) other.add_suppressions(any_cause());
  return record;
}

std::string any_person() { return any_register_number() + "-" + std::to_string(few(2) + 1); }

registry::CardRow any_card() {
  const bool of_register = few(3) == 0;
  return {Bytes(20, static_cast<std::uint8_t>(few(2) + 1)), Bytes(16, static_cast<std::uint8_t>(few(3) + 1)),
          Bytes(32, static_cast<std::uint8_t>(few(2) + 1)), of_register ? any_person() : any_resident(), of_register};
}

void TwoRegisters::change_people(Instant now) {
  const auto row = any_row();
  const auto card = any_card();
  const auto cause = any_cause();
  switch (few(6)) {
    case 0:
    case 1:
      return both(now, [&](auto& change) { return change.put_resident(row); });
    case 2:
      return both(now, [&](auto& change) { return change.put_card(card); });
    case 3:
      return both(now, [&](auto& change) { return change.withdraw_card(card); });
    case 4:
      return both(now, [&](auto& change) { return change.lift(card.person, v1::RECORD_KIND_UNSPECIFIED, cause); });
    default:  // two at once: all or nothing
      return both(now, [&](auto& change) -> Outcome<void> {
        MADO_CHECK(change.suppress(row.resident.number(), v1::RECORD_KIND_UNSPECIFIED, cause));
        return change.put_card(card);
      });
  }
}

void TwoRegisters::change_records(Instant now) {
  const auto resident = any_resident();
  const auto person = any_person();
  const auto cause = any_cause();
  const auto kind = static_cast<v1::RecordKind>(few(3) + 1);
  const auto record = any_family_register();
  const auto seal = any_seal();
  const bool pending = few(2) == 0;
  switch (few(7)) {
    case 0:
    case 1:
      return both(now, [&](auto& change) { return change.put_seal(resident, seal); });
    case 2:
      return both(now, [&](auto& change) { return change.put_family_register(record); });
    case 3:
      return both(now, [&](auto& change) { return change.put_supplement(registry::supplement(record)); });
    case 4:
      return both(now, [&](auto& change) { return change.set_notice(record.number(), pending); });
    case 5:
      return both(now, [&](auto& change) { return change.suppress(person, kind, cause); });
    default:
      return both(now, [&](auto& change) { return change.lift(person, kind, cause); });
  }
}

void TwoRegisters::compare(Instant now) {
  const auto text_of_answer = [](Outcome<v1::HouseholdSnapshot> answer) {
    if (!answer) return said(answer);
    std::ranges::sort(*answer->mutable_household()->mutable_members(), {},
                      [](const v1::Resident& resident) { return resident.number(); });
    return to_hex(wire::serialise(*answer));
  };
  const auto card = any_card();
  v1::HouseholdQuery query;
  query.set_issuer_key(string_of(card.issuer_key));
  query.set_serial(string_of(card.serial));
  query.set_public_key_digest(string_of(card.public_key_digest));
  for (const auto record : {v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT})
    if (few(2) == 0) query.add_records(record);
  if (few(10) == 0) query.clear_serial();
  RC_ASSERT(text_of_answer(stand_in.read_household(query, now)) == text_of_answer(sqlite->read_household(query, now)));
}

RC_GTEST_PROP(TheRegistersStandIn, AnswersAsTheSqliteRegisterDoes, ()) {
  const trust::TemporaryDirectory directory;
  TwoRegisters registers;
  registers.sqlite = registry::Registers::open("test"_point, directory.path() / "register").value();
  const auto changes = *rc::gen::inRange(1, 40);
  for (int i = 0; i < changes; ++i) {
    if (few(2) == 0)
      registers.change_people(Instant{1'000 + i});
    else
      registers.change_records(Instant{1'000 + i});
    registers.compare(Instant{1'000 + i});
  }
  for (int i = 0; i < 10; ++i) registers.compare(Instant{9'000});
}

TEST(ADisk, ThatFailsLeavesTheStandInsAsTheyWere) {
  // A seed in which the disk is often full; every refused write has left nothing behind.
  for (std::uint64_t seed = 1; seed < 400; ++seed) {
    Faults faults(seed, {Fault::commit_unknown});
    if (!faults.enabled(Fault::disk_full)) continue;
    LedgerContent content;
    LedgerStandIn ledger{content, Disk{&faults}};
    std::size_t begun = 0;
    for (int i = 0; i < 200; ++i) {
      const ledger::IssuanceIntent intent{id_of(i), digest_of(i), 1, digest_of(i), "131016", "K1", "residence", 1, 5};
      begun += ledger.begin(intent, Instant{i}) ? 1 : 0;
    }
    EXPECT_EQ(content.rows.size(), begun);
    EXPECT_EQ(content.next_number, begun + 1);
    EXPECT_EQ(begun + faults.counts()[static_cast<std::size_t>(Fault::disk_full)], 200U);
  }
}

}  // namespace
}  // namespace mado::simulator
