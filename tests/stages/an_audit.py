"""Small editions for the audit: invented organisations counted, some cells hidden, and the files that tell of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from html import escape
from itertools import product
from typing import Any

from tests.stages.a_publication import a_publication, a_release, dimension
from tweeluik.public.open_data import render_csv
from tweeluik.record.canonical import serialise
from tweeluik.record.cell import TOTAL, Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import Dimension, Release, ReleasedTable

KIND = dimension("kind", (("a", "Anker"), ("b", "Baken"), ("c", "Cirkel")))
REGION = dimension("region", (("n", "Noord"), ("z", "Zuid")))
PILLAR = dimension("pillar", (("1", "Samen"), ("2", "Werk")), partition=False)
THEME = dimension("theme", (("1.1", "Taal", "1"), ("1.2", "Buurt", "1"), ("2.1", "Baan", "2")), partition=False)
FORM = dimension("form", (("g", "Gesprek"), ("w", "Werkbezoek")))

Partner = Mapping[str, str]
"""Per dimension the codes of an invented organisation, separated by spaces."""


def counted(partners: Iterable[Partner], dimensions: tuple[Dimension, ...]) -> dict[Codes, int]:
    """The true table: every category and total, each partner once in every cell."""
    cells = dict.fromkeys(product(*((*(each.code for each in one.categories), TOTAL) for one in dimensions)), 0)
    for partner in partners:
        for codes in product(*((*partner[one.name].split(), TOTAL) for one in dimensions)):
            cells[codes] += 1
    return cells


def a_table(
    cells: Mapping[Codes, int], dimensions: tuple[Dimension, ...], hidden: Collection[Codes] = (), **changes: Any
) -> ReleasedTable:
    contents: dict[Codes, Content] = {
        codes: Suppressed() if codes in hidden else Shown(n) for codes, n in cells.items()
    }
    return ReleasedTable(
        **{
            "id": "soort",
            "title": "Partners",
            "counts": "partners",
            "dimensions": dimensions,
            "cells": contents,
            **changes,
        }
    )


def rounded(table: ReleasedTable, base: int = 5) -> ReleasedTable:
    """Every number to the nearest multiple; not controlled, so only for tables where that adds up."""
    cells = {
        codes: Rounded(base * round(content.value / base))
        for codes, content in table.cells.items()
        if isinstance(content, Shown)
    }
    return replace(table, cells=cells)


def an_edition(*tables: ReleasedTable, **changes: Any) -> Release:
    return a_release(**{"edition": "2025", "threshold": 1, "tables": tables, **changes})


def files_of(*releases: Release) -> dict[str, bytes]:
    """The record, downloads and a bare page of every edition."""
    files = {}
    for release in releases:
        folder = f"edities/{release.edition}"
        files[f"{folder}/release.json"] = serialise(release)
        files[f"{folder}/index.html"] = "".join(
            _section(table, release.rounding_base or 1) for table in release.tables
        ).encode()
        files |= {
            f"{folder}/{table.id}.csv": render_csv(a_publication(release), release, table) for table in release.tables
        }
    return files


def _section(table: ReleasedTable, base: int) -> str:
    down, across = table.dimensions[0], table.dimensions[1:]
    columns = tuple(product(*((*(each.code for each in one.categories), TOTAL) for one in across)))
    head = "".join(f"<th>{_label(across[0], codes[0]) if codes else 'Aantal'}</th>" for codes in columns)
    rows = "".join(
        f"<tr><th>{_label(down, code)}</th>{''.join(_cell(table.cells[code, *codes], base) for codes in columns)}</tr>"
        for code in (*(each.code for each in down.categories), TOTAL)
    )
    return f'<section><table data-tabel="{table.id}"><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table></section>'


def _label(one: Dimension, code: str) -> str:
    return escape({TOTAL: "Totaal", **{each.code: each.label for each in one.categories}}[code])


def _cell(content: Content, base: int) -> str:
    match content:
        case Suppressed():
            return '<td data-status="suppressed">niet getoond (0 of meer)</td>'
        case Shown(value):
            return f'<td data-status="shown"><data value="{value}">{value:,}</data></td>'.replace(",", ".")
        case Rounded(value):
            span = f"({max(0, value - base + 1):,}–{value + base - 1:,})"
            return f'<td data-status="rounded"><data value="{value}">{value:,}</data> {span}</td>'.replace(",", ".")
