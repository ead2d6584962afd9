// Counters, gauges and histograms for Prometheus. Labels are fixed words of the product (a method, a reason's code):
// never a name, a number or anything that a citizen brought.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mado::operation {

using Labels = std::map<std::string, std::string>;

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Adds to `name` (created on first use with `help`). Thread-safe; so are all below.
  void count(const std::string& name, const std::string& help, const Labels& labels = {}, double by = 1);
  void set(const std::string& name, const std::string& help, const Labels& labels, double value);
  // Seconds, in buckets from 0.5 ms to 60 s.
  void observe_seconds(const std::string& name, const std::string& help, const Labels& labels, double seconds);

  // Prometheus text format 0.0.4.
  std::string exposition() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::operation
