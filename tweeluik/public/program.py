"""The public side as a program: on its standard input come publications with their templates, on its output sites.

It imports what it needs, gives up the rest (`confinement`), and says which fences hold. Then it forks for every
request, before anything of it is read, so that no site can know of another one. Without `fork` it answers one and ends.

A request and an answer are parts, each behind its length in eight bytes. A request: the publication; the templates,
certificates and what is asked as JSON; compiled templates one after the other. An answer: JSON, and the files one
after the other.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from datetime import date
from traceback import extract_tb
from typing import TypedDict

from tweeluik.paper import typesetting
from tweeluik.problems import BuildFailed
from tweeluik.public.confinement import confine
from tweeluik.public.downloads import parse_taken, serialise_taken
from tweeluik.public.groups import COMPILED, TAKEN, USED, WITH_DOWNLOADS, Groups, Used
from tweeluik.public.markdown import render_markdown
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.public.site import render_groups, taken_of
from tweeluik.public.templates import Templates
from tweeluik.record.model import Publication
from tweeluik.record.publication import parse_publication
from tweeluik.words import dutch

_INPUT, _OUTPUT = 0, 1
_SIZE = 8
_NO_MORE = 3


def main() -> None:
    """Serve until the input ends."""
    _warm()
    # A fork lives for one request: it need not look for cycles, nor copy the pages of what was there before it.
    gc.disable()
    gc.freeze()
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
    said, files = _answer(publication, _read() or b"{}", _read() or b"")
    _write(json.dumps(said).encode())
    _write(files)
    return 0


def _answer(publication: bytes, beside: bytes, compiled: bytes) -> tuple[dict[str, object], bytes]:
    try:
        groups = _groups(parse_publication(publication), json.loads(beside), compiled)
    except BuildFailed as failure:
        problems = [astuple(each) for each in failure.problems]
        return {"failure": type(failure).__name__, "problems": problems}, b""
    except Exception as bug:  # noqa: BLE001 - told as where it is and of what kind; its message may quote anything
        where = [f"{each.filename}:{each.lineno}" for each in extract_tb(bug.__traceback__)]
        return {"bug": type(bug).__name__, "at": where[-1]}, b""
    files = [(group, path, data) for group, made in groups.items() for path, data in made.items()]
    return {"files": [(group, path, len(data)) for group, path, data in files]}, b"".join(data for _, _, data in files)


class _Beside(TypedDict):
    """What a request holds beside the publication; `taken` are the downloads, where they were made before.

    `compiled` are the names and sizes of templates that were compiled before.
    """

    folder: str
    templates: dict[str, str]
    compiled: list[tuple[str, int]]
    proofs: dict[str, str]
    asked: list[str]
    pages: list[str]
    taken: str | None
    keep: bool


def _groups(publication: Publication, beside: _Beside, compiled: bytes) -> Groups:
    known = dict(_parted(beside["compiled"], compiled))
    templates = Templates(beside["folder"], beside["templates"], {**known})
    proofs = {path: text.encode() for path, text in beside["proofs"].items()}
    given, asked, used = beside["taken"], beside["asked"], Used()
    is_new = "downloads" in asked or (given is None and not WITH_DOWNLOADS.isdisjoint(asked))
    if is_new:
        taken = taken_of(publication, templates.noted(used.setdefault("downloads", set())))
    else:
        taken = {} if given is None else parse_taken(given)
    groups = render_groups(publication, templates, proofs, taken, asked, beside["pages"], used)
    if not beside["keep"]:
        return groups
    fresh = {name: code for name, code in templates.compiled.items() if known.get(name) != code}
    names = json.dumps({group: sorted(names) for group, names in used.items()}).encode()
    kept = {TAKEN: {TAKEN: serialise_taken(taken).encode()}} if is_new else {}
    return {**groups, **kept, COMPILED: fresh, USED: {USED: names}}


def _parted(sizes: Iterable[tuple[str, int]], whole: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, size in sizes:
        yield name, whole[start : start + size]
        start += size


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
