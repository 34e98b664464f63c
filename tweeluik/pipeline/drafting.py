"""The next site of a preview in the time of a blink: only what follows from what has changed is made anew.

Stages are kept by the content of their inputs: the source, what may be shown of it, and the groups of files of the
site. It is a draft: searched for what must stay inside where it is new, and not attacked. The preview makes the whole
site right after it, with every check, and shows that one; a stage that was kept wrongly lasts no longer than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, takewhile
from pathlib import Path

from tweeluik.checks.guard.digests import Tried
from tweeluik.pipeline.content import Content, Examine, accept, read_content
from tweeluik.pipeline.looks import read_looks
from tweeluik.pipeline.made import Files, silent
from tweeluik.pipeline.making import Making
from tweeluik.pipeline.stages import Stages
from tweeluik.problems import WithheldValueFound
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.model import Publication
from tweeluik.record.register import FOLDER
from tweeluik.selection.rules import select
from tweeluik.selection.secret import secret_of
from tweeluik.source.inventory import Unseal, find_files
from tweeluik.source.load import read_shell
from tweeluik.source.loading import Parsed
from tweeluik.source.records import Partner, Source

Seen = Mapping[str, tuple[int, int, int]]
"""Per file its place on the disk, size and time of change: whether somebody saved it."""


REGISTER = f"{FOLDER}/"

AROUND = 40
"""Lines around what is new that are searched too: what must stay inside may be there for one half already."""


def new_lines(before: bytes, after: bytes) -> bytes:
    """Of a text, the lines that are not as they were and those around them; of what is no text, everything.

    What stands in the lines that are left out, the guard read when the text was as it was.
    """
    try:
        after.decode()
    except UnicodeDecodeError:
        return after
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = _alike(zip(old, new, strict=False))
    last = _alike(islice(zip(reversed(old), reversed(new), strict=False), min(len(old), len(new)) - first))
    return b"".join(new[max(0, first - AROUND) : len(new) - last + AROUND])


def _alike(pairs: Iterable[tuple[bytes, bytes]]) -> int:
    """How many of the first are two of the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


class Drafting:
    """The stages of a preview, each with its last result."""

    def __init__(
        self, content: Path, templates: Path, *, unseal: Unseal | None = None, examine: Examine = accept
    ) -> None:
        self._content, self._templates = content, templates
        self._unseal, self._examine = unseal, examine
        self._seen: Seen = {}
        self._parsed = Parsed()
        self._given: Content | None = None
        self._protected: tuple[tuple[object, ...], tuple[ProtectedEdition, ...]] | None = None
        self._stages = Stages()
        self._searched: Files = {}
        self._tried: Tried = {}
        self._selected: tuple[tuple[object, ...], tuple[ProtectedEdition, ...]] | None = None

    def draft(self) -> Files:
        """Every file of the preview as it is by now, byte for byte as `make_preview` makes it.

        Raises:
            SourceHasProblems: the source or a template is not what its format asks.
            WithheldValueFound: a file that is new or otherwise holds a value that must stay inside.
            BuildFailed: as `make_preview`, but for what is found by attacking.
        """
        given = self._read()
        templates = read_looks(self._templates, given.shell.report.contact.email)
        making = Making(given, templates, silent, self._stages)
        known = self._selected
        protected = self._protect(given, making)
        _, shown = making.previewed(protected)
        files = making.render(shown)
        self._search(making, shown, files, is_same=known is not None and self._selected is known)
        self._searched = files
        return files

    def _search(self, making: Making, shown: Publication, files: Files, *, is_same: bool) -> None:
        """Look for what must stay inside in all that is new: where that `is_same` as before, in new lines alone."""
        fresh = {path: data for path, data in files.items() if self._is_new(path, data)}
        self._tried = self._tried if is_same else {}
        if is_same:
            lines = {path: new_lines(self._searched.get(path, b""), data) for path, data in fresh.items()}
            try:
                making.scrutiny.refuse_leaks(shown, lines, files, self._tried)
            except WithheldValueFound:
                pass  # in whole files it is told with its line
            else:
                return
        making.scrutiny.refuse_leaks(shown, fresh, files, self._tried)

    def _is_new(self, path: str, data: bytes) -> bool:
        """Of the list of all files nothing is new but the sums of those that are searched themselves."""
        return path != "manifest.txt" and self._searched.get(path) != data

    # --- the source ---------------------------------------------------------------------------------------------------

    def _read(self) -> Content:
        seen = dict(_seen(self._content))
        otherwise = {path for path in {*seen, *self._seen} if seen.get(path) != self._seen.get(path)}
        if self._given is None or not all(path.startswith("pages/") for path in otherwise):
            before = None if any(path.startswith(REGISTER) for path in otherwise) else self._given
            given = read_content(
                self._content, unseal=self._unseal, examine=self._examine, known=self._parsed, before=before
            )
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
        key = (replace(source, pages=()), given.published.files)
        if self._selected is None or self._selected[0] != key:
            found = self._protected_without_names(source, given, making)
            self._selected = (key, tuple(_with_names(each, source) for each in found))
        return self._selected[1]

    def _protected_without_names(self, source: Source, given: Content, making: Making) -> tuple[ProtectedEdition, ...]:
        key = (*_without_names(source), given.published.files)
        if self._protected is None or self._protected[0] != key:
            self._protected = (key, making.protect((*given.candidates, *given.concepts)).editions)
        return self._protected[1]


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
