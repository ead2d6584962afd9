// The tampering table: CMS that OpenSSL's own reader would take, or has taken, and that the chain does not.
#include <algorithm>

#include "tests/chain/tampering_row.hpp"
#include "trust/der.hpp"
#include "trust/der_writer.hpp"

namespace mado::chain_tests {
namespace {

using trust::DerReader;
using trust::StatementType;
namespace der = trust::der;

Bytes copy(ByteView view) { return {view.begin(), view.end()}; }

// The parts of a statement that a forger moves about.
struct Taken {
  Bytes version, digests, content, certificates;
  Bytes signer_head;        // version, issuerAndSerialNumber, digestAlgorithm
  Bytes signed_attributes;  // the content of the SET
  Bytes signature_algorithm, signature;
};

Taken take_apart(ByteView statement) {
  Taken taken;
  auto info = DerReader(statement).enter(trust::der::sequence_tag);
  info.take_whole(trust::der::object);
  auto wrapper = info.enter(trust::der::context_constructed(0));
  auto data = wrapper.enter(trust::der::sequence_tag);
  taken.version = copy(data.take_whole(trust::der::integer_tag));
  taken.digests = copy(data.take_whole(trust::der::set_tag));
  taken.content = copy(data.take_whole(trust::der::sequence_tag));
  taken.certificates = copy(data.take_whole(trust::der::context_constructed(0)));
  auto signers = data.enter(trust::der::set_tag);
  auto signer = signers.enter(trust::der::sequence_tag);
  const auto version = copy(signer.take_whole(trust::der::integer_tag));
  const auto name = copy(signer.take_whole(trust::der::sequence_tag));
  taken.signer_head = der::join({version, name, copy(signer.take_whole(trust::der::sequence_tag))});
  taken.signed_attributes = copy(signer.take(trust::der::context_constructed(0)));
  taken.signature_algorithm = copy(signer.take_whole(trust::der::sequence_tag));
  taken.signature = copy(signer.take(trust::der::octet_string));
  EXPECT_TRUE(signer.ok());
  return taken;
}

Bytes put_together(const Taken& taken, const Bytes& content, const Bytes& attributes, const Bytes& signature) {
  const auto signer =
      der::element(der::sequence_tag, der::join({taken.signer_head, attributes, taken.signature_algorithm,
                                                 der::element(der::octet_string, signature)}));
  const auto data = der::sequence(
      {taken.version, taken.digests, content, taken.certificates, der::element(trust::der::set_tag, signer)});
  return der::sequence({der::oid("1.2.840.113549.1.7.2"), der::element(der::context_constructed(0), data)});
}

Bytes attributes_of(const Taken& taken) { return der::element(der::context_constructed(0), taken.signed_attributes); }

struct ForgedCms : Row {
  PlayedKiosk kiosk{installation};
  v1::OpenQuery query;

