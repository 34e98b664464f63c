"""One content on its way to a site: protected, let through the door, rendered, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tweeluik.door.release import publication, release, withdrawn_names
from tweeluik.pipeline.border import render_outside
from tweeluik.pipeline.checking import Proofs
from tweeluik.pipeline.content import Content, only
from tweeluik.pipeline.links import find_dead_links
from tweeluik.pipeline.looks import read_looks
from tweeluik.pipeline.made import Checked, Files, Made, Progress
from tweeluik.pipeline.outsider import beside
from tweeluik.pipeline.publishing import add, day_of, known_day, refuse_sent_before, refuse_wrong_day, strike_names
from tweeluik.pipeline.rendering import Fences, render_kept
from tweeluik.pipeline.scrutiny import Scrutiny
from tweeluik.pipeline.stages import Stages
from tweeluik.pipeline.summary import summarise
from tweeluik.problems import Place, Problem, UnsafeTables, WrongUsage
from tweeluik.protection.agreement import differences
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.protection.proven import Proven
from tweeluik.protection.rejoining import find_strangers
from tweeluik.public.confinement import LANDLOCK, LIMITS, SECCOMP
from tweeluik.public.templates import Templates
from tweeluik.record.canonical import serialise
from tweeluik.record.model import Publication, Release
from tweeluik.record.register import Published
from tweeluik.source.records import Edition


def make_of(
    content: Content, templates: Path, progress: Progress, stages: Stages | None = None, *, advise: bool = False
) -> Making:
    """What can be made of a content that was read; of what is in the stages only what has changed.

    `advise`: where much would be hidden, try what would show more.
    """
    looks = read_looks(templates, content.shell.report.contact.email)
    return Making(content, looks, progress, stages, advise=advise)


class Making:
    """One content on its way to a site."""

    def __init__(
        self, content: Content, templates: Templates, progress: Progress, stages: Stages | None = None, *,
        advise: bool = False,
    ) -> None:  # fmt: skip
        self._advise = advise
        self._content, self._templates, self._progress, self._stages = content, templates, progress, stages
        self._proofs = Proofs(stages)
        self.scrutiny = Scrutiny(content, progress, stages)

    def published_only(self) -> Made:
        """What was published; the candidates are tried out."""
        published = self._content.published
        proven = self.protect(self._content.candidates)
        shown = self._publication(published.current, published)
        files = self.render(shown)
        if not proven.editions:
            return self._made(shown, (), files, self.scrutiny.check(shown, files, proven), published)
        releases, after = self._add(proven.editions, published, _on_any_day)
        trial = self._publication(after.current, after)
        trial_files = self.render(trial, "trial")
        checked = self.scrutiny.check(trial, trial_files, proven)
        self.scrutiny.refuse_new_leaks(shown, files, trial_files)
        return self._made(trial, releases, files, replace(checked, certificate=b""), published, proven.editions)

    def with_candidates(self, asked: Sequence[str], day: date | None) -> Made:
        """What is published, and the candidates that are asked for, by default all."""
        return self.with_editions(self._asked(asked), day)

    def with_editions(self, editions: tuple[Edition, ...], day: date | None) -> Made:
        """What is published, and these editions as they will be; a concept as a provisional version."""
        for each in editions:
            refuse_wrong_day(each, self._content.published, day)  # before the minutes that protection may take
        if self._content.source is not None:
            refuse_sent_before(editions, self._content.source, self._content.published, day)
        proven = self.protect(editions)
        releases, after = self._add(proven.editions, self._content.published, lambda each, now: day_of(each, now, day))
        shown = self._publication(after.current, after)
        files = self.render(shown)
        return self._made(shown, releases, files, self.scrutiny.check(shown, files, proven), after, proven.editions)

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
        self.scrutiny.refuse_leaks(shown, files, {**made.files, **files})

    def with_log(self, made: Made, published: Published) -> Files:
        """The same site with another last line in its log; searched where it differs, attacked it was."""
        shown = self._publication(published.current, published)
        files = self.render(shown)
        self.scrutiny.refuse_new_leaks(shown, files, made.files)
        return files

    def everything(self) -> Made:
        """What is published, and whatever else there is."""
        published = self._content.published
        proven = self.protect((*self._content.candidates, *self._content.concepts))
        releases, shown = self.previewed(proven.editions)
        files = self.render(shown)
        return self._made(shown, releases, files, self.scrutiny.check(shown, files, proven), published, proven.editions)

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
        source, published = only(self._content.source, editions), self._content.published
        return prove_editions(
            source, published.register, self._content.memories, log=published.log, advise=self._advise
        )

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
            instead={each.edition.id: each.instead for each in protected},
            exceptions=len(self.scrutiny.exceptions(shown)),
            unpublished=made,
            concepts=[each.id for each in self._content.concepts if each.id not in made],
            differences=() if source is None else differences(source, self._content.published.register),
            dead_links=find_dead_links(self._content.shell.pages, files),
        )
        before = self._content.published
        return Made(releases, files, summary, checked.certificate, before, published, protected)


def _on_any_day(release: Release, published: Published) -> date:
    """Of a trial, whose bytes nobody keeps."""
    return max([known_day(release) or release.reaches, *(each.day for each in published.log[-1:])])
