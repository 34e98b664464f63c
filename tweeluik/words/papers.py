"""What the papers for the House say: the catalogue of their texts, beside that of the public side."""

from __future__ import annotations

from tweeluik.words.phrases import DUTCH, TERMS, Words, read_file

_OWN = read_file("papers.toml")

PAPERS = Words({**{f"{TERMS}.{name}": DUTCH.raw(f"{TERMS}.{name}") for name in DUTCH.section(TERMS)}, **_OWN})
"""By key; the terms are those of the public side."""

_FIXED = ("copy", "document", "readers", "receipt", "resealed")
OWN = tuple(key for key in _OWN if key.partition(".")[0] not in _FIXED)
"""The keys whose texts a ministry may replace: not marks of copies, nor what is written without a source at hand."""
