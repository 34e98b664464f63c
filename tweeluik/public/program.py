"""The public side as a program: on its standard input come publications with their templates, on its output sites.

It imports what it needs, gives up the rest (`confinement`), and says which fences hold. Then it forks for every
request, before anything of it is read, so that no site can know of another one. Without `fork` it answers one and ends.

A request and an answer are parts, each behind its length in eight bytes. A request: the publication, and the templates
and certificates as JSON. An answer: JSON, and the files one after the other.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from traceback import extract_tb
from typing import Any

from tweeluik.paper import tags, typesetting
from tweeluik.problems import BuildFailed
from tweeluik.public.confinement import confine
from tweeluik.public.markdown import render_markdown
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.public.site import render_site
from tweeluik.public.templates import Templates
from tweeluik.record.publication import parse_publication
from tweeluik.words import dutch

_INPUT, _OUTPUT = 0, 1
_SIZE = 8
_NO_MORE = 3


def main() -> None:
    """Serve until the input ends."""
    _warm()
    _write(json.dumps(confine()).encode())
    if not hasattr(os, "fork"):
        _answer_one()
        return
    while True:
        child = os.fork()
        if child == 0:
            _end(_answer_one)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            return


def _warm() -> None:
    """A little of everything that reads a file the first time: later nothing can be read any more.

    But no typesetting: that starts threads, and of a process with threads no fork is whole.
    """
    import encodings.unicode_escape  # noqa: F401, PLC0415
    import zipfile  # noqa: F401, PLC0415

    tags.load()
    typesetting.load()
    dutch.day(date.min)
    dutch.number(1000)
    render_markdown("*a*")
    with contextlib.suppress(BuildFailed):
        Renderer(Templates("", {"a": "{{ b }}"})).page("a", Shell("", "", ""))


def _end(work: Callable[[], int]) -> None:
    """Work in a forked process, which may never go on with what its parent does."""
    code = 1
    try:
        code = work()
    finally:
        os._exit(code)


def _answer_one() -> int:
    publication = _read()
    if publication is None:
        return _NO_MORE
    said, files = _answer(publication, _read() or b"{}")
    _write(json.dumps(said).encode())
    _write(files)
    return 0


def _answer(publication: bytes, beside: bytes) -> tuple[dict[str, object], bytes]:
    try:
        raw: dict[str, Any] = json.loads(beside)
        proofs = {path: text.encode() for path, text in raw["proofs"].items()}
        files = render_site(parse_publication(publication), Templates(raw["folder"], raw["templates"]), proofs)
    except BuildFailed as failure:
        problems = [astuple(each) for each in failure.problems]
        return {"failure": type(failure).__name__, "problems": problems}, b""
    except Exception as bug:  # noqa: BLE001 - told as where it is and of what kind; its message may quote anything
        where = [f"{each.filename}:{each.lineno}" for each in extract_tb(bug.__traceback__)]
        return {"bug": type(bug).__name__, "at": where[-1]}, b""
    return {"files": [(path, len(data)) for path, data in files.items()]}, b"".join(files.values())


# --- parts ------------------------------------------------------------------------------------------------------------


def _read() -> bytes | None:
    """The next part; None when there is none any more."""
    size = _exactly(_SIZE)
    return None if size is None else _exactly(int.from_bytes(size))


def _exactly(size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = os.read(_INPUT, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(part: bytes) -> None:
    whole = memoryview(len(part).to_bytes(_SIZE) + part)
    while whole:
        whole = whole[os.write(_OUTPUT, whole) :]
