"""Negative controls: what all publications tell together is heard by the audit when nobody protects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories import a_collaboration, a_partner, a_source
from tests.stages.some_worlds import files_of
from tests.stages.test_worlds import YEAR_2026, final, partners, table
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, Heard, hear
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.worlds import Truth
from tweeluik.door.release import release
from tweeluik.pipeline.steps import make_site
from tweeluik.problems import Place, Problem, UnsafeTables
from tweeluik.protection.beside import Proven
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.linked import Linked
from tweeluik.protection.worlds.proof import Proof, Prover
from tweeluik.protection.worlds.stage import Draft
from tweeluik.record.cell import Content, Shown
from tweeluik.source.records import Edition, Partner, Source

ROOT = Path(__file__).parents[2]
THEMES = partners(
    (14, "stichting", ("1.1a",)),
    (9, "stichting", ("1.2a",)),
    (1, "stichting", ("1.1a", "1.2a")),
    (6, "stichting", ("2.1a",)),
)
BOTH_YEARS = (a_collaboration(2025, "1.1a"), a_collaboration(2026, "1.1a"))
LEAVER = (
    *(a_partner(f"p-{n:03}", kind="stichting", collaborations=BOTH_YEARS) for n in range(14)),
    a_partner("p-014", kind="stichting", collaborations=BOTH_YEARS[:1]),
    *(a_partner(f"p-{n:03}", kind="vereniging", collaborations=BOTH_YEARS) for n in range(15, 30)),
)
OF_2026 = replace(final(table("soort", "kind"), id="2026"), period=YEAR_2026)

Case = tuple[Sequence[Partner], tuple[Edition, ...], str]
CASES: dict[str, Case] = {
    "three themes that overlap": (
        THEMES, (final(table("thema", "theme")),), "who is in several of the categories",
    ),
    "a pillar less its theme": (
        partners((27, "stichting", ("1.1a",)), (1, "stichting", ("1.2a",)), (9, "stichting", ("2.1a",))),
        (final(table("pijler", "pillar"), table("thema", "theme")),),
        "a part of the agenda less what lies in it",
    ),
    "all of a kind in one pillar": (
        partners((12, "stichting", ("1.1a",)), (17, "vereniging", ("2.1a",))),
        (final(table("soort", "kind", "pillar")),),
        "whether all of a category are in another",
    ),
    "who left": (LEAVER, (final(table("soort", "kind")), OF_2026), "who left where nobody came"),
}  # fmt: skip


def only_asked(
    drafts: Sequence[Draft], truth: Truth, rules: Rules, agenda: Agenda, *_: object, **__: object
) -> tuple[tuple[Draft, ...], Proof]:
    """Worlds are searched, and nothing is hidden or turned for want of them."""
    return tuple(drafts), Prover([each.edition() for each in drafts], truth, rules, agenda).prove()


def all_shown(linked: Linked, *_: object, **__: object) -> tuple[tuple[Content, ...], None]:
    """Every number as it is."""
    return tuple(Shown(each.value) for each in linked.unknowns.all), None


def heard(source: Source, proven: Proven) -> Heard:
    assert proven.handed is not None
    return hear(files_of(*(release(source, each) for each in proven.editions)), proven.handed)


@pytest.mark.parametrize("name", CASES)
def test_what_is_protected_has_an_answer_to_every_question(name: str) -> None:
    members, editions, _ = CASES[name]
    source = replace(a_source(tuple(members)), editions=editions)
    found = heard(source, prove_editions(source, {}))
    assert (found.problems, found.questions > 200, found.worlds > 0) == ((), True, True)


@pytest.mark.parametrize("name", CASES)
def test_without_the_protection_the_audit_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tweeluik.protection.editions.protect", all_shown)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", only_asked)
    members, editions, why = CASES[name]
    source = replace(a_source(tuple(members)), editions=editions)
    found = heard(source, prove_editions(source, {}))
    assert why in {problem.what.partition(": ")[2] for problem in found.problems}


def test_a_build_ends_when_a_question_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Problem(Place("edities/2025/release.json"), "soort", "a reader can work out too much")
    monkeypatch.setattr("tweeluik.pipeline.steps.hear", lambda *_: Heard((told,), b""))
    with pytest.raises(UnsafeTables) as refused:
        make_site(ROOT / "tests" / "golden" / "content", ROOT / "templates")
    assert refused.value.problems == (told,)


def test_of_what_nobody_remembers_nothing_is_asked() -> None:
    members, editions, _ = CASES["three themes that overlap"]
    source = replace(a_source(tuple(members)), editions=editions)
    proven = prove_editions(source, {})
    files = files_of(*(release(source, each) for each in proven.editions))
    forgotten = Handed({}, (), Rules(5, 10), {}, frozenset({("2025", 1)}))
    assert hear(files, forgotten).problems == ()
    assert hear(files, replace(forgotten, forgotten=frozenset())).problems != ()
