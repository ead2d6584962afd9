"""Signed statements by an own reading of DER, CMS and protobuf: what was said, by whom, and whether the signature holds.

Written from RFC 5652, X.690, the protobuf encoding and docs/chain.md; shares nothing with the product.
"""
import ctypes
import hashlib

CRYPTO = ctypes.CDLL("libcrypto.so.3")
for name, result, words in [
    ("d2i_X509", ctypes.c_void_p, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long]), ("X509_get0_pubkey", ctypes.c_void_p, [ctypes.c_void_p]),
    ("X509_free", None, [ctypes.c_void_p]), ("EVP_MD_CTX_new", ctypes.c_void_p, []), ("EVP_MD_CTX_free", None, [ctypes.c_void_p]), ("EVP_sha256", ctypes.c_void_p, []),
    ("EVP_DigestVerifyInit", ctypes.c_int, [ctypes.c_void_p] * 5),
    ("EVP_DigestVerify", ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]),
]:
    getattr(CRYPTO, name).restype, getattr(CRYPTO, name).argtypes = result, words

SEQUENCE, SET, OCTETS, OID, FIRST = 0x30, 0x31, 0x04, 0x06, 0xA0
SIGNED_DATA, CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
STATEMENTS = "2.25.22678955188097659195437609877030666801."
OPENING, APPLICATION, CERTIFICATE = STATEMENTS + "2", STATEMENTS + "8", STATEMENTS + "9"


class Wrong(Exception):
    """What does not agree; the sentence says what."""


def digest(data):
    return hashlib.sha256(data).digest()


def signature_holds(certificate, signature, data):
    """By the key of a certificate in DER: ECDSA, or RSA as PKCS #1 v1.5, with SHA-256."""
    owner = CRYPTO.d2i_X509(None, ctypes.byref(ctypes.c_char_p(certificate)), len(certificate))
    if not owner:
        raise Wrong("a certificate that cannot be read")
    context = CRYPTO.EVP_MD_CTX_new()
    try:
        return (CRYPTO.EVP_DigestVerifyInit(context, None, CRYPTO.EVP_sha256(), None, CRYPTO.X509_get0_pubkey(owner)) == 1
                and CRYPTO.EVP_DigestVerify(context, signature, len(signature), data, len(data)) == 1)
    finally:
        CRYPTO.EVP_MD_CTX_free(context)
        CRYPTO.X509_free(owner)


def elements(data):
    """The DER elements that follow each other in `data`: tag, content, the whole element."""
    at = 0
    while at < len(data):
        tag, length, begin = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, begin = int.from_bytes(data[begin:begin + count], "big"), begin + count
        end = begin + length
        if end > len(data):
            raise Wrong("DER that is cut off")
        yield tag, data[begin:end], data[at:end]
        at = end


def inside(data, *tags):
    """The contents of consecutive elements that must have these tags."""
    found = list(elements(data))
    if [tag for tag, _, _ in found[:len(tags)]] != list(tags):
        raise Wrong("a CMS of another shape")
    return [content for _, content, _ in found[:len(tags)]]


def dotted(content):
    arcs, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


class Statement:
    """A CMS SignedData of one signer whose signature holds. `certificate`: the signer's, in DER."""

    def __init__(self, cms, kind):
        whole, = inside(cms, SEQUENCE)
        form, wrapped = inside(whole, OID, FIRST)
        if dotted(form) != SIGNED_DATA:
            raise Wrong("no signed data")
        signed, = inside(wrapped, SEQUENCE)
        _, _, (_, content, _), (_, certificates, _), (_, signers, _) = elements(signed)
        said_kind, wrapped_content = inside(content, OID, FIRST)
        if dotted(said_kind) != kind:
            raise Wrong("a statement of another kind")
        self.content, = inside(wrapped_content, OCTETS)
        self.digest = digest(cms)
        self.certificate = next(elements(certificates))[2]
        self._check(next(elements(signers))[1], said_kind)

    def _check(self, signer, kind):
        _, _, _, (tag, attributes, whole), _, (_, signature, _) = list(elements(signer))[:6]
        if tag != FIRST:
            raise Wrong("no signed attributes")
        said = {}
        for _, attribute, _ in elements(attributes):
            name, values = inside(attribute, OID, SET)
            said[dotted(name)] = next(elements(values))[1]
        if said[CONTENT_TYPE] != kind or said[MESSAGE_DIGEST] != digest(self.content):
            raise Wrong("signed attributes of another content")
        if not signature_holds(self.certificate, signature, bytes([SET]) + whole[1:]):
            raise Wrong("a signature that does not hold")


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value, at, shift = value | (byte & 0x7F) << shift, at + 1, shift + 7
        if not byte & 0x80:
            return value, at


class Message:
    """A protobuf message: its values by field number, in their order."""

    def __init__(self, data):
        self.fields, at = {}, 0
        while at < len(data):
            key, at = varint(data, at)
            if key & 7 == 0:
                value, at = varint(data, at)
            elif key & 7 == 2:
                length, at = varint(data, at)
                value, at = data[at:at + length], at + length
            else:
                raise Wrong("a message of another form")
            self.fields.setdefault(key >> 3, []).append(value)

    def all(self, number):
        return self.fields.get(number, [])

    def bytes(self, number):
        return self.fields.get(number, [b""])[-1]

    def text(self, number):
        return self.bytes(number).decode()

    def number(self, number):
        return self.fields.get(number, [0])[-1]

    def numbers(self, number):
        """Of a packed list."""
        found, data, at = [], self.bytes(number), 0
        while at < len(data):
            value, at = varint(data, at)
            found.append(value)
        return found
