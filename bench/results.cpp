#include "bench/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mado::bench {

void print(std::string_view name, double value, std::string_view unit) {
  fmt::print(R"({{"name":"{}","value":{:.3f},"unit":"{}"}})"
             "\n",
             name, value, unit);
}

double quantile(std::vector<double> values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::clamp(rank, std::size_t{1}, values.size()) - 1);
  std::ranges::nth_element(values, at);
  return *at;
}

}  // namespace mado::bench
