"""JSON Schemas for editors, and the tables of `docs/source-format.md`, both from the declarations in `fields`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tweeluik.source import fields
from tweeluik.source.codes import Codes
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


SHAPES: Mapping[str, Shape[object]] = _ONE | _SEVERAL
"""The record of every kind of file, by the name of the file or of its folder."""

NO_CODES: Codes = {}


def schemas(codes: Codes = NO_CODES) -> dict[str, Schema]:
    """A schema per kind of file, by the name of the file or of its folder. `pages` describes the head of a page.

    With the codes of a source a reference must be one of them, and an editor offers them with their labels.
    """
    one = {name: {"$schema": DRAFT, **shape.schema()} for name, shape in _ONE.items()}
    several = {name: _one_or_more(shape) for name, shape in _SEVERAL.items()}
    return {name: _with_codes(schema, codes) for name, schema in (one | several).items()}


def _one_or_more(shape: Shape[object]) -> Schema:
    record = {"$ref": f"#/$defs/{shape.name}"}
    several = {"type": "array", "items": record, "minItems": 1}
    return {"$schema": DRAFT, "$defs": {shape.name: shape.schema()}, "oneOf": [record, several]}


def _with_codes(schema: Schema, codes: Codes) -> Schema:
    """A schema with the definitions that it refers to."""
    targets = sorted(set(_targets(schema)))
    known = schema.get("$defs")
    own = {f"{target}-code": _code(codes.get(target, {})) for target in targets}
    definitions = {**(known if isinstance(known, dict) else {}), **own}
    return {**schema, "$defs": definitions} if definitions else schema


def _code(labels: Mapping[str, str]) -> Schema:
    """One of these codes; any text where none is known. `enumDescriptions` is how editors show what a code means."""
    if not labels:
        return {"type": "string", "minLength": 1}
    return {"type": "string", "enum": [*labels], "enumDescriptions": [*labels.values()]}


def _targets(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.endswith("-code"):
            yield reference.removeprefix("#/$defs/").removesuffix("-code")
        for each in part.values():
            yield from _targets(each)
    elif isinstance(part, list):
        for each in part:
            yield from _targets(each)


def describe() -> str:
    """Every key of every kind of file, as Markdown tables; nested records follow the record that holds them."""
    parts = [part for name, shape in sorted(SHAPES.items()) for part in _describe(shape, f"`{_file(name)}`")]
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
