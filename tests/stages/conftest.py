"""What the tests of one module may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.once import put
from tests.outside.once import DRAWN


@pytest.fixture(scope="module")
def drawn_once() -> Iterator[None]:
    """A PDF or a picture of the same is made once in a worker: for tests that read something else of a site.

    That it is the same every time is for `test_public_annex.py` and `test_public_pictures.py`.
    """
    with put(DRAWN):
        yield
