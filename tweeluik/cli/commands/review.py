"""`review`: what a reviewer needs of an edition that is to be published."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tweeluik.cli.command import Command, add_day, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.making import make, of_proposal
from tweeluik.problems import Place, Problem, WrongUsage

_ENDINGS = (".html", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Review(Command):
    """`report` is a new file, a page or a PDF by its ending; `public` leaves out what names organisations."""

    edition: str
    report: Path
    public: bool = False
    identity: tuple[Path, ...] = ()
    provisional: bool = False
    day: date | None = None

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("edition", metavar="EDITION")
        told = "write the change report to this new file, .html or .pdf; it is confidential"
        parser.add_argument("--report", type=Path, required=True, metavar="FILE", help=told)
        parser.add_argument("--public", action="store_true", help="without what is confidential")
        parser.add_argument("--provisional", action="store_true", help="of a concept, as `publish --provisional`")
        add_day(parser)
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Write a report of the very version that is approved by its digest."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.folders import need_templates
        from tweeluik.review.rendering import FOLDER
        from tweeluik.review.report import Reported, in_groups, render_report

        self._refuse_file()
        need_templates(self.templates, FOLDER)
        making = of_proposal(self.edition, day=self.day, provisional=self.provisional)
        proposal, _ = make(making, self.content, self.templates, keyring=Keyring(self.identity), console=console)
        subject, needed = proposal.subject, proposal.source.policy.approvals.value
        before = proposal.making.as_published()
        reported = Reported(
            proposal.release, proposal.facts, subject, needed, before, proposal.made.files, proposal.names_gone
        )
        console.progress("writing the report")
        as_pdf = self.report.suffix.lower() == ".pdf"
        report = render_report(reported, self.templates, as_pdf=as_pdf, is_public=self.public)
        if self.public:
            proposal.making.search(proposal.made, {self.report.name: report})
        self._write(report)
        lines = (f"written to {self.report}", f"its digest is {in_groups(subject.digest)}")
        warning = () if self.public else ("confidential: the report names organisations; give it to who may know them",)
        return Told(lines, {"file": str(self.report), "digest": subject.digest}, warning)

    def _refuse_file(self) -> None:
        from tweeluik.disk.private import refuse_public_folder

        if self.report.suffix.lower() not in _ENDINGS:
            hint = "end its name in .html or .pdf"
            raise WrongUsage(Problem(Place("--report"), "", "what kind of file is this?", hint))
        refuse_public_folder(self.report.parent, self.site, self.content, self.templates)

    def _write(self, report: bytes) -> None:
        from tweeluik.disk.durable import reason
        from tweeluik.disk.private import write_new_file

        try:
            write_new_file(self.report, report)
        except OSError as failure:
            hint = "name a new file in a folder that you may write"
            what = f"cannot be written: {reason(failure)}"
            raise WrongUsage(Problem(Place(str(self.report)), "", what, hint)) from None
