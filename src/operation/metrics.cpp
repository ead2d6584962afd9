#include "operation/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace mado::operation {

struct Metrics::Inside {
  prometheus::Registry registry;
};

Metrics::Metrics() : inside_(std::make_unique<Inside>()) {}
Metrics::~Metrics() = default;

// Building a family that exists already returns the same family.
void Metrics::count(const std::string& name, const std::string& help, const Labels& labels, double by) {
  prometheus::BuildCounter().Name(name).Help(help).Register(inside_->registry).Add(labels).Increment(by);
}

void Metrics::set(const std::string& name, const std::string& help, const Labels& labels, double value) {
  prometheus::BuildGauge().Name(name).Help(help).Register(inside_->registry).Add(labels).Set(value);
}

void Metrics::observe_seconds(const std::string& name, const std::string& help, const Labels& labels, double seconds) {
  static const prometheus::Histogram::BucketBoundaries buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                               0.25,   0.5,   1,      2.5,   5,    10,    30,   60};
  prometheus::BuildHistogram().Name(name).Help(help).Register(inside_->registry).Add(labels, buckets).Observe(seconds);
}

std::string Metrics::exposition() const { return prometheus::TextSerializer().Serialize(inside_->registry.Collect()); }

}  // namespace mado::operation
