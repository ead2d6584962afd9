#include "trust/openssl_handles.hpp"

#include <array>
#include <ctime>

namespace mado::trust {

std::string openssl_error() {
  std::string text;
  while (const auto code = ERR_get_error()) {
    std::array<char, 256> line{};
    ERR_error_string_n(code, line.data(), line.size());
    text += (text.empty() ? "" : "; ") + std::string(line.data());
  }
  return text;
}

Bio bio_of(ByteView bytes) { return Bio{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))}; }

Bytes bytes_of_bio(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return {data, data + size};
}

std::optional<Instant> moment_of(const ASN1_TIME* time) {
  std::tm broken_down{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &broken_down) != 1) return std::nullopt;
  return Instant{static_cast<std::int64_t>(timegm(&broken_down)) * 1000};
}

}  // namespace mado::trust
