"""Every outside checker over whole sites at once: of pages, links, open data, the annex as PDF and for Word.

`python -m bench.checkers --write`: the example, the invented site of the tests, and four that are as sources seldom
are: everybody named, nobody named and one table, too few partners for any table, and twelve years. What the tests ask
of a part of these, this asks of all of them. `--woo FILE` names the government's schema `diwoo-metadata.xsd`, which is
not the project's to hand out (https://standaarden.overheid.nl/diwoo/metadata); without it the map for that index is not
judged.
"""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
from lxml import etree
from playwright.sync_api import Browser, sync_playwright

from bench.in_docs import publish, table
from tests.conftest import need_node_file, need_program
from tests.outside import test_pdf as of_pdf
from tests.outside.sites import example, write
from tests.outside.test_html import in_the_way
from tests.outside.test_links_and_weights import dead
from tests.outside.test_open_data import described, is_valid, judge
from tests.stages.a_publication import KINDS, REGIONS, a_publication, a_release, dimension
from tests.stages.a_publication import table as a_table
from tests.templates import PUBLIC
from tweeluik.public.site import render_site
from tweeluik.record.model import Reference, Release, Woo

Files = Mapping[str, bytes]
Finds = Iterator[str]

INDEX = Woo(
    "https://identifier.overheid.nl/tooi/id/ministerie/mnre0170",
    "https://identifier.overheid.nl/tooi/def/thes/kern/c_c76862ab",
    "vergaderstukken Staten-Generaal",
    7,
)
REGION = dimension("region", REGIONS)
YEARS = range(2025, 2037)
FORMS = ("Stichting", "Vereniging", "Federatie van buurten en nieuwkomers")
WORDS = ("Lindebrug", "Waterkring", "Noorderhuis", "Beekplein", "Oosterhof", "Westerstem", "Zuiderraad", "Bergpad")
NAMES = tuple(f"{form} {word}" for form in FORMS for word in WORDS)


def of_region(year: int, named: tuple[str, ...] = ()) -> Release:
    regions = a_table("regio", "Partners naar regio", "partners", (REGION,), [12, 18, 20, 10, 60])
    return a_release(str(year), tables=(regions,), named=named)


def of_years() -> Iterator[Release]:
    """Numbers that grow, and two regions that are never shown."""
    for number, year in enumerate(YEARS):
        kinds = [20 + 2 * number, 31 + number, 9 + number % 3, 18 + number, 12]
        regions = [None, None, 30 + number, 12 + number, sum(kinds)]
        tables = (
            a_table("soort", "Partners naar soort", "partners", (dimension("kind", KINDS),), [*kinds, sum(kinds)]),
            a_table("regio", "Partners naar regio", "partners", (REGION,), regions),
        )
        compared = Reference(str(year - 1), 1) if number else None
        yield a_release(str(year), tables=tables, compared=compared)


def site_of(*releases: Release) -> Files:
    return render_site(a_publication(*releases, woo=INDEX), PUBLIC)


