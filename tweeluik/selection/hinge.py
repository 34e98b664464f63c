"""The openings of the hinge: the true value of every cell with a salt that follows from the key of protection.

The salts depend on the key and on where a cell stands, on no name and on no value, so that a renaming changes no public
byte and the same source gives the same hinge.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from tweeluik.record.hinge import Opening, Openings, address
from tweeluik.selection.tables import Table
from tweeluik.source.records import Edition


def openings_of(edition: Edition, tables: Sequence[Table], secret: bytes) -> Openings:
    """The openings of an edition's present version, in the order of its tables and cells. Confidential."""
    cells = tuple(
        Opening(table.spec.id, codes, table.value(codes), _salt(edition, table, codes, secret))
        for table in tables
        for codes in table.cells
    )
    return Openings(edition.id, edition.version, cells)


def _salt(edition: Edition, table: Table, codes: tuple[str, ...], secret: bytes) -> str:
    said = address(edition.id, edition.version, table.spec.id, codes)
    return hmac.digest(secret, b"hinge\0" + said, "sha256").hex()
