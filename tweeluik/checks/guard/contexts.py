"""A word where it stands in a file: whether it is written as a name there, or as a word like any other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tweeluik.words.frequency import is_frequent

BLOCK = "\n|\n"
"""Between texts that do not belong together, such as two cells of a table."""

_FARTHEST = 400
"""So many characters before a word are looked at."""

_IN_VALUE = re.compile(r"""<[a-zA-Z][^<>]*=\s*(?:"[^"<>]*|'[^'<>]*|[^\s"'<>]*)$""")
_IN_ADDRESS = re.compile(r"(?:://[^\s<>\"'()]*[/?&=#.-]|(?:@|(?<![^\W_])www\.)(?:[\w-]+\.)*)$", re.IGNORECASE)
_OF_A_DOMAIN = re.compile(r"\.(?:nl|org|com|eu|net|info|nu|be|de)(?![\w-])", re.IGNORECASE)
_IN_CLASS = re.compile(r"""\sclass\s*=\s*["']?[^"'<>=]*$""")
_IN_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*$")
_IN_TITLE = re.compile(r"<title[^<>]*>[^<>]*$", re.IGNORECASE)
_IN_PROGRAM = re.compile(r"<(style|script)\b(?:(?!</\1).)*$", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(
    r"<(?:td|li|dd|option|th\b[^<>]*\bscope=[\"']?row)\b[^<>]*>\s*$"
    r"|<(?:table:table-cell|w:tc)\b[^<>]*>(?:\s*<[^<>/][^<>]*>|\s*<[^<>]*/>|\s*</w:(?:tcPr|pPr|rPr)>)*\s*$",
    re.IGNORECASE,
)
"""Of a page, a spreadsheet, or a document of a word processor."""

_OF_AN_ORGANISATION = re.compile(
    r"(?:^|[^a-zA-Z])(?:partners?|organisaties?|organi[sz]ations?|orgs?|namen|naam|names?|leden|lid)(?:[-_/]|: ?)$",
    re.IGNORECASE,
)
"""What stands before a name in an identifier, and says of what it is one."""

_LAST_WORD = re.compile(r"([^\W\d_][\w'’.-]*)\s+$")
_NEXT_WORD = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_OPENING = " \t\"'“”„‘’«([*"
_QUOTES = {
    '"': '"',
    "'": "'",
    "“": "”",
    "„": "”“",
    "‘": "’",
    "\N{SINGLE LOW-9 QUOTATION MARK}": "’‘",
    "«": "»",
    "»": "«",
}
_COUNTED = re.compile(r"\s*(?:[:;,\u2013-]?\s*|\()\d[\d.]*(?:x|(?:\s[^\W\d_]+){1,2})?\)?\s*<")
"""Behind a name in a cell or in a list: how often."""

_GENITIVE = re.compile(r"['’]?s(?![^\W_])")
_SHOUTED = 2


def lined(text: str) -> str:
    """With one space between the words of a line, so that they follow each other in one way only."""
    whole = text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I")
    return "\n".join([" ".join(line.split()) for line in whole.splitlines()])


@dataclass(frozen=True, slots=True, repr=False)
class Use:
    """A place in a lined text at which certain letters stand."""

    text: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """As it stands there, on one line."""
        return self.text[self.start : self.end].replace("\n", " ")

    @property
    def _before(self) -> str:
        return self.text[max(self.start - _FARTHEST, 0) : self.start]

    @property
    def _behind(self) -> str:
        return self.text[self.end : self.end + _FARTHEST]

    def is_word(self, *, digits: bool = False) -> bool:
        """Whether these letters are words of their own, perhaps with the `s` of a genitive.

        With `digits` also beside a number.
        """
        genitive = _GENITIVE.match(self._behind)
        before, behind = self._before[-1:], self._behind[genitive.end() if genitive else 0 :][:1]
        if digits:
            return not before.isalpha() and not behind.isalpha()
        return not before.isalnum() and not behind.isalnum()

    def is_in_value(self) -> bool:
        """Whether it stands in an attribute of a tag."""
        return _IN_VALUE.search(self._before) is not None

    def is_in_address(self) -> bool:
        """Whether it is a part of an address of the web or for mail, in whatever text that stands."""
        return _IN_ADDRESS.search(self._before) is not None or _OF_A_DOMAIN.match(self._behind) is not None

    def is_in_title(self) -> bool:
        """Whether it stands in the title of a page or of a drawing."""
        return _IN_TITLE.search(self._before) is not None

    def is_shown(self) -> bool:
        """Whether a reader sees it: it stands in no tag, style or script."""
        if _IN_TAG.search(self._before):
            return False
        opened = max(self.text.rfind(each, 0, self.start) for each in ("<style", "<script"))
        return opened < 0 or _IN_PROGRAM.match(self.text[opened : self.start]) is None

    def is_whole(self, *, csv: bool = False, pointed: bool = False) -> bool:
        """Whether it is all that a cell, a text between quotes, or an attribute holds."""
        before, behind = self._before.rstrip(" \t"), self._behind.lstrip(" \t")
        first, last = before[-1:], behind[:1]
        if first in _QUOTES and (closed := behind.lstrip("\\")[:1]) and closed in _QUOTES[first]:
            return True
        if csv and first in ",;\n" and last in ",;\n":
            return True
        if pointed and (before.endswith(BLOCK) or not before.strip()) and (not last or last in ".\n"):
            return True
        if first == "=" and (not last or last in " \n/>"):
            return self.is_in_value()
        return (last == "<" or _COUNTED.match(behind) is not None) and _CELL.search(before) is not None

    def is_in_class(self) -> bool:
        """Whether it is one of the names by which a style sheet knows a tag."""
        return _IN_CLASS.search(self._before) is not None

    def is_of_an_organisation(self) -> bool:
        """Whether an identifier says that it is the name of one: `partner-samen`, `partnerSamen`."""
        before = self._before
        if self.written[:1].isupper() and before[-1:].islower():
            before += "-"  # a hump
        return _OF_AN_ORGANISATION.search(before) is not None and not self._behind[:1].isalnum()

    def is_within_sentence(self) -> bool:
        """Whether a capital is the sign of a name here: a sentence begins before it, and no longer name holds it."""
        line = self._before.rpartition("\n")[2]
        opened = line.rstrip(_OPENING)
        if not opened or not (opened[-1].isalnum() or opened[-1] in ",;:&+/"):
            return False
        if opened[-1] == ":" and '"' in line[len(opened) :]:
            return False  # a value of JSON
        last, following = _LAST_WORD.search(line), _NEXT_WORD.match(self._behind)
        if following and following[1][:1].isupper():
            return False
        if last is None or last[1].islower():
            return True
        # "Met Samen" is "met" at the beginning of a sentence; "Actieagenda Integratie" may be one name.
        return not _is_within(line[: last.start()]) and is_frequent(last[1].lower())

    def is_shouted(self) -> bool:
        """Whether the words beside it are in capitals too."""
        beside = (
            _LAST_WORD.search(self._before.rpartition("\n")[2]),
            _NEXT_WORD.match(self._behind.partition("\n")[0]),
        )
        return any(each is not None and len(each[1]) >= _SHOUTED and each[1].isupper() for each in beside)

    def is_within_label(self, label: str, name: str) -> bool:
        """Whether it is a name within a longer label, in any case; both lined, in small letters."""
        at = label.find(name)
        while at >= 0:
            begin = self.start - at
            if begin >= 0 and self.text[begin : begin + len(label)].lower() == label:
                return True
            at = label.find(name, at + 1)
        return False


def _is_within(line: str) -> bool:
    """Whether words stand before it in its sentence."""
    opened = line.rstrip(_OPENING)
    return bool(opened) and (opened[-1].isalnum() or opened[-1] in ",;:")
