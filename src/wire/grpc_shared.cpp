#include "wire/grpc_shared.hpp"

#include <cassert>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>

#include "base/sensitive.hpp"

namespace mado::wire {

Bytes take_bytes(grpc::ByteBuffer& buffer) {
  Bytes bytes;
  bytes.reserve(buffer.Length());
  std::vector<grpc::Slice> slices;
  if (buffer.Dump(&slices).ok()) {
    for (const auto& slice : slices) {
      bytes.insert(bytes.end(), slice.begin(), slice.end());
      // Nobody else reads it: the transport has handed this message over, and no other is in these bytes.
      wipe(const_cast<std::uint8_t*>(slice.begin()), slice.size());
    }
  }
  buffer.Clear();
  return bytes;
}

grpc::ByteBuffer buffer_of(ByteView bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return {&slice, 1};
}

grpc::Status status_of(const Refusal& refusal) {
  const auto code = refusal.reason == Reason::peer_not_allowed || refusal.reason == Reason::method_not_allowed
                        ? grpc::StatusCode::PERMISSION_DENIED
                        : grpc::StatusCode::FAILED_PRECONDITION;
  return {code, std::string(code_of(refusal.reason))};
}

Refusal refusal_of(const grpc::Status& status, const std::string& method) {
  if (status.error_code() == grpc::StatusCode::FAILED_PRECONDITION ||
      status.error_code() == grpc::StatusCode::PERMISSION_DENIED) {
    if (const auto reason = reason_of(status.error_message()))
      return {*reason, method + " was refused by the other side"};
  }
  const auto cause = method + ": " + status.error_message();
  switch (status.error_code()) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return {Reason::answer_late, cause};
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return {Reason::message_too_large, cause};
    case grpc::StatusCode::PERMISSION_DENIED:
      return {Reason::peer_not_allowed, cause};
    case grpc::StatusCode::UNIMPLEMENTED:
      return {Reason::method_not_allowed, cause};
    default:
      return {Reason::line_down, cause};
  }
}

// gRPC 1.51 has no public setting for the lowest TLS version. Its suites for TLS 1.2 can be named, though, and the one
// named here needs an RSA certificate, while every certificate of our lines is P-256: no TLS 1.2 handshake can succeed.
// TLS 1.3 has suites of its own, which this does not touch. tests/wire checks it with `openssl s_client -tls1_2`.
void insist_on_tls13() {
  assert(tls_cleanses_plaintext());
  static std::once_flag once;
  std::call_once(once, [] { setenv("GRPC_SSL_CIPHER_SUITES", "ECDHE-RSA-AES256-GCM-SHA384", 1); });
}

namespace {
Outcome<std::string> content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream content;
  content << stream.rdbuf();
  if (!stream || content.str().empty()) return refuse(Reason::configuration_invalid, file.string() + " cannot be read");
  return content.str();
}
}  // namespace

Outcome<PemCredentials> read_pem(const LineCredentials& credentials) {
  MADO_TRY(authority, content_of(credentials.authority));
  MADO_TRY(certificate, content_of(credentials.certificate));
  MADO_TRY(key, content_of(credentials.key));
  return PemCredentials{std::move(authority), std::move(certificate), std::move(key)};
}

std::shared_ptr<grpc::Channel> make_channel(const std::string& target, const std::string& peer,
                                            const PemCredentials& pem, const Limits& limits) {
  insist_on_tls13();
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(peer);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetMaxReceiveMessageSize(static_cast<int>(limits.largest_message));
  arguments.SetMaxSendMessageSize(static_cast<int>(limits.largest_message));
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);  // also the limit of one attempt to connect
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(target, grpc::SslCredentials({pem.authority, pem.key, pem.certificate}), arguments);
}

}  // namespace mado::wire
