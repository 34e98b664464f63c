"""PDFs, read by a library that is made for one thread at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Self

import pypdfium2
import pytest

from tweeluik.checks.guard.pdf import pages


def test_pdfs_are_read_one_at_a_time_whatever_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = list[int](), list[int]()

    class Watched:
        """As a document without pages, which takes a while."""

        def __init__(self, _data: bytes) -> None:
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            inside.pop()

        def __iter__(self) -> Iterator[object]:
            return iter(())

    monkeypatch.setattr(pypdfium2, "PdfDocument", Watched)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pages, [b""] * 8)) == [()] * 8
    assert max(most) == 1
