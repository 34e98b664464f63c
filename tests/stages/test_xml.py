"""What is written as XML is read as it was."""

from __future__ import annotations

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape as escaped_by_the_library
from xml.sax.saxutils import quoteattr

import pytest

from tweeluik.words.xml import escape, quoted

TEXTS = (
    "",
    "Jan & Piet",
    "<b>een</b>",
    "]]>",
    "&amp;",
    "'t Huis",
    '"aan"',
    "\"'t",
    "een\ttwee\ndrie",
    "één – \U0001f600",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_and_is_written_as_the_library_writes_it(text: str) -> None:
    read = ET.fromstring(f"<a b={quoted(text)}>{escape(text)}</a>")
    assert (read.text or "", read.get("b")) == (text, text)
    assert (escape(text), quoted(text)) == (escaped_by_the_library(text), quoteattr(text))


def test_an_end_of_line_of_windows_stays_in_a_value() -> None:
    value = quoted("een\r\ntwee")
    assert ET.fromstring(f"<a b={value}/>").get("b") == "een\r\ntwee"
