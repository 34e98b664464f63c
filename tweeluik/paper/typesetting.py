"""Documents by typst, for both panels: tagged (PDF/UA-1) and made to last (PDF/A-2a).

The fonts are those inside typst, and the only date is one that was given: the same data makes the same bytes on every
machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path


class NotTypeset(Exception):
    """The template is missing or wrong, or what it makes does not meet the standards.

    It says nothing more: the messages of typst may quote what it was given.
    """


def typeset(template: Path, data: Mapping[str, object], *, day: date | None = None) -> bytes:
    """The PDF of a template, which finds its data as JSON in `sys.inputs.data`.

    `day` is the date that the document bears, None where its template sets one.

    Raises:
        NotTypeset: see there; for instance a figure without a text alternative.
    """
    import typst  # noqa: PLC0415 (heavy: only where a PDF is made)

    try:
        made = typst.compile(
            template,
            root=template.parent,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            timestamp=None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except (RuntimeError, OSError, ValueError):
        raise NotTypeset from None
    if not isinstance(made, bytes):
        raise NotTypeset
    return made
