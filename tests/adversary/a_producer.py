"""A producer with a fault in it, and what the two audits say of what it hands on: publishing, without pages and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from unittest import mock

from tweeluik.checks.audit.hearing import Handed
from tweeluik.door.release import release
from tweeluik.pipeline.content import Content
from tweeluik.pipeline.made import silent
from tweeluik.pipeline.scrutiny import Scrutiny
from tweeluik.problems import UnsafeTables
from tweeluik.protection.agreement import numbered
from tweeluik.protection.beside import Memories
from tweeluik.protection.editions import prove_editions
from tweeluik.protection.proven import Proven
from tweeluik.record.canonical import serialise
from tweeluik.record.log import PUBLIC, Log, follow, serialise_public
from tweeluik.record.model import Publication
from tweeluik.record.register import Published, Register
from tweeluik.selection.microdata import microdata
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Source

DAY = date(2030, 1, 2)


@dataclass(frozen=True)
class Said:
    """What the audit by sums says of everything published, and the one by worlds: by which subtraction, or what else."""

    by_sums: frozenset[str] = frozenset()
    by_worlds: frozenset[str] = frozenset()

    def __or__(self, other: Said) -> Said:
        return Said(self.by_sums | other.by_sums, self.by_worlds | other.by_worlds)


@dataclass(frozen=True)
class Out:
    """What is public in the end, what was said of it on the way, and what the audit was handed last."""

    files: Mapping[str, bytes]
    said: Said
    handed: Handed | None


def publish(*sources: Source) -> Out:
    """What goes out when each source is published after the one before it, as the producer has it.

    Raises:
        UnsafeTables: the producer itself refuses.
    """
    register: Register = {}
    log: Log = ()
    memories: Memories = {}
    said, files, handed = Said(), dict[str, bytes](), None
    for each in sources:
        source = numbered(each, register)
        proven = prove_editions(source, register, memories, log=log)
        after, logged = dict(register), log
        for edition in proven.editions:
            made = release(source, edition)
            after[made.edition] = (*after.get(made.edition, ()), made)
            logged = follow(logged, made, DAY)
        content = Content(Published(register, log), source.shell, source, memories)
        shown, handed = _site(content, after), proven.handed
        files = {**_files(shown), PUBLIC: serialise_public(logged)}
        said |= _looked_at(content, shown, files, proven)
        data = {each.publication: microdata(source, each.selection, secret_of(source)) for each in proven.editions}
        memories = {**memories, **{name: replace(held, version=name[1]) for name, held in data.items()}}
        register, log = after, logged
    return Out(files, said, handed)


def _files(shown: Publication) -> dict[str, bytes]:
    current = {f"edities/{each.edition}/release.json": serialise(each) for each in shown.releases}
    before = {f"edities/{e.edition}/versie-{e.version}/release.json": serialise(e) for e in shown.superseded}
    return {**current, **before}


def _looked_at(content: Content, shown: Publication, files: dict[str, bytes], proven: Proven) -> Said:
    """What those who look at the finished files say, each by itself."""
    with (
        mock.patch("tweeluik.pipeline.scrutiny.find_undeclared", return_value=()),
        mock.patch("tweeluik.pipeline.scrutiny.find_new_leaks", return_value=()),
        mock.patch("tweeluik.checks.audit.auditor.find_disagreements", return_value=()),
    ):
        scrutiny = Scrutiny(content, silent, None)
        with mock.patch.object(Scrutiny, "_hear", return_value=b""):
            by_sums = _problems(scrutiny, shown, files, proven)
        with mock.patch("tweeluik.pipeline.scrutiny.audited_widths", return_value={}):
            by_worlds = _problems(scrutiny, shown, files, proven)
    return Said(by_sums, by_worlds)


def _problems(scrutiny: Scrutiny, shown: Publication, files: dict[str, bytes], proven: Proven) -> frozenset[str]:
    try:
        scrutiny.check(shown, files, proven)
    except UnsafeTables as refused:
        return frozenset(each.what.rpartition(": ")[2] for each in refused.problems)
    return frozenset()


def _site(content: Content, register: Register) -> Publication:
    shell, versions = content.shell.report, list(register.values())
    return Publication(
        shell.title, shell.publisher, shell.contact.name, shell.contact.email, None, shell.licence, None, None, None,
        releases=tuple(each[-1] for each in versions), pages=(),
        superseded=tuple(release for each in versions for release in each[:-1]),
    )  # fmt: skip
