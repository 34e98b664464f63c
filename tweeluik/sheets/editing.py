"""Changes to organisations, line by line in the file where they stand: comments, order and everything else stays.

What comes out is read again. Where it does not say exactly what was meant, the file is written in a way that needs a
person, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tweeluik.sheets.rendering import KEYS, LISTS, list_items, partner_entries, record_lines
from tweeluik.sheets.sameness import told
from tweeluik.source import fields
from tweeluik.source.nodes import Listing, Node
from tweeluik.source.nodes import Mapping as MappingNode
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Partner


class CannotEdit(Exception):
    """The records with these ids are written in a way that only a person can change."""

    def __init__(self, ids: frozenset[str]) -> None:
        super().__init__("a record that a person must change")
        self.ids = ids


class Replacement(NamedTuple):
    """Lines `start` up to `end` (counted from 0, `end` not among them) become others."""

    start: int
    end: int
    lines: list[str]


def edit_partners(text: str, file: str, changed: Mapping[str, Partner]) -> str:
    """The text of a file in which these organisations, by id, say what they say from now on.

    Raises:
        CannotEdit: some of them must be changed by hand.
    """
    before = _records(text, file)
    lines = text.split("\n")
    replacements: list[Replacement] = []
    refused = {id_ for id_ in changed if id_ not in before}
    for id_, partner in changed.items():
        if id_ in before:
            try:
                replacements += _replacements(lines, before[id_], partner)
            except CannotEdit:
                refused.add(id_)
    if refused:
        raise CannotEdit(frozenset(refused))
    # From below, so that places stay; what is put in before a line comes after what becomes of that line.
    order = sorted(range(len(replacements)), key=lambda at: (*replacements[at][:2], at), reverse=True)
    for each in (replacements[at] for at in order):
        lines[each.start : each.end] = each.lines
    result = "\n".join(lines)
    after = _records(result, file)
    wanted = {id_: told(changed.get(id_, each.partner)) for id_, each in before.items()}
    wrong = {id_ for id_ in wanted if id_ not in after or told(after[id_].partner) != wanted[id_]}
    if wrong or after.keys() != wanted.keys():
        raise CannotEdit(frozenset(wrong & changed.keys()) or frozenset(changed))
    return result


class _Record(NamedTuple):
    """An organisation as it stands in a file, and the line behind its last."""

    partner: Partner
    node: MappingNode
    end: int


def _records(text: str, file: str) -> dict[str, _Record]:
    node, _ = read_yaml(text, file)
    if node is None:
        return {}
    items = node.items if isinstance(node, Listing) else (node,)
    starts = [each.place.line - 1 for each in items]
    ends = [*starts[1:], text.count("\n") + 1]
    found = {}
    for each, end in zip(items, ends, strict=True):
        partner = fields.PARTNER.read(each, "", Reading())
        if isinstance(each, MappingNode) and isinstance(partner, Partner):
            found[partner.id] = _Record(partner, each, end)
    return found


# --- one record -------------------------------------------------------------------------------------------------------


def _replacements(lines: list[str], record: _Record, partner: Partner) -> Iterator[Replacement]:
    old, new = partner_entries(record.partner), partner_entries(partner)
    if not _is_in_block(record.node):
        yield _rewritten(lines, record, partner)
        return
    extents = _extents(lines, record)
    for key in KEYS:
        if old.get(key) == new.get(key):
            continue
        if key not in extents:
            yield _inserted(lines, record.node, extents, key, new[key])
        elif key in LISTS and key in new and _is_list_of_lines(lines, record.node.entries[key].value):
            yield from _items(lines, record, key, partner, extents[key][1])
        else:
            yield _replaced(lines, record.node, extents[key], key, new.get(key, []))


def _is_in_block(node: MappingNode) -> bool:
    """Whether every key stands on a line of its own, below the others."""
    places = [each.place for each in node.entries.values()]
    return len({each.line for each in places}) == len(places) and len({each.column for each in places}) == 1


def _is_list_of_lines(lines: list[str], node: Node) -> bool:
    """Whether every item begins with a dash on a line of its own."""
    places = [each.place for each in node.items] if isinstance(node, Listing) else []
    return bool(places) and all(lines[each.line - 1][: each.column - 1].strip() == "-" for each in places)


def _extents(lines: list[str], record: _Record) -> dict[str, tuple[int, int]]:
    """Per key its first line, and the one behind its last; comments and empty lines behind it are not its own."""
    keys = sorted(record.node.entries, key=lambda key: record.node.entries[key].place)
    starts = [record.node.entries[key].place.line - 1 for key in keys]
    found = {}
    for key, start, end in zip(keys, starts, [*starts[1:], record.end], strict=True):
        found[key] = (start, without_rest(lines, start, end))
    return found


def without_rest(lines: list[str], start: int, end: int) -> int:
    """The end of an entry that begins at `start`, without the comments and empty lines behind it."""
    while end > start + 1 and lines[end - 1].strip().removeprefix("-").strip().partition("#")[0] == "":
        end -= 1
    return end


def _rewritten(lines: list[str], record: _Record, partner: Partner) -> Replacement:
    """A record between braces becomes one in lines, unless somebody wrote a comment in it."""
    start = record.node.place.line - 1
    end = without_rest(lines, start, record.end)
    lead = lines[start][: record.node.place.column - 1]
    if any(comment_of(line) for line in lines[start:end]) or lead.strip() not in ("-", ""):
        raise CannotEdit(frozenset())
    first, *rest = (line[2:] for line in record_lines(partner))
    return Replacement(start, end, [f"{lead}{first}", *(f"{' ' * len(lead)}{line}" for line in rest)])


# --- one key ----------------------------------------------------------------------------------------------------------


def _inserted(
    lines: list[str], node: MappingNode, extents: dict[str, tuple[int, int]], key: str, new: list[str]
) -> Replacement:
    """Behind the key that stands before it in the order of the format."""
    earlier = [each for each in KEYS[: KEYS.index(key)] if each in extents]
    at = max((extents[each][1] for each in earlier), default=0)
    indent = " " * (next(iter(node.entries.values())).place.column - 1)
    if not earlier or lines[at - 1] == "":
        raise CannotEdit(frozenset())
    return Replacement(at, at, [f"{indent}{line}" for line in new])


def _replaced(lines: list[str], node: MappingNode, extent: tuple[int, int], key: str, new: list[str]) -> Replacement:
    start, end = extent
    lead = lines[start][: node.entries[key].place.column - 1]
    comments = [comment_of(line) for line in lines[start:end]]
    if any(comments[1:]) or (not new and (comments[0] or lead.strip())):
        raise CannotEdit(frozenset())
    indent = " " * len(lead)
    return Replacement(start, end, [
        f"{lead if at == 0 else indent}{line}{comments[0] if at == 0 else ''}" for at, line in enumerate(new)
    ])  # fmt: skip


def _items(lines: list[str], record: _Record, key: str, partner: Partner, end: int) -> Iterator[Replacement]:
    """Each item of a list on its own; a new one behind the last that comes before it."""
    listing = record.node.entries[key].value
    assert isinstance(listing, Listing)  # noqa: S101 - was asked before
    old, new = list_items(record.partner, key), list_items(partner, key)
    starts = [each.place.line - 1 for each in listing.items]
    spans = dict(zip(old, zip(starts, [*starts[1:], end], strict=True), strict=True))
    lead = lines[starts[0]][: listing.items[0].place.column - 1]
    for item, (start, stop) in spans.items():
        if new.get(item) != old[item]:
            last = without_rest(lines, start, stop)
            comments = [comment_of(line) for line in lines[start:last]]
            if any(comments[1:]) or (item not in new and comments[0]):
                raise CannotEdit(frozenset())
            mine = lines[start][: len(lead)]
            yield Replacement(start, last, [f"{mine}{new[item]}{comments[0]}"] if item in new else [])
    for item in (each for each in new if each not in old):
        before = [each for each in old if each < item]
        at = without_rest(lines, *spans[before[-1]]) if before else starts[0]
        yield Replacement(at, at, [f"{lead}{new[item]}"])


def comment_of(line: str) -> str:
    """What stands behind the value on a line, with the space in front of it."""
    quote = ""
    for at, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote and line[at - 1] != "\\" else quote
        elif sign in "\"'" and (at == 0 or line[at - 1] in " [{,:-"):
            quote = sign
        elif sign == "#" and (at == 0 or line[at - 1] in " \t"):
            return line[len(line[:at].rstrip()) :]
    return ""
