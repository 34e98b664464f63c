"""What is made in this process of its input alone, made once in a worker (`tests/once.py` does so for other programs).

For tests that look from outside only: where a test puts a fault in what protects, searches or attacks, what another test had made
would hide it.
"""

from __future__ import annotations

import copyreg
import io
import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, cast

from tests import everything
from tests.once import MOST_KEPT, Kept, Places, told
from tweeluik.checks.audit import auditor, hearing
from tweeluik.checks.audit.auditor import Audited
from tweeluik.checks.audit.auditor import audit as _audit
from tweeluik.checks.audit.hearing import hear as _hear
from tweeluik.checks.guard import leaks
from tweeluik.checks.guard.decoding import Reading
from tweeluik.checks.guard.decoding import readings as _readings
from tweeluik.confidential.bundle import documents
from tweeluik.paper.tags import mark_row_heads as _mark
from tweeluik.paper.typesetting import rasterise as _rasterise
from tweeluik.paper.typesetting import typeset as _typeset
from tweeluik.paper.typesetting import typeset_text as _typeset_text
from tweeluik.pipeline import border, scrutiny
from tweeluik.pipeline.checking import find_new_leaks as _search
from tweeluik.pipeline.freezing import make_publication as _publish
from tweeluik.pipeline.frozen import Frozen
from tweeluik.pipeline.stages import Stages
from tweeluik.protection import editions
from tweeluik.protection.editions import prove_editions as _protect
from tweeluik.public import annex, picture
from tweeluik.record.log import Log
from tweeluik.source import load
from tweeluik.source.inventory import Unseal
from tweeluik.source.load import _load as _read_files
from tweeluik.source.loading import Loading, Parsed
from tweeluik.words.folding import squeeze as _squeeze

_protected, _audited, _heard = Kept[Any](), Kept[Audited](), Kept[hearing.Heard]()
_papers, _marked, _pictures = Kept[bytes](), Kept[bytes](), Kept[tuple[bytes, ...]]()
_published = Kept[Frozen]()
_read = Kept[tuple[Reading, ...]](most=MOST_KEPT * 4)
_parsed = Parsed()


