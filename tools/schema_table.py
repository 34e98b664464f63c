"""`docs/schema-and-program.md`, what a schema says of every mistake in `tests/broken` and what the program says of it.

`python -m tools.schema_table` writes it. A file that the program refuses and the schema accepts needs a reason here;
one that the schema refuses and the program accepts must follow from a mistake elsewhere.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import jsonschema
import yaml

from tests.mistakes import CASES, with_mistake
from tweeluik.cli.telling import code_of
from tweeluik.problems import Problem, SourceHasProblems
from tweeluik.source.json_schema import schemas
from tweeluik.source.load import read_codes, read_source
from tweeluik.words.messages import find_kind

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "schema-and-program.md"
DEEPEST = 100
"""Lists and mappings in each other: how many an editor reads differs by program, and Python by version."""

_CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER

REASONS: Mapping[str, tuple[str, ...]] = {
    "how it is written: once YAML is read, nothing of it is left": ("E121", "E126", "E127", "E128", "E210"),
    "where a file stands, or what it is called": ("E143", "E148", "E151", "E156"),
    "what a text says": ("E211", "E218", "E219", "E226", "E227", "E240", "E241", "E242", "E243", "E244", "E248"),
    "one value beside another of the same record": (
        "E232", "E310", "E330", "E331", "E334", "E335", "E340", "E341", "E343", "E351", "E402", "E409", "E410", "E411",
        "E412", "E432", "E434", "E435", "E436", "E440", "E451", "E452", "E453", "E454", "E460", "E461", "E462", "E463",
    ),
    "another record, of this file or another": (
        "E303", "E304", "E305", "E306", "E307", "E322", "E323", "E339", "E403", "E404", "E405", "E406", "E420", "E421",
        "E363", "E422", "E423", "E430", "E433", "E441", "E442",
    ),
}  # fmt: skip
"""Why a schema cannot say it, with the codes of the messages."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a mistake: what the schema says (None: it is no YAML), and the codes of what the program says."""

    case: str
    file: str
    is_valid: bool | None
    codes: tuple[str, ...]
    elsewhere: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Every file of YAML in every mistake."""
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            yield from _rows(case, with_mistake(case, Path(folder)))


def _rows(case: str, content: Path) -> Iterator[Row]:
    found = _problems(content)
    own = json.dumps(read_codes(content, names=True))
    for path in sorted(content.rglob("*.yaml")):
        name = path.relative_to(content).as_posix()
        kind = name.partition("/")[0].removesuffix(".yaml")
        if kind in _validators(own):
            codes = tuple(sorted({code_of(each) for each in found[name]}))
            others = {code_of(each) for file, problems in found.items() if file != name for each in problems}
            yield Row(case, name, _is_valid(path.read_bytes(), kind, own), codes, tuple(sorted(others)))


def _problems(content: Path) -> defaultdict[str, list[Problem]]:
    found = defaultdict[str, list[Problem]](list)
    try:
        read_source(content)
    except SourceHasProblems as failure:
        for each in failure.problems:
            found[each.place.file].append(each)
    return found


@lru_cache
def _validators(codes: str) -> Mapping[str, jsonschema.Draft202012Validator]:
    """What the schemas with these codes say, per kind of file: nearly all mistakes leave the codes as they are."""
    made = schemas(json.loads(codes))
    return {kind: jsonschema.Draft202012Validator(schema, format_checker=_CHECKER) for kind, schema in made.items()}


@cache
def _is_valid(text: bytes, kind: str, codes: str) -> bool | None:
    """What the schema says of a file of YAML; None when it cannot be read."""
    try:
        raw: object = yaml.load(text.decode(), Loader=yaml.CSafeLoader)  # noqa: TID251 - as an editor reads it
        value: object = json.loads(json.dumps(raw, default=str))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    if _is_deeper_than(DEEPEST, value):
        return None
    return bool(_validators(codes)[kind].is_valid(value))


def _is_deeper_than(depth: int, value: object) -> bool:
    """Whether lists and mappings lie more than so many deep in each other."""
    level = [value]
    for _ in range(depth):
        level = [part for each in level for part in _parts(each)]
    return bool(level)


def _parts(value: object) -> Collection[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def unseen(found: Sequence[Row]) -> Mapping[str, Sequence[str]]:
    """Per code that a schema accepts and the program refuses the mistakes in which that is so."""
    cases = defaultdict[str, set[str]](set)
    for row in found:
        for code in row.codes if row.is_valid else ():
            cases[code].add(row.case)
    return {code: sorted(names) for code, names in sorted(cases.items())}


def too_strict(found: Sequence[Row]) -> Sequence[Row]:
    """What a schema refuses and the program does not, though nothing is wrong in another file."""
    return [row for row in found if row.is_valid is False and not row.codes and not row.elsewhere]


def page(found: Sequence[Row]) -> str:
    """The page."""
    return "\n".join((*_head(found), *_table(unseen(found)))) + "\n"


def _head(found: Sequence[Row]) -> Iterator[str]:
    odd = [row for row in found if row.codes]
    refused = sum(row.is_valid is False for row in odd)
    unread = sum(row.is_valid is None for row in odd)
    yield _ABOUT
    yield f"- Files of YAML with a mistake in them: {len(odd)}. The schema refuses {refused}; {unread} are no YAML,"
    yield f"  which an editor tells by itself; {len(odd) - refused - unread} it accepts, each for a reason below."
    yield f"- Files that a schema refuses while the program finds no mistake in the source: {len(too_strict(found))}."
    yield ""


_ABOUT = """# What the schemas see

The schemas that `init` and `schema` write let an editor tell a mistake while somebody types. For every mistake in
`tests/broken` this page compares them, with the codes of that source, with what the program says. It is written by
`python -m tools.schema_table`; a test holds it.
"""


def _table(codes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "| a schema cannot see | message | in how many mistakes |"
    yield "|---|---|---|"
    for reason, known in REASONS.items():
        for code in (each for each in known if each in codes):
            kind = find_kind(code)
            says = kind.sentences[0].shown("en") if kind else ""
            yield f"| {reason} | {code} {says} | {len(codes[code])} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(tuple(rows())), "utf-8")


if __name__ == "__main__":
    main()
