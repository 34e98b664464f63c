"""Make `tweeluik/words/confusables.py` from the table of Unicode: `python -m tools.confusables confusables.txt`.

The table is https://www.unicode.org/Public/security/latest/confusables.txt (UTS 39, Unicode License v3). Of it stay the
letters and digits of other scripts that look like those of ours; a letter of the Latin script is no look-alike but a
letter with a spelling of its own (`þ` is th, not p), which anyascii knows.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from anyascii import anyascii

TARGET = Path(__file__).parents[1] / "tweeluik" / "words" / "confusables.py"
IN_A_LINE = 10
LAST_LATIN = 0xABFF
"""Behind it stand no Latin letters but in forms that NFKD takes apart."""

_ROW = re.compile(r"([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA")
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")


def make(table: str) -> str:
    """The text of the module."""
    version = re.search(r"^# Version: (\S+)", table, re.MULTILINE)
    letters = defaultdict(list)
    for sign, plain in sorted({**dict(_look_alikes(table)), **dict(_latin())}.items()):
        letters[plain].append(sign)
    rows = "".join(f'    "{plain}": (\n{_lines(signs)}    ),\n' for plain, signs in sorted(letters.items()))
    return _MODULE.format(version=version[1] if version else "", rows=rows)


def _lines(signs: list[str]) -> str:
    rows = ("".join(signs[at : at + IN_A_LINE]) for at in range(0, len(signs), IN_A_LINE))
    return "".join(f'        "{ascii(row)[1:-1]}"\n' for row in rows)


def _look_alikes(table: str) -> Iterator[tuple[str, str]]:
    rows = {chr(int(source, 16)): _text(target) for source, target in _ROW.findall(table)}
    # A small letter may look like ours in its capital only: the Cyrillic small en looks like a small capital.
    capitals = {
        sign.lower(): target for sign, target in rows.items() if len(sign.lower()) == 1 and sign.lower() != sign
    }
    for sign, target in {**capitals, **rows}.items():
        plain = _plain(target) or _plain(capitals.get(sign, ""))
        if plain == "l" and sign.isupper():
            plain = "i"  # the table has one prototype for I and l; a capital looks like the first
        # A digit of another script is that digit, whatever it looks like (`words/folding.py`).
        is_letter = sign.isalnum() and not sign.isdecimal()
        if plain and not sign.isascii() and is_letter and unicodedata.normalize("NFKD", sign) == sign:
            yield sign, plain


def _latin() -> Iterator[tuple[str, str]]:
    for code in range(0x80, LAST_LATIN):
        sign = chr(code)
        if unicodedata.name(sign, "").startswith("LATIN ") and unicodedata.normalize("NFKD", sign) == sign:
            plain = anyascii(sign).casefold()
            if plain.isalnum():
                yield sign, plain


def _text(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in codes.split())


def _plain(target: str) -> str:
    """The target in our own small letters and digits; nothing when it is not of those."""
    named = "".join(_small(each) for each in unicodedata.normalize("NFKD", target) if not unicodedata.combining(each))
    return named.casefold() if _is_plain(named) else ""


def _small(sign: str) -> str:
    found = _SMALL_CAPITAL.fullmatch(unicodedata.name(sign, ""))
    return found[1] if found else sign


def _is_plain(text: str) -> bool:
    letters = [each for each in text if not unicodedata.combining(each)]
    return bool(letters) and all(each.isascii() and each.isalnum() for each in letters)


_MODULE = '''"""Letters that look like ours, and Latin letters that other alphabets add to it.

Made by `tools/confusables.py`. Sources: Unicode {version}, confusables.txt (UTS 39; copyright Unicode, Inc., Unicode
License v3), reduced to what looks like a letter or digit of ours; the spelling of Latin letters: anyascii 0.3 (ISC).
"""

from __future__ import annotations

from collections.abc import Mapping

WRITTEN: Mapping[str, str] = {{
{rows}}}
"""Per letter, digit or pair of ours every sign that is read as it."""

LOOK_ALIKES: Mapping[int, str] = {{ord(sign): plain for plain, signs in WRITTEN.items() for sign in signs}}
"""For `str.translate`, after NFKD: what a sign is read as, in small letters."""
'''

if __name__ == "__main__":
    TARGET.write_text(make(Path(sys.argv[1]).read_text(encoding="utf-8")), encoding="utf-8")
