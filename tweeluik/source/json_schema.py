"""JSON Schemas for editors, and the tables of `docs/source-format.md`, both from the declarations in `fields`."""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.source import fields
from tweeluik.source.schema import Field, Schema, Shape
from tweeluik.source.value_types import Many, OneOrMany

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_ONE: dict[str, Shape[object]] = {
    "report": fields.REPORT,
    "policy": fields.POLICY,
    "agenda": fields.AGENDA,
    "vocabulary": fields.VOCABULARY,
    "editions": fields.EDITION,
    "pages": fields.PAGE,
}
_SEVERAL: dict[str, Shape[object]] = {
    "partners": fields.PARTNER,
    "conversations": fields.CONVERSATION,
    "judgements": fields.JUDGEMENT,
    "wording": fields.PHRASE,
}


def schemas() -> dict[str, Schema]:
    """A schema per kind of file, by the name of the file or of its folder. `pages` describes the head of a page."""
    one = {name: {"$schema": DRAFT, **shape.schema()} for name, shape in _ONE.items()}
    return one | {name: _one_or_more(shape) for name, shape in _SEVERAL.items()}


def _one_or_more(shape: Shape[object]) -> Schema:
    record = {"$ref": f"#/$defs/{shape.name}"}
    several = {"type": "array", "items": record, "minItems": 1}
    return {"$schema": DRAFT, "$defs": {shape.name: shape.schema()}, "oneOf": [record, several]}


def describe() -> str:
    """Every key of every kind of file, as Markdown tables; nested records follow the record that holds them."""
    parts = [part for name, shape in sorted((_ONE | _SEVERAL).items()) for part in _describe(shape, f"`{_file(name)}`")]
    return "\n\n".join(parts) + "\n"


def _file(name: str) -> str:
    if name in ("partners", "conversations"):
        return f"{name}/*.yaml"
    return {"editions": "editions/*.yaml", "pages": "pages/*.md"}.get(name, f"{name}.yaml")


def _describe(shape: Shape[object], where: str) -> Iterator[str]:
    head = (f"### {where}", "", shape.about, "", "| key | required | value | meaning |", "|---|---|---|---|")
    yield "\n".join((*head, *map(_row, shape.fields)))
    for each in shape.fields:
        inner = each.kind.item if isinstance(each.kind, Many | OneOrMany) else each.kind
        if isinstance(inner, Shape):
            yield from _describe(inner, f"{where}, `{each.key}`")


def _row(field: Field) -> str:
    return f"| `{field.key}` | {'yes' if field.required else 'no'} | {field.kind.words()} | {field.about} |"
