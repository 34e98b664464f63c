"""A spreadsheet or CSV with organisations or conversations -> a file of the source, and a report of what did not fit.

Rows become nodes, so the same declarations that read the source judge them. A row fits as a whole or stays out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source import fields
from tweeluik.source.consistency import WHERE
from tweeluik.source.csv_rows import Cell
from tweeluik.source.headings import FALSE, TRUE, WORDS, keys
from tweeluik.source.inventory import SEALED, Unseal
from tweeluik.source.load import read_source
from tweeluik.source.nodes import Entry, Listing, Mapping, Node, Scalar
from tweeluik.source.past import names, registrations
from tweeluik.source.records import Source
from tweeluik.source.schema import Kind, Reading, Reference, Shape
from tweeluik.source.spreadsheet import read_sheet
from tweeluik.source.suggest import nearest
from tweeluik.source.texts import Choice, Refers
from tweeluik.source.value_types import Day, Many, OneOrMany, Truth
from tweeluik.source.writing import write_yaml
from tweeluik.words.folding import letters

_SHAPES = {"partners": fields.PARTNER, "conversations": fields.CONVERSATION}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made: at most one new file, its name below the content folder; and what did not fit."""

    name: str
    text: bytes
    rows: int
    taken: int
    problems: tuple[Problem, ...]

    def __repr__(self) -> str:
        return f"<{self.taken} of {self.rows} rows for {self.name}>"


def import_file(path: Path, content: Path, *, new_id: Callable[[], str], unseal: Unseal | None = None) -> Imported:
    """Read a spreadsheet or CSV. Nothing is written: that is for the edge, which also makes the ids.

    Args:
        path: an .xlsx or .csv file whose first row names the columns, in Dutch or by the source's own keys.
        content: the source that it will be part of; it gives the codes, and the organisations that are known.
        new_id: makes an id without meaning, another one each time.
        unseal: opens the files of the source that are kept sealed.

    Raises:
        WrongUsage: the file is not there, or of another kind.
        SourceHasProblems: the source has problems, or the file cannot be understood at all.
    """
    source = read_source(content, unseal=unseal)
    header, *rows = read_sheet(path) or [[]]
    understood = keys([cell.text for cell in header])
    if understood is None:
        what = "neither a list of organisations nor one of conversations"
        hint = "the first row names the columns: 'naam' for organisations, 'datum' and 'partners' for conversations"
        raise SourceHasProblems(Problem(Place(path.name), "", what, hint))
    kind, columns = understood
    unread = (cell for position, cell in enumerate(header) if cell.text and position not in columns)
    problems = [
        Problem(cell.place, "", "a column that is not taken over", "the source has no place for it") for cell in unread
    ]
    headed = frozenset(position for position, cell in enumerate(header) if cell.text)
    importing = _Importing(kind, columns, source, new_id, problems, headed=headed)
    # An umbrella is nobody's member, so those without one come first and are known to their members.
    ordered = sorted(
        rows, key=lambda row: any(cell.text for at, cell in enumerate(row) if columns.get(at) == "umbrella")
    )
    taken = [node for row in ordered if (node := importing.row(row)) is not None]
    text = write_yaml(taken).encode()
    return Imported(_free_name(content, kind), text, len(rows), len(taken), tuple(sorted(importing.problems)))


def _free_name(content: Path, kind: str) -> str:
    names = (f"{kind}/import{'' if number == 1 else f'-{number}'}.yaml" for number in range(1, 10**6))
    return next(name for name in names if not any((content / each).exists() for each in (name, name + SEALED)))


