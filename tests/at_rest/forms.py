"""The forms in which something may lie somewhere: every coding of a text, of bytes and of a key that software here uses."""
import base64
import json
from urllib.parse import quote

SHORTEST = 6  # bytes: a shorter form stands anywhere by chance
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "shift_jis", "euc_jp")


def base64_forms(secret):
    """What stands inside any base64 text, of either alphabet, of something that contains `secret`, at each of the three alignments."""
    forms = []
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            text = encode(bytes(before) + secret)
            first = -(-before * 8 // 6)
            forms.append(text[first:(before + len(secret)) * 8 // 6])
    return forms


def hexadecimal(secret):
    return [secret.hex().encode(), secret.hex().upper().encode()]


def percent(secret):
    upper = "".join(f"%{byte:02X}" for byte in secret)
    return [upper.encode(), upper.lower().encode()]


def forms_of_text(text):
    """Bytes by the name of their form."""
    forms = {}
    for coding in CODINGS:
        try:
            raw = text.encode(coding)
        except UnicodeEncodeError:
            continue  # a variation selector, or a character that JIS X 0208 lacks
        add(forms, coding, [raw])
        add(forms, f"{coding} in base64", base64_forms(raw))
        add(forms, f"{coding} in hexadecimal", hexadecimal(raw))
    escaped = json.dumps(text)[1:-1].encode()
    add(forms, "JSON escapes", [escaped, escaped.upper().replace(rb"\U", rb"\u")])
    add(forms, "percent-encoded", [*percent(text.encode()), quote(text).encode()])
    return forms


def forms_of_bytes(raw):
    forms = {}
    add(forms, "raw", [raw])
    add(forms, "in base64", base64_forms(raw))
    add(forms, "in hexadecimal", hexadecimal(raw))
    return forms


def forms_of_number(raw):
    """A big number, most significant byte first: also as a BIGNUM of this machine keeps it, and each half of either."""
    forms = {}
    half = len(raw) // 2
    for order, number in (("", raw), ("reversed, ", raw[::-1])):
        for part in (number[:half], number[half:]):
            for name, values in forms_of_bytes(part).items():
                add(forms, order + name, values)
    return forms


def forms_of_pin(pin):
    """Four digits stand anywhere, so they are looked for in their surroundings: as a string object, in a command to the card."""
    digits = pin.encode()
    forms = {}
    add(forms, "a string object", [len(digits).to_bytes(8, "little") + digits + b"\0", b"\0\0" + digits + b"\0\0"])
    add(forms, "a command to the card", [bytes([0x00, 0x20, 0x00, 0x80, len(digits)]) + digits, b"\x20\x00\x80\x04" + digits])
    add(forms, "JSON", [b'"' + digits + b'"'])
    add(forms, "text", [b"pin " + digits, b"pin=" + digits, b"PIN " + digits, b"PIN: " + digits, b"pin: " + digits])
    add(forms, "utf-16-le", [f'"{pin}"'.encode("utf-16-le"), f"\0{pin}\0".encode("utf-16-le")])
    add(forms, "utf-32-le", [f'"{pin}"'.encode("utf-32-le"), f"{pin}\0".encode("utf-32-le")])
    return forms


def add(forms, name, values):
    for value in values:
        if len(value) >= SHORTEST:
            forms.setdefault(name, set()).add(value)
