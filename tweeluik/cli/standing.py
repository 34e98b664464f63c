"""The site that stands in a folder already, and the log on it: a witness of what was published."""

from __future__ import annotations

from pathlib import Path

from tweeluik.disk.reading import NotPlain, read_plain
from tweeluik.problems import Place, Problem, RegisterNotWhole
from tweeluik.record.log import PUBLIC, Log, parse_public
from tweeluik.record.register import FOLDER, LOG, RESTORE


def is_published_site(site: Path, log: Log) -> bool:
    """Whether a folder holds a site of what was published; one with candidates has lines that the log has not."""
    there = _log_of(site)
    return there is not None and log[: len(there)] == there


def refuse_other_past(site: Path, log: Log) -> None:
    """Refuse a log that does not go on from that of the site: of what was published something was lost or changed.

    A site of another source altogether is nobody's witness.

    Raises:
        RegisterNotWhole: with the first line that is not the same any more.
    """
    there = _log_of(site) or ()
    differs = next((at for at, line in enumerate(there) if log[at : at + 1] != (line,)), None)
    if differs is not None and _is_of_one_register(there, log):
        hint = f"{RESTORE}; if {site} was made with --candidates or from another source, remove it first"
        what = f"the site in {site} has another line here, or the log ends before it"
        raise RegisterNotWhole(Problem(Place(f"{FOLDER}/{LOG}", differs + 1, 1), "", what, hint))


def _is_of_one_register(there: Log, log: Log) -> bool:
    return not log or not {line.record for line in there}.isdisjoint(line.record for line in log)


def _log_of(site: Path) -> Log | None:
    try:
        return parse_public(read_plain(site / PUBLIC))
    except NotPlain:
        return None
