"""`build`: render what was published, try out what is to be, guard and attack both, and swap in the site.

Nothing of it is done when the site stands there as it would become (`cli/unchanged.py`).
"""

from __future__ import annotations

import contextlib
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.approving import event_of, keep
from tweeluik.cli.command import Command, add_day, add_identity, add_who
from tweeluik.cli.console import Console, Told
from tweeluik.cli.dialogue import today
from tweeluik.cli.making import TIMES, Parts, make, of_candidates, of_published, tell_made, tell_unchanged, witnesses
from tweeluik.cli.unchanged import Inputs, LastBuild
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.words.said import Said, said

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.record.register import Published


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Build(Command):
    """`certificate` is a new file for the proof of the candidates, which is confidential.

    `candidates`: with these editions as `publish` would put them out (none named: all that are final), on `day`.
    `anew`: make everything, also when nothing seems to have changed. `by`: who makes candidates, for the audit trail;
    without it nothing is kept.
    """

    identity: tuple[Path, ...] = ()
    certificate: Path | None = None
    candidates: tuple[str, ...] | None = None
    day: date | None = None
    anew: bool = False
    by: str = ""

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        add_identity(parser)
        told = "with --candidates: also write their proof to this new file; it is confidential"
        parser.add_argument("--certificate", type=Path, metavar="FILE", help=told)
        told = "the site as it will be once these final editions are published (default: all), for review"
        parser.add_argument("--candidates", nargs="*", metavar="EDITION", help=told)
        add_day(parser)
        told = "make everything anew, also when nothing has changed since the last build"
        parser.add_argument("--anew", action="store_true", help=told)
        add_who(parser)

    def run(self, console: Console) -> Told:
        """Write nothing before every check has passed; and nothing at all when it would become what it is."""
        from tweeluik.disk.folders import refuse_overlap

        refuse_overlap(site=self.site, content=self.content, templates=self.templates)
        self._refuse_options()
        keyring = self._keyring() if self.identity else None
        last = None if self.certificate or self.by else self._last_build(console, keyring)
        told = None if last is None or self.anew else last.told()
        if told is not None:
            return tell_unchanged(told, said("nothing changed: {folder} was read and is whole", folder=str(self.site)))
        parts = None if last is None else Parts(last.digest_key(), None if self.anew else last.parts(), last.program)
        told = console.finished(self._make(console, keyring or self._keyring(), parts))
        if last is not None and parts is not None:
            last.remember(told, without=TIMES)
            last.remember_parts(parts.packed())
        return told

    def _keyring(self) -> Keyring:
        from tweeluik.confidential.age.keyring import Keyring

        return Keyring(self.identity)

    def _last_build(self, console: Console, keyring: Keyring | None) -> LastBuild | None:
        inputs = Inputs(self.content, self.templates, self.identity, (self.candidates, self.day, *console.manner))
        unseal = None if keyring is None else keyring.unseal
        return LastBuild.of(inputs, self.site, unseal=unseal, environment=os.environ)

    def _make(self, console: Console, keyring: Keyring, parts: Parts | None) -> Told:
        from tweeluik.disk.tree import refuse_foreign, replace_tree

        refuse_foreign(self.site)
        making = of_published(parts) if self.candidates is None else of_candidates(self.candidates, self.day, parts)
        hear = witnesses(self.content, self.site if self.candidates is None else None)
        made, tested = make(making, self.content, self.templates, keyring=keyring, console=console, hear=hear)
        self._refuse_site(made.before)
        console.progress("writing the site")
        with self._writing_certificate(made.certificate):
            replace_tree(self.site, made.files)
        told = tell_made(made.summary, tested, said("written to {folder}", folder=str(self.site)))
        return replace(told, warnings=self._note(made.before, made.published)) if self.by else told

    def _note(self, before: Published, after: Published) -> tuple[str | Said, ...]:
        """Every candidate in the audit trail."""
        made = after.log[len(before.log) :]
        return keep(self.content, *(event_of("built", each, day=today(), who=self.by) for each in made))

    def _refuse_site(self, content: Published) -> None:
        """A site with candidates goes to a folder of its own; and no site takes the place of one that knows more."""
        from tweeluik.review.witnesses import is_published_site, refuse_other_past

        if self.candidates is None:
            refuse_other_past(self.site, content)
        elif is_published_site(self.site, content.log):
            raise self._misplaced()

    def _refuse_options(self) -> None:
        if self.candidates is None and self.day is not None:
            raise WrongUsage(Problem(Place("--day"), "", "only with --candidates", "leave it out"))
        if self.candidates is None and self.by:
            raise WrongUsage(Problem(Place("--by"), "", "only with --candidates", "leave it out"))
        if self.candidates is None and self.certificate is not None:
            raise WrongUsage(Problem(Place("--certificate"), "", "only with --candidates", "leave it out"))
        if self.candidates is not None and self.site == Path("site"):
            raise self._misplaced()

    def _misplaced(self) -> WrongUsage:
        hint = "name another folder with --site: a new one, or that of an earlier `build --candidates`"
        return WrongUsage(Problem(Place(str(self.site)), "", "this is the place of the published site", hint))

    @contextlib.contextmanager
    def _writing_certificate(self, certificate: bytes) -> Iterator[None]:
        """A new private file, for as long as what follows succeeds."""
        from tweeluik.disk.durable import reason
        from tweeluik.disk.private import refuse_public_folder, write_new_file

        file = self.certificate
        if file is None:
            yield
            return
        if not certificate:
            what = "there is nothing to publish: not final, or published already"
            raise WrongUsage(Problem(Place("--certificate"), "", what))
        refuse_public_folder(file.parent, self.site, self.content, self.templates)
        try:
            write_new_file(file, certificate)
        except OSError as failure:
            hint = "name a new file in a folder that you may write"
            raise WrongUsage(Problem(Place(str(file)), "", f"cannot be written: {reason(failure)}", hint)) from None
        try:
            yield
        except BaseException:
            file.unlink()
            raise
