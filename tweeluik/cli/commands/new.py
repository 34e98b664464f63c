"""`new`: an organisation, a conversation or an edition to be filled in."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tweeluik.cli.command import Command, add_identity, as_day
from tweeluik.cli.console import Console, Told
from tweeluik.problems import Place, Problem, SourceHasProblems, WrongUsage, no_such_edition

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.source.codes import Codes
    from tweeluik.source.entries import Entry

Kind = Literal["partner", "conversation", "edition"]

_TAKES = (
    "an edition gets the year after the one that it is like, a conversation its day by --day, and a partner its name in"
    " the file that is made"
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class New(Command):
    """`what` is to be made: a partner of a `kind`, a conversation on a `day`, or an edition like an earlier one.

    Where there is no edition yet, the first has the usual tables.
    """

    what: Kind
    kind: str | None = None
    day: date | None = None
    like: str | None = None
    identity: tuple[Path, ...] = ()

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("what", choices=("partner", "conversation", "edition"), help="what is new")
        parser.add_argument("--kind", metavar="CODE", help="of a partner: its kind, which also names the file")
        parser.add_argument("--day", type=as_day, metavar="DAY", help="of a conversation: its day, as 2026-07-03")
        told = "of an edition: the one of a year earlier, whose tables it takes over (default: the latest)"
        parser.add_argument("--like", metavar="EDITION", help=told)
        add_identity(parser)
        parser.epilog = _TAKES

    def run(self, console: Console) -> Told:
        """Add it to the source, and tell where a person goes on."""
        from tweeluik.cli.dialogue import today
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.age.recipients import read_source_recipients
        from tweeluik.confidential.at_rest.changing import write_source
        from tweeluik.source.inventory import SEALED
        from tweeluik.source.load import read_codes, read_texts

        self._refuse_of_another_kind()
        console.progress("reading the source")
        keyring = Keyring(self.identity)
        texts = read_texts(self.content, unseal=keyring.unseal)
        entry = self._entry(texts, read_codes(self.content, names=False, unseal=keyring.unseal))
        self._refuse_broken(entry, keyring)
        recipients = read_source_recipients(self.content, today=today())
        (file,) = write_source(
            self.content, {entry.file: entry.text}, {entry.file: texts.get(entry.file)},
            keyring=keyring, recipients=recipients, beside={},
        )  # fmt: skip
        is_sealed = file.endswith(SEALED)
        where = str(self.content / file) if is_sealed else f"{self.content / file}:{entry.line}"
        to_fill_in = "fill in what is empty with `edit`" if is_sealed else "fill in what is empty"
        now = "look at its title and days" if self.what == "edition" else to_fill_in
        return Told((f"{where}: {now}, and see with `check` what is left",), {"place": where})

    def _refuse_of_another_kind(self) -> None:
        """What would be left unused is never taken without a word."""
        given = {"partner": self.kind, "conversation": self.day, "edition": self.like}
        for what, option in (("partner", "--kind"), ("conversation", "--day"), ("edition", "--like")):
            if given[what] is not None and what != self.what:
                raise WrongUsage(Problem(Place(option), "", f"only with `new {what}`", _TAKES))

    def _entry(self, texts: dict[str, str], codes: Codes) -> Entry:
        import secrets

        from tweeluik.source import entries

        if self.what == "conversation":
            return entries.conversation(texts, codes, day=self.day)
        if self.what == "partner":
            _refuse_unknown(self.kind, codes, "kind")
            return entries.partner(texts, codes, id_=f"p-{secrets.token_hex(3)}", kind=self.kind)
        like = self.like or entries.latest_edition(codes)
        if like is None:
            return entries.first_edition(texts, codes)
        if f"editions/{like}.yaml" not in texts:
            raise no_such_edition(codes.get("edition", {}))
        made = entries.edition(texts, like=like)
        if made.file in texts:
            what = "the edition of a year later is there already"
            raise WrongUsage(Problem(Place(made.file), "", what, "name another with --like"))
        return made

    def _refuse_broken(self, entry: Entry, keyring: Keyring) -> None:
        """An edition is whole at once; the others are empty where a person must write."""
        from tweeluik.source.load import read_changed

        if self.what == "edition":
            try:
                read_changed(self.content, {entry.file: entry.text}, unseal=keyring.unseal)
            except SourceHasProblems as found:
                own = tuple(each for each in found.problems if each.place.file == entry.file)
                if own:
                    raise SourceHasProblems(own) from None


def _refuse_unknown(code: str | None, codes: Codes, target: str) -> None:
    from tweeluik.source.suggest import nearest

    known = codes.get(target, {})
    if code is not None and code not in known:
        cure = nearest(code, known) or f"one of: {', '.join(known)}"
        raise WrongUsage(Problem(Place(f"--{target}"), "", f"unknown {target}", cure))
