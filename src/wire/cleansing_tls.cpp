// OpenSSL keeps what it decrypted last in the connection's buffer until more arrives (SSL_CTX_set_options(3),
// SSL_OP_CLEANSE_PLAINTEXT), and gRPC has no setting for that. So this program's own SSL_CTX_new, which the dynamic
// linker takes for gRPC's calls too, makes every context with the option on. Decision 0013.
#include <dlfcn.h>
#include <openssl/ssl.h>

#include "wire/grpc_shared.hpp"

extern "C" SSL_CTX* SSL_CTX_new(const SSL_METHOD* method) {
  using Make = SSL_CTX* (*)(const SSL_METHOD*);
  static const auto make = reinterpret_cast<Make>(dlsym(RTLD_NEXT, "SSL_CTX_new"));
  auto* context = make(method);
  if (context != nullptr) SSL_CTX_set_options(context, SSL_OP_CLEANSE_PLAINTEXT);
  return context;
}

namespace mado::wire {

bool tls_cleanses_plaintext() {
  // As gRPC finds it: not by the name that this file was linked with.
  return dlsym(RTLD_DEFAULT, "SSL_CTX_new") == reinterpret_cast<void*>(&SSL_CTX_new);
}

}  // namespace mado::wire
