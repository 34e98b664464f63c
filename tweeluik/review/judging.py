"""What every vote in the box is worth today, about the bytes of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tweeluik.record.validation import NotThisShape
from tweeluik.review.box import FOLDER, Box
from tweeluik.review.signers import Signer, fingerprint_of
from tweeluik.review.standing import Judged, Standing, with_repeats
from tweeluik.review.subject import Subject, find_changed
from tweeluik.review.votes import Signed, Vote, parse_vote
from tweeluik.source.inventory import Unseal


@dataclass(frozen=True, slots=True, repr=False)
class Author:
    """Who wrote the last change: names as git knows them, and fingerprints of the keys it was signed with."""

    names: frozenset[str] = frozenset()
    fingerprints: frozenset[str] = frozenset()

    def is_same(self, signer: Signer) -> bool:
        """Whether a signer is this author."""
        return signer.person.casefold() in self.names or signer.fingerprint in self.fingerprints


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """How many must approve, who may, on which day that is asked, and whose approval does not count."""

    needed: int
    signers: Sequence[Signer]
    today: date
    author: Author = Author()

    def signer(self, key: bytes | None) -> Signer | None:
        """Whose key it is: all lines of a key are of one person."""
        return next((each for each in self.signers if each.blob == key), None)

    def hold(self, signer: Signer, day: date) -> bool:
        """Whether a key may be used today, and on a later day of publication, by any of its lines.

        The clock alone does not say that a period is not over: who sets it back would have to publish on that day.
        """
        lines = [each for each in self.signers if each.blob == signer.blob]
        return all(any(each.holds_on(on) for each in lines) for on in (self.today, max(self.today, day)))


def judge(box: Box, subject: Subject, rules: Rules, unseal: Unseal | None = None) -> Standing:
    """Where a release stands.

    Raises:
        NotApproved: a vote is sealed and does not open, or ssh-keygen is not there.
    """
    keys = box.keys(subject.edition, subject.version)
    votes = [_judged(box, subject, rules, key, unseal) for key in keys]
    return Standing(rules.needed, tuple(with_repeats(votes)))


def _judged(box: Box, subject: Subject, rules: Rules, key: str, unseal: Unseal | None) -> Judged:
    file = f"{FOLDER}/{subject.edition}/vote-{subject.version}-{key}.json"
    signed = box.signed(subject.edition, subject.version, key, unseal)
    vote = None if signed is None else _vote(signed)
    if signed is None or vote is None or signed.key is None:
        return Judged(file, "unreadable")
    signer, fingerprint = rules.signer(signed.key), fingerprint_of(signed.key)
    if signer is None:
        return Judged(file, "unknown", fingerprint=fingerprint)
    if not signed.is_by(signer) or (vote.edition, vote.version) != (subject.edition, subject.version):
        return Judged(file, "forged", fingerprint=fingerprint)
    reply = box.reply(subject.edition, subject.version, key, signed, unseal)
    known = Judged(
        file, "counts", signer.person, fingerprint, vote.answer, vote.remark, reply, vote.subject, signed.digest
    )
    if not rules.hold(signer, subject.day):
        return replace(known, worth="expired")
    if vote.subject != subject.digest:
        return replace(known, worth="stale", changed=_changed(box, vote, subject))
    return replace(known, worth="own") if rules.author.is_same(signer) else known


def _vote(signed: Signed) -> Vote | None:
    try:
        return parse_vote(signed.vote)
    except NotThisShape:
        return None


def _changed(box: Box, vote: Vote, subject: Subject) -> tuple[str, ...]:
    before = box.subject(vote)
    return () if before is None else tuple(find_changed(before, subject))
