"""The checks and the public certificates, of which only what is new is done again (`pipeline/stages.py`).

That a file was searched for the very same without a find, and that an audit of the very same files passed, is taken
from an earlier build. Whatever is found is told as a search of everything tells it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from hashlib import sha256
from typing import cast

from tweeluik.checks.audit.claims import Claims
from tweeluik.checks.audit.pages import find_wrong_figures, is_loose
from tweeluik.checks.audit.published import Edition, read_editions, read_superseded
from tweeluik.checks.audit.widths import Widths
from tweeluik.checks.guard.digests import Tried
from tweeluik.checks.guard.exemptions import Exemption
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.checks.guard.sums import Sums
from tweeluik.pipeline.outsider import beside, prove_outside
from tweeluik.pipeline.stages import Stages
from tweeluik.problems import Place, Problem, UnsafeTables

Files = Mapping[str, bytes]
PerTable = Mapping[tuple[str, str], Widths]


def find_new_leaks(
    files: Files, secrets: tuple[Secret, ...], exemptions: tuple[Exemption, ...], stages: Stages | None
) -> tuple[Problem, ...]:
    """As `find_leaks`. Files with an exemption are always searched: it has to be needed."""
    if stages is None:
        return tuple(find_leaks(files, secrets, exemptions))
    wanted = stages.digest(*_told(secrets))
    exempt = {each.file for each in exemptions}
    causes = {path: stages.digest(wanted, sha256(data).digest()) for path, data in files.items()}
    sums = Sums(files.values())

    def is_searched(path: str) -> bool:
        met = stages.recall(f"searched {path}", causes[path])
        return met is not None and sums.are_as(cast("dict[str, bool]", json.loads(met)))

    new = {path: data for path, data in files.items() if path in exempt or not is_searched(path)}
    twos = stages.digest(*_told_of_twos(secrets))
    tried = _tried(stages.recall(_TWOS, twos))
    if any(find_leaks(new, secrets, exemptions, sums, tried)):
        return tuple(find_leaks(files, secrets, exemptions))
    stages.remember(_TWOS, twos, json.dumps({size: sorted(each) for size, each in tried.items()}).encode())
    for path in new:
        stages.remember(f"searched {path}", causes[path], json.dumps(sums.met.get(path, {})).encode())
    return ()


_TWOS = "searched for digests of two texts"


def tried_before(secrets: Iterable[Secret], stages: Stages) -> Tried:
    """What was searched for digests of two of these very texts, and is none."""
    return _tried(stages.recall(_TWOS, stages.digest(*_told_of_twos(secrets))))


def _tried(kept: bytes | None) -> Tried:
    told = {} if kept is None else cast("dict[str, list[str]]", json.loads(kept))
    return {int(size): set(begun) for size, begun in told.items()}


def _told(secrets: Iterable[Secret]) -> Iterator[bytes]:
    """All that decides whether a file holds one: of their places only which of them have the same, not where it is.

    A line more at the head of a source moves all that stands below it, and has nothing searched again.
    """
    for place, each in _with_places(secrets):
        parts = (each.kind, each.field, place, each.text, each.allowed, each.within, each.digested)
        yield repr(tuple(map(str, parts))).encode()


def _told_of_twos(secrets: Iterable[Secret]) -> Iterator[bytes]:
    """The same for digests of two texts: what may stand where, and all that has no digest, decides nothing there."""
    for place, each in _with_places(each for each in secrets if each.digested):
        yield repr((place, each.field == "id", each.text)).encode()


def _with_places(secrets: Iterable[Secret]) -> Iterator[tuple[int, Secret]]:
    numbers = dict[Place, int]()
    return ((numbers.setdefault(each.place, len(numbers)), each) for each in secrets)


def audited_widths(files: Files, claims: Claims, stages: Stages | None) -> PerTable:
    """How much the files leave open, by an audit that they passed; who claims anything is audited anew.

    A page that belongs to no edition says nothing about the others: of those only what is new is read again.

    Raises:
        UnsafeTables: they do not pass.
    """
    if stages is None or not _is_without_claims(claims):
        return _audited(files, claims)
    parts = (_as_part(each) for each in sorted(files.items()) if each[0] != _LIST and not is_loose(each[0]))
    cause = stages.digest(repr(claims.agenda).encode(), *parts)
    causes = {path: stages.digest(cause, sha256(data).digest()) for path, data in files.items() if is_loose(path)}
    new = {path: files[path] for path in causes if stages.recall(f"audited {path}", causes[path]) is None}
    told = stages.recall("audited", cause)
    if told is None or (new and any(find_wrong_figures(new, _editions(files)))):
        widths = _audited(files, claims)
        told = json.dumps([(*place, *astuple(each)) for place, each in widths.items()]).encode()
        stages.remember("audited", cause, told)
    for path in new:
        stages.remember(f"audited {path}", causes[path])
    known = cast("list[tuple[str, str, int | None, float]]", json.loads(told))
    return {(edition, table): Widths(closest, mean) for edition, table, closest, mean in known}


_LIST = "manifest.txt"
"""The sums of all other files, of which the audit reads those that tell anything."""


def _editions(files: Files) -> tuple[Edition, ...]:
    return (*read_editions(files)[0], *read_superseded(files)[0])


def _audited(files: Files, claims: Claims) -> PerTable:
    # A third of all there is to import: not for a site of which every file was audited before.
    from tweeluik.checks.audit.auditor import audit  # noqa: PLC0415

    made = audit(files, claims)
    if made.problems:
        raise UnsafeTables(made.problems)
    return made.summary.widths


def _is_without_claims(claims: Claims) -> bool:
    """About what was published long ago nothing is claimed any more, nor that anybody knows anything."""
    return replace(claims, agenda=()) in (Claims(), Claims(attackers=((),)))


def _as_part(file: tuple[str, bytes]) -> bytes:
    path, data = file
    return sha256(path.encode()).digest() + sha256(data).digest()


class Proofs:
    """The public certificates, each made once."""

    def __init__(self, stages: Stages | None) -> None:
        self._stages = stages
        self._made: dict[tuple[str, bytes], bytes] = {}

    def of(self, records: Files) -> Files:
        """The `proof.json` of every `release.json`, by the path of that."""
        for path, record in records.items():
            known = None if self._stages is None else self._stages.recall(f"proof {path}", self._stages.digest(record))
            if known is not None:
                self._made[path, record] = known
        missing = {path: record for path, record in records.items() if (path, record) not in self._made}
        made = prove_outside(missing)
        for path, record in missing.items():
            proof = self._made[path, record] = made[beside(path)]
            if self._stages is not None:
                self._stages.remember(f"proof {path}", self._stages.digest(record), proof)
        return {path: self._made[path, record] for path, record in records.items()}
