"""What is published and whatever else there is, served from memory on this machine only, made again on every change.

Every page has a bar that says so, and every file about an edition that is not published says so itself. While the
source is broken its problems stand above the last site that was good.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from tweeluik.cli.bug import describe_bug
from tweeluik.cli.console import Console
from tweeluik.cli.preview_server import Answer, PreviewServer
from tweeluik.cli.telling import as_screen, nothing
from tweeluik.problems import BuildFailed, Problem

Make = Callable[[], Mapping[str, bytes]]
Tell = Callable[[tuple[Problem, ...]], tuple[str, ...]]

SCRIPT_PATH = "/-/preview.js"
STYLE_PATH = "/-/preview.css"
EVENTS_PATH = "/-/events"

# The pages' own Content-Security-Policy allows scripts and connections of the same origin; this is all that uses it.
SCRIPT = b"""const seen = document.currentScript.dataset.version;
new EventSource("/-/events").onmessage = (event) => { if (event.data !== seen) location.reload(); };
"""
STYLE = b"""#proefdruk { margin: 0; padding: .4rem 1.5rem; background: #222; color: #fff;
  font: 1rem/1.5 system-ui, sans-serif; }
#voorvertoning { margin: 0; padding: 1rem 1.5rem; background: #fff4d6; color: #222;
  border-bottom: 3px solid #a40000; font: 1rem/1.5 system-ui, sans-serif; }
#voorvertoning li { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
"""
_EMPTY_PAGE = (
    b'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Voorvertoning</title></head><body></body>'
)


@dataclass(frozen=True, slots=True)
class Shot:
    """What stands in the window: the last good site, and what is wrong with the source since.

    `problems` are in Dutch, as the page is; `told` is the same for the terminal.
    """

    version: int
    files: Mapping[str, bytes]
    problems: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Preview:
    """Makes the site again when told, and answers what a browser asks."""

    def __init__(self, make: Make, run: str, tell: Tell) -> None:
        """`run` differs from every other run, so that a browser notices a restart; `tell` puts problems in words."""
        self._make, self._run, self._tell = make, run, tell
        self._changed = threading.Condition()
        self._shot = Shot(0, {})

    def renew(self) -> Shot:
        """Make the site again; a failure keeps the files and brings its problems."""
        shot = self._next()
        with self._changed:
            self._shot = shot
            self._changed.notify_all()
        return shot

    def _next(self) -> Shot:
        last, version = self._shot.files, self._shot.version + 1
        try:
            return Shot(version, self._make())
        except BuildFailed as failure:
            in_dutch = tuple(as_screen(failure.problems, "nl", excerpt=nothing))
            return Shot(version, last, in_dutch, self._tell(failure.problems))
        except Exception as bug:  # noqa: BLE001 - its message may quote the source
            described = (describe_bug(bug),)
            return Shot(version, last, described, described)

    def wait(self, seen: str, seconds: float) -> str:
        """The mark of what stands in the window: at once when it is news, else after a change or so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._mark(self._shot) != seen, seconds)
            return self._mark(self._shot)

    def _mark(self, shot: Shot) -> str:
        return f"{self._run}.{shot.version}"

    def answer(self, path: str) -> Answer:
        """The file at an address, a redirect to a folder's page, or the page that nothing was found."""
        if path in {SCRIPT_PATH, STYLE_PATH}:
            return Answer(200, path, SCRIPT if path == SCRIPT_PATH else STYLE)
        shot = self._shot
        name = path.removeprefix("/")
        file = f"{name}index.html" if name.endswith("/") or not name else name
        if file not in shot.files and f"{name}/index.html" in shot.files:
            return Answer(301, "", b"", location=f"/{name}/")
        if not shot.files:
            return Answer(200, "index.html", self._with_news(shot, _EMPTY_PAGE))
        if file not in shot.files:
            return Answer(404, "404.html", self._with_news(shot, shot.files.get("404.html", _EMPTY_PAGE)))
        content = shot.files[file]
        return Answer(200, file, self._with_news(shot, content) if file.endswith(".html") else content)

    def _with_news(self, shot: Shot, page: bytes) -> bytes:
        """A page with the script that reloads it, the mark of a preview and the problems of a broken source."""
        head = (
            f'<link rel="stylesheet" href="{STYLE_PATH}"><script src="{SCRIPT_PATH}" data-version="{self._mark(shot)}">'
        )
        page = page.replace(b"</head>", f"{head}</script></head>".encode(), 1)
        start = page.find(b"<body")
        end = page.find(b">", start) + 1
        news = f"{MARK}{_problem_box(shot) if shot.problems else ''}".encode()
        return page[:end] + news + page[end:] if start >= 0 else page


MARK = (
    '<aside id="proefdruk"><strong>Proefdruk</strong>, alleen op deze computer. Wat hier concept heet, is nog niet '
    "gepubliceerd.</aside>"
)


def _problem_box(shot: Shot) -> str:
    items = "".join(f"<li>{html.escape(each)}</li>" for each in shot.problems)
    below = "Hieronder staat de laatste versie die wel klopte." if shot.files else "Er is nog geen versie die klopte."
    title = f"De bron klopt niet: {len(shot.problems)} melding{'en' if len(shot.problems) > 1 else ''}."
    return f'<aside id="voorvertoning" role="alert"><p><strong>{title}</strong> {below}</p><ul>{items}</ul></aside>'


def serve(make: Make, *watched: Path, port: int, run: str, console: Console) -> None:
    """Serve until Ctrl-C, and make the site again whenever something below the `watched` folders changes.

    Raises:
        WrongUsage: the port is taken.
    """
    preview = Preview(make, run, console.lines_of)
    say = console.say
    with PreviewServer(preview, port) as server:
        _tell(preview.renew(), say)
        say(f"http://127.0.0.1:{server.port}/ (Ctrl-C ends it)")
        try:
            for _ in watch(*watched, debounce=200, step=20):
                _tell(preview.renew(), say)
        except KeyboardInterrupt:
            say("the preview has ended")


def _tell(shot: Shot, say: Callable[[str], None]) -> None:
    for line in shot.told:
        say(line)
    if not shot.problems:
        say(f"{len(shot.files)} files")
