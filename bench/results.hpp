// What a benchmark found: one JSON object a line on standard output, which bench/report.py gathers.
#pragma once

#include <string_view>
#include <vector>

namespace mado::bench {

// {"name":…,"value":…,"unit":…}. Neither `name` nor `unit` holds anything that JSON would have to escape.
void print(std::string_view name, double value, std::string_view unit);

// The smallest of `values` that at least `share` (0–1) of them do not exceed: nearest rank. `values` is not empty.
double quantile(std::vector<double> values, double share);
inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

}  // namespace mado::bench
