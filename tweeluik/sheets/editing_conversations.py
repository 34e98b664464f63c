"""Changes to conversations, each on the line where it stands, in YAML or CSV; everything else stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tweeluik.sheets.editing import CannotEdit, comment_of, without_rest
from tweeluik.sheets.rendering import conversation_entry
from tweeluik.sheets.sameness import Told, told_of
from tweeluik.source import fields
from tweeluik.source.csv_rows import read_csv
from tweeluik.source.nodes import Listing, Node
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Conversation

Pair = tuple[Conversation, Conversation]
"""A conversation as the source has it, with its place, and as it becomes."""


def edit_conversations(text: str, file: str, changed: Sequence[Pair]) -> tuple[str, list[int]]:
    """The text in which these conversations are others, and at which line each of them begins now.

    Args:
        text: of the file.
        file: its name, below the content folder.
        changed: in the order of their places.

    Raises:
        CannotEdit: one of them must be changed by hand.
    """
    nodes = _nodes(text, file)
    at = {(each.place.line, each.place.column): number for number, each in enumerate(nodes)}
    lines = text.split("\n")
    starts, moved = list[int](), 0
    wanted = _told(nodes)
    for former, now in changed:
        number = at.get((former.place.line, former.place.column))
        if number is None:
            raise CannotEdit(frozenset())
        wanted[number] = told_of(now)
        start = former.place.line - 1 + moved
        end = nodes[number + 1].place.line - 1 + moved if number + 1 < len(nodes) else len(lines)
        new = _csv_row(lines[0], now) if file.endswith(".csv") else _yaml_entry(lines, start, end, former, now)
        end = start + 1 if file.endswith(".csv") else without_rest(lines, start, end)
        lines[start:end] = [new]
        starts.append(start + 1)
        moved += 1 - (end - start)
    result = "\n".join(lines)
    if _told(_nodes(result, file)) != wanted:
        raise CannotEdit(frozenset())
    return result, starts


def _nodes(text: str, file: str) -> Sequence[Node]:
    node = (read_csv(text, file, fields.CONVERSATION) if file.endswith(".csv") else read_yaml(text, file))[0]
    return node.items if isinstance(node, Listing) else (node,) if node is not None else ()


def _told(nodes: Sequence[Node]) -> list[Told | None]:
    read = (fields.CONVERSATION.read(each, "", Reading()) for each in nodes)
    return [None if each is None else told_of(each) for each in read]


def _yaml_entry(lines: Sequence[str], start: int, end: int, former: Conversation, now: Conversation) -> str:
    lead = lines[start][: former.place.column - 1]
    comments = [comment_of(line) for line in lines[start : without_rest(list(lines), start, end)]]
    if any(comments[1:]):
        raise CannotEdit(frozenset())
    return f"{lead}{conversation_entry(now)}{comments[0]}"


def _csv_row(header: str, now: Conversation) -> str:
    """A row in the order of the columns, with what stands between them in the first row."""
    separator = max(",;", key=header.count)
    values = {
        "date": str(now.date),
        "partners": ";".join(now.partners),
        "context": now.context,
        "form": now.form,
        "measures": ";".join(now.measures),
        "subject": now.subject,
    }
    headings = next(csv.reader([header], delimiter=separator))
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="").writerow(values.get(each.strip(), "") for each in headings)
    return out.getvalue()
