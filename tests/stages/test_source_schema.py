"""The JSON Schemas say what the reader says, and the documentation says what both say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.mistakes import BASE, BROKEN
from tweeluik.source.json_schema import describe, schemas

ROOT = Path(__file__).parents[2]
CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER


def kind_of(path: Path, content: Path) -> str:
    first = path.relative_to(content).parts[0]
    return first.removesuffix(".yaml")


def plain(path: Path) -> Any:
    return json.loads(json.dumps(yaml.load(path.read_text(), Loader=yaml.CSafeLoader), default=str))  # noqa: TID251


def is_valid(value: Any, kind: str) -> bool:
    return bool(jsonschema.Draft202012Validator(schemas()[kind], format_checker=CHECKER).is_valid(value))


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas()[kind])


@pytest.mark.parametrize("content", [BASE, ROOT / "content"], ids=["base", "example"])
def test_a_source_without_mistakes_is_valid(content: Path) -> None:
    paths = [path for path in content.rglob("*.yaml") if "published" not in path.parts]
    assert {kind_of(path, content) for path in paths} == set(schemas()) - {"pages", "judgements", "wording"}
    for path in paths:
        jsonschema.validate(plain(path), schemas()[kind_of(path, content)], format_checker=CHECKER)


@pytest.mark.parametrize("name", [
    "a-key-is-misspelled", "a-key-is-missing", "a-value-is-missing", "text-is-a-truth-value", "text-is-a-number", "text-is-a-list",
    "a-number-out-of-bounds", "a-policy-number-written-plainly", "a-date-the-dutch-way", "a-list-that-is-empty", "a-list-written-as-text",
    "a-list-with-repeats", "a-record-that-is-text", "an-unknown-word", "a-base-url-without-its-slash", "a-registration-of-seven-digits",
    "an-id-with-a-space", "the-code-of-the-total", "an-edition-with-unknown-words", "a-code-without-quotes",
])  # fmt: skip
def test_a_mistake_in_one_file_is_seen_while_typing(name: str) -> None:
    folder = BROKEN / name
    paths = list(folder.rglob("*.yaml"))
    assert paths
    assert not any(is_valid(plain(path), kind_of(path, folder)) for path in paths)


def test_every_key_is_described_in_dutch() -> None:
    def keys(schema: Any) -> Any:
        if isinstance(schema, dict):
            for each in schema.get("properties", {}).values():
                yield each
            for each in schema.values():
                yield from keys(each)
        elif isinstance(schema, list):
            for each in schema:
                yield from keys(each)

    described = list(keys(schemas()))
    assert len(described) > 80
    assert all(each["description"].endswith((".", "?", "…")) for each in described)


def test_a_schema_does_not_depend_on_a_source() -> None:
    assert "voorbeeldbrug" not in json.dumps(schemas()).casefold()
    assert schemas() == schemas()


def test_the_documentation_holds_every_key() -> None:
    text = (ROOT / "docs" / "source-format.md").read_text(encoding="utf-8")
    begin, end = "<!-- keys: made from tweeluik/source/fields.py -->\n\n", "\n<!-- end of keys -->"
    assert text.partition(begin)[2].partition(end)[0] == describe()
