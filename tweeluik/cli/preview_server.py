"""The HTTP of the preview: the loopback address only, our own name only, memory only, nothing kept by the browser."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tweeluik.problems import Place, Problem, WrongUsage

LOOPBACK = "127.0.0.1"
NAMES = ("127.0.0.1", "localhost", "[::1]")
EVENTS_PATH = "/-/events"
SCRIPT_PATH = "/-/preview.js"
STYLE_PATH = "/-/preview.css"
LONGEST_FORM = 1000
"""Bytes."""

HEARTBEAT = 10.0
"""Seconds after which an idle stream of events is tried, to notice that the browser has gone."""

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}

_OF_PAGES = (".html", ".css", ".js", ".svg")
"""Pages have a mark on them, and nobody saves what only dresses them."""

HEADERS = {
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a file name (its ending decides the type) and the bytes; `location` for a redirect."""

    status: int
    name: str
    content: bytes
    location: str = ""


class Answers(Protocol):
    """What the server needs to know of the preview."""

    def wait(self, seen: str, seconds: float) -> str:
        """The mark of the state: at once when it is not the one seen, else after a change or so many seconds."""

    def answer(self, path: str) -> Answer:
        """What stands at an address: a decoded path that starts with a slash."""

    def change(self, path: str, form: Mapping[str, str]) -> Answer:
        """What comes of a form that was sent to an address, from a page of this very server."""


class PreviewServer:
    """Serves in the background, from `with` to its end."""

    def __init__(self, answers: Answers, port: int) -> None:
        try:
            self._server = _Server((LOOPBACK, port), _Handler)
        except OSError:
            hint = "choose another one with --port, or 0 for any that is free"
            raise WrongUsage(Problem(Place(f"port {port}"), "", "is taken or not allowed", hint)) from None
        self._server.answers = answers
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    answers: Answers

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in the standard library
        """Stay silent: a browser that leaves is no failure, and a traceback could hold a value."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "tweeluik"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the content."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Answer with the headers."""
        self._answer(with_content=False)

    def do_POST(self) -> None:
        """Answer a form, when a page of our own sent it."""
        host = self.headers.get("Host", "")
        form = self._form()
        if host not in self._own_names() or not self._is_from_here(host) or form is None:
            self._send(Answer(403, "a.txt", b"only a page of this preview may ask this\n"), with_content=True)
            return
        self._send(self.server.answers.change(unquote(urlsplit(self.path).path), form), with_content=True)

    def _is_from_here(self, host: str) -> bool:
        """By what browsers say of the page that sent it; they let no page say that of itself.

        A page that tells nobody where it came from, as ours do, has no origin to tell either: then the site counts.
        """
        site, origin = self.headers.get("Sec-Fetch-Site"), self.headers.get("Origin")
        return site == "same-origin" if site is not None else origin in {None, f"http://{host}"}

    def _form(self) -> Mapping[str, str] | None:
        size = self.headers.get("Content-Length", "")
        if not size.isdecimal() or int(size) > LONGEST_FORM:
            return None
        return dict(parse_qsl(self.rfile.read(int(size)).decode("utf-8", "replace")))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the standard library
        """Keep no log."""

    def _answer(self, *, with_content: bool) -> None:
        if self.headers.get("Host", "") not in self._own_names():
            # Another site's name that leads here: a page elsewhere that tries to read what is not published yet.
            self._send(Answer(421, "a.txt", b"this preview answers to localhost only\n"), with_content=with_content)
            return
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS_PATH and with_content:
            self._stream()
        else:
            self._send(self.server.answers.answer(path), with_content=with_content)

    def _own_names(self) -> set[str]:
        port = self.server.server_port
        return {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())  # noqa: PLR2004 - HTTP's own

    def _send(self, answer: Answer, *, with_content: bool) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", TYPES.get(answer.name.rpartition(".")[2], "application/octet-stream"))
        self.send_header("Content-Length", str(len(answer.content)))
        if answer.status == 200 and not answer.name.endswith(_OF_PAGES):  # noqa: PLR2004 - HTTP's own
            # Whoever saves a file from here can tell it from a published one by its name.
            name = quote(answer.name.rpartition("/")[2])
            self.send_header("Content-Disposition", f'inline; filename="voorvertoning-{name}"')
        if answer.location:
            self.send_header("Location", quote(answer.location))
        self._end_headers()
        if with_content:
            self.wfile.write(answer.content)

    def _stream(self) -> None:
        """Server-sent events: the mark now, and again after every change; a comment when nothing happens."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self._end_headers()
        sent = ""
        while True:
            mark = self.server.answers.wait(sent, HEARTBEAT)
            self.wfile.write(b": still here\n\n" if mark == sent else f"retry: 500\ndata: {mark}\n\n".encode())
            self.wfile.flush()
            sent = mark

    def _end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
