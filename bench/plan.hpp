// Who goes to which city's certificate, wanting what, and when: written by the citizens' side (tests/oracle/plan.py).
#pragma once

#include <chrono>

#include "bench/citizen.hpp"

namespace mado::bench {

struct Visit {
  int number = 0;                    // of the line in the plan, from 1 on
  std::chrono::milliseconds due{0};  // from the beginning; nobody goes before
  Wish wish;
};

// A text file, one visit a line, fields separated by tabs: number, milliseconds, city, service (home, domicile), card
// (a file below `directory`), kind, scope, persons ("NAME|RELATION", separated by ";"), options (separated by ","),
// copies. Kind, scope and options by the names of application/rule_names.hpp. Refusal: input_invalid, which names the
// line.
Outcome<std::vector<Visit>> read_plan(const std::filesystem::path& file, const std::filesystem::path& directory);

}  // namespace mado::bench
