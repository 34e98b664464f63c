"""Numbers of the annex, in Word and as PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pypdfium2

from bench.recounting.counting import Truth
from bench.recounting.seen import PLAIN, Files, NotUnderstood, Seen, parse, rows_of


def read_word(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """The tables of the annex in Word, and its charts."""
    word, chart = (
        f"{{http://schemas.openxmlformats.org/{each}/2006/{kind}}}"
        for each, kind in (("wordprocessingml", "main"), ("drawingml", "chart"))
    )
    with zipfile.ZipFile(io.BytesIO(files[f"edities/{year}/annex.docx"])) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))
        names = [each for each in sorted(archive.namelist()) if "word/charts/" in each and each.endswith(".xml")]
        charts = [ET.fromstring(archive.read(each)) for each in names]
    for table, drawn in zip(truth.sides, body.iter(f"{word}tbl"), strict=True):
        for (_, cells), row in zip(rows_of(truth, table), list(drawn.iter(f"{word}tr"))[1:], strict=True):
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


def read_pdf(files: Files, year: int, truth: Truth) -> Iterator[Seen]:
    """Lines of the tables in the text of the annex: the name of a group, then its numbers with their ranges."""
    document = pypdfium2.PdfDocument(files[f"edities/{year}/annex.pdf"])
    text = " ".join(each.get_textpage().get_text_range() for each in document)
    flat = " ".join(text.replace("\ufffe", "").replace("\u00ad", "").replace("\x02", "").split())
    for table, sides in truth.sides.items():
        flat = flat[flat.index(f"{truth.titles[table]} (aantal ") :]
        for label, cells in rows_of(truth, table):
            name = r"\s?".join(map(re.escape, label.replace(" ", "")))
            found = re.search(rf"{name}(?: a)? ((?:{PLAIN}\s?){{{len(cells)}}})(?![\d(])", flat)
            if found is None:
                raise NotUnderstood(f"annex, {table}, {label}: no line with {len(cells)} numbers ({sides})")
            parts = [each[0] for each in re.finditer(PLAIN, found[1])]
            yield from (parse("annex", table, codes, part) for codes, part in zip(cells, parts, strict=True))
