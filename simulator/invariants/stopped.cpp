#include "simulator/invariants/stopped.hpp"

#include "issuer/core/kind_sources.hpp"
#include "simulator/invariants/reading_time.hpp"

namespace mado::simulator {

namespace {
bool was_known(const Since& since, Instant now) { return since && *since + longest_read < now; }

// 住民記録: of anybody in the household, and of whom a paper of the household shows.
std::string in_household(const Application& application, const Population& population, Instant now) {
  const auto& holder = *application.card->holder;
  const bool of_household = issuer::group_of(application.kind) == v1::GROUP_HOUSEHOLD;
  for (const auto* resident : population.household_of(holder)) {
    if (was_known(resident->suppressed, now)) return resident->number + " was suppressed";
    const bool shown = resident == &holder || (of_household && application.persons.contains(resident->number));
    if (shown && was_known(resident->moved_out, now)) return resident->number + " had moved out";
  }
  return {};
}

std::string in_family_register(const Family* family, Instant now) {
  if (family == nullptr) return "its holder stands in no 戸籍";
  if (was_known(family->notice, now)) return "a 届出 for its 戸籍 was being handled";
  if (was_known(family->kept_back, now)) return "its 戸籍 was kept back";
  return {};
}

std::string in_supplement(const Family* family, Instant now) {
  if (family == nullptr) return "its holder stands in no 附票";
  return was_known(family->supplement_kept_back, now) ? "its 附票 was kept back" : "";
}

std::string in_seals(const Resident& holder, Instant now) {
  if (holder.seal.edition == 0) return "its holder never registered a seal";
  return was_known(holder.seal.cancelled, now) ? "its seal's registration was cancelled" : "";
}

// The issuer asks its own tax records in the moment in which it releases.
std::string in_tax(v1::Kind kind, const Resident& holder, const TaxContent& tax) {
  if (tax.year_changing) return "the tax year was changing";
  if (!holder.tax.declared) return "its holder's tax was not declared";
  if (kind == v1::KIND_NO_TAXATION && holder.tax.taxed) return "its holder was taxed";
  return {};
}

std::string in_register_of(v1::Kind kind, const Resident& holder, const TaxContent& tax, Instant now) {
  switch (kind) {
    case v1::KIND_SEAL_CERTIFICATE:
      return in_seals(holder, now);
    case v1::KIND_FAMILY_REGISTER_WHOLE:
    case v1::KIND_FAMILY_REGISTER_PERSONS:
      return in_family_register(holder.family, now);
    case v1::KIND_FAMILY_REGISTER_SUPPLEMENT:
      return in_supplement(holder.family, now);
    default:
      return issuer::is_tax_kind(kind) ? in_tax(kind, holder, tax) : "";
  }
}
}  // namespace

std::string why_it_must_not_leave(const Application& application, const Population& population, const TaxContent& tax,
                                  Instant now) {
  if (application.card == nullptr) return {};
  const auto& holder = *application.card->holder;
  std::string why;
  if (application.city == holder.city()) {
    if (was_known(application.card->ambiguous, now)) why = "two residents had its card";
    if (why.empty()) why = in_household(application, population, now);
  }
  if (why.empty()) why = in_register_of(application.kind, holder, tax, now);
  return why.empty() ? why : application.name + " was released although " + why;
}

}  // namespace mado::simulator
