"""What a run of the reader has met: problems, records with the places of their values, and codes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar, cast

from tweeluik.problems import Place, Problem
from tweeluik.source.nodes import Listing, Mapping, Scalar


class Reference(NamedTuple):
    """A code or id that must be defined somewhere in the source."""

    target: str
    code: str
    place: Place
    path: str

    def __repr__(self) -> str:
        return f"<a {self.target} at {self.place}>"


R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Doubled(NamedTuple):
    """A definition of a code that was defined before, and where."""

    target: str
    place: Place
    path: str
    earlier: Place


class Found(NamedTuple, Generic[R_co]):
    """A record as it was read, with its node, so that a later check can name the place of any value."""

    record: R_co
    node: Mapping
    path: str

    def problem(self, key: str, what: str, hint: str = "") -> Problem:
        """A problem with the value of `key`, or with the record as a whole when the key is absent."""
        if key not in self.node.entries:
            return Problem(self.node.place, self.path, what, hint)
        return Problem(self.node.entries[key].value.place, join(self.path, key), what, hint)

    def below(self, key: str, kind: type[R]) -> Iterator[Found[R]]:
        """Every record of a list of records of a kind, in the order of the file; nothing when there is no list."""
        entry = self.node.entries.get(key)
        if entry is not None and isinstance(entry.value, Listing):
            records: tuple[object, ...] = getattr(self.record, key)
            for position, (record, node) in enumerate(zip(records, entry.value.items, strict=True)):
                if isinstance(node, Mapping) and isinstance(record, kind):
                    yield Found(record, node, f"{join(self.path, key)}[{position}]")

    def items(self, key: str) -> Iterator[tuple[str, Place, str]]:
        """Text, place and path of every item of a list of texts, or of a text alone; nothing when the key is absent."""
        entry = self.node.entries.get(key)
        if entry is not None and isinstance(entry.value, Scalar):
            yield entry.value.text, entry.value.place, join(self.path, key)
        if entry is not None and isinstance(entry.value, Listing):
            for position, item in enumerate(entry.value.items):
                if isinstance(item, Scalar):
                    yield item.text, item.place, f"{join(self.path, key)}[{position}]"


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Records that were read by column, and the codes that they refer to, per target and key."""

    found: Sequence[Found[object]]
    codes: Mapping_[str, Mapping_[str, frozenset[str]]]

    def references(self, known: Mapping_[str, Container[str]]) -> Iterator[Reference]:
        """Every reference to a code that is not known, with its place."""
        unknown = {
            (target, key): strange
            for target, keys in self.codes.items()
            for key, codes in keys.items()
            if (strange := {code for code in codes if code not in known.get(target, ())})
        }
        for each in self.found if unknown else ():
            for (target, key), codes in unknown.items():
                read: str | tuple[str, ...] = getattr(each.record, key)
                written = (read,) if isinstance(read, str) else read
                if not codes.isdisjoint(written):
                    # The code as it was read: in the cell it may have spaces that tell nothing.
                    items = zip(written, each.items(key), strict=True)
                    yield from (
                        Reference(target, code, place, path) for code, (_, place, path) in items if code in codes
                    )


@dataclass(slots=True)
class Reading:
    """What a run of the reader has met so far: problems, records, and codes defined and referred to."""

    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    """What may be right: warnings that no record can tell of, because it does not hold what was left out."""
    found: dict[type, list[Found[object]]] = field(default_factory=dict)
    defined: dict[str, dict[str, Place]] = field(default_factory=dict)
    doubled: list[Doubled] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    """Targets of which a definition could not be read: a reference to them is not called unknown."""

    def report(self, place: Place, path: str, what: str, hint: str = "") -> None:
        """Collect a problem."""
        self.problems.append(Problem(place, path, what, hint))

    def targets(self) -> set[str]:
        """What is referred to."""
        return {each.target for each in self.references} | {target for each in self.tables for target in each.codes}

    def unknown(self) -> Iterator[Reference]:
        """Every reference to what is defined nowhere."""
        for each in self.references:
            if each.code not in self.defined.get(each.target, {}):
                yield each
        for table in self.tables:
            yield from table.references(self.defined)

    def define(self, target: str, code: str, place: Place) -> Place | None:
        """Remember a definition; the place of an earlier one with the same code, if any."""
        known = self.defined.setdefault(target, {})
        earlier = known.get(code)
        known.setdefault(code, place)
        return earlier

    def join(self, part: Reading) -> bool:
        """Whether all that another reading met is met here too; not where it defines what is defined here already."""
        if any(not codes.keys().isdisjoint(self.defined.get(target, ())) for target, codes in part.defined.items()):
            return False
        self.problems += part.problems
        self.doubts += part.doubts
        self.doubled += part.doubled
        self.references += part.references
        self.tables += part.tables
        self.unsure |= part.unsure
        for kind, found in part.found.items():
            self.found.setdefault(kind, []).extend(found)
        for target, codes in part.defined.items():
            self.defined.setdefault(target, {}).update(codes)
        return True

    def all(self, record: type[R]) -> list[Found[R]]:
        """Every record of a type that was read without problems."""
        return cast("list[Found[R]]", self.found.get(record, []))  # filed under its own type


def join(path: str, key: str) -> str:
    """The path of a key below a path."""
    return f"{path}.{key}" if path else key
