#include "registry/edge/domicile_register.hpp"

#include <fmt/format.h>

#include "registry/core/domicile_entry.hpp"
#include "registry/edge/tables.hpp"

namespace mado::registry {

namespace {
// Where an application stands is what its row is part of; only one that waits is known by its card.
constexpr const char* waits = "waiting";
constexpr const char* approved = "approved";
constexpr const char* rejected = "rejected";

std::string card_text(const v1::HouseholdQuery& card) {
  return fmt::format("{}/{}/{}", to_hex(view_of(card.issuer_key())), to_hex(view_of(card.serial())),
                     to_hex(view_of(card.public_key_digest())));
}

CardRow card_row(const v1::HouseholdQuery& card, const std::string& person) {
  return {bytes_of(card.issuer_key()), bytes_of(card.serial()), bytes_of(card.public_key_digest()), person, true};
}

std::string number_of(Instant applied_at, std::uint64_t change) {
  auto day = iso_text(in_japan(applied_at).day);
  std::erase(day, '-');
  return fmt::format("{}-{:04}", day, change);
}
}  // namespace

// The database's mutex is held by whoever calls this.
Outcome<std::uint64_t> DomicileRegister::count_waiting() {
  std::int64_t count = 0;
  MADO_CHECK(registers_.database().query(
      "SELECT count(*) FROM domicile_application WHERE part_of = ? AND part_of <> '' AND in_force = 1",
      {std::string(waits)}, [&](const store::Row& row) { count = row.integer(0); }));
  return static_cast<std::uint64_t>(count);
}

Outcome<void> DomicileRegister::change(Instant now, const std::function<Outcome<void>(Registers::Change&)>& work) {
  return registers_.change("domicile_changed"_point, now, work);
}

Outcome<std::string> DomicileRegister::keep(const v1::DomicileEntry& entry, Instant now) {
  MADO_CHECK(check_entry(entry));
  const auto card = card_text(entry.card());
  const auto& table = registers_.tables().domicile_application;
  {
    const std::lock_guard lock(registers_.database().mutex());
    MADO_TRY(known, table.find_known_as(card));
    if (known) return known->number;
  }
  std::string number;
  const auto kept = change(now, [&](Registers::Change& changed) -> Outcome<void> {
    // The same card at two kiosks, or at two nodes of the issuer.
    MADO_TRY(known, table.find_known_as(card));
    number = known ? known->number : number_of(now, changed.number());
    if (known) return {};
    MADO_TRY(count, count_waiting());
    if (count >= most_open_) return refuse(Reason::busy, "as many applications wait as are allowed");
    MADO_CHECK(table.put(changed.writer(),
                         {number, wire::serialise(entry), {waits, card}, static_cast<std::int64_t>(changed.number())}));
    return {};
  });
  if (!kept) return std::unexpected(kept.error());
  return number;
}

Outcome<std::vector<DomicileRegister::Waiting>> DomicileRegister::waiting() {
  std::vector<Waiting> found;
  Outcome<void> readable;
  const std::lock_guard lock(registers_.database().mutex());
  MADO_CHECK(registers_.tables().domicile_application.each_part_of(waits, [&](const StoredRecord& record) {
    auto entry = message_of<v1::DomicileEntry>(record);
    if (entry) found.push_back({record.number, std::move(*entry)});
    if (!entry) readable = std::unexpected(entry.error());
  }));
  MADO_CHECK(readable);
  return found;
}

Outcome<void> DomicileRegister::decide(
    const std::string& number, const char* decision, Instant now,
    const std::function<Outcome<void>(Registers::Change&, const v1::DomicileEntry&)>& work) {
  const auto& table = registers_.tables().domicile_application;
  return change(now, [&](Registers::Change& changed) -> Outcome<void> {
    MADO_TRY(stored, table.find(number));
    if (!stored || stored->marks.part_of != waits)
      return refuse(Reason::input_invalid, "no application with this number waits");
    MADO_TRY(entry, message_of<v1::DomicileEntry>(*stored));
    MADO_CHECK(work(changed, entry));
    MADO_CHECK(table.put(changed.writer(),
                         {number, stored->body, {decision, {}}, static_cast<std::int64_t>(changed.number())}));
    return {};
  });
}

Outcome<void> DomicileRegister::approve(const std::string& number, const std::string& person, Instant now) {
  return decide(
      number, approved, now, [&](Registers::Change& changed, const v1::DomicileEntry& entry) -> Outcome<void> {
        bool stands = false;
        MADO_CHECK(registers_.database().query("SELECT 1 FROM standing WHERE record = ? AND person = ? AND removed = 0",
                                               {std::int64_t{v1::RECORD_KIND_FAMILY_REGISTER}, person},
                                               [&](const store::Row&) { stands = true; }));
        if (!stands) return refuse(Reason::input_invalid, "nobody with this number stands in a 戸籍 now");
        const auto card = card_row(entry.card(), person);
        MADO_CHECK(changed.require_unclaimed(card));
        return changed.put_card(card);
      });
}

Outcome<void> DomicileRegister::reject(const std::string& number, Instant now) {
  return decide(number, rejected, now,
                [](Registers::Change&, const v1::DomicileEntry&) -> Outcome<void> { return {}; });
}

}  // namespace mado::registry
