"""Who may sign: the allowed_signers of OpenSSH, also as a person writes that file.

A line is a name, perhaps options, and the line of a `.pub` file:

    Ministerie van Voorbeeldzaken ssh-ed25519 AAAA…
    "Ministerie van Voorbeeldzaken" valid-before="20281231" ssh-ed25519 AAAA…

OpenSSH asks for quotes around a name with spaces. Here everything before the options or the key is the name, with or
without them, so that what a clerk writes is what is meant. UTF-16, and a mark of the encoding in front, as Windows
writes them, are no mistake.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.confidential.age.text import decode

LIMIT = 1 << 20
KEY = re.compile(
    r"(?:^|(?<=[ \t]))((?:sk-)?(?:ssh|ecdsa)-[a-z0-9-]+(?:@openssh\.com)?)[ \t]+([A-Za-z0-9+/]+=*)(?=[ \t]|$)"
)
OPTION = r'(?:namespaces|valid-after|valid-before)="[ !#-~]*"'
OPTIONS = re.compile(rf"(?:^|[ \t])({OPTION}(?:,{OPTION})*)[ \t]*$", re.IGNORECASE | re.ASCII)
AUTHORITY = re.compile(r"(?:^|[ \t,])cert-authority(?:[ \t,]|$)", re.IGNORECASE | re.ASCII)
DAY, HOUR, SIXTY = r"[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])", "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
MOMENT = re.compile(rf"{DAY}(?:{HOUR}{SIXTY}(?:{SIXTY})?)?Z?")


class SignersWrong(ValueError):
    """The file does not say who may sign: what is wrong, what to do, and in which line (0: the whole of it)."""

    def __init__(self, what: str, hint: str, line: int = 0) -> None:
        super().__init__(what)
        self.hint, self.line = hint, line


@dataclass(frozen=True, slots=True)
class Signer:
    """A name, and the public key that belongs to it. `options` are OpenSSH's, as they stand there."""

    name: str
    options: str
    kind: str
    key: str

    @property
    def blob(self) -> bytes:
        """The public key as it stands in a signature."""
        return base64.b64decode(self.key)


def parse_signers(data: bytes) -> tuple[Signer, ...]:
    """Everyone in the file; empty lines and those with a # in front say nothing.

    Raises:
        SignersWrong: a line is none, or there is nobody.
    """
    signers = tuple(_signer(line, number) for number, line in _lines(data))
    if not signers:
        raise SignersWrong("nobody stands in the file with allowed signers", "write a name and the line of a .pub file")
    return signers


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_text(data).split("\n"), 1):
        stripped = line.strip(" \t\r")
        if stripped and not stripped.startswith("#"):
            yield number, stripped


def _text(data: bytes) -> str:
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SignersWrong("the file with allowed signers is no text in UTF-8", "save it as UTF-8", line) from None


def _signer(line: str, number: int) -> Signer:
    if "PRIVATE KEY" in line:
        hint = "take it out; put the line of the .pub file in the place, and make a new key"
        raise SignersWrong("a private key stands in the file with allowed signers", hint, number)
    found = KEY.search(line)
    if not found:
        raise SignersWrong("there is no public key in this line", "write: a name, a space, the line of a .pub", number)
    before = line[: found.start()].rstrip(" \t")
    options = OPTIONS.search(before)
    name = (before[: options.start()] if options else before).strip(' \t"')
    if AUTHORITY.search(before):
        raise SignersWrong("certificates are not used here", "name the key itself", number)
    if not name:
        raise SignersWrong("there is no name before the key", "write whose key it is in front of it", number)
    if "=" in name:  # what is read as part of a name would limit nothing
        raise SignersWrong("an option before a key that cannot be read", 'write it as valid-before="20281231"', number)
    _refuse_unsound(found[1], found[2], options[1] if options else "", number)
    return Signer(name, options[1] if options else "", found[1], found[2])


def _refuse_unsound(kind: str, key: str, options: str, number: int) -> None:
    try:
        blob = base64.b64decode(key, validate=True)
    except binascii.Error:
        blob = b""
    if not blob.startswith(len(kind).to_bytes(4) + kind.encode()):
        raise SignersWrong("the public key is not whole", "copy the line of the .pub file again", number)
    for name, value in re.findall(r'([a-z-]+)="([^"]*)"', options, re.IGNORECASE | re.ASCII):
        if name.lower().startswith("valid-") and not MOMENT.fullmatch(value):
            raise SignersWrong("a limit of a key that cannot be read", 'write it as valid-before="20281231"', number)
