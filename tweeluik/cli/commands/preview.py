"""`preview`: serve what is published and whatever else there is, marked."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli.command import Command, add_identity, add_port
from tweeluik.cli.console import Console, Told
from tweeluik.cli.making import drafting, look_for_cycles_again, make, of_everything
from tweeluik.problems import SourceHasProblems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tweeluik.confidential.age.keyring import Keyring


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Preview(Command):
    """`port` is that of this machine, 0 for any that is free."""

    identity: tuple[Path, ...] = ()
    port: int = 8000

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        add_identity(parser)
        add_port(parser, "default: 8000; 0: any free one")

    def run(self, console: Console) -> Told:
        """Serve until Ctrl-C."""
        import secrets

        from tweeluik.cli.mending import MendableSource
        from tweeluik.cli.preview import serve
        from tweeluik.cli.workbench import Workbench
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.disk.folders import need_templates
        from tweeluik.source.inventory import not_there

        need_templates(self.templates, "public")
        if not self.content.is_dir():
            raise SourceHasProblems(not_there(self.content))
        keyring = Keyring(self.identity)
        serve(
            lambda: self._made(keyring, console),
            drafting(self.content, self.templates, keyring),
            self.content,
            self.templates,
            port=self.port,
            run=f"{time.time_ns():x}",
            console=console,
            workbench=Workbench(MendableSource(self.content, keyring), secrets.token_urlsafe(32)),
        )
        return Told()

    def _made(self, keyring: Keyring, console: Console) -> Mapping[str, bytes]:
        """The whole site, and a word on the terminal of where much of it would be hidden."""
        made, _ = make(of_everything(), self.content, self.templates, keyring=keyring, console=console)
        look_for_cycles_again()
        console.warn(tuple(made.summary.hidden_much()))
        return made.files
