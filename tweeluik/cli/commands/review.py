"""`review`: what a reviewer needs of an edition that is to be published: a room on this machine, or a report."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.cli.approving import note_review, read_up, standing_of
from tweeluik.cli.command import Command, add_day, add_identity, add_port, add_who
from tweeluik.cli.console import Console, Told
from tweeluik.cli.making import make, of_proposal, seen_of, witnesses
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.words.said import said

_ENDINGS = (".html", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Review(Command):
    """`report` is a new file, a page or a PDF by its ending, None for the room; `port` that of the room, 0 for any.

    `public` leaves out of the report what names organisations; `trail` asks for the audit trail instead. `by`: who
    looks, to be kept in that trail; without it nothing is kept.
    """

    edition: str
    report: Path | None = None
    public: bool = False
    port: int = 0
    trail: bool = False
    identity: tuple[Path, ...] = ()
    provisional: bool = False
    day: date | None = None
    by: str = ""

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION", help="the edition")
        told = "write the change report to this new file, .html or .pdf (confidential), and open no room"
        parser.add_argument("--report", type=Path, metavar="FILE", help=told)
        parser.add_argument("--public", action="store_true", help="a report without what is confidential")
        told = (
            "tell who did what with the edition, and whether the trail is whole; with --json all of it, to take along"
        )
        parser.add_argument("--trail", action="store_true", help=told)
        add_port(parser, "default: any free one")
        parser.add_argument("--provisional", action="store_true", help="of a concept, as `publish --provisional`")
        add_day(parser)
        add_who(parser)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Show, or write down, the very version that is approved by its digest."""
        from tweeluik.disk.folders import need_templates
        from tweeluik.review.rendering import FOLDER

        if self.trail:
            return self._tell_trail()
        need_templates(self.templates, FOLDER)
        if self.report is None:
            return self._open_room(console)
        self._refuse_file(self.report)
        return self._write_report(self.report, console)

    def _tell_trail(self) -> Told:
        """Every event about the edition; a trail that is not whole ends it (exit 15)."""
        from dataclasses import asdict

        from tweeluik.record.register import read_published
        from tweeluik.review.trail import count_unsaid, head, line_of, read_trail, tell_event

        box = read_up(self.content)
        trail = read_trail(box)
        unsaid = count_unsaid(trail, self.edition, box, read_published(self.content).log)
        events = [each for each in trail if each.edition == self.edition]
        told = [tell_event(each) for each in events] or [said("the trail holds nothing about this edition")]
        whole = "the trail is whole: lines: {number}; its head: {head}"
        cut = "the trail lacks votes or publications that are there: {unsaid}; lines: {number}; its head: {head}"
        last = said(cut if unsaid else whole, unsaid=unsaid, number=len(trail), head=head(trail))
        data = {
            "events": [{**asdict(each), "day": each.day.isoformat()} for each in events],
            "trail": [line_of(each).decode() for each in trail],
            "head": head(trail),
            "unsaid": unsaid,
        }
        return Told((*told, last), data)

    def _open_room(self, console: Console) -> Told:
        """Serve it until Ctrl-C; all of it is in memory."""
        import secrets

        from tweeluik.cli.room_server import serve_room
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.private import no_core_dumps
        from tweeluik.review.room import render_room

        no_core_dumps()
        keyring = Keyring(self.identity)
        making = of_proposal(self.edition, day=self.day, provisional=self.provisional, advise=True)
        hear = witnesses(self.content, self.site)
        proposal, _ = make(making, self.content, self.templates, keyring=keyring, console=console, hear=hear)
        standing = standing_of(proposal.subject, proposal.source, self.content, keyring)
        pages = render_room(seen_of(proposal, standing, self.content), self.templates)
        for warning in note_review(self.content, proposal.subject, who=self.by):
            console.say(warning, "33")
        serve_room(secrets.token_urlsafe(32), pages, proposal.made.files, port=self.port, say=console.say)
        return Told()

    def _write_report(self, file: Path, console: Console) -> Told:
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.review.report import Reported, in_groups, render_report

        making = of_proposal(self.edition, day=self.day, provisional=self.provisional)
        hear = witnesses(self.content, self.site)
        proposal, _ = make(
            making, self.content, self.templates, keyring=Keyring(self.identity), console=console, hear=hear
        )
        subject, needed = proposal.subject, proposal.source.policy.approvals.value
        before = proposal.making.as_published()
        reported = Reported(
            proposal.release, proposal.facts, subject, needed, before, proposal.made.files, proposal.names_gone
        )
        console.progress("writing the report")
        as_pdf = file.suffix.lower() == ".pdf"
        report = render_report(reported, self.templates, as_pdf=as_pdf, is_public=self.public)
        if self.public:
            proposal.making.search(proposal.made, {file.name: report})
        _write(file, report)
        lines = (f"written to {file}", f"its digest is {in_groups(subject.digest)}")
        warning = () if self.public else ("confidential: the report names organisations; give it to who may know them",)
        noted = note_review(self.content, subject, who=self.by)
        return Told(lines, {"file": str(file), "digest": subject.digest}, (*warning, *noted))

    def _refuse_file(self, file: Path) -> None:
        from tweeluik.disk.private import refuse_public_folder

        if file.suffix.lower() not in _ENDINGS:
            hint = "end its name in .html or .pdf"
            raise WrongUsage(Problem(Place("--report"), "", "what kind of file is this?", hint))
        refuse_public_folder(file.parent, self.site, self.content, self.templates)


def _write(file: Path, report: bytes) -> None:
    from tweeluik.disk.durable import reason
    from tweeluik.disk.private import write_new_file

    try:
        write_new_file(file, report)
    except OSError as failure:
        hint = "name a new file in a folder that you may write"
        raise WrongUsage(Problem(Place(str(file)), "", f"cannot be written: {reason(failure)}", hint)) from None
