"""Small sources in a few words: groups of organisations that are alike, and the overviews that are asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, an_edition
from tests.stages.test_hearing_controls import with_kinds
from tests.stages.test_worlds import table
from tweeluik.source.records import Conversation, Correction, Edition, Naming, Partner, Period, Protection, Source

YEARS = (2025, 2026)
DAYS = {
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2025-en": (date(2025, 1, 1), date(2025, 12, 31)),
    "2025-1": (date(2025, 1, 1), date(2025, 6, 30)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
    "2025-2026": (date(2025, 1, 1), date(2026, 12, 31)),
}


@dataclass(frozen=True)
class Some:
    """So many organisations that are alike. `work`: their measures in 2025 and in 2026, none where they were not there.

    `together`: so many of them at a time are one holding. `named`: the editions that name them; those in `withdrawn` did
    until a correction. `talks`: each had so many conversations of each form in 2025, and in 2026. `found`: only from
    that source on; `gone`: no more from that one on.
    """

    number: int
    kind: str = "k0"
    work: tuple[str, str] = ("1.1a", "1.1a")
    region: str = "NL31"
    together: int = 1
    named: tuple[str, ...] = ()
    withdrawn: bool = False
    talks: tuple[tuple[str, int], ...] = ()
    found: int = 0
    gone: int = 99


def of(number: int, kind: str = "k0", *work: str, **more: object) -> Some:
    """The same in both years, unless it is told of each."""
    first, last = (*work, *work)[:2] if work else ("1.1a", "1.1a")
    return replace(Some(number, kind, (first, last)), **more)  # type: ignore[arg-type]


def overview(name: str, *tables: str, protection: Protection = "suppression") -> Edition:
    """Tables as "kind" or "kind pillar"; of conversations as "talks form"."""
    specs = []
    for place, words in enumerate(each.split() for each in tables):
        counts: Literal["partners", "conversations"] = "conversations" if words[0] == "talks" else "partners"
        names = [word for word in words if word != "talks"]
        specs.append(replace(table(f"t{place}", *names), counts=counts))
    return an_edition(*specs, id=name, status="final", protection=protection, period=Period(*DAYS[name]))


def rounded(name: str, *tables: str) -> Edition:
    return overview(name, *tables, protection="rounding")


def sources(some: Sequence[Some], *editions: Edition) -> list[Source]:
    """A source per edition, each with one overview more; one that was there is corrected."""
    made, there = [], dict[str, Edition]()
    for number, each in enumerate(editions):
        versions = len(there[each.id].corrections) + 1 if each.id in there else 0
        told = tuple(Correction(2 + n, date(2027, 1, 1 + n), "Verbeterd.", HERE) for n in range(versions))
        there[each.id] = replace(each, corrections=told)
        people = [list(_partners(group, n, number)) for n, group in enumerate(some)]
        talks = sorted((talk for group in people for _, own in group for talk in own), key=lambda each: each.date)
        source = with_kinds([who for group in people for who, _ in group], tuple(there.values()))
        made.append(replace(source, conversations=tuple(talks), protection_key="5" * 64))
    return made


def under_other_codes(source: Source) -> Source:
    """The same, where every kind goes on under another code from 2026."""
    words = source.vocabulary
    old = (replace(each, last=2025) for each in words.kinds)
    new = (replace(k, code=f"n{k.code}", label=f"Nu {k.label}", first=2026, replaces=(k.code,)) for k in words.kinds)
    return replace(source, vocabulary=replace(words, kinds=(*old, *new)))


def _partners(group: Some, number: int, source: int) -> list[tuple[Partner, list[Conversation]]]:
    """Each with its own conversations, as a source has them."""
    found = []
    for n in range(group.number if group.found <= source < group.gone else 0):
        name, first = (f"p-{number:02}{place:03}" for place in (n, n - n % group.together))
        withdrawn = date(2026, 6, 1) if group.withdrawn and source else None
        naming = tuple(Naming(each, date(2025, 2, 1), withdrawn, HERE) for each in group.named)
        work = [a_collaboration(year, *told.split()) for year, told in zip(YEARS, group.work, strict=True) if told]
        who = a_partner(
            name, kind=group.kind, region=group.region, umbrella=first if first != name else None,
            collaborations=tuple(work), named_in=naming,
        )  # fmt: skip
        found.append((who, [talk for form, many in group.talks for talk in _talks(name, form, many)]))
    return found


def _talks(name: str, form: str, many: int) -> list[Conversation]:
    """One a month of 2025, and on into 2026."""
    months = [(2025 + n // 12, 1 + n % 12) for n in range(many)]
    return [a_conversation(date(year, month, 3), name, form=form) for year, month in months]
