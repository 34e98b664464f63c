"""Changes of what JSON says and not of its bytes: of those nearly all end at the first letter that is no JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import partial
from typing import TypeAlias

from tools.example.dice import Dice

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | float | bool | None"

ODD: tuple[Tree, ...] = (
    None, True, False, 0, 1, -1, 3, 2**53 + 1, 2**64, 1.5, 1e308, -0.0, float("nan"), "", " ", "0", "x", "total",
    "2025", "2025-02-30", "9999-12-31", "../x", "\u202e", "\U0010ffff", "é", "e\u0301", [], {}, [[]], {"": None},
)  # fmt: skip
"""Values in the place of others."""

_FORMS = tuple(
    partial(json.dumps, ensure_ascii=ascii_only, indent=indent, separators=separators)
    for ascii_only in (False, True)
    for indent, separators in ((1, None), (2, None), (None, (",", ":")), (None, None))
)
"""In which a file may be written."""


def changed_tree(data: bytes, seed: int) -> bytes | None:
    """The same file, line by line or whole, with one to three changes in what it says; None when it is no JSON."""
    dice = Dice(seed)
    lines = data.splitlines(keepends=True)
    at = dice.below(len(lines)) if lines else 0
    for before, text, behind in (
        (b"", data, b""),
        (b"".join(lines[:at]), b"".join(lines[at : at + 1]), b"".join(lines[at + 1 :])),
    ):
        try:
            tree: Tree = json.loads(text)
            write = next((each for each in _FORMS if each(tree).encode() == text.rstrip(b"\n")), _FORMS[0])
            for _ in range(1 + dice.below(3)):
                tree = _changed(tree, dice)
            return before + write(tree).encode() + (b"\n" if text.endswith(b"\n") else b"") + behind
        except (ValueError, RecursionError):
            continue
    return None


def _changed(tree: Tree, dice: Dice) -> Tree:
    """A tree with one change: of a value, of an item of a list or a key, or of two that change places."""
    places = tuple(_places(tree))
    if not places:
        return deepcopy(dice.pick(ODD))
    holder, key = dice.pick(places)
    found = _get(holder, key)
    way = dice.below(7)
    if way == 0:
        _set(holder, key, deepcopy(dice.pick(ODD)))
    elif way == 1:
        _set(holder, key, deepcopy(_get(*dice.pick(places))))
    elif way == 2:  # noqa: PLR2004 (the ways have no names)
        del holder[key]  # type: ignore[arg-type]
    elif way == 3 and isinstance(holder, list) and isinstance(key, int):  # noqa: PLR2004
        holder.insert(dice.below(len(holder) + 1), deepcopy(found))
    elif way == 4 and isinstance(holder, dict):  # noqa: PLR2004
        holder[dice.pick(("", "x", "value", "none", *holder))] = deepcopy(found)
    elif way == 5:  # noqa: PLR2004
        _set(holder, key, _beside(found, dice))
    else:
        other, at = dice.pick(places)
        there = deepcopy(_get(other, at))
        _set(other, at, deepcopy(found))
        _set(holder, key, there)
    return tree


def _beside(value: Tree, dice: Dice) -> Tree:
    """A value near this one."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return value + dice.pick((-1, 1, 5, 0.5, 10**9))
    if isinstance(value, str):
        at = dice.below(len(value) + 1)
        return value[:at] + dice.pick(("", "0", "a", " ", "\n", "-", "\u200b", value)) + value[at + dice.below(2) :]
    if isinstance(value, list):
        return value[::-1]
    return dict(reversed(value.items()))


def _places(tree: Tree) -> Iterator[tuple[dict[str, Tree] | list[Tree], str | int]]:
    """Every value below another, as what holds it and its key there."""
    inner: Sequence[tuple[str | int, Tree]] = (
        tuple(tree.items()) if isinstance(tree, dict) else tuple(enumerate(tree)) if isinstance(tree, list) else ()
    )
    for key, value in inner:
        assert isinstance(tree, dict | list)  # noqa: S101 - it has something in it
        yield tree, key
        yield from _places(value)


def _get(holder: dict[str, Tree] | list[Tree], key: str | int) -> Tree:
    return holder[key]  # type: ignore[index]


def _set(holder: dict[str, Tree] | list[Tree], key: str | int, value: Tree) -> None:
    """Put it there; what went away meanwhile stays away."""
    if isinstance(holder, dict) or int(key) < len(holder):
        holder[key] = value  # type: ignore[index]
