#include "simulator/city/records.hpp"
#include "simulator/nodes/clerks.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds most_until_changed{90'000};
constexpr milliseconds most_until_undone{120'000};
constexpr double at_once_share = 0.5;  // one seal is registered in the change that cancels the other
constexpr double declared_share = 0.7;
constexpr double taxed_share = 0.7;
}  // namespace

void Clerks::change_seal(Resident& holder) {
  const bool at_once = random_.chance(at_once_share);
  later(most_until_changed, [this, &holder, at_once] {
    if (holder.seal.edition == 0 || holder.seal.cancelled || at_once) return register_seal(holder);
    auto seal = seal_record(holder);
    seal.set_state(v1::SEAL_STATE_CANCELLED);
    const auto done = registers_.change([&](Change& change) { return change.put_seal(holder.number, seal); });
    if (!done) return;
    holder.seal.cancelled = around_.scheduler.now();
    later(most_until_undone, [this, &holder] { register_seal(holder); });
  });
}

// A new seal in the place of the one that is or was registered.
void Clerks::register_seal(Resident& holder) {
  ++holder.seal.edition;
  holder.seal.cancelled.reset();  // a refused write may be durable all the same
  const auto done =
      registers_.change([&](Change& change) { return change.put_seal(holder.number, seal_record(holder)); });
  if (done) around_.book.replaced(seal_of(holder));
}

// 届出の処理中, and the end of it. What the 戸籍 says stays: whether the notice changes it is another's work.
void Clerks::handle_notice(Family& family) {
  later(most_until_changed, [this, &family] {
    if (family.notice) return;
    if (!registers_.change([&](Change& change) { return change.set_notice(family.number, true); })) return;
    family.notice = around_.scheduler.now();
    later(most_until_undone, [this, &family] {
      const auto done = registers_.change([&](Change& change) { return change.set_notice(family.number, false); });
      (void)done;  // a refused write may be durable all the same
      family.notice.reset();
    });
  });
}

// 転籍: 戸籍 and 附票 get another 本籍, in one change.
void Clerks::write_anew(Family& family) {
  later(most_until_changed, [this, &family] {
    ++family.edition;
    ++family.supplement_edition;
    const auto done = registers_.change([&](Change& change) -> Outcome<void> {
      MADO_CHECK(change.put_family_register(family_register_record(family)));
      return change.put_supplement(supplement_record(family));
    });
    if (!done) return;
    around_.book.replaced(family_register_of(family));
    around_.book.replaced(supplement_of(family));
  });
}

// A sensitive cause in 戸籍 or in 附票, of anybody who stands in it, removed or not.
void Clerks::keep_back(Family& family) {
  const auto& person = family.persons[random_.below(family.persons.size())].number;
  const bool in_supplement = random_.chance(0.5);
  later(most_until_changed, [this, &family, person, in_supplement] {
    const auto record = in_supplement ? v1::RECORD_KIND_SUPPLEMENT : v1::RECORD_KIND_FAMILY_REGISTER;
    const auto done =
        registers_.change([&](Change& change) { return change.suppress(person, record, around_.population.cause()); });
    auto& since = in_supplement ? family.supplement_kept_back : family.kept_back;
    if (done && !since) since = around_.scheduler.now();
  });
}

// The issuer's own store: what is linked stands there at once.
void Clerks::change_tax(Resident& holder) {
  const bool declared = random_.chance(declared_share);
  const bool taxed = random_.chance(taxed_share);
  later(most_until_changed, [this, &holder, declared, taxed] {
    holder.tax = {holder.tax.edition + 1, declared, taxed};
    tax_.records[holder.number] = tax_record(holder);
    around_.book.replaced(tax_record_of(holder));
  });
}

void Clerks::change_tax_year() {
  later(most_until_changed, [this] {
    if (tax_.year_changing) return;
    tax_.year_changing = around_.scheduler.now();
    around_.book.note("tax store of " + city_, "the year changes");
    later(most_until_undone, [this] { tax_.year_changing.reset(); });
  });
}

}  // namespace mado::simulator
