"""The structure of a PDF, for who has it read aloud: the first cell of a row names the row."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object


def load() -> None:
    """Read whatever it is done with, for a process that can open nothing later."""
    import pikepdf  # noqa: PLC0415 (only where a PDF is made)

    with pikepdf.new() as document:
        made = BytesIO()
        document.save(made, deterministic_id=True)
    pikepdf.open(made).close()


def mark_row_heads(document: bytes) -> bytes:
    """The same PDF, in which the first cell of every row of a table is a head of that row (PDF/UA-1, 7.5).

    Typst marks the heads of columns only. Its explicit links from a cell to them go: with a scope at every head a
    reader finds both heads by itself. Nothing is compressed anew, so that the bytes are the same on every machine.
    """
    import pikepdf  # noqa: PLC0415 (only where a PDF is made)

    with pikepdf.open(BytesIO(document)) as opened:
        for element in _elements(opened.Root.StructTreeRoot):
            if str(element.S) == "/TBody":
                for row in _below(element):
                    _mark(list(_below(row)))
        made = BytesIO()
        opened.save(
            made,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return made.getvalue()


def _mark(cells: list[Dictionary]) -> None:
    from pikepdf import Dictionary, Name  # noqa: PLC0415 (only where a PDF is made)

    for each in cells:
        if "/A" in each:
            del each["/A"]
    cells[0].S = Name.TH
    cells[0].A = Dictionary(O=Name.Table, Scope=Name.Row)


def _elements(node: Object) -> Iterator[Dictionary]:
    for each in _below(node):
        yield each
        yield from _elements(each)


def _below(node: Object) -> Iterator[Dictionary]:
    """The structure elements right below one; what is no element is a part of a page."""
    from pikepdf import Array, Dictionary  # noqa: PLC0415 (only where a PDF is made)

    below = node.get("/K", Array())
    for each in below if isinstance(below, Array) else [below]:
        if isinstance(each, Dictionary) and "/S" in each:
            yield each
