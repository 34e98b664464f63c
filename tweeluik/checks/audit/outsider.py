"""The public certificate: what anybody can work out from the finished site, made from the site and nothing else.

    python -m tweeluik.checks.audit.outsider SITE

prints `proof.json` of every edition, as one JSON object by path. Without a folder it reads the records from standard
input, as an object of the same shape. Nothing confidential goes in, so nothing can come out: the build runs it as a
program of its own. Per number that is not shown exactly the certificate has two whole tables, both of which fit every
number and every sum of the edition: with the smallest and with the largest that it can be. `shown` names these
two, and whether the number may be less or more still: nothing bounds it, or the edition is too large to try all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from tweeluik.checks.audit.blocks import Block, cut
from tweeluik.checks.audit.equations import link
from tweeluik.checks.audit.extremes import Extremes
from tweeluik.checks.audit.published import Edition, read_editions
from tweeluik.checks.audit.system import Published

SCHEMA = "tweeluik-proof-1"
RECORD, PROOF = "release.json", "proof.json"


def prove(records: Mapping[str, bytes]) -> dict[str, bytes]:
    """`proof.json` beside the `release.json` of every edition that has tables, by path.

    Raises:
        ValueError: a record cannot be read.
    """
    editions, unreadable = read_editions(records)
    if unreadable:
        raise ValueError(str(unreadable[0]))
    return {f"{each.folder}/{PROOF}": _proof(each, records) for each in editions if each.tables}


def _proof(edition: Edition, records: Mapping[str, bytes]) -> bytes:
    published, _ = link([edition])
    top = (
        2 * max((bounds.most for bounds in published.bounds if bounds.most is not None), default=0) + edition.threshold
    )
    columns: dict[int, tuple[int, int, bool, bool]] = {}
    tables: list[dict[int, int]] = []
    for block in cut(published, published.bounds):
        _fill(Extremes(block, top), block, columns, tables)
    order = sorted(columns, key=lambda i: _name(published, i))
    raw = {
        "schema": SCHEMA,
        "edition": edition.id,
        "version": edition.version,
        "status": edition.status,
        "as_of": edition.as_of,
        "release": sha256(records[f"{edition.folder}/{RECORD}"]).hexdigest(),
        "numbers": [_name(published, i) for i in order],
        "tables": [[table.get(i, tables[0][i]) for i in order] for table in tables],
        "shown": [columns[i] for i in order],
    }
    return (json.dumps(raw, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _fill(
    extremes: Extremes, block: Block, columns: dict[int, tuple[int, int, bool, bool]], tables: list[dict[int, int]]
) -> None:
    """Put the tables of a block beside those of the others: they say nothing about each other."""
    used = sorted({*extremes.lowest.tolist(), *extremes.highest.tolist()})
    place = {old: new for new, old in enumerate(used)}
    while len(tables) < len(used):
        tables.append({})
    for position, i in enumerate(block.cells):
        lowest, highest = int(extremes.lowest[position]), int(extremes.highest[position])
        columns[i] = (place[lowest], place[highest], extremes.less[position], extremes.more[position])
        for old, new in place.items():
            tables[new][i] = int(extremes.tables[old][position])


def _name(published: Published, i: int) -> list[object]:
    """What is counted, and of whom."""
    _, counts, pairs = published.keys[i]
    return [counts, sorted(pairs)]


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.glob(f"edities/*/{RECORD}")):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def main(arguments: list[str]) -> None:
    """Read a site, or records from standard input; print the certificates."""
    if arguments:
        records = dict(_read(Path(arguments[0])))
    else:
        records = {path: text.encode() for path, text in json.load(sys.stdin).items()}
    proofs = {path: data.decode() for path, data in prove(records).items()}
    sys.stdout.write(json.dumps(proofs) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
