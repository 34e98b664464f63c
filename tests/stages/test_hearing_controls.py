"""Negative controls: what all publications tell together is heard by the audit when nobody protects it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table
from tests.stages.some_worlds import files_of
from tests.stages.test_worlds import YEAR_2026, final, partners, table
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, Heard, hear
from tweeluik.checks.audit.over_periods import WHY
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.worlds import Truth
from tweeluik.door.release import release
from tweeluik.pipeline.steps import make_site
from tweeluik.problems import Place, Problem, UnsafeTables
from tweeluik.protection.beside import Beside
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.linked import Linked
from tweeluik.protection.proven import Proven
from tweeluik.protection.worlds.draft import Draft
from tweeluik.protection.worlds.proof import Proof, Prover
from tweeluik.record.cell import Content, Rounded, Shown, Suppressed
from tweeluik.source.records import Edition, Naming, Partner, Period, Source

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
    monkeypatch.setattr("tweeluik.protection.one_edition.protect", all_shown)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", only_asked)
    members, editions, why = CASES[name]
    source = replace(a_source(tuple(members)), editions=editions)
    found = heard(source, prove_editions(source, {}))
    assert why in {problem.what.partition(": ")[2] for problem in found.problems}


def test_where_a_search_says_nothing_all_that_is_unanswered_is_left_to_repair(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as worlds that answered, and that the audit does not accept."""
    provers: list[Prover] = []

    def kept(drafts: Sequence[Draft], truth: Truth, rules: Rules, agenda: Agenda, *_: object, **__: object) -> object:
        provers.append(Prover([each.edition() for each in drafts], truth, rules, agenda))
        return tuple(drafts), provers[-1].prove()

    monkeypatch.setattr("tweeluik.protection.one_edition.protect", all_shown)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", kept)
    monkeypatch.setattr("tweeluik.protection.worlds.search.Searcher.meet", lambda *_: [])
    members, editions, _ = CASES["a pillar less its theme"]
    prove_editions(replace(a_source(tuple(members)), editions=editions), {})
    (prover,) = provers
    assert [each.question for each in prover.stuck] == [each.question for each in prover.all_demands(prover.left)] != []


Told = dict[str, dict[str, int | None]]
"""Per edition what it says of some kinds: hidden (None), or rounded to this; of others the number itself."""

KINDS = ("k0", "k1", "k2")
NUMBER = "a number of the table"


def of_kinds(*numbers: int) -> tuple[Partner, ...]:
    """So many of each kind, in 2025 and 2026."""
    every = [kind for kind, number in zip(KINDS, numbers, strict=True) for _ in range(number)]
    return tuple(a_partner(f"p-{n:03}", kind=kind, collaborations=BOTH_YEARS) for n, kind in enumerate(every))


BY_KIND = table("soort", "kind")
SUPPRESSED, ROUNDED = (final(BY_KIND, protection=each) for each in ("suppression", "rounding"))
OVER_TIME: dict[str, tuple[tuple[Edition, ...], Told, str]] = {
    "the same year twice, each hides another pair": (
        (SUPPRESSED, replace(SUPPRESSED, id="2025-en")),
        {"2025": {"k0": None, "k1": None}, "2025-en": {"k0": None, "k2": None}}, NUMBER,
    ),
    "the same year hidden and rounded": (
        (SUPPRESSED, replace(ROUNDED, id="2025-en")),
        {"2025": {"k0": None, "k1": None}, "2025-en": {"k0": 0, "k1": 5, "k2": 10, "_T": 15}}, NUMBER,
    ),
    "the same organisations rounded otherwise in the next year": (
        (ROUNDED, replace(ROUNDED, id="2026", period=YEAR_2026)),
        {"2025": {"k0": 0, "k1": 5, "k2": 10, "_T": 15}, "2026": {"k0": 5, "k1": 5, "k2": 10, "_T": 20}}, NUMBER,
    ),
    "a kind that stood still is shown in the next year": (
        (SUPPRESSED, replace(SUPPRESSED, id="2026", period=YEAR_2026)),
        {"2025": {"k0": None, "k1": None}, "2026": {"k0": None, "_T": None}}, NUMBER,
    ),
}  # fmt: skip


def as_told(told: Told) -> Callable[..., tuple[tuple[Content, ...], None]]:
    """Protection that says what it is told to."""

    def protect(linked: Linked, *_: object, **__: object) -> tuple[tuple[Content, ...], None]:
        edition = linked.unknowns.selection.edition
        said, rounded = told[edition.id], edition.protection == "rounding"
        codes = [next((code for _, code in each.key[1]), "_T") for each in linked.unknowns.all]
        contents = [
            Shown(each.value) if code not in said else _content(said[code], rounded=rounded)
            for each, code in zip(linked.unknowns.all, codes, strict=True)
        ]
        return tuple(contents), None

    return protect


def _content(value: int | None, *, rounded: bool) -> Content:
    return Suppressed() if value is None else Rounded(value) if rounded else Shown(value)


def with_kinds(members: Sequence[Partner], editions: tuple[Edition, ...]) -> Source:
    source = a_source(tuple(members))
    first = source.vocabulary.kinds[0]
    kinds = tuple(replace(first, code=each, label=each) for each in KINDS)
    return replace(source, vocabulary=replace(source.vocabulary, kinds=kinds), editions=editions)


