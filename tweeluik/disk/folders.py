"""The folders of a run: what must be there before anything is made, and which may not lie inside another."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from tweeluik.problems import Place, Problem, WrongUsage


def need_templates(templates: Path, panel: str) -> None:
    """The templates of one panel, `public` or `confidential`, are there.

    Raises:
        WrongUsage: they are not.
    """
    folder = templates / panel
    if not folder.is_dir():
        raise WrongUsage(Problem(Place(str(folder)), "", "the templates are not there", "name them with --templates"))


def refuse_overlap(*, site: Path, content: Path, templates: Path) -> None:
    """What is generated stands apart from what people write: the one is replaced as a whole, the other is not public.

    Raises:
        WrongUsage: one of the three folders is, or lies inside, another.
    """
    folders = {"site": site.resolve(), "content": content.resolve(), "templates": templates.resolve()}
    for (inner, inside), (outer, around) in permutations(folders.items(), 2):
        if "site" in (inner, outer) and inside.is_relative_to(around):
            what = f"the folder of --{inner} lies inside that of --{outer}"
            raise WrongUsage(Problem(Place(str(site)), "", what, "name folders beside each other"))