SITES: Mapping[str, Callable[[], Files]] = {
    "the example": example,
    "the invented site": site_of,
    "everybody named": lambda: site_of(of_region(2025, named=NAMES)),
    "nobody named, one table": lambda: site_of(of_region(2025)),
    "too few for a table": lambda: site_of(replace(a_release("2025"), tables=())),
    "twelve years": lambda: site_of(*reversed(tuple(of_years()))),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A site in memory and on disk, and a browser to look at it."""

    files: Files
    folder: Path
    browser: Browser

    def ending(self, *ends: str) -> dict[str, bytes]:
        """The files whose names end so."""
        return {path: data for path, data in self.files.items() if path.endswith(ends)}


def nu(site: Site) -> Finds:
    """The Nu checker: errors and warnings on every page."""
    checker = need_node_file("vnu-jar/build/dist/vnu.jar")
    command = [need_program("java"), "-jar", str(checker), "--skip-non-html", "--format", "json", str(site.folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    for each in json.loads(done.stderr)["messages"]:
        if "Content Security Policy" not in each["message"]:  # on disk `'self'` matches nothing
            yield f"{each.get('url', '').rpartition('/')[2]}: {each['message']}"


def axe(site: Site) -> Finds:
    """axe-core by the rules of WCAG 2.2 AA and good practice, on a phone and on a screen, in light and in dark."""
    pages = sorted(site.ending(".html"))
    for address, width, what in in_the_way(site.browser, [(site.folder / each).as_uri() for each in pages]):
        yield f"{address.removeprefix(site.folder.as_uri())}: {what} at {width}"


SNIFF = """() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(
    HTMLCS.getMessages().filter(each => each.type === HTMLCS.ERROR).map(each => each.code + " " + each.msg))))"""


def sniffer(site: Site) -> Finds:
    """HTML_CodeSniffer: errors by WCAG 2 AA."""
    page = site.browser.new_context(bypass_csp=True).new_page()
    script = need_node_file("html_codesniffer/build/HTMLCS.js").read_text(encoding="utf-8")
    for path in sorted(site.ending(".html")):
        page.goto((site.folder / path).as_uri())
        page.evaluate(script)
        yield from (f"{path}: {each}" for each in page.evaluate(SNIFF))
    page.context.close()


def links(site: Site) -> Finds:
    """Links of pages, feed, map and catalogue that lead nowhere."""
    yield from (f"{path}: {target}" for path, target in dead(site.files))


def csvw(site: Site) -> Finds:
    """A CSVW validator on every CSV by its description."""
    with tempfile.TemporaryDirectory() as folder:
        yield from (str(each.name) for each in described(site.files, Path(folder)) if not is_valid(each))


def catalogue(site: Site) -> Finds:
    """The shapes of DCAT-AP-NL 3."""
    conforms, said = judge(json.loads(site.files["data.jsonld"]))
    if not conforms:
        yield said


WOO = "{https://standaarden.overheid.nl/diwoo/metadata/}Document"


def woo(site: Site) -> Finds:
    """The government's schema, on every document of the map for the index of the Open Government Act."""
    if "sitemap-woo.xml" not in site.files:
        return
    if "--woo" not in sys.argv:
        yield "not judged: no schema was given"
        return
    schema = etree.XMLSchema(etree.parse(Path(sys.argv[sys.argv.index("--woo") + 1])))
    documents = list(etree.parse(site.folder / "sitemap-woo.xml").iter(WOO))
    if len(documents) != site.files["sitemap-woo.xml"].count(b"<loc>"):
        yield "an annex without metadata"
    for document in documents:
        if not schema.validate(document):
            yield from (each.message for each in schema.error_log)


OF_PDF = [
    each
    for name, each in vars(of_pdf).items()
    if name.startswith("test_") and [*inspect.signature(each).parameters] == ["pdf"]
]
"""What the tests ask of the structure of an annex."""


def pdf(site: Site) -> Finds:
    """qpdf on every annex, and its structure: PDF/UA-1 and PDF/A-2a marks, heads, tables, texts of drawings."""
    for path, data in site.ending(".pdf").items():
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(data)
            file.flush()
            done = subprocess.run([need_program("qpdf"), "--check", file.name], capture_output=True, check=False)
        if done.returncode or done.stderr:
            yield f"{path}: qpdf"
        for ask in OF_PDF:
            try:
                with pikepdf.open(BytesIO(data)) as opened:
                    ask(opened)
            except AssertionError:
                yield f"{path}: {ask.__name__.removeprefix('test_')}"


def word(site: Site) -> Finds:
    """Every document for Word as python-docx reads it: a title, headings that go down by one, tables with heads."""
    for path, data in site.ending(".docx").items():
        opened = docx.Document(BytesIO(data))
        styles = [each.style.name for each in opened.paragraphs if each.style is not None]
        levels = [int(each.rpartition(" ")[2]) for each in styles if each and each.startswith("Heading ")]
        if styles.count("Title") != 1 or any(b > a + 1 for a, b in pairwise([0, *levels])):
            yield f"{path}: headings"
        text = zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
        if text.count(b"<w:tbl>") != text.count(b"<w:tblHeader/>"):
            yield f"{path}: a table without heads"


CHECKERS: Sequence[Callable[[Site], Finds]] = (nu, axe, sniffer, links, csvw, catalogue, woo, pdf, word)


def main() -> None:
    rows, found = list[list[object]](), list[str]()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as root:
        browser = playwright.chromium.launch(executable_path=need_program("chromium"), args=["--no-sandbox"])
        for number, (name, make) in enumerate(SITES.items()):
            files = make()
            site = Site(files, write(files, Path(root) / str(number)), browser)
            finds = {check.__name__: list(check(site)) for check in CHECKERS}
            rows.append([name, len(site.ending(".html")), len(files), *map(len, finds.values())])
            found += [f"{name}, {check}: {each}" for check, all_of_it in finds.items() for each in all_of_it]
            print(rows[-1], file=sys.stderr)
        browser.close()
    heads = ["site", "pages", "files", *(check.__name__ for check in CHECKERS)]
    publish("bench/checkers.py", "\n\n".join([table(heads, rows), *found]))


if __name__ == "__main__":
    main()
