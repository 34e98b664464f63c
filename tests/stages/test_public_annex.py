"""The annex: tagged, titled, the same on every machine, and without a trail of who or what made it."""

from __future__ import annotations

import io
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests import templates
from tests.stages.a_publication import (
    PILLARS,
    a_publication,
    a_release,
    dimension,
    rounded_2026,
    suppressed_2025,
    table,
)
from tests.templates import PUBLIC, THEME
from tweeluik.problems import Place, SourceHasProblems
from tweeluik.public.annex import render_annex
from tweeluik.public.annex_content import annex_content, document_date
from tweeluik.public.templates import Templates


@cache
def annex() -> bytes:
    return render_annex(annex_content(a_publication(), rounded_2026(), suppressed_2025()), PUBLIC, THEME)


def test_it_says_that_it_meets_the_standards_for_access_and_archives() -> None:
    with pikepdf.open(io.BytesIO(annex())) as document:
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "nl"
        assert document.Root.ViewerPreferences.DisplayDocTitle


def test_it_has_a_title_bookmarks_and_no_maker() -> None:
    with pikepdf.open(io.BytesIO(annex())) as document:
        assert document.docinfo["/Title"] == "Partneroverzicht 2026"
        assert document.docinfo["/Author"] == "Ministerie van Voorbeeldzaken"
        assert "CC0" in str(document.open_metadata()["dc:description"])
        assert str(document.docinfo["/Creator"]).strip() == "Tweeluik"
        with document.open_outline() as outline:
            titles = [each.title for each in outline.root[0].children]
        assert "Partners naar regio" in titles
    assert b"Typst" not in annex()


def test_every_figure_has_a_text_and_every_table_heads() -> None:
    with pikepdf.open(io.BytesIO(annex())) as document:
        kinds: dict[str, list[pikepdf.Object]] = {}
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each:
                kinds.setdefault(str(each.S), []).append(each)
        assert len(kinds["/Figure"]) >= len(rounded_2026().tables)
        assert all(str(each.get("/Alt", "")) for each in kinds["/Figure"])
        assert len(kinds["/Table"]) == len(rounded_2026().tables)
        assert len(kinds["/THead"]) == len(rounded_2026().tables)


def test_another_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(PUBLIC.folder, tmp_path / "elders")
    elsewhere = templates.of(tmp_path / "elders")
    assert render_annex(annex_content(a_publication(), rounded_2026(), suppressed_2025()), elsewhere, THEME) == annex()


def test_its_date_comes_from_the_record() -> None:
    assert document_date(suppressed_2025()) == date(2026, 9, 1)
    assert document_date(rounded_2026()) == date(2027, 7, 1)
    assert document_date(a_release("2025", sent=None, due=None)) == date(2025, 12, 31)


def test_text_is_never_read_as_markup() -> None:
    hostile = a_release(title='#panic("x") *ster* $x$ <merk>', named=('#include "/etc/passwd"',))
    with pikepdf.open(
        io.BytesIO(render_annex(annex_content(a_publication(), hostile, None), PUBLIC, THEME))
    ) as document:
        assert document.docinfo["/Title"] == '#panic("x") *ster* $x$ <merk>'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("= Kop\n\n#sys.inputs.nothing", 3),
        ("#image(alt: none, bytes((1, 2)))", 1),
        ("= #panic(sys.inputs.data)", 1),
        ('#read("/etc/hostname")', 1),
        ('#read("../geheim.txt")', 1),
        ("#nope(", 1),
    ],
)
def test_a_wrong_template_is_named_and_nothing_of_its_data(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    wrong = Templates(f"{tmp_path}/public", {"annex.typ": text})
    with pytest.raises(SourceHasProblems) as refused:
        render_annex(annex_content(a_publication(), rounded_2026(), suppressed_2025()), wrong, THEME)
    (problem,) = refused.value.problems
    assert problem.place == Place(f"{tmp_path}/public/annex.typ", line, 1)
    assert problem.what == "this template cannot be typeset"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("sides", [1, 2])
def test_a_table_of_forty_groups_goes_on_over_pages_with_every_bar_and_every_row(sides: int) -> None:
    """A chart is several figures, none larger than a page: what does not fit a page would be lost below it."""
    kinds = [(f"k{at:02}", f"Soort {at:02} vereniging voor levensbeschouwelijke ondersteuning") for at in range(40)]
    dimensions = (dimension("kind", kinds), dimension("pillar", PILLARS, partition=False))[:sides]
    columns = 1 if sides == 1 else len(PILLARS) + 1
    long = table("soort", "Soort", "partners", dimensions, [row + 1 for row in range(41) for _ in range(columns)])
    release = a_release(tables=(long,))
    made = render_annex(annex_content(a_publication(), release, None), PUBLIC, THEME)
    document = pypdfium2.PdfDocument(made)
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    assert all(words.count(f"Soort {at:02}") >= 2 for at in range(40))
    with pikepdf.open(io.BytesIO(made)) as opened:
        alts = [
            str(each.Alt)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert all(any(f"Soort {at:02}" in alt for alt in alts) for at in range(40))


@pytest.mark.parametrize(("columns", "lies"), [(6, False), (7, True), (15, True)])
def test_a_table_with_many_columns_stands_on_pages_that_lie(columns: int, lies: bool) -> None:
    """The total is a column too. On a page that stands its numbers and their ranges would break."""
    years = dimension("first_year", [(str(2025 + at), f"Partner sinds {2025 + at}") for at in range(columns)])
    kinds = dimension("kind", [("a", "Welzijnsorganisatie"), ("b", "Taalorganisatie")])
    wide = table(
        "t",
        "Wijde tabel",
        "partners",
        (kinds, years),
        [*[5] * columns, 5 * columns] * 2 + [10] * columns + [10 * columns],
    )
    made = a_release(tables=(wide,))
    document = pypdfium2.PdfDocument(render_annex(annex_content(a_publication(made), made, None), PUBLIC, THEME))
    lying = [at for at, page in enumerate(document) if page.get_width() > page.get_height()]
    assert bool(lying) is lies
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "Taalorganisatie " + " ".join(["5"] * columns) in text
