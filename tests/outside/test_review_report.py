"""The change report and `diff`: what readers would see change, in words, with one digest at the foot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests import desk as desks
from tests.everything import publish
from tests.outside.test_html import in_the_way
from tweeluik.record.register import read_published
from tweeluik.review.pages import NewPage, Part, blocks, find_page_changes, read_new_page
from tweeluik.source.load import read_source


class Desk(desks.Desk):
    """A copy of the small content, with a key of its own: 2025 is published, and a correction is to follow."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        (self.content / "protection.key").write_text("5" * 64 + "\n")
        publish(self.content, "2025")
        with (self.content / "editions" / "2025.yaml").open("a", encoding="utf-8") as file:
            file.write("corrections:\n  - {version: 2, date: 2026-12-01, note: Een telling klopte niet.}\n")
        partners = self.content / "partners" / "partners.yaml"
        text = partners.read_text("utf-8")
        once = "endorsed: 2025-03-10"
        assert once in text
        partners.write_text(text.replace(once, "endorsed: [{from: 2025-03-10, until: 2025-06-01}]", 1), "utf-8")

    def report(self, name: str, *options: str) -> bytes:
        assert self.run("review", "2025", "--report", str(self.root / name), *options) == 0
        return (self.root / name).read_bytes()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def page(desk: Desk) -> str:
    return desk.report("rapport.html").decode()


def test_it_says_what_readers_would_see_change(page: str) -> None:
    assert "Deze versie komt in de plaats van versie 1." in page
    assert "Een telling klopte niet." in page
    assert "<caption>Getallen in" in page
    assert "Pagina’s met een andere tekst" in page


def test_it_names_who_went_and_by_which_rule(desk: Desk, page: str) -> None:
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(eruit|erbij|anders)</td><td>([^<]+)</td></tr>', page)
    names = {each.name for each in read_source(desk.content).partners}
    assert [(name in names, what, why) for name, what, why in rows] == [
        (True, "eruit", "L7: onderschreef de doelen niet op de peildatum")
    ]


def test_the_public_variant_names_nobody_and_has_the_same_digest(desk: Desk, page: str) -> None:
    public = desk.report("openbaar.html", "--public").decode()
    digest = re.compile(r"<code>([0-9a-f ]+)</code>")
    assert digest.findall(public) == digest.findall(page)
    assert "Vertrouwelijk" not in public
    assert "Wat in de bron veranderde" not in public
    (name,) = re.findall(r'<th scope="row">([^<]+)</th><td>eruit', page)
    assert f">{name}<" not in public


