#include "jpki/core/ocsp_answer.hpp"

#include <fmt/format.h>

#include "trust/der.hpp"
#include "trust/der_writer.hpp"
#include "trust/ocsp.hpp"

namespace mado::jpki {

namespace {
using trust::DerReader;
namespace der = trust::der;

constexpr std::string_view nonce_oid = "1.3.6.1.5.5.7.48.1.2";
constexpr std::size_t sha1_size = 20;
constexpr std::size_t longest_serial = 20;  // octets, RFC 5280 4.1.2.2
constexpr std::uint8_t generalized_time = 0x18;
constexpr std::uint8_t enumerated = 0x0a;

Bytes copy(ByteView view) { return {view.begin(), view.end()}; }

Bytes content_of(const Bytes& element) {
  DerReader reader{element};
  return copy(reader.take(element.front()));
}

// CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }
bool read_certificate_id(ByteView whole, OcspQuestion& question) {
  DerReader outer{whole};
  auto id = outer.enter(der::sequence_tag);
  auto algorithm = id.enter(der::sequence_tag);
  algorithm.expect(der::object, content_of(der::oid("1.3.14.3.2.26")));
  if (algorithm.next_is(der::null_tag)) algorithm.expect(der::null_tag, {});
  algorithm.expect_end();
  question.certificate_id = copy(whole);
  question.issuer_name = copy(id.take(der::octet_string));
  question.issuer_key = copy(id.take(der::octet_string));
  auto serial = id.take(der::integer_tag);
  id.expect_end();
  if (!id.ok() || !algorithm.ok() || serial.empty() || (serial.front() & 0x80) != 0) return false;
  // A zero in front stands only where the number would look negative without it (X.690 8.3.2).
  if (serial.front() == 0 && serial.size() > 1) {
    serial = serial.subspan(1);
    if ((serial.front() & 0x80) == 0) return false;
  }
  if (serial.size() > longest_serial) return false;
  question.serial = copy(serial);
  return question.issuer_name.size() == sha1_size && question.issuer_key.size() == sha1_size;
}

// [2] EXPLICIT Extensions, which hold the nonce and nothing else.
bool read_nonce(DerReader& tbs, OcspQuestion& question) {
  auto wrapper = tbs.enter(der::context_constructed(2));
  auto extensions = wrapper.enter(der::sequence_tag);
  auto extension = extensions.enter(der::sequence_tag);
  extension.expect(der::object, content_of(der::oid(nonce_oid)));
  DerReader value{extension.take(der::octet_string)};
  question.nonce = copy(value.take(der::octet_string));
  value.expect_end();
  extension.expect_end();
  extensions.expect_end();
  wrapper.expect_end();
  return wrapper.ok() && extensions.ok() && extension.ok() && value.ok() &&
         question.nonce.size() == trust::ocsp_nonce_size;
}

Bytes generalized(Instant at) {
  // "2026-11-21T09:00:00.000Z" → "20261121090000Z"
  std::string digits;
  for (const char c : iso_text(at).substr(0, 19)) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return der::element(generalized_time, view_of(digits + "Z"));
}

// CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL }
Bytes encoded_status(const OcspStanding& standing) {
  const auto status = status_of(standing);
  if (status != CertificateStatus::revoked) return der::element(der::context(static_cast<std::uint8_t>(status)), {});
  const auto code = static_cast<std::uint8_t>(standing.revocation->reason);
  const auto reason = der::element(der::context_constructed(0), der::element(enumerated, Bytes{code}));
  return der::element(der::context_constructed(1), der::join({generalized(standing.revocation->at), reason}));
}

Bytes response_data(const OcspQuestion& question, const OcspStanding& standing, Instant now,
                    const trust::Sha1& responder_key_id) {
  const auto single = der::sequence({question.certificate_id, encoded_status(standing), generalized(now)});
  const auto nonce = der::element(der::octet_string, der::element(der::octet_string, question.nonce));
  const auto extensions = der::sequence({der::sequence({der::oid(nonce_oid), nonce})});
  return der::sequence({
      der::element(der::context_constructed(2), der::element(der::octet_string, responder_key_id)),
      generalized(now),
      der::sequence({single}),
      der::element(der::context_constructed(1), extensions),
  });
}

Bytes signature_algorithm(trust::KeyKind kind) {
  if (kind == trust::KeyKind::p256) return der::sequence({der::oid("1.2.840.10045.4.3.2")});
  return der::sequence({der::oid("1.2.840.113549.1.1.11"), der::element(der::null_tag, {})});
}

Bytes bit_string(ByteView bits) { return der::element(der::bit_string, der::join({Bytes{0}, copy(bits)})); }
}  // namespace

Outcome<OcspQuestion> read_question(ByteView request) {
  OcspQuestion question;
  if (request.size() > trust::largest_ocsp_request)
    return refuse(Reason::message_malformed, "the OCSP request is too large");
  DerReader top{request};
  auto outer = top.enter(der::sequence_tag);
  top.expect_end();
  auto tbs = outer.enter(der::sequence_tag);
  outer.expect_end();
  auto list = tbs.enter(der::sequence_tag);
  auto one = list.enter(der::sequence_tag);
  list.expect_end();
  const auto id = one.take_whole(der::sequence_tag);
  one.expect_end();
  const bool read =
      top.ok() && outer.ok() && list.ok() && one.ok() && read_certificate_id(id, question) && read_nonce(tbs, question);
  tbs.expect_end();
  if (!read || !tbs.ok())
    return refuse(Reason::message_malformed, "not one certificate by SHA-1 with a nonce of 32 bytes");
  return question;
}

Outcome<Bytes> make_answer(const OcspQuestion& question, const OcspStanding& standing, Instant now,
                           const trust::PrivateKey& responder_key, ByteView responder,
                           const trust::Sha1& responder_key_id) {
  const auto data = response_data(question, standing, now, responder_key_id);
  MADO_TRY(signature, responder_key.sign(data));
  const auto basic = der::sequence({
      data,
      signature_algorithm(responder_key.kind()),
      bit_string(signature),
      der::element(der::context_constructed(0), der::sequence({copy(responder)})),
  });
  const auto bytes = der::sequence({der::oid("1.3.6.1.5.5.7.48.1.1"), der::element(der::octet_string, basic)});
  return der::sequence({der::element(enumerated, Bytes{0}), der::element(der::context_constructed(0), bytes)});
}

Bytes make_failure(OcspFailure failure) {
  return der::sequence({der::element(enumerated, Bytes{static_cast<std::uint8_t>(failure)})});
}

}  // namespace mado::jpki
