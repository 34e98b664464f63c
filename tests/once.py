"""What other programs make of their input alone, a worker makes once: the tests ask for the same sites over and over.

The renderer and the maker of public certificates are programs that are handed bytes and know nothing else
(`pipeline/border.py`, `pipeline/outsider.py`): what they answered to the very same bytes stands for their answer, in every test, and
once they have started their own code is run here. That they give the same again, and keep to themselves, is no business of this: tests
of that, and of what breaks, use the fixture `afresh`. So is a text of the source: it is made into nodes once, whatever test reads it again.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from hashlib import sha256
from types import CodeType
from typing import Generic, TypeVar
from unittest import mock

from jinja2.bccache import Bucket, BytecodeCache

from tweeluik.checks.audit.outsider import prove
from tweeluik.pipeline import border, checking
from tweeluik.pipeline.outsider import prove_outside as _prove
from tweeluik.public import program, rendering
from tweeluik.public.groups import COMPILED, TAKEN, USED, Groups
from tweeluik.public.templates import Compiled
from tweeluik.source import loading
from tweeluik.source.reader import read_yaml as _read_yaml

Answer = tuple[Groups, tuple[str, ...]]
Made = TypeVar("Made")
Places = tuple[tuple[object, str, object], ...]
Program = tuple[CodeType, bytes]

MOST_KEPT = 256
"""Answers of a kind, unless it says so; the one that was asked for longest ago goes."""


class Kept(Generic[Made]):
    """Answers by the bytes that asked for them."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: OrderedDict[bytes, Made] = OrderedDict()
        self._most = most

    def get(self, make: Callable[[], Made], asked: Iterable[bytes]) -> Made:
        """The answer; made when nobody asked for it before."""
        key = sha256(b"".join(sha256(part).digest() for part in asked)).digest()
        if key not in self._kept:
            self._kept[key] = make()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


_ask = border._Renderer.ask
_answers, _proofs = Kept[Answer](), Kept[dict[str, bytes]]()
_fences: list[tuple[str, ...]] = []
_compiled: dict[str, dict[str, bytes]] = {}
"""Templates as they were compiled, by the digest of their texts: a program each, of nothing but the text."""


def ask_once(renderer: border._Renderer, publication: bytes, beside: bytes, compiled: bytes = b"") -> Answer:
    """As the renderer answers, with templates that were compiled for an earlier request."""
    groups, fences = _answers.get(
        lambda: _asked(renderer, publication, beside, compiled), (publication, beside, compiled)
    )
    return {name: dict(files) for name, files in groups.items()}, fences


def _asked(renderer: border._Renderer, publication: bytes, beside: bytes, compiled: bytes) -> Answer:
    said = json.loads(beside)
    known = _compiled.setdefault(sha256(json.dumps(said["templates"]).encode()).hexdigest(), {})
    given = compiled or b"".join(known.values())
    told = {} if compiled else {"compiled": [(name, len(code)) for name, code in known.items()]}
    groups, fences = _rendered(renderer, publication, json.dumps({**said, **told, "keep": True}).encode(), given)
    fresh = dict(groups.get(COMPILED, {}))
    known.update(fresh)
    if said["keep"]:
        return {**groups, COMPILED: fresh if compiled else dict(known)}, fences
    return {name: files for name, files in groups.items() if name not in {TAKEN, COMPILED, USED}}, fences


def _rendered(renderer: border._Renderer, publication: bytes, beside: bytes, compiled: bytes) -> Answer:
    """The first time by the program itself, which says what fences it has; then by the same code in this process."""
    if not _fences:
        groups, fences = _ask(renderer, publication, beside, compiled)
        _fences.append(fences)
        return groups, fences
    said, files = program._answer(publication, beside, compiled)
    return border._files(json.loads(json.dumps(said)), files), _fences[0]


def prove_once(records: Mapping[str, bytes]) -> dict[str, bytes]:
    """As the program of the public certificates answers, without starting it: `test_outsider.py` holds them together."""
    return dict(_proofs.get(lambda: _proven(records), told(records)))


def _proven(records: Mapping[str, bytes]) -> dict[str, bytes]:
    try:
        return prove(records)
    except Exception:  # noqa: BLE001 - however it breaks, the program says how the build is told of it
        return _prove(records)


def told(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """What names files, in one order."""
    for path, data in sorted(files.items()):
        yield path.encode()
        yield data


_keep = rendering._kept
_programs: dict[tuple[str, str, str], Program] = {}
"""Templates as programs, with their bytes, by name, file and digest of the text; and the first of any file."""


_given: dict[tuple[bytes, str], CodeType | None] = {}
"""Templates as programs that were handed over as bytes; None for what is no program of this text."""


class _Programs(BytecodeCache):
    """As what the renderer keeps, where a template with the same name and text is compiled once, wherever it lies."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return f"{name}\0{filename}"

    def load_bytecode(self, bucket: Bucket) -> None:
        name, _, file = bucket.key.partition("\0")
        made, given = _programs.get((name, file, bucket.checksum)), self._compiled.get(bucket.key)
        if given is not None and (made is None or made[1] != given):
            known = _given.get((given, bucket.checksum))
            if known is None:
                bucket.bytecode_from_string(given)
                _given[given, bucket.checksum] = bucket.code
            else:
                bucket.code = known
        elif made is not None:
            bucket.code, self._compiled[bucket.key] = made
        elif (elsewhere := _programs.get((name, "", bucket.checksum))) is not None:
            bucket.code = _in_file(elsewhere[0], file)
            self.dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        name, _, file = bucket.key.partition("\0")
        made = bucket.code, bucket.bytecode_to_string()
        self._compiled[bucket.key] = made[1]
        _programs[name, file, bucket.checksum] = made
        _programs.setdefault((name, "", bucket.checksum), made)


def _in_file(program: CodeType, file: str) -> CodeType:
    """The same program, of a template that lies somewhere else."""
    inner = tuple(_in_file(each, file) if isinstance(each, CodeType) else each for each in program.co_consts)
    return program.replace(co_filename=file, co_consts=inner)


read_yaml_once = lru_cache(maxsize=MOST_KEPT * 4)(_read_yaml)
"""As `read_yaml`: nodes and problems follow from the text and its place alone, and nobody can change them."""

ONCE: Places = (
    (border._Renderer, "ask", ask_once), (checking, "prove_outside", prove_once), (loading, "read_yaml", read_yaml_once),
    (rendering, "_kept", _Programs),
)  # fmt: skip
AFRESH: Places = (
    (border._Renderer, "ask", _ask), (checking, "prove_outside", _prove), (loading, "read_yaml", _read_yaml),
    (rendering, "_kept", _keep),
)  # fmt: skip


@contextmanager
def put(places: Places) -> Iterator[None]:
    """These in their places, and after it what stood there."""
    with ExitStack() as stack:
        for owner, name, what in places:
            stack.enter_context(mock.patch.object(owner, name, what))
        yield
