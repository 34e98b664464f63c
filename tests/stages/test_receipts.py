"""Receipts: what a later bundle supersedes is the latest before it, of its own edition."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tweeluik.confidential.bundle.receipt import SUFFIX, find_receipts, parse_receipt, render_receipt
from tweeluik.confidential.bundle.sealed import _succession
from tweeluik.problems import WrongUsage

TEMPLATES = Path(__file__).parents[2] / "templates" / "confidential"


def a_receipt(folder: Path, name: str, *, edition: str = "2025", sequence: int = 1) -> str:
    """Write one; the digest of what it is about."""
    sealed = name.encode()
    text = render_receipt(
        sealed, name=f"{name}.age", mark="Exemplaar 1 van 1", edition=edition, sequence=sequence, supersedes=(), recipients=(),
        templates=TEMPLATES,
    )  # fmt: skip
    (folder / f"{name}{SUFFIX}").write_bytes(text)
    return sha256(sealed).hexdigest()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    digest = a_receipt(tmp_path, "een", sequence=12)
    (found,) = find_receipts(tmp_path, "2025")
    assert (found.sequence, found.sha256) == (12, digest)
    assert list(find_receipts(tmp_path, "2026")) == []
    assert parse_receipt("Volgnummer: 1\n") is None


def test_the_next_bundle_supersedes_all_of_the_latest_and_nothing_older(tmp_path: Path) -> None:
    a_receipt(tmp_path, "oud")
    latest = {a_receipt(tmp_path, name, sequence=2) for name in ("een", "twee")}
    a_receipt(tmp_path, "ander", edition="2026", sequence=7)
    assert _succession(tmp_path, "2025") == (3, tuple(sorted(latest)))
    assert _succession(None, "2025") == (1, ())


def test_without_a_receipt_of_the_edition_nothing_is_superseded(tmp_path: Path) -> None:
    a_receipt(tmp_path, "ander", edition="2026")
    with pytest.raises(WrongUsage):
        _succession(tmp_path, "2025")
