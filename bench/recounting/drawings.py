"""Numbers of pages and drawings, and whether bars and columns are as long as they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.recounting.counting import Truth
from bench.recounting.seen import Files, NotUnderstood, Seen, parse, rows_of

LEAST_WIDE, WIDEST = 20.0, 58.0
"""Percent of a drawing that its longest bar takes: as much as leaves every number its room."""


def read_page(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """The tables of the page of an edition."""
    page = LexborHTMLParser(files[f"edities/{year}/index.html"].decode())
    for table in truth.sides:
        rows = page.css(f"table[data-tabel={table}] tbody tr")
        for (label, cells), row in zip(rows_of(truth, table), rows, strict=True):
            head = " ".join((row.css_first("th") or row).text().split())
            if head not in (label, f"{label} a"):
                raise NotUnderstood(f"page, {table}: {head!r} in the place of {label!r}")
            for codes, cell in zip(cells, row.css("td"), strict=True):
                yield parse("page", table, codes, cell.text())


def read_drawings(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """Its drawings, on the page and to take along."""
    page = LexborHTMLParser(files[f"edities/{year}/index.html"].decode())
    for table in truth.sides:
        yield from _bars("chart", table, page.css(f"#figuur-{table} > svg"), truth)
        path = f"edities/{year}/{table}.svg"
        if path in files:
            inner = LexborHTMLParser(files[path].decode()).css_first("svg > svg")
            if inner is None:
                raise NotUnderstood(f"{path}: no drawing")
            yield from _bars("picture", table, [inner], truth)


def _bars(where: str, table: str, parts: Sequence[LexborNode], truth: Truth) -> Iterator[Seen]:
    """Labels and numbers in turn, and the lengths of the bars before each number."""
    codes = {_joined(label): code for code, label in truth.labels[truth.sides[table][0]].items()}
    series = (
        [("_T",), *((code,) for code in truth.labels[truth.sides[table][1]])] if len(truth.sides[table]) > 1 else [()]
    )
    seen: list[tuple[Seen, float, float]] = []
    code, at, sure, band = "", 0, 0.0, 0.0
    for node in (each for part in parts for each in part.css("text, rect")):
        kind = (node.attributes.get("class") or "").split()
        if node.tag == "rect":
            width = float((node.attributes.get("width") or "0").rstrip("%"))
            sure, band = (width, band) if "balk" in kind else (sure, width)
        elif "cijfer" in kind:
            seen.append((parse(where, table, (code, *series[at]), node.text()), sure, band))
            at, sure, band = at + 1, 0.0, 0.0
        else:
            code, at = codes[_joined(node.text())], 0
    _measured(where, seen)
    yield from (each for each, _, _ in seen)


HEIGHT = 64
"""Pixels of a column of the greatest number of a table, on the page of years."""


def read_years(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """The tables of the page of years, and the small drawings above them: a column per edition."""
    page = LexborHTMLParser(files["door-de-jaren/index.html"].decode())
    for drawn in page.css("table[data-reeks]"):
        table = drawn.attributes.get("data-reeks") or ""
        rest = ("_T",) * (len(truth.sides[table]) - 1)
        codes = {label: code for code, label in truth.labels[truth.sides[table][0]].items()} | {"Totaal": "_T"}
        years = [int(re.findall(r"\d{4}", head.text())[0]) for head in drawn.css("thead th")[1:]]
        rows = {(row.css_first("th") or row).text().strip(): row.css("td") for row in drawn.css("tbody tr")}
        numbers = {
            (label, at): parse("years", table, (codes.get(label, label), *rest), cell.text())
            for label, cells in rows.items()
            for at, cell in zip(years, cells, strict=True)
            if cell.attributes.get("data-status") != "absent"
        }
        yield from (seen for (label, at), seen in numbers.items() if at == year and label in codes)
        groups = {address: seen for address, seen in numbers.items() if address[0] != "Totaal"}
        for small in page.css(f"#tabel-{table} .klein"):
            yield from _columns(small, table, year, years, groups)


def _columns(
    small: LexborNode, table: str, year: int, years: list[int], numbers: Mapping[tuple[str, int], Seen]
) -> Iterator[Seen]:
    """What a small drawing says in words, and whether its columns are as high as their numbers."""
    said = " ".join((small.css_first("figcaption") or small).text().split())
    label = " ".join((small.css_first("svg > title") or small).text().split())
    newest, _, at = said.removeprefix(f"{label}: ").rpartition(" in ")
    if (label, int(at)) not in numbers:
        return
    if int(at) == year:
        yield parse("small drawing", table, numbers[label, year].codes, newest)
    most = max((end for seen in numbers.values() if seen.value and (end := seen.high or seen.low)), default=0)
    rects: dict[float, dict[str, float]] = {}
    for rect in small.css("rect"):
        kind = "band" if "band" in (rect.attributes.get("class") or "") else "balk"
        place, tall = (float((rect.attributes.get(name) or "0").rstrip("%")) for name in ("x", "height"))
        rects.setdefault(place, {})[kind] = tall
    for place, each in rects.items():
        seen = numbers[label, years[int(place * len(years) / 100)]]
        sure, full = (
            HEIGHT * min(value, most) / most for value in (seen.low, most if seen.high is None else seen.high)
        )
        low = each.get("balk", 0.0)
        high = low + each.get("band", 0.0)
        if abs(low - sure) > 1 or abs(high - full) > 1:
            raise NotUnderstood(f"years, {table}, {label}: a column of another height")


def _joined(text: str) -> str:
    return "".join(text.split())


def _measured(where: str, seen: list[tuple[Seen, float, float]]) -> None:
    """A bar is as long as its number surely is, and its band goes on to what it may be."""
    most = max((each.low if each.high is None else each.high for each, _, _ in seen if each.value), default=0)
    widest = max((sure + band for _, sure, band in seen), default=0.0)
    if seen and not LEAST_WIDE <= widest <= WIDEST:
        raise NotUnderstood(f"{where}, {seen[0][0].table}: the longest bar has another length")
    for each, sure, band in seen:
        least = widest * min(each.low, most) / most
        end = widest * min(most if each.high is None else each.high, most) / most
        if abs(sure - least) > 0.06 or abs(sure + band - end) > 0.11:
            raise NotUnderstood(f"{where}, {each.table}, {each.codes}: a bar of another length")
