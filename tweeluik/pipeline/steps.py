"""The build as a list of steps: from the source to the finished bytes of the public site, every check passed.

Nothing here touches the disk but to read; who called decides what happens to the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.disk.folders import need_templates
from tweeluik.door.release import publication, release
from tweeluik.door.withheld import withheld
from tweeluik.pipeline.summary import Summary, summarise
from tweeluik.problems import BuildFailed, Problem, UnsafeTables, WithheldValueFound
from tweeluik.protection.claims import claims
from tweeluik.protection.editions import protect_editions
from tweeluik.public.site import render_site
from tweeluik.record.model import Release
from tweeluik.record.register import read_register
from tweeluik.source.exemptions import read_exceptions
from tweeluik.source.inventory import Unseal
from tweeluik.source.load import read_source
from tweeluik.source.records import Source

Progress = Callable[[str], None]
Examine = Callable[[Source], object]
"""A look at the whole source before anything is made of it; raises `BuildFailed` to stop."""


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A site that passed every check. All is public but `certificate`: that shows what is sensitive."""

    releases: tuple[Release, ...]
    files: Mapping[str, bytes]
    summary: Summary
    certificate: bytes


def silent(_step: str) -> None:
    """Progress that nobody sees."""


def accept(_source: Source) -> None:
    """An examination that everything passes."""


def make_site(
    content: Path, templates: Path, *, unseal: Unseal | None = None, examine: Examine = accept,
    progress: Progress = silent,
) -> Made:  # fmt: skip
    """Every file of the site below `site/`, checked; `unseal` opens the files of the source that are kept sealed.

    Raises:
        WrongUsage: the templates are not there.
        SourceHasProblems: the source is not what its format asks, or may have one organisation twice.
        UnsafeTables: no safe way to publish the tables, or an attack on the finished files succeeded.
        WithheldValueFound: the finished files hold a value that must stay inside.
        PublishedWouldChange: the source no longer agrees with what was published.
    """
    need_templates(templates, "public")
    progress("reading the source")
    source = read_source(content, unseal=unseal)
    examine(source)
    published = read_register(content)
    exceptions = read_exceptions(content, source.editions)
    progress("protecting the tables")
    protected = protect_editions(source, published)
    releases = tuple(release(source, edition) for edition in protected)
    progress("rendering the site")
    files = render_site(publication(source, releases), templates / "public")
    progress("searching for withheld values")
    _refuse(WithheldValueFound, find_leaks(files, withheld(source, releases), exceptions))
    progress("attacking the release")
    audited = audit(files, claims(protected))
    _refuse(UnsafeTables, audited.problems)
    costs = {each.edition.id: each.cost for each in protected}
    summary = summarise(releases, files, audited.summary.widths, costs, exceptions=len(exceptions))
    return Made(releases, files, summary, audited.certificate)


def _refuse(failure: type[BuildFailed], problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise failure(found)
