"""What is advised in place of tables that cannot be published: the gentlest first, and only what was tried and works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import a_partner, a_source, a_table, an_edition
from tests.stages.a_publication import a_release
from tweeluik.checks.audit.questions import Asked, Label, Question
from tweeluik.disclosure.effort import UNITS, Effort
from tweeluik.problems import UnsafeTables
from tweeluik.protection import editions as maker
from tweeluik.protection import remedies
from tweeluik.protection.beside import Beside
from tweeluik.protection.cures import Cure, cures, last_resorts, no_numbers, still_tells
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.redesign import Refusal, Refused, RefusedInTurns
from tweeluik.protection.remedies import Remedies
from tweeluik.protection.worlds.stage import NotSafe
from tweeluik.selection.rules import is_named
from tweeluik.source.records import Edition, Merge, Naming, Source, TableSpec
from tweeluik.words.messages import translate


def table(identity: str, rows: str, columns: str | None = None) -> TableSpec:
    return replace(a_table("partners", rows, columns), id=identity)


def wide() -> Source:
    """Regions A to F."""
    source = a_source(tuple(a_partner(f"p-{n}", region="ABCDEF"[n % 6]) for n in range(30)))
    regions = tuple(replace(source.vocabulary.regions[0], code=code, label=f"Gebied {code}") for code in "ABCDEF")
    return replace(source, vocabulary=replace(source.vocabulary, regions=regions))


EDITION = an_edition(table("a", "region"), table("b", "region", "pillar"), protection="rounding", status="final")


def told(edition: Edition = EDITION, *about: tuple[str, str], table: str = "") -> list[str]:
    return [each.words.partition("; that was")[0] for each in cures(wide(), (edition,), edition, about, table)]


def test_neighbours_are_taken_together_before_anything_else_is_given_up() -> None:
    first = told(EDITION, ("region", "C"))[0]
    assert first == 'write merge: [{dimension: region, codes: [C, D], label: "Gebied C en Gebied D"}]'


def test_a_crossing_goes_before_a_table_where_a_table_tells_too_much() -> None:
    words = told(EDITION, table="b")
    assert words[0] == "leave out columns of table b"
    assert words.index("leave out table b") > words.index(
        "write protection: suppression in every edition that is not published yet"
    )


def test_a_crossing_that_alone_tells_of_what_is_blamed_goes_first() -> None:
    edition = replace(EDITION, tables=(*EDITION.tables, table("c", "kind", "first_year")))
    assert told(edition, ("region", "C"), ("first_year", "2025"), table="b")[0] == "leave out columns of table c"
    assert told(edition, ("region", "C"), ("pillar", "1"), table="b")[0] == "leave out columns of table b"


def test_what_is_taken_together_already_goes_on_in_a_larger_group() -> None:
    (once,) = [each.editions[0] for each in cures(wide(), (EDITION,), EDITION, (("region", "A"),))][:1]
    again = next(iter(cures(wide(), (once,), once, (("region", "A+B"),)))).editions[0]
    assert [each.codes for each in again.merge] == [("A", "B", "C")]


def test_every_cure_keeps_a_table() -> None:
    tables = [each.editions[0].tables for each in cures(wide(), (EDITION,), EDITION, (("region", "C"),))]
    assert len(tables) > 1
    assert () not in tables


def last(*tables: TableSpec) -> list[str]:
    edition = replace(EDITION, tables=tables)
    return [each.words.partition("; that was")[0] for each in last_resorts(wide(), (edition,), edition)]


TALKS = replace(table("t", "form"), counts="conversations")


def test_where_nothing_gentler_does_ever_less_is_tried() -> None:
    words = last(table("b", "region", "pillar"), table("a", "region"), TALKS)
    assert words[:3] == ["leave out the tables t", "leave out the tables b, t", "leave out the tables b, a"]
    assert last(table("b", "region", "pillar"), table("a", "region"))[:2] == [
        "leave out the tables b", "leave out the tables a",
    ]  # fmt: skip


def test_at_last_one_table_is_left_of_few_categories() -> None:
    words = last(table("a", "region"), table("b", "region", "pillar"))
    coarse = [each for each in words if "; then write merge" in each and "protection" not in each]
    assert coarse[-1].startswith("first leave out the tables a; then write merge: [{dimension: region, codes: [A, B, C")
    assert last(table("a", "region"))[1].startswith("write merge: [{dimension: region, codes: [A, B, C, D]")


def test_then_what_was_tried_alone_is_tried_together() -> None:
    source, edition = with_names("A")
    out = [each.words.partition("; that was")[0] for each in last_resorts(source, (edition,), edition)]
    nobody = "name nobody in edition 2026, and take out its named_in"
    by = "write protection: suppression in every edition that is not published yet"
    assert out[2:] == [
        f"first {by}; then {nobody}",
        f"first leave out the tables a; then {nobody}",
        f"first leave out the tables a; then {by}",
        f"first leave out the tables a; then {by}; then {nobody}",
    ]


def test_in_the_end_an_edition_has_no_tables_and_then_no_names() -> None:
    source, edition = with_names("A")
    bare, nameless = no_numbers(source, (edition,), edition)
    assert bare.words == "leave out all tables of edition 2026; that was tried and is safe"
    assert (bare.editions[0].tables, bare.source) == ((), None)
    assert nameless.words.startswith("first leave out all tables of edition 2026; then name nobody in edition 2026")
    assert nameless.source is not None
    assert not any(is_named(each, edition) for each in nameless.source.partners)


REALLY = Beside.safe


def refusing(monkeypatch: pytest.MonkeyPatch, works: bool) -> str:
    """What is said where worlds refuse all that is not merged; `works`: whether they take what is."""

    def safe(
        self: Beside, candidates: Sequence[ProtectedEdition], fixed: Sequence[ProtectedEdition], effort: Effort,
        **_: bool,
    ) -> Proven:  # fmt: skip
        if not any(each.tables for each in candidates) or (works and all(each.edition.merge for each in candidates)):
            return REALLY(self, candidates, fixed, effort)
        label = Label(("2025", 1), ("region", "C"))
        raise NotSafe(Question("partners", label, Asked.EITHER, "2025", "a", "a number of the table"))

    monkeypatch.setattr(Beside, "safe", safe)
    monkeypatch.setattr(remedies, "MOST_TRIALS", 20)
    with pytest.raises(UnsafeTables) as failed:
        maker.protect_editions(replace(wide(), editions=(EDITION,)), {})
    return str(failed.value.problems[0])


def test_only_what_works_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusing(monkeypatch, works=True)
    assert "tables[a]: together with everything ever published" in said
    assert 'write merge: [{dimension: region, codes: [C, D], label: "Gebied C en Gebied D"}]; that was tried' in said


def test_where_nothing_works_an_edition_without_tables_does(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusing(monkeypatch, works=False)
    assert said.endswith("(leave out all tables of edition 2025; that was tried and is safe)")


def test_where_not_even_that_works_that_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remedies, "no_numbers", lambda *_: ())
    assert refusing(monkeypatch, works=False).endswith("(ask for fewer tables, or for coarser categories)")


# --- those that leave a world ---------------------------------------------------------------------------------------


def tried_for(source: Source, edition: Edition, refusal: Refusal) -> list[str]:
    """In which order cures are tried, where none works."""
    tried = list[str]()

    def works(cure: Cure, _: Effort) -> bool:
        tried.append(cure.words.partition("; that was")[0])
        return False

    Remedies(source, {}, Effort.of(1), works).words(refusal, (edition,))
    return tried


def test_what_takes_away_the_number_that_leaves_no_world_is_tried_first() -> None:
    """The crossing alone is to blame: its columns go, or its table, or the method is another."""
    refusal = Refusal(EDITION, "tables", "told", (("region", "C"),))
    crossed = frozenset({("region", "A"), ("pillar", "1")})
    blamed = replace(refusal, could=lambda stays: not stays((EDITION.id, 1), "partners", crossed))
    usual, sooner = (tried_for(wide(), EDITION, each) for each in (refusal, blamed))
    assert sorted(usual) == sorted(sooner)
    assert usual[0].startswith("write merge: [{dimension: region, codes: [C, D]")
    merged = [place for place, words in enumerate(sooner) if words == usual[0]]
    assert {"leave out columns of table b", "leave out table b"} <= {*sooner[: merged[0]]}
    assert [each for each in usual if each not in sooner[: merged[0]]] == sooner[merged[0] :]


def test_by_a_cure_an_edition_tells_what_its_tables_have_but_what_is_taken_together() -> None:
    """Of another method the same is told otherwise; of editions that are not asked for nothing changes."""
    merge = (Merge("region", ("C", "D"), "Gebied C en Gebied D", EDITION.place),)
    name, pillar, c, a = (EDITION.id, 1), ("pillar", "1"), ("region", "C"), ("region", "A")
    crossed = frozenset({pillar, a})

    def stays(changed: Edition, *pairs: tuple[str, str], where: tuple[str, int] = name) -> bool:
        return still_tells((EDITION,), Cure((changed,), ""))(where, "partners", frozenset(pairs))

    assert stays(EDITION, *crossed)
    assert not stays(replace(EDITION, tables=EDITION.tables[:1]), *crossed)
    assert stays(replace(EDITION, tables=EDITION.tables[:1]), a)
    assert stays(replace(EDITION, merge=merge), a)
    assert not stays(replace(EDITION, merge=merge), c)
    assert not stays(replace(EDITION, protection="suppression"), a)
    assert stays(replace(EDITION, protection="suppression"), a, where=("other", 1))
    assert not still_tells((EDITION,), Cure((EDITION,), ""))(name, "conversations", frozenset())


# --- a build ends -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("units", [0, 1_000])
def test_where_the_effort_ends_before_there_is_a_proof_a_build_says_so(
    monkeypatch: pytest.MonkeyPatch, units: int
) -> None:
    monkeypatch.setattr(
        Beside, "safe", lambda self, candidates, fixed, _, **__: REALLY(self, candidates, fixed, Effort(units))
    )
    monkeypatch.setattr(remedies, "last_resorts", lambda *_: ())
    monkeypatch.setattr(remedies, "no_numbers", lambda *_: ())
    with pytest.raises(UnsafeTables) as failed:
        maker.protect_editions(replace(wide(), editions=(EDITION,)), {})
    (said,) = map(str, failed.value.problems)
    assert "tables[a]: together with everything ever published, readers might work out" in said
    assert "within the effort of policy.yaml" in said


def test_where_more_effort_may_do_that_is_said_beside_what_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Beside, "safe", lambda self, candidates, fixed, _, **__: REALLY(self, candidates, fixed, Effort(0))
    )
    monkeypatch.setattr(remedies, "cures", lambda *_, **__: ())
    monkeypatch.setattr(remedies, "last_resorts", lambda *_: ())
    with pytest.raises(UnsafeTables) as failed:
        maker.protect_editions(replace(wide(), editions=(EDITION,)), {})
    cure = failed.value.problems[0].hint
    assert cure is not None
    assert cure.startswith(
        "give more of it, such as effort: {value: 4, source: …}, or ask for fewer tables; or leave out"
    )
    assert translate(cure, "nl") == (
        "geef meer, zoals effort: {value: 4, source: …}, of vraag minder tabellen; of "
        "laat alle tabellen van editie 2025 weg; de pagina zegt dan waarom ze er niet zijn; dat is geprobeerd en veilig"
    )


def test_a_dear_refusal_leaves_effort_for_a_few_cures_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, given = list[Effort](), list[float]()

    def safe(_: Beside, _candidates: object, _fixed: object, effort: Effort, **__: bool) -> Proven:
        tried.append(effort)
        given.append((effort.most - effort.meter.done) / UNITS)
        effort.spend(int(effort.most - effort.meter.done))
        raise NotSafe(Question("partners", Label(("2025", 1), None), Asked.EITHER, "2025", "a", "a number"), spent=True)

    monkeypatch.setattr(Beside, "safe", safe)
    with pytest.raises(UnsafeTables) as failed:
        maker.protect_editions(replace(wide(), editions=(EDITION,)), {})
    first, glances = given[0], [each for each in given[1 : remedies.MOST_TRIALS] if each < 0.1]
    assert len(glances) > 5
    assert sum(glances) < first / 5
    assert 2 <= len(given) - 1 - len(glances) - len(last(*EDITION.tables)) <= 3
    assert len({id(each.meter) for each in tried}) == 1
    assert str(failed.value.problems[0]).endswith(
        "(give more of it, such as effort: {value: 4, source: …}, or ask for fewer tables)"
    )


@pytest.mark.parametrize(("draws", "advised"), [(1, "merge"), (2, "merge"), (4, "leave out")])
def test_a_cure_is_tried_with_more_than_one_draw(monkeypatch: pytest.MonkeyPatch, draws: int, advised: str) -> None:
    """As what is asked for is: who follows the advice gets as many."""
    really, turns = maker._Maker._together, list[int]()

    def together(self: maker._Maker, editions: Sequence[Edition], *given: Any, **how: Any) -> Proven:
        if not any(each.merge for each in editions) and any(each.tables for each in editions):
            raise Refused(Refusal(editions[-1], "tables", "no rounding found is safe"))
        turns.append(given[1])
        if turns[-1] < draws - 1 and any(each.tables for each in editions):
            raise RefusedInTurns(editions[-1])
        return really(self, editions, *given, **how)

    monkeypatch.setattr(maker._Maker, "_together", together)
    with pytest.raises(UnsafeTables) as failed:
        maker.protect_editions(replace(wide(), editions=(EDITION,)), {})
    assert advised in str(failed.value.problems[0])
    assert max(turns) == min(draws, maker.TURNS_OF_A_TRIAL) - 1


# --- who is named for the first time ----------------------------------------------------------------------------------


def with_names(*names: str) -> tuple[Source, Edition]:
    """Three organisations, of which some are named in the edition and all in another."""
    edition = replace(EDITION, id="2026")
    consents = (Naming(each, date(2025, 2, 1), None, a_partner().place) for each in ("2025", edition.id))
    once, now = consents
    members = (a_partner(f"p-{n}", name=n, named_in=(once, now) if n in names else (once,)) for n in "ABC")
    return a_source(tuple(members)), edition


@pytest.mark.parametrize(
    ("named", "told", "left"),
    [
        ("AB", ["A", "C"], {"only who was named before": {"A"}, "nobody": set()}),
        ("AB", [], {"nobody": set()}),
        ("AB", ["A", "B"], {"nobody": set()}),
        ("", ["A"], {}),
        ("AB", None, {}),
    ],
)
def test_who_is_named_for_the_first_time_may_be_left_unnamed(
    named: str, told: list[str] | None, left: dict[str, set[str]]
) -> None:
    """Everybody then knows it in all that is out too. Beside nothing there is nobody to whom that tells anything."""
    source, edition = with_names(*named)
    found = {}
    for cure in cures(source, (edition,), edition, (), named=told):
        if cure.source is not None:
            assert "2026" in cure.words
            here = {each.name for each in cure.source.partners if is_named(each, edition)}
            found["nobody" if "nobody" in cure.words else "only who was named before"] = here
            assert all(any(one.edition == "2025" for one in each.named_in) for each in cure.source.partners)
    assert found == left


def test_a_cure_of_names_is_tried_with_the_names_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    source, edition = with_names("A", "B")
    out = a_release("2025", named=("A",), salts=("0" * 32,))

    def safe(
        self: Beside, candidates: Sequence[ProtectedEdition], fixed: Sequence[ProtectedEdition], effort: Effort,
        **_: bool,
    ) -> Proven:  # fmt: skip
        if {each.name for each in candidates[0].selection.partners if is_named(each, edition)} == {"A"}:
            return Proven((*candidates, *fixed))
        raise NotSafe(
            Question("partners", Label(("2025", 1), None), Asked.EITHER, "2025", "a", "a number of the table")
        )

    monkeypatch.setattr(Beside, "safe", safe)
    with pytest.raises(UnsafeTables) as failed:
        maker.protect_editions(replace(source, editions=(edition,), protection_key="a" * 64), {"2025": (out,)})
    (said,) = map(str, failed.value.problems)
    assert "readers can work out, of edition 2025: a number of the table" in said
    assert "name in edition 2026 only who was named before, and take out its other named_in; that was tried" in said
