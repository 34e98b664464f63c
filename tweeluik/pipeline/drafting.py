"""The next site of a preview in the time of a blink: only what follows from what has changed is made anew.

Stages are kept by the content of their inputs: the source, what may be shown of it, and the groups of files of the
site. It is a draft: searched for what must stay inside where it is new, and not attacked. The preview makes the whole
site right after it, with every check, and shows that one; a stage that was kept wrongly lasts no longer than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tweeluik.disk.templates import read_templates
from tweeluik.pipeline.border import Asked, render_groups_outside
from tweeluik.pipeline.content import Content, Examine, accept, read_content
from tweeluik.pipeline.steps import Files, Making, silent
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.public.program import TAKEN
from tweeluik.public.site import GROUPS, WITH_DOWNLOADS, Groups, whole
from tweeluik.public.templates import Templates
from tweeluik.record.model import Publication
from tweeluik.record.publication import serialise_publication
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import Unseal, find_files
from tweeluik.source.load import Parsed, read_shell
from tweeluik.source.records import Partner, Source

ASSETS = frozenset({"style.css", "print.css", "tables.js", "recount.js"})
"""Templates that are files of the site as they are; the page that nothing was found has its style in it."""

THEME = "theme/"
"""The templates that are the look: in the papers, and in the style."""

Seen = Mapping[str, tuple[int, int, int]]
"""Per file its place on the disk, size and time of change: whether somebody saved it."""


@dataclass(frozen=True, slots=True, repr=False)
class _Rendered:
    """The groups of files as they were last made, and what each followed from."""

    keys: Mapping[str, object]
    groups: Groups
    taken: str | None


class Drafting:
    """The stages of a preview, each with its last result."""

    def __init__(
        self, content: Path, templates: Path, *, unseal: Unseal | None = None, examine: Examine = accept
    ) -> None:
        self._content, self._templates = content, templates
        self._unseal, self._examine = unseal, examine
        self._seen: Seen = {}
        self._parsed: Parsed = {}
        self._given: Content | None = None
        self._protected: tuple[tuple[object, ...], tuple[ProtectedEdition, ...]] | None = None
        self._rendered = _Rendered({}, {}, None)
        self._proofs: dict[tuple[str, bytes], bytes] = {}
        self._searched: Files = {}

    def draft(self) -> Files:
        """Every file of the preview as it is by now, byte for byte as `make_preview` makes it.

        Raises:
            SourceHasProblems: the source or a template is not what its format asks.
            WithheldValueFound: a file that is new or otherwise holds a value that must stay inside.
            BuildFailed: as `make_preview`, but for what is found by attacking.
        """
        given = self._read()
        folder = self._templates / "public"
        templates = Templates(folder.as_posix(), read_templates(folder))
        making = Making(given, templates, silent)
        making.proofs = self._proofs
        protected = self._protect(given, making)
        _, shown = making.previewed(protected)
        files = self._render(shown, templates, making.prove(shown))
        making.refuse_leaks(shown, {path: data for path, data in files.items() if self._searched.get(path) != data})
        self._searched = files
        return files

    # --- the source ---------------------------------------------------------------------------------------------------

    def _read(self) -> Content:
        seen = dict(_seen(self._content))
        otherwise = {path for path in {*seen, *self._seen} if seen.get(path) != self._seen.get(path)}
        if self._given is None or not all(path.startswith("pages/") for path in otherwise):
            given = read_content(self._content, unseal=self._unseal, examine=self._examine, known=self._parsed)
        elif otherwise:
            given = self._with_pages(self._given)
        else:
            given = self._given
        self._seen, self._given = seen, given
        return given

    def _with_pages(self, given: Content) -> Content:
        """The same source with the running text of today."""
        shell = read_shell(self._content)
        source = None if given.source is None else replace(given.source, pages=shell.pages)
        return replace(given, source=source, shell=shell)

    # --- what may be shown --------------------------------------------------------------------------------------------

    def _protect(self, given: Content, making: Making) -> tuple[ProtectedEdition, ...]:
        source = given.source
        if source is None:
            return ()
        key = (*_without_names(source), given.published.files)
        if self._protected is not None and self._protected[0] == key:
            return tuple(_with_names(each, source) for each in self._protected[1])
        protected = making.protect((*given.candidates, *given.concepts)).editions
        self._protected = (key, protected)
        return protected

    # --- the files ----------------------------------------------------------------------------------------------------

    def _render(self, shown: Publication, templates: Templates, proofs: Files) -> Files:
        before, keys = self._rendered, _keys(shown, templates, proofs)
        asked = tuple(name for name in GROUPS if before.keys.get(name) != keys[name])
        if asked:
            needs_downloads = not WITH_DOWNLOADS.isdisjoint(asked) and "downloads" not in asked
            taken = before.taken if needs_downloads else None
            pages = tuple(path for name, group in before.groups.items() if name not in asked for path in group)
            request = Asked(asked, pages, taken, keep=True)
            made, _ = render_groups_outside(shown, templates, proofs, request)
            groups = {**before.groups, **{name: made.get(name, {}) for name in asked}}
            told = made[TAKEN][TAKEN].decode() if TAKEN in made else before.taken
            self._rendered = _Rendered(keys, groups, told)
        return whole(self._rendered.groups, proofs)


def _seen(content: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Every file that the source consists of, and the register and what else is beside it."""
    named = {file.name: file.path for file in find_files(content)[0]}
    for path in sorted(content.rglob("*")):
        name = path.relative_to(content).as_posix()
        if path.is_file():
            named.setdefault(name, path)
    for name, path in named.items():
        told = path.stat()
        yield name, (told.st_ino, told.st_size, told.st_mtime_ns)


