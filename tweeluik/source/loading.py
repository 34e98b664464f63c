"""Files of the source on their way to records: each is read as what its name says it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from tweeluik.problems import Place, Problem
from tweeluik.source import fields
from tweeluik.source.agenda import complete
from tweeluik.source.contacts import ANY_ADDRESS, find_contacts
from tweeluik.source.csv_columns import read_columns
from tweeluik.source.csv_rows import read_csv
from tweeluik.source.drafts import AgendaDrafts
from tweeluik.source.inventory import JUDGEMENTS, KEY_FILE, WORDING, SourceFile, Unseal, read_text, required_meant_by
from tweeluik.source.nodes import Listing, Node
from tweeluik.source.ordering import conversation_order, sorted_conversation, sorted_partner, sorted_vocabulary
from tweeluik.source.pages import read_page
from tweeluik.source.protection_key import read_key
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import (
    Conversation,
    Edition,
    Judgement,
    Page,
    Partner,
    Phrase,
    Policy,
    Report,
    Shell,
    Source,
    Vocabulary,
)
from tweeluik.source.schema import Shape, doubt
from tweeluik.source.texts import FILE_NAME
from tweeluik.words.reserved import is_reserved

R = TypeVar("R")

_SINGLE: dict[str, Shape[object]] = {
    shape.name: shape for shape in (fields.REPORT, fields.POLICY, fields.AGENDA, fields.VOCABULARY)
}
_LISTS: dict[str, Shape[object]] = {
    "partners": fields.PARTNER,
    "conversations": fields.CONVERSATION,
    JUDGEMENTS: fields.JUDGEMENT,
    WORDING: fields.PHRASE,
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """Per file its text and what that was parsed into, for whoever reads a source time and again.

    `nodes`: with what is wrong in them. `lists`: of a file with a list, all that its records say.
    """

    nodes: dict[str, tuple[str, Node | None, tuple[Problem, ...]]] = field(default_factory=dict)
    lists: dict[str, tuple[str, Reading]] = field(default_factory=dict)


def _of_another_kind(text: str, name: str) -> Problem | None:
    """A table in a file of YAML, or the other way round."""
    first = text.lstrip().partition("\n")[0]
    if name.endswith(".csv") and re.match(r"- |-?\s*\w+: ", first):
        return Problem(Place(name, 1, 1), "", "YAML in a file for a table", "end its name in .yaml")
    heads = {each.strip(' "') for each in re.split("[,;\t]", first)}
    if name.startswith("conversations/") and name.endswith(".yaml") and {"date", "partners"} <= heads:
        return Problem(Place(name, 1, 1), "", "a table in a file of YAML", "end its name in .csv")
    return None


class Loading:
    """What one run has read; `changes` are texts in the place of those of their files."""

    def __init__(
        self, problems: tuple[Problem, ...], unseal: Unseal | None, changes: Mapping[str, str] = MappingProxyType({}),
        known: Parsed | None = None,
    ) -> None:  # fmt: skip
        self.reading = Reading(list(problems))
        self._unseal = unseal
        self._changes = changes
        self._known = Parsed() if known is None else known
        self._is_kept = known is not None
        for name, shape in _SINGLE.items():
            if any(name in (each.place.file, required_meant_by(each.place.file)) for each in problems):
                doubt(shape, self.reading)
        for folder, shape in _LISTS.items():
            if any(each.place.file.startswith(f"{folder}/") for each in problems):
                doubt(shape, self.reading)
        self._single: dict[str, object] = {}
        self._editions: list[Edition] = []
        self._pages: list[Page] = []
        self._key: str | None = None

    def read(self, file: SourceFile) -> None:
        """Read one file as what its name says it is."""
        folder, slash, name = file.name.partition("/")
        changed = self._changes.get(file.name)
        text, problems = (changed, ()) if changed is not None else read_text(file, self._unseal)
        self.reading.problems += problems
        if problems:
            self._doubt(file)
        elif file.name == KEY_FILE:
            self._key = read_key(text, file.name, self._publisher, self.reading)
        elif file.name in (JUDGEMENTS, WORDING):
            self._list(text, file, "")
        elif not slash:
            node = self._node(text, file)
            self._single[file.name] = None if node is None else _SINGLE[file.name].read(node, "", self.reading)
        else:
            by_folder: dict[str, Callable[[str, SourceFile, str], None]] = {
                "partners": self._list, "conversations": self._list, "editions": self._edition, "pages": self._page,
            }  # fmt: skip
            by_folder[folder](text, file, name.rpartition(".")[0])

    @property
    def _publisher(self) -> str | None:
        report = self._single.get(fields.REPORT.name)
        return report.publisher if isinstance(report, Report) else None

    def shell(self) -> Shell:
        """Its public part, when nothing was wrong."""
        pages = tuple(sorted(self._pages, key=lambda each: (each.order, each.slug)))
        return Shell(self._one(Report, "report.yaml"), pages, Place("."), tuple(self._all(Phrase)))

    def source(self) -> Source:
        """The source, when nothing was wrong."""
        return Source(
            report=self._one(Report, "report.yaml"),
            policy=self._one(Policy, "policy.yaml"),
            agenda=complete(self._one(AgendaDrafts, "agenda.yaml")),
            vocabulary=sorted_vocabulary(self._one(Vocabulary, "vocabulary.yaml")),
            partners=tuple(sorted(map(sorted_partner, self._all(Partner)), key=lambda each: each.id)),
            conversations=tuple(sorted(map(sorted_conversation, self._all(Conversation)), key=conversation_order)),
            editions=tuple(sorted(self._editions, key=lambda each: each.id)),
            pages=tuple(sorted(self._pages, key=lambda each: (each.order, each.slug))),
            place=Place("."),
            judgements=tuple(sorted(self._all(Judgement), key=lambda each: each.place)),
            wording=tuple(sorted(self._all(Phrase), key=lambda each: (each.key, each.first))),
            protection_key=self._key,
            doubts=tuple(self.reading.doubts),
        )

    def _one(self, kind: type[R], name: str) -> R:
        found = self._single[name]
        assert isinstance(found, kind)  # noqa: S101 - its shape made it, and nothing was wrong
        return found

    def _all(self, kind: type[R]) -> Iterator[R]:
        return (found.record for found in self.reading.all(kind))

    # --- one file -----------------------------------------------------------------------------------------------------

    def _node(self, text: str, file: SourceFile) -> Node | None:
        known = self._known.nodes
        if file.name not in known or known[file.name][0] != text:
            is_csv = file.name.endswith(".csv")
            if (other := _of_another_kind(text, file.name)) is not None:
                self.reading.problems.append(other)
                self._doubt(file)
                return None
            parsed = read_csv(text, file.name, fields.CONVERSATION) if is_csv else read_yaml(text, file.name)
            known[file.name] = (text, *parsed)
        _, node, problems = known[file.name]
        self.reading.problems += problems
        if node is None:
            self._doubt(file)
        return node

    def _doubt(self, file: SourceFile) -> None:
        folder = file.name.partition("/")[0]
        if folder == "editions":
            self.reading.define("edition", Path(file.name).stem, Place(file.name))
        shape = _SINGLE.get(file.name) or _LISTS.get(folder)
        if shape is not None:
            doubt(shape, self.reading)

    def _list(self, text: str, file: SourceFile, _stem: str) -> None:
        """What a file says by itself can be kept; what it says again after another file has to be told there."""
        if not self._is_kept:
            self._records(text, file)
            return
        known = self._known.lists.get(file.name)
        if known is None or known[0] != text:
            known = self._known.lists[file.name] = (text, self._alone(text, file))
        if not self.reading.join(known[1]):
            self._records(text, file)

    def _alone(self, text: str, file: SourceFile) -> Reading:
        """A file as if there were no other."""
        together, self.reading = self.reading, Reading()
        try:
            self._records(text, file)
            return self.reading
        finally:
            self.reading = together

    def _records(self, text: str, file: SourceFile) -> None:
        if file.name.endswith(".csv") and read_columns(text, file.name, fields.CONVERSATION, self.reading):
            return
        node = self._node(text, file)
        if node is None:
            return
        shape = _LISTS[file.name.partition("/")[0]]
        if isinstance(node, Listing):
            if not node.items and not file.name.endswith(".csv"):
                self.reading.report(node.place, "", "an empty list", "fill it, or remove the file")
            for position, item in enumerate(node.items):
                shape.read(item, f"[{position}]", self.reading)
        else:
            shape.read(node, "", self.reading)

    def _edition(self, text: str, file: SourceFile, stem: str) -> None:
        self._check_name(file, stem)
        self.reading.define("edition", stem, Place(file.name))
        node = self._node(text, file)
        if node is None:
            return
        edition = fields.EDITION.read(node, "", self.reading)
        if isinstance(edition, Edition):
            self._editions.append(replace(edition, id=stem))

    def _page(self, text: str, file: SourceFile, stem: str) -> None:
        self._check_name(file, stem)
        report = self._single.get("report.yaml")
        # While nobody knows the one address that may stand in a page, nothing is said of any.
        mailbox = report.contact.email if isinstance(report, Report) else ANY_ADDRESS
        page = read_page(text, file.name, stem, mailbox, self.reading)
        if page is not None:
            self._pages.append(page)

    def _check_name(self, file: SourceFile, stem: str) -> None:
        if not re.fullmatch(FILE_NAME.pattern, stem):
            self.reading.report(Place(file.name), "", "a file name that cannot become an address", FILE_NAME.form)
        elif any(True for text in (stem, stem.replace("-", " ")) for _ in find_contacts(text)):
            # The name is not told: it would be in the message.
            folder = file.name.partition("/")[0]
            self.reading.report(Place(folder), "", "a file name with something of a person in it", "rename the file")
        elif is_reserved(stem):
            self.reading.report(Place(file.name), "", "a name that Windows keeps for itself", "choose another")
