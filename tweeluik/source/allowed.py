"""What may stand at a place in the source: codes with their labels, fixed words, or the keys of a record."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tweeluik.source.codes import Codes
from tweeluik.source.json_schema import SHAPES
from tweeluik.source.references import Refers
from tweeluik.source.schema import Kind, Shape
from tweeluik.source.texts import Choice
from tweeluik.source.value_types import Many, OneOrMany, OrNone, Truth

Allowed = tuple[tuple[str, str], ...]
"""What may be written, and what it means to people."""

CONFIDENTIAL = frozenset({"partner"})
"""What is referred to and shown to nobody: ids of organisations."""

_KEY = re.compile(r"\[[^\]]*\]|[^.\[\]]+")


def allowed_at(file: str, path: str, codes: Codes) -> Allowed:
    """What may be written at a path in a file of the source, in the order in which it is declared.

    Args:
        file: Its name below the content folder.
        path: Of keys, as problems tell it: `tables[0].rows`. Of a key that is not known: those that are.
        codes: Those of the source.

    Returns:
        Nothing where anything may stand, or what may is confidential.
    """
    kind: Kind | Shape[object] | None = SHAPES.get(PurePosixPath(file).parts[0].removesuffix(".yaml"))
    for key in _KEY.findall(path):
        kind = _within(kind)
        if key.startswith("["):
            continue
        if not isinstance(kind, Shape):
            return ()
        found = next((each for each in kind.fields if each.key == key), None)
        if found is None:
            return tuple((each.key, each.about) for each in kind.fields)
        kind = found.kind
    return _values(_within(kind), codes)


def _within(kind: Kind | Shape[object] | None) -> Kind | Shape[object] | None:
    """The kind of one value, of a list of them or of one that may be absent."""
    match kind:
        case Many(item=item):
            return _within(item)
        case OneOrMany(many=many):
            return _within(many)
        case OrNone(kind=inner):
            return _within(inner)
        case _:
            return kind


def _values(kind: Kind | Shape[object] | None, codes: Codes) -> Allowed:
    match kind:
        case Choice(choices=choices):
            return tuple((each, "") for each in choices)
        case Refers(target=target) if target not in CONFIDENTIAL:
            return tuple(codes.get(target, {}).items())
        case Truth():
            return (("true", "ja"), ("false", "nee"))
        case _:
            return ()
