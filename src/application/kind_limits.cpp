#include "application/kind_limits.hpp"

#include <algorithm>

namespace mado::application {

namespace {
const std::vector residence_options{v1::OPTION_HEAD_AND_RELATION,
                                    v1::OPTION_FAMILY_REGISTER,
                                    v1::OPTION_INDIVIDUAL_NUMBER,
                                    v1::OPTION_KANA,
                                    v1::OPTION_NATIONALITY,
                                    v1::OPTION_RESIDENCE_CATEGORY,
                                    v1::OPTION_RESIDENCE_STATUS,
                                    v1::OPTION_PERIOD_OF_STAY,
                                    v1::OPTION_EXPIRY_OF_STAY,
                                    v1::OPTION_RESIDENCE_CARD,
                                    v1::OPTION_ALIAS_RECORDS,
                                    v1::OPTION_SHEET_EACH,
                                    v1::OPTION_CHANGES};

std::vector<v1::Option> with(std::vector<v1::Option> options, v1::Option one_more) {
  options.push_back(one_more);
  return options;
}

const std::vector<KindLimits>& all_limits() {
  using enum v1::Kind;
  static const std::vector<KindLimits> limits = [] {
    const std::vector anybody{v1::SCOPE_SELF, v1::SCOPE_MEMBERS, v1::SCOPE_HOUSEHOLD};
    const std::vector oneself{v1::SCOPE_SELF};
    const auto household = v1::GROUP_HOUSEHOLD;
    const auto same_register = v1::GROUP_FAMILY_REGISTER;
    std::vector<KindLimits> all{
        {KIND_RESIDENCE_CERTIFICATE, household, anybody, residence_options},
        {KIND_RESIDENCE_ITEMS, household, anybody, with(residence_options, v1::OPTION_WITHOUT_BUILDING)},
        {KIND_SEAL_CERTIFICATE, household, oneself, {}},
        {KIND_FAMILY_REGISTER_WHOLE, same_register, {v1::SCOPE_HOUSEHOLD}, {}},
        {KIND_FAMILY_REGISTER_PERSONS, same_register, {v1::SCOPE_SELF, v1::SCOPE_MEMBERS}, {}},
        {KIND_FAMILY_REGISTER_SUPPLEMENT,
         same_register,
         anybody,
         {v1::OPTION_FAMILY_REGISTER, v1::OPTION_OVERSEAS_VOTER}},
    };
    for (const auto tax : {KIND_INCOME, KIND_TAXATION, KIND_NO_TAXATION, KIND_INCOME_AND_TAXATION})
      all.push_back({tax, household, oneself, {}});
    return all;
  }();
  return limits;
}
}  // namespace

const KindLimits* limits_of(v1::Kind kind) {
  const auto found = std::ranges::find(all_limits(), kind, &KindLimits::kind);
  return found == all_limits().end() ? nullptr : &*found;
}

}  // namespace mado::application
