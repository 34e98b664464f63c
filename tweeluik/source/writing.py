"""Nodes -> YAML text, for the import. All text stands in quotes, so that no word is taken for something else."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tweeluik.source.nodes import Mapping, Node, Scalar


def write_yaml(records: Iterable[Mapping]) -> str:
    """A list of records, each with a key a line."""
    return "\n".join(_record(each) for each in records)


def _record(record: Mapping) -> str:
    lines = []
    for key, entry in record.entries.items():
        value = entry.value
        if not isinstance(value, Scalar | Mapping) and all(isinstance(item, Mapping) for item in value.items):
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value.items)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "".join(
        f"{'- ' if first else '  '}{line}\n" for first, line in zip((True, *[False] * len(lines)), lines, strict=False)
    )


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return json.dumps(node.text, ensure_ascii=False) if node.kind == "text" else node.text
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(entry.value)}" for key, entry in node.entries.items()) + "}"
    return "[" + ", ".join(_flow(item) for item in node.items) + "]"
