"""Who tells of publications beside the register: the trail, the votes, git, and a site.

Whoever goes on without what was published protects as if that were not out, and nothing in the register itself tells:
so it is with a copy of a source without `published/`, or with that of an earlier day. Every witness is heard, also one
of which a part is damaged, and whatever it tells must be in the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tweeluik.disk.git import ask_git
from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.problems import Place, Problem, RegisterNotWhole
from tweeluik.record.canonical import NotARecord, digest, parse, serialise
from tweeluik.record.log import PUBLIC, BrokenLog, Log, parse_log, parse_public
from tweeluik.record.model import Release
from tweeluik.record.register import FOLDER as REGISTER
from tweeluik.record.register import LOG, RESTORE, Published
from tweeluik.review.box import FOLDER, TRAIL
from tweeluik.review.trail import read_lines
from tweeluik.source.inventory import KEY_FILE
from tweeluik.source.records import Report

FROM_GIT = "restore the folder `published` from git; if this is another source than the one there, commit it first"

_VOTE = re.compile(r"(?:subject|vote|reply)-([1-9]\d{0,3})-.*")
_RECORD_ON_SITE = re.compile(rb'"path": "edities/([a-z0-9][a-z0-9-]*)/(?:versie-([1-9]\d{0,3})/)?release\.json"')


class Claim(NamedTuple):
    """That so many versions were published. `record`: the digest of the last, where the witness knows that."""

    place: Place
    edition: str
    version: int
    record: str = ""
    hint: str = RESTORE


def refuse_lost_register(content: Path, published: Published) -> None:
    """Refuse a register without what anybody tells was published.

    Raises:
        RegisterNotWhole: with every version that is not in it, and the first who tells of it.
    """
    _refuse_lost(_claims(content), published)


def _refuse_lost(claims: Iterable[Claim], published: Published) -> None:
    records, lost = {each.record for each in published.log}, dict[tuple[str, int], Problem]()
    for each in claims:
        is_there = len(published.register.get(each.edition, ())) >= each.version
        # In a register from before the log there are records of another form.
        is_same = not each.record or published.is_older_than_the_log or each.record in records
        if not (is_there and is_same):
            what = f"version {each.version} of {each.edition} was published, and is not in the register"
            lost.setdefault((each.edition, each.version), Problem(each.place, "", what, each.hint))
    if lost:
        raise RegisterNotWhole(tuple(lost.values()))


def _claims(content: Path) -> Iterator[Claim]:
    yield from _of_trail(content)
    yield from _of_votes(content)
    yield from _of_git(content)


# --- the trail and the votes ------------------------------------------------------------------------------------------


def _of_trail(content: Path) -> Iterator[Claim]:
    """Of what was published, taken back or forgotten itself; of what was still on its way the version before it."""
    for number, event in read_lines(_bytes(content / FOLDER / TRAIL)):
        place = Place(f"{FOLDER}/{TRAIL}", number, 1)
        if event.what in _OUT:
            yield Claim(place, event.edition, event.version, event.about)
        else:
            yield Claim(place, event.edition, event.version - 1)


_OUT = ("published", "withdrawn", "forgot")


def _of_votes(content: Path) -> Iterator[Claim]:
    """A version that people voted on comes after the one before it, beside all that the site had then."""
    for path in sorted((content / FOLDER).glob("*/*")):
        match, edition = _VOTE.fullmatch(path.name), path.parent.name
        if match is not None:
            name = f"{FOLDER}/{edition}/{path.name}"
            yield Claim(Place(name), edition, int(match[1]) - 1)
            if path.name.startswith("subject-"):
                yield from _of_subject(name, edition, _bytes(path))


def _of_subject(name: str, edition: str, data: bytes) -> Iterator[Claim]:
    """Of the other editions on the site that people looked at: of its own that is what they looked at."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        match = _RECORD_ON_SITE.search(line)
        if match is not None and match[1].decode() != edition:
            yield Claim(Place(name, number, 1), match[1].decode(), int(match[2] or b"1"))


# --- git --------------------------------------------------------------------------------------------------------------


def _of_git(content: Path) -> Iterator[Claim]:
    """Of the last commit, if that is of this source: with another key it is of another."""
    log = ask_git(content, "cat-file", "blob", f"HEAD:./{REGISTER}/{LOG}")
    if log is None or _has_another_key(content):
        return
    try:
        entries = parse_log(log)
    except BrokenLog:
        return
    for each in entries:
        place = Place(f"{REGISTER}/{LOG}", each.number, 1)
        yield Claim(place, each.edition, each.version, each.record, FROM_GIT)


def _has_another_key(content: Path) -> bool:
    now, then = _bytes(content / KEY_FILE), ask_git(content, "cat-file", "blob", f"HEAD:./{KEY_FILE}")
    return bool(now) and then is not None and now.split() != then.split()


# --- a site -----------------------------------------------------------------------------------------------------------


def is_published_site(site: Path, log: Log) -> bool:
    """Whether a folder holds a site of what was published; one with candidates has lines that the log has not."""
    there = _log_of(site)
    return there is not None and log[: len(there)] == there


def refuse_other_past(site: Path, published: Published, report: Report | None = None) -> None:
    """Refuse a register that does not go on from what a site shows: of what was published something is lost or changed.

    A site of another source altogether is nobody's witness. Where nothing is published yet that is one of another
    publisher with another title; without a `report` to tell, none is.

    Raises:
        RegisterNotWhole: with the first line of the log that is not the same any more, or all records that are gone.
    """
    hint = f"{RESTORE}; if {site} was made with --candidates or from another source, remove it first"
    there, log = _log_of(site), published.log
    if there is None:
        _refuse_lost(_of_records(site, published, report, hint), published)
        return
    differs = next((at for at, line in enumerate(there) if log[at : at + 1] != (line,)), None)
    if differs is not None and _is_of_one_source(site, {line.record for line in there}, published, report):
        what = f"the site in {site} has another line here, or the log ends before it"
        raise RegisterNotWhole(Problem(Place(f"{REGISTER}/{LOG}", differs + 1, 1), "", what, hint))


def _of_records(site: Path, published: Published, report: Report | None, hint: str) -> Iterator[Claim]:
    """Of a site that lost its log, or is older than that, every record is a witness."""
    found = dict(_records_of(site))
    if _is_of_one_source(site, set(map(_mark, found.values())), published, report):
        yield from (Claim(Place(str(path)), each.edition, each.version, hint=hint) for path, each in found.items())


def _is_of_one_source(site: Path, records: set[str], published: Published, report: Report | None) -> bool:
    own = {_mark(each) for versions in published.register.values() for each in versions}
    if own:
        return not records.isdisjoint(own)
    imprints = [each.imprint for _, each in _records_of(site)]
    # A record from before there were imprints does not tell whose it is.
    return (
        report is None
        or not imprints
        or any(each is None or each.publisher == report.publisher or each.title == report.title for each in imprints)
    )


def _mark(record: Release) -> str:
    """What the log calls a record; one from before the log has no such name."""
    return serialise(record).decode() if record.imprint is None else digest(record)


def _log_of(site: Path) -> Log | None:
    return parse_public(_bytes(site / PUBLIC))


def _records_of(site: Path) -> Iterator[tuple[Path, Release]]:
    for path in sorted((*site.glob("edities/*/release.json"), *site.glob("edities/*/versie-*/release.json"))):
        try:
            yield path, parse(_bytes(path))
        except NotARecord:
            continue


def _bytes(path: Path) -> bytes:
    """What stands there; nothing where that cannot be read."""
    try:
        return read_plain(path)
    except NotPlain:
        return b""
