// A message of the change feed, as a city's system sends it: who may say it, and whether its record may stand in a
// register.
#include "fuzz/examine.hpp"
#include "registry/core/feed_rules.hpp"
#include "registry/core/record_check.hpp"
#include "wire/message.hpp"

namespace mado::fuzz {

namespace {
std::string why_not(const v1::FeedChange& change) {
  switch (change.change_case()) {
    case v1::FeedChange::kHousehold:
      return registry::why_no_household(change.household().household());
    case v1::FeedChange::kSeal:
      return registry::why_no_seal(change.seal().registration());
    case v1::FeedChange::kFamilyRegister:
      return registry::why_no_family_register(change.family_register());
    case v1::FeedChange::kSupplement:
      return registry::why_no_supplement(change.supplement());
    case v1::FeedChange::kAddressee:
      return registry::why_no_addressee(change.addressee());
    case v1::FeedChange::kTaxRecord:
      return registry::why_no_tax(change.tax_record());
    case v1::FeedChange::kDeclaration:
      return registry::why_no_declaration(change.declaration());
    default:
      return {};
  }
}

void claim_is_bounded(const v1::FeedChange& change) {
  const auto& household = change.household().household();
  claim(household.members_size() <= static_cast<int>(registry::most_members), "a household is bounded");
  for (const auto& member : household.members())
    claim(!member.name().empty() && member.name().size() <= 400, "a name is bounded");
  claim(change.family_register().persons_size() <= static_cast<int>(registry::most_members), "a 戸籍 is bounded");
  claim(change.seal().registration().image().size() <= 64 * 1024, "an image is bounded");
}
}  // namespace

void examine(ByteView input) {
  const auto change = wire::parse<v1::FeedChange>(input, "FeedChange");
  if (!change) return claim_is_explained(change.error());
  const std::vector<registry::FeedSource> sources{
      {"residents", "peer", {v1::RECORD_KIND_UNSPECIFIED}, false},
      {"all",
       "peer",
       {v1::RECORD_KIND_UNSPECIFIED, v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT},
       true}};
  const auto source = registry::source_of(*change, "peer", sources);
  if (!source) {
    claim_is_explained(source.error());
    claim_keeps_back(source.error(), text_of(input), 64);
  }
  claim(!registry::source_of(*change, "somebody else", sources), "a source has one peer");
  const auto why = why_not(*change);
  if (why.empty()) return claim_is_bounded(*change);
  // Longer than any column's name, which a field may hold too.
  claim_keeps_back(Refusal{Reason::input_invalid, why}, text_of(input), 64);
}

}  // namespace mado::fuzz
