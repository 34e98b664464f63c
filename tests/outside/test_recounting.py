"""A recount that shares no line with the product finds every number right, and notices each that is not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.recounting.__main__ import compare, site_of
from bench.recounting.counting import Truth, recount
from bench.recounting.writing import write_source

PAGE = "edities/2026/index.html"


@cache
def built() -> tuple[Mapping[str, bytes], dict[int, Truth]]:
    """The site of a source with two rounded editions, and what is true of it."""
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        years = write_source(content, 1)
        files = site_of(content, Path(folder, "site"))
        assert files is not None
        return files, {year: recount(content, year) for year in years}


def test_every_number_is_right_wherever_it_stands() -> None:
    right, wrong = compare(*built())
    assert wrong == []
    assert set(right) == {
        "annex", "chart", "csv", "description", "home", "key figures", "messages", "ods", "page", "picture", "points",
        "series", "word", "word chart", "years", "small drawing", "years, messages", "catalogue", "schema.org", "feed",
    }  # fmt: skip
    assert right.total() > 500


def repacked(data: bytes, member: str, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, re.sub(old.encode(), new.encode(), text, count=1) if name == member else text)
    return made.getvalue()


LIES = {
    "a cell of the csv": ("edities/2026/regio.csv", r"rounded,(\d+),", "rounded,9\\1,"),
    "a cell of the page": (PAGE, r"(<td[^>]*><data value=\"\d+\">)\d", "\\g<1>9"),
    "the range of a cell": (PAGE, r"(</data> <span class=\"bereik\">\()\d+", "\\g<1>999"),
    "the length of a bar": (PAGE, r"(class=\"balk reeks-1\" x=\"0\" y=\"18\" width=\")\d+", "\\g<1>7"),
    "the number at a bar": ("edities/2026/regio.svg", r"(class=\"cijfer\"[^>]*>)\d+", "\\g<1>95"),
    "a series": ("door-de-jaren/reeksen.csv", r"(2026),\d+,", "\\1,995,"),
    "a cell of the years": ("door-de-jaren/index.html", r"(<td[^>]*><data value=\"\d+\">)\d", "\\g<1>9"),
    "the height of a column": ("door-de-jaren/index.html", r"(class=\"balk\" [^>]*height=\")\d+", "\\g<1>61"),
    "a message about years": ("door-de-jaren/index.html", r"(boodschap\">In 2026 )(meer|minder)", "\\g<1>evenveel"),
    "the catalogue": ("data.jsonld", r"(In 2026 werkten ongeveer )\d", "\\g<1>9"),
    "the news": ("feed.xml", r"(In 2026 werkten ongeveer )\d", "\\g<1>9"),
    "a claim": (PAGE, r"grootste groep naar regio is ‘Noord-Holland’", "grootste groep naar regio is ‘Drenthe’"),
    "a sentence of which nobody knows": (PAGE, r"In 2026 waren er meer", "In 2026 waren er veel meer"),
}


@pytest.mark.parametrize("lie", LIES)
def test_it_notices_a_number_that_is_not(lie: str) -> None:
    files, truths = built()
    path, old, new = LIES[lie]
    text = files[path].decode()
    changed = re.sub(old, new, text, count=1)
    assert changed != text
    assert compare({**files, path: changed.encode()}, truths)[1]


def test_it_notices_a_number_of_the_spreadsheet_and_of_word() -> None:
    files, truths = built()
    ods, word = "edities/2026/tabellen.ods", "edities/2026/annex.docx"
    other = repacked(files[ods], "content.xml", r'office:value="\d+"', 'office:value="7"')
    assert compare({**files, ods: other}, truths)[1]
    other = repacked(files[word], "word/charts/chart1.xml", r"<c:v>(\d+)</c:v>", "<c:v>997</c:v>")
    assert compare({**files, word: other}, truths)[1]
