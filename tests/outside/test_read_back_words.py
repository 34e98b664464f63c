"""What the example's site says in words and over the years: every number in it is one of the records', or is explained."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.html import first
from tests.outside.sites import ROOT, example
from tweeluik.record.canonical import parse
from tweeluik.record.cell import TOTAL, Suppressed
from tweeluik.record.model import Release, ReleasedTable

EDITIONS = ("2025", "2026")
HIDDEN = "niet getoond"
NUMBER = r"\d+(?:\.\d{3})*"
A_LABEL_WITH_ITS_NUMBER = re.compile(rf"‘([^’]+)’(?:: | met )(?:ongeveer )?({NUMBER})")


def page(path: str) -> LexborHTMLParser:
    return LexborHTMLParser(example()[path].decode())


def record(edition: str) -> Release:
    return parse(example()[f"edities/{edition}/release.json"])


def margin(table: ReleasedTable, side: int) -> dict[str, str]:
    """Per label of one side the text of its number, the other side at its total."""
    labels = {each.code: each.label for each in table.dimensions[side].categories} | {TOTAL: "Totaal"}
    return {
        label: said(table, tuple(code if at == side else TOTAL for at in range(len(table.dimensions))))
        for code, label in labels.items()
    }


def said(table: ReleasedTable, codes: tuple[str, ...]) -> str:
    content = table.cells[codes]
    return HIDDEN if isinstance(content, Suppressed) else f"{content.value:,}".replace(",", ".")


RANGE = re.compile(r"\s\(\d[\d.]*(?:–[\d.]+| of meer)?\)")
"""What a number can be, behind it."""


def without_ranges(text: str) -> str:
    """`test_read_back.py` compares the ranges; here the numbers before them are read."""
    return RANGE.sub("", text)


def totals(edition: str) -> set[str]:
    return {said(table, (TOTAL,) * len(table.dimensions)) for table in record(edition).tables}


# --- through the years ------------------------------------------------------------------------------------------------


def test_the_years_stand_beside_each_other_as_in_their_records() -> None:
    drawn = {each.attributes["data-reeks"]: each for each in page("door-de-jaren/index.html").css("table[data-reeks]")}
    in_both = {table.id for table in record("2025").tables} & {table.id for table in record("2026").tables}
    assert set(drawn) == in_both
    for name, shown in drawn.items():
        margins = [margin(next(t for t in record(edition).tables if t.id == name), 0) for edition in EDITIONS]
        assert {first(row, "th").text() for row in shown.css("tbody tr")} == {*margins[0], *margins[1]}
        for row in shown.css("tbody tr"):
            label = first(row, "th").text()
            expected = [each.get(label, "geen cijfer") for each in margins]
            assert [without_ranges(cell.text().strip()) for cell in row.css("td")] == expected, (name, label)
            assert all(
                RANGE.search(cell.text()) for cell in row.css("td[data-status=rounded], td[data-status=suppressed]")
            )


def test_the_series_file_has_every_number_of_the_page() -> None:
    rows = list(csv.DictReader(io.StringIO(example()["door-de-jaren/reeksen.csv"].decode(), newline="")))
    for row in rows:
        table = next(each for each in record(row["edition"]).tables if each.id == row["table"])
        value = f"{int(row['value']):,}".replace(",", ".") if row["value"] else HIDDEN
        assert value == margin(table, 0)[row["label"]]
    cells = page("door-de-jaren/index.html").css("table[data-reeks] td:not([data-status=absent])")
    assert len(rows) == len(cells) > 50


def test_the_drawings_of_the_years_have_the_totals() -> None:
    drawn = [
        [without_ranges(node.text()) for node in drawing.css("text.cijfer")]
        for drawing in page("door-de-jaren/index.html").css(".grafiek svg[role=img]")
    ]
    both = zip(*({table.counts: said(table, (TOTAL,) * len(table.dimensions)) for table in record(edition).tables}.values() for edition in EDITIONS), strict=True)  # fmt: skip
    assert drawn == [list(each) for each in both]


# --- sentences --------------------------------------------------------------------------------------------------------


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence with numbers, with the edition that it is about."""
    for edition in EDITIONS:
        tree = page(f"edities/{edition}/index.html")
        yield from ((edition, node.text()) for node in tree.css(".punten li, .boodschap, svg title"))
        yield from ((edition, " ".join(node.text().split())) for node in tree.css(".kerncijfers li"))
        yield from ((edition, point) for point in first_page_of_the_annex(edition))
    for item in page("index.html").css(".edities > li"):
        edition = first(item, "h3").text().split()[-1]
        yield from ((edition, node.text()) for node in item.css("ul li"))
    yield from (
        ("2026", node.text()) for node in page("door-de-jaren/index.html").css(".boodschap, .grafiek svg title")
    )


