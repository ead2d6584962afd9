// OCSP's stand-in: the same refusals, in the same order, as trust/ocsp.cpp.
#include <algorithm>

#include "simulator/trust/stand_in.hpp"
#include "trust/ocsp.hpp"

namespace mado::simulator {

using stand_in::Form;
using stand_in::Reader;
using stand_in::Writer;

namespace {
constexpr std::chrono::seconds longest_age{60};
using jpki::CertificateStatus;
}  // namespace

Outcome<Bytes> StandInCryptography::ocsp_request(const trust::CertificateFacts& card, ByteView nonce) {
  if (nonce.size() != 32) return refuse(Reason::input_invalid, "an OCSP nonce has 32 bytes");
  return Writer(Form::question).block(card.authority).block(card.serial).block(nonce).take();
}

Bytes StandInCryptography::ocsp_answer(const StandInKey& responder, ByteView request,
                                       const Keys::StandingOf& standing_of, Instant now) const {
  Reader reader(request, Form::question);
  const auto authority = reader.block();
  const auto serial = reader.block();
  const auto nonce = reader.block();
  if (!reader.good() || !std::ranges::equal(authority, responder.certificate())) return {};
  const auto status = jpki::status_of(standing_of(Bytes(serial.begin(), serial.end())));
  const auto produced = now.milliseconds / 1000 * 1000;  // whole seconds, as GeneralizedTime has them
  return with_code(Writer(Form::answer)
                       .number(responder.number())
                       .octet(static_cast<std::uint8_t>(status))
                       .number(static_cast<std::uint64_t>(produced))
                       .block(serial)
                       .block(nonce)
                       .take(),
                   held(responder.number())->secret);
}

Outcome<void> StandInCryptography::check_ocsp(ByteView response, const trust::CertificateFacts& card, ByteView nonce,
                                              Instant at) {
  Reader reader(response, Form::answer);
  const auto signer = reader.number();
  const auto status = static_cast<CertificateStatus>(reader.octet());
  const Instant produced{static_cast<std::int64_t>(reader.number())};
  const auto serial = reader.block();
  const auto answered = reader.block();
  const auto code = reader.code();
  if (!reader.good()) return refuse(Reason::check_unavailable, "not an OCSP answer");
  const auto* responder = held(signer);
  const auto covered = response.first(response.size() - stand_in::code_size);
  if (responder == nullptr || responder->certificate != card.authority || !code_holds(covered, code, responder->secret))
    return refuse(Reason::check_not_ours, "the CA did not authorise the OCSP responder");
  if (!std::ranges::equal(answered, nonce)) return refuse(Reason::check_not_ours, "another nonce");
  if (!std::ranges::equal(serial, card.serial)) return refuse(Reason::check_not_ours, "about another certificate");
  if (at - produced > longest_age) return refuse(Reason::check_stale, "produced too long ago");
  if (produced - at > trust::ocsp_clock_skew) return refuse(Reason::check_stale, "from the future");
  if (status == CertificateStatus::revoked) return refuse(Reason::card_revoked, "the CA has revoked the certificate");
  if (status != CertificateStatus::good)
    return refuse(Reason::card_unknown_issuer, "the CA does not know the certificate");
  return {};
}

}  // namespace mado::simulator
