// Whether the parts of a form lie where they can be printed, and none over another.
#pragma once

#include "paper/form.hpp"

namespace mado::paper {

// Refusal: configuration_invalid; the cause names the two parts that overlap, or the part that leaves the page or its
// block.
Outcome<void> check_places(const Form& form);

}  // namespace mado::paper
