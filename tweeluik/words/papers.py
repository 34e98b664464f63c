"""What the papers for the House say: the catalogue of their texts, beside that of the public side."""

from __future__ import annotations

from tweeluik.words.phrases import DUTCH, NOUNS, TERMS, Words, read_file

_OWN = read_file("papers.toml")

_SHARED = {f"{part}.{name}": DUTCH.raw(f"{part}.{name}") for part in (TERMS, NOUNS) for name in DUTCH.section(part)}

PAPERS = Words({**_SHARED, **_OWN})
"""By key; the terms and the nouns are those of the public side."""

_FIXED = ("copy", "document", "readers", "receipt", "resealed")
OWN = tuple(key for key in _OWN if key.partition(".")[0] not in _FIXED)
"""The keys whose texts a ministry may replace: not marks of copies, nor what is written without a source at hand."""
