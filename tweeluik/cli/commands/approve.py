"""`approve`: sign that exactly these bytes may be published, or not yet; without a key: see who did."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.approving import keep, rules_of, standing_of
from tweeluik.cli.command import Command, add_day, add_who
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import read_lines, today
from tweeluik.cli.making import make, of_proposal, witnesses
from tweeluik.problems import NotApproved, Place, Problem, WrongUsage
from tweeluik.words.said import said

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.review.standing import Standing
    from tweeluik.review.subject import Subject
    from tweeluik.review.votes import Signed
    from tweeluik.source.records import Source


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Approve(Command):
    """`key` is a private ssh key; `of` the digest that the person read, as much of it as they like, at least 8 signs.

    `not_yet`: a vote that holds the edition up, with what must change in the file `remark` (absent: standard input).
    `answer`: whose remark is answered, by fingerprint or function, with what stands in `remark`; `by`: who answers.
    """

    edition: str
    key: Path | None = None
    identity: tuple[Path, ...] = ()
    of: str | None = None
    not_yet: bool = False
    answer: str | None = None
    remark: Path | None = None
    provisional: bool = False
    day: date | None = None
    by: str = ""

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        told = "the private ssh key to sign with (default: nothing is signed, and told is who did)"
        parser.add_argument("-i", dest="key", type=Path, metavar="SSHKEY", help=told)
        told = "an identity file, to open what is sealed; may be given more than once"
        parser.add_argument("--identity", type=Path, action="append", metavar="FILE", help=told)
        told = "the digest at the foot of the report that you read: nothing else is signed"
        parser.add_argument("--of", metavar="DIGEST", help=told)
        told = "say that it may not be published yet, and why"
        parser.add_argument("--not-yet", action="store_true", help=told)
        parser.add_argument("--answer", metavar="WHO", help="answer the remark of somebody who said: not yet")
        told = "the text of a remark or an answer (default: standard input)"
        parser.add_argument("--remark", type=Path, metavar="FILE", help=told)
        parser.add_argument("--provisional", action="store_true", help="of a concept, as `publish --provisional`")
        add_day(parser)
        add_who(parser)

    def run(self, console: Console) -> Told:
        """Make the site as it will be, and sign its digest: what is approved was made here, not told."""
        from tweeluik.confidential.age.keyring import Keyring

        self._refuse_options()
        keyring = Keyring(self.identity)
        making = of_proposal(self.edition, day=self.day, provisional=self.provisional)
        hear = witnesses(self.content, self.site)
        proposal, _ = make(making, self.content, self.templates, keyring=keyring, console=console, hear=hear)
        subject, source = proposal.subject, proposal.source
        self._refuse_other(subject.digest)
        if self.key is not None:
            standing = self._vote(subject, source, self.key, keyring)
        else:
            standing = standing_of(subject, source, self.content, keyring)
            if self.answer is not None:
                standing = self._reply(subject, source, standing, keyring)
        return _tell(subject, standing)

    def _refuse_options(self) -> None:
        if self.not_yet and self.key is None:
            raise WrongUsage(Problem(Place("--not-yet"), "", "is signed too", "name your ssh key with -i"))
        if self.by and self.answer is None:
            raise WrongUsage(Problem(Place("--by"), "", "only with --answer: a key says who votes", "leave it out"))
        if self.answer is not None and self.key is not None:
            raise WrongUsage(Problem(Place("--answer"), "", "is not signed", "answer first, and vote after that"))
        if self.remark is not None and not self.not_yet and self.answer is None:
            raise WrongUsage(Problem(Place("--remark"), "", "only with --not-yet or --answer", "leave it out"))

    def _refuse_other(self, digest: str) -> None:
        least = 8
        if self.of is not None and (len(self.of) < least or not digest.startswith(self.of.replace(" ", "").lower())):
            what = "this is not what you read: the digest of the edition as it is now is another one"
            hint = f"make the report again with `review {self.edition} --report`, read it, and approve that"
            raise NotApproved(Problem(Place("--of"), "", what, hint))

    def _vote(self, subject: Subject, source: Source, key: Path, keyring: Keyring) -> Standing:
        """What all votes are worth with this one, which is written when that could be told: it may be kept sealed."""
        from tweeluik.confidential.at_rest.remembering import sealing_for
        from tweeluik.review.box import read_box, replace_box
        from tweeluik.review.signers import fingerprint_of
        from tweeluik.review.trail import Event, read_trail, with_event
        from tweeluik.review.votes import Answer, Vote, sign_vote

        remark = self._text() if self.not_yet else ""
        answer: Answer = "not-yet" if self.not_yet else "yes"
        vote = Vote(subject.edition, subject.version, subject.digest, answer, remark, today())
        signed = sign_vote(vote, key)
        self._refuse_signer(source, signed, subject.day)
        keep(self.content)
        seen = read_box(self.content)
        box = seen.with_vote(subject, signed, sealing_for(self.content, today=today()))
        who = fingerprint_of(signed.key or b"")
        event = Event("voted", subject.edition, subject.version, vote.day, who, signed.digest)
        told = {each.about for each in read_trail(seen)}
        if signed.digest not in told.intersection(seen.signatures(subject.edition)):  # the same twice a day is one vote
            box = with_event(box, event)
        standing = standing_of(subject, source, self.content, keyring, box)
        replace_box(self.content, seen, box)
        return standing

    def _refuse_signer(self, source: Source, signed: Signed, day: date) -> None:
        """A vote that would not count is not written."""
        from tweeluik.review.signers import FILE, fingerprint_of

        rules = rules_of(source, self.content)
        signer, who = rules.signer(signed.key), fingerprint_of(signed.key or b"")
        if signer is None:
            line = f"a function, as `jurist`, and the public half of this key ({who})"
            hint = f"let whoever keeps the source add a line: {line}"
            raise NotApproved(Problem(Place(FILE), "", "your key is on no line of this file", hint))
        place = Place(FILE, signer.line, 1)
        if not rules.hold(signer, day):
            what = "your key may not be used today, or not any more on the day of publication"
            raise NotApproved(Problem(place, "", what, "see valid-after and valid-before"))
        if rules.author.is_same(signer):
            hint = "the policy says not_by_author: let somebody else approve"
            raise NotApproved(Problem(place, "", "you wrote the last change of the source yourself", hint))
        if not signed.is_by(signer):
            raise NotApproved(Problem(place, "", "your key gave a signature that is not good", "try another key"))

    def _reply(self, subject: Subject, source: Source, standing: Standing, keyring: Keyring) -> Standing:
        from tweeluik.confidential.at_rest.remembering import sealing_for
        from tweeluik.review.box import read_box, replace_box
        from tweeluik.review.trail import Event, with_event

        votes = (each for each in standing.votes if standing.tells(each))
        asked = [each for each in votes if self.answer in {each.person, each.fingerprint}]
        if not asked or not asked[0].remark:
            hint = "see with `approve EDITION` who made one; it is told when all votes are in"
            raise WrongUsage(Problem(Place("--answer"), "", "there is no remark to answer", hint))
        keep(self.content)
        seen = read_box(self.content)
        key = Path(asked[0].file).stem.rpartition("-")[2]
        vote = seen.signed(subject.edition, subject.version, key, keyring.unseal)
        if vote is None:
            raise NotApproved(Problem(Place(asked[0].file), "", "not an approval with its signature"))
        seal = sealing_for(self.content, today=today())
        box = seen.with_reply(subject.edition, subject.version, key, vote, self._text(), seal)
        event = Event("answered", subject.edition, subject.version, today(), self.by, vote.digest)
        told = with_event(box, event)
        after = standing_of(subject, source, self.content, keyring, told)
        replace_box(self.content, seen, told)
        return after

    def _text(self) -> str:
        from tweeluik.review.votes import LONGEST_REMARK

        text = "\n".join(read_lines(self.remark)).strip()
        if not text or len(text) > LONGEST_REMARK:
            hint = f"say what has to change, in at most {LONGEST_REMARK} signs"
            raise WrongUsage(Problem(Place("--remark"), "", "the text is empty or too long", hint))
        return text


def _tell(subject: Subject, standing: Standing) -> Told:
    from tweeluik.review.telling import standing_as_data, tell_standing

    release = said(
        "version {version} of {edition}, {status}, for {day}: digest {digest}",
        version=subject.version, edition=subject.edition, status=said(subject.status), day=str(subject.day),
        digest=subject.digest,
    )  # fmt: skip
    lines = (release, *tell_standing(standing))
    told = {"edition": subject.edition, "version": subject.version, "digest": subject.digest}
    return Told(lines, {**told, **standing_as_data(standing)})
