"""`check`: what `build` does, writing nothing; a look at what git is about to commit; or mending what is mechanical."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_identity
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.cli.making import make, of_published, tell_made, witnesses
from tweeluik.cli.telling import as_line, code_of
from tweeluik.problems import Place, Problem, SealingFailed, SourceHasProblems, WrongUsage
from tweeluik.words.language import Language
from tweeluik.words.said import Said, as_is, said

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.source.mending import Mended, Mending

_MOST_ALIKE = 10
"""Lines of one file that are mended in the same way, and that are shown."""

_WARNING = "confidential: this shows lines of the source; do not copy it into a log, a ticket or a mail"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Check(Command):
    """`staged` asks for the look at what git is about to commit, and for nothing else.

    `fix`: first mend what is mechanical in the source, and show every line of it; with `dry_run` show it, and no more.
    """

    identity: tuple[Path, ...] = ()
    staged: bool = False
    fix: bool = False
    dry_run: bool = False

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        add_identity(parser)
        told = "look at nothing but what git is about to commit: no keys, no opened bundles, no source in clear"
        parser.add_argument("--staged", action="store_true", help=told)
        told = (
            "first mend what is mechanical in the source, such as a dash, quotes or the form of a date; shows each line"
        )
        parser.add_argument("--fix", action="store_true", help=told)
        told = "with --fix: show what would be mended, and write nothing"
        parser.add_argument("--dry-run", action="store_true", help=told)

    def run(self, console: Console) -> Told:
        """Make the whole site, in memory."""
        from tweeluik.confidential.age.keyring import Keyring

        if self.staged:
            return self._look_at_staged()
        keyring = Keyring(self.identity)
        if self.dry_run:
            return self._try_mending(console, keyring)
        if self.fix:
            self._mend(console, keyring)
        try:
            making, hear = of_published(advise=True), witnesses(self.content, self.site)
            made, tested = make(making, self.content, self.templates, keyring=keyring, console=console, hear=hear)
        except SourceHasProblems as failure:
            self._advise(console, failure, keyring)
            raise
        from tweeluik.cli.other_files import find_wrong_beside

        told = tell_made(made.summary, tested, said("nothing was written"))
        doubts = dict.fromkeys((*self._stale_readers(), *find_wrong_beside(self.content, today=today())))
        return replace(told, doubts=(*doubts, *told.doubts))

    def _stale_readers(self) -> tuple[Problem, ...]:
        """Who cannot open the source yet, who still can, and whose key lapses; a wrong file of a reader as it is."""
        from tweeluik.confidential.age.recipients import find_lapsing, read_source_recipients
        from tweeluik.confidential.at_rest.resealing import find_stale

        lapsing = tuple(find_lapsing(self.content, today=today()))
        try:
            stale = tuple(find_stale(self.content, read_source_recipients(self.content, today=today())))
        except SealingFailed as failure:
            stale = tuple(each for each in failure.problems if not any(_is_one(each, told) for told in lapsing))
        return (*stale, *lapsing)

    def _mend(self, console: Console, keyring: Keyring) -> None:
        """Write the mended lines, all of them or none; then they are told, whatever the check says after that."""
        from tweeluik.cli.mending import MendableSource

        console.progress("mending the source")
        source = MendableSource(self.content, keyring)
        mending = source.mend()
        source.write(mending)
        console.note(tell_mended(mending, console.language, whole=self.at_length), changed=bool(mending.texts))

    def _advise(self, console: Console, failure: SourceHasProblems, keyring: Keyring) -> None:
        """Say that some of it need not be done by hand."""
        from tweeluik.source.mending import may_mend

        if not self.fix and may_mend(self.content, failure.problems, unseal=keyring.unseal):
            console.advise("some of this can be mended: `check --fix --dry-run` shows it, `check --fix` does it")

    def _try_mending(self, console: Console, keyring: Keyring) -> Told:
        from tweeluik.source.mending import mend

        if not self.fix:
            raise WrongUsage(Problem(Place("--dry-run"), "", "only with --fix", "leave it out"))
        console.progress("mending the source")
        mending = mend(self.content, unseal=keyring.unseal)
        told = tell_mended(mending, console.language, whole=self.at_length)
        last = said("problems left after that: {number}; nothing was written", number=len(mending.left))
        return replace(told, lines=(*told.lines, last), data={**told.data, "left": len(mending.left)})

    def _look_at_staged(self) -> Told:
        from tweeluik.confidential.at_rest.staged import find_unfit_staged

        problems = tuple(find_unfit_staged(self.content))
        if problems:
            raise SourceHasProblems(problems)
        return Told(("nothing that is staged must stay out of the history",))


def _is_one(problem: Problem, told: Problem) -> bool:
    """Whether two problems are one; that of a whole file has no line."""
    return (problem.place.file, problem.what) == (told.place.file, told.what)


def tell_mended(mending: Mending, language: Language, *, whole: bool) -> Told:
    """Every line that was mended, before and after; of many alike in one file the first, unless all are asked for."""
    lines = list[str | Said]()
    alike: dict[tuple[str, str], list[Mended]] = {}
    for each in mending.lines:
        alike.setdefault((each.place.file, each.problem.what), []).append(each)
    for group in alike.values():
        shown = group if whole or len(group) <= _MOST_ALIKE + 1 else group[:_MOST_ALIKE]
        for each in shown:
            why = as_line(Problem(each.place, "", each.problem.what), language)
            lines += (as_is(why), as_is(f"- {each.before}").below(), as_is(f"+ {each.after}").below())
        if len(shown) < len(group):
            lines.append(said("and {number} more lines like these; all: --all", number=len(group) - len(shown)).below())
    count = len({each.place for each in mending.lines})
    last = "nothing could be mended" if not count else f"{count} line{'s' if count > 1 else ''} mended"
    data = [
        {"place": str(each.place), "code": code_of(each.problem), "before": each.before, "after": each.after}
        for each in mending.lines
    ]
    return Told((*lines, last), {"mended": data}, (_WARNING,) if count else ())
