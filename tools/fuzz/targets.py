"""What is fuzzed: a reader, bytes that it knows, and what it may answer. Any other exception is a find."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from tools.fuzz.pdfs import pdfs
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.pdf_objects import read_items
from tweeluik.checks.guard.pdf_signs import numbers_in, texts_in
from tweeluik.checks.guard.raw import NotReadable
from tweeluik.confidential.age.recipients import read_recipients
from tweeluik.problems import BuildFailed
from tweeluik.record.canonical import NotARecord, parse, serialise
from tweeluik.record.log import BrokenLog, parse_log, serialise_log
from tweeluik.sheets.files.ods import CONTENT, MEDIA_TYPE, read_ods
from tweeluik.sheets.files.package import Package
from tweeluik.sheets.files.reading import read_book
from tweeluik.sheets.files.xlsx import read_xlsx
from tweeluik.source import fields
from tweeluik.source.csv_columns import read_columns
from tweeluik.source.csv_rows import read_csv
from tweeluik.source.exemptions import EXCEPTION
from tweeluik.source.nodes import Listing
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Conversation
from tweeluik.source.schema import Shape

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"


class Target(NamedTuple):
    """`read` ends, or raises one of `may_raise`."""

    read: Callable[[bytes], object]
    may_raise: tuple[type[BaseException], ...]
    seeds: Callable[[], list[bytes]]


class SaysOtherwise(AssertionError):
    """Two readers of one thing disagree."""


def try_one(target: Target, data: bytes) -> None:
    """Read the bytes.

    Raises:
        Exception: a find.
    """
    try:
        target.read(data)
    except target.may_raise:
        return


# --- the source -------------------------------------------------------------------------------------------------------


_SHAPES: tuple[Shape[object], ...] = (
    fields.PARTNER, fields.EDITION, fields.POLICY, fields.REPORT, fields.AGENDA, fields.VOCABULARY, fields.JUDGEMENT,
    EXCEPTION,
)  # fmt: skip


def _source(data: bytes) -> None:
    text = data.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
    for shape in _SHAPES:
        node, problems = read_yaml(text, "een.yaml")
        # What is told of a file may be printed anywhere: it is plain text.
        _ = [str(each) for each in problems]
        if node is not None:
            reading = Reading()
            for item in node.items if isinstance(node, Listing) else (node,):
                shape.read(item, "", reading)
            _ = [str(each) for each in reading.problems]


def _csv(data: bytes) -> None:
    text = data.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
    by_column, by_cell = Reading(), Reading()
    node, problems = read_csv(text, "een.csv", fields.CONVERSATION)
    by_cell.problems += problems
    _read_all(node.items if isinstance(node, Listing) else (), fields.CONVERSATION, by_cell)
    if read_columns(text, "een.csv", fields.CONVERSATION, by_column):
        one, other = ([each.record for each in reading.all(Conversation)] for reading in (by_column, by_cell))
        if one != other or sorted(by_column.problems) != sorted(by_cell.problems):
            raise SaysOtherwise


def _read_all(items: tuple[object, ...], shape: Shape[Conversation], reading: Reading) -> None:
    for position, item in enumerate(items):
        shape.read(item, f"[{position}]", reading)  # type: ignore[arg-type]


# --- what was published -----------------------------------------------------------------------------------------------


def _record(data: bytes) -> None:
    if serialise(parse(data)) != data:
        raise SaysOtherwise


def _log(data: bytes) -> None:
    if serialise_log(parse_log(data)) != data:
        raise SaysOtherwise


def _certificate(data: bytes) -> None:
    from verify_certificate import verify  # noqa: PLC0415 (a program beside the package)

    verify(json.loads(data), _certified()[1])


@cache
def _certified() -> tuple[bytes, Path]:
    """A certificate that holds, and its site: a file of another kind is refused at its first word."""
    from tests.stages.test_certificate import ANSWERED, certified, written  # noqa: PLC0415 (of this target only)

    files, paper = certified(ANSWERED[0])
    folder = tempfile.mkdtemp(prefix="certified-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return paper, written(Path(folder), files)


# --- what people hand over --------------------------------------------------------------------------------------------


def _recipients(data: bytes) -> None:
    """As the one list, or as the file of a role beside that of the archive."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder)
        if data.startswith(b"# holder"):
            (content / "recipients").mkdir()
            (content / "recipients" / "archief.txt").write_bytes(_ROLE % (b"Archief", _KEYS[1]))
        file = content / ("recipients/cip.txt" if data.startswith(b"# holder") else "recipients.txt")
        file.write_bytes(data)
        read_recipients(content, today=date(2026, 1, 1))


def _spreadsheet(data: bytes) -> None:
    for suffix in (".xlsx",) if data.startswith(b"PK") else (".csv",):
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            read_book(Path(file.name))


def _sheet(data: bytes) -> None:
    """The XML of a sheet within a whole `.xlsx`: bytes of a packed file seldom get as far."""
    read_xlsx(_packed({**_unpacked(_spreadsheets()[0]), _SHEET: data}))


def _content(data: bytes) -> None:
    read_ods(_packed({"mimetype": MEDIA_TYPE, CONTENT: data}))


