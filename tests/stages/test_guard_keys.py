"""Secret keys and what is sealed, in every way in which they are kept; and what only looks like them."""

from __future__ import annotations

import base64
import json

import pyrage
import pytest

from tweeluik.checks.guard.keys import holds_key_or_sealed
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.confidential.age.sealing import seal
from tweeluik.words.folding import squeeze

IDENTITY = str(pyrage.x25519.Identity.generate())
RECIPIENT = str(pyrage.x25519.Identity.from_str(IDENTITY).to_public())
SEALED = seal(b"geheim", [RECIPIENT])
ARMOURED = (
    f"-----BEGIN AGE ENCRYPTED FILE-----\n{base64.encodebytes(SEALED).decode()}-----END AGE ENCRYPTED FILE-----\n"
)
PKCS8 = base64.b64decode("MC4CAQAwBQYDK2VwBCIEIA==") + bytes(32)
"""Of Ed25519 (RFC 8410), all zeros."""
RSA = bytes.fromhex("308204a40201000282010100") + bytes(200)
RSA_IN_PKCS8 = bytes.fromhex("308204be020100300d06092a864886f70d0101010500048204a8") + RSA
CURVE = bytes.fromhex("30770201010420") + bytes(32)
CURVE_IN_PKCS8 = bytes.fromhex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420") + bytes(32)
WITH_A_PASSWORD = bytes.fromhex("3082053530" + "5f06092a864886f70d01050d3052302f06092a864886f70d01050c3022") + bytes(
    200
)
OPENSSH = b"openssh-key-v1\0" + bytes(80)
JWK = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS" * 3, "d": "nWGxne9WmC6hEr" * 4}


def body(key: bytes) -> str:
    """What stands between the lines around a key."""
    return base64.encodebytes(key).decode()


SECRET = {
    "identity": IDENTITY,
    "identity in small letters": IDENTITY.lower(),
    "identity in groups": " ".join(IDENTITY[at : at + 4] for at in range(0, len(IDENTITY), 4)),
    "identity over lines": "\n".join((IDENTITY[:40], IDENTITY[40:])),
    "identity that a script joins": f'k = "{IDENTITY[:20]}" + "{IDENTITY[20:]}"',
    "identity from its end": IDENTITY[::-1],
    "sealed": ARMOURED,
    "sealed, on one line": ARMOURED.replace("\n", " "),
    "sealed, as bytes": SEALED.decode("latin-1"),
    "of OpenSSH, without its lines": body(OPENSSH),
    "of OpenSSH, on one line": base64.b64encode(OPENSSH).decode(),
    "of a curve, without its lines": body(CURVE),
    "of a curve, in another form": body(CURVE_IN_PKCS8),
    "of Ed25519, without its lines": body(PKCS8),
    "of RSA, without its lines": body(RSA),
    "of RSA, in another form": body(RSA_IN_PKCS8),
    "with a password, without its lines": body(WITH_A_PASSWORD),
    "of PuTTY": "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n",
    "of GnuPG": "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOY\n",
    "sealed by GnuPG": "-----BEGIN PGP MESSAGE-----\n\nhQEM\n",
    "of minisign": "untrusted comment: minisign encrypted secret key\n",
    "of a web service": json.dumps(JWK),
    "of a web service, the other way round": json.dumps(dict(reversed(JWK.items()))),
}

PUBLIC = {
    "recipient": RECIPIENT,
    "sentence": "Een identiteit begint met AGE-SECRET-KEY-1 en daarna komt een lange rij letters die niemand mag zien, nooit.",
    "public key of OpenSSH": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 40,
    "public key of RSA": "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n",
    "certificate": "-----BEGIN CERTIFICATE-----\nMIIDazCCAlOgAwIBAgIUDQEBCwUAMEUxCzAJBgNVBAYTAk5MMA0GCSqGSIb3DQEB\n",
    "public key of a web service": json.dumps({each: JWK[each] for each in ("kty", "crv", "x")}),
    "sentence about private keys": "Een private key bewaart u thuis; openssh-key-v1 is de naam van een vorm.",
}


@pytest.mark.parametrize("text", SECRET.values(), ids=SECRET)
def test_a_secret_key_or_what_is_sealed_is_seen(text: str) -> None:
    assert holds_key_or_sealed(text, squeeze(text))


@pytest.mark.parametrize("text", PUBLIC.values(), ids=PUBLIC)
def test_what_everybody_may_have_is_none(text: str) -> None:
    assert not holds_key_or_sealed(text, squeeze(text))


def test_the_guard_finds_it_where_another_format_holds_it() -> None:
    page = f"<p>{IDENTITY[:24]}</p><p>{IDENTITY[24:]}</p>".encode()
    packed = json.dumps({"k": base64.b64encode(body(PKCS8).encode()).decode()}).encode()
    for name, data in {"a.html": page, "a.json": packed}.items():
        (problem,) = find_leaks({name: data}, ())
        assert "holds an identity or a sealed file" in problem.what
        assert IDENTITY[24:40] not in str(problem)


def test_what_everybody_may_have_stops_no_site() -> None:
    assert list(find_leaks({f"{number}.txt": text.encode() for number, text in enumerate(PUBLIC.values())}, ())) == []
