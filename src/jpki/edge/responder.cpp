#include "jpki/edge/responder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "jpki/core/ocsp_answer.hpp"
#include "jpki/edge/authority.hpp"

namespace mado::jpki {

namespace {
std::string_view text_of(CertificateStatus status) {
  switch (status) {
    case CertificateStatus::good:
      return "good";
    case CertificateStatus::revoked:
      return "revoked";
    default:
      return "unknown";
  }
}
}  // namespace

Outcome<std::unique_ptr<OcspResponder>> OcspResponder::open(const std::filesystem::path& directory) {
  std::vector<Generation> generations;
  for (const auto kind : {Kind::authentication, Kind::signature}) {
    for (int number = 1; number <= count_generations(directory, kind); ++number) {
      const auto files = responder_files(directory, kind, number);
      MADO_TRY(authority, trust::X509Certificate::load(generation_files(directory, kind, number).certificate));
      MADO_TRY(responder, trust::X509Certificate::load(files.certificate));
      MADO_TRY(key, trust::PrivateKey::load(files.key));
      if (key.public_key() != responder.facts().public_key) {
        return refuse(Reason::configuration_invalid,
                      fmt::format("{} is not the key of its certificate", files.key.string()));
      }
      const auto name_digest = trust::sha1(trust::encode(authority.facts().subject));
      generations.push_back({std::move(authority), std::move(responder), std::move(key), name_digest});
    }
  }
  if (generations.empty()) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: there is no authority", directory.string()));
  }
  MADO_TRY(issued, open_register(directory));
  return std::unique_ptr<OcspResponder>(new OcspResponder(std::move(generations), std::move(issued)));
}

const OcspResponder::Generation* OcspResponder::generation_of(const OcspQuestion& question) const {
  const auto found = std::ranges::find_if(generations_, [&](const Generation& generation) {
    return std::ranges::equal(generation.authority.facts().key_id, question.issuer_key) &&
           std::ranges::equal(generation.name_digest, question.issuer_name);
  });
  return found == generations_.end() ? nullptr : &*found;
}

OcspResponder::Answer OcspResponder::answer(ByteView request, Instant now) {
  const auto question = read_question(request);
  if (!question) return {make_failure(OcspFailure::malformed_request), "malformed"};
  const auto* generation = generation_of(*question);
  if (generation == nullptr) return {make_failure(OcspFailure::unauthorized), "unauthorized"};
  const auto standing = register_->standing(question->issuer_key, question->serial);
  if (!standing) return {make_failure(OcspFailure::try_later), "failed"};
  auto answer = make_answer(*question, *standing, now, generation->key, generation->responder.der(),
                            generation->responder.facts().key_id);
  if (!answer) return {make_failure(OcspFailure::internal_error), "failed"};
  return {std::move(*answer), text_of(status_of(*standing))};
}

}  // namespace mado::jpki
