"""Receipts: one for all copies, read again as it was written; what a later bundle supersedes is the latest before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tweeluik.confidential.bundle.receipt import (
    Receipt,
    find_receipts,
    name_of,
    parse_receipt,
    render_receipt,
    series_of,
)
from tweeluik.confidential.bundle.sealed import _succession
from tweeluik.confidential.bundle.stated import Covered
from tweeluik.problems import SealingFailed, WrongUsage

TEMPLATES = Path(__file__).parents[2] / "templates" / "confidential"
FINGERPRINT = " ".join(["ab12"] * 8)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def a_receipt(edition: str = "2025", sequence: int = 1, names: tuple[str, ...] = ("een",)) -> Receipt:
    copies = tuple(
        Covered(f"{name}.age", digest(name), (("cip", FINGERPRINT), ("archief", FINGERPRINT))) for name in names
    )
    return Receipt(
        series_of(edition), sequence, date(2024, 12, 19), copies, digest("opener"), (digest("oud"), digest("ouder"))
    )


def text_of(receipt: Receipt, templates: Path = TEMPLATES) -> bytes:
    return render_receipt(receipt, marks=["Exemplaar 1 van 1"] * len(receipt.copies), templates=templates)


def put(folder: Path, receipt: Receipt) -> set[str]:
    """Write one; the digests of what it is about."""
    (folder / f"{receipt.series[:4]}-{name_of(receipt.sequence)}").write_bytes(text_of(receipt))
    return {each.sha256 for each in receipt.copies}


@pytest.mark.parametrize("names", [(), ("een",), ("een", "twee", "drie")])
def test_what_is_written_is_read_again(names: tuple[str, ...]) -> None:
    receipt = a_receipt(sequence=12, names=names)
    assert parse_receipt(text_of(receipt)) == receipt
    alone = replace(receipt, supersedes=())
    assert parse_receipt(text_of(alone)) == alone


def test_a_receipt_is_found_by_its_edition_with_its_signature(tmp_path: Path) -> None:
    put(tmp_path, a_receipt())
    (unsigned,) = find_receipts(tmp_path, "2025")
    assert (unsigned.said, unsigned.signature) == (a_receipt(), b"")
    (file,) = tmp_path.iterdir()
    file.with_name(f"{file.name}.sig").write_bytes(b"ondertekend")
    (signed,) = find_receipts(tmp_path, "2025")
    assert (signed.data, signed.signature) == (file.read_bytes(), b"ondertekend")
    assert list(find_receipts(tmp_path, "2026")) == []


WORDS = {
    "without a series": ("Reeks: ", "Rij: "),
    "with two numbers": ("Volgnummer: 1", "Volgnummer: 1\nVolgnummer: 2"),
    "with a number that is none": ("Volgnummer: 1", "Volgnummer: 01"),
    "of a day that is not there": ("2024-12-19", "2024-02-30"),
    "of a day in another form": ("2024-12-19", "20241219"),
    "with half a digest": ("  " + " ".join(["0" * 4] * 8), ""),
    "without the opener": ("Bestand om te openen", "Opener"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_text_that_says_less_or_more_is_no_receipt(name: str) -> None:
    old, new = WORDS[name]
    zeros = replace(a_receipt(), opener="0" * 64)
    text = text_of(zeros).decode()
    assert old in text
    assert parse_receipt(text.replace(old, new, 1).encode()) is None


def test_the_words_may_change_and_what_is_read_may_not(tmp_path: Path) -> None:
    own = tmp_path / "kwitantie.txt"
    text = (TEMPLATES / own.name).read_text("utf-8")
    own.write_text(text.replace("KWITANTIE", "Bewijs van verzending"), "utf-8")
    assert parse_receipt(text_of(a_receipt(), tmp_path)) == a_receipt()
    own.write_text(text.replace("Volgnummer:", "Nummer:"), "utf-8")
    with pytest.raises(SealingFailed) as refused:
        text_of(a_receipt(), tmp_path)
    assert str(refused.value.problems[0].place) == "templates/confidential/kwitantie.txt"


def test_the_next_bundle_supersedes_all_of_the_latest_and_nothing_older(tmp_path: Path) -> None:
    put(tmp_path, a_receipt())
    latest = put(tmp_path, a_receipt(sequence=2, names=("twee", "drie")))
    put(tmp_path, a_receipt("2026", 7))
    assert _succession(tmp_path, "2025") == (3, tuple(sorted(latest)))
    assert _succession(None, "2025") == (1, ())


def test_without_a_receipt_of_the_edition_nothing_is_superseded(tmp_path: Path) -> None:
    put(tmp_path, a_receipt("2026"))
    with pytest.raises(WrongUsage):
        _succession(tmp_path, "2025")
