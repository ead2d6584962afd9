#include "issuer/core/entitlement.hpp"

#include <algorithm>
#include <array>

#include "issuer/core/facts_of_claim.hpp"

namespace mado::issuer {

namespace {
constexpr KindSet residence = set_of(v1::KIND_RESIDENCE_CERTIFICATE) | set_of(v1::KIND_RESIDENCE_ITEMS);
constexpr KindSet seal = set_of(v1::KIND_SEAL_CERTIFICATE);
constexpr KindSet family_register = set_of(v1::KIND_FAMILY_REGISTER_WHOLE) | set_of(v1::KIND_FAMILY_REGISTER_PERSONS);
constexpr KindSet supplement = set_of(v1::KIND_FAMILY_REGISTER_SUPPLEMENT);
constexpr KindSet no_taxation = set_of(v1::KIND_NO_TAXATION);
constexpr KindSet tax =
    set_of(v1::KIND_INCOME) | set_of(v1::KIND_TAXATION) | no_taxation | set_of(v1::KIND_INCOME_AND_TAXATION);
constexpr KindSet every = residence | seal | family_register | supplement | tax;

constexpr bool session = true;
constexpr bool of_kind = false;

constexpr std::array table{
    // The card.
    Cause{"two people have this card", Reason::record_incomplete, every, session, card_is_ambiguous},
    Cause{"nobody here has this card", Reason::not_registered_here, every, session,
          [](const Claim& claim) { return !at_domicile(claim) && !card_is_known(claim); }},
    Cause{"the card is registered for a 戸籍 alone", Reason::not_registered_here, every, session,
          [](const Claim& claim) { return !at_domicile(claim) && known_by_register_alone(claim); }},
    Cause{"nobody with the 本籍 here has registered this card", Reason::domicile_not_registered, every, session,
          [](const Claim& claim) { return at_domicile(claim) && !card_is_known(claim); }},

    // What the registers have not heard yet could stop anything that rests on them.
    Cause{"住民記録 was not heard of for too long, or a change of it is missing", Reason::register_unavailable, every,
          session,
          [](const Claim& claim) {
            return !known_by_register_alone(claim) && !is_fresh(claim, v1::RECORD_KIND_UNSPECIFIED);
          }},
    Cause{"印鑑登録 was not heard of for too long, or a change of it is missing", Reason::register_unavailable, seal,
          of_kind, [](const Claim& claim) { return !is_fresh(claim, v1::RECORD_KIND_SEAL); }},
    Cause{"戸籍 was not heard of for too long, or a change of it is missing", Reason::register_unavailable,
          family_register, of_kind,
          [](const Claim& claim) { return !is_fresh(claim, v1::RECORD_KIND_FAMILY_REGISTER); }},
    Cause{"附票, or a register that it rests on, was not heard of for too long, or a change of it is missing",
          Reason::register_unavailable, supplement, of_kind, supplement_is_stale},

    // 住民記録.
    Cause{"a household of more than 64", Reason::record_incomplete, every, session, household_is_too_large},
    Cause{"the household does not contain the card's holder", Reason::record_incomplete, every, session,
          holder_is_missing},
    Cause{"kept back in 住民記録", Reason::cannot_be_issued, every, session, household_is_kept_back},
    Cause{"the holder has moved away, died or was removed", Reason::not_registered_here, every, session,
          [](const Claim& claim) { return !at_domicile(claim) && holder_is_not_current(claim); }},
    Cause{"the holder has moved away and not registered for the 戸籍", Reason::domicile_not_registered, every, session,
          [](const Claim& claim) { return at_domicile(claim) && holder_is_not_current(claim); }},

    // 戸籍 and 附票.
    Cause{"kept back in 戸籍", Reason::cannot_be_issued, family_register, of_kind, family_register_is_kept_back},
    Cause{"kept back in 附票", Reason::cannot_be_issued, supplement, of_kind, supplement_is_kept_back},
    Cause{"no 戸籍 here", Reason::family_register_not_found, family_register, of_kind,
          [](const Claim& claim) { return !claim.snapshot.has_family_register(); }},
    Cause{"the 戸籍 is closed (除籍)", Reason::family_register_not_found, family_register, of_kind,
          [](const Claim& claim) { return claim.snapshot.family_register().closed(); }},
    Cause{"no 附票 here", Reason::family_register_not_found, supplement, of_kind,
          [](const Claim& claim) { return !claim.snapshot.has_supplement(); }},

    Cause{"the holder is too young", Reason::under_age, every, of_kind, holder_is_too_young},

    // 印鑑登録.
    Cause{"no seal was ever registered", Reason::seal_not_registered, seal, of_kind,
          [](const Claim& claim) { return !claim.snapshot.has_seal(); }},
    Cause{"the seal is registered for somebody else", Reason::record_incomplete, seal, of_kind,
          [](const Claim& claim) { return claim.snapshot.seal().resident() != claim.snapshot.holder(); }},
    Cause{"the seal's registration was cancelled", Reason::seal_not_registered, seal, of_kind,
          [](const Claim& claim) { return claim.snapshot.seal().state() != v1::SEAL_STATE_REGISTERED; }},
    Cause{"the name has changed since the seal was registered", Reason::seal_not_registered, seal, of_kind,
          [](const Claim& claim) { return claim.snapshot.seal().name_changed(); }},

    // 個人住民税.
    Cause{"the tax year is being changed", Reason::tax_year_changing, tax, of_kind,
          tax_is_refused_as<Reason::tax_year_changing>},
    Cause{"the tax register was not heard of for too long", Reason::register_unavailable, tax, of_kind,
          tax_is_refused_as<Reason::register_unavailable>},
    Cause{"no tax record of this year", Reason::tax_record_not_found, tax, of_kind,
          tax_is_refused_as<Reason::tax_record_not_found>},
    Cause{"the tax records cannot be read", Reason::storage_failed, tax, of_kind, tax_is_unreadable},
    Cause{"未申告, and nobody's dependant", Reason::tax_not_declared, tax, of_kind, tax_is_not_declared},
    Cause{"the holder is taxed", Reason::taxed, no_taxation, of_kind, holder_is_taxed},
};
}  // namespace

std::span<const Cause> causes() { return table; }

Outcome<void> check_session(const Claim& claim) {
  const auto found =
      std::ranges::find_if(table, [&](const Cause& cause) { return cause.whole_session && cause.holds(claim); });
  if (found == table.end()) return {};
  return refuse(found->reason, std::string(found->what));
}

Outcome<void> check_entitled(const Claim& claim) {
  const auto kind = set_of(claim.kind);
  const auto found =
      std::ranges::find_if(table, [&](const Cause& cause) { return (cause.kinds & kind) != 0 && cause.holds(claim); });
  if (found == table.end()) return {};
  return refuse(found->reason, std::string(found->what));
}

}  // namespace mado::issuer
