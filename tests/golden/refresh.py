"""The site of the small invented source, as it is expected: `make golden` writes it, `test_golden.py` compares it.

All of its editions are published first: 2025 twice, with a correction, and 2026 while it was a concept.

Under `expected/` stands one file for each file of the site: a text byte for byte (a page as `.html.txt`, so that no tool
takes it for a source); of a PDF, a spreadsheet or a document its digest and the text in it, so that a difference can be read; of a
style, script or picture the digest alone, because its text is that of the templates. The bytes follow from the source, the templates, the program and the
locked versions of its dependencies, and from nothing else.

A change that you meant: run `make golden`, read the difference in git as a reader of the site would, commit it with the
change. A dependency that was raised (typst makes the PDF, jinja2 and markdown-it-py the pages, highspy the choice
of what is hidden): the same, and the difference is what that release does to published files.
A difference that nobody meant is a bug, or a build that depends on the machine.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from tests.everything import publish
from tweeluik.pipeline.steps import make_site

HERE = Path(__file__).parent
CONTENT = HERE / "content"
EXPECTED = HERE / "expected"
TEMPLATES = HERE.parents[1] / "templates"


def made() -> dict[str, bytes]:
    """What the site of the small source looks like now, by path below `expected/`."""
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(CONTENT, content)
        publish_all(content)
        return dict(_readable(path, data) for path, data in make_site(content, TEMPLATES).files.items())


def publish_all(content: Path) -> None:
    """Every edition, one after another, on the days that they say or that come after."""
    publish(content, "gesprekspartners")
    publish(content, "2025")
    publish(content, "2026", date(2026, 11, 15), provisional=True)
    with (content / "editions" / "2025.yaml").open("a", encoding="utf-8") as file:
        file.write("corrections:\n  - {version: 2, date: 2026-12-01, note: Een opschrift stond verkeerd.}\n")
    publish(content, "2025")


def expected() -> dict[str, bytes]:
    """What it should look like."""
    files = (each for each in EXPECTED.rglob("*") if each.is_file())
    return {each.relative_to(EXPECTED).as_posix(): each.read_bytes() for each in files}


def _readable(path: str, data: bytes) -> tuple[str, bytes]:
    ending = path.rpartition(".")[2]
    if ending == "html":
        return f"{path}.txt", data
    if ending not in _READERS:
        return path, data
    digest = f"sha256 {sha256(data).hexdigest()}\n{len(data)} bytes\n"
    return f"{path}.txt", f"{digest}{_READERS[ending](data)}".encode()


def _pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "".join(f"\n--- page {number} ---\n{_lines(page)}\n" for number, page in enumerate(pages, 1))


def _packed(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(each, archive.read(each).decode()) for each in archive.namelist()]
    between = ">\n<"
    return "".join(f"\n--- {name} ---\n{text.replace('><', between)}\n" for name, text in parts)


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def _nothing(_: bytes) -> str:
    return ""


_READERS: Mapping[str, Callable[[bytes], str]] = {
    "pdf": _pdf, "ods": _packed, "docx": _packed, "css": _nothing, "js": _nothing, "svg": _nothing, "png": _nothing,
}  # fmt: skip


def refresh() -> None:
    """Put what is made now in the place of what was expected."""
    files = made()
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, data in files.items():
        (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / path).write_bytes(data)


if __name__ == "__main__":
    refresh()
