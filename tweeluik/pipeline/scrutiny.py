"""Who looks at finished files before anybody else does; nothing goes out that one of them refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tweeluik.checks.guard.declared import find_undeclared
from tweeluik.checks.guard.digests import Tried
from tweeluik.checks.guard.exemptions import Exemption
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.checks.guard.sums import Sums
from tweeluik.door.withheld import withheld
from tweeluik.pipeline.behind import by_publication, find_others
from tweeluik.pipeline.checking import audited_widths, find_new_leaks, tried_before
from tweeluik.pipeline.content import Content
from tweeluik.pipeline.continuing import lines, parents
from tweeluik.pipeline.made import Checked, Files, Progress
from tweeluik.pipeline.stages import Stages
from tweeluik.pipeline.successors import going_on
from tweeluik.problems import BuildFailed, Place, Problem, UnsafeTables, WithheldValueFound
from tweeluik.protection.claims import claims
from tweeluik.protection.proven import Proven
from tweeluik.record.canonical import serialise
from tweeluik.record.model import Publication
from tweeluik.selection.microdata import Microdata, microdata
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.exemptions import FILE as EXCEPTIONS
from tweeluik.source.records import Source

if TYPE_CHECKING:
    from tweeluik.checks.audit.hearing import Handed


class Scrutiny:
    """Those who look at the finished files of one content: the guard, the audit, and who asks of all publications."""

    def __init__(self, content: Content, progress: Progress, stages: Stages | None) -> None:
        self._content, self._progress, self._stages = content, progress, stages

    def check(self, shown: Publication, files: Files, proven: Proven) -> Checked:
        """The guard looks for what must stay inside, if there is any inside left; the audit attacks, and asks."""
        if self._content.source is not None:
            self._progress("searching for withheld values")
            _refuse(WithheldValueFound, find_undeclared(files))
            secrets = self._secrets(self._content.source, shown)
            _refuse(WithheldValueFound, find_new_leaks(files, secrets, self.exceptions(shown), self._stages))
        self._progress("attacking the release")
        widths = audited_widths(files, claims(proven.editions), self._stages)
        return Checked(widths, self._hear(shown, files, proven))

    def _hear(self, shown: Publication, files: Files, proven: Proven) -> bytes:
        """Hear what everything ever published tells together; the certificate, none where no numbers are to go out."""
        new = self._not_out_yet(shown)
        unproven = new if proven.handed is None else (new | self._remembered()) & proven.handed.forgotten
        _refuse(UnsafeTables, (_without_records(edition) for edition, _ in sorted(unproven)))
        if proven.handed is None:
            return b""
        from tweeluik.checks.audit.hearing import hear  # noqa: PLC0415 - as `prove_editions`

        told, truth = by_publication(self._behind(new)), proven.handed.truth
        who = going_on(self._content, told, truth, proven.handed.forgotten)
        _refuse(UnsafeTables, find_others(told, truth, who))
        self._progress("asking what everything ever published tells together")
        heard = hear({**self._records_beside(shown), **files}, self._asked_for(proven.handed, new))
        _refuse(UnsafeTables, heard.problems)
        return heard.certificate

    def _asked_for(self, handed: Handed, new: frozenset[tuple[str, int]]) -> Handed:
        """What protection hands on, with the policy's own numbers, the source's own words, and what is to be asked."""
        from tweeluik.checks.audit.answers import Rules  # noqa: PLC0415 - as `prove_editions`

        rules, source = handed.rules, self._content.source
        if source is not None:
            policy = source.policy
            rules = Rules(policy.threshold.value, policy.p_percent.value, policy.group_size.value)
            handed = replace(handed, agenda=parents(source), lines=lines(source))
        return replace(handed, rules=rules, new=handed.new | new)

    def _behind(self, new: frozenset[tuple[str, int]]) -> Iterator[Microdata]:
        """The records behind what is out, where they are there, and behind what is about to go out."""
        yield from (self._content.memories[each] for each in sorted(self._remembered()))
        source = self._content.source
        if source is not None:
            editions = (each for each in source.editions if (each.id, each.version) in new)
            yield from (microdata(source, select(source, each), secret_of(source)) for each in editions)

    def _not_out_yet(self, shown: Publication) -> frozenset[tuple[str, int]]:
        """Numbers that nobody outside has: whatever protection hands on or leaves out, they are asked about."""
        register = self._content.published.register
        out = {(each.edition, each.version) for versions in register.values() for each in versions}
        return frozenset((each.edition, each.version) for each in shown.releases if each.tables) - out

    def _remembered(self) -> frozenset[tuple[str, int]]:
        """Numbers that are out and of which the records are there: whatever protection says, they are asked about."""
        out = {(r.edition, r.version) for v in self._content.published.register.values() for r in v if r.tables}
        return frozenset(out & self._content.memories.keys())

    def _records_beside(self, shown: Publication) -> Files:
        """The records that readers have besides this site: versions that it does not show are known all the same."""
        there = {(each.edition, each.version) for each in (*shown.releases, *shown.superseded)}
        return {
            f"edities/{each.edition}/versie-{each.version}/release.json": serialise(each)
            for versions in self._content.published.register.values()
            for each in versions
            if (each.edition, each.version) not in there
        }

    def _secrets(self, source: Source, shown: Publication) -> tuple[Secret, ...]:
        """All that must stay inside; of the very same source and versions it is known."""
        versions: tuple[object, ...] = (shown.releases, shown.superseded)
        known = None if self._stages is None else self._stages.secrets
        if known is not None and known[0] is source and known[1] == versions:
            return known[2]
        found = withheld(source, shown.releases, shown.superseded)
        if self._stages is not None:
            self._stages.secrets = (source, versions, found)
        return found

    def refuse_leaks(self, shown: Publication, files: Files, among: Files, tried: Tried | None = None) -> None:
        """The guard only, on some of the files of a site, or beside it. Not every exception is wanted there.

        `tried`: what was tried before, for whoever asks again with the same values.

        Raises:
            WithheldValueFound: they hold a value that must stay inside.
        """
        if self._content.source is not None:
            secrets = self._secrets(self._content.source, shown)
            if tried is None and self._stages is not None:
                tried = tried_before(secrets, self._stages)
            found = find_leaks(files, secrets, self.exceptions(shown), Sums(among.values()), tried)
            _refuse(WithheldValueFound, (each for each in found if each.place.file != EXCEPTIONS))

    def refuse_new_leaks(self, shown: Publication, files: Files, seen: Files) -> None:
        """The guard only, on the files of a site that are not as they were when it saw them.

        Raises:
            WithheldValueFound: as `refuse_leaks`.
        """
        self.refuse_leaks(shown, {path: data for path, data in files.items() if seen.get(path) != data}, files)

    def exceptions(self, shown: Publication) -> tuple[Exemption, ...]:
        """Those for what is on the site: not those for the page of an edition that is not."""
        absent = {each.id for each in (*self._content.candidates, *self._content.concepts)}
        folders = tuple(f"edities/{each}/" for each in absent - {each.edition for each in shown.releases})
        return tuple(each for each in self._content.exceptions if not each.file.startswith(folders))


def _refuse(failure: type[BuildFailed], problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise failure(found)


def _without_records(edition: str) -> Problem:
    return Problem(Place(f"edities/{edition}"), "", "the records behind this publication are not there")
