#include "base/sensitive.hpp"

#include <cstring>

namespace mado {

void wipe(void* memory, std::size_t size) {
  if (size == 0) return;
  explicit_bzero(memory, size);
}

}  // namespace mado
