"""A cell -> a word of the source: codes by their labels, truth, and lists of measures however people part them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tweeluik.sheets.answers import Answers
from tweeluik.sheets.codes import Codes, Target
from tweeluik.sheets.files.model import Cell
from tweeluik.sheets.misfits import Asked, DoesNotFit, Question
from tweeluik.sheets.values import NONE, WHOLE_PARTS, is_none
from tweeluik.source.value_types import FALSE, TRUE
from tweeluik.words.folding import letters
from tweeluik.words.said import Said, one_of, said

_PARTS = re.compile(r"\s*[;\n,/|+&]\s*|\s+en\s+", re.IGNORECASE)


class Words:
    """The words of a source and what people answered about others."""

    def __init__(self, codes: Mapping[Target, Codes], answers: Answers) -> None:
        self.codes = codes
        self.answers = answers

    def truth(self, cell: Cell) -> bool:
        """Yes or no."""
        told = letters(self.answers.find("traceable", cell.text) or cell.text)
        if told in TRUE | FALSE:
            return told in TRUE
        raise DoesNotFit(said("neither ja nor nee"), Question("traceable", cell.text, ("ja", "nee")))

    def choice(self, about: Asked, cell: Cell, known: Mapping[str, str], shown: Mapping[str, str]) -> str:
        """A fixed word, by any of its names (folded); `shown` is how a cell of ours has it."""
        found = known.get(letters(self.answers.find(about, cell.text) or cell.text))
        if found is None:
            near = tuple(dict.fromkeys(shown[each] for each in known.values()))
            what = said("this word is not known: choose {words}", words=one_of(near))
            raise DoesNotFit(what, Question(about, cell.text, near))
        return found

    def code(self, target: Target, cell: Cell, *, years: Iterable[int] = (), present: str | None = None) -> str:
        """A code. A label of several codes is that of the one at hand (`present`), or of the one that its years ask."""
        asked: Asked = "measure" if target == "theme" else target
        codes = self.codes[target]
        answer = self.answers.find(asked, cell.text)
        found = codes.find(answer or cell.text)
        if present in found and present is not None:
            return present
        if len(found) > 1:
            found = codes.in_year(found, max(years, default=max(each.last for each in codes.all))) or found
        if len(found) == 1:
            return found[0]
        near = tuple(codes.label(each) for each in (found or codes.nearest(cell.text)))
        unknown = "this word is not known, nor is the answer that you gave" if answer else "this word is not known"
        what = "there are several codes for this" if found else unknown
        raise DoesNotFit(_perhaps(what, near), Question(asked, cell.text, near))

    def measures(self, cell: Cell, year: int) -> tuple[str, ...]:
        """The codes of measures of a year, in the order of the agenda; none where somebody filled in that."""
        if is_none(cell):
            return ()
        found = [code for part in self._parts(cell) for code in self._measure(cell, part)]
        for code in found:
            if not self.codes["measure"].in_year((code,), year):
                raise DoesNotFit(said("measure {code} does not exist in {year}", code=code, year=year))
        return tuple(sorted(set(found)))

    def _parts(self, cell: Cell) -> Iterable[str]:
        """The measures named in a cell. Labels hold commas and the word `en`, so that the biggest parts come first."""
        parted = ([cell.text], WHOLE_PARTS.split(cell.text), _PARTS.split(cell.text))
        ways = [[part.strip() for part in parts if part.strip()] for parts in parted]
        return next((parts for parts in ways if all(map(self._is_known, parts))), ways[-1])

    def _is_known(self, part: str) -> bool:
        return self.answers.find("measure", part) is not None or bool(self.codes["measure"].find(part))

    def _measure(self, cell: Cell, part: str) -> tuple[str, ...]:
        answer = self.answers.find("measure", part)
        if answer is not None and answer.casefold() in NONE:
            return ()
        codes = self.codes["measure"]
        if cell.is_number and len(alike := [each for each in codes.known if _is_number(each, part)]) > 1:
            what = "a number that can be {codes}: make the column text"
            raise DoesNotFit(said(what, codes=one_of(sorted(alike))))
        if answer is not None:
            return tuple(code for each in WHOLE_PARTS.split(answer) for code in self._one(each.strip(), part))
        return self._one(part, part)

    def _one(self, meant: str, written: str) -> tuple[str, ...]:
        codes = self.codes["measure"]
        found = codes.find(meant)
        if len(found) == 1:
            return found
        near = found or codes.nearest(meant)
        question = Question("measure", written, near)
        if themes := self.codes["theme"].find(meant):
            near = tuple(sorted(each for each in codes.known if each.startswith(themes[0])))
            what = said("a theme ({theme}), no measure: name the measures", theme=themes[0])
            raise DoesNotFit(what, Question("measure", written, near))
        raise DoesNotFit(_perhaps("this measure is not known", near), question)


def _is_number(code: str, written: str) -> bool:
    return re.fullmatch(r"\d+\.\d+", code) is not None and float(code) == float(written)


def _perhaps(what: str, near: tuple[str, ...]) -> Said:
    return said("{what}: is it {near}?", what=said(what), near=one_of(near)) if near else said(what)
