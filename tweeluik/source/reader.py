"""YAML text -> nodes with places. The only module that knows PyYAML.

Nodes are built from libyaml's events, not by its composer, which recurses in C: a hostile file would end the process.
Nothing that libyaml says is passed on word for word, because a message must never hold a value of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

import yaml

from tweeluik.problems import Place, Problem
from tweeluik.source import slips
from tweeluik.source.inventory import PUT_BACK, REQUIRED
from tweeluik.source.keys import CUT_LIST, CUT_OFF, KEY_SLIPS, LISTS, STUCK_COLON, no_key
from tweeluik.source.nodes import Entry, Listing, Mapping, Node, Scalar, ScalarKind
from tweeluik.source.not_yaml import cure_of
from tweeluik.source.remarks import may_be_cut

DEEPEST = 20
"""Levels of lists and mappings. The format itself needs five."""

_STANDARD = "tag:yaml.org,2002:"
_MERGE = _STANDARD + "merge"
_KINDS: dict[str, ScalarKind] = {
    _STANDARD + "str": "text",
    _STANDARD + "value": "text",
    _STANDARD + "int": "a whole number",
    _STANDARD + "float": "a number",
    _STANDARD + "bool": "a truth value",
    _STANDARD + "timestamp": "a date",
    _STANDARD + "null": "nothing",
}
_PLAIN_TAGS = frozenset({None, "!", _STANDARD + "seq", _STANDARD + "map"})

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Also what YAML takes for the end of a line and no editor shows as one: behind it no line has its own number."""

_BREAKS_UNSEEN = re.compile("[\x85\u2028\u2029]")

_STUCK = re.compile(r"[ \t]+(#)(?![ \t#!-])")
"""A comment that may be the rest of a text."""

_UNMEANT = ("a text that begins with '&', of which YAML leaves the first word out", "put quotes around the text")
"""YAML takes the word for the name of what follows, and nothing refers to it."""

_NO_ANCHOR = ("an alias without an anchor before it", "text that starts with '*' needs quotes")

_CAUSED_BY_NOTHING = {
    "a control character", "too many levels of lists and keys", "aliases that grow beyond the file itself",
    "an alias inside its own anchor", "a second document",
}  # fmt: skip
"""What stands where it stands, whatever was written before it."""


class _Mark(Protocol):
    """A place in the text, both counted from 0; PyYAML has two classes of them."""

    line: int
    column: int


class _Loader(Protocol):
    """What is used of PyYAML's loader."""

    def get_event(self) -> yaml.Event | None: ...
    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool], /) -> str: ...
    def dispose(self) -> None: ...


