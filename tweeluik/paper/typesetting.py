"""Documents by typst, for both panels: tagged (PDF/UA-1) and made to last (PDF/A-2a).

The fonts are those inside typst and those in `fonts/`, for names in other scripts, and the only date is one that was
given: the same data makes the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typst import Fonts


class NotTypeset(Exception):
    """The template is missing or wrong, or what it makes does not meet the standards.

    It says the line at most (0: not known), and nothing more: the messages of typst may quote what it was given.
    """

    def __init__(self, line: int = 0) -> None:
        super().__init__("not typeset")
        self.line = line


def load() -> None:
    """Read whatever it is done with, for a process that can open nothing later. Starts no thread yet."""
    import typst  # noqa: F401, PLC0415 (heavy: only where a PDF is made)


def typeset(template: Path, data: Mapping[str, object], *, day: date | None = None) -> bytes:
    """The PDF of a template, which finds its data as JSON in `sys.inputs.data`.

    `day` is the date that the document bears, None where its template sets one.

    Raises:
        NotTypeset: see there; for instance a figure without a text alternative.
    """
    return _compile(template, template.parent, data, day, own_fonts())


def typeset_text(text: str, data: Mapping[str, object]) -> bytes:
    """The PDF of a template that is there as text; nothing is read from the disk, so that the fonts are typst's alone.

    Raises:
        NotTypeset: as `typeset`.
    """
    return _compile(text.encode(), Path(os.devnull), data, None, [])


PICTURES = """
#set page(margin: 0pt)
#for each in json(bytes(sys.inputs.data)) {
  page(width: each.width * 1pt, height: each.height * 1pt, image(bytes(each.svg), format: "svg", width: 100%))
}
"""

DOTS = 96
"""Per inch, and 72 of what an SVG calls a pixel: sharp enough for a slide, small enough for a mail."""


def rasterise(drawings: Sequence[tuple[str, int, int]]) -> tuple[bytes, ...]:
    """The PNG of every drawing: its SVG, which names a font inside typst, and its width and height in pixels.

    Nothing is read from the disk, and all are made in one go: what is in a picture stood in its SVG.

    Raises:
        NotTypeset: one of them is no drawing.
    """
    import typst  # noqa: PLC0415 (heavy: only where something is drawn)

    data = [{"svg": svg, "width": width, "height": height} for svg, width, height in drawings]
    if not data:
        return ()
    try:
        made = typst.compile(
            cast("Path", PICTURES.encode()),  # by its own types both would have to be of one kind
            root=Path(os.devnull),
            font_paths=[],
            format="png",
            ppi=DOTS,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
        )
    except (RuntimeError, OSError, ValueError) as error:
        raise NotTypeset(_line(error)) from None
    # One page comes by itself and several in a list, whatever the types of the package say.
    found = cast("bytes | list[bytes]", made)
    pages = [found] if isinstance(found, bytes) else found
    if len(pages) != len(data):
        raise NotTypeset
    return tuple(pages)


LETTERS = """
#set document(title: "Letters")
#set text(lang: "nl", font: "Libertinus Serif")
#json(bytes(sys.inputs.data)).text
"""


def has_letters(text: str) -> bool:
    """Whether all letters of a text are in the fonts."""
    try:
        _compile(LETTERS.encode(), Path(os.devnull), {"text": text}, None, own_fonts())
    except NotTypeset:
        return False
    return True


def has_letters_alone(text: str) -> bool:
    """Whether they are in the fonts inside typst; nothing is read from the disk."""
    try:
        typeset_text(LETTERS, {"text": text})
    except NotTypeset:
        return False
    return True


def draw(text: str, data: Mapping[str, object]) -> str:
    """The SVG of a template of one page, with all letters drawn.

    Raises:
        NotTypeset: also when there is a letter that no font has.
    """
    import typst  # noqa: PLC0415 (heavy: only where something is drawn)

    if not has_letters(" ".join(map(str, data.values()))):
        raise NotTypeset
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made = typst.compile(text.encode(), font_paths=own_fonts(), format="svg", sys_inputs=inputs)
    except (RuntimeError, OSError, ValueError) as error:
        raise NotTypeset(_line(error)) from None
    if not isinstance(made, bytes):
        raise NotTypeset
    return made.decode()


@cache
def own_fonts() -> Fonts:
    """The fonts inside typst and ours, never those of this machine."""
    import typst  # noqa: PLC0415 (heavy: only where a PDF is made)

    return typst.Fonts(include_system_fonts=False, font_paths=[Path(__file__).parent / "fonts"])


def _compile(
    template: Path | bytes, root: Path, data: Mapping[str, object], day: date | None, fonts: Fonts | list[Path]
) -> bytes:
    import typst  # noqa: PLC0415 (heavy: only where a PDF is made)

    try:
        made = typst.compile(
            cast("Path", template),  # by its own types both would have to be of one kind
            root=root,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            timestamp=None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except (RuntimeError, OSError, ValueError) as error:
        raise NotTypeset(_line(error)) from None
    if not isinstance(made, bytes):
        raise NotTypeset
    return made


_AT = re.compile(r"┌─ \S+?:(\d+):\d+$", re.MULTILINE)


def _line(error: Exception) -> int:
    """The line of the template that typst names first; 0 when it names none."""
    found = _AT.search(getattr(error, "diagnostic", ""))
    return int(found[1]) if found else 0
