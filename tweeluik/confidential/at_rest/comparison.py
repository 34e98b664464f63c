"""The source compared with the exclusion list, in memory; the answer is a number of organisations, and nothing else.

What is sure refuses the source. What is merely alike stops it too, until the holder of the list, who alone sees which
line it is, judged that it is another: an entry of `judgements.yaml` with the digest of the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.sealing import SealedToOthers
from tweeluik.confidential.at_rest.exclusions import (
    FILE,
    cannot_open,
    find_unclear,
    key_of,
    open_list,
    problem,
    read_list,
    read_sealed,
)
from tweeluik.confidential.at_rest.listed import Line, read_lines
from tweeluik.problems import Problem, SourceHasProblems, WrongUsage
from tweeluik.source.organisations import known
from tweeluik.source.records import Judgement, Partner, Source
from tweeluik.words.index import Index
from tweeluik.words.matching import Match, Verdict


class Comparison(NamedTuple):
    """Whether the source was compared with the list, and at most one line about it; nothing of the list itself."""

    tested: bool
    lines: tuple[str, ...] = ()


class Likeness(NamedTuple):
    """A line of the list and an organisation that is or may be meant by it; for the holder of the list only."""

    line: Line
    partner: Partner
    match: Match
    digest: str

    def __repr__(self) -> str:
        return f"<{self.line!r} and {self.partner!r}>"


def refuse_excluded(source: Source, content: Path, keyring: Keyring) -> Comparison:
    """Compare every organisation of the source with the exclusion list, if there is one and its holder is here.

    Raises:
        OpeningFailed: the list cannot be opened, and an identity was named that opened nothing else.
        SourceHasProblems: organisations match, or may; how many, never which. Or a line or a judgement means nothing.
    """
    sealed = read_sealed(content)
    if sealed is None:
        return Comparison(tested=False, lines=("there is no exclusion list to test",) if keyring.has_idle else ())
    if keyring.is_empty:
        return Comparison(tested=False, lines=("the exclusion list was not tested: name its holder's identity",))
    try:
        texts = open_list(sealed, keyring)
    except SealedToOthers as error:
        if keyring.has_idle:
            raise cannot_open(error) from None
        return Comparison(tested=False, lines=("the exclusion list was not tested: it is sealed to another identity",))
    if problems := (*find_unclear(texts, FILE), *_find_problems(source, texts)):
        raise SourceHasProblems(problems)
    return Comparison(tested=True, lines=("the exclusion list was tested",))


def review_exclusions(source: Source, content: Path, keyring: Keyring) -> tuple[Likeness, ...]:
    """Every line with every organisation that is or may be meant by it and was not judged to be another.

    Raises:
        OpeningFailed: the list cannot be opened.
        WrongUsage: there is no list, or it is of before judgements could be kept.
    """
    if read_sealed(content) is None:
        raise WrongUsage(problem("there is no exclusion list", "make one with `exclusions seal`"))
    texts = read_list(content, keyring)
    if key_of(texts) is None:
        raise WrongUsage(problem("the list has no key for judgements yet", "add a line to it with `exclusions add`"))
    return tuple(_unjudged(source, tuple(_find_alike(source, texts))))


# --- what is alike ----------------------------------------------------------------------------------------------------


def _find_problems(source: Source, texts: Sequence[str]) -> Iterator[Problem]:
    alike = tuple(_find_alike(source, texts))
    sure = {each.partner.id for each in alike if each.match.verdict is Verdict.SAME}
    maybe = {each.partner.id for each in _unjudged(source, alike)} - sure
    if sure:
        found = "1 organisation of the source is" if len(sure) == 1 else f"{len(sure)} organisations of the source are"
        hint = "ask the holder of the list which; a match of a name alone may be a namesake"
        yield problem(f"{found} on the exclusion list", hint)
    if maybe:
        found = (
            "1 organisation of the source is" if len(maybe) == 1 else f"{len(maybe)} organisations of the source are"
        )
        hint = "the holder of the list sees which with `exclusions review`, and judges"
        yield problem(f"{found} perhaps on the exclusion list", hint)
    yield from _find_superfluous(source, {(each.partner.id, each.digest) for each in alike})


def _find_superfluous(source: Source, alike: set[tuple[str, str]]) -> Iterator[Problem]:
    for judgement in _judgements_of_lines(source):
        if (judgement.a, judgement.b) not in alike:
            what = (
                "a judgement about a line that is not on the exclusion list, or is not like the organisation any more"
            )
            yield Problem(judgement.place, "", what, "remove it")


def _find_alike(source: Source, texts: Sequence[str]) -> Iterator[Likeness]:
    partners = {each.id: each for each in source.partners}
    index, key = Index({id_: known(each) for id_, each in partners.items()}), key_of(texts)
    for line in read_lines(texts):
        digest = line.digest(key) if key is not None else ""
        yield from (Likeness(line, partners[id_], match, digest) for id_, match in sorted(line.find(index).items()))


def _unjudged(source: Source, alike: Iterable[Likeness]) -> Iterator[Likeness]:
    """What is sure cannot be judged away: it is the rule of the letter about danger."""
    judged = {(each.a, each.b) for each in _judgements_of_lines(source)}
    for each in alike:
        if each.match.verdict is Verdict.SAME or (each.partner.id, each.digest) not in judged:
            yield each


def _judgements_of_lines(source: Source) -> tuple[Judgement, ...]:
    ids = {each.id for each in source.partners}
    return tuple(each for each in source.judgements if each.b not in ids)
