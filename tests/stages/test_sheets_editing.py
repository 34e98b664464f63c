"""Organisations are changed where they stand, line by line: comments, order and all other lines stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import a_collaboration, a_former
from tweeluik.sheets.editing import CannotEdit, edit_partners
from tweeluik.source import fields
from tweeluik.source.nodes import Listing
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Partner

pytestmark = pytest.mark.usefixtures("parsed_once")

FILE = """\
# Bovenaan
- id: p-1   # de eerste
  name: "Een"          # naam
  kind: stichting
  region: NL31   # sinds de oprichting
  traceable_to_persons: false

  # wat zij deden
  collaborations:
    - {year: 2025, measures: ["1.1a"]}   # zie de brief
    # tussen de jaren
    - {year: 2027, measures: ["1.1a"]}

  # tussen twee

- {id: p-2, name: Twee, kind: stichting, region: NL, traceable_to_persons: false}
-
  id: p-3
  name: Drie
  kind: stichting
  region: NL
  traceable_to_persons: no
  before:
  - until: 2024-12-31
    region: NL31
  - {until: 2025-12-31, name: Derde}
# onderaan
"""

Change = Callable[[Partner], Partner]


def partners(text: str) -> dict[str, Partner]:
    node = read_yaml(text, "f.yaml")[0]
    found = (
        fields.PARTNER.read(each, "", Reading())
        for each in (node.items if isinstance(node, Listing) else (node,))
        if each
    )
    return {each.id: each for each in found if isinstance(each, Partner)}


def edited(text: str, **changes: Change) -> str:
    known = partners(text)
    return edit_partners(
        text, "f.yaml", {id_.replace("_", "-"): change(known[id_.replace("_", "-")]) for id_, change in changes.items()}
    )


def difference(before: str, after: str) -> list[str]:
    """The lines that went and the lines that came, in their order."""
    old, new = before.splitlines(), after.splitlines()
    return [*(f"-{line}" for line in old if line not in new), *(f"+{line}" for line in new if line not in old)]


def worked(*years: tuple[int, str]) -> Change:
    return lambda partner: replace(partner, collaborations=tuple(sorted(
        (*(each for each in partner.collaborations if each.year not in dict(years)), *(a_collaboration(year, *codes.split()) for year, codes in years if codes)),
        key=lambda each: each.year,
    )))  # fmt: skip


CASES: list[tuple[str, dict[str, Change], list[str]]] = [
    ("a year between two", {"p_1": worked((2026, "1.1b"))}, ['+    - {year: 2026, measures: ["1.1b"]}']),
    ("years behind the last, in their order", {"p_1": worked((2029, "1.1a"), (2028, "1.1b"))},
     ['+    - {year: 2028, measures: ["1.1b"]}', '+    - {year: 2029, measures: ["1.1a"]}']),
    ("a year before the first", {"p_1": worked((2024, "1.1a"))}, ['+    - {year: 2024, measures: ["1.1a"]}']),
    ("other measures, and the comment stays", {"p_1": worked((2025, "1.1b 1.1a"))},
     ['-    - {year: 2025, measures: ["1.1a"]}   # zie de brief', '+    - {year: 2025, measures: ["1.1a", "1.1b"]}   # zie de brief']),
    ("a year that goes", {"p_1": worked((2027, ""))}, ['-    - {year: 2027, measures: ["1.1a"]}']),
    ("another region", {"p_1": lambda partner: replace(partner, region="NL")},
     ["-  region: NL31   # sinds de oprichting", "+  region: NL   # sinds de oprichting"]),
    ("keys that were not there, each in its place", {"p_1": lambda partner: replace(
        partner, registration="01234567", aliases=("E: 1",), ended=date(2028, 1, 1), before=(a_former(date(2026, 1, 1), region="NL"),))},
     ['+  aliases: ["E: 1"]', '+  registration: "01234567"', "+    - {until: 2026-01-01, region: NL}", "+  ended: 2028-01-01"]),
    ("a name that needs quotes", {"p_3": lambda partner: replace(partner, name="Drie: # 3")}, ["-  name: Drie", '+  name: "Drie: # 3"']),
    ("an entry of the past more", {"p_3": lambda partner: replace(partner, before=(*partner.before, a_former(date(2026, 12, 31), region="NL31")))},
     ["+  - {until: 2026-12-31, region: NL31}"]),
    ("a record between braces becomes one in lines", {"p_2": worked((2026, "1.1a"))},
     ["-- {id: p-2, name: Twee, kind: stichting, region: NL, traceable_to_persons: false}", "+- id: p-2", "+  name: Twee",
      '+    - {year: 2026, measures: ["1.1a"]}']),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "lines"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_only_the_lines_that_change_are_others(changes: dict[str, Change], lines: list[str]) -> None:
    after = edited(FILE, **changes)
    assert difference(FILE, after) == lines
    assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == [
        "# Bovenaan", "  # wat zij deden", "    # tussen de jaren", "  # tussen twee", "# onderaan",
    ]  # fmt: skip


def test_a_new_year_stands_between_the_years_before_and_after_it() -> None:
    lines = [
        line.strip() for line in edited(FILE, p_1=worked((2026, "1.1b"), (2024, "1.1a"), (2029, "1.1a"))).splitlines()
    ]
    years = [line.split()[2] for line in lines if line.startswith("- {year")]
    assert years == ["2024,", "2025,", "2026,", "2027,", "2029,"]


def test_all_of_a_file_at_once_and_a_record_alone() -> None:
    everything: dict[str, Change] = {f"p_{n}": worked((2030, "1.1a")) for n in (1, 2, 3)}
    assert edited(FILE, **everything).count("{year: 2030") == 3
    alone = "id: p-1\nname: Een\nkind: stichting\nregion: NL\ntraceable_to_persons: false\n"
    assert (
        edited(alone, p_1=worked((2030, "1.1a"))) == f'{alone}collaborations:\n  - {{year: 2030, measures: ["1.1a"]}}\n'
    )
    without_end = alone.rstrip("\n")
    assert edited(without_end, p_1=worked((2030, "1.1a"))).endswith(
        'collaborations:\n  - {year: 2030, measures: ["1.1a"]}'
    )


@pytest.mark.parametrize(
    "written",
    [
        '[{year: 2025, measures: ["1.1a"]}]  # zo',
        '[{year: 2025, measures: ["1.1a"]}, {year: 2026, measures: ["1.1a"]}]  # zo',
    ],
)
def test_a_list_between_brackets_becomes_one_in_lines(written: str) -> None:
    text = f"id: p-1\nname: Een\nkind: stichting\nregion: NL\ntraceable_to_persons: false\ncollaborations: {written}\nended: 2028-01-01\n"
    after = edited(text, p_1=worked((2025, "1.1b")))
    assert after.splitlines()[5:7] == ["collaborations:  # zo", '  - {year: 2025, measures: ["1.1b"]}']


HARD = {
    "a comment inside a value": 'id: p-1\nname: Een\nkind: stichting\nregion: NL\ntraceable_to_persons: false\ncollaborations:\n  - year: 2025\n    measures: ["1.1a"] # brief\n',
    "a record that others build on": '- &a\n  id: p-1\n  name: Een\n  kind: stichting\n  region: NL\n  traceable_to_persons: false\n  collaborations: [{year: 2025, measures: ["1.1a"]}]\n- <<: *a\n  id: p-2\n  name: Twee\n',
    "a comment between braces": "- {id: p-1, name: Een, kind: stichting, # soort\n   region: NL, traceable_to_persons: false}\n",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_what_is_written_in_a_way_that_needs_a_person_is_left_alone(text: str) -> None:
    with pytest.raises(CannotEdit) as refused:
        edited(text, p_1=worked((2025, "1.1b")))
    assert "p-1" in refused.value.ids


def test_an_organisation_that_is_not_there() -> None:
    (partner,) = partners("id: p-9\nname: Een\nkind: stichting\nregion: NL\ntraceable_to_persons: false\n").values()
    with pytest.raises(CannotEdit):
        edit_partners(FILE, "f.yaml", {"p-9": partner})
