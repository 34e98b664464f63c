"""What is published and whatever else there is, served from memory on this machine only, made again on every change.

Every page has a bar that says so, and every file about an edition that is not published says so itself. While the
source is broken its problems stand above the last site that was good.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from watchfiles import watch

from tweeluik.cli.background import Following
from tweeluik.cli.bug import describe_bug
from tweeluik.cli.console import Console
from tweeluik.cli.preview_cards import NOTHING, Card, cards_of
from tweeluik.cli.preview_server import SCRIPT_PATH, STYLE_PATH, Answer, PreviewServer
from tweeluik.cli.preview_style import SCRIPT, STYLE
from tweeluik.cli.preview_window import EMPTY_PAGE, MARK, Shot, problem_box
from tweeluik.cli.workbench import PAGE as CHANGES
from tweeluik.cli.workbench import Workbench
from tweeluik.problems import BuildFailed, Problem

Make = Callable[[], Mapping[str, bytes]]
Tell = Callable[[tuple[Problem, ...]], tuple[str, ...]]


class Preview:
    """Makes the site again when told, and answers what a browser asks."""

    def __init__(self, make: Make, run: str, tell: Tell, workbench: Workbench | None = None) -> None:
        """`run` differs from every other run, so that a browser notices a restart; `tell` puts problems in words.

        `workbench`: mends what is wrong, for whoever has its address.
        """
        self._workbench = workbench
        self._make, self._run, self._tell = make, run, tell
        self._changed = threading.Condition()
        self._shot = Shot(0, {})
        self._drafted = 0

    def renew(self) -> Shot:
        """Make the whole site again; a failure keeps the files and brings its problems.

        Nothing comes into the window when a later change was drafted meanwhile: that one is made whole next.
        """
        drafted = self._drafted
        shot = self._next(self._make)
        with self._changed:
            is_news = (shot.files, shot.told) != (self._shot.files, self._shot.told) or not self._shot.version
            if drafted == self._drafted and is_news:
                self._show(shot)
            return self._shot

    def draft(self, make: Make) -> Shot:
        """Show what is made in a hurry; the whole site, with every check, follows. A bug in it is nobody's news."""
        with _first_in_line():
            shot = self._next(make)
        with self._changed:
            self._drafted += 1
            if not shot.is_broken:
                self._show(shot)
            return self._shot

    @property
    def shot(self) -> Shot:
        """What stands in the window."""
        return self._shot

    def _show(self, shot: Shot) -> None:
        self._shot = replace(shot, version=self._shot.version + 1)
        self._changed.notify_all()

    def _next(self, make: Make) -> Shot:
        last, version = self._shot.files, self._shot.version + 1
        try:
            return Shot(version, make())
        except BuildFailed as failure:
            return Shot(version, last, self._cards(failure.problems), self._tell(failure.problems))
        except Exception as bug:  # noqa: BLE001 - its message may quote the source
            described = describe_bug(bug)
            return Shot(version, last, (Card(described, "", (), 0, "", ""),), (described,), is_broken=True)

    def _cards(self, problems: tuple[Problem, ...]) -> tuple[Card, ...]:
        offer = NOTHING if self._workbench is None else self._workbench.offer(problems)
        return tuple(cards_of(problems, offer))

    def wait(self, seen: str, seconds: float) -> str:
        """The mark of what stands in the window: at once when it is news, else after a change or so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._mark(self._shot) != seen, seconds)
            return self._mark(self._shot)

    def _mark(self, shot: Shot) -> str:
        return f"{self._run}.{shot.version}"

    def answer(self, path: str) -> Answer:
        """The file at an address, a redirect to a folder's page, or the page that nothing was found.

        Below the address of the workbench stand the same pages, with buttons, and those of changes.
        """
        bench = self._workbench
        if bench is None or not bench.is_ours(path):
            return self._answer(path, "")
        file = bench.file_of(path)
        if file is not None:
            return bench.show(file)
        found = self._answer(f"/{path.removeprefix(bench.prefix)}", f"{bench.prefix}{CHANGES}")
        return replace(found, location=f"{bench.prefix}{found.location[1:]}") if found.location else found

    def change(self, path: str, form: Mapping[str, str]) -> Answer:
        """Mend a file of the source, as the page of that change asks."""
        file = None if self._workbench is None else self._workbench.file_of(path)
        if self._workbench is None or file is None:
            return Answer(501, "a.txt", b"there is nothing to change here\n")
        return self._workbench.change(file, form)

    def _answer(self, path: str, mending: str) -> Answer:
        if path in {SCRIPT_PATH, STYLE_PATH}:
            return Answer(200, path, SCRIPT if path == SCRIPT_PATH else STYLE)
        shot = self._shot
        name = path.removeprefix("/")
        file = f"{name}index.html" if name.endswith("/") or not name else name
        if file not in shot.files and f"{name}/index.html" in shot.files:
            return Answer(301, "", b"", location=f"/{name}/")
        if not shot.files:
            return Answer(200, "index.html", self._with_news(shot, EMPTY_PAGE, mending))
        if file not in shot.files:
            return Answer(404, "404.html", self._with_news(shot, shot.files.get("404.html", EMPTY_PAGE), mending))
        content = shot.files[file]
        return Answer(200, file, self._with_news(shot, content, mending) if file.endswith(".html") else content)

    def _with_news(self, shot: Shot, page: bytes, mending: str) -> bytes:
        """A page with the script that reloads it, the mark of a preview and the problems of a broken source."""
        head = (
            f'<link rel="stylesheet" href="{STYLE_PATH}"><script src="{SCRIPT_PATH}" data-version="{self._mark(shot)}">'
        )
        page = page.replace(b"</head>", f"{head}</script></head>".encode(), 1)
        start = page.find(b"<body")
        end = page.find(b">", start) + 1
        news = f"{MARK}{problem_box(shot, mending) if shot.problems else ''}".encode()
        return page[:end] + news + page[end:] if start >= 0 else page


@contextlib.contextmanager
def _first_in_line() -> Iterator[None]:
    """A draft does not wait for the whole site that is made behind it: at every file that it reads it would.

    Python lets a thread that works go on for so long before another one that waits has its turn.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_AT_ONCE)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


