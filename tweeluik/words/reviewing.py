"""What reviewers are told in Dutch: the texts that the review room and the change report put together."""

from __future__ import annotations

from tweeluik.words.phrases import Words, read_file

REVIEW = Words(read_file("review.toml"))
"""By key, as those of the public side are."""
