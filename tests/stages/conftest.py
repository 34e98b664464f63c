"""What the tests of one module may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.once import put
from tests.outside.once import DRAWN, PARSED, UNDRAWN
from tests.stages.a_publication import a_site


@pytest.fixture(scope="module")
def drawn_once() -> Iterator[None]:
    """A PDF or a picture of the same is made once in a worker: for tests that read something else of a site.

    That it is the same every time is for `test_public_annex.py` and `test_public_pictures.py`.
    """
    with put(DRAWN):
        yield


@pytest.fixture(scope="module")
def undrawn() -> Iterator[None]:
    """No PDF is typeset and no picture drawn: for tests that read pages alone. The invented site was made before, with all."""
    a_site()
    with put(UNDRAWN):
        yield


@pytest.fixture(scope="module")
def parsed_once() -> Iterator[None]:
    """A source is read as a preview reads it: for tests that go on from one. What it says read anew is for `test_source_*.py`."""
    with put(PARSED):
        yield
