// Memory is overwritten when it is freed: also what libraries held (gRPC, protobuf, OpenSSL, QPDF, libtiff, FreeType,
// CUPS, Boost). Promise P3, decision 0013. `Sensitive<T>` stays: it wipes at a known moment, and under any allocator.
#pragma once

namespace mado::operation {

// Whether what this program and its libraries call `free` overwrites. Not in a build with sanitizers, which have
// theirs.
bool wipes_freed_memory();

}  // namespace mado::operation