def test_the_digest_at_its_foot_is_the_one_that_is_approved(
    desk: Desk, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (digest,) = re.findall(r"<code>([0-9a-f ]+)</code>", page)
    capsys.readouterr()
    assert desk.run("approve", "2025", "--json", "--of", digest) == 0
    assert json.loads(capsys.readouterr().out)["digest"] == digest.replace(" ", "")


def test_the_pdf_says_the_same_and_is_tagged(desk: Desk, page: str) -> None:
    data = desk.report("rapport.pdf")
    assert b"/MarkInfo" in data
    document = pypdfium2.PdfDocument(data)
    text = " ".join(each.get_textpage().get_text_bounded() for each in document)
    document.close()
    (digest,) = re.findall(r"<code>([0-9a-f ]+)</code>", page)
    assert digest in " ".join(text.split())
    assert "Een telling klopte niet." in text


def test_the_same_release_has_the_same_report(desk: Desk, page: str) -> None:
    assert desk.report("nog-eens.html").decode() == page


def test_it_is_never_written_over_another_file_nor_below_the_source_or_the_site(desk: Desk) -> None:
    (desk.root / "er-al.html").write_text("x")
    assert desk.run("review", "2025", "--report", str(desk.root / "er-al.html")) == 2
    assert desk.run("review", "2025", "--report", str(desk.content / "rapport.html")) == 2
    assert desk.run("review", "2025", "--report", str(desk.root / "rapport.doc")) == 2
    assert (desk.root / "er-al.html").read_text() == "x"


def test_diff_tells_numbers_facts_and_files_and_nobody_by_name(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert desk.run("diff", "2025", "--lang", "nl") == 0
    said = capsys.readouterr().out
    assert said.startswith("2025, versie 2 (sinds versie 1)\n")
    assert "Correcties: — → Een telling klopte niet." in said
    assert re.search(r"^soort, .+: .+ → .+$", said, re.MULTILINE)
    assert "edities/2025/index.html: anders" in said
    assert desk.run("diff", "2025", "1", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["before"], told["after"], told["names_gone"]) == (1, 2, 0)
    assert {"path": "edities/2025/versie-1/annex.pdf", "what": "nieuw"} in told["files"]


def test_diff_of_what_is_not_there_is_refused(desk: Desk) -> None:
    assert desk.run("diff", "2025", "7") == 2
    assert desk.run("diff", "2024") == 2


def test_diff_of_two_published_versions_needs_the_records_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    publish(desk.content, "2025")
    capsys.readouterr()
    assert desk.run("diff", "2025", "1") == 0
    assert "Correcties: — → Een telling klopte niet." in capsys.readouterr().out
    assert desk.run("diff", "2025") == 2


def test_a_name_that_goes_is_not_told_anew_in_the_public_variant(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    partners = desk.content / "partners" / "partners.yaml"
    text = partners.read_text("utf-8")
    given = 'edition: "2025", consent: 2026-02-03}'
    assert given in text
    partners.write_text(text.replace(given, given.replace("}", ", withdrawn: 2026-08-01}")), "utf-8")
    (name,) = read_published(desk.content).register["2025"][0].named
    public = desk.report("openbaar.html", "--public").decode()
    whole = desk.report("rapport.html").decode()
    assert name not in public
    assert name in whole
    assert "1 naam gaat van de lijst." in public


def test_nothing_in_it_stands_in_a_readers_way(browser: Browser, desk: Desk, page: str) -> None:
    assert page
    assert in_the_way(browser, [(desk.root / "rapport.html").as_uri()]) == []


# --- the text of a page -------------------------------------------------------------------------------------------------


def test_a_page_is_read_block_by_block_as_a_person_sees_it() -> None:
    html = b"""<head><title>t</title></head><body><h1>Een <em>kop</em></h1><script>var a;</script><p>Twee\n regels</p>
    <table><tr><th>soort</th><td>5</td></tr></table><p>caf&eacute; &amp; meer</p></body>"""
    assert blocks(html) == ["Een kop", "Twee regels", "soort | 5", "café & meer"]


def test_what_goes_and_what_comes_is_told_and_the_rest_counted() -> None:
    before = "".join(f"<p>oud {n}</p>" for n in range(40)).encode()
    found = find_page_changes("a.html", b"<p>blijft</p>" + before, b"<p>blijft</p><p>nieuw</p>")
    assert (found.texts[:2], len(found.texts), found.more) == ((("oud 0", "nieuw"), ("oud 1", "")), 30, 10)


def test_a_page_has_its_heading_and_rows_and_sizes_of_files_are_no_news() -> None:
    before, after = (
        f"<h1>Een kop</h1><p>{words}</p><table><tr><th>soort</th><td>{number}</td></tr></table><a>csv (csv, {size} kB)</a>"
        for words, number, size in (("oud", 5, 4), ("nieuw", 6, 5))
    )
    found = find_page_changes("a.html", before.encode(), after.encode())
    assert (found.title, found.texts, found.rows) == ("Een kop", (("oud", "nieuw"),), 1)


def test_it_begins_with_what_the_version_says_of_itself_and_how_much_there_is_to_judge(page: str) -> None:
    assert "Wat er is verbeterd: Een telling klopte niet." in page
    assert "Dat zijn 4 regels." in page
    assert "Uw oordeel" in page


def test_the_old_version_is_laid_beside_the_page_on_which_readers_knew_it(page: str) -> None:
    part = page.partition("<p><code>edities/2025/versie-1/index.html</code></p>")[2].partition("<h3>")[0]
    assert "Dit is een oude versie" in part
    assert "Wie tellen mee?" not in part


def test_a_page_that_is_new_is_read_from_its_first_fact_to_its_last_table() -> None:
    page = b"""<body><nav>Menu</nav><main><h1>Overzicht</h1><dl><dt>Status</dt><dd>Voorlopig</dd><dt>Periode</dt><dd>2026</dd></dl>
    <nav><a href="#a">Naar beneden</a></nav><h2>Kernpunten</h2><p>Er zijn <strong>12</strong> partners.</p>
    <svg><title>Getekend</title><text>12</text></svg><ul aria-hidden="true"><li>Sleutel</li></ul>
    <table><thead><tr><td></td><th>Een</th></tr></thead><tbody><tr><th>Groep</th><td>5 (1\xe2\x80\x939)</td></tr></tbody></table>
    <ul class="downloads"><li>csv</li></ul><h3>Met naam</h3><ul><li>Stichting Verzonnen</li></ul></main><footer>Voet</footer></body>"""
    assert read_new_page("a/index.html", page) == NewPage(
        "a/index.html",
        "Overzicht",
        (
            Part("Status: Voorlopig"), Part("Periode: 2026"), Part("Kernpunten", 2), Part("Er zijn 12 partners."),
            Part(rows=(("", "Een"), ("Groep", "5 (1–9)"))), Part("Met naam", 3), Part("Stichting Verzonnen"),
        ),
    )  # fmt: skip
