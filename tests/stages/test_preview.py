"""The preview: the very bytes, on this machine only, and never a crash because the source is broken."""

from __future__ import annotations

import http.client
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping

import pytest

from tweeluik.cli.preview import Preview
from tweeluik.cli.preview_cards import cards_of
from tweeluik.cli.preview_server import PreviewServer
from tweeluik.cli.preview_window import MARK
from tweeluik.problems import Place, Problem, SourceHasProblems, WrongUsage

PAGE = b"<!doctype html><html><head><title>t</title></head><body class=x>tekst</body></html>"
SITE = {
    "index.html": PAGE,
    "404.html": PAGE.replace(b"tekst", b"niet gevonden"),
    "edities/2025/index.html": PAGE,
    "edities/2025/soort.csv": b"kind,value\r\n",
    "stijl/stijl.css": b"body{}",
    "edities/2025/annex.pdf": b"%PDF-1.7",
}


class Maker:
    """Makes SITE, or fails with what it is given."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.files: Mapping[str, bytes] = SITE

    def __call__(self) -> Mapping[str, bytes]:
        if self.failure:
            raise self.failure
        return self.files


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def preview(maker: Maker) -> Preview:
    return Preview(maker, "run", tell)


@pytest.fixture
def port(preview: Preview) -> Iterator[int]:
    preview.renew()
    with PreviewServer(preview, 0) as server:
        yield server.port


def ask(port: int, path: str, *, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{port}" if host is None else host)
    connection.endheaders()
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, dict(response.getheaders()), content


# --- what it serves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["edities/2025/soort.csv", "stijl/stijl.css", "edities/2025/annex.pdf"])
def test_a_file_is_served_byte_for_byte(port: int, path: str) -> None:
    status, headers, content = ask(port, f"/{path}")
    assert (status, content, headers["Content-Length"]) == (200, SITE[path], str(len(SITE[path])))


@pytest.mark.parametrize("path", ["/", "/index.html", "/edities/2025/", "/edities/2025/index.html?x=1"])
def test_a_page_is_the_published_one_plus_the_script_that_reloads_it(port: int, path: str) -> None:
    status, headers, content = ask(port, path)
    added = b'<link rel="stylesheet" href="/-/preview.css"><script src="/-/preview.js" data-version="run.1"></script>'
    assert (status, content.replace(added, b"").replace(MARK.encode(), b"")) == (200, PAGE)
    assert MARK.encode() in content
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_folder_leads_to_its_page(port: int) -> None:
    status, headers, _ = ask(port, "/edities/2025")
    assert (status, headers["Location"]) == (301, "/edities/2025/")


def test_what_does_not_exist_is_the_page_for_that(port: int) -> None:
    status, _, content = ask(port, "/nergens.html")
    assert status == 404
    assert b"niet gevonden" in content


def test_the_script_and_style_come_from_the_preview_itself(port: int) -> None:
    assert ask(port, "/-/preview.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
    assert b"EventSource" in ask(port, "/-/preview.js")[2]
    assert ask(port, "/-/preview.css")[0] == 200


def test_head_answers_without_content(port: int) -> None:
    status, headers, content = ask(port, "/stijl/stijl.css", method="HEAD")
    assert (status, headers["Content-Length"], content) == (200, "6", b"")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "CONNECT"])
def test_nothing_but_reading_is_answered(port: int, method: str) -> None:
    assert ask(port, "/", method=method)[0] == 501


# --- what it keeps to itself ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/../build.py", "/..%2fbuild.py", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/edities/", "/edities", "/stijl/",
        "/.git/config", "/edities/2025/..%5c..%5cbuild.py", "/%00", "/edities/2025/soort.csv%00.html", "/-/", "/content/report.yaml",
        "/%ff%fe", "/index.html/", "http://127.0.0.1/etc/passwd",
    ],
)  # fmt: skip
def test_there_is_no_way_out_and_no_list_of_a_folder(port: int, path: str) -> None:
    status, _, content = ask(port, path)
    assert status == 404
    assert b"niet gevonden" in content


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:{port}", "localhost:1", "", "127.0.0.1", "[::]:{port}"]
)
def test_another_host_name_is_refused(port: int, host: str) -> None:
    status, _, content = ask(port, "/", host=host.format(port=port))
    assert status == 421
    assert b"tekst" not in content


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_our_own_names_are_answered(port: int, host: str) -> None:
    assert ask(port, "/", host=host.format(port=port))[0] == 200


def test_the_events_too_answer_to_our_own_name_only(port: int) -> None:
    assert ask(port, "/-/events", host="evil.example")[0] == 421


def test_browsers_may_keep_nothing(port: int) -> None:
    for path in ("/", "/stijl/stijl.css", "/nergens", "/edities/2025", "/-/preview.js"):
        _, headers, _ = ask(port, path)
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_the_loopback_address_listens(port: int) -> None:
    others = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), port, type=socket.SOCK_STREAM)}
    for address in others - {"127.0.0.1", "::1"}:
        with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
            socket.create_connection((address, port), timeout=1).close()


def test_a_port_that_is_taken_is_wrong_usage(preview: Preview, port: int) -> None:
    with pytest.raises(WrongUsage):
        PreviewServer(preview, port)


def test_a_broken_request_leaves_the_server_alive_and_silent(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"\x16\x03\x01 not http at all\r\n\r\n")
        connection.recv(1000)
    assert ask(port, "/")[0] == 200
    assert capsys.readouterr() == ("", "")


# --- when the source is broken ----------------------------------------------------------------------------------------

BROKEN = SourceHasProblems(Problem(Place("partners/a.yaml", 3, 1), "kind", "beyond <b>value</b>", "a & b"))


def tell(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(map(str, problems))


def test_the_page_tells_in_dutch_and_the_terminal_as_its_user_reads(maker: Maker) -> None:
    maker.failure = SourceHasProblems(Problem(Place("report.yaml", 1, 1), "", "a tab", "indent with spaces"))
    shot = Preview(maker, "run", tell).renew()
    (card,) = shot.problems
    assert (card.title, card.code, card.places) == ("Een tab", "E101", (("report.yaml:1:1", ""),))
    assert card.cure == "spring in met spaties"
    assert shot.told == ("report.yaml:1:1: a tab (indent with spaces)",)


def test_a_broken_source_shows_its_problems_above_the_last_good_site(preview: Preview, maker: Maker, port: int) -> None:
    maker.failure = BROKEN
    preview.renew()
    status, _, content = ask(port, "/edities/2025/")
    assert status == 200
    assert b"<code>partners/a.yaml:3:1</code> kind" in content
    assert b"<h2>Beyond &lt;b&gt;value&lt;/b&gt;</h2>" in content
    assert b"<strong>Doe dit:</strong> a &amp; b." in content
    assert b"<b>" not in content
    assert b"tekst" in content
    assert ask(port, "/stijl/stijl.css")[2] == SITE["stijl/stijl.css"]


def test_after_the_cure_the_problems_are_gone(preview: Preview, maker: Maker, port: int) -> None:
    maker.failure = BROKEN
    preview.renew()
    maker.failure = None
    preview.renew()
    assert b"voorvertoning" not in ask(port, "/")[2]


def test_a_source_that_was_never_good_shows_its_problems_alone(preview: Preview, maker: Maker) -> None:
    maker.failure = BROKEN
    preview.renew()
    with PreviewServer(preview, 0) as server:
        status, _, content = ask(server.port, "/edities/2025/")
    assert status == 200
    assert b"Er is nog geen versie die klopte" in content
    assert b"preview.js" in content


def test_a_bug_is_shown_without_the_value_it_happened_with(preview: Preview, maker: Maker, port: int) -> None:
    maker.failure = KeyError("Stichting Geheim")
    preview.renew()
    content = ask(port, "/")[2]
    assert b"KeyError" in content
    assert b"Geheim" not in content


def test_like_problems_are_one_card_with_the_first_three_and_how_many_more() -> None:
    tabs = tuple(Problem(Place("report.yaml", n, 1), "", "a tab", "indent with spaces") for n in range(1, 11))
    other = Problem(Place("policy.yaml", 1, 1), "threshold", "unknown key", "did you mean 'x'?")
    cards = list(cards_of((*tabs, other)))
    assert [(each.code, len(each.places), each.more) for each in sorted(cards, key=lambda card: card.code)] == [
        ("E101", 3, 7), (cards_of((other,)).__next__().code, 1, 0),
    ]  # fmt: skip


def test_more_kinds_than_fit_are_counted() -> None:
    kinds = tuple(Problem(Place("a.yaml", n, 1), "", f"kind {n}", "") for n in range(1, 13))
    *cards, last = cards_of(kinds)
    assert (len(cards), last.title, last.more) == (8, "En nog 4 andere meldingen", 4)


# --- a draft, and the whole after it ------------------------------------------------------------------------------------

DRAFT = {**SITE, "index.html": PAGE.replace(b"tekst", b"klad")}


def test_a_draft_is_in_the_window_and_the_whole_site_takes_its_place_where_it_differs(preview: Preview) -> None:
    preview.renew()
    first = preview.draft(lambda: DRAFT)
    assert first.files == DRAFT
    assert preview.renew().files == SITE


def test_a_whole_site_that_is_as_its_draft_is_no_news(preview: Preview) -> None:
    preview.renew()
    drafted = preview.draft(lambda: SITE)
    assert preview.renew() is drafted


def test_what_was_drafted_meanwhile_is_not_undone_by_an_older_whole(preview: Preview, maker: Maker) -> None:
    preview.renew()

    def while_it_is_made() -> Mapping[str, bytes]:
        preview.draft(lambda: DRAFT)
        return SITE

    slow = Preview(while_it_is_made, "run", tell)
    preview, _ = slow, maker
    slow.renew()
    assert slow.shot.files == DRAFT


def test_a_bug_in_a_draft_is_nobodys_news(preview: Preview) -> None:
    before = preview.renew()

    def broken() -> Mapping[str, bytes]:
        raise KeyError

    assert preview.draft(broken) is before


# --- reloading --------------------------------------------------------------------------------------------------------


def test_a_change_is_told_to_the_browser_at_once(preview: Preview, port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/-/events")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream"
    assert read_event(response) == "run.1"
    started = time.monotonic()
    threading.Timer(0.1, preview.draft, (lambda: DRAFT,)).start()
    assert read_event(response) == "run.2"
    assert time.monotonic() - started < 5
    connection.close()


def read_event(response: http.client.HTTPResponse) -> str:
    while not (line := response.readline()).startswith(b"data: "):
        assert line
    return line.removeprefix(b"data: ").decode().strip()


def test_a_change_before_the_browser_listens_is_not_missed(preview: Preview) -> None:
    preview.renew()
    assert preview.wait("run.0", 10) == "run.1"


def test_another_run_has_other_marks(maker: Maker) -> None:
    assert Preview(maker, "one", tell).wait("", 0) != Preview(maker, "other", tell).wait("", 0)


def test_a_draft_is_first_in_line_and_what_comes_after_it_is_not(preview: Preview) -> None:
    usual, within = sys.getswitchinterval(), list[float]()

    def fail() -> Mapping[str, bytes]:
        within.append(sys.getswitchinterval())
        raise SourceHasProblems(Problem(Place("pages/over.md"), "", "a page without a head"))

    preview.draft(fail)
    assert within[0] < usual / 10
    assert sys.getswitchinterval() == usual