@pytest.mark.parametrize("name", OVER_TIME)
def test_what_publications_say_beside_each_other_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    editions, told, why = OVER_TIME[name]
    monkeypatch.setattr("tweeluik.protection.one_edition.protect", as_told(told))
    monkeypatch.setattr("tweeluik.protection.editions.is_safe", lambda *_: True)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", only_asked)
    source = with_kinds(of_kinds(3, 7, 9), editions)
    found = heard(source, prove_editions(source, {}))
    assert why in {problem.what.partition(": ")[2] for problem in found.problems}


@pytest.mark.parametrize("name", OVER_TIME)
def test_what_the_protection_says_in_its_place_has_an_answer(name: str) -> None:
    source = with_kinds(of_kinds(3, 7, 9), OVER_TIME[name][0])
    hint = "that was tried and is safe"
    try:
        problems = heard(source, prove_editions(source, {})).problems
    except UnsafeTables as refused:
        hint, problems = refused.problems[0].hint, ()
    assert (problems, "that was tried and is safe" in hint) == ((), True)


def test_periods_that_add_up_are_noticed_where_nothing_is_hidden_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four visits in 2025, all with one; nine in 2026. Both years together show thirteen."""
    members = [a_partner(f"p-{n:03}", kind="k0", collaborations=BOTH_YEARS) for n in range(12)]
    visits = [a_conversation(date(2025, 1 + n, 3), "p-000", form="werkbezoek") for n in range(4)]
    visits += [a_conversation(date(2026, 1 + n, 3), f"p-{n:03}", form="werkbezoek") for n in range(9)]
    talks = [a_conversation(date(year, 1 + n, 4), f"p-{n:03}") for year in (2025, 2026) for n in range(12)]
    forms = final(replace(a_table("conversations", "form"), id="vorm"))
    both = replace(forms, id="2025-2026", period=Period(date(2025, 1, 1), date(2026, 12, 31)))
    editions = (forms, replace(forms, id="2026", period=YEAR_2026), both)
    every = sorted([*visits, *talks], key=lambda each: each.date)
    source = replace(with_kinds(members, editions), conversations=tuple(every))
    proven = prove_editions(source, {})
    assert heard(source, proven).problems == ()
    monkeypatch.setattr(Beside, "_truth", lambda *_: pytest.fail("asked of what is out already"))
    assert Beside(source, {}, {}, KeyedNoise(b"key")).told_by_sums((), proven.editions) == ()
    monkeypatch.undo()
    monkeypatch.setattr("tweeluik.protection.one_edition.told_by_periods", lambda *_: frozenset())
    monkeypatch.setattr("tweeluik.protection.beside.Beside._told_by_sums", lambda *_: iter(()))
    found = heard(source, prove_editions(source, {}))
    assert {each.what.partition(": ")[2] for each in found.problems} == {WHY}


def test_a_build_ends_when_a_question_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Problem(Place("edities/2025/release.json"), "soort", "a reader can work out too much")
    monkeypatch.setattr("tweeluik.checks.audit.hearing.hear", lambda *_: Heard((told,), b""))
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


@pytest.mark.parametrize(("more", "struck", "right"), [(0, 0, True), (1, 0, False), (1, 1, True), (2, 1, False)])
def test_a_cell_that_names_more_than_its_records_is_noticed(more: int, struck: int, right: bool) -> None:
    """Who was struck since may be in none of the records that are left."""
    naming = (Naming("2025", date(2025, 6, 1), None, HERE),)
    members = [
        replace(each, named_in=naming) if n % 3 == 0 else each
        for n, each in enumerate(partners((9, "stichting", ("1.1a",)), (3, "vereniging", ("1.1a",))))
    ]
    source = replace(a_source(tuple(members)), editions=(final(table("soort", "kind")),))
    proven = prove_editions(source, {})
    record = release(source, proven.editions[0])
    (told,) = record.tables
    codes, number = next(iter(told.named.items()))
    changed = replace(told, named={**told.named, codes: number + more})
    assert proven.handed is not None
    found = hear(files_of(replace(record, tables=(changed,), struck=("0" * 64,) * struck)), proven.handed)
    assert (found.problems == ()) is right


def test_where_one_is_hopeless_nothing_that_was_found_for_others_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    provers: list[Prover] = []

    def kept(drafts: Sequence[Draft], truth: Truth, rules: Rules, agenda: Agenda, *_: object, **__: object) -> object:
        provers.append(Prover([each.edition() for each in drafts], truth, rules, agenda))
        monkeypatch.setattr(Prover, "_keep", lambda *_: pytest.fail("worlds were counted"))
        return tuple(drafts), provers[-1].prove(lambda _: True)

    monkeypatch.setattr("tweeluik.protection.one_edition.protect", all_shown)
    monkeypatch.setattr("tweeluik.protection.beside.make_safe", kept)
    members, editions, _ = CASES["a pillar less its theme"]
    prove_editions(replace(a_source(tuple(members)), editions=editions), {})
    (prover,) = provers
    assert len(prover.stuck) == 1
    assert prover.stuck[0].question in {each.question for each in prover.left}
