#include <openssl/ec.h>

#include <algorithm>
#include <array>

#include "trust/openssl_handles.hpp"
#include "trust/shape.hpp"

namespace mado::trust {

namespace {
// Contents are padded with zeros to one of these sizes, after a length of four bytes (chain rule 14).
constexpr std::array<std::size_t, 8> size_classes{
    4096, 16384, 65536, 262144, 1024 * 1024, 4 * 1024 * 1024, 16 * 1024 * 1024, 60 * 1024 * 1024};
constexpr std::size_t length_size = 4;

Outcome<Sensitive<Bytes>> pad(ByteView content) {
  for (const auto size : size_classes) {
    if (content.size() + length_size > size) continue;
    Bytes padded(size);
    for (std::size_t i = 0; i < length_size; ++i) padded[i] = static_cast<std::uint8_t>(content.size() >> (24 - 8 * i));
    std::copy(content.begin(), content.end(), padded.begin() + length_size);
    return Sensitive<Bytes>{std::move(padded)};
  }
  return refuse(Reason::message_too_large, "nothing over 60 MiB is sealed");
}

Outcome<Sensitive<Bytes>> unpad(const Sensitive<Bytes>& padded) {
  const auto& bytes = padded.reveal();
  if (std::ranges::find(size_classes, bytes.size()) == size_classes.end()) {
    return refuse(Reason::envelope_invalid, "an envelope's content has no size class");
  }
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_size; ++i) length = length << 8 | bytes[i];
  if (length > bytes.size() - length_size) return refuse(Reason::envelope_invalid, "an envelope's length does not fit");
  const auto content = ByteView(bytes).subspan(length_size, length);
  const auto padding = ByteView(bytes).subspan(length_size + length);
  if (std::ranges::any_of(padding, [](auto byte) { return byte != 0; })) {
    return refuse(Reason::envelope_invalid, "an envelope's padding is not empty");
  }
  return Sensitive<Bytes>{Bytes(content.begin(), content.end())};
}
}  // namespace

Outcome<Bytes> openssl_seal(ByteView content, ByteView recipient) {
  const auto certificate = X509Certificate::parse(recipient);
  if (!certificate) return refuse(Reason::envelope_invalid, "the recipient's certificate does not parse");
  MADO_TRY(padded, pad(content));
  const Cms cms{CMS_encrypt(nullptr, nullptr, EVP_aes_256_gcm(), CMS_PARTIAL | CMS_BINARY)};
  CMS_RecipientInfo* to = cms ? CMS_add1_recipient_cert(cms.get(), certificate->handle(), CMS_KEY_PARAM) : nullptr;
  EVP_PKEY_CTX* agreement = to == nullptr ? nullptr : CMS_RecipientInfo_get0_pkey_ctx(to);
  if (agreement == nullptr || EVP_PKEY_CTX_set_ecdh_kdf_md(agreement, EVP_sha256()) != 1) {
    return refuse(Reason::envelope_invalid, "an envelope cannot be addressed: " + openssl_error());
  }
  const auto data = bio_of(padded.reveal());
  if (CMS_final(cms.get(), data.get(), nullptr, CMS_BINARY) != 1) {
    return refuse(Reason::internal, "an envelope cannot be sealed: " + openssl_error());
  }
  auto envelope = encoded<i2d_CMS_ContentInfo>(cms.get());
  if (envelope.empty()) return refuse(Reason::internal, openssl_error());
  return envelope;
}

Outcome<Sensitive<Bytes>> openssl_open(ByteView envelope, EVP_PKEY* key, X509* certificate) {
  MADO_CHECK(check_envelope_shape(envelope, encoded<i2d_X509>(certificate)));
  const auto cms = decoded<Cms, d2i_CMS_ContentInfo>(envelope);
  if (!cms) return refuse(Reason::envelope_invalid, "an envelope is not CMS: " + openssl_error());
  const Bio output{BIO_new(BIO_s_mem())};  // wiped when freed: BUF_MEM_free clears
  if (CMS_decrypt(cms.get(), key, certificate, nullptr, output.get(), CMS_BINARY) != 1) {
    return refuse(Reason::envelope_invalid, "an envelope cannot be opened: " + openssl_error());
  }
  const Sensitive<Bytes> padded{bytes_of_bio(output.get())};
  return unpad(padded);
}

}  // namespace mado::trust
