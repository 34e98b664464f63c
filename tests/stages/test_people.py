"""A page may hold the names that its head allows, and nothing else about persons."""

from __future__ import annotations

import pytest

from tweeluik.source.pages import read_page
from tweeluik.source.people import without
from tweeluik.source.reading import Reading

NAMED = "a name of a person in the text"
UNNEEDED = "a name that the text does not need"


def told(text: str, *people: str) -> list[tuple[int, str, str]]:
    """Line, path and kind of what is told of a page with these names in its head; its text begins in line 7."""
    listed = ", ".join(f'"{each}"' for each in people)
    head = f"---\ntitle: Over\norder: 1\n{f'people: [{listed}]' if people else '# niemand'}\n---\n\n"
    reading = Reading()
    read_page(head + text + "\n", "pages/over.md", "over", "post@example.org", reading)
    return sorted((each.place.line, each.path, each.what) for each in reading.problems)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("De minister, mevrouw Klaver, stuurt dit naar de Kamer.", "mevrouw Klaver"),
        ("Minister Klaverbloem stuurde dit.", "minister Klaverbloem"),
        ("Zoals Anneke de Klaver schreef.", "Anneke de Klaver"),
        ("In **Anneke** de *Klavers* boek staat het.", "Anneke de Klaver"),
        ("Het staat in het boek van Anneke\nde Klaver uit 2020.", "Anneke de Klaver"),
        ("J.N.J. Klaverbloem, staatssecretaris", "J.N.J. Klaverbloem"),
    ],
)
def test_whom_the_head_names_may_stand_in_the_text(text: str, name: str) -> None:
    assert {what for _, _, what in told(text)} == {NAMED}
    assert told(text, name) == []


@pytest.mark.parametrize(
    "text",
    [
        "Anneke de Klaver en Hatice Linde spraken.",
        "Anneke de Klaverbloem sprak.",
        "Anneke de Klaver sprak.\n\nHatice Linde zweeg.",
        "Anneke de Klaver (wethouder Lindebloem) sprak.",
    ],
)
def test_nobody_else_comes_along_and_the_name_is_needed_all_the_same(text: str) -> None:
    found = {what for _, _, what in told(text, "Anneke de Klaver")}
    assert NAMED in found
    assert (UNNEEDED in found) == ("Klaverbloem" in text)


@pytest.mark.parametrize(
    "text",
    ["Anneke de Klaver, 06-12345678", "Anneke de Klaver <anneke@klaver.example>", "Anneke de Klaver, BSN 111222333"],
)
def test_a_name_lets_no_number_or_address_through(text: str) -> None:
    assert len(told(text, "Anneke de Klaver")) == 1


@pytest.mark.parametrize("text", ["Er staat niemand in.", "De Anneke de Klaverstraat is open.", "Anneke sprak."])
def test_a_name_that_the_text_does_not_need_is_told_at_its_place(text: str) -> None:
    assert (4, "people[0]", UNNEEDED) in told(text, "Anneke de Klaver")


@pytest.mark.parametrize(
    "name", ["Klaver", "anneke klaver", "Anneke Klaver 06", "Anneke, wethouder", "A B C D E F Klaver"]
)
def test_what_is_no_whole_name_is_refused(name: str) -> None:
    assert (4, "people[0]", "not in the form that is asked") in told("Anneke Klaver sprak.", name)


def test_the_cure_on_a_page_tells_where_a_known_name_goes() -> None:
    reading = Reading()
    read_page("---\ntitle: Over\norder: 1\n---\nVolgens Anneke de Klaver.\n", "pages/over.md", "over", "", reading)
    (problem,) = reading.problems
    assert "people in the head of the page" in problem.hint
    assert "Klaver" not in f"{problem}"


def test_what_is_let_through_keeps_the_places_of_the_rest() -> None:
    assert without(["Anneke Klaver"], "Ook Anneke  Klaver’s huis") == "Ook xxxxxx  xxxxxx’s huis"
