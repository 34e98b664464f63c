"""The public side runs in a process of its own: what it may not know, it cannot find, because it is not there.

In this process is the source. The other one starts isolated and with an empty environment, and is handed the canonical
JSON of the public records, the pages, the templates and the public certificates: nothing else, by no other way. On
Linux it can open no file and no connection from then on (`public/confinement.py`). It stays warm for the next site.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import IO, NotRequired, TypedDict

from tweeluik.paper.letters import pictures
from tweeluik.problems import BuildFailed, Place, Problem, SourceHasProblems, WrongUsage
from tweeluik.public.groups import Groups, groups_of, text_group, whole
from tweeluik.public.templates import Templates
from tweeluik.record.model import Publication
from tweeluik.record.publication import serialise_publication

PROGRAM = "tweeluik.public.program"
_ROOT = Path(__file__).parents[2]
_NEEDED = ("SYSTEMROOT",) if sys.platform == "win32" else ()
"""What a program cannot start without on that system."""

_FAILURES: dict[str, type[BuildFailed]] = {each.__name__: each for each in (SourceHasProblems, WrongUsage)}
_SIZE = 8
_START = f"import sys; sys.path.insert(0, sys.argv[1]); from {PROGRAM} import main; main()"


class RendererBroke(Exception):
    """A bug on the other side: of what kind, and where."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a site is asked: groups of `public.groups.groups_of`.

    `pages` are the paths of the files that are there already; `taken` the downloads that an earlier answer held under
    `TAKEN`, None: make them; `keep`: answer with what is of use to a next request, in groups of its own.
    """

    groups: tuple[str, ...]
    pages: tuple[str, ...] = ()
    taken: str | None = None
    keep: bool = False


def render_outside(
    publication: Publication, templates: Templates, proofs: Mapping[str, bytes]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Every file of the site, as `public.site.render_site` makes it; and which fences were around it.

    Raises:
        SourceHasProblems: a template or the name of a page is wrong.
        RendererBroke: the other process did not make it.
    """
    groups, fences = render_groups_outside(publication, templates, proofs, Asked(groups_of(publication.pages)))
    return whole(groups, proofs), fences


def render_groups_outside(
    publication: Publication, templates: Templates, proofs: Mapping[str, bytes], asked: Asked
) -> tuple[Groups, tuple[str, ...]]:
    """The groups of files that are asked for; and which fences were around.

    Of a page that is not asked for the text stays on this side.

    Raises:
        SourceHasProblems: as `render_outside`.
        RendererBroke: as there.
    """
    beside = {
        "folder": templates.folder,
        "templates": {**templates.texts, **pictures(_names(publication))},
        "compiled": [(name, len(code)) for name, code in templates.compiled.items()],
        "proofs": {path: data.decode() for path, data in proofs.items()},
        "asked": asked.groups,
        "pages": asked.pages,
        "taken": asked.taken,
        "keep": asked.keep,
    }
    compiled = b"".join(templates.compiled.values())
    pages = tuple(each if text_group(each) in asked.groups else replace(each, text="") for each in publication.pages)
    publication = replace(publication, pages=pages)
    return _renderer().ask(serialise_publication(publication), json.dumps(beside).encode(), compiled)


def _names(publication: Publication) -> Iterable[str]:
    """Everyone who is named anywhere, once."""
    versions = (*publication.releases, *publication.superseded)
    return sorted({name for each in versions for name in each.named})


def warm() -> None:
    """Let the other process start while there is other work."""
    _renderer().start()


def _renderer() -> _Renderer:
    """Every thread has its own: who checks a site in the background is in nobody's way."""
    return _renderer_of(threading.get_ident())


@cache
def _renderer_of(_thread: int) -> _Renderer:
    renderer = _Renderer()
    atexit.register(renderer.close)
    return renderer


class _Renderer:
    """The other process, one request at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._fences: tuple[str, ...] | None = None
        self._busy = threading.Lock()

    def start(self) -> None:
        """Start it, unless it runs; wait for nothing."""
        with self._busy:
            self._started()

    def ask(self, publication: bytes, beside: bytes, compiled: bytes = b"") -> tuple[Groups, tuple[str, ...]]:
        """Hand it a request, and take its answer."""
        with self._busy:
            try:
                given, taken = self._started()
                if self._fences is None:
                    self._fences = tuple(json.loads(_read(taken)))
                fences = self._fences
                for part in (publication, beside, compiled):
                    given.write(len(part).to_bytes(_SIZE) + part)
                given.flush()
                said, files = json.loads(_read(taken)), _read(taken)
            except (OSError, ValueError) as error:
                self._end()
                raise RendererBroke from error
            if not hasattr(os, "fork"):
                self._end()
        return _files(said, files), fences

    def close(self) -> None:
        """Let it end."""
        with self._busy:
            self._end()

    def _started(self) -> tuple[IO[bytes], IO[bytes]]:
        process = self._process
        if process is None:
            process = self._process = subprocess.Popen(  # noqa: S603 (our own program, by its path)
                [sys.executable, "-I", *(["-B"] if sys.dont_write_bytecode else []), "-c", _START, str(_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            )
        if process.stdin is None or process.stdout is None:
            raise OSError
        return process.stdin, process.stdout

    def _end(self) -> None:
        process, self._process, self._fences = self._process, None, None
        if process is None:
            return
        with contextlib.suppress(OSError), process:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _read(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_SIZE)
    part = pipe.read(int.from_bytes(head))
    if len(head) != _SIZE or len(part) != int.from_bytes(head):
        raise OSError
    return part


class _Said(TypedDict):
    """What the renderer says of what it made: the files in their order with their sizes, or why there are none."""

    files: NotRequired[list[tuple[str, str, int]]]
    failure: NotRequired[str]
    problems: NotRequired[list[tuple[tuple[str, int, int], str, str, str]]]
    bug: NotRequired[str]
    at: NotRequired[str]


def _files(said: _Said, files: bytes) -> Groups:
    if "failure" in said:
        problems = (Problem(Place(*place), path, what, hint) for place, path, what, hint in said["problems"])
        raise _FAILURES.get(said["failure"], SourceHasProblems)(tuple(problems))
    if "bug" in said:
        raise RendererBroke(f"{said['bug']} at {said['at']}")
    made, start = dict[str, dict[str, bytes]](), 0
    for group, path, size in said["files"]:
        made.setdefault(group, {})[path] = files[start : start + size]
        start += size
    return made
