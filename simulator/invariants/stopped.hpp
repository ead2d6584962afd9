// What a city has stopped, asked of the truth at the moment of a release.
#pragma once

#include <string>

#include "simulator/disk/tax.hpp"
#include "simulator/invariants/book.hpp"

namespace mado::simulator {

// Why the application must not be released now, with its name; empty if it may. `tax` is its city's.
std::string why_it_must_not_leave(const Application& application, const Population& population, const TaxContent& tax,
                                  Instant now);

}  // namespace mado::simulator
