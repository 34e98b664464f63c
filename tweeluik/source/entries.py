"""New records to be filled in: right in form, with what can be known beforehand, and empty where a person must write.

What is empty is told by `check`, with its line, until it is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tweeluik.source.nodes import Listing
from tweeluik.source.reader import read_yaml
from tweeluik.source.skeleton import with_modeline

MOST_SHOWN = 8
"""Codes that are named behind a key; of more an editor shows them."""

_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


_FIRST = """\
title: Partneroverzicht {year}
population: agenda-partners
period: {{from: {year}-01-01, until: {year}-12-31}}
status: concept
as_of: {reached}
protection: rounding
tables:
  - {{id: soort, title: Partners naar soort organisatie en pijler, counts: partners, rows: kind, columns: pillar}}
  - {{id: regio, title: Partners naar regio, counts: partners, rows: region}}
  - {{id: thema, title: Partners naar thema, counts: partners, rows: theme}}
  - {{id: gesprekken, title: Gesprekken naar vorm, counts: conversations, rows: form}}
"""
"""Rounded: there will be an edition of every year."""


class Entry(NamedTuple):
    """A file with a new record in it: its name, its whole text, and the line where the record begins (from 1)."""

    file: str
    text: str
    line: int


def partner(texts: Mapping[str, str], codes: Mapping[str, Mapping[str, str]], *, id_: str, kind: str | None) -> Entry:
    """An organisation, at the end of the file of its kind."""
    year = _latest_year(codes)
    lines = (
        f"- id: {id_}",
        "  name: # de naam van de organisatie",
        f"  kind: {kind}" if kind else f"  kind: # {_shown(codes.get('kind', {}))}",
        f"  region: # {_shown(codes.get('region', {}))}",
        "  traceable_to_persons: false",
        "  endorsed: # de dag waarop zij de doelen onderschreef: jaar-maand-dag; haal de regel weg als dat niet zo is",
        "  collaborations:",
        f"    - {{year: {year}, measures: []}} # tussen de haken: {_shown(codes.get('measure', {}))}",
    )
    return _appended(texts, f"partners/{kind or 'nieuw'}", lines)


def conversation(texts: Mapping[str, str], codes: Mapping[str, Mapping[str, str]], *, day: date | None) -> Entry:
    """A conversation, at the end of the file of its year."""
    lines = (
        f"- date: {day.isoformat() if day else '# jaar-maand-dag'}",
        "  partners: [] # tussen de haken: de kenmerken van de organisaties",
        "  context: agenda # of society: dan telt het gesprek niet mee, en zijn er geen maatregelen",
        f"  form: # {_shown(codes.get('form', {}))}",
        f"  measures: [] # tussen de haken: {_shown(codes.get('measure', {}))}",
        "  subject: integratie-en-samenleven # of overig",
    )
    return _appended(texts, f"conversations/{day.year if day else _latest_year(codes)}", lines)


def first_edition(texts: Mapping[str, str], codes: Mapping[str, Mapping[str, str]]) -> Entry:
    """The edition of a source that has none: a concept with the usual tables, of the latest year with conversations."""
    days = [day for name, each in texts.items() if name.startswith("conversations/") for day in _DAY.findall(each)]
    year = max((int(day[0]) for day in days), default=_latest_year(codes))
    name = f"editions/{year}.yaml"
    reached = _reached(_FIRST.format(year=year, reached=""), texts)
    return Entry(name, with_modeline(name, _FIRST.format(year=year, reached=reached)), 1)


def edition(texts: Mapping[str, str], *, like: str) -> Entry:
    """The edition of a year later than another: a concept with the same tables, of which nothing is filled in yet."""
    former = texts[f"editions/{like}.yaml"]
    text = _DAY.sub(lambda found: _a_year_later(found[1], found[2], found[3]), former)
    text = re.sub(r"^title:.*$", lambda found: _years_later(found[0]), text, flags=re.MULTILINE)
    text = re.sub(r"^(as_of|sent|versions?):.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^late:[^\n]*\n(?:[ ]+.*\n)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^corrections:[^\n]*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE)
    text = re.sub(r",[ ]*(?:number|document): [^,}\n]+", "", text)
    text = re.sub(r"^[ ]+(?:number|document): .*\n", "", text, flags=re.MULTILINE)
    status = f"status: concept\nas_of: {_reached(text, texts)}"
    text = re.sub(r"^status:.*$", status, text, count=1, flags=re.MULTILINE)
    name = f"editions/{_years_later(like)}.yaml"
    return Entry(name, with_modeline(name, text), 1)


def _reached(text: str, texts: Mapping[str, str]) -> str:
    """Up to which day of its period there are conversations already; its first day when there are none."""
    period = re.search(r"^period:[ \n]*\{?[ ]*from: ([\d-]+)[, \n]+until: ([\d-]+)", text, re.MULTILINE)
    first, last = (period[1], period[2]) if period is not None else ("", "")
    told = (
        found[0] for name, each in texts.items() if name.startswith("conversations/") for found in _DAY.finditer(each)
    )
    return max((day for day in told if first <= day <= last), default=first)


def latest_edition(codes: Mapping[str, Mapping[str, str]]) -> str | None:
    """The edition of the latest year; of several the one with the shortest name."""
    editions = codes.get("edition", {})
    return max(editions, key=lambda each: (_years(each)[-1:], -len(each), each), default=None)


def _appended(texts: Mapping[str, str], stem: str, lines: tuple[str, ...]) -> Entry:
    number = 1
    while not _is_list(texts.get(name := f"{stem}{'' if number == 1 else f'-{number}'}.yaml")):
        number += 1
    former = texts.get(name)
    before = with_modeline(name, "") if former is None else f"{former.rstrip()}\n\n"
    return Entry(name, before + "".join(f"{line}\n" for line in lines), before.count("\n") + 1)


def _is_list(text: str | None) -> bool:
    """Whether a record can be added to a file: it is not there yet, or holds a list with dashes."""
    if text is None:
        return True
    node, _ = read_yaml(text, "")
    return isinstance(node, Listing) and re.search(r"^- ", text, re.MULTILINE) is not None


def _shown(labels: Mapping[str, str]) -> str:
    if not labels or len(labels) > MOST_SHOWN:
        return "een code uit de bron"
    return "een van: " + ", ".join(f"{code} ({label})" for code, label in labels.items())


def _latest_year(codes: Mapping[str, Mapping[str, str]]) -> int:
    years = [year for each in codes.get("edition", {}) for year in _years(each)]
    return max(years, default=2025)


def _years(text: str) -> list[int]:
    return [int(each) for each in _YEAR.findall(text)]


def _years_later(text: str) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + 1), text)


def _a_year_later(year: str, month: str, day: str) -> str:
    return f"{int(year) + 1}-{month}-{'28' if (month, day) == ('02', '29') else day}"
