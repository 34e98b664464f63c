"""The last line of defence: a reader with a search program, who knows every value that must stay inside.

A find is reported by file, line and the field it comes from, never by what was found. A file that cannot be read is a
failure. What counts as a find depends on the text (`secret.py`): distinctive texts wherever their letters and digits
follow each other (`letters.py`), in other letters (`disguises.py`) or in pieces (`pieces.py`), words where they are
written as a name (`ordinary.py`), digests wherever they stand (`digests.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tweeluik.checks.guard.decoding import Reading, readings
from tweeluik.checks.guard.digests import Digests, Tried
from tweeluik.checks.guard.disguises import Disguises
from tweeluik.checks.guard.encoded import Runs, runs_in
from tweeluik.checks.guard.escapes import decode
from tweeluik.checks.guard.exemptions import Exemption, Exemptions
from tweeluik.checks.guard.keys import holds_key_or_sealed
from tweeluik.checks.guard.letters import Letters, needed
from tweeluik.checks.guard.lines import Lines
from tweeluik.checks.guard.machine import BytesMachine
from tweeluik.checks.guard.ordinary import Words
from tweeluik.checks.guard.patterns import SHORTEST
from tweeluik.checks.guard.pieces import Pieces
from tweeluik.checks.guard.raw import NotReadable
from tweeluik.checks.guard.secret import Secret
from tweeluik.checks.guard.sums import Sums
from tweeluik.problems import Place, Problem
from tweeluik.words.folding import squeeze

CURE = "take it out of the text or the template that put it there; nothing was published"
CURE_OF_A_WORD = f"{CURE}. If the sentence cannot be written in another way, decide an exception"


def find_leaks(
    files: Mapping[str, bytes],
    secrets: Iterable[Secret],
    exemptions: Iterable[Exemption] = (),
    sums: Sums | None = None,
    tried: Tried | None = None,
) -> Iterator[Problem]:
    """Every file with a text that must stay inside, or that cannot be read; one problem per file, reading and field.

    After them every digest of such a text, and every exemption that was not needed. `sums`: those of all files of the
    site, where these are a part of it. `tried`: see `Digests.find_of_two`.
    """
    secrets = tuple(dict.fromkeys(secrets))
    exempt = Exemptions(exemptions, (each.text for each in secrets))
    guard, digests = _guard_of(secrets).apart_from(sums or Sums(files.values())), Digests()
    for number, path in enumerate(sorted(files), start=1):
        named = tuple(guard.search_name(path, digests))
        # A message never holds a find: not even when the name of the file is one.
        place = Place(f"file {number} of {len(files)}, by name") if named else Place(path)
        yield from dict.fromkeys(each.problem(place) for each in named)
        yield from _in_file(path, files[path], guard, exempt, digests, place)
    yield from _in_digests(digests, secrets, sorted(files), {} if tried is None else tried)
    yield from exempt.find_unused()


@dataclass(frozen=True, slots=True, repr=False)
class _Find:
    where: str
    secret: Secret | None
    """None: an identity or a sealed file."""

    def problem(self, place: Place) -> Problem:
        if self.secret is None:
            return Problem(place, "", f"{self.where}: holds an identity or a sealed file", CURE)
        what = f"{self.where}: holds the {self.secret.field} of a record that must stay inside"
        cure = CURE_OF_A_WORD if self.secret.kind in ("ordinary", "short", "phrase") else CURE
        return Problem(place, "", what, f"see {self.secret.place}; {cure}")


@dataclass(slots=True)
class _Group:
    """The different texts of one kind of place in a file."""

    letters: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    runs: dict[str, Runs] = field(default_factory=dict)


class _Guard:
    """All secrets, to be looked for in any number of files."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        secrets = tuple(secrets)
        self.sums = Sums(())
        by_letters, by_words = list[Secret](), list[Secret]()
        for secret in secrets:
            if secret.kind == "digest":
                continue
            enough = secret.kind == "distinctive" and len(squeeze(secret.text)) >= SHORTEST
            (by_letters if enough else by_words).append(secret)
        distinctive = needed(by_letters)
        self._letters, self._words = Letters(distinctive), Words(by_words)
        self._disguises, self._pieces = Disguises(distinctive), Pieces(distinctive)
        self._machine = BytesMachine(dict.fromkeys((*self._letters.wanted, *self._pieces.wanted)))
        self._secrets = secrets
        self._allowed = tuple(each for each in secrets if each.allowed)

    def with_only(self, secrets: Iterable[Secret]) -> _Guard:
        """The same for these, and for those that may stand somewhere."""
        return _Guard(dict.fromkeys((*secrets, *self._allowed))).apart_from(self.sums)

    def apart_from(self, sums: Sums) -> _Guard:
        """The same, which reads past these sums."""
        other = copy(self)
        other.sums = sums
        return other

    def search_name(self, path: str, digests: Digests) -> Iterator[_Find]:
        """Every find in the name of a file."""
        group = _Group(words=dict.fromkeys(part for way in (path, decode(path)) for part in way.split("/")))
        try:
            group.letters = {each.text: None for each in readings(path.encode(errors="replace"))}
        except NotReadable:
            group.letters = {path: None}
        digests.note(path, "file name", path, runs_in(path))
        yield from self._finds(path, "file name", group, pointed=True)

    def search(self, path: str, data: bytes, exempt: Exemptions, digests: Digests) -> Iterator[_Find]:
        """Every find in a file.

        Raises:
            NotReadable: a part of it can be read in no known way.
        """
        for (where, pointed), group in _grouped(readings(data)).items():
            texts = dict.fromkeys((*group.letters, *group.words))
            rest = dict(zip(texts, self.sums.without(path, texts), strict=True))
            yield from self._longer(path, where, group, exempt, rest, pointed=pointed)
            group.letters = dict.fromkeys(exempt.without(path, [rest[each] for each in group.letters]))
            group.words = dict.fromkeys(exempt.without(path, [rest[each] for each in group.words]))
            for text, runs in group.runs.items():
                digests.note(path, where, text, self.sums.others(runs))
            yield from self._finds(path, where, group, pointed=pointed)

    def _longer(
        self, path: str, where: str, group: _Group, exempt: Exemptions, rest: Mapping[str, str], *, pointed: bool
    ) -> Iterator[_Find]:
        """Names of which one that may stand there is a part."""
        texts = [rest[each] for each in dict.fromkeys((*group.letters, *group.words))]
        for letters, held in exempt.each_with(path, texts).items():
            longer = [each for each in self._secrets if letters in (own := squeeze(each.text)) and own != letters]
            names = dict.fromkeys(held)
            if longer:
                yield from self.with_only(longer)._finds(path, where, _Group(names, names), pointed=pointed)  # noqa: SLF001

    def _finds(self, path: str, where: str, group: _Group, *, pointed: bool) -> Iterator[_Find]:
        squeezed = {part: squeeze(part) for part in dict.fromkeys((*group.letters, *group.words))}
        if any(holds_key_or_sealed(part, squeezed[part]) for part in group.letters):
            yield _Find(where, None)
        yield from (_Find(where, secret) for secret in self._distinctive(path, group, squeezed))
        for secret in self._words.find(path, group.words, pointed=pointed):
            yield _Find(where, secret)

    def _distinctive(self, path: str, group: _Group, squeezed: Mapping[str, bytes]) -> Iterator[Secret]:
        hits = self._machine.find(_together(squeezed[part] for part in group.letters))
        yield from self._letters.find(path, list(group.letters), hits)
        once = [part for part in group.words if part not in group.again]
        yield from self._disguises.find(path, once, _together(squeezed[part] for part in once))
        letters = _together(squeezed[part] for part in group.words)
        yield from self._pieces.find(path, list(group.words), letters, hits)