class _Broken(Exception):
    """The text is not YAML; what follows cannot be trusted."""

    def __init__(self, place: Place, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.problem = Problem(place, "", what, hint)


def read_yaml(text: str, file: str, *, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document in `text`, and what is wrong with it. No node: the text is empty or cannot be read."""
    if (other := slips.find_other_program(text)) is not None:
        return None, (Problem(Place(file, first_line, 1), "", *other),)
    builder = _Builder(text, file, first_line)
    try:
        node = builder.document()
    except _Broken as broken:
        causes = builder.causes(broken.problem)
        lines = {each.place.line for each in causes}
        return None, (*(each for each in builder.problems if each.place.line not in lines), *causes)
    if node is None:
        cure = PUT_BACK if file in REQUIRED else "fill it, or remove it"
        empty = Problem(Place(file), "", "the file is empty", cure)
        return None, (*builder.problems, empty)
    return node, tuple(builder.problems)


class _Builder:
    """Builds the nodes of one document."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._lines = text.split("\n")
        self._file = file
        self._first_line = first_line
        self._anchors: dict[str, tuple[Node | None, int]] = {}
        self._unmeant: list[tuple[str, Place]] = []
        # Without aliases a document never has more nodes than characters; with them it may not have more either.
        self._room = len(text) + 1
        self._loader: _Loader
        self._tripped = 0
        self._sound: set[str] = set()
        self._tags: dict[tuple[str, tuple[bool, bool]], str] = {}

    def causes(self, problem: Problem) -> Sequence[Problem]:
        """What led to a place where the text is no YAML any more: slips before it, or else that place itself."""
        if problem.what in _CAUSED_BY_NOTHING:
            return (problem,)
        last = max(problem.place.line - self._first_line, self._tripped)
        found = slips.find_slips(self._text, last)
        return [
            Problem(Place(self._file, each.line + self._first_line, each.column + 1), "", each.what, each.cure)
            for each in found
        ] or (problem,)

    def document(self) -> Node | None:
        if _BREAKS_UNSEEN.search(self._text) is not None:
            raise self._character()
        try:
            self._loader = yaml.CSafeLoader(self._text)
            try:
                return self._document()
            finally:
                self._loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        except (yaml.YAMLError, UnicodeError):
            raise self._character() from None

    def _document(self) -> Node | None:
        node = None
        for event in self._events():
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                raise _Broken(self._at(event), "a second document", "remove the line '---'")
            if isinstance(event, yaml.NodeEvent):
                node, _size = self._node(event, 0)
        for _, place in self._unmeant:
            self._report(place, *_UNMEANT)
        return node

    def _events(self) -> Iterator[yaml.Event]:
        while (event := self._loader.get_event()) is not None:
            yield event
            if isinstance(event, yaml.StreamEndEvent):
                return

    # --- nodes, each with the number of nodes in it -------------------------------------------------------------------

    def _node(self, event: yaml.NodeEvent, depth: int) -> tuple[Node, int]:
        if isinstance(event, yaml.AliasEvent):
            node, size = self._alias(event)
            self._take(event, size)
            return node, size
        self._take(event, 1)
        anchor = event.anchor
        if anchor is not None:
            self._anchors[anchor] = (None, 0)
            self._unmeant.append((anchor, self._at(event)))
        node, size = (self._scalar(event), 1) if isinstance(event, yaml.ScalarEvent) else self._inside(event, depth)
        if anchor is not None:
            self._anchors[anchor] = (node, size)
        return node, size

    def _inside(self, event: yaml.NodeEvent, depth: int) -> tuple[Node, int]:
        if depth == DEEPEST:
            raise _Broken(self._at(event), "too many levels of lists and keys")
        if isinstance(event, yaml.CollectionStartEvent) and event.tag not in _PLAIN_TAGS:
            self._report(self._at(event), "an unknown tag", "remove the word that starts with '!'")
        return (
            self._listing(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event, depth)
        )

    def _take(self, event: yaml.Event, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise _Broken(self._at(event), "aliases that grow beyond the file itself", "write the values out")

    def _alias(self, event: yaml.AliasEvent) -> tuple[Node, int]:
        node, size = self._anchors.get(event.anchor or "", (None, 1))
        self._unmeant = [each for each in self._unmeant if each[0] != event.anchor]
        if node is None and size == 0:
            raise _Broken(self._at(event), "an alias inside its own anchor", "write the values out")
        if node is None:
            raise _Broken(self._at(event), *_NO_ANCHOR)
        # Its own place: a record that stands here twice is two records.
        return node._replace(place=self._at(event)), size

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self._at(event)
        if event.anchor is not None and not event.value and event.implicit[0]:
            return Scalar(place, f"&{event.anchor}", "text")  # told as an anchor, and not as a missing value too
        tag, text = event.tag, event.value
        cut_at = remark_at = None
        if tag is None or tag == "!":
            if not event.implicit[0]:
                return Scalar(place, event.value, "text")
            if event.value and event.end_mark is not None:
                cut_at, remark_at = self._comments_at(event.end_mark)
            tag = self._tag(event.value, event.implicit)
        if tag not in _KINDS and tag != _MERGE:
            self._report(place, "an unknown tag", "put quotes around a text that starts with '!'")
            text = text or tag  # told as a tag, and not as a missing value too
        kind = _KINDS.get(tag, "text")
        return Scalar(place, text, kind, plain=event.implicit[0], cut_at=cut_at, remark_at=remark_at)

    def _tag(self, text: str, implicit: tuple[bool, bool]) -> str:
        """What kind of value a text is by itself: many a text stands in a file a hundred times."""
        found = self._tags.get((text, implicit))
        if found is None:
            found = self._tags[text, implicit] = self._loader.resolve(yaml.ScalarNode, text, implicit)
        return found

    def _comments_at(self, end: _Mark) -> tuple[Place | None, Place | None]:
        """Where a comment begins with no space behind its `#`, or one that may be the rest of the text all the same."""
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        if "#" not in line:
            return None, None
        number = end.line + self._first_line
        stuck = _STUCK.match(line, end.column)
        if stuck is not None:
            return Place(self._file, number, stuck.start(1) + 1), None
        remark = may_be_cut(line, end.column)
        return None, None if remark is None else Place(self._file, number, remark + 1)

    def _listing(self, start: yaml.NodeEvent, depth: int) -> tuple[Listing, int]:
        items, size = list[Node](), 1
        while isinstance(event := self._loader.get_event(), yaml.NodeEvent):
            node, more = self._node(event, depth + 1)
            items.append(node)
            size += more
        return Listing(self._at(start), tuple(items)), size

    def _mapping(self, start: yaml.NodeEvent, depth: int) -> tuple[Mapping, int]:
        entries: dict[str, Entry] = {}
        merged: list[Node] = []
        size = 1
        while isinstance(event := self._loader.get_event(), yaml.NodeEvent):
            key, key_size = self._node(event, depth + 1)
            event = self._loader.get_event()
            assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - libyaml gives every key a value
            value, value_size = self._node(event, depth + 1)
            size += key_size + value_size
            self._enter(key, value, entries, merged)
        return Mapping(self._at(start), self._merge(entries, merged)), size

    def _enter(self, key: Node, value: Node, entries: dict[str, Entry], merged: list[Node]) -> None:
        # YAML 1.1 takes `on` for true; before a colon it can be nothing but a key.
        if not isinstance(key, Scalar) or key.kind not in ("text", "a truth value"):
            self._report(key.place, *no_key(key, value))
            return
        name = self._without_slips(key)
        stuck = STUCK_COLON.fullmatch(name)
        if stuck is not None and isinstance(value, Scalar) and value.kind == "nothing":
            self._report(key.place, *slips.NO_SPACE_BEHIND_COLON)
            name, value = stuck[1], self._resolved(value.place, stuck[2])
        elif self._is_cut_off(key, value, entries):
            self._take_rest(key, entries)
            return
        if name == "<<":
            merged.append(value)
        elif name not in entries:
            entries[name] = Entry(key.place, value)
        elif name == next(iter(entries)) == "id":
            self._report(key.place, "a key without its dash", "begin every record of a list with '- '")
        elif not self._is_of_next_record(entries, key.place):
            self._report(key.place, "a key that is there already", f"see {entries[name].place}")

    def _is_cut_off(self, key: Scalar, value: Node, entries: dict[str, Entry]) -> bool:
        """Whether this is no key but the rest of the text before it, which a comma in braces cut: no colon follows."""
        last = next(reversed(entries.values())).value if entries else None
        if isinstance(last, Listing) and last.items and last.place == last.items[0].place:
            last = last.items[-1]  # a list without its brackets, of which the beginning was told
        if not (isinstance(last, Scalar) and last.plain and last.kind == "text"):
            return False
        if not isinstance(value, Scalar) or value.kind != "nothing" or value.text:
            return False
        line = self._lines[key.place.line - self._first_line]
        begin = key.place.column - 1
        end = begin + len(key.text)
        return line[begin:end] == key.text and line[end:].lstrip()[:1] in {",", "}"}

    def _take_rest(self, key: Scalar, entries: dict[str, Entry]) -> None:
        """Tell of what a comma cut off; where a list is meant it is a part of that, so that nothing else is told."""
        name, (at, value) = next(reversed(entries.items()))
        if name not in LISTS:
            self._report(key.place, *CUT_OFF)
            return
        known = value.items if isinstance(value, Listing) else (value,)
        if not isinstance(value, Listing):
            self._report(value.place, *CUT_LIST)
        entries[name] = Entry(at, Listing(value.place, (*known, key)))

    def _resolved(self, place: Place, text: str) -> Scalar:
        tag = self._loader.resolve(yaml.ScalarNode, text, (True, False))
        return Scalar(place, text, _KINDS.get(tag, "text"), plain=True)

    def _is_of_next_record(self, entries: dict[str, Entry], place: Place) -> bool:
        """Whether this key follows one whose dash was told to be forgotten."""
        last = self.problems[-1] if self.problems else None
        begins = next(iter(entries.values())).place
        return last is not None and last.what == "a key without its dash" and begins < last.place < place

    def _without_slips(self, key: Scalar) -> str:
        """The key that is meant, after telling what is wrong with how it is written."""
        if key.text in self._sound:
            return key.text
        for pattern, told in KEY_SLIPS:
            if pattern.search(key.text):
                self._report(key.place, *told)
                return pattern.sub("", key.text)
        self._sound.add(key.text)
        return key.text

    def _merge(self, entries: dict[str, Entry], merged: list[Node]) -> dict[str, Entry]:
        for node in merged:
            for each in node.items if isinstance(node, Listing) else (node,):
                if isinstance(each, Mapping):
                    entries = {**each.entries, **entries}
                else:
                    self._report(each.place, "'<<' takes keys with values")
        return entries

    # --- places and messages ------------------------------------------------------------------------------------------

    def _at(self, event: yaml.Event) -> Place:
        return self._marked(event.start_mark)

    def _report(self, place: Place, what: str, hint: str = "") -> None:
        self.problems.append(Problem(place, "", what, hint))

    def _syntax(self, error: yaml.MarkedYAMLError) -> _Broken:
        problem = error.problem_mark
        self._tripped = problem.line if problem is not None else 0
        if problem is not None and self._character_at(problem.line, problem.column) == "\t":
            return _Broken(self._marked(problem), *slips.TAB)
        cure = cure_of(f"{error.context} {error.problem}")
        # What was never closed is found at the end of the file, but its cure is where it begins.
        mark = error.context_mark if cure.begins and error.context_mark is not None else problem
        return _Broken(self._marked(mark), cure.what, cure.hint)

    def _marked(self, mark: _Mark | None) -> Place:
        return Place(self._file, mark.line + self._first_line, mark.column + 1) if mark else Place(self._file)

    def _character_at(self, line: int, column: int) -> str:
        return self._lines[line][column : column + 1] if line < len(self._lines) else ""

    def _character(self) -> _Broken:
        found = _NOT_TEXT.search(self._text)
        position = found.start() if found else 0
        before = self._text[:position]
        line = before.count("\n") + self._first_line
        return _Broken(Place(self._file, line, position - before.rfind("\n")), *slips.CONTROL)
