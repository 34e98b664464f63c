"""The build as a list of steps: from the source and the register to the finished bytes of a site, every check passed.

Three sites can be made of one content. `make_site` renders what was published and nothing else, after trying out what
is to be published next; `make_candidates` renders that too, byte for byte as `publish` would put it out; `make_preview`
shows whatever there is, concepts as well, with a mark on it. Nothing here touches the disk but to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tweeluik.disk.folders import need_templates
from tweeluik.pipeline.border import warm
from tweeluik.pipeline.content import Content, Examine, accept, read_content
from tweeluik.pipeline.made import Made, Progress, silent
from tweeluik.pipeline.making import make_of
from tweeluik.pipeline.stages import Stages
from tweeluik.source.inventory import Unseal


def make_site(
    content: Path, templates: Path, *, unseal: Unseal | None = None, examine: Examine = accept,
    progress: Progress = silent, stages: Stages | None = None, advise: bool = False,
) -> Made:  # fmt: skip
    """Every file of the site of what was published; `unseal` opens the files of the source that are kept sealed.

    What is final and not yet published is protected, rendered and attacked beside it, and then left out. `stages` are
    those of an earlier build. `advise`: where much would be hidden, try what would show more.

    Raises:
        WrongUsage: the templates are not there.
        SourceHasProblems: the source is not what its format asks, or may have one organisation twice.
        UnsafeTables: no safe way to publish the tables, or an attack on the finished files succeeded.
        WithheldValueFound: the finished files hold a value that must stay inside.
        RegisterNotWhole: what was published is not whole.
    """
    given = _read(content, templates, unseal, examine, progress, is_cold=stages is None or stages.is_empty)
    return make_of(given, templates, progress, stages, advise=advise).published_only()


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
