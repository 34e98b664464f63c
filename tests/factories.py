"""Small invented sources for tests: every argument that a test does not name has an unremarkable value."""

from __future__ import annotations

from datetime import date
from typing import Any

from tweeluik.problems import Place
from tweeluik.source.records import (
    Agenda,
    AgendaItem,
    Approvals,
    Collaboration,
    Contact,
    Conversation,
    Edition,
    Endorsement,
    Former,
    Number,
    Partner,
    Period,
    Policy,
    Report,
    Source,
    TableSpec,
    Term,
    Vocabulary,
)

HERE = Place("test.yaml", 1, 1)


def a_partner(id: str = "p-1", **changes: Any) -> Partner:
    values: dict[str, Any] = {
        "name": f"Naam {id}", "aliases": (), "registration": None, "kind": "stichting", "region": "NL31",
        "umbrella": None, "traceable_to_persons": False, "endorsed": date(2025, 1, 1),
        "collaborations": (a_collaboration(),), "named_in": (),
    }  # fmt: skip
    values.update(changes)
    if isinstance(values["endorsed"], date):
        values["endorsed"] = (Endorsement(values["endorsed"], None, HERE),)
    return Partner(id=id, place=HERE, **{**values, "endorsed": values["endorsed"] or ()})


def a_former(until: date, **traits: Any) -> Former:
    told = dict.fromkeys(("name", "aliases", "registration", "kind", "region", "umbrella", "traceable_to_persons"))
    return Former(until=until, place=HERE, **{**told, **traits})


def an_endorsement(start: date, until: date | None = None) -> Endorsement:
    return Endorsement(start, until, HERE)


def a_collaboration(year: int = 2025, *measures: str) -> Collaboration:
    return Collaboration(year, measures or ("1.1a",), HERE)


def a_conversation(day: date, *partners: str, **changes: Any) -> Conversation:
    values: dict[str, Any] = {
        "context": "agenda", "form": "gesprek", "subject": "integratie-en-samenleven", "measures": ("1.1a",),
    }  # fmt: skip
    return Conversation(date=day, partners=partners or ("p-1",), place=HERE, **{**values, **changes})


def an_edition(*tables: TableSpec, **changes: Any) -> Edition:
    values: dict[str, Any] = {
        "id": "2025", "title": "Partneroverzicht 2025", "population": "agenda-partners",
        "period": Period(date(2025, 1, 1), date(2025, 12, 31)), "status": "concept", "protection": "suppression",
        "due": None, "sent": None, "parliament": None, "inspection": None, "classification": None, "corrections": (),
    }  # fmt: skip
    return Edition(tables=tables, place=HERE, **{**values, **changes})


def a_table(counts: Any, rows: Any, columns: Any = None) -> TableSpec:
    return TableSpec("tabel", "Een tabel", counts, rows, columns, HERE)


def a_source(partners: tuple[Partner, ...] = (), conversations: tuple[Conversation, ...] = ()) -> Source:
    number = Number(5, "test", HERE)
    return Source(
        report=Report("Titel", "Ministerie", Contact("Redactie", "redactie@example.org", HERE), None, "CC0-1.0", "https://example.org/a", HERE, privacy_statement="https://example.org/p"),
        policy=Policy(number, Number(10, "test", HERE), Approvals(2, "test", HERE, not_by_author=False), Number(1, "test", HERE), Number(1, "", HERE), Number(0, "", HERE), HERE),
        agenda=Agenda(
            (_item("1", None), _item("2", None)),
            (_item("1.1", "1"), _item("1.2", "1"), _item("2.1", "2")),
            (_item("1.1a", "1.1"), _item("1.1b", "1.1"), _item("1.2a", "1.2"), _item("2.1a", "2.1")),
            HERE,
        ),
        vocabulary=Vocabulary(
            (_term("stichting"), _term("vereniging"), _term("gemeente", "(lokale) overheid")),
            (_term("NL31"), _term("NL")),
            (_term("gesprek"), _term("werkbezoek")),
            HERE,
        ),
        partners=partners, conversations=conversations, editions=(), pages=(), place=HERE,
    )  # fmt: skip


def _item(code: str, parent: str | None) -> AgendaItem:
    return AgendaItem(code, f"Onderdeel {code}", parent, 2025, 2029, HERE)


def _term(code: str, left_out: str | None = None) -> Term:
    return Term(code, code.capitalize(), left_out, HERE)
