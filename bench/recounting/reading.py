"""Every number that a site shows of an edition, read back from its files as readers would, with where it stands."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from xml.etree import ElementTree as ET

import pypdfium2
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.recounting.counting import Codes, Truth

Files = Mapping[str, bytes]

SAID = re.compile(r"(niet getoond|\d[\d.]*)(?:\s*\((\d[\d.]*)(?:–(\d[\d.]*)| (of meer))?\))?")
"""A number, and what it can stand for."""

_PLAIN = r"(?:niet getoond|\d[\d.]*)(?:\s*\(\d[\d.]*(?:–\d[\d.]*| of meer)?\))?"

WIDEST = 58.0
"""Percent of a drawing that its longest bar takes."""


@dataclass(frozen=True)
class Seen:
    """A number as it stands somewhere: None is not shown; `high` None: nobody can say."""

    where: str
    table: str
    codes: Codes
    value: int | None
    low: int
    high: int | None


class NotUnderstood(Exception):
    """Something stands where a number is expected, and is none."""


def parse(where: str, table: str, codes: Codes, text: str) -> Seen:
    """What a cell, a label of a bar or a sentence says."""
    found = SAID.fullmatch(" ".join(text.split()))
    if found is None:
        raise NotUnderstood(f"{where}, {table}, {codes}: {text!r}")
    value = None if found[1] == "niet getoond" else _int(found[1])
    if found[2] is None:
        if value is None:
            raise NotUnderstood(f"{where}, {table}, {codes}: not shown, without a range")
        return Seen(where, table, codes, value, value, value)
    low = _int(found[2])
    return Seen(where, table, codes, value, low, None if found[4] else _int(found[3] or found[2]))


def _int(text: str) -> int:
    return int(text.replace(".", ""))


def read_everything(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """All of an edition, but its sentences."""
    readers: tuple[Callable[[Files, int, Truth], Iterator[Seen]], ...] = (
        _csv, _series, _html, _drawings, _years, _ods, _word, _pdf,
    )  # fmt: skip
    for reader in readers:
        yield from reader(files, year, truth)


# --- files for programs -----------------------------------------------------------------------------------------------


def _csv(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    for table, sides in truth.sides.items():
        for row in csv.DictReader(io.StringIO(files[f"edities/{year}/{table}.csv"].decode())):
            yield _of_row("csv", table, tuple(row[side] for side in sides), row)


def _of_row(where: str, table: str, codes: Codes, row: Mapping[str, str]) -> Seen:
    value, high = (int(row[key]) if row[key] else None for key in ("value", "high"))
    return Seen(where, table, codes, value, int(row["low"]), high)


def _series(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    data = files.get("door-de-jaren/reeksen.csv", b"")
    for row in csv.DictReader(io.StringIO(data.decode())):
        if row["edition"] == str(year):
            rest = ("_T",) * (len(truth.sides[row["table"]]) - 1)
            yield _of_row("series", row["table"], (row["code"], *rest), row)


def _ods(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    with zipfile.ZipFile(io.BytesIO(files[f"edities/{year}/tabellen.ods"])) as archive:
        content = ET.fromstring(archive.read("content.xml"))
    name, office = (f"{{urn:oasis:names:tc:opendocument:xmlns:{each}:1.0}}" for each in ("table", "office"))
    for sheet in content.iter(f"{name}table"):
        table = sheet.get(f"{name}name", "")
        if table not in truth.sides:
            continue
        rows = [list(row) for row in sheet.iter(f"{name}table-row")]
        addresses = list(_rows(truth, table))
        for (_, cells), row in zip(addresses, rows[-len(addresses) :], strict=True):
            texts = ["".join(cell.itertext()) for cell in row[1:]]
            values = [cell.get(f"{office}value") for cell in row[1:]]
            step = len(texts) // len(cells)
            for at, codes in enumerate(cells):
                said = texts[at * step] if step == 1 else _with_range(*texts[at * step : at * step + 2])
                seen = parse("ods", table, codes, said)
                if values[at * step] != (None if seen.value is None else str(seen.value)):
                    raise NotUnderstood(f"ods, {table}, {codes}: another number behind the text")
                yield seen


def _with_range(text: str, beside: str) -> str:
    return text if beside == text else f"{text} ({beside})"


def _rows(truth: Truth, table: str) -> Iterator[tuple[str, list[Codes]]]:
    """Per line of a table its label and the codes of its cells, the total last."""
    first, *rest = truth.sides[table]
    across = [(*truth.labels[side], "_T") for side in rest]
    for code, label in (*truth.labels[first].items(), ("_T", "Totaal")):
        yield label, [(code, *codes) for codes in product(*across)]


# --- pages and drawings -----------------------------------------------------------------------------------------------


def _html(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    page = LexborHTMLParser(files[f"edities/{year}/index.html"].decode())
    for table in truth.sides:
        rows = page.css(f"table[data-tabel={table}] tbody tr")
        for (label, cells), row in zip(_rows(truth, table), rows, strict=True):
            head = " ".join((row.css_first("th") or row).text().split())
            if head not in (label, f"{label} a"):
                raise NotUnderstood(f"page, {table}: {head!r} in the place of {label!r}")
            for codes, cell in zip(cells, row.css("td"), strict=True):
                yield parse("page", table, codes, cell.text())


def _drawings(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    page = LexborHTMLParser(files[f"edities/{year}/index.html"].decode())
    for table in truth.sides:
        drawing = page.css_first(f"#figuur-{table} > svg")
        if drawing is not None:
            yield from _bars("chart", table, drawing, truth)
        path = f"edities/{year}/{table}.svg"
        if path in files:
            inner = LexborHTMLParser(files[path].decode()).css_first("svg > svg")
            if inner is None:
                raise NotUnderstood(f"{path}: no drawing")
            yield from _bars("picture", table, inner, truth)


def _bars(where: str, table: str, drawing: LexborNode, truth: Truth) -> Iterator[Seen]:
    """Labels and numbers in turn, and the lengths of the bars before each number."""
    codes = {_joined(label): code for code, label in truth.labels[truth.sides[table][0]].items()}
    series = (
        [("_T",), *((code,) for code in truth.labels[truth.sides[table][1]])] if len(truth.sides[table]) > 1 else [()]
    )
    seen: list[tuple[Seen, float, float]] = []
    code, at, sure, band = "", 0, 0.0, 0.0
    for node in drawing.css("text, rect"):
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


def _years(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
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
    most = max(each.low if each.high is None else each.high for each, _, _ in seen if each.value)
    for each, sure, band in seen:
        least = WIDEST * min(each.low, most) / most
        end = WIDEST * min(most if each.high is None else each.high, most) / most
        if abs(sure - least) > 0.06 or abs(sure + band - end) > 0.11:
            raise NotUnderstood(f"{where}, {each.table}, {each.codes}: a bar of another length")


# --- papers -----------------------------------------------------------------------------------------------------------


def _word(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    word, chart = (
        f"{{http://schemas.openxmlformats.org/{each}/2006/{kind}}}"
        for each, kind in (("wordprocessingml", "main"), ("drawingml", "chart"))
    )
    with zipfile.ZipFile(io.BytesIO(files[f"edities/{year}/annex.docx"])) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))
        names = [each for each in sorted(archive.namelist()) if "word/charts/" in each and each.endswith(".xml")]
        charts = [ET.fromstring(archive.read(each)) for each in names]
    for table, drawn in zip(truth.sides, body.iter(f"{word}tbl"), strict=True):
        for (_, cells), row in zip(_rows(truth, table), list(drawn.iter(f"{word}tr"))[1:], strict=True):
            for codes, cell in zip(cells, list(row.iter(f"{word}tc"))[1:], strict=True):
                yield parse("word", table, codes, " ".join(cell.itertext()))
    for each in charts:
        yield from _word_bars(each, chart, truth)


def _word_bars(chart: ET.Element, name: str, truth: Truth) -> Iterator[Seen]:
    """The labels of a chart, which say a number each, and the numbers behind its bars."""
    series = list(chart.iter(f"{name}ser"))
    labels = [
        " ".join("".join(point.itertext()).split()) for point in next(series[0].iter(f"{name}cat")).iter(f"{name}pt")
    ]
    behind = [
        [int("".join(point.itertext())) for point in next(each.iter(f"{name}val")).iter(f"{name}pt")] for each in series
    ]
    table = _table_of(labels, truth)
    codes = {label: code for code, label in truth.labels[truth.sides[table][0]].items()}
    rest = ("_T",) * (len(truth.sides[table]) - 1)
    for at, said in enumerate(labels):
        label, _, text = said.rpartition(": ")
        seen = parse("word chart", table, (codes[label], *rest), text)
        if seen.value is not None and behind[0][at] != seen.low:
            raise NotUnderstood(f"word chart, {table}, {label}: another number behind its bar")
        if seen.value and sum(each[at] for each in behind) != seen.high:
            raise NotUnderstood(f"word chart, {table}, {label}: another band behind its bar")
        yield seen


def _table_of(labels: list[str], truth: Truth) -> str:
    heads = [said.rpartition(": ")[0] for said in labels]
    found = (table for table, sides in truth.sides.items() if set(heads) <= set(truth.labels[sides[0]].values()))
    return next(found)


def _pdf(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """Lines of the tables in the text of the annex: the name of a group, then its numbers with their ranges."""
    document = pypdfium2.PdfDocument(files[f"edities/{year}/annex.pdf"])
    text = " ".join(each.get_textpage().get_text_range() for each in document)
    flat = " ".join(text.replace("\ufffe", "").replace("\u00ad", "").replace("\x02", "").split())
    for table, sides in truth.sides.items():
        flat = flat[flat.index(f"{truth.titles[table]} (aantal ") :]
        for label, cells in _rows(truth, table):
            name = r"\s?".join(map(re.escape, label.replace(" ", "")))
            found = re.search(rf"{name}(?: a)? ((?:{_PLAIN}\s?){{{len(cells)}}})(?![\d(])", flat)
            if found is None:
                raise NotUnderstood(f"annex, {table}, {label}: no line with {len(cells)} numbers ({sides})")
            parts = [each[0] for each in re.finditer(_PLAIN, found[1])]
            yield from (parse("annex", table, codes, part) for codes, part in zip(cells, parts, strict=True))