class _Searched(Stages):
    """That a file was searched for these texts without a find, whatever was searched since."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[tuple[str, bytes], bytes] = {}

    def recall(self, name: str, cause: bytes) -> bytes | None:
        return self._found.get((name, cause))

    def remember(self, name: str, cause: bytes, made: bytes = b"") -> None:
        self._found[name, cause] = made


_searched = _Searched()


def parse_once(
    content: Path, unseal: Unseal | None, changes: Mapping[str, str] = MappingProxyType({}), known: Parsed | None = None
) -> Loading:
    """As every reading of a source begins, by the way of a preview: only what is not as it was last is parsed again."""
    return _read_files(content, unseal, changes, _parsed if known is None else known)


def protect_once(*asked: Any, log: Log = (), advise: bool = False) -> Any:
    """As `prove_editions`; apart for who asks what would show more."""
    key = (str(advise).encode(), *map(_pickled, (*asked, log)))
    return _protected.get(lambda: _protect(*asked, log=log, advise=advise), key)


def audit_once(files: Mapping[str, bytes], claims: Any) -> Audited:
    """As `audit`."""
    return _audited.get(lambda: _audit(files, claims), (*told(files), _pickled(claims)))


def hear_once(files: Mapping[str, bytes], handed: Any) -> hearing.Heard:
    """As `hear`."""
    return _heard.get(lambda: _hear(files, handed), (*told(files), _pickled(handed)))


def search_once(files: Any, secrets: Any, exemptions: Any, stages: Stages | None) -> Any:
    """As `find_new_leaks`, for which nothing is new that any test had searched."""
    return _search(files, secrets, exemptions, stages or _searched)


def readings_once(data: bytes) -> tuple[Reading, ...]:
    """As `readings`: whatever is looked for in a file, it is read in the same ways."""
    return _read.get(lambda: tuple(_readings(data)), (data,))


def typeset_once(template: Path, data: Mapping[str, object], *, day: date | None = None) -> bytes:
    """As `typeset`: a paper follows from what is in the folder of its template, from its data and its day."""
    files = {each.name: each.read_bytes() for each in template.parent.iterdir() if each.is_file()}
    asked = (*told(files), template.name.encode(), json.dumps(data).encode(), str(day).encode())
    return _papers.get(lambda: _typeset(template, data, day=day), asked)


def annex_once(text: str, data: Mapping[str, object]) -> bytes:
    """As `typeset_text`."""
    return _papers.get(lambda: _typeset_text(text, data), (text.encode(), json.dumps(data).encode()))


def rasterise_once(drawings: Sequence[tuple[str, int, int]]) -> tuple[bytes, ...]:
    """As `rasterise`."""
    return _pictures.get(lambda: _rasterise(drawings), (json.dumps(drawings).encode(),))


def mark_once(document: bytes) -> bytes:
    """As `mark_row_heads`."""
    return _marked.get(lambda: _mark(document), (document,))


squeeze_once = lru_cache(maxsize=MOST_KEPT * 4)(_squeeze)
"""As `squeeze`: what was read in a file has its letters, whatever is looked for in them."""


def publication_once(content: Path, templates: Path, **asked: Any) -> Frozen:
    """As `make_publication`, where a test publishes only to have something published: the checks come with what it does then."""
    files = {str(each): each.read_bytes() for folder in (content, templates) for each in _files_of(folder)}
    named = {path.replace(str(content), "content", 1): data for path, data in files.items()}
    key = (*told(named), repr(sorted(asked.items())).encode())

    def make() -> Frozen:
        with everything.unchecked():
            return _publish(content, templates, **asked)

    return _published.get(make, key)


def _files_of(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {MappingProxyType: lambda given: (dict, (dict(cast("Any", given)),))}


def _pickled(given: object) -> bytes:
    """Two that are pickled alike are equal."""
    made = io.BytesIO()
    _Pickler(made).dump(given)
    return made.getvalue()


def _stand_in(asked: object) -> bytes:
    return sha256(json.dumps(asked).encode()).digest()


def _refuse(*_: object) -> NoReturn:
    raise AssertionError("what is rendered here has no papers and pictures: nobody else may be given it")


DRAWN: Places = (
    (annex, "typeset_text", annex_once), (annex, "mark_row_heads", mark_once), (picture, "rasterise", rasterise_once),
)  # fmt: skip
UNDRAWN: Places = (
    (annex, "typeset_text", lambda text, data: _stand_in((text, data))), (annex, "mark_row_heads", lambda made: made),
    (picture, "rasterise", lambda drawings: tuple(map(_stand_in, drawings))), (border._Renderer, "ask", _refuse),
)  # fmt: skip
"""For tests that read pages alone: a PDF or a picture is a digest of what it would be made of. Nothing is kept of it."""
PARSED: Places = ((load, "_load", parse_once),)
LOOKED_AT: Places = (
    *DRAWN,
    (scrutiny, "find_new_leaks", search_once), (leaks, "readings", readings_once), (leaks, "squeeze", squeeze_once),
)  # fmt: skip
"""What is made and searched once where a test puts its fault in what protects or attacks."""

ONCE: Places = (
    *LOOKED_AT,
    (editions, "prove_editions", protect_once), (auditor, "audit", audit_once), (hearing, "hear", hear_once),
    (everything, "make_publication", publication_once),
    (documents, "typeset", typeset_once), (documents, "mark_row_heads", mark_once),
    *PARSED,
)  # fmt: skip
UNSEARCHED: Places = ((scrutiny, "find_new_leaks", lambda *_asked: ()),)
"""For tests of what numbers tell: that files are searched for names is seen where a leak is put in them."""

AFRESH: Places = (
    (editions, "prove_editions", _protect), (auditor, "audit", _audit), (hearing, "hear", _hear),
    (scrutiny, "find_new_leaks", _search), (everything, "make_publication", _publish), (leaks, "readings", _readings),
    (leaks, "squeeze", _squeeze), (documents, "typeset", _typeset), (documents, "mark_row_heads", _mark),
    (annex, "typeset_text", _typeset_text), (annex, "mark_row_heads", _mark), (picture, "rasterise", _rasterise),
    (load, "_load", _read_files),
)  # fmt: skip