def _packed(parts: Mapping[str, bytes]) -> Package:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return Package(file.getvalue())


@cache
def _unpacked(data: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _guard(data: bytes) -> None:
    list(find_leaks({"een.html": data}, ()))


def _pdf(data: bytes) -> None:
    """The reader of our own, without PDFium, which is read along with it."""
    for each in read_items(data):
        list(texts_in(each.about))
        list(numbers_in(each.about))
        each.names("/Type")


# --- bytes that are known ---------------------------------------------------------------------------------------------


_SELDOM = b"""\
- id: p-123abc
  name: Stichting Voorbeeldbrug
  rsin: "900001215"
  registration: "90123457"
  ended: 2025-05-01
  successor: p-123abd
  before: [{until: 2024-12-31, name: Voorbeeldbrug, registration: "90123458", rsin: "900001215"}]
- {a: p-123abc, b: p-123abd, judged: other organisations, on: 2025-01-02}
- {file: a.html, sentence: "De zaal heet \xe2\x80\xa6 hier.", sha256: "%s", reason: a, decided_by: b, until: 2026-01-01}
- corrections: [{version: 2, date: 2025-06-01, note: Een verbetering., withdraws: true}]
  merge: [{dimension: kind, codes: [a, b], code: c, label: d}]
  period: {from: 2025-01-01, until: 2025-12-31}
- effort: 10
  group_size: 3
  security: {contact: https://example.org/, expires: 2027-01-01}
  diwoo: {organisation: mnre1034, category: c_3baef532}
""" % (b"a" * 64)
"""Keys that the known files do not have: what no seed says is hardly ever made of it."""


def _files(folder: Path, *patterns: str) -> Callable[[], list[bytes]]:
    return lambda: [file.read_bytes() for pattern in patterns for file in sorted(folder.rglob(pattern))]


_KEYS = (
    b"age14wklnn4ukj5f52fkj7ef0m4fks854egltz57xrwetrkq2938j49s4m07ap",
    b"age1s9e4culyaevdem65qxfrz9y5y6e7728u2afzql3mckvyce942s3s3t0h9z",
)
_ROLE = b"# holder: %s\n# expires: 2027-01-31\n%s\n"


def _two_roles() -> list[bytes]:
    return [_ROLE % (b"Griffie", _KEYS[0]), b"# Griffie\n" + _KEYS[0] + b"\n# Archief\n" + _KEYS[1] + b"\n"]


@cache
def _spreadsheets() -> list[bytes]:
    from openpyxl import Workbook  # noqa: PLC0415 (heavy)

    book = Workbook()
    assert book.active is not None  # noqa: S101 (a new book has a sheet)
    for row in (("naam", "kvk-nummer", "soort"), ("Stichting Voorbeeldbrug", "00000019", 3.5)):
        book.active.append(row)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        packed = Path(file.name).read_bytes()
    return [packed, b"naam;kvk-nummer\nStichting Voorbeeldbrug;00000019\n", b'naam,datum\n"a""b",31-1-2025\n']


_SHEET = "xl/worksheets/sheet1.xml"
_CELL = b'<table:table-cell%s office:value-type="%s"><text:p>%s</text:p></table:table-cell>'
_CONTENT = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    b'<table:table table:name="Partners"><table:table-column table:number-columns-repeated="3"/><table:table-row>'
    + _CELL % (b"", b"string", b"naam")
    + _CELL % (b' table:number-columns-spanned="2"', b"string", b"datum")
    + b'</table:table-row><table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
    + _CELL % (b' table:number-columns-repeated="2"', b"string", b"Stichting <text:s text:c='2'/>Brug")
    + _CELL % (b' office:date-value="2025-03-14"', b"date", b"14-03-25")
    + b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
_TABLE = b"date,partners,context,form,measures,subject\n2025-03-14,p-1;p-2,agenda,gesprek,1.1a,overig\n"
_NOT_READ = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, SystemExit)
"""What the verifier answers of a certificate that it cannot read."""

TARGETS: Mapping[str, Target] = {
    "source": Target(_source, (), lambda: [*_files(GOLDEN / "content", "*.yaml")(), _SELDOM]),
    "csv": Target(_csv, (), lambda: [_TABLE]),
    "record": Target(_record, (NotARecord,), _files(GOLDEN / "expected", "release.json")),
    "log": Target(_log, (BrokenLog,), _files(ROOT / "content" / "published", "log.jsonl")),
    "certificate": Target(_certificate, _NOT_READ, lambda: [_certified()[0]]),
    "recipients": Target(_recipients, (BuildFailed,), _two_roles),
    "spreadsheets": Target(_spreadsheet, (BuildFailed,), _spreadsheets),
    "xlsx": Target(_sheet, (BuildFailed,), lambda: [_unpacked(_spreadsheets()[0])[_SHEET]]),
    "ods": Target(_content, (BuildFailed,), lambda: [_CONTENT]),
    "pdf": Target(_pdf, (NotReadable,), pdfs),
    "guard": Target(_guard, (), _files(GOLDEN / "expected", "*.json", "*.csv")),
}  # fmt: skip

IN_JSON = frozenset({"record", "log", "certificate"})
"""Those of which the input is JSON, whole or line by line."""