def first_page_of_the_annex(edition: str) -> Iterator[str]:
    document = pypdfium2.PdfDocument(example()[f"edities/{edition}/annex.pdf"])
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    tree = page(f"edities/{edition}/index.html")
    begin, end = (text.index(first(tree, head).text()) for head in ("#kernpunten", "#wie"))
    points = text[begin:end].split("•")[1:]
    assert len(points) == len(tree.css(".punten li"))
    yield from points


def labelled(edition: str) -> set[tuple[str, str]]:
    tables = record(edition).tables
    return {pair for t in tables for side in range(len(t.dimensions)) for pair in margin(t, side).items()}


def test_every_number_in_a_sentence_is_that_of_the_label_beside_it_or_a_total() -> None:
    found = 0
    for edition, told in sentences():
        sentence = without_ranges(told)
        pairs = A_LABEL_WITH_ITS_NUMBER.findall(sentence)
        assert set(pairs) <= labelled(edition), sentence
        bare = A_LABEL_WITH_ITS_NUMBER.sub("", sentence)
        bare = re.sub(r"\b(?:[Ii]n|dan in|als in|partners in|gesprekken in) 202[567](?: en 202[56])?\b", "", bare)
        bare = bare.replace("Stand per 30 juni 2027.", "")
        known = set().union(*(totals(each) for each in (*EDITIONS, "2027") if each <= edition))
        known |= {
            number
            for label, number in labelled(edition)
            if f": {label}" in sentence or label.replace("Nieuw", "nieuw") in sentence
        }
        rest = re.findall(NUMBER, bare)
        assert set(rest) <= known, sentence
        found += len(pairs) + len(rest)
    assert found > 60


# --- everything else --------------------------------------------------------------------------------------------------

PAGES = ["index.html", "data/index.html", "door-de-jaren/index.html", *(f"edities/{each}/index.html" for each in EDITIONS)]  # fmt: skip

REFERENCE_DATE = r"Peildatum\s*(31 december 202[56]|30 juni 2027)\."

EXPLANATIONS = ".uitleg, section[aria-labelledby=over-de-cijfers]"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_number_but_figures_dates_and_what_its_words_explain(path: str) -> None:
    tree = page(path)
    for node in tree.css("script, style, svg, data, time, td[data-status], .citaat, .downloads, .bereik"):
        node.decompose()
    for node in tree.css(EXPLANATIONS):
        said = re.sub(REFERENCE_DATE, "", node.text())
        assert set(re.findall(NUMBER, said)) <= of_the_policy() | {"2025", "2026"}
        node.decompose()
    text = " ".join((tree.body.text(separator=" ") if tree.body else "").split())
    for each in sorted(names(), key=len, reverse=True):
        text = text.replace(each, "")
    known = r"[Ss]tand per 30 juni 2027|publicatie [1-4]\b|\b202[567]\b|1 januari 2023 tot en met 21 november 2024|32 824|versie 1\b|CC0[ -]1\.0|SHA-256"
    assert re.findall(r".{0,40}\d.{0,20}", re.sub(known, "", text)) == []


def of_the_policy() -> set[str]:
    """The threshold, the numbers below it that its explanation names, and those in the words of its ground."""
    policy = (ROOT / "content" / "policy.yaml").read_text(encoding="utf-8")
    ground = policy[policy.index("threshold:") : policy.index("p_percent:")]
    threshold = record("2025").threshold
    return {"0", "1", str(threshold - 1), str(threshold), *re.findall(NUMBER, ground)}


def names() -> set[str]:
    """Titles and labels: a number in them is no figure."""
    records = [parse(data) for name, data in example().items() if name.endswith("/release.json")]
    labels = {
        c.label for each in records for table in each.tables for side in table.dimensions for c in side.categories
    }
    return labels | {each.title for each in records}


def size(data: bytes) -> str:
    return f"{len(data)} bytes" if len(data) < 1000 else f"{-(-len(data) // 1000)} kB"


@pytest.mark.parametrize("path", [*PAGES, "edities/gesprekspartners-2023-2024/index.html"])
def test_a_link_to_a_file_tells_its_kind_and_its_size(path: str) -> None:
    links = [node for node in page(path).css("a[download]") if node.attributes["type"] != "text/plain"]
    assert links or path == "index.html"
    for link in links:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.attributes["href"] or ""))
        assert re.search(rf"\((?:csv|csvw|json|pdf|docx|ods|png|svg), {size(example()[file])}\)$", link.text()), (
            link.text()
        )
