"""The papers of the bundle by the checks of PDF/UA-1 and PDF/A-2 that can be made without a validator.

These are our own, by pikepdf, and qpdf's of the file itself. They are not veraPDF and stand for no certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name, Pdf

from tests.outside.test_pdf import (  # the tests among them run here once more, with the fixture of this module
    attributes,
    children,
    of_kind,
    test_every_font_is_inside_and_can_be_read_back,  # noqa: F401
    test_every_page_is_read_in_the_order_of_its_structure,  # noqa: F401
    test_every_tagged_part_has_its_place_in_the_structure,  # noqa: F401
    test_everything_on_a_page_is_tagged_or_marked_as_decoration,  # noqa: F401
    test_it_keeps_its_colours_and_asks_for_nothing_else,  # noqa: F401
    walk,
)
from tests.stages.a_bundle import DAY, PARTNERS, TEMPLATES, a_desk
from tweeluik.confidential.bundle.documents import LETTER, Issue, render_documents
from tweeluik.confidential.bundle.documents import TEMPLATES as PAPERS
from tweeluik.confidential.bundle.dossier import compose_dossier
from tweeluik.confidential.bundle.letter import render_letter

MARKS = ("Exemplaar 1 van 2", "Exemplaar 2 van 2")
WITH_TABLES = {"01-overzicht.pdf": 3, "05-inzageregister.pdf": 1}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, bytes], ...]:
    """The papers of two copies."""
    desk = a_desk(tmp_path_factory.mktemp("desk"))
    dossier = compose_dossier(desk.source, desk.selection, desk.tables)
    letter = render_letter(desk.source, dossier, issue=Issue(DAY), templates=TEMPLATES)
    return tuple(
        {LETTER: letter, **render_documents(dossier, mark=mark, issue=Issue(DAY), templates=TEMPLATES)}
        for mark in MARKS
    )


@pytest.fixture(params=[LETTER, *PAPERS])
def pdf(request: pytest.FixtureRequest, copies: tuple[Mapping[str, bytes], ...]) -> Iterator[Pdf]:
    with pikepdf.open(BytesIO(copies[0][request.param])) as opened:
        yield opened


def test_headings_begin_at_the_first_level_and_go_down_one_at_a_time(pdf: Pdf) -> None:
    levels = [int(str(each.S)[2:]) for each in of_kind(pdf, "H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("name", "least"), WITH_TABLES.items())
def test_every_table_has_heads_of_columns_and_rows(
    copies: tuple[Mapping[str, bytes], ...], name: str, least: int
) -> None:
    with pikepdf.open(BytesIO(copies[0][name])) as opened:
        tables = of_kind(opened, "Table")
        assert len(tables) >= least
        for table in tables:
            head, *rows = (list(children(each)) for each in walk(table) if each.S == Name.TR)
            assert {len(row) for row in rows} == {len(head)}
            assert [attributes(each)["/Scope"] for each in head] == ["/Column"] * len(head)
            assert [attributes(row[0])["/Scope"] for row in rows] == ["/Row"] * len(rows)


def test_no_name_is_broken_within_a_word(tmp_path: Path) -> None:
    """Neither in its own row nor as the umbrella of another: a reader looks for the name as it is written."""
    long = "Federatie Zelforganisatiesverbandhuizen Overkoepelendewerkers"
    partners = (replace(PARTNERS[0], name=long), *PARTNERS[1:])
    desk = a_desk(tmp_path)
    selection = replace(
        desk.selection,
        partners=tuple(each for each in partners if each in desk.selection.partners or each.name == long),
    )
    dossier = compose_dossier(replace(desk.source, partners=partners), selection, desk.tables)
    pdf = render_documents(dossier, mark=MARKS[0], issue=Issue(DAY), templates=TEMPLATES)["01-overzicht.pdf"]
    words = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)).split()
    assert [words.count(word) for word in long.split()] == [2, 2, 2]


# --- two copies -------------------------------------------------------------------------------------------------------

ROOM = 3
"""Points around the mark's letters that the digit may reach."""


@pytest.mark.parametrize("name", PAPERS)
def test_two_copies_look_the_same_but_for_the_visible_mark(copies: tuple[Mapping[str, bytes], ...], name: str) -> None:
    """Every point of every page, drawn: those that differ lie where the mark is written."""
    one, two = (pypdfium2.PdfDocument(each[name]) for each in copies)
    assert len(one) == len(two)
    for number in range(len(one)):
        marks = list(places_of(one[number], MARKS[0]))
        assert len(marks) >= 2  # at the head and at the foot
        differing = list(points_that_differ(one[number], two[number]))
        assert differing
        assert [point for point in differing if not lies_in(point, marks)] == []


def test_a_hidden_mark_would_be_seen(copies: tuple[Mapping[str, bytes], ...]) -> None:
    with pikepdf.open(BytesIO(copies[0]["01-overzicht.pdf"])) as opened:
        opened.pages[0].contents_add(opened.make_stream(b"300 400 2 2 re f"))
        opened.save(spoiled := BytesIO())
    one, two = pypdfium2.PdfDocument(copies[0]["01-overzicht.pdf"]), pypdfium2.PdfDocument(spoiled.getvalue())
    assert list(points_that_differ(one[0], two[0]))


def places_of(page: pypdfium2.PdfPage, text: str) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of every place of a text on a page, in points."""
    words = page.get_textpage()
    search = words.search(text)
    while found := search.get_next():
        boxes = [words.get_charbox(index) for index in range(found[0], sum(found))]
        yield (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def points_that_differ(one: pypdfium2.PdfPage, two: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    drawn = [page.render(scale=1).to_numpy() for page in (one, two)]
    rows, columns = (drawn[0] != drawn[1]).any(axis=2).nonzero()
    height = drawn[0].shape[0]
    yield from ((float(column), float(height - row)) for row, column in zip(rows, columns, strict=True))


def lies_in(point: tuple[float, float], places: list[tuple[float, float, float, float]]) -> bool:
    return any(
        left - ROOM <= point[0] <= right + ROOM and bottom - ROOM <= point[1] <= top + ROOM
        for left, bottom, right, top in places
    )
