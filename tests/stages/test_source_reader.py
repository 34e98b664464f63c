"""YAML and CSV become the same nodes, with places; what is not text never ends the process."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tweeluik.problems import Problem
from tweeluik.source import fields
from tweeluik.source.contacts import find_emails, find_telephones
from tweeluik.source.csv_rows import read_csv, split_rows
from tweeluik.source.nodes import Listing, Mapping, Node, Scalar
from tweeluik.source.reader import read_yaml
from tweeluik.source.suggest import nearest


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def read(text: str) -> Node:
    node, problems = read_yaml(text, "f.yaml")
    assert problems == ()
    assert node is not None
    return node


def test_every_node_knows_its_place() -> None:
    node = read("# eerst\na: [x, 'é', z]\nb:\n  - c: 2025\n")
    assert isinstance(node, Mapping)
    a, b = node.entries["a"].value, node.entries["b"].value
    assert isinstance(a, Listing)
    assert [str(item.place) for item in a.items] == ["f.yaml:2:5", "f.yaml:2:8", "f.yaml:2:13"]
    assert isinstance(b, Listing)
    assert str(b.items[0].place) == "f.yaml:4:5"
    assert str(node.entries["b"].place) == "f.yaml:3:1"


@pytest.mark.parametrize(("text", "kind"), [
    ("tekst", "text"), ("'no'", "text"), ("no", "a truth value"), ("112", "a whole number"), ("1.1", "a number"), ("1:30", "a whole number"),
    ("1.1a", "text"), ("2025-01-31", "a date"), ("2025-02-30", "a date"), ("~", "nothing"), ("''", "text"), ("!!str 5", "text"), ("=", "text"),
])  # fmt: skip
def test_plain_words_are_what_yaml_1_1_says(text: str, kind: str) -> None:
    node = read(f"[{text}]")
    assert isinstance(node, Listing)
    (item,) = node.items
    assert isinstance(item, Scalar)
    assert item.kind == kind


def test_aliases_and_merge_keys_are_read_as_pyyaml_reads_them() -> None:
    text = "a: &a {x: '1', y: '2'}\nb: {<<: *a, y: '3'}\nc: *a\nd: {<<: [*a, {z: '4'}]}\ne: {x: '5', <<: *a}\n"
    assert plain(read(text)) == yaml.load(text, Loader=yaml.CSafeLoader)  # noqa: TID251


TREES = st.recursive(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"),
        max_size=12,
    ),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(TREES.filter(lambda tree: tree not in ("", [])), st.booleans())
def test_what_pyyaml_writes_is_read_back(tree: Any, flow: bool) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, default_style='"')
    assert plain(read(text)) == tree


@settings(deadline=None, max_examples=300)
@given(st.text("ab:-[]{}&*!|>'\"%@` \n\t#,?<\x00\ud800é1", max_size=40))
def test_any_text_is_read_or_reported(text: str) -> None:
    node, problems = read_yaml(text, "f.yaml")
    assert node is not None or problems
    assert all(isinstance(problem, Problem) for problem in problems)


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "&a [", "!!seq ["])
def test_depth_without_end_is_a_problem_not_a_crash(opening: str) -> None:
    node, problems = read_yaml(opening * 100_000, "f.yaml")
    assert node is None
    assert problems


def test_a_word_that_is_read_as_a_tag_is_told_once_and_not_as_a_missing_value_too() -> None:
    node, problems = read_yaml("name: !Kwaakhuis\n", "f.yaml")
    assert [each.what for each in problems] == ["an unknown tag"]
    assert isinstance(node, Mapping)
    value = node.entries["name"].value
    assert isinstance(value, Scalar)
    assert (value.kind, bool(value.text)) == ("text", True)


def test_nodes_show_no_value() -> None:
    assert "geheim" not in repr(read("{a: [geheim], b: geheim}"))
    assert "geheim" not in repr(read("[geheim]"))
    assert "geheim" not in repr(list(split_rows("geheim;x\n", "f.csv", [])))


# --- CSV --------------------------------------------------------------------------------------------------------------

CELLS = st.text("ab ;,\"\né'1", min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6),
    st.sampled_from(";,"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], delimiter: str, end: str) -> None:
    header = ["k"] * 9
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows([header, *rows])
    problems: list[Problem] = []
    read_rows = split_rows(written.getvalue().replace("\r\n", "\n"), "f.csv", problems)
    assert [[cell.text for cell in row] for row in read_rows] == [header, *rows]
    assert problems == []


def test_cells_know_their_place_behind_a_cell_of_several_lines() -> None:
    rows = list(split_rows('a;b\n"een\ntwee";x\nz;"w"', "f.csv", []))
    assert [[(cell.place.line, cell.place.column) for cell in row] for row in rows] == [
        [(1, 1), (1, 3)],
        [(2, 1), (3, 7)],
        [(4, 1), (4, 3)],
    ]


def test_empty_cells_are_absent_keys() -> None:
    text = "date,partners,context,form,measures,subject\n2025-01-01,,society,gesprek,,overig\n"
    listing, problems = read_csv(text, "f.csv", fields.CONVERSATION)
    assert problems == ()
    assert listing is not None
    assert plain(listing) == [{"date": "2025-01-01", "context": "society", "form": "gesprek", "subject": "overig"}]


# --- hints and contact details ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"), [("stichtng", "stichting"), ("STICHTING", "stichting"), ("xyz", ""), ("", "")]
)
def test_the_nearest_word(word: str, expected: str) -> None:
    assert nearest(word, {"stichting", "vereniging"}) == (f"did you mean '{expected}'?" if expected else "")


@pytest.mark.parametrize("text", [
    "a.b@example.org", "<a@b.nl>", "a+b@sub.example.org", "a [at] example.org", "a(at)example.org", "a (apenstaartje) example.nl",
])  # fmt: skip
def test_an_e_mail_address_is_found(text: str) -> None:
    assert list(find_emails(text))


@pytest.mark.parametrize(
    "text", ["@example", "prijs @ 5.00", "Partners bij Example.org", "kijk (at random) hier", "1@2"]
)
def test_other_text_is_no_e_mail_address(text: str) -> None:
    assert not list(find_emails(text))


@pytest.mark.parametrize("text", [
    "06-12345678", "06 12 34 56 78", "0612345678", "020 555 01 23", "(020) 555 01 23", "0205550123", "+31 6 12345678", "+31612345678",
    "0031 20 5550123", "+31 (0)20 555 0123", "0800-1234", "0900 1234", "+32 2 555 12 12", "0505-550123",
])  # fmt: skip
def test_a_telephone_number_is_found(text: str) -> None:
    assert list(find_telephones(text))
    assert list(find_telephones(f"bel {text}."))


@pytest.mark.parametrize("text", [
    "32 824", "2025D32403", "00952750", "12345678", "2025-01-01", "01-01-2025", "0,5 procent", "1.1a en 2.1b", "van 2023 tot 2024",
    "Kamerstuk 32 824 nr. 447", "nr. 0123", "2025 2026 2027", "10 000 000 000",
])  # fmt: skip
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert not list(find_telephones(text))
