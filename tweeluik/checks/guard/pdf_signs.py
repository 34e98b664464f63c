"""The signs of a PDF (ISO 32000-2, 7.2 and 7.3): what may stand in an object, what its names and strings say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tweeluik.checks.guard.raw import NotReadable

SPACE = rb"[\0\t\n\f\r ]"
_NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*+"
_INNER = rb"(?:[^()\\]|\\.)*+"
_STRING = rb"\(" + _INNER + rb"(?:\(" + _INNER + rb"(?:\(" + _INNER + rb"\)" + _INNER + rb")*+\)" + _INNER + rb")*+\)"
"""Also with brackets in brackets that are not escaped; deeper than that nobody writes."""
_HEX = rb"<(?!<)[0-9A-Fa-f\0\t\n\f\r ]*+>"
_TEXT = rb"|".join((_NAME, _STRING, _HEX))
_SIGN = rb"|".join((_TEXT, rb"<<|>>|\[|\]", rb"[+\-.\d]++", rb"(?:true|false|null|R)\b"))
SIGNS = rb"(?:" + SPACE + rb"|" + _SIGN + rb")*+"
"""What may stand between the first word of an object and its last; a comment is none of it."""

_EACH_SIGN = re.compile(rb"\d+ \d+ R\b|" + _SIGN, re.DOTALL)
_EACH_TEXT = re.compile(_TEXT, re.DOTALL)
_NUMBER = re.compile(rb"\d{1,10}\Z")
_LONG = re.compile(rb"\d{6,}")
"""Numbers that may stand for somebody; shorter ones are counted or measured."""

_OPENING, _CLOSING = (b"<<", b"["), (b">>", b"]")


def entries(about: bytes) -> Mapping[str, bytes]:
    """The outermost dictionary of an object: its keys, and what belongs to each as it stands there; else nothing.

    Raises:
        NotReadable: a key without a value, or twice, of which every viewer may take another.
    """
    found: dict[str, bytes] = {}
    if not about.lstrip(b"\0\t\n\f\r ").startswith(b"<<"):
        return found
    depth, start, key = 0, 0, ""
    for sign in _EACH_SIGN.finditer(about):
        depth -= sign[0] in _CLOSING
        if depth == 1 and not key:
            key = _new_key(sign[0], found)
        elif depth == 1 and sign[0] in _OPENING:
            start = sign.start()
        elif depth == 1:
            found[key] = about[start if sign[0] in _CLOSING else sign.start() : sign.end()]
            key = ""
        depth += sign[0] in _OPENING
    if depth or key:
        raise NotReadable("a PDF that cannot be opened")
    return found


def _new_key(sign: bytes, found: Mapping[str, bytes]) -> str:
    if not sign.startswith(b"/"):
        raise NotReadable("a PDF that cannot be opened")
    key = text_of(sign)
    if key in found:
        raise NotReadable("a PDF that says the same thing twice")
    return key


def number_of(value: bytes) -> int:
    """A whole number.

    Raises:
        NotReadable: it is none.
    """
    if not _NUMBER.match(value):
        raise NotReadable("a PDF that cannot be opened")
    return int(value)


def names_in(value: bytes) -> tuple[str, ...]:
    """The names in a value."""
    return tuple(text_of(each) for each in _EACH_TEXT.findall(value) if each.startswith(b"/"))


def texts_in(about: bytes) -> Iterator[str]:
    """Every name and string, each once."""
    return map(text_of, dict.fromkeys(_EACH_TEXT.findall(about)))


def numbers_in(about: bytes) -> Iterator[str]:
    """Every long number that sends to no other object, each once."""
    signs = dict.fromkeys(_EACH_SIGN.findall(about))
    yield from (each.decode() for each in signs if _LONG.fullmatch(each.lstrip(b"+-")))


# --- what they say ----------------------------------------------------------------------------------------------------

_ESCAPED_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))|\r\n?", re.DOTALL)
_AFTER_BACKSLASH = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}

_OF_PDF = dict(zip(
    (*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0),
    "˘ˇˆ˙˝˛˚˜•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",  # noqa: RUF001 - as it has them
    strict=True,
))  # fmt: skip
"""The letters that PDFDocEncoding has in other places than Latin-1 (annex D.3)."""

_BY_THEIR_MARK = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}


def text_of(sign: bytes) -> str:
    """What a name or a string says."""
    if sign.startswith(b"/"):
        raw = _ESCAPED_IN_NAME.sub(lambda found: bytes.fromhex(found[1].decode()), sign)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    if sign.startswith(b"<"):
        digits = b"".join(sign[1:-1].replace(b"\0", b"").split())
        return _as_text(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
    return _as_text(_ESCAPED.sub(_unescaped, sign[1:-1]))


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    return _AFTER_BACKSLASH.get(found[2], found[2]) if found[2] else b"\n"


def _as_text(raw: bytes) -> str:
    for mark, encoding in _BY_THEIR_MARK.items():
        if raw.startswith(mark):
            return raw.removeprefix(mark).decode(encoding, errors="replace")
    return raw.decode("latin-1").translate(_OF_PDF)
