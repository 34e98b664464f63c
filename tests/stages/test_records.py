"""Records are confidential by default, and never print what they hold."""

from __future__ import annotations

from datetime import date

from tests.factories import a_conversation, a_partner, a_source, an_edition
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source.records import Period, confidential_texts


def test_a_repr_shows_the_place_and_no_value() -> None:
    assert repr(a_partner(name="Geheime Naam")) == "<Partner at test.yaml:1:1>"
    assert repr(a_source((a_partner(name="Geheime Naam"),))) == "<Source at test.yaml:1:1>"


def test_every_text_of_a_partner_is_confidential() -> None:
    texts = dict(confidential_texts(a_partner(name="Naam", registration="99000001")))
    assert {"id", "name", "registration", "kind", "region", "measures"} <= set(texts)


def test_the_declared_texts_of_an_edition_are_public() -> None:
    assert list(confidential_texts(an_edition())) == []


def test_a_conversation_keeps_its_partners_to_itself() -> None:
    assert ("partners", "p-1") in list(confidential_texts(a_conversation(date(2025, 1, 1))))


def test_a_period_touches_every_year_of_which_it_holds_a_day() -> None:
    assert list(Period(date(2023, 12, 31), date(2025, 1, 1)).years) == [2023, 2024, 2025]


def test_a_problem_reads_as_where_what_and_hint() -> None:
    problem = Problem(Place("partners/anker.yaml", 12, 7), "kind", "unknown kind", "did you mean 'stichting'?")
    assert str(problem) == "partners/anker.yaml:12:7: kind: unknown kind (did you mean 'stichting'?)"


def test_a_failure_carries_its_problems_in_the_order_of_their_places() -> None:
    late, early = (Problem(Place("a.yaml", line, 1), "", "wrong") for line in (9, 2))
    assert SourceHasProblems((late, early)).problems == (early, late)
