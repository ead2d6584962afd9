// gRPC hands objects from thread to thread. It orders them by atomics within a library that is not built with the
// thread sanitizer, which then sees no order and reports a race. Where an object goes to gRPC and comes back, these two
// say so; in any other build they are nothing.
#pragma once

#if defined(__SANITIZE_THREAD__)
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}
#endif

namespace mado::wire {

// Just before a call of gRPC after which another thread may go on with `object`.
inline void handed_to_grpc([[maybe_unused]] void* object) {
#if defined(__SANITIZE_THREAD__)
  __tsan_release(object);
#endif
}
// First in what gRPC calls back with `object`.
inline void back_from_grpc([[maybe_unused]] void* object) {
#if defined(__SANITIZE_THREAD__)
  __tsan_acquire(object);
#endif
}

}  // namespace mado::wire
