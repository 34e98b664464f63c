"""The JSON Schemas say what the reader says, and the documentation says what both say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.mistakes import BASE, BROKEN, CASES, with_mistake
from tools import schema_table
from tweeluik.cli.telling import code_of
from tweeluik.problems import Problem, SourceHasProblems
from tweeluik.source.json_schema import describe, schemas
from tweeluik.source.load import read_codes, read_source

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("parsed_once")
CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER


def kind_of(path: Path, content: Path) -> str:
    first = path.relative_to(content).parts[0]
    return first.removesuffix(".yaml")


def plain(path: Path) -> Any:
    return json.loads(json.dumps(yaml.load(path.read_text(), Loader=yaml.CSafeLoader), default=str))  # noqa: TID251


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schemas()[kind], format_checker=CHECKER)


def is_valid(value: Any, kind: str) -> bool:
    return bool(validator(kind).is_valid(value))


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


@pytest.fixture(scope="module")
def compared() -> tuple[schema_table.Row, ...]:
    return tuple(schema_table.rows())


def test_what_a_schema_accepts_and_the_program_refuses_has_its_reason(
    compared: tuple[schema_table.Row, ...],
) -> None:
    reasons = [code for codes in schema_table.REASONS.values() for code in codes]
    assert sorted(schema_table.unseen(compared)) == sorted(reasons)


def test_nothing_that_the_program_accepts_is_refused_by_a_schema(compared: tuple[schema_table.Row, ...]) -> None:
    assert schema_table.too_strict(compared) == []


def test_the_page_about_schemas_is_as_they_are(compared: tuple[schema_table.Row, ...]) -> None:
    """`python -m tools.schema_table` writes it."""
    assert schema_table.PAGE.read_text("utf-8") == schema_table.page(compared)


def test_every_key_is_described_in_dutch() -> None:
    def keys(schema: Any) -> Any:
        if isinstance(schema, dict):
            for each in schema.get("properties", {}).values():
                yield each
            for word, each in schema.items():
                if word != "allOf":  # says something of keys that are described elsewhere
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


# --- with the codes of a source ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def coded() -> dict[str, Any]:
    return schemas(read_codes(BASE, names=True))


def is_valid_with(coded: dict[str, Any], value: Any, kind: str) -> bool:
    return bool(jsonschema.Draft202012Validator(coded[kind], format_checker=CHECKER).is_valid(value))


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_a_schema_with_codes_is_a_schema(coded: dict[str, Any], kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(coded[kind])


@pytest.mark.parametrize("content", [BASE, ROOT / "content"], ids=["base", "example"])
def test_the_source_whose_codes_they_are_is_valid(content: Path) -> None:
    own = schemas(read_codes(content, names=True))
    for path in (each for each in content.rglob("*.yaml") if "published" not in each.parts):
        assert is_valid_with(own, plain(path), kind_of(path, content)), path.name


@pytest.mark.parametrize("name", [
    "an-unknown-kind-region-or-form", "an-unknown-measure-theme-or-pillar", "an-unknown-edition", "an-unknown-partner",
    "a-label-where-a-code-is-meant", "a-name-where-an-id-is-meant", "a-title-where-an-edition-is-meant",
])  # fmt: skip
def test_a_code_that_is_none_is_seen_while_typing(coded: dict[str, Any], name: str) -> None:
    folder = BROKEN / name
    paths = list(folder.rglob("*.yaml"))
    assert any(not is_valid_with(coded, plain(path), kind_of(path, folder)) for path in paths)
    assert all(is_valid(plain(path), kind_of(path, folder)) for path in paths)


def test_editors_get_the_label_of_every_code(coded: dict[str, Any]) -> None:
    kinds = coded["partners"]["$defs"]["kind-code"]
    assert kinds["enum"] == ["gemeente", "stichting"]
    assert kinds["enumDescriptions"] == ["Gemeente", "Stichting"]
    umbrellas = coded["partners"]["$defs"]["partner-code"]
    assert "Koepel van Voorbeelden" in umbrellas["enumDescriptions"]


def test_outside_the_source_no_organisation_is_named() -> None:
    assert "Voorbeelden" not in json.dumps(schemas(read_codes(BASE, names=False)))


# --- what the schemas take and the program refuses, and the reverse ---------------------------------------------------

BEYOND = {
    "between records or files": {"E301", "E303", "E304", "E305", "E306", "E307", "E308", "E309", "E310", "E311"},
    "how YAML is written": {"E1"},
    "the order of years and days": {"E32", "E33", "E34", "E35", "E4"},
    "codes that another file knows": {"E363"},
    "persons, and texts that went wrong on their way": {"E211", "E215", "E218", "E219", "E224", "E226", "E227", "E24"},
    "which of two ways of writing a thing": {"E210", "E220", "E223", "E127"},
    "repeated keys below the items of a list": {"E232"},
    "a text that is blank": {"E212"},
}
"""What no schema of one file can say; each the beginning of codes."""


def test_what_only_the_program_can_refuse_is_known(coded: dict[str, Any], tmp_path: Path) -> None:
    """On every sample: whatever has another kind of problem is refused by the schemas too."""
    beyond = tuple(code for codes in BEYOND.values() for code in codes)
    unseen = {}
    for name in CASES:
        content = with_mistake(name, tmp_path / name)
        codes = {code_of(each) for each in problems_of(content) if each.place.file.endswith(".yaml")}
        if codes and not any(code.startswith(beyond) for code in codes) and all_are_valid(coded, name):
            unseen[name] = codes
    assert unseen == {}


def problems_of(content: Path) -> tuple[Problem, ...]:
    with pytest.raises(SourceHasProblems) as found:
        read_source(content)
    return found.value.problems


def all_are_valid(coded: dict[str, Any], name: str) -> bool:
    folder = BROKEN / name
    paths = [each for each in folder.rglob("*.yaml") if kind_of(each, folder) in coded]
    return all(is_valid_with(coded, plain(path), kind_of(path, folder)) for path in paths)
