"""`import.map.yaml`: what people answered about words in their spreadsheets, so that nobody is asked twice.

```yaml
region:
  "Fryslân": "NL12"
organisation:
  "Praathuis (oud)": "p-7f3a9c"   # or: nieuw
```
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.sheets.misfits import ASKED, Asked
from tweeluik.source.inventory import ANSWERS
from tweeluik.source.nodes import Mapping as MappingNode
from tweeluik.source.nodes import Scalar, name_of
from tweeluik.source.reader import read_yaml
from tweeluik.source.suggest import nearest
from tweeluik.words.folding import letters

NEW = "nieuw"
"""An organisation that is none of those that look like it."""

NOTHING = "niets"
"""A column that has no place in the source."""

HEAD = "# Wat woorden in uw spreadsheets betekenen. De opdracht import vraagt ernaar en onthoudt het hier.\n"


class Answer(NamedTuple):
    """What a word means."""

    about: Asked
    written: str
    meant: str

    def __repr__(self) -> str:
        return f"<an answer about {self.about}>"


def answer(about: Asked, written: str, said: str) -> Answer:
    """What somebody said a word means; of an organisation its id, with or without the name behind it."""
    return Answer(about, written, said.partition(" (")[0] if about == "organisation" else said)


class Answers:
    """Everything that was answered."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self._meant = {(each.about, _folded(each.written)): each.meant for each in answers}

    def find(self, about: Asked, written: str) -> str | None:
        """What a word means, if that was answered."""
        return self._meant.get((about, _folded(written)))

    @property
    def headings(self) -> Mapping[str, str]:
        """Per folded heading the one that is meant."""
        return {written: meant for (about, written), meant in self._meant.items() if about == "column"}


def read_answers(text: str) -> tuple[Answer, ...]:
    """What stands in the file.

    Raises:
        SourceHasProblems: it is written in another way.
    """
    if not "".join(line.partition("#")[0].strip() for line in text.splitlines()):
        return ()
    node, problems = read_yaml(text, ANSWERS)
    found, wrong = list[Answer](), list(problems)
    if node is not None and not isinstance(node, MappingNode):
        wrong.append(Problem(node.place, "", f"expected keys with values, found {name_of(node)}", _FORM))
    for key, entry in (node.entries if isinstance(node, MappingNode) else {}).items():
        about = next((each for each in ASKED if each == key), None)
        if about is None or not isinstance(entry.value, MappingNode):
            what = "unknown key" if about is None else "expected words with what they mean"
            wrong.append(Problem(entry.place, "", what, (nearest(key, ASKED) if about is None else "") or _FORM))
            continue
        for written, each in entry.value.entries.items():
            if isinstance(each.value, Scalar) and each.value.text.strip():
                found.append(Answer(about, written, each.value.text.strip()))
            else:
                wrong.append(Problem(each.place, key, "expected what the word means", _FORM))
    if wrong:
        raise SourceHasProblems(tuple(wrong))
    return tuple(found)


_FORM = 'write it as region: {"Fryslân": "NL12"}'


def with_answers(text: str, answers: Iterable[Answer]) -> str:
    """The file with more answers, each on a line of its own; what stands there stays.

    Raises:
        SourceHasProblems: the file is written in a way to which no line can be added.
    """
    known = {(each.about, _folded(each.written)): each.meant for each in read_answers(text)}
    lines = (text or HEAD).splitlines()
    for answer in answers:
        if known.setdefault((answer.about, _folded(answer.written)), "") != "":
            continue
        known[answer.about, _folded(answer.written)] = answer.meant
        line = f"  {json.dumps(answer.written, ensure_ascii=False)}: {json.dumps(answer.meant, ensure_ascii=False)}"
        if f"{answer.about}:" in lines:
            lines.insert(lines.index(f"{answer.about}:") + 1, line)
        else:
            lines += [f"{answer.about}:", line]
    result = "\n".join(lines) + "\n"
    if {(each.about, _folded(each.written)): each.meant for each in read_answers(result)} != known:
        raise SourceHasProblems(Problem(Place(ANSWERS), "", "written in another way than a word a line", _FORM))
    return result


def _folded(text: str) -> str:
    """Signs tell codes apart (1.11, 11.1); a text without letters or digits is taken as it is."""
    text = " ".join(text.split()).casefold()
    return text if any(sign.isdigit() for sign in text) else letters(text) or text
