"""The build as a list of steps: from the source and the register to the finished bytes of a site, every check passed.

Three sites can be made of one content. `make_site` renders what was published and nothing else, after trying out what
is to be published next; `make_candidates` renders that too, byte for byte as `publish` would put it out; `make_preview`
shows whatever there is, concepts as well, with a mark on it. Nothing here touches the disk but to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tweeluik.checks.audit.widths import Widths
from tweeluik.checks.guard.declared import find_undeclared
from tweeluik.checks.guard.digests import Tried
from tweeluik.checks.guard.exemptions import Exemption
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.sums import Sums
from tweeluik.disk.folders import need_templates
from tweeluik.door.release import publication, release, withdrawn_names
from tweeluik.door.withheld import withheld
from tweeluik.pipeline.border import render_outside, warm
from tweeluik.pipeline.checking import Proofs, audited_widths, find_new_leaks
from tweeluik.pipeline.content import Content, Examine, accept, only, read_content
from tweeluik.pipeline.looks import read_looks
from tweeluik.pipeline.outsider import beside
from tweeluik.pipeline.publishing import add, day_of, known_day, refuse_wrong_day, strike_names
from tweeluik.pipeline.rendering import Fences, render_kept
from tweeluik.pipeline.stages import Stages
from tweeluik.pipeline.summary import Summary, summarise
from tweeluik.problems import BuildFailed, Place, Problem, UnsafeTables, WithheldValueFound, WrongUsage
from tweeluik.protection.agreement import differences
from tweeluik.protection.claims import claims
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.rejoining import find_strangers
from tweeluik.public.confinement import LANDLOCK, LIMITS, SECCOMP
from tweeluik.public.templates import Templates
from tweeluik.record.canonical import serialise
from tweeluik.record.model import Publication, Release
from tweeluik.record.register import Published
from tweeluik.source.exemptions import FILE as EXCEPTIONS
from tweeluik.source.inventory import Unseal
from tweeluik.source.records import Edition

Progress = Callable[[str], None]
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A site that passed every check. All is public but `certificate` and `protected`: those show what is sensitive.

    `releases` are the versions that were not published yet, in the order in which they would be; `before` is the
    register as it was, `published` that with those in it that the site has. The certificate is of these files; there is
    none where no numbers in them are new.
    """

    releases: tuple[Release, ...]
    files: Files
    summary: Summary
    certificate: bytes
    before: Published
    published: Published
    protected: tuple[ProtectedEdition, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """Of a site that passed every check: what its readers are left with per (edition, table), and the proof of it."""

    widths: Mapping[tuple[str, str], Widths]
    certificate: bytes


def silent(_step: str) -> None:
    """Progress that nobody sees."""


def make_site(
    content: Path, templates: Path, *, unseal: Unseal | None = None, examine: Examine = accept,
    progress: Progress = silent, stages: Stages | None = None,
) -> Made:  # fmt: skip
    """Every file of the site of what was published; `unseal` opens the files of the source that are kept sealed.

    What is final and not yet published is protected, rendered and attacked beside it, and then left out. `stages` are
    those of an earlier build.

    Raises:
        WrongUsage: the templates are not there.
        SourceHasProblems: the source is not what its format asks, or may have one organisation twice.
        UnsafeTables: no safe way to publish the tables, or an attack on the finished files succeeded.
        WithheldValueFound: the finished files hold a value that must stay inside.
        RegisterNotWhole: what was published is not whole.
    """
    given = _read(content, templates, unseal, examine, progress, is_cold=stages is None or stages.is_empty)
    return make_of(given, templates, progress, stages).published_only()


def make_candidates(
    content: Path, templates: Path, *, editions: Sequence[str] = (), day: date | None = None,
    unseal: Unseal | None = None, examine: Examine = accept, progress: Progress = silent, stages: Stages | None = None,
) -> Made:  # fmt: skip
    """The site as it will be once these editions are published (by default all that are final), on their days.

    Args:
        content: The content folder.
        templates: The folder of the templates.
        editions: Ids; the order does not matter.
        day: Of the publication, where the edition does not say it.
        unseal: Opens the files of the source that are kept sealed.
        examine: Looks at the source first.
        progress: Is told of every step.
        stages: Those of an earlier build.

    Raises:
        WrongUsage: the templates are not there, an edition has nothing to publish, or its day is not known.
        BuildFailed: as `make_site`.
    """
    given = _read(content, templates, unseal, examine, progress, is_cold=stages is None or stages.is_empty)
    making = make_of(given, templates, progress, stages)
    return making.with_candidates(editions, day)


def make_preview(
    content: Path, templates: Path, *, unseal: Unseal | None = None, examine: Examine = accept,
    progress: Progress = silent,
) -> Made:  # fmt: skip
    """Everything that there is, with what is not published marked as a concept in every file about it.

    Raises:
        BuildFailed: as `make_site`.
    """
    return make_of(_read(content, templates, unseal, examine, progress), templates, progress).everything()


def _read(
    content: Path, templates: Path, unseal: Unseal | None, examine: Examine, progress: Progress, *, is_cold: bool = True
) -> Content:
    need_templates(templates, "public")
    if is_cold:
        warm()
    progress("reading the source")
    return read_content(content, unseal=unseal, examine=examine)


def make_of(content: Content, templates: Path, progress: Progress, stages: Stages | None = None) -> Making:
    """What can be made of a content that was read; of what is in the stages only what has changed."""
    return Making(content, read_looks(templates, content.shell.report.contact.email), progress, stages)


class Making:
    """One content on its way to a site."""

    def __init__(
        self, content: Content, templates: Templates, progress: Progress, stages: Stages | None = None
    ) -> None:
        self._content, self._templates, self._progress, self._stages = content, templates, progress, stages
        self._proofs = Proofs(stages)

    def published_only(self) -> Made:
        """What was published; the candidates are tried out."""
        published = self._content.published
        proven = self.protect(self._content.candidates)
        shown = self._publication(published.current, published)
        files = self.render(shown)
        if not proven.editions:
            return self._made(shown, (), files, self._check(shown, files, proven), published)
        releases, after = self._add(proven.editions, published, _on_any_day)
        trial = self._publication(after.current, after)
        trial_files = self.render(trial, "trial")
        checked = self._check(trial, trial_files, proven)
        self.refuse_leaks(shown, {path: data for path, data in files.items() if trial_files.get(path) != data}, files)
        return self._made(trial, releases, files, replace(checked, certificate=b""), published, proven.editions)

    def with_candidates(self, asked: Sequence[str], day: date | None) -> Made:
        """What is published, and the candidates that are asked for, by default all."""
        return self.with_editions(self._asked(asked), day)

    def with_editions(self, editions: tuple[Edition, ...], day: date | None) -> Made:
        """What is published, and these editions as they will be; a concept as a provisional version."""
        for each in editions:
            refuse_wrong_day(each, self._content.published, day)  # before the minutes that protection may take
        proven = self.protect(editions)
        releases, after = self._add(proven.editions, self._content.published, lambda each, now: day_of(each, now, day))
        shown = self._publication(after.current, after)
        files = self.render(shown)
        return self._made(shown, releases, files, self._check(shown, files, proven), after, proven.editions)

    def as_published(self) -> Files:
        """The site as it stands, to lay beside what is proposed; checked it was when that was published."""
        published = self._content.published
        return self.render(self._publication(published.current, published))

    def search(self, made: Made, files: Files) -> None:
        """Look in other files about a site for what must stay inside.

        Raises:
            WithheldValueFound: it is there.
        """
        shown = self._publication(made.published.current, made.published)
        self.refuse_leaks(shown, files, {**made.files, **files})

    def with_log(self, made: Made, published: Published) -> Files:
        """The same site with another last line in its log; searched where it differs, attacked it was."""
        shown = self._publication(published.current, published)
        files = self.render(shown)
        self.refuse_leaks(shown, {path: data for path, data in files.items() if made.files.get(path) != data}, files)
        return files

    def everything(self) -> Made:
        """What is published, and whatever else there is."""
        published = self._content.published
        proven = self.protect((*self._content.candidates, *self._content.concepts))
        releases, shown = self.previewed(proven.editions)
        files = self.render(shown)
        return self._made(shown, releases, files, self._check(shown, files, proven), published, proven.editions)

    def previewed(self, protected: Iterable[ProtectedEdition]) -> tuple[tuple[Release, ...], Publication]:
        """What a preview shows beside what was published, marked as what it is."""
        published = self._content.published
        releases = self._release(protected, published.current)
        current = {each.edition: each for each in (*published.current, *releases)}
        shown = self._publication(tuple(current.values()), published)
        return releases, replace(shown, unpublished=frozenset(each.edition for each in releases))

    # --- steps --------------------------------------------------------------------------------------------------------

    def _asked(self, asked: Sequence[str]) -> tuple[Edition, ...]:
        known = {each.id for each in self._content.candidates}
        problems = tuple(
            Problem(Place(f"editions/{each}.yaml"), "", "there is nothing to publish: not final, or published already")
            for each in sorted(set(asked) - known)
        )
        if problems:
            raise WrongUsage(problems)
        return tuple(each for each in self._content.candidates if not asked or each.id in asked)

    def protect(self, editions: tuple[Edition, ...]) -> Proven:
        """What may be published of editions, in the knowledge of everything that was."""
        if self._content.source is None or not editions:
            return Proven(())
        # Half of all there is to import: not for a site on which nothing is new.
        from tweeluik.protection.editions import prove_editions  # noqa: PLC0415

        self._progress("protecting the tables")
        strangers = tuple(find_strangers(self._content.source, self._content.memories))
        if strangers:
            raise UnsafeTables(strangers)
        source, register = only(self._content.source, editions), self._content.published.register
        return prove_editions(source, register, self._content.memories)

    def _release(self, protected: Iterable[ProtectedEdition], beside: Iterable[Release]) -> tuple[Release, ...]:
        """Through the door, each with those before it on the site."""
        source, shown, made = self._content.source, {each.edition: each for each in beside}, list[Release]()
        if source is None:
            return ()
        for each in protected:
            made.append(release(source, each, tuple(shown.values())))
            shown[made[-1].edition] = made[-1]
        return tuple(made)

    def _add(
        self, protected: Iterable[ProtectedEdition], published: Published, day: Callable[[Release, Published], date]
    ) -> tuple[tuple[Release, ...], Published]:
        """The versions as they will be published, and the register with them in it."""
        made = list[Release]()
        for each in protected:
            (fresh,) = self._release((each,), published.current)
            made.append(replace(fresh, status="provisional") if fresh.status == "concept" else fresh)
            published = add(published, made[-1], day(made[-1], published))
            published, _ = strike_names(published, each.edition.id, self._withdrawn(each.edition.id))
        return tuple(made), published

    def _withdrawn(self, edition: str) -> frozenset[str]:
        source = self._content.source
        return frozenset() if source is None else withdrawn_names(source, edition)

    def _publication(self, releases: Sequence[Release], published: Published) -> Publication:
        return publication(self._content.shell, releases, published)

    def render(self, shown: Publication, site: str = "site") -> Files:
        """Every file of a site; `site` is the name under which its stages are kept."""
        self._progress("rendering the site")
        files, fences = self._rendered(shown, self.prove(shown), site)
        missing = [each for each in (LANDLOCK, SECCOMP, LIMITS) if fences is not None and each not in fences]
        if missing:
            self._progress(f"around the templates this system puts no fence of the kind {', '.join(missing)}")
        return files

    def _rendered(self, shown: Publication, proofs: Files, site: str) -> tuple[Files, Fences | None]:
        if self._stages is None:
            return render_outside(shown, self._templates, proofs)
        return render_kept(shown, self._templates, proofs, self._stages, site)

    def prove(self, shown: Publication) -> Files:
        """The public certificates of the current versions, each made once."""
        records = {
            f"edities/{each.edition}/release.json": serialise(shown.shown(each))
            for each in shown.releases
            if each.tables
        }
        return {beside(path): proof for path, proof in self._proofs.of(records).items()}

    def _check(self, shown: Publication, files: Files, proven: Proven) -> Checked:
        """The guard looks for what must stay inside, if there is any inside left; the audit attacks, and asks."""
        if self._content.source is not None:
            self._progress("searching for withheld values")
            _refuse(WithheldValueFound, find_undeclared(files))
            secrets = withheld(self._content.source, shown.releases, shown.superseded)
            _refuse(WithheldValueFound, find_new_leaks(files, secrets, self._exceptions(shown), self._stages))
        self._progress("attacking the release")
        widths = audited_widths(files, claims(proven.editions), self._stages)
        return Checked(widths, self._hear(shown, files, proven))

    def _hear(self, shown: Publication, files: Files, proven: Proven) -> bytes:
        """Hear what everything ever published tells together; the certificate, none where no numbers are to go out."""
        if proven.handed is None:
            return b""
        from tweeluik.checks.audit.hearing import hear  # noqa: PLC0415 - as `prove_editions`

        self._progress("asking what everything ever published tells together")
        heard = hear({**self._records_beside(shown), **files}, proven.handed)
        _refuse(UnsafeTables, heard.problems)
        return heard.certificate

    def _records_beside(self, shown: Publication) -> Files:
        """The records that readers have besides this site: versions that it does not show are known all the same."""
        there = {(each.edition, each.version) for each in (*shown.releases, *shown.superseded)}
        return {
            f"edities/{each.edition}/versie-{each.version}/release.json": serialise(each)
            for versions in self._content.published.register.values()
            for each in versions
            if (each.edition, each.version) not in there
        }

    def refuse_leaks(self, shown: Publication, files: Files, among: Files, tried: Tried | None = None) -> None:
        """The guard only, on some of the files of a site, or beside it. Not every exception is wanted there.

        `tried`: what was tried before, for whoever asks again with the same values.

        Raises:
            WithheldValueFound: they hold a value that must stay inside.
        """
        if self._content.source is not None:
            secrets = withheld(self._content.source, shown.releases, shown.superseded)
            found = find_leaks(files, secrets, self._exceptions(shown), Sums(among.values()), tried)
            _refuse(WithheldValueFound, (each for each in found if each.place.file != EXCEPTIONS))

    def _exceptions(self, shown: Publication) -> tuple[Exemption, ...]:
        """Those for what is on the site: not those for the page of an edition that is not."""
        absent = {each.id for each in (*self._content.candidates, *self._content.concepts)}
        folders = tuple(f"edities/{each}/" for each in absent - {each.edition for each in shown.releases})
        return tuple(each for each in self._content.exceptions if not each.file.startswith(folders))

    def _made(  # noqa: PLR0917 - private, all parts of one value
        self, shown: Publication, releases: tuple[Release, ...], files: Files, checked: Checked, published: Published,
        protected: tuple[ProtectedEdition, ...] = (),
    ) -> Made:  # fmt: skip
        source, made = self._content.source, {each.edition for each in releases}
        summary = summarise(
            shown.releases,
            files,
            {place: widths for place, widths in checked.widths.items() if place[0] in made},
            {each.edition.id: each.cost for each in protected},
            exceptions=len(self._exceptions(shown)),
            unpublished=made,
            concepts=[each.id for each in self._content.concepts if each.id not in made],
            differences=() if source is None else differences(source, self._content.published.register),
        )
        before = self._content.published
        return Made(releases, files, summary, checked.certificate, before, published, protected)


def _on_any_day(release: Release, published: Published) -> date:
    """Of a trial, whose bytes nobody keeps."""
    return max([known_day(release) or release.reaches, *(each.day for each in published.log[-1:])])


def _refuse(failure: type[BuildFailed], problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise failure(found)
