"""The whole site of a small content as it is once every edition in it is published, concepts as provisional versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest import mock

from tweeluik.confidential.at_rest.remembering import keep_key
from tweeluik.pipeline.content import Examine, accept, read_content
from tweeluik.pipeline.freezing import make_publication
from tweeluik.pipeline.made import Checked, Made, silent
from tweeluik.pipeline.making import make_of
from tweeluik.pipeline.scrutiny import Scrutiny
from tweeluik.record.register import read_published, replace_register

TEMPLATES = Path(__file__).parents[1] / "templates"
DAY = date(2030, 1, 1)
"""Later than every period and every date of sending in the tests."""


def make_everything(content: Path, templates: Path = TEMPLATES, *, examine: Examine = accept) -> Made:
    """In memory, and in one go: the bytes that `build` writes after `publish` of every edition on one day."""
    given = read_content(content, examine=examine)
    return make_of(given, templates, silent).with_editions((*given.candidates, *given.concepts), DAY)


@contextmanager
def unchecked() -> Iterator[None]:
    """What is made meanwhile is not searched and not attacked: the bytes are the same."""
    with mock.patch.object(Scrutiny, "check", return_value=Checked({}, b"")):
        yield


def publish(content: Path, edition: str, day: date | None = None, *, provisional: bool = False) -> None:
    """What the command does."""
    seen = read_published(content)
    frozen = make_publication(content, TEMPLATES, edition=edition, day=day, provisional=provisional)
    if frozen.key is not None:
        keep_key(content, frozen.key, None)
    replace_register(content, seen, frozen.published.files)
