#include "operation/wiping_free.hpp"

#include <malloc.h>

#include <cstdlib>
#include <cstring>

#include "base/sensitive.hpp"

#if defined(__has_feature)
#define MADOGUCHI_CLANG_SANITIZES (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define MADOGUCHI_CLANG_SANITIZES 0
#endif

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !MADOGUCHI_CLANG_SANITIZES

// glibc's own, by the names under which it exports them for this purpose (since 2.2.5). What this program and every
// library in it calls `free` and `realloc` are the definitions below: the dynamic linker takes a program's own first.
extern "C" {
void* __libc_malloc(std::size_t size);
void __libc_free(void* block);

void free(void* block) noexcept {
  if (block == nullptr) return;
  mado::wipe(block, malloc_usable_size(block));
  __libc_free(block);
}

// Shrinks in place, and wipes what is given up. Growth beyond the block moves, so that the old place can be wiped.
void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return __libc_malloc(size);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  const auto usable = malloc_usable_size(block);
  if (size <= usable && size >= usable / 2) {
    mado::wipe(static_cast<char*>(block) + size, usable - size);
    return block;
  }
  void* moved = __libc_malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, size < usable ? size : usable);
  free(block);
  return moved;
}

void* madoguchi_wiping_free() { return reinterpret_cast<void*>(&free); }
}

#endif
