// What the gRPC files of this folder share. Included by nothing else.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "wire/line.hpp"

namespace mado::wire {

inline constexpr const char* city_metadata = "madoguchi-city";

// Takes a message that has arrived out of its buffer, which is empty then. The memory into which gRPC decrypted it is
// overwritten: it is a part of a block that is reused, not freed, as long as the line is open.
Bytes take_bytes(grpc::ByteBuffer& buffer);
grpc::ByteBuffer buffer_of(ByteView bytes);

// A refusal as a status, and back. Our own reasons travel as FAILED_PRECONDITION with the code as message.
grpc::Status status_of(const Refusal& refusal);
Refusal refusal_of(const grpc::Status& status, const std::string& method);

// TLS 1.3 only, for the whole process: called before anything else of gRPC.
void insist_on_tls13();
// Whether OpenSSL overwrites what it decrypted as soon as gRPC has it, on every line (cleansing_tls.cpp).
bool tls_cleanses_plaintext();

struct PemCredentials {
  std::string authority;
  std::string certificate;
  std::string key;
};
Outcome<PemCredentials> read_pem(const LineCredentials& credentials);
std::shared_ptr<grpc::Channel> make_channel(const std::string& target, const std::string& peer,
                                            const PemCredentials& pem, const Limits& limits);

}  // namespace mado::wire
