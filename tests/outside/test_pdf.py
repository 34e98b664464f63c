"""The annexes of the example by the checks of PDF/UA-1 and PDF/A-2 that can be made without a validator.

These are our own, by pikepdf, and qpdf's of the file itself. They are not veraPDF and stand for no certificate.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from tests.conftest import need_program
from tests.outside.sites import example

EDITIONS = ("2025", "2026")
PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
"""The operators that put something on the page."""


@cache
def annex(edition: str) -> bytes:
    return example()[f"edities/{edition}/annex.pdf"]


@pytest.fixture(params=EDITIONS)
def pdf(request: pytest.FixtureRequest) -> Iterator[Pdf]:
    with pikepdf.open(BytesIO(annex(request.param))) as opened:
        yield opened


# --- the document -----------------------------------------------------------------------------------------------------


def test_it_says_what_it_is_in_which_language_and_shows_its_title(pdf: Pdf) -> None:
    about = pdf.open_metadata()
    assert about["pdfuaid:part"] == "1"
    assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
    assert about["dc:title"] == str(pdf.docinfo["/Title"])
    assert pdf.Root.Lang == "nl"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    assert not pdf.Root.MarkInfo.get("/Suspects", False)


def test_it_keeps_its_colours_and_asks_for_nothing_else(pdf: Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert len(intent.DestOutputProfile.read_bytes()) > 0
    assert not pdf.is_encrypted
    for each in pdf.objects:
        if isinstance(each, Dictionary):
            assert each.get("/S") not in {Name.JavaScript, Name.Launch, Name.SubmitForm}
            assert each.get("/Type") != Name.EmbeddedFile
    assert "/OpenAction" not in pdf.Root
    assert len(pdf.trailer.ID) == 2


def test_every_font_is_inside_and_can_be_read_back(pdf: Pdf) -> None:
    fonts = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == Name.Font]
    described = [each for each in fonts if "/FontDescriptor" in each]
    assert described
    for each in described:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(each.FontDescriptor.keys())
    for each in fonts:
        if each.Subtype == Name.Type0:
            assert "/ToUnicode" in each


def test_every_page_is_read_in_the_order_of_its_structure(pdf: Pdf) -> None:
    assert [page.obj.get("/Tabs") for page in pdf.pages] == [Name.S] * len(pdf.pages)


@pytest.mark.parametrize("edition", EDITIONS)
def test_qpdf_finds_no_fault_in_the_file(edition: str, tmp_path: Path) -> None:
    file = tmp_path / "annex.pdf"
    file.write_bytes(annex(edition))
    done = subprocess.run([need_program("qpdf"), "--check", file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- structure --------------------------------------------------------------------------------------------------------


def children(node: Object) -> Iterator[Dictionary]:
    """The structure elements right below one."""
    below = node.get("/K", Array())
    for each in below if isinstance(below, Array) else [below]:
        if isinstance(each, Dictionary) and "/S" in each:
            yield each


def walk(node: Object) -> Iterator[Dictionary]:
    for each in children(node):
        yield each
        yield from walk(each)


def of_kind(pdf: Pdf, *kinds: str) -> list[Dictionary]:
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary())
    return [each for each in walk(pdf.Root.StructTreeRoot) if str(roles.get(str(each.S), each.S))[1:] in kinds]


def test_there_is_much_to_look_at() -> None:
    for edition in EDITIONS:
        with pikepdf.open(BytesIO(annex(edition))) as opened:
            kinds = ("Table", "Figure", "L", "H1", "H2", "H3")
            found = {kind: len(of_kind(opened, kind)) for kind in kinds}
        assert found["Table"] >= 5
        assert found["H1"] + found["H2"] + found["H3"] > 5
        assert min(found["Figure"], found["L"]) > 0


def test_headings_go_down_one_level_at_a_time(pdf: Pdf) -> None:
    levels = [int(str(each.S)[2:]) for each in of_kind(pdf, "H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_drawing_has_a_text(pdf: Pdf) -> None:
    figures = of_kind(pdf, "Figure")
    assert all(len(str(each.get("/Alt", ""))) > 20 for each in figures)


def attributes(cell: Dictionary) -> dict[str, str]:
    found = cell.get("/A", Array())
    owners = found if isinstance(found, Array) else [found]
    return {str(key): str(value) for each in owners if isinstance(each, Dictionary) for key, value in each.items()}


def test_every_table_has_heads_with_a_scope_and_rows_of_one_length(pdf: Pdf) -> None:
    tables = of_kind(pdf, "Table")
    for table in tables:
        rows = [each for each in walk(table) if each.S == Name.TR]
        assert len({len(list(children(row))) for row in rows}) == 1
        heads = [each for each in walk(table) if each.S == Name.TH]
        assert [attributes(each)["/Scope"] for each in children(rows[0])] == ["/Column"] * len(list(children(rows[0])))
        assert [attributes(next(children(row)))["/Scope"] for row in rows[1:]] == ["/Row"] * (len(rows) - 1)
        assert len(heads) == len(list(children(rows[0]))) + len(rows) - 1


def test_lists_hold_items_only(pdf: Pdf) -> None:
    lists = of_kind(pdf, "L")
    assert {str(each.S) for one in lists for each in children(one)} <= {"/LI", "/Caption"}


# --- nothing outside the structure ------------------------------------------------------------------------------------


def untagged(page: Page | Object) -> Iterator[str]:
    """Every operator that paints outside a tagged part and outside what is marked as decoration."""
    inside: list[bool] = []
    for each in pikepdf.parse_content_stream(page):
        name = str(each.operator)
        if name in {"BDC", "BMC"}:
            inside.append(each.operands[0] == Name.Artifact or (name == "BDC" and "/MCID" in each.operands[1]))
        elif name == "EMC":
            inside.pop()
        elif name in PAINTS and not any(inside):
            yield name


def test_everything_on_a_page_is_tagged_or_marked_as_decoration(pdf: Pdf) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        assert list(untagged(page)) == [], number


def test_every_tagged_part_has_its_place_in_the_structure(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree
    parents = dict(pairs_of(numbers))
    for page in pdf.pages:
        marked = [
            int(each.operands[1].MCID)
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC" and "/MCID" in each.operands[1]
        ]
        owners = parents[int(page.obj.StructParents)]
        assert sorted(marked) == list(range(len(marked)))
        assert len(owners) == len(marked)


def pairs_of(tree: Object) -> Iterator[tuple[int, Object]]:
    """The entries of a number tree."""
    entries = list(tree.get("/Nums", Array()))
    yield from ((int(key), value) for key, value in zip(entries[::2], entries[1::2], strict=True))
    for each in tree.get("/Kids", Array()):
        yield from pairs_of(each)


def test_a_mark_outside_the_structure_is_seen() -> None:
    with pikepdf.open(BytesIO(annex("2025"))) as opened:
        page = opened.pages[0]
        page.contents_add(opened.make_stream(b"0 0 10 10 re f"))
        assert list(untagged(page)) == ["f"]