class _Importing:
    """What rows are compared with, and what has been said about them."""

    def __init__(
        self, kind: str, columns: dict[int, str], source: Source, new_id: Callable[[], str], problems: list[Problem],
        *, headed: frozenset[int],
    ) -> None:  # fmt: skip
        self.problems = problems
        self._kind = kind
        self._columns = columns
        self._headed = headed
        self._new_id = new_id
        self._codes = _codes(source)
        self._ids = {partner.id for partner in source.partners}
        self._names = {letters(name): partner.id for partner in source.partners for name in names(partner)}
        self._registrations = {number for partner in source.partners for number in registrations(partner)}

    def row(self, row: list[Cell]) -> Mapping | None:
        """The row as a record's node, or None after reporting why it stays out."""
        shape = _SHAPES[self._kind]
        cells = {self._columns[at]: cell for at, cell in enumerate(row) if at in self._columns and cell.text}
        place = row[0].place
        if self._has_loose_end(row) or (self._kind == "partners" and self._is_known(cells, place)):
            return None
        node = Mapping(place, dict(self._entries(shape, cells, place)))
        reading = Reading()
        record = shape.read(node, "", reading)
        found = (*reading.problems, *self._unknown(reading.references))
        self.problems += found
        if record is None or found:
            return None
        if self._kind == "partners":
            self._remember(node)
        return node

    def _has_loose_end(self, row: list[Cell]) -> bool:
        """A value below no heading: most often the rest of a list that its separator cut in two."""
        loose = [cell for at, cell in enumerate(row) if cell.text and at not in self._headed]
        hint = "name its column in the first row, or put quotes around a list that holds the separator of the file"
        self.problems += [Problem(cell.place, "", "a value below no heading", hint) for cell in loose]
        return bool(loose)

    # --- organisations that are known ---------------------------------------------------------------------------------

    def _is_known(self, cells: dict[str, Cell], place: Place) -> bool:
        name, number, id_ = (cells[key].text if key in cells else "" for key in ("name", "registration", "id"))
        known = letters(name) in self._names or number in self._registrations or id_ in self._ids
        if known:
            self.problems.append(Problem(place, "", "an organisation that is in the source already", "change it there"))
        return known

    def _remember(self, node: Mapping) -> None:
        texts = {key: each.value.text for key, each in node.entries.items() if isinstance(each.value, Scalar)}
        aliases = node.entries["aliases"].value if "aliases" in node.entries else None
        others = aliases.items if isinstance(aliases, Listing) else ()
        self._ids.add(texts["id"])
        for name in (texts["name"], *(each.text for each in others if isinstance(each, Scalar))):
            self._names.setdefault(letters(name), texts["id"])
        if "registration" in texts:
            self._registrations.add(texts["registration"])

    def _unknown(self, references: list[Reference]) -> Iterator[Problem]:
        for target, code, place, path in references:
            if target == "partner" and code not in self._ids:
                yield Problem(place, path, "an organisation that is not in the source", "import organisations first")
            elif target != "partner" and code not in (known := self._codes[target].known):
                yield Problem(place, path, f"unknown {target}", nearest(code, known) or WHERE[target])

    # --- cells to nodes -----------------------------------------------------------------------------------------------

    def _entries(self, shape: Shape[object], cells: dict[str, Cell], place: Place) -> Iterator[tuple[str, Entry]]:
        for each in shape.fields:
            if each.key in cells:
                cell = cells[each.key]
                yield each.key, Entry(cell.place, self._node(cell, each.kind))
            elif each.key == "id":
                yield "id", Entry(place, Scalar(place, self._fresh_id(), "text"))
            elif each.key == "collaborations":
                years = [self._collaboration(key[-4:], cell) for key, cell in cells.items() if key.startswith(each.key)]
                if years:
                    yield each.key, Entry(place, Listing(place, tuple(years)))

    def _fresh_id(self) -> str:
        while (made := self._new_id()) in self._ids:
            pass
        return made

    def _collaboration(self, year: str, cell: Cell) -> Mapping:
        measures = self._node(cell, Many(Refers("measure")))
        year_node = Scalar(cell.place, year, "a whole number")
        return Mapping(cell.place, {"year": Entry(cell.place, year_node), "measures": Entry(cell.place, measures)})

    def _node(self, cell: Cell, kind: Kind) -> Node:
        if isinstance(kind, OneOrMany):
            kind = kind.single
        match kind:
            case Many():
                parts = re.split(r"[;\n]|,(?=\s|\d)" if isinstance(kind.item, Refers) else r"[;\n]", cell.text)
                items = (self._node(Cell(cell.place, part.strip()), kind.item) for part in parts if part.strip())
                return Listing(cell.place, tuple(items))
            case Day():
                return _day(cell)
            case Truth():
                return _truth(cell)
            case Refers():
                return Scalar(cell.place, self._code(kind.target, cell.text), "text")
            case Choice():
                words = {letters(word): word for word in kind.choices}
                return Scalar(
                    cell.place, words.get(letters(cell.text)) or WORDS.get(letters(cell.text), cell.text), "text"
                )
            case _:
                return Scalar(cell.place, cell.text, "text")

    def _code(self, target: str, text: str) -> str:
        if target == "partner":
            return text if text in self._ids else self._names.get(letters(text), text)
        return self._codes[target].find(text)


class _Codes:
    """The codes of one kind, found by code or by label."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        pairs = tuple(named)
        self.known = frozenset(code for code, _label in pairs)
        # Codes keep their signs: 1.11 and 11.1 are two.
        self._by_code = {code.casefold(): code for code in self.known}
        self._by_label = {letters(label): code for code, label in pairs}

    def find(self, text: str) -> str:
        """The code, or the text itself when there is none."""
        return self._by_code.get(text.casefold()) or self._by_label.get(letters(text), text)


def _codes(source: Source) -> dict[str, _Codes]:
    vocabulary = source.vocabulary
    terms = {"kind": vocabulary.kinds, "region": vocabulary.regions, "form": vocabulary.forms}
    codes = {
        target: _Codes((term.code, label) for term in each for label in reversed(term.labels))
        for target, each in terms.items()
    }
    return codes | {"measure": _Codes((item.code, item.label) for item in source.agenda.measures)}


def _day(cell: Cell) -> Scalar:
    """A date, turned round when it stands as the Dutch write it."""
    found = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", cell.text)
    text = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else cell.text
    return Scalar(cell.place, text, "a date" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else "text")


def _truth(cell: Cell) -> Scalar:
    word = letters(cell.text)
    if word in TRUE | FALSE:
        return Scalar(cell.place, "true" if word in TRUE else "false", "a truth value")
    return Scalar(cell.place, cell.text, "text")
