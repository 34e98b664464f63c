"""Names that are ordinary words: no alarm where these words are only words, and one where they are a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.factories import a_partner
from tests.golden.refresh import expected
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.door.withheld import withheld
from tweeluik.problems import Place
from tweeluik.source.load import read_source
from tweeluik.source.records import Source
from tweeluik.words.legal_forms import part

DATA = Path(__file__).parent / "data"
ORDINARY = Path(__file__).parents[1] / "stages" / "data" / "gewoon_nederlands.txt"
GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = tuple((DATA / "ordinary_names.txt").read_text(encoding="utf-8").splitlines())
"""What organisations are called that are called after what they do; invented, and each of words that every page may hold."""


@cache
def the_source() -> Source:
    return replace(read_source(GOLDEN / "content"), partners=(), conversations=(), protection_key=None)


def secrets_of(*names: str) -> tuple[Secret, ...]:
    """Of the golden source with these organisations in place of its own; the line of their place is their number."""
    partners = [
        replace(a_partner(f"p-zz9{n:03}", name=name), place=Place("partners.yaml", n + 1, 1))
        for n, name in enumerate(names)
    ]
    return withheld(replace(the_source(), partners=tuple(partners)), ())


@cache
def ordinary_pages() -> Mapping[str, bytes]:
    """The golden site, and a page of two thousand words of ordinary Dutch."""
    site = {re.sub(r"\.(html|js|css|svg)\.txt$", r".\1", path): data for path, data in expected().items()}
    page = "".join(f"<p>{each}</p>\n" for each in ORDINARY.read_text(encoding="utf-8").split("\n\n"))
    head = "<!doctype html><html lang=nl><title>Dit is gewoon</title>"
    return site | {"gewoon/index.html": f"{head}<main>{page}</main></html>".encode()}


def as_a_name(name: str) -> Iterator[str]:
    """A page that names it."""
    yield f"<p>Wij spraken vorige week met {name} en met de gemeente.</p>"
    yield f"<p>Ook {name} was erbij.</p>"
    yield f"<table><tr><th scope=row>{name}</th><td>4</td></tr></table>"
    yield f"<table><tr><td>{name}</td><td>4</td></tr></table>"
    yield f"<ul><li>{name}</li><li>De rest</li></ul>"
    yield f'<script type="application/ld+json">{{"name": "{name}"}}</script>'
    yield f'<p data-partner="{name.lower()}">'
    yield f'<p id="partner-{name.lower().replace(" ", "-")}">'
    yield f"<p>Wij spraken met {name.upper()} en anderen.</p>"


def as_words(name: str) -> Iterator[str]:
    """A page that uses the words, and names nobody."""
    small = name.lower()
    yield f"<p>Zo gaat het met {small} en met de rest.</p>"
    yield f"<h2>{small.capitalize()}</h2><p>{small.capitalize()} is wat wij doen.</p>"
    yield f"<title>Over {small}</title><nav><a href='x/'>{small.capitalize()}</a> <a href='y/'>Anders</a></nav>"
    yield f"<p class='{small}'>Dat is zo. {small.capitalize()} dus.</p>"
    yield f'<p><a href="#{small.replace(" ", "-")}-en-meer">verder</a></p>'


WITH_A_FORM = tuple(name for name in NAMES if part(name).forms)
WORDS = tuple(name for name in NAMES if name not in WITH_A_FORM)


def test_names_of_ordinary_words_are_no_find_where_they_are_words() -> None:
    pages = [text.encode() for name in WORDS for text in as_words(name)]
    files = {f"woorden/{n}.html": page for n, page in enumerate(pages)}
    assert [str(each) for each in find_leaks(files, secrets_of(*NAMES))] == []


def test_nor_on_the_pages_of_a_site_and_in_ordinary_dutch() -> None:
    assert [str(each) for each in find_leaks(ordinary_pages(), secrets_of(*NAMES))] == []


def test_nor_are_the_names_of_the_example_in_any_disguise_or_piece() -> None:
    example = read_source(Path(__file__).parents[2] / "content")
    assert [str(each) for each in find_leaks(ordinary_pages(), withheld(example, ()))] == []


def with_a_note(note: str) -> Source:
    editions = (
        replace(each, tables=tuple(replace(table, note=note, notes=()) for table in each.tables))
        for each in the_source().editions
    )
    return replace(the_source(), editions=tuple(editions), partners=(a_partner("p-zz9001", name="Organisatie"),))


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("Toelichting: Organisaties die in meer dan één provincie werken.", 0),
        ("Landelijk: Organisaties die in meer dan één provincie werken.", 0),
        ("Toelichting: Organisatie is bekend.", 1),
        ("Toelichting: Organisatie die meer doet.", 1),
        ("Ons contact: Organisaties die in meer dan één provincie werken.", 1),
        ("Toelichting: Het gaat om Organisatie en anderen.", 1),
    ],
)
def test_the_first_word_of_a_note_has_its_capital_behind_the_label_of_the_note_alone(text: str, finds: int) -> None:
    secrets = withheld(with_a_note("Organisaties die in meer dan één provincie werken."), ())
    assert len(list(find_leaks({"over/i.html": f"<p>{text}</p>".encode()}, secrets))) == finds


def test_a_note_that_begins_with_such_a_name_is_itself_and_no_other() -> None:
    secrets = withheld(with_a_note("Organisatie in meer dan één provincie."), ())
    pages = ("Toelichting: Organisatie in meer dan één provincie.", "Toelichting: Organisatie in de buurt is gestopt.")
    finds = [len(list(find_leaks({"over/i.html": f"<p>{page}</p>".encode()}, secrets))) for page in pages]
    assert finds == [0, 1]


def test_a_word_that_no_note_begins_with_is_a_name_behind_a_label() -> None:
    secrets = withheld(with_a_note("Zij tellen mee."), ())
    assert len(list(find_leaks({"over/i.html": b"<p>Toelichting: Organisatie telt mee.</p>"}, secrets))) == 1


@pytest.mark.parametrize(
    ("path", "data", "finds"),
    [
        ("edities/2025/kaart.svg", b"<svg></svg>", 0),
        ("edities/2025/kaart.html", b"<p></p>", 1),
        ("over/i.html", b"<p>Wij spraken met Kaart.</p>", 1),
    ],
)
def test_the_file_of_a_card_is_called_so_and_nothing_else_is(path: str, data: bytes, finds: int) -> None:
    assert len(list(find_leaks({path: data}, secrets_of("Kaart")))) == finds


def are_said_anyway(name: str) -> bool:
    """Whether the labels of the source, or the product, say exactly this."""
    return any(label.lower() == name.lower() for secret in secrets_of(name) for label in secret.within)


@pytest.mark.parametrize("name", [name for name in NAMES if not are_said_anyway(name)])
def test_they_are_where_they_are_written_as_a_name(name: str) -> None:
    secrets = secrets_of(name)
    missed = [text for text in as_a_name(name) if not list(find_leaks({"over/i.html": text.encode()}, secrets))]
    assert missed == []
