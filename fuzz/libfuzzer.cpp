// What libFuzzer calls.
#include "fuzz/examine.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mado::fuzz::examine({data, size});
  return 0;
}
