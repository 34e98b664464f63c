"""The draft of a preview is the whole preview, byte for byte, whatever was changed last: only sooner."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.everything import publish
from tests.golden.refresh import CONTENT, TEMPLATES
from tweeluik.pipeline import drafting
from tweeluik.pipeline.border import Asked, render_groups_outside
from tweeluik.pipeline.drafting import Drafting
from tweeluik.pipeline.steps import make_preview
from tweeluik.problems import BuildFailed
from tweeluik.public.site import Groups
from tweeluik.public.templates import Templates
from tweeluik.record.model import Publication


class Desk:
    """A copy of the small source and of the templates; 2025 is published, 2026 a concept."""

    def __init__(self, root: Path) -> None:
        self.content, self.templates = root / "content", root / "templates"
        shutil.copytree(CONTENT, self.content)
        shutil.copytree(TEMPLATES, self.templates)
        publish(self.content, "2025")
        self.stages = Drafting(self.content, self.templates)

    def change(self, file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text, file
        file.write_text(text.replace(old, new, 1), "utf-8")

    def page(self, name: str = "over") -> Path:
        return self.content / "pages" / f"{name}.md"

    def public(self, name: str) -> Path:
        return self.templates / "public" / name


def new_page(desk: Desk, turn: int) -> None:
    desk.page(f"bladzijde-{turn}").write_text(
        f"---\ntitle: Bladzijde {turn}\norder: {90 + turn}\n---\nTekst.\n", "utf-8"
    )


def remove_a_page(desk: Desk, _turn: int) -> None:
    for page in sorted((desk.content / "pages").glob("bladzijde-*.md"))[:1]:
        page.unlink()


def swap(path: Callable[[Desk], Path], one: str, other: str) -> Callable[[Desk, int], None]:
    """There and back again."""

    def edit(desk: Desk, _turn: int) -> None:
        text = path(desk).read_text("utf-8")
        desk.change(path(desk), *((one, other) if other not in text else (other, one)))

    return edit


def more(path: Callable[[Desk], Path], text: str) -> Callable[[Desk, int], None]:
    def edit(desk: Desk, turn: int) -> None:
        with path(desk).open("a", encoding="utf-8") as file:
            file.write(text.format(turn=turn))

    return edit


EDITS: Mapping[str, Callable[[Desk, int], None]] = {
    "a sentence more": more(Desk.page, "\nZin {turn}.\n"),
    "another title of a page": swap(Desk.page, "title: ", "title: Nog eens "),
    "a page more": new_page,
    "a page less": remove_a_page,
    "a style": more(lambda desk: desk.public("style.css"), "\n.x{turn} {{ color: red; }}\n"),
    "a colour": more(lambda desk: desk.public("theme/theme.toml"), "\n# {turn}\n"),
    "a template": swap(lambda desk: desk.public("home.html"), "<h1>", '<h1 id="a">'),
    "the frame of all pages": swap(lambda desk: desk.public("base.html"), "<main", '<main data-a="b"'),
    "the annex": more(lambda desk: desk.public("annex.typ"), "\n// {turn}\n"),
    "a script": more(lambda desk: desk.public("tables.js"), "\n// {turn}\n"),
    "a name": swap(lambda desk: desk.content / "partners" / "partners.yaml", "name: Taalpunt", "name: Letterpunt"),
    "a region": swap(lambda desk: desk.content / "partners" / "partners.yaml", "region: NL31", "region: NL32"),
    "the title of a concept": swap(lambda desk: desk.content / "editions" / "2026.yaml", "title: ", "title: Nieuw "),
    "the title of the site": swap(lambda desk: desk.content / "report.yaml", "title: ", "title: Ons "),
    "a mistake": swap(lambda desk: desk.content / "editions" / "2026.yaml", "status:", "statuz:"),
    "a mistake in a template": swap(lambda desk: desk.public("method.html"), "<h1>", "{{ niets.hier }}<h1>"),
}


def outcome(make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes] | tuple[str, ...]:
    try:
        return dict(make())
    except BuildFailed as failure:
        return tuple(map(str, failure.problems))


def test_after_any_edits_the_draft_is_the_whole_preview(tmp_path: Path) -> None:
    desk, dice = Desk(tmp_path), Random(7)
    order = [*EDITS, *dice.choices(list(EDITS), k=4)]
    dice.shuffle(order)
    for turn, edit in enumerate(order):
        EDITS[edit](desk, turn)
        whole = outcome(lambda: make_preview(desk.content, desk.templates).files)
        assert outcome(desk.stages.draft) == whole, (turn, order[: turn + 1])


@pytest.mark.parametrize(
    ("edit", "made"),
    [
        ("a sentence more", ("texts",)),
        ("a style", ("assets",)),
        ("a name", ()),
        ("the annex", ("downloads", "editions", "fixed", "machines")),
        ("a template", ("editions", "texts", "fixed", "knowable", "assets", "machines")),
    ],
)
def test_only_what_follows_from_a_change_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str, made: tuple[str, ...]
) -> None:
    desk, asked = Desk(tmp_path), list[tuple[str, ...]]()
    desk.stages.draft()
    real = render_groups_outside

    def noted(
        shown: Publication, templates: Templates, proofs: Mapping[str, bytes], request: Asked
    ) -> tuple[Groups, tuple[str, ...]]:
        asked.append(request.groups)
        return real(shown, templates, proofs, request)

    monkeypatch.setattr(drafting, "render_groups_outside", noted)
    EDITS[edit](desk, 1)
    desk.stages.draft()
    assert asked == ([made] if made else [])
