"""The files of a site, of which only those groups are rendered whose cause has changed (`pipeline/stages.py`).

What a group follows from: the records, the menu or the text of a page, the certificates; and those templates that
it looked for when it was made, as the renderer noted them. What looked for the same, and finds the same, is the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from tweeluik.pipeline.border import Asked, render_groups_outside
from tweeluik.pipeline.stages import Rendered, Stages, digest_of, files_of, unpack
from tweeluik.public.groups import COMPILED, TAKEN, USED, WITH_DOWNLOADS, groups_of, text_group, whole
from tweeluik.public.templates import Templates
from tweeluik.record.model import Publication
from tweeluik.record.publication import serialise_publication

Files = Mapping[str, bytes]
Fences = tuple[str, ...]


def render_kept(
    shown: Publication, templates: Templates, proofs: Files, stages: Stages, site: str
) -> tuple[Files, Fences | None]:
    """Every file, as `border.render_outside` makes them; and the fences, None when there was nothing to render.

    `site` is the name under which its stages are kept.

    Raises:
        SourceHasProblems: as there.
    """
    causes = _causes(shown, proofs, stages)
    groups = _recalled(causes, templates, stages, site)
    taken = groups.pop(TAKEN, None)
    asked = tuple(name for name in groups_of(shown.pages) if name not in groups)
    fences: Fences | None = None
    if asked:
        pages = tuple(path for group in groups.values() for path in group.files)
        is_needed = taken is not None and not WITH_DOWNLOADS.isdisjoint(asked)
        told = taken.files[TAKEN].decode() if taken is not None and is_needed else None
        request = Asked(asked, pages, told, keep=True)
        ready = Templates(templates.folder, templates.texts, stages.compiled)
        made, fences = render_groups_outside(shown, ready, proofs, request)
        stages.compiled.update(made.get(COMPILED, {}))
        used = cast("Mapping[str, list[str]]", json.loads(made[USED][USED]))
        fresh = {name: Rendered(dict(made.get(name, {})), tuple(used.get(name, ()))) for name in asked}
        if TAKEN in made:
            fresh[TAKEN] = Rendered(dict(made[TAKEN]), fresh["downloads"].used)
        for name, group in fresh.items():
            stages.remember(f"{site} {name}", causes[name], group.packed(digest_of(templates, group.used, stages)))
        fresh.pop(TAKEN, None)
        groups |= fresh
    return whole(files_of(groups), proofs), fences


def _recalled(causes: Mapping[str, bytes], templates: Templates, stages: Stages, site: str) -> dict[str, Rendered]:
    """The groups that are still what they were. What was made with other downloads is not."""
    found = dict[str, Rendered]()
    for name, cause in causes.items():
        packed = stages.recall(f"{site} {name}", cause)
        group = None if packed is None else unpack(packed, templates, stages)
        if group is not None:
            found[name] = group
    if TAKEN in found and "downloads" in found:
        return found
    return {name: group for name, group in found.items() if name not in {TAKEN, *WITH_DOWNLOADS}}


def _causes(shown: Publication, proofs: Files, stages: Stages) -> dict[str, bytes]:
    """What every group follows from, but for the templates."""
    records = serialise_publication(replace(shown, pages=()))
    menu = repr([(each.slug, each.title, each.order) for each in shown.pages]).encode()
    told = repr(sorted(proofs.items())).encode()
    shared = stages.digest(records, menu, str(bool(proofs)).encode())
    return {
        TAKEN: stages.digest(records),
        "downloads": stages.digest(records),
        "editions": shared,
        "texts": shared,
        **{text_group(each): stages.digest(shared, each.slug.encode(), each.text.encode()) for each in shown.pages},
        "fixed": stages.digest(shared, told),
        "knowable": stages.digest(shared, told),
        "assets": stages.digest(shared, told),
        "machines": shared,
    }