_AT_ONCE = 0.0001
"""Seconds; a fiftieth of what Python does by itself."""


def serve(make: Make, draft: Make, *watched: Path, port: int, run: str, console: Console, workbench: Workbench) -> None:
    """Serve until Ctrl-C; on every change below the `watched` folders show a draft, and the whole site after it.

    Raises:
        WrongUsage: the port is taken.
    """
    preview = Preview(make, run, console.lines_of, workbench)
    say = console.say
    with PreviewServer(preview, port) as server:
        following = Following(lambda: _follow(preview, say))
        try:
            # What changes before anybody watches would be missed: the first, empty answer tells that it is watched.
            changes = watch(*watched, debounce=200, step=10, yield_on_timeout=True, rust_timeout=_EVERY)
            next(changes)
            _tell(preview.renew(), say)
            say(f"http://127.0.0.1:{server.port}/ (Ctrl-C ends it)")
            say(f"http://127.0.0.1:{server.port}{workbench.prefix} (the same, with buttons that mend the source)")
            preview.draft(draft)
            for found in changes:
                if found:
                    # Twice: neither while a draft is made nor right behind it does anything else want the processor.
                    following.soon()
                    _tell(preview.draft(draft), say)
                    following.soon()
        except KeyboardInterrupt:
            say("the preview has ended")


def _follow(preview: Preview, say: Callable[[str], None]) -> None:
    """The whole site after a draft; told only when it is something else."""
    before = preview.shot
    after = preview.renew()
    if after is not before:
        _tell(after, say)


_EVERY = 200
"""Milliseconds after which the watcher answers though nothing changed."""


def _tell(shot: Shot, say: Callable[[str], None]) -> None:
    for line in shot.told:
        say(line)
    if not shot.problems:
        say(f"{len(shot.files)} files")