def _without_names(source: Source) -> tuple[object, ...]:
    """The source as protection sees it: who is called what has no say in it, nor has running text."""
    partners = tuple(_bare(each) for each in source.partners)
    return (replace(source, partners=partners, pages=()), secret_of(source))


def _bare(partner: Partner) -> Partner:
    return replace(partner, name="", aliases=(), registration=None, rsin=None)


def _with_names(protected: ProtectedEdition, source: Source) -> ProtectedEdition:
    """The same protection, about organisations as they are called by now."""
    edition = next(each for each in source.editions if each.id == protected.edition.id)
    return replace(protected, edition=edition, selection=select(source, edition))


TAKEN_ALONG = frozenset({"annex.typ", "annex.styles.xml", "chart.svg", "macros.html"})
"""The templates of what a reader takes along: papers and pictures."""


def _keys(shown: Publication, templates: Templates, proofs: Files) -> Mapping[str, object]:
    """What every group of files follows from."""
    records = sha256(serialise_publication(replace(shown, pages=()))).digest()
    menu = tuple((each.slug, each.title, each.order) for each in shown.pages)
    names = templates.texts.keys()
    typeset = _digest(templates, (name for name in names if name in TAKEN_ALONG or name.startswith(THEME)))
    assets = _digest(templates, (name for name in names if name in ASSETS or name.startswith(THEME)))
    others = (name for name in names if name not in ASSETS and not name.startswith(THEME) and not name.endswith(".typ"))
    pages = _digest(templates, others)
    shared = (records, menu, pages)
    told = tuple(sorted(proofs.items()))
    return {
        "downloads": (records, typeset),
        "editions": (*shared, typeset),
        "texts": (*shared, shown.pages),
        "fixed": (*shared, typeset, told),
        "knowable": (*shared, told),
        "assets": (*shared, assets, told),
        "machines": (*shared, typeset),
    }


def _digest(templates: Templates, names: Iterable[str]) -> bytes:
    return sha256("\0".join(f"{name}\0{templates.texts[name]}" for name in sorted(names)).encode()).digest()
