"""An answer to a question, added to the text of `judgements.yaml`; what stands there, comments too, stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.source.inventory import JUDGEMENTS, SEALED
from tweeluik.source.organisations import Question
from tweeluik.source.reader import read_yaml
from tweeluik.source.records import Partner
from tweeluik.source.references import LINE_DIGEST

HEAD = "# Namen die op elkaar lijken, en volgens een mens van verschillende organisaties zijn.\n"


def entry(a: str, b: str, on: date) -> str:
    """One judgement, as a line of the file."""
    return f"- {{a: {a}, b: {b}, judged: different, on: {on}}}\n"


def judge_different(
    pair: tuple[str, ...], on: date | None, content: Path, *, partners: Iterable[Partner], questions: Iterable[Question]
) -> bytes:
    """The whole file with one judgement more. `pair` are two ids, or an id and what stands for a line of the list.

    Raises:
        WrongUsage: the pair or the day is missing, nobody asked about the pair, or the file is kept sealed.
    """
    if len(pair) != 2 or on is None:  # noqa: PLR2004 - a pair
        raise _refused("a judgement needs two ids and a day", "write --different ID ID --on YYYY-MM-DD")
    a, b = sorted(pair, key=_is_line)
    if not ((_is_line(b) and any(each.id == a for each in partners)) or any(each.pair == {a, b} for each in questions)):
        raise _refused(
            "there is no open question about these two", "see which there are with the command organisations"
        )
    if (content / (JUDGEMENTS + SEALED)).exists():
        hint = f"open it with the command edit, and add: {entry(a, b, on).strip()}"
        raise _refused("the judgements are kept sealed", hint)
    file = content / JUDGEMENTS
    text = file.read_text("utf-8-sig") if file.exists() else HEAD
    text += ("" if text.endswith("\n") else "\n") + entry(a, b, on)
    if read_yaml(text, JUDGEMENTS)[1]:
        raise _refused("the list is written in another way than an item a line", "add the judgement by hand")
    return text.encode()


def _is_line(id_: str) -> bool:
    """Whether this stands for a line of the exclusion list: only its holder knows whether there is a question."""
    return re.fullmatch(LINE_DIGEST, id_) is not None


def _refused(what: str, hint: str) -> WrongUsage:
    return WrongUsage(Problem(Place(JUDGEMENTS), "", what, hint))
