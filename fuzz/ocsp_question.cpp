// What the validity service is asked (RFC 6960): only the one form that it reads.
#include "fuzz/examine.hpp"
#include "jpki/core/ocsp_answer.hpp"
#include "trust/der_writer.hpp"
#include "trust/ocsp.hpp"

namespace mado::fuzz {

namespace {
namespace der = trust::der;

Bytes request(const jpki::OcspQuestion& question) {
  const auto nonce = der::element(der::octet_string, der::element(der::octet_string, question.nonce));
  const auto extensions = der::sequence({der::sequence({der::oid("1.3.6.1.5.5.7.48.1.2"), nonce})});
  return der::sequence({der::sequence({der::sequence({der::sequence({question.certificate_id})}),
                                       der::element(der::context_constructed(2), extensions)})});
}

Bytes certificate_id(const jpki::OcspQuestion& question, bool with_null) {
  const auto sha1 = der::oid("1.3.14.3.2.26");
  return der::sequence({with_null ? der::sequence({sha1, der::element(der::null_tag, {})}) : der::sequence({sha1}),
                        der::element(der::octet_string, question.issuer_name),
                        der::element(der::octet_string, question.issuer_key), der::integer(question.serial)});
}
}  // namespace

void examine(ByteView input) {
  const auto question = jpki::read_question(input);
  if (!question) {
    claim_is_explained(question.error());
    claim(question.error().reason == Reason::message_malformed, "one reason for every request that is not read");
    return;
  }
  claim(question->nonce.size() == trust::ocsp_nonce_size, "a nonce has 32 bytes");
  claim(!question->serial.empty() && question->serial.size() <= 20, "a serial has 1 to 20 bytes");
  claim(request(*question) == Bytes(input.begin(), input.end()), "a request is written as it was read");
  claim(question->certificate_id == certificate_id(*question, true) ||
            question->certificate_id == certificate_id(*question, false),
        "a CertID is written as it was read");
}

}  // namespace mado::fuzz
