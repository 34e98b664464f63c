"""A table that is read by column says what it says cell by cell; one with anything wrong in it is left to who tells what."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tweeluik.problems import Place
from tweeluik.source import fields
from tweeluik.source.csv_columns import AT_ONCE, read_columns
from tweeluik.source.csv_rows import read_csv
from tweeluik.source.reading import Reading
from tweeluik.source.records import Conversation

HEAD = "date,partners,context,form,measures,subject\n"
GOOD = "2025-03-14,p-1;p-2,agenda,gesprek,1.1a;2.1b,integratie-en-samenleven\n"
OTHER = "2024-01-02,p-3,society,werkbezoek,,overig\n"


def by_cell(text: str) -> Reading:
    reading = Reading()
    node, problems = read_csv(text, "conversations/a.csv", fields.CONVERSATION)
    reading.problems += problems
    for position, item in enumerate(node.items if node is not None else ()):
        fields.CONVERSATION.read(item, f"[{position}]", reading)
    return reading


def by_column(text: str) -> Reading | None:
    reading = Reading()
    return reading if read_columns(text, "conversations/a.csv", fields.CONVERSATION, reading) else None


def said(reading: Reading) -> object:
    """All that the rest of the reader sees of it, references to what is not defined among it."""
    found = reading.all(Conversation)
    places = [(each.path, each.node.place, dict(each.node.entries)) for each in found]
    return (
        [each.record for each in found],
        places,
        sorted(reading.problems),
        sorted(reading.unknown()),
        reading.targets(),
    )


GOOD_TEXTS = {
    "two rows": HEAD + GOOD + OTHER,
    "without a last line end": HEAD + GOOD + OTHER.rstrip("\n"),
    "rows without anything": f"{HEAD}\n{GOOD}\n , ,\n,,,,,\n{OTHER}\n",
    "cells between quotes": HEAD + '"2025-03-14","p-1;p-2",agenda,"gesprek","1.1a",overig\n' + OTHER,
    "spaces around cells": HEAD + " 2025-03-14 , p-1 ; p-2 , agenda,gesprek, 1.1a ;, overig \n",
    "semicolons": 'date;partners;context;form;subject\n2025-03-14;"p-1;p-2";society;gesprek;overig\n',
    "another order": "subject,form,context,date,partners\noverig,gesprek,society,2025-01-01,p-9\n",
    "a line end within a cell": HEAD + '2025-03-14,"p-1\n;p-2",agenda,gesprek,1.1a,overig\n' + OTHER,
    "a quote within a cell": HEAD + '2025-03-14,p-1,society,ge"sprek,,overig\n',
    "quotes within quotes": HEAD + '2025-03-14,p-1,society,"ge""sprek",,overig\n',
    "a rule that is broken": HEAD + "2025-03-14,p-1,agenda,gesprek,,overig\n1825-01-01,p-1,society,gesprek,,overig\n",
}

WRONG_TEXTS = {
    "nothing": "",
    "no rows": HEAD,
    "an unknown column": HEAD.replace("form", "vorm") + GOOD,
    "a column twice": HEAD.replace("form", "date") + GOOD,
    "a missing column": "date,partners\n2025-01-01,p-1\n",
    "a cell too many": HEAD + GOOD + OTHER.replace("overig", "overig,x"),
    "a cell too few": HEAD + GOOD + "2025-01-01,p-1\n",
    "a date that is none": HEAD + GOOD + OTHER.replace("2024-01-02", "2024-13-02"),
    "no date": HEAD + GOOD + OTHER.replace("2024-01-02", ""),
    "an unknown word": HEAD + GOOD + OTHER.replace("society", "samenleving"),
    "a list that is empty": HEAD + GOOD + OTHER.replace("p-3", ";"),
    "a repeat in a list": HEAD + GOOD + OTHER.replace("p-3", "p-3;p-3"),
    "quotes that do not end": HEAD + GOOD + OTHER.replace("p-3", '"p-3'),
    "text behind quotes": HEAD + GOOD + OTHER.replace("p-3", '"p-3" x'),
    "a character that cannot be seen": HEAD + GOOD + OTHER.replace("p-3", "p\u200b3"),
}


@pytest.mark.parametrize("name", GOOD_TEXTS)
def test_by_column_a_table_says_what_it_says_by_cell(name: str) -> None:
    reading = by_column(GOOD_TEXTS[name])
    assert reading is not None
    assert said(reading) == said(by_cell(GOOD_TEXTS[name]))


@pytest.mark.parametrize("name", WRONG_TEXTS)
def test_a_table_with_something_wrong_is_left_to_the_reader_of_cells(name: str) -> None:
    assert by_column(WRONG_TEXTS[name]) is None
    assert name == "nothing" or by_cell(WRONG_TEXTS[name]).problems or name == "no rows"


def test_more_rows_than_are_held_at_once_keep_their_order_and_their_lines() -> None:
    reading = by_column(HEAD + GOOD * AT_ONCE + OTHER)
    assert reading is not None
    last = reading.all(Conversation)[-1]
    assert (last.record.date, last.path, last.node.place) == (
        date(2024, 1, 2),
        f"[{AT_ONCE}]",
        Place("conversations/a.csv", AT_ONCE + 2, 1),
    )


def test_an_unknown_code_is_told_at_every_place_where_it_stands() -> None:
    reading = by_column(HEAD + GOOD + OTHER + GOOD)
    assert reading is not None
    reading.defined |= {
        "partner": {"p-1": Place(""), "p-3": Place("")},
        "form": {"gesprek": Place(""), "werkbezoek": Place("")},
    }
    reading.defined["measure"] = {"1.1a": Place(""), "2.1b": Place("")}
    places = [(each.code, each.place.line, each.place.column, each.path) for each in reading.unknown()]
    assert places == [("p-2", 2, 12, "[0].partners[1]"), ("p-2", 4, 12, "[2].partners[1]")]


cells = st.sampled_from(
    ["", " ", "2025-03-14", "2025-02-30", "p-1", "p-1;p-2", "p-1;p-1", ";", "agenda", "society", "gesprek", "1.1a", "overig",
     "integratie-en-samenleven", 'a"b', "a,b", "a\nb", "a;b", " p-1 ", "\u00e9", "e\u0301", "\u2028", "x" * 40]
)  # fmt: skip
good = st.tuples(
    st.sampled_from(["2025-03-14", "1850-01-01", " 2024-02-29"]),
    st.lists(st.sampled_from(["p-1", "p-2", " p-3"]), min_size=1, max_size=3).map(";".join),
    st.sampled_from(["agenda", "society"]),
    st.sampled_from(["gesprek", "werk bezoek", "w,b", 'w"b', "w\nb"]),
    st.sampled_from(["", "1.1a", "1.1a;2.1b", " "]),
    st.sampled_from(["overig", "integratie-en-samenleven"]),
)
rows = st.lists(st.one_of(good, good, good, st.lists(cells, min_size=1, max_size=7)), max_size=6)


@settings(max_examples=300, deadline=None)
@given(rows=rows, apart=st.sampled_from(",;"), end=st.sampled_from(["\n", ""]))
def test_whatever_the_table_both_say_the_same(rows: list[list[str]], apart: str, end: str) -> None:
    written = StringIO()
    csv.writer(written, delimiter=apart, lineterminator="\n").writerows([HEAD.strip().split(","), *rows])
    text = written.getvalue()
    text = text if end else text.rstrip("\n")
    reading = by_column(text)
    assert reading is None or said(reading) == said(by_cell(text))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='date,;"\n 2025-03-14p', max_size=60))
def test_no_text_breaks_the_reader_of_columns(text: str) -> None:
    reading = by_column(HEAD + text)
    assert reading is None or said(reading) == said(by_cell(HEAD + text))
