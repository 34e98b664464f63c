"""Every message that the reader of the source can give is met in a test: in a sample of `tests/broken`, or else where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parents[1]
SOURCE = TESTS.parent / "tweeluik" / "source"

SAYS = {"Problem": 2, "report": 2, "problem": 1, "_report": 1, "_Broken": 1, "_Cure": 1}
"""What makes a problem, and which of its arguments says what is wrong; the next one is the hint."""


GIVES_WORDS = {"_wrong", "_cure", "cure", "_no_date", "_truth", "_as_text", "_mangled", "_unknown_id", "_unknown_code"}
"""Functions whose texts are what is wrong, or its cure."""


class Message(NamedTuple):
    place: str
    pattern: str


def pattern(node: ast.expr) -> Iterator[str]:
    """The words of an argument, with anything for what is filled in; of a choice both."""
    match node:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=values):
            parts = (re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+" for each in values)
            yield "".join(parts)
        case ast.IfExp(body=one, orelse=other):
            yield from pattern(one)
            yield from pattern(other)
        case ast.BoolOp(values=values) | ast.Tuple(elts=values):
            for each in values:
                yield from pattern(each)
        case _:  # what is filled in is found where it is assigned
            return


def arguments(call: ast.Call, module: str) -> list[ast.expr]:
    """The arguments of a call, a constant or a tuple of the module written out."""
    result: list[ast.expr] = []
    for each in call.args:
        if isinstance(each, ast.Starred):
            named = getattr(import_module(module), each.value.id, ()) if isinstance(each.value, ast.Name) else ()
            result += (ast.Constant(text) for text in named)
        elif isinstance(each, ast.Name) and each.id.isupper():  # a text that another module asks for too
            result.append(ast.Constant(getattr(import_module(module), each.id)))
        else:
            result.append(each)
    return result


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def assigned(tree: ast.Module, file: str) -> Iterator[ast.expr]:
    """Words that stand in a variable first, because the call would not fit on a line; and those that are returned."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="what" | "hint" | "too_many")], value=value):
                yield value
            case ast.Assign(targets=[ast.Name()], value=ast.Tuple(elts=[ast.Constant(value=str()), *_] as words)):
                yield from words if file == "slips.py" else ()
            case ast.FunctionDef(name=name, body=body) if name in GIVES_WORDS:
                yield from returned(body)
            case _:
                continue


def returned(body: list[ast.stmt]) -> Iterator[ast.expr]:
    for each in (each for part in body for each in ast.walk(part)):
        if isinstance(each, ast.Return) and each.value is not None:
            yield each.value


def messages() -> Iterator[Message]:
    for file in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        said = list(assigned(tree, file.name))
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call) and name_of(each) in SAYS):
            first = SAYS[name_of(call)]
            said += arguments(call, ".".join(file.relative_to(SOURCE.parents[1]).with_suffix("").parts))[
                first : first + 2
            ]
        for node in said:
            yield from (Message(f"{file.name}: {each}", each) for each in pattern(node) if each)


MESSAGES = sorted(set(messages()))


@pytest.fixture(scope="module")
def met() -> str:
    """What the samples expect, and what other tests of the source say of messages that no sample in git can cause."""
    files = [*(TESTS / "broken").glob("*/expected.txt"), *(TESTS / "stages").glob("test_source_*.py")]
    files += [TESTS / "stages" / "test_sealed_source.py", TESTS / "stages" / "test_exceptions.py"]
    texts = (each.read_text("utf-8") for each in sorted(files) if each.name != Path(__file__).name)
    return re.sub(r'"\n +"', "", "\n".join(texts))  # a message that a test writes on two lines


def test_the_messages_are_found() -> None:
    found = {each.pattern for each in MESSAGES}
    assert len(found) > 100
    assert {"a\\ tab", "not\\ UTF\\-8", "a\\ link\\ out\\ of\\ the\\ content\\ folder", "unknown\\ key"} <= found


@pytest.mark.parametrize("message", MESSAGES, ids=lambda each: each.place)
def test_a_message_is_met_in_a_test(met: str, message: Message) -> None:
    assert re.search(message.pattern, met)