def _together(squeezed: Iterable[bytes]) -> bytes:
    """The letters of several texts; no name goes on from one into the next."""
    return b"\0".join(dict.fromkeys(squeezed))


@lru_cache(maxsize=2)
def _guard_of(secrets: tuple[Secret, ...]) -> _Guard:
    """The one that was made before for the same: a build and a preview search several times."""
    return _Guard(secrets)


def _grouped(found: Iterable[Reading]) -> dict[tuple[str, bool], _Group]:
    groups: dict[tuple[str, bool], _Group] = defaultdict(_Group)
    for reading in found:
        group = groups[reading.where, reading.pointed]
        group.letters[reading.text] = None
        if reading.again and reading.text not in group.words:
            group.again.add(reading.text)
        if reading.words:
            group.words[reading.text] = None
        if any(reading.runs):
            group.runs[reading.text] = reading.runs
    return groups


def _in_file(  # noqa: PLR0917 (private, all parts of one search)
    path: str, data: bytes, guard: _Guard, exempt: Exemptions, digests: Digests, place: Place
) -> Iterator[Problem]:
    try:
        found = dict.fromkeys(guard.search(path, data, exempt, digests))
    except NotReadable as failure:
        yield Problem(place, "", f"cannot be searched: {failure}", "publish text, PDF, ODS, Word and PNG files only")
        return
    if not found:
        return

    def search(part: bytes, wanted: tuple[_Find, ...]) -> frozenset[_Find]:
        only = guard.with_only(each.secret for each in wanted if each.secret is not None)
        try:
            return frozenset(only.search(path, part, Exemptions((), ()), Digests())) & frozenset(wanted)
        except NotReadable:
            return frozenset()

    lines = dict(Lines(exempt.blanked(path, data), search).of(tuple(found)))
    lines |= Lines(data, search).of(tuple(each for each in found if each not in lines)) if exempt.of(path) else {}
    where = (replace(place, line=lines.get(each, 0), column=1 if each in lines else 0) for each in found)
    yield from dict.fromkeys(each.problem(at) for each, at in zip(found, where, strict=True))


def _in_digests(digests: Digests, secrets: Iterable[Secret], paths: list[str], tried: Tried) -> Iterator[Problem]:
    problems = dict[Problem, None]()
    digested = [each for each in secrets if each.digested]
    for secret, found in (*digests.find(digested), *digests.find_of_two(digested, tried)):
        by_name = Place(f"file {paths.index(found.path) + 1} of {len(paths)}, by name")
        place = by_name if found.where == "file name" else Place(found.path)
        what = f"{found.where}: holds the hash of the {secret.field} of a record that must stay inside"
        problems[Problem(place, "", what, f"see {secret.place}; {CURE}")] = None
    yield from sorted(problems)
