"""What the verifier of one file notices when the protection is taken out, and nobody else looks.

The certificate is composed all the same: of every world that was found, with the questions of the audit or without any.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.adversary.a_producer import Out, publish
from tests.adversary.small_sources import DAYS, Some, of, overview, rounded, sources, under_other_codes
from tests.stages.test_hearing_controls import Told, as_told, only_asked
from tweeluik.checks.audit.evidence import compose_certificate
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.published import read_editions, read_superseded
from tweeluik.protection.beside import Beside
from tweeluik.protection.keys import Keys
from tweeluik.source.records import Edition, Source
from verify_certificate import verify

HOLDS, UNANSWERED = "holds", "does not hold: a question has no answer"
KNOWN = "does not hold: a number that is not shown is known"
SEEN, MISSED = (UNANSWERED, UNANSWERED), (UNANSWERED, HOLDS)


@dataclass(frozen=True)
class Sample:
    """A kind of attack: the source, and what the verifier says, with the audit's questions and without any.

    `told`: per edition what it says of some kinds, hidden (None) or rounded to this; of all else the number itself.
    """

    some: tuple[Some, ...]
    asked: tuple[Edition, ...]
    said: tuple[str, str]
    told: Told = field(default_factory=dict)
    turned: Callable[[Source], Source] = replace


BY_KIND, NEXT = overview("2025", "kind"), overview("2026", "kind")
STOOD_STILL = of(3), of(7, "k1"), of(9, "k2")
HIDDEN: dict[str, int | None] = {"k0": None, "k1": None}
NEAR: dict[str, int | None] = {"k0": 0, "k1": 5, "k2": 10, "_T": 15}
VISITS = of(12, talks=(("gesprek", 24),)), of(1, talks=(("werkbezoek", 8),)), of(9, talks=(("werkbezoek", 4),))
SAMPLES: Mapping[str, Sample] = {
    "the same year twice": Sample(
        STOOD_STILL, (BY_KIND, overview("2025-en", "kind")), (KNOWN, KNOWN), {"2025": HIDDEN, "2025-en": {"k0": None, "k2": None}},
    ),
    "the same year hidden and rounded": Sample(
        STOOD_STILL, (BY_KIND, rounded("2025-en", "kind")), SEEN, {"2025": HIDDEN, "2025-en": NEAR},
    ),
    "rounded again": Sample(
        STOOD_STILL, (rounded("2025", "kind"), rounded("2026", "kind")), SEEN,
        {"2025": NEAR, "2026": {**NEAR, "k0": 5, "_T": 20}},
    ),
    "another year shows what one hides": Sample(
        STOOD_STILL, (BY_KIND, NEXT), SEEN, {"2025": HIDDEN, "2026": {"k0": None, "_T": None}},
    ),
    "another year shows it under another name": Sample(
        STOOD_STILL, (BY_KIND, NEXT), SEEN, {"2025": HIDDEN, "2026": {"nk0": None, "nk2": None}}, under_other_codes,
    ),
    "a name that was withdrawn": Sample(
        (of(4), of(3, gone=1), of(12, "k1"), of(1, named=("2025",), withdrawn=True)), (BY_KIND, BY_KIND), SEEN,
    ),
    "a pillar less its theme": Sample(
        (of(27), of(1, "k0", "1.2a"), of(9, "k0", "2.1a")), (overview("2025", "pillar", "theme"),), SEEN,
    ),
    "a pillar less its theme, of many themes": Sample(
        (of(27), of(6, "k0", "1.1a 1.2a"), of(1, "k0", "1.2a"), of(9, "k0", "2.1a")),
        (overview("2025", "pillar", "theme"),), MISSED,
    ),
    "three themes that overlap": Sample(
        (of(14), of(9, "k0", "1.2a"), of(1, "k0", "1.1a 1.2a"), of(6, "k0", "2.1a")), (overview("2025", "theme"),), MISSED,
    ),
    "one came between two versions": Sample((of(9), of(5, "k1"), of(1, found=1)), (BY_KIND, BY_KIND), MISSED),
    "all of a kind in one pillar": Sample((of(12), of(17, "k1", "2.1a")), (overview("2025", "kind pillar"),), MISSED),
    "who left, by the year of beginning": Sample(
        (of(28), of(2, "k0", "1.1a", ""), of(9, "k0", "", "1.1a"), of(20, "k1")),
        (BY_KIND, overview("2026", "first_year")), MISSED,
    ),
    "a half and its year, of conversations": Sample(
        VISITS, (overview("2025-1", "talks form"), overview("2025", "talks form")), (HOLDS, HOLDS),
    ),
}  # fmt: skip


def unprotected(sample: Sample) -> Out:
    """What goes out of a sample when nobody protects it, with every world that is found."""
    with pytest.MonkeyPatch.context() as put:
        put.setattr(
            "tweeluik.protection.one_edition.protect", as_told({name: sample.told.get(name, {}) for name in DAYS})
        )
        put.setattr("tweeluik.protection.editions.is_safe", lambda *_: True)
        put.setattr("tweeluik.protection.beside.make_safe", only_asked)
        put.setattr(Beside, "_told_by_sums", lambda *_: iter(()))
        return publish(*map(sample.turned, sources(sample.some, *sample.asked)))


def certificate(out: Out) -> dict[str, Any]:
    """As the audit composes it where nothing is wrong."""
    handed, files = out.handed, out.files
    assert handed is not None
    editions = (*read_editions(files)[0], *read_superseded(files)[0])
    found = Examination(editions, handed.truth, handed.rules, handed.agenda, lines=handed.lines).examine(handed.worlds)
    worlds = [world for world, fits in zip(handed.worlds, found.fits[1:], strict=True) if fits]
    made: dict[str, Any] = json.loads(
        compose_certificate(files, handed.truth, worlds, found.sensitive, lines=handed.lines)
    )
    return made


def verified(paper: dict[str, Any], site: Path) -> str:
    try:
        return verify(paper, site).partition(":")[0]
    except SystemExit as refused:
        return str(refused)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_verifier_says_of_what_nobody_protects(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    out = unprotected(sample)
    assert out.said.by_worlds  # the audit sees every one
    paper, site = certificate(out), written(out, tmp_path)
    assert (verified(paper, site), verified({**paper, "questions": []}, site)) == sample.said


def written(out: Out, folder: Path) -> Path:
    for path, data in out.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_a_category_under_another_name_stood_still_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds by somebody who takes it for another answer nobody who knows the names."""
    monkeypatch.setattr(Keys, "lines", property(lambda _: {}))
    out = unprotected(SAMPLES["another year shows it under another name"])
    paper, site = certificate(out), written(out, tmp_path)
    lines = {f"kind {code}": ["kind", f"k{n}>nk{n}"] for n in range(3) for code in (f"k{n}", f"nk{n}")}
    assert (verified(paper, site), verified({**paper, "lines": lines}, site)) == (HOLDS, UNANSWERED)
