#include "base/wipe_stack.hpp"

#include <array>

#include "base/sensitive.hpp"

namespace mado {

[[gnu::noinline]] void wipe_stack() {
  std::array<unsigned char, std::size_t{256} * 1024> below;
  wipe(below.data(), below.size());
}

}  // namespace mado
