"""Whether a site stands as this source, these templates and this program made it: then a build has nothing to do.

That is not believed because somebody says so. The site is read byte for byte and held against its manifest, the source
and the templates are read byte for byte; only that *these* made *that*, with every check passed, is remembered, signed
with the key of the source (`disk/memo.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self, TypedDict, cast

from tweeluik.cli.console import Told
from tweeluik.disk.fingerprint import fingerprint
from tweeluik.disk.installed import program_mark
from tweeluik.disk.lock import only_one
from tweeluik.disk.manifest import digest, is_whole
from tweeluik.disk.memo import Memo, private_cache
from tweeluik.disk.reading import NotPlain, read_plain

KEY_FILE = "protection.key"
_PUBLIC = "public"
"""The templates that a site is made with."""

Unseal = Callable[[bytes], bytes]
"""As in `source/inventory.py`: raises `CannotUnseal`."""


class _Kept(TypedDict):
    """An entry: from what the site with this manifest was made, and what was said of it."""

    made_from: str
    manifest: str
    lines: list[str]
    warnings: list[str]
    data: Mapping[str, object]


class Inputs(NamedTuple):
    """All that a site follows from; `settings` are the options, and how a result is said."""

    content: Path
    templates: Path
    identities: tuple[Path, ...]
    settings: tuple[object, ...]

    def digests(self, program: bytes) -> tuple[str, str]:
        """Of what there is, byte for byte; and of what the system notes of it, which every writing changes.

        Raises:
            NotPlain: a part of it is no plain file, or cannot be read.
        """
        content, templates = fingerprint(self.content), fingerprint(self.templates / _PUBLIC)
        keys = b"".join(sha256(read_plain(each)).digest() for each in self.identities)
        whole = (content.content, templates.content, program, keys, repr(self.settings).encode())
        return _digest(whole), _digest((content.touched, templates.touched))


class LastBuild:
    """What is remembered of the last build into a folder."""

    def __init__(self, inputs: Inputs, site: Path, memo: Memo) -> None:
        """Look at the inputs as they are now, before anything is read for another reason.

        Raises:
            NotPlain: as `Inputs.digests`.
        """
        self._inputs, self._site, self._memo = inputs, Path.cwd() / site, memo
        self._name, self._parts = f"the site in {self._site}", f"parts of the site in {self._site}"
        self.program = program_mark()
        self._made_from, self._touched = inputs.digests(self.program)

    @classmethod
    def of(cls, inputs: Inputs, site: Path, *, unseal: Unseal | None, environment: Mapping[str, str]) -> Self | None:
        """None where nothing can be remembered: without a key, without a private place, or with links in the source."""
        folder = private_cache(environment, site, inputs.content, inputs.templates)
        key = None if folder is None else _key(inputs.content, unseal)
        if folder is None or key is None:
            return None
        try:
            return cls(inputs, site, Memo(folder, key))
        except NotPlain:
            return None

    def told(self) -> Told | None:
        """What was said of it, if it was made of the same and stands there whole; None: it is to be made."""
        kept = self._kept()
        if kept is None or kept["made_from"] != self._made_from:
            return None
        try:
            with only_one(self._site):  # another run may be changing it just now
                stands = is_whole(self._site, kept["manifest"])
        except OSError:
            return None
        return Told(tuple(kept["lines"]), kept["data"], tuple(kept["warnings"]), is_final=True) if stands else None

    def remember(self, told: Told, *, without: Iterable[str]) -> None:
        """Keep what was said, but for its last line and these data, unless anybody wrote to the source meanwhile."""
        manifest = digest(self._site)
        try:
            is_same = (self._made_from, self._touched) == self._inputs.digests(program_mark())
        except NotPlain:
            is_same = False
        if manifest is None or not is_same:
            self._memo.forget(self._name)
            return
        data = {name: value for name, value in told.data.items() if name not in without}
        kept: _Kept = {
            "made_from": self._made_from,
            "manifest": manifest,
            "lines": [str(each) for each in told.lines[:-1]],
            "warnings": [str(each) for each in told.warnings],
            "data": data,
        }
        self._memo.remember(self._name, json.dumps(kept).encode())

    def parts(self) -> bytes | None:
        """The stages of the build before, as `remember_parts` was given them."""
        return self._memo.recall(self._parts)

    def remember_parts(self, packed: bytes) -> None:
        """Keep the stages of a build for the next one."""
        self._memo.remember(self._parts, packed)

    def digest_key(self) -> bytes:
        """With what stages make digests of what is confidential."""
        return self._memo.derived(b"stages")

    def _kept(self) -> _Kept | None:
        entry = self._memo.recall(self._name)
        return None if entry is None else cast("_Kept", json.loads(entry))  # what is signed we wrote


def _key(content: Path, unseal: Unseal | None) -> bytes | None:
    """The protection key, in clear or sealed."""
    try:
        return read_plain(content / KEY_FILE).strip() or None
    except NotPlain:
        return None if unseal is None else _sealed_key(content, unseal)


def _sealed_key(content: Path, unseal: Unseal) -> bytes | None:
    from tweeluik.source.inventory import SEALED, CannotUnseal  # noqa: PLC0415 - takes time

    try:
        return unseal(read_plain(content / f"{KEY_FILE}{SEALED}")).strip() or None
    except (NotPlain, CannotUnseal):
        return None


def _digest(parts: Iterable[bytes]) -> str:
    return sha256(b"".join(len(each).to_bytes(8) + each for each in parts)).hexdigest()
