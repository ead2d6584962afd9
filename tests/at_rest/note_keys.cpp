// Loaded before a kiosk (LD_PRELOAD): notes the private number of every key that EVP_PKEY_Q_keygen makes for it
// (EVP_EC_gen), in hexadecimal, a line each, in the file that MADOGUCHI_NOTED_KEYS names. The noting itself leaves
// nothing in the kiosk: it happens on a thread whose stack is its own mapping, and in OpenSSL's buffers, which it
// clears.
#include <dlfcn.h>
#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdlib>
#include <cstring>

namespace {
constexpr std::size_t stack_size = 1024 * 1024;
constexpr int number_size = 32;  // bytes of a P-256 private key

void* note(void* key) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(static_cast<EVP_PKEY*>(key), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) return nullptr;
  unsigned char bytes[number_size];
  BN_bn2binpad(number, bytes, number_size);
  BN_clear_free(number);
  char line[number_size * 2 + 1];
  for (int i = 0; i < number_size; ++i) {
    line[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
    line[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
  }
  line[number_size * 2] = '\n';
  const int file = open(std::getenv("MADOGUCHI_NOTED_KEYS"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (write(file, line, sizeof line) != sizeof line) std::abort();
  close(file);
  return nullptr;
}

void note_apart(EVP_PKEY* key) {
  void* stack = mmap(nullptr, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, stack_size);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, note, key) != 0) std::abort();
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  munmap(stack, stack_size);
}
}  // namespace

// The product calls it for elliptic curves only: EVP_EC_gen(curve) is a macro for it, with one further word.
extern "C" EVP_PKEY* EVP_PKEY_Q_keygen(OSSL_LIB_CTX* library, const char* properties, const char* type, ...) {
  using Make = EVP_PKEY* (*)(OSSL_LIB_CTX*, const char*, const char*, ...);
  static const auto make = reinterpret_cast<Make>(dlsym(RTLD_NEXT, "EVP_PKEY_Q_keygen"));
  if (std::strcmp(type, "EC") != 0) std::abort();
  va_list words;
  va_start(words, type);
  auto* key = make(library, properties, type, va_arg(words, char*));
  va_end(words);
  if (key != nullptr) note_apart(key);
  return key;
}
