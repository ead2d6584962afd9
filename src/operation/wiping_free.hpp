// Memory is overwritten when it is freed: also what libraries held (gRPC, protobuf, OpenSSL, QPDF, FreeType,
// CUPS, Boost). Promise P3, decision 0013. `Sensitive<T>` stays: it wipes at a known moment, and under any allocator.
#pragma once

namespace mado::operation {

// Whether what this program and its libraries call `free` overwrites. So it is in every program that ships; not in
// tests and the simulator, and not in a build with sanitizers, which have an allocator of their own.
bool wipes_freed_memory();

}  // namespace mado::operation

// The address of the `free` that overwrites. Defined only in a program that has it (wiping_free.cpp).
extern "C" [[gnu::weak]] void* madoguchi_wiping_free();
