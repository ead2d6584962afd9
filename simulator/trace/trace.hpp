// What happened, line by line, in virtual time; and a digest over all lines, by which two runs are compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace mado::simulator {

class Trace {
 public:
  explicit Trace(bool keep) : keep_(keep) {}

  // "who: what detail" at `at`. Nothing of it may depend on anything but the seed.
  void note(Instant at, std::string_view who, std::string_view what, std::string_view detail = {});

  // What somebody outside a city can observe: a message's time, way, kind and size, or what a kiosk's screen shows.
  // Kept aside from the lines, in a digest of its own.
  void observe(Instant at, std::string_view from, std::string_view to, std::string_view what, std::size_t size);
  std::uint64_t view_digest() const { return view_digest_; }
  const std::vector<std::string>& view() const { return view_; }

  // Equal for two runs that did the same, in the same order.
  std::uint64_t digest() const { return digest_; }
  std::uint64_t length() const { return length_; }
  // Empty unless the trace is kept.
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  bool keep_;
  std::uint64_t digest_ = 0xcbf29ce484222325U;
  std::uint64_t length_ = 0;
  std::vector<std::string> lines_;
  std::uint64_t view_digest_ = 0xcbf29ce484222325U;
  std::vector<std::string> view_;
};

}  // namespace mado::simulator
