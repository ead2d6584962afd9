// 個人住民税, 宛名 and 住登外 of a synthetic city.
#pragma once

#include "registry/core/synthesis_household.hpp"

namespace mado::registry {

// Two years' records of those residents who lived here on the first of January and are 15 or older, some declarations,
// and everybody's entry of 宛名; now and then somebody outside the resident register (住登外).
void add_taxation(Making& making, const SyntheticHousehold& household, CityPart& part);

}  // namespace mado::registry
