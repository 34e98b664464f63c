"""Whatever stands behind a key of the source: it is read, or told; no reader of a value breaks on one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tweeluik.source import exemptions
from tweeluik.source.fields import codes, conversations, editions, organisations, settings
from tweeluik.source.nodes import Node
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.schema import Field, Shape

ODD = (
    '""', '" "', "abc", '"abc"', "abcdefghi", "negen negens", "0", "-1", "00000000", "12345678", "123456782", '"123456782"', "9" * 5000,
    '"' + "9" * 5000 + '"', "1.5", "1e999", ".nan", "0x7E9", "0o17", "1_000", "٢٠٢٥", '"\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"', '"²²²²²²²²²"', '"12345678²"', "①",
    "2025", "20250230", "2025-02-30", "\uff12\uff10\uff12\uff15-03-10", "0000-00-00", "9999-12-31", "31-12-2025", "45717", "45717²", "2025-W01-1", "12:30",
    "true", "ja", "nee", "~", "null", "2025-03-14T12:00:00Z", "https://", '"https://[::1"', "https://a..b/", "a@b", '"a@b.nl\\n"', "mailto:a@b.nl",
    '"\\ud83d\\ude00"', '"\\u202e"', '"\\u0000"', '"' + "a" * 5000 + '"', '"' + "(" * 3000 + '"', "i" * 3000, "MMMMMMMM", "p-123456", "../x", "…", "1.2a",
    "[]", "[[]]", "[1, a, ~]", "{}", "{a: 1}", "{year: ², until: a}", "[{}, {a: b}]", "{from: a, until: 2025-01-01}", "[{id: ²}]", "{1: 2}",
)  # fmt: skip


def shapes() -> Iterator[Shape[object]]:
    for module in (codes, conversations, editions, exemptions, organisations, settings):
        yield from (each for each in vars(module).values() if isinstance(each, Shape))


FIELDS = {f"{shape.name}: {field.key}": field for shape in shapes() for field in shape.fields}


def odd_values() -> Iterator[tuple[str, Node]]:
    for text in ODD:
        node, _ = read_yaml(f"{text}\n", "een.yaml")
        if node is not None:
            yield text, node


NODES = tuple(odd_values())


def test_hardly_any_odd_value_ends_at_the_reader_of_yaml() -> None:
    assert len(NODES) > len(ODD) - 10
    assert len(FIELDS) > 100


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_value_is_read_or_told_of_whatever_kind(field: Field) -> None:
    for text, node in NODES:
        reading = Reading()
        found = field.kind.read(node, field.key, reading)
        assert found is not None or reading.problems, text
        assert [str(each) for each in reading.problems if text[:200] in str(each) and len(text) > 100] == []


@pytest.mark.parametrize("shape", {each.name: each for each in shapes()}.values(), ids=lambda each: each.name)
def test_a_record_of_odd_values_breaks_no_rule_of_its_own(shape: Shape[object]) -> None:
    for text in ODD:
        node, _ = read_yaml("".join(f"{each.key}: {text}\n" for each in shape.fields), "een.yaml")
        if node is not None:
            reading = Reading()
            shape.read(node, "", reading)
            assert all(map(str, reading.problems))
