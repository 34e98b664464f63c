"""Two or three mistakes at once: what is told of each is what is told of it alone, causes before what follows from them.

Pairs and threes by the same chance every time; each is a source on the disk, read as any other.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from tests.mistakes import BASE, BROKEN, CASES, DUTCH, ENGLISH, FIXED, MARKER, REMOVED
from tools.example.dice import Dice
from tweeluik.cli.telling import SCREEN, as_screen, code_of, in_order, nothing
from tweeluik.problems import Problem, SourceHasProblems
from tweeluik.source.load import read_source
from tweeluik.words.messages import kind_of

PAIRS, THREES = 250, 150
LIST = "partners/nieuw.yaml"
"""The file in which most samples have their mistake."""

OF_CODES = re.compile(r"(?:vocabulary|agenda)\.yaml|editions/.*")
"""Files that say which codes there are, and when: with other codes the rest of a source may be wrong otherwise."""


@cache
def files(name: str) -> dict[str, Path]:
    """What a sample puts in the place of the base."""
    folder, told = BROKEN / name, {ENGLISH, DUTCH, FIXED, REMOVED}
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name not in told
    }


@cache
def removed(name: str) -> tuple[str, ...]:
    file = BROKEN / name / REMOVED
    return tuple(file.read_text("utf-8").split()) if file.exists() else ()


def alone(name: str) -> list[str]:
    return (BROKEN / name / ENGLISH).read_text("utf-8").splitlines()


def meet(one: str, other: str) -> bool:
    """Whether two samples are about one file, or about a file and its folder."""
    touched = ({*files(each), *removed(each)} for each in (one, other))
    first, second = (frozenset(each) for each in touched)
    return any(a == b or a.startswith(f"{b}/") or b.startswith(f"{a}/") for a in first for b in second)


def told(content: Path) -> tuple[Problem, ...]:
    with pytest.raises(SourceHasProblems) as caught:
        read_source(content)
    return caught.value.problems


def with_both(names: Sequence[str], content: Path) -> Path:
    shutil.copytree(BASE, content)
    for name in names:
        for file, path in files(name).items():
            (content / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, content / file)
    for gone in (content / each for name in names for each in removed(name)):
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    return content


def picked(number: int, seed: int, choices: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    dice = Dice(seed)
    yield from (dice.pick(choices) for _ in range(number))


def test_two_mistakes_in_two_files_are_told_as_each_of_them(tmp_path: Path) -> None:
    apart = [pair for pair in combinations(CASES, 2) if not meet(*pair)]
    for at, names in enumerate(picked(PAIRS, 7, apart)):
        problems = told(with_both(names, tmp_path / str(at)))
        said, due = {str(each) for each in problems}, {line for name in names for line in alone(name)}
        changes_codes = any(OF_CODES.fullmatch(file) for name in names for file in (*files(name), *removed(name)))
        new = {each for each in problems if str(each) not in due}
        assert {code_of(each)[:2] for each in new} <= ({"E2", "E3", "E4"} if changes_codes else set()), names
        lost = due - said
        assert not [line for line in lost if is_cause(what(line))], names
        check_telling(problems, names)


def test_mistakes_in_one_list_are_told_one_by_one(tmp_path: Path) -> None:
    single = [name for name in CASES if {*files(name)} == {LIST} and not removed(name) and is_text(name)]
    threes = [*combinations(single[::3], 3), *combinations(single, 2)]
    for at, names in enumerate(picked(THREES, 11, threes)):
        content = shutil.copytree(BASE, tmp_path / str(at))
        (content / LIST).write_text("".join(as_records(name, number) for number, name in enumerate(names)), "utf-8")
        problems = told(content)
        # Records that were made for files of their own may have a name or an id in common.
        most = sum(len(alone(name)) for name in names) + 2 * len(names)
        assert len(problems) <= most, names
        check_telling(problems, names)


def check_telling(problems: Sequence[Problem], names: Sequence[str]) -> None:
    """No screen is flooded, no value told, and causes come first."""
    lines = list(as_screen(problems, "nl", excerpt=nothing))
    assert len(lines) <= SCREEN + 5, names
    assert MARKER not in "\n".join(lines).casefold(), names
    first = [is_cause(each.what) for each in in_order(problems)]
    assert first == sorted(first, reverse=True), names


def is_cause(said: str) -> bool:
    kind = kind_of(said)
    return kind is not None and kind.causes


def what(line: str) -> str:
    """What a line says is wrong, without its place, path and cure."""
    said = re.sub(r"^[^:]+?(?::\d+)*: ", "", line, count=1)
    said = re.sub(r"^[\w.\[\]]+: ", "", said, count=1)
    return re.sub(r" \(.*\)$", "", said)


def is_text(name: str) -> bool:
    try:
        return bool(files(name)[LIST].read_text("utf-8"))
    except UnicodeDecodeError:
        return False


def as_records(name: str, number: int) -> str:
    """The record, or the records, of a sample as items of a list, with an id of its own."""
    text = files(name)[LIST].read_text("utf-8").rstrip("\n").replace("p-aa0001", f"p-aa{number}001")
    if text.startswith("-"):
        return f"{text}\n"
    lines = text.split("\n")
    return "\n".join([f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]) + "\n"


def test_while_nobody_knows_the_address_that_may_stand_in_a_page_nothing_is_said_of_any(tmp_path: Path) -> None:
    """The one address is that of report.yaml; with that wrong, every page with it would be called wrong too."""
    content = with_both((), tmp_path / "content")
    page, report = next(content.glob("pages/*.md")), content / "report.yaml"
    page.write_text(f"{page.read_text('utf-8')}\nMail de redactie: partneroverzicht@example.org\n", "utf-8")
    report.write_text(report.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    assert {each.place.file for each in told(content)} == {"report.yaml"}
