// What passes through a place, written down at its own boundary for an auditor: who wants to see that a relay or a
// center carries nothing that it could read turns this on. Records are: length of the label (u32, big-endian), label,
// length of the bytes (u32), bytes.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string_view>

#include "base/bytes.hpp"
#include "operation/settings.hpp"

namespace mado::wire {

class Capture {
 public:
  // Setting "capture.file"; without it nothing is written.
  explicit Capture(operation::Settings& settings);
  void write(std::string_view label, ByteView bytes);

 private:
  std::mutex mutex_;
  std::ofstream file_;
};

}  // namespace mado::wire
