"""`import`: bring a spreadsheet into the source: what is new, what changed, and what is given back."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_identity, as_day
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import ask_to_go_on, today
from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.words.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.sheets.answers import Answer
    from tweeluik.sheets.importing import Plan
    from tweeluik.sheets.misfits import Question
    from tweeluik.words.language import Language

_MOST_ASKED = 30
"""Questions at the terminal; the others are in the spreadsheet that comes back."""

_NOTHING = "nothing was written"
_WARNING = "this is confidential: do not keep it, and do not send it on"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Import(Command):
    """`file` is a spreadsheet; `since` the day from which what differs is otherwise, for rows that do not say so."""

    file: Path
    since: date | None = None
    dry_run: bool = False
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .ods or .csv")
        told = "the first day of how things are now, where the spreadsheet differs from the source and does not say"
        parser.add_argument("--since", type=as_day, metavar="DAY", help=told)
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and write nothing")
        add_identity(parser)

    def run(self, console: Console) -> Told:
        """Tell what is in it and what it comes to, ask what words mean, and write what follows."""
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.sheets.profile import tell_plan

        console.progress("reading the spreadsheet")
        keyring = Keyring(self.identity)
        plan = self._plan(keyring, ())
        lines = tuple(tell_plan(plan, whole=self.at_length))
        if self.dry_run:
            return Told((*lines, _NOTHING), self._data(plan, (), None, console.language), (_WARNING,))
        if console.is_attended():
            if plan.questions and (answers := _ask(console, lines, plan.questions)):
                plan = self._plan(keyring, answers)
                lines = tuple(tell_plan(plan, whole=self.at_length))
            if plan.files and not ask_to_go_on(console)(lines):
                return Told((_NOTHING,), self._data(plan, (), None, console.language))
            lines = () if plan.files else lines
        written, returned = self._write(plan, keyring)
        lines += tuple(said("written: {file}", file=str(self.content / name)) for name in written)
        if returned is not None:
            lines += (said("what did not fit: {file}", file=str(returned)),)
        if len(plan.returned) == len(plan.outcomes) > 0:
            what = f"none of the {len(plan.outcomes)} rows fits"
            if console.is_attended():  # elsewhere a failure names nothing of the sheet
                for line in lines:
                    console.say(line)
            raise SourceHasProblems(Problem(Place(self.file.name), "", what, f"see {returned}"))
        return Told(lines, self._data(plan, written, returned, console.language), (_WARNING,))

    def _plan(self, keyring: Keyring, answers: Sequence[Answer]) -> Plan:
        import secrets

        from tweeluik.sheets.importing import plan_import

        return plan_import(
            self.file, self.content, new_id=lambda: f"p-{secrets.token_hex(3)}", today=today(), unseal=keyring.unseal,
            since=self.since, more=answers,
        )  # fmt: skip

    def _write(self, plan: Plan, keyring: Keyring) -> tuple[tuple[str, ...], Path | None]:
        """The files of the source, and what is given back, in one go."""
        from tweeluik.confidential.age.recipients import read_source_recipients
        from tweeluik.confidential.at_rest.changing import write_source
        from tweeluik.disk.private import refuse_public_folder
        from tweeluik.sheets.returned import give_back, render

        returned = _free(self.file) if plan.returned else None
        if returned is not None:
            refuse_public_folder(returned.absolute().parent, self.content, self.templates)
        beside = {returned: render(give_back(plan), returned.suffix)} if returned is not None else {}
        written = write_source(
            self.content, plan.files, plan.former, keyring=keyring,
            recipients=read_source_recipients(self.content, today=today()), beside=beside,
        )  # fmt: skip
        return written, returned

    def _data(
        self, plan: Plan, written: tuple[str, ...], returned: Path | None, language: Language
    ) -> dict[str, object]:
        from tweeluik.sheets.profile import reasons

        return {
            "rows": len(plan.outcomes),
            **plan.counts,
            "reasons": [
                {"what": what.shown(language), "rows": [each.line.told.shown(language) for each in rows]}
                for what, rows in reasons(plan).items()
            ],
            "questions": [{"about": asked.about, "written": asked.written, "rows": n} for asked, n in plan.questions],
            "written": list(written),
            "returned_in": None if returned is None else str(returned),
        }


def _ask(console: Console, lines: Sequence[Said], questions: Sequence[tuple[Question, int]]) -> tuple[Answer, ...]:
    """What the person at the terminal says that words mean; what is left open is asked again in what comes back."""
    from tweeluik.sheets.answers import answer

    found = []
    before = tuple(lines)
    for question, rows in questions[:_MOST_ASKED]:
        reply = console.ask(*before, _asked(question, rows))
        before = ()
        if reply is None:
            break
        meant = question.nearest[int(reply) - 1] if reply in map(str, range(1, len(question.nearest) + 1)) else reply
        if meant:
            found.append(answer(question.about, question.written, meant))
    return tuple(found)


def _asked(question: Question, rows: int) -> Said:
    from tweeluik.sheets.misfits import ASKED

    near = "".join(f"  {at}: {each}" for at, each in enumerate(question.nearest, 1))
    what = "{about} ‘{written}’ ({rows}):{near}  (Enter: not now)"
    return said(what, about=said(ASKED[question.about]), written=question.written, rows=rows, near=near)


def _free(file: Path) -> Path:
    """Beside the spreadsheet, in its own format where that can be written."""
    suffix = ".ods" if file.suffix.lower() == ".ods" else ".xlsx"
    names = (f"{file.stem}-terug{'' if number == 1 else f'-{number}'}{suffix}" for number in range(1, 10**6))
    return next(path for name in names if not (path := file.with_name(name)).exists())
