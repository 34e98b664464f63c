"""The register with a publication more: its record, its line in the log, its memory; and what goes from it again."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from datetime import date

from tweeluik.problems import Place, Problem, RegisterNotWhole, WrongUsage
from tweeluik.record.canonical import serialise
from tweeluik.record.log import follow, serialise_log
from tweeluik.record.model import Imprint, Release
from tweeluik.record.names import strike
from tweeluik.record.register import LOG, Published, Register, memory_file, record_file
from tweeluik.selection.rules import publishes_numbers
from tweeluik.source.records import Edition, Source

Seal = Callable[[bytes], bytes]
"""Seals what is confidential to those who may open the source."""


PUBLISH_FIRST = "restore the folder `published` from a copy; or publish that edition first, if it did not go out yet"


def known_day(release: Release | Edition) -> date | None:
    """The day of a publication by what its edition's file says: of its correction, or of sending it to parliament."""
    corrected = (each.date for each in release.corrections if each.version == release.version)
    return next(corrected, release.sent if release.status == "final" else None)


def day_of(release: Release, published: Published, given: date | None) -> date:
    """The day of a publication: the one that a person gave, or else the known one.

    Raises:
        WrongUsage: there is none; or it is before the last publication, or before the day that its data reach.
    """
    return _sound_day(release.edition, given or known_day(release), release.reaches, published)


def refuse_wrong_day(edition: Edition, published: Published, given: date | None) -> None:
    """Ask for the day of a publication that is still to be made: the same of an edition as `day_of` of its release.

    Raises:
        WrongUsage: as `day_of`.
    """
    _sound_day(edition.id, given or known_day(edition), edition.reference_date, published)


def refuse_sent_before(asked: Sequence[Edition], source: Source, published: Published, given: date | None) -> None:
    """Refuse to publish behind an edition that went out before, by the day in its own file, and is not in the register.

    It may be out: whoever has it would know more than these are protected against. Those without numbers tell nothing.

    Raises:
        RegisterNotWhole: with every such edition.
    """
    days = (given or known_day(each) for each in asked if publishes_numbers(each))
    last = max((day for day in days if day is not None), default=date.min)
    others = (each for each in source.editions if each not in asked and each.id not in published.register)
    what = "it was sent before the day of this publication, and is not in the register"
    problems = tuple(
        Problem(each.place, "sent", what, PUBLISH_FIRST)
        for each in others
        if each.status == "final" and publishes_numbers(each) and each.sent is not None and each.sent < last
    )
    if problems:
        raise RegisterNotWhole(problems)


def _sound_day(edition: str, day: date | None, reaches: date, published: Published) -> date:
    place = Place(f"editions/{edition}.yaml")
    if day is None:
        hint = "give the day with --day YEAR-MONTH-DAY, or in the edition as `sent`"
        raise WrongUsage(Problem(place, "", "on which day is it published?", hint))
    if published.log and day < published.log[-1].day:
        hint = f"the last publication was on {published.log[-1].day}: give the day of today with --day"
        raise WrongUsage(Problem(place, "", "its day is before that of the last publication", hint))
    if day < reaches:
        hint = f"give a day from {reaches} on with --day"
        raise WrongUsage(Problem(place, "", "its day is before the last day that its data reach", hint))
    return day


def add(published: Published, release: Release, day: date) -> Published:
    """The register with one version more."""
    log = follow(published.log, release, day)
    versions = (*published.register.get(release.edition, ()), release)
    register = dict(sorted({**published.register, release.edition: versions}.items()))
    files = {record_file(release.edition, release.version): serialise(release), LOG: serialise_log(log)}
    return Published(register, log, {**published.files, **files})


def with_approvals(published: Published, approvals: Sequence[str]) -> Published:
    """The register whose last line holds the digests of the approvals of that publication."""
    log = (*published.log[:-1], replace(published.log[-1], approvals=tuple(approvals)))
    return replace(published, log=log, files={**published.files, LOG: serialise_log(log)})


def remember(published: Published, release: Release, memory: bytes, seal: Seal | None) -> Published:
    """The register with the confidential memory of one of its versions."""
    name = memory_file(release.edition, release.version)
    kept = {name: memory} if seal is None else {f"{name}.age": seal(memory)}
    return replace(published, files={**published.files, **kept})


def strike_names(published: Published, edition: str, names: Container[str]) -> tuple[Published, int]:
    """The register in which no earlier version of an edition holds any of these names; and how many went."""
    versions = published.register.get(edition, ())
    struck = tuple(strike(each, names) for each in versions)
    files = {record_file(edition, each.version): serialise(each) for each in struck}
    gone = {name for old, new in zip(versions, struck, strict=True) for name in set(old.named) - set(new.named)}
    register = {**published.register, edition: struck}
    return replace(published, register=register, files={**published.files, **files}), len(gone)


def forget(published: Published, edition: str) -> tuple[Published, int]:
    """The register without the memories of an edition; and how many there were."""
    names = {
        kept[0].partition("/")[2]
        for release in published.register[edition]
        if (kept := published.memory_of(edition, release.version)) is not None
    }
    files = {name: data for name, data in published.files.items() if name not in names}
    return replace(published, files=files), len(names)


# --- a register from before the log -----------------------------------------------------------------------------------


def adopt(published: Published, imprint: Imprint, salt: Callable[[str, str], str], given: date | None) -> Published:
    """The same versions with what a record has today and a line in the log each, in the order of their days.

    Raises:
        WrongUsage: the day of a version is not known, and none was given.
    """
    adopted, found = _adopted(published.register, imprint, salt), Published()
    for release in sorted(adopted, key=lambda each: (known_day(each) or given or date.max, each.edition, each.version)):
        found = add(found, release, known_day(release) or day_of(release, found, given))
    return replace(found, files={**published.files, **found.files})


def _adopted(register: Register, imprint: Imprint, salt: Callable[[str, str], str]) -> list[Release]:
    return [
        replace(each, imprint=imprint, salts=tuple(salt(each.edition, name) for name in each.named))
        for versions in register.values()
        for each in versions
    ]