  void SetUp() override {
    must(kiosk.fetch_challenge());
    query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  }
  // What the center, and what the issuer answers to `opening`.
  std::string offer(const Bytes& opening) {
    query.set_opening(string_of(opening));
    return ending_of(kiosk.send("Open", wire::serialise(query)));
  }
  void note_what_openssl_says(const std::string& subject, const Bytes& statement) {
    outside::write_file(installation.at("forged.der"), string_of(statement));
    const auto said = outside::run({"openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in",
                                    installation.at("forged.der").string(), "-out", "/dev/null"});
    RecordProperty("openssl_on_" + subject, said.code == 0 ? "accepts" : "refuses");
  }
};

TEST_F(ForgedCms, TakenApartAndPutTogetherAnOpeningIsTaken) {
  const auto taken = take_apart(view_of(query.opening()));
  EXPECT_EQ(offer(put_together(taken, taken.content, attributes_of(taken), taken.signature)), "done");
}

// A site or a shop asks the card to sign its login, and somebody offers that signature as an opening.
TEST_F(ForgedCms, WebLoginSignatureOfferedAsOpening) {
  const auto login = kiosk.crypto.digest(view_of("a transcript of somebody's login"));
  auto digest_info = *from_hex("3031300d060960864801650304020105000420");
  digest_info.insert(digest_info.end(), login.begin(), login.end());
  const auto signature = kiosk.sign_with_card(digest_info);

  must(kiosk.client.prepare_opening(kiosk.card_certificate(), now()));
  refused(kiosk.client.open_query(signature, "ja", now()));  // an honest kiosk sees it first
  const auto taken = take_apart(view_of(query.opening()));
  refused(offer(put_together(taken, taken.content, attributes_of(taken), signature)));
}

// The signature over the signed attributes is, without them, a signature over content that looks like attributes.
TEST_F(ForgedCms, SignedAttributesOfferedAsContent) {
  const auto taken = take_apart(view_of(query.opening()));
  const auto as_content = der::element(der::octet_string, der::element(trust::der::set_tag, taken.signed_attributes));
  const auto type = copy(DerReader(taken.content).enter(trust::der::sequence_tag).take_whole(trust::der::object));
  const auto content = der::sequence({type, der::element(der::context_constructed(0), as_content)});
  const auto forged = put_together(taken, content, {}, taken.signature);
  note_what_openssl_says("attributes_as_content", forged);
  refused(kiosk.crypto.read(forged, StatementType::opening));
  refused(offer(forged));
}

TEST_F(ForgedCms, AStatementOfAnotherType) { refused(offer(bytes_of(query.endorsement()))); }

TEST_F(ForgedCms, OpeningWithOneBitChangedAnywhere) {
  auto opening = bytes_of(query.opening());
  for (std::size_t bit = 0; bit < opening.size() * 8; ++bit) {
    const auto flip = static_cast<std::uint8_t>(1U << bit % 8);
    opening[bit / 8] ^= flip;
    EXPECT_FALSE(kiosk.crypto.read(opening, StatementType::opening)) << "byte " << bit / 8 << ", bit " << bit % 8;
    opening[bit / 8] ^= flip;
  }
  for (const auto at : {opening.size() / 3, opening.size() / 2, opening.size() - 1}) {
    refused(offer(with_byte_changed(opening, at)));
  }
}

// The same envelope with another tag, and under another algorithm.
Bytes with_tag_of(ByteView envelope, std::size_t size) {
  auto info = DerReader(envelope).enter(trust::der::sequence_tag);
  const auto type = copy(info.take_whole(trust::der::object));
  auto wrapper = info.enter(trust::der::context_constructed(0));
  auto data = wrapper.enter(trust::der::sequence_tag);
  const auto version = copy(data.take_whole(trust::der::integer_tag));
  const auto recipients = copy(data.take_whole(trust::der::set_tag));
  auto content = data.enter(trust::der::sequence_tag);
  const auto content_type = copy(content.take_whole(trust::der::object));
  auto algorithm = content.enter(trust::der::sequence_tag);
  const auto cipher = copy(algorithm.take_whole(trust::der::object));
  auto parameters = algorithm.enter(trust::der::sequence_tag);
  const auto nonce = copy(parameters.take_whole(trust::der::octet_string));
  const auto encrypted = copy(content.take_whole(trust::der::context(0)));
  auto tag = copy(data.take(trust::der::octet_string));
  EXPECT_TRUE(data.ok() && content.ok() && parameters.ok());
  tag.resize(size);
  const auto length = der::integer(Bytes{static_cast<std::uint8_t>(size)});
  const auto sealed = der::sequence({content_type, der::sequence({cipher, der::sequence({nonce, length})}), encrypted});
  return der::sequence(
      {type, der::element(der::context_constructed(0),
                          der::sequence({version, recipients, sealed, der::element(der::octet_string, tag)}))});
}

TEST_F(ForgedCms, EnvelopeTagCutOrTurnedCbc) {
  const auto untouched = query;
  const auto offer_sealed = [&](const Bytes& sealed) {
    auto changed = untouched;
    changed.set_sealed(string_of(sealed));
    return ending_of(kiosk.send("Open", wire::serialise(changed)));
  };
  EXPECT_EQ(offer_sealed(with_tag_of(view_of(untouched.sealed()), 16)), "done");
  for (const std::size_t size : {15U, 12U, 4U}) refused(offer_sealed(with_tag_of(view_of(untouched.sealed()), size)));

  outside::write_file(
      installation.at("bundle"),
      string_of(wire::serialise(InsideEnvelopes(installation).open<v1::MenuBundle>(untouched.sealed()))));
  const auto turned = outside::run({"openssl", "cms", "-encrypt", "-binary", "-aes-256-cbc", "-outform", "DER", "-in",
                                    installation.at("bundle").string(), "-out", installation.at("cbc.der").string(),
                                    "-recip", installation.at("keys/city/receiving.pem").string()});
  ASSERT_EQ(turned.code, 0) << turned.output;
  refused(offer_sealed(bytes_of(outside::content_of(installation.at("cbc.der")))));
}

}  // namespace
}  // namespace mado::chain_tests
