"""Conversations over several publications: whoever adds and subtracts periods is heard by the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.stages.some_worlds import a_table, a_talk, files_of, hiding, published, release_of, units
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.hearing import Handed, hear
from tweeluik.checks.audit.over_periods import CHANGED, LEFT_OUT, WHY
from tweeluik.checks.audit.pieces import Together
from tweeluik.checks.audit.readings import Readings
from tweeluik.checks.audit.worlds import Publication, Records, Talk, Truth
from tweeluik.record.cell import TOTAL, Codes, Content, Rounded
from tweeluik.record.model import Release, ReleasedTable

PEOPLE = units((12, "kind:a"))
DAYS = {
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2025-1": (date(2025, 1, 1), date(2025, 6, 30)),
    "2025-2": (date(2025, 7, 1), date(2025, 12, 31)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
    "2025-2026": (date(2025, 1, 1), date(2026, 12, 31)),
    "2025-en": (date(2025, 1, 1), date(2025, 12, 31)),
}
TALKS = {
    **{f"t{n}": a_talk("form:w", "u0", month=f"2025-0{1 + n}") for n in range(4)},
    **{f"t{n}": a_talk("form:w", f"u{n % 12}", month=f"2026-0{1 + n % 9}") for n in range(10, 30)},
    **{f"t{n}": a_talk("form:g", f"u{n % 12}", month=f"2025-{1 + n % 12:02}") for n in range(40, 80)},
}
"""Four visits in the first half of 2025, all with one organisation; twenty in 2026, and forty talks in 2025."""


def inside(name: str) -> Mapping[str, Talk]:
    first, last = (f"{day:%Y-%m}" for day in DAYS[name])
    return {key: talk for key, talk in TALKS.items() if first <= talk.month <= last}


def truth_of(*names: str) -> Truth:
    return {(name, 1): Records(PEOPLE, inside(name)) for name in names}


def release(key: Publication, records: Records, hidden: str) -> Release:
    table = a_table(records, "vorm", "conversations", "form", hides=hiding(vorm=hidden))
    first, last = DAYS[key[0]]
    return release_of(key, table, period_from=first, period_until=last)


def told(**hidden: str) -> set[str]:
    """The editions of which too much is told, by what each hides."""
    hides = {name[1:].replace("_", "-"): cells for name, cells in hidden.items()}
    truth = truth_of(*hides)
    files = files_of(*(release(key, records, hides[key[0]]) for key, records in truth.items()))
    heard = hear(files, Handed(truth, (), Rules(5, 10), {}))
    return {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)}


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ({"y2025": "w _T"}, set()),
        ({"y2025": "w _T", "y2026": ""}, set()),
        ({"y2025": "w _T", "y2026": "", "y2025_2026": ""}, {"2025", "2025-2026"}),
        ({"y2025": "w _T", "y2026": "", "y2025_2026": "w _T"}, set()),
        ({"y2025": "w _T", "y2026": "w _T", "y2025_2026": ""}, set()),
        ({"y2025": "w _T", "y2025_en": ""}, {"2025"}),
        ({"y2025": "w _T", "y2025_1": "", "y2025_2": ""}, {"2025"}),
        ({"y2025_1": "w _T", "y2025": "", "y2025_2": ""}, {"2025-1", "2025"}),
        ({"y2025_1": "w _T", "y2025": ""}, {"2025-1"}),
        (
            {"y2025_1": "w _T", "y2025": "w _T", "y2025_2": "", "y2026": "", "y2025_2026": ""},
            {"2025-1", "2025", "2025-2026"},
        ),
    ],
)
def test_what_periods_tell_of_a_hidden_number_is_noticed(hidden: dict[str, str], expected: set[str]) -> None:
    assert told(**hidden) == expected


@pytest.mark.parametrize(("as_of", "pieces"), [(date(2025, 6, 30), 1), (date(2025, 3, 31), 2), (None, 2)])
def test_a_year_as_it_stood_in_june_is_about_the_days_of_the_half(as_of: date | None, pieces: int) -> None:
    half, year = (release(key, records, "") for key, records in truth_of("2025-1", "2025").items())
    assert len(Together(published(half, replace(year, as_of=as_of))).pieces) == pieces


def test_what_a_rounded_number_says_by_itself_is_not_told_by_periods() -> None:
    """Four visits, rounded to none: its own edition answers for that, beside whichever other year."""
    truth = truth_of("2025", "2026")
    releases = [release(key, records, "") for key, records in truth.items()]
    rounded = [_rounded(each) if each.edition == "2025" else each for each in releases]
    heard = hear(files_of(*rounded), Handed(truth, (), Rules(5, 10), {}))
    assert [each.what for each in heard.problems if each.what.endswith(WHY)] == []


def test_a_rounded_number_is_not_told_by_the_days_that_two_others_leave() -> None:
    """Of 2026 it says by itself that it is 31 at least: 2025 and both years together say no more of it."""
    truth = with_insider(31)
    near = {"2025": (0, 0), "2026": (35, 35), "2025-2026": (35, 35)}
    releases = [_rounded(release(key, records, ""), *near[key[0]]) for key, records in truth.items()]
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}))
    assert [each.what for each in heard.problems if each.what.endswith(WHY)] == []


def _rounded(release: Release, visits: int = 0, all_: int = 40) -> Release:
    (table,) = release.tables
    cells: dict[tuple[str, ...], Content] = {
        ("w",): Rounded(visits),
        ("g",): Rounded(all_ - visits),
        ("_T",): Rounded(all_),
    }
    return replace(release, protection="rounding", rounding_base=5, tables=(replace(table, cells=cells),))


def with_insider(number: int) -> Truth:
    """Four visits in 2025, all with one; in 2026 so many with another."""
    talks = {
        **{f"t{n}": a_talk("form:w", "u0", month=f"2025-0{1 + n}") for n in range(4)},
        **{f"t{n}": a_talk("form:w", "u1", month=f"2026-0{1 + n % 9}") for n in range(10, 10 + number)},
    }
    of_2025 = {name: talk for name, talk in talks.items() if talk.month < "2026"}
    of_2026 = {name: talk for name, talk in talks.items() if talk.month >= "2026"}
    return {
        ("2025", 1): Records(PEOPLE, of_2025), ("2026", 1): Records(PEOPLE, of_2026), ("2025-2026", 1): Records(PEOPLE, talks),
    }  # fmt: skip


@pytest.mark.parametrize(("number", "hidden", "expected"), [
    (30, {"2025": "w _T", "2026": "w _T", "2025-2026": ""}, {"one of the organisations"}),
    (30, {"2025": "w _T", "2026": "w _T", "2025-2026": "w _T"}, set()),
    (30, {"2025": "w _T", "2026": "w _T"}, set()),
    (6, {"2025": "w _T", "2026": "w _T", "2025-2026": ""}, {"one of the organisations"}),
    (0, {"2025": "w _T", "2026": "w _T", "2025-2026": ""}, {"a reader"}),
])  # fmt: skip
def test_a_holding_subtracts_its_own_from_what_periods_tell(
    number: int, hidden: Mapping[str, str], expected: set[str]
) -> None:
    """34 visits in both years: whoever had 30 of them in 2026 knows that 2025 had four at most."""
    truth = {key: records for key, records in with_insider(number).items() if key[0] in hidden}
    files = files_of(*(release(key, records, hidden[key[0]]) for key, records in truth.items()))
    heard = hear(files, Handed(truth, (), Rules(5, 10), {}))
    told = {each.what for each in heard.problems if each.what.endswith(WHY)}
    assert {what.partition(" can work out")[0] for what in told} == expected


# --- what was added since, or left out --------------------------------------------------------------------------------


def late(*units: str) -> Mapping[str, Talk]:
    """Talks of June that were found later, one of each organisation that is named."""
    return {f"late{n}": a_talk("form:g", unit, month="2025-06") for n, unit in enumerate(units)}


def changed(truth: Truth, **hidden: str) -> set[tuple[str, str]]:
    """The publications of which too much is told, and how."""
    hides = {tuple(name[1:].replace("_", "-").split("v")): cells for name, cells in hidden.items()}
    files = files_of(*(release(key, records, hides[key[0], str(key[1])]) for key, records in truth.items()))
    heard = hear(files, Handed(truth, (), Rules(5, 10), {}))
    places = ((each.place.file.split("/")[1], each.what.partition(": ")[2]) for each in heard.problems)
    return {(edition, why) for edition, why in places if why in {WHY, CHANGED, LEFT_OUT}}


SAME_DAYS = {
    "one more": (late("u1"), {}),
    "four more of one": (late(*["u1"] * 4), {}),
    "four more of four": (late("u1", "u2", "u3", "u4"), {}),
    "one less": ({}, late("u1")),
    "one more and another less": (late("u1"), {"gone": a_talk("form:g", "u5", month="2025-03")}),
}


@pytest.mark.parametrize(
    ("what", "hidden", "expected"),
    [
        ("one more", "", {"2025-en"}),
        ("one more", "g _T", set()),
        ("four more of one", "", {"2025-en"}),
        ("four more of one", "g _T", set()),
        ("four more of four", "", set()),
        ("one less", "", {"2025"}),
        ("one less", "g _T", set()),
        ("one more and another less", "", set()),
    ],
)
def test_what_a_publication_has_beyond_another_over_the_same_days_is_noticed(
    what: str, hidden: str, expected: set[str]
) -> None:
    added, gone = SAME_DAYS[what]
    truth = {
        ("2025", 1): Records(PEOPLE, {**inside("2025"), **gone}),
        ("2025-en", 1): Records(PEOPLE, {**inside("2025"), **added}),
    }
    assert changed(truth, y2025v1="", y2025_env1=hidden) == {(edition, CHANGED) for edition in expected}


def test_a_year_beside_its_halves_tells_what_was_found_since() -> None:
    halves = {(name, 1): Records(PEOPLE, inside(name)) for name in ("2025-1", "2025-2")}
    truth = {**halves, ("2025", 1): Records(PEOPLE, {**inside("2025"), **late("u1")})}
    hidden = {"y2025_1v1": "w", "y2025_2v1": ""}
    assert ("2025", CHANGED) in changed(truth, **hidden, y2025v1="w")
    assert ("2025", CHANGED) not in changed(truth, **hidden, y2025v1="w g _T")


@pytest.mark.parametrize(
    ("units", "since", "hidden", "expected"),
    [
        (["u1"] * 4, 0, "w _T", {("2025-1", LEFT_OUT)}),
        (["u1"] * 4, 0, "w g _T", set()),
        (["u1"] * 4, 9, "w _T", set()),  # with nine others since it may be any number
        (["u1", "u2", "u3", "u4"], 0, "w _T", set()),  # four of four
    ],
)
def test_a_half_that_has_more_than_its_year_tells_what_was_left_out(
    units: list[str], since: int, hidden: str, expected: set[tuple[str, str]]
) -> None:
    more = {f"since{n}": a_talk("form:g", f"u{n}", month="2025-10") for n in range(since)}
    truth = {
        ("2025-1", 1): Records(PEOPLE, {**inside("2025-1"), **late(*units)}),
        ("2025", 1): Records(PEOPLE, {**inside("2025-1"), **more}),
    }
    assert changed(truth, y2025_1v1="w _T", y2025v1=hidden) == expected


def test_a_version_that_was_corrected_is_not_in_the_way_of_who_subtracts_the_newest() -> None:
    """Four visits of the first half are hidden: the year less the second half of today tells them."""
    half, whole = inside("2025-2"), {**inside("2025"), **late(*PEOPLE)}
    more = {**half, **{name: replace(talk, month="2025-09") for name, talk in late(*PEOPLE).items()}}
    whole |= {name: more[name] for name in late(*PEOPLE)}
    truth = {
        ("2025-1", 1): Records(PEOPLE, inside("2025-1")), ("2025-2", 1): Records(PEOPLE, half),
        ("2025-2", 2): Records(PEOPLE, more), ("2025", 1): Records(PEOPLE, whole),
    }  # fmt: skip
    hidden = {"y2025_1v1": "w _T", "y2025_2v1": "", "y2025_2v2": ""}
    assert ("2025-1", WHY) in changed(truth, **hidden, y2025v1="")
    assert ("2025-1", WHY) not in changed(truth, **hidden, y2025v1="w _T")


def test_a_number_that_is_hidden_is_taken_from_its_halves_where_another_edition_shows_the_one_of_before() -> None:
    truth = {
        ("2025", 1): Records(PEOPLE, {**inside("2025"), **late("u1")}),
        ("2025-1", 1): Records(PEOPLE, {**inside("2025-1"), **late("u1")}),
        **truth_of("2025-2", "2025-en"),
    }
    hidden = {"y2025v1": "w g _T", "y2025_2v1": "", "y2025_env1": "w _T"}
    assert ("2025", CHANGED) in changed(truth, **hidden, y2025_1v1="w _T")
    assert ("2025", CHANGED) not in changed(truth, **hidden, y2025_1v1="w g _T")


def test_two_numbers_that_are_rounded_keep_what_was_added() -> None:
    truth = {
        ("2025", 1): Records(PEOPLE, inside("2025")),
        ("2025-en", 1): Records(PEOPLE, {**inside("2025"), **late("u1")}),
    }
    releases = [_rounded(release(key, records, ""), 5, 45) for key, records in truth.items()]
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}))
    assert [each.what for each in heard.problems if each.what.endswith(CHANGED)] == []


# --- cells of different tables ----------------------------------------------------------------------------------------


def by_kind(key: Publication, records: Records, hidden: str) -> Release:
    first, last = DAYS[key[0]]
    table = a_table(records, "soort", "conversations", "kind", hides=hiding(soort=hidden))
    return release_of(key, table, period_from=first, period_until=last)


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [("w _T", {"2025"}), ("w g", set()), ("w g _T", set())],
)
def test_a_total_of_another_table_is_taken_with_the_forms_beside_it(hidden: str, expected: set[str]) -> None:
    """44 in all stand in an overview by kind of the same days: less the forty talks they are four visits."""
    truth = truth_of("2025", "2025-en")
    releases = release(("2025", 1), truth["2025", 1], hidden), by_kind(("2025-en", 1), truth["2025-en", 1], "")
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}))
    told = {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)}
    assert told == expected


def test_of_what_two_kinds_hold_together_a_holding_knows_its_own() -> None:
    """Of fifteen talks five were with b, ten with a at least: of its fourteen four were visits at most.

    Who sat with both kinds at once knows of eleven talks, and of three visits at most.
    """
    people = units((1, "kind:a"), (1, "kind:b"))
    tables = ["form:g u1"] * 4 + ["form:g u0 u1"] + ["form:g u0"] * 10 + ["form:w u0"] * 3
    talks = {f"t{n}": a_talk(*each.split(" ")) for n, each in enumerate(tables)}
    releases = [
        _of_days(name, a_table(Records(people, talks), "soort", "conversations", "kind", "form", hides=_but_four))
        for name in ("2025", "2025-en")
    ]
    together = Together(published(*releases))
    (piece,), (kind, form) = together.pieces, (("kind", "a"), ("form", "w"))
    visits = together.across(frozenset({kind, form}), [piece])
    talk = [*(frozenset({("kind", code), ("form", "g")}) for code in "ab"), frozenset({("form", "g")})]
    sat = together.known_of({together.columns[piece, pairs]: 1 for pairs in talk})
    reading = Readings(together).believing(0)
    assert [reading.reaches(visits, high, {}) for high in (4, 5)] == [True, False]
    assert [reading.reaches(visits, high, sat) for high in (3, 4)] == [True, False]


def _but_four(_: str, codes: Codes) -> bool:
    return codes not in {(TOTAL, "g"), ("b", "g"), ("c", "g"), ("a", TOTAL)}


def _of_days(name: str, table: ReleasedTable) -> Release:
    first, last = DAYS[name]
    return release_of((name, 1), table, period_from=first, period_until=last)


# --- what is left beside what lies in a number ------------------------------------------------------------------------


def on_the_agenda(*talks: tuple[int, str, str]) -> Truth:
    """So many talks on these parts with an organisation, or with each in turn; in two editions over the same days."""
    made = [(codes, unit or f"u{n % 12}") for number, codes, unit in talks for n in range(number)]
    found = {f"t{n}": a_talk(codes, unit) for n, (codes, unit) in enumerate(made)}
    return {(name, 1): Records(PEOPLE, found) for name in ("2025", "2025-en")}


def told_of_levels(truth: Truth, pillars: str, themes: str) -> set[str]:
    """The editions of which too much is told: the first has an overview by pillar, the other by theme."""
    shows = (("2025", "pillar", pillars), ("2025-en", "theme", themes))
    releases = [
        _of_days(name, a_table(truth[name, 1], "deel", "conversations", level, hides=hiding(deel=hidden)))
        for name, level, hidden in shows
    ]
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}))
    return {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)}


@pytest.mark.parametrize(("themes", "expected"), [("", {"2025", "2025-en"}), ("1.1", set())])
def test_a_pillar_less_a_theme_of_another_edition_is_noticed(themes: str, expected: set[str]) -> None:
    """134 on pillar 1, 130 on its theme 1.1: the others are all with one."""
    both = (40, "pillar:1 theme:1.1 theme:1.2", ""), (4, "pillar:1 pillar:2 theme:1.2 theme:2.1", "u3")
    truth = on_the_agenda((90, "pillar:1 theme:1.1", ""), *both, (60, "pillar:2 theme:2.1", ""))
    assert told_of_levels(truth, "", themes) == expected


@pytest.mark.parametrize(("themes", "expected"), [("", {"2025"}), ("1.1", set())])
def test_a_pillar_less_a_theme_of_the_halves_of_its_year_is_noticed(themes: str, expected: set[str]) -> None:
    """The same of a year by pillar, and of each half of it by theme: two of the four are in each."""
    both, others = "pillar:1 theme:1.1 theme:1.2", "pillar:1 pillar:2 theme:1.2 theme:2.1"
    groups = ((30, "pillar:1 theme:1.1", ""), (20, both, ""), (2, others, "u3"), (30, "pillar:2 theme:2.1", ""))
    found = {
        f"{month}-{codes}-{n}": a_talk(codes, unit or f"u{n % 12}", month=month)
        for month in ("2025-02", "2025-08") for number, codes, unit in groups for n in range(number)
    }  # fmt: skip
    truth, releases = {}, []
    for name, level, hidden in (("2025", "pillar", ""), ("2025-1", "theme", themes), ("2025-2", "theme", themes)):
        first, last = (f"{day:%Y-%m}" for day in DAYS[name])
        talks = {key: talk for key, talk in found.items() if first <= talk.month <= last}
        truth[name, 1] = Records(PEOPLE, talks)
        table = a_table(truth[name, 1], "deel", "conversations", level, hides=hiding(deel=hidden))
        releases.append(_of_days(name, table))
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}))
    assert {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)} == expected


@pytest.mark.parametrize(("themes", "expected"), [("", {"2025"}), ("2.1 1.1 _T", set())])
def test_a_hidden_pillar_is_what_its_themes_of_another_edition_say(themes: str, expected: set[str]) -> None:
    truth = on_the_agenda((40, "pillar:1 theme:1.1", ""), (4, "pillar:2 theme:2.1", "u3"))
    assert told_of_levels(truth, "1 2 _T", themes) == expected


@pytest.mark.parametrize(("hidden", "expected"), [("", {"2025-1", "2025"}), ("a", set())])
def test_what_a_half_leaves_beside_a_kind_is_noticed(hidden: str, expected: set[str]) -> None:
    """Two without kind a in the first half, both with one; ten with ten in the second."""
    people = units((6, "kind:a"), (6, "kind:b"))
    tables = [("2025-02", f"u{n % 6}", f"u{6 + n * 5 % 6}") for n in range(60)] + [("2025-03", "u7")] * 2
    tables += [("2025-08", f"u{n % 6}", f"u{6 + n * 5 % 6}") for n in range(60)]
    tables += [("2025-09", f"u{6 + n % 6}") for n in range(10)]
    talks = {f"t{n}": a_talk("", *who, month=month) for n, (month, *who) in enumerate(tables)}
    truth, releases = {}, []
    for name, hides in (("2025", hidden), ("2025-2", ""), ("2025-1", "a _T")):
        first, last = (f"{day:%Y-%m}" for day in DAYS[name])
        found = {key: talk for key, talk in talks.items() if first <= talk.month <= last}
        truth[name, 1] = Records(people, found)
        table = a_table(truth[name, 1], "soort", "conversations", "kind", hides=hiding(soort=hides))
        releases.append(_of_days(name, table))
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}))
    assert {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)} == expected


ALL_WITH_A = [f"u{n % 6}" for n in range(40)] + ["u3 u7"] * 4
"""Of 44 talks with kind a four were with b as well, all with one of b."""
TWO_WITHOUT = [f"u{n % 6} u{6 + n * 5 % 6}" for n in range(60)] + ["u7"] * 2
"""Of 62 talks two were without kind a, both with one of b."""


@pytest.mark.parametrize(("tables", "hidden"), [(ALL_WITH_A, "b"), (TWO_WITHOUT, "a")], ids=["a cell", "what is left"])
def test_what_another_edition_of_the_same_days_shows_is_not_hidden(tables: list[str], hidden: str) -> None:
    talks = {f"t{n}": a_talk("", *each.split()) for n, each in enumerate(tables)}
    records = Records(units((6, "kind:a"), (6, "kind:b")), talks)
    shows = (("2025", hidden), ("2025-en", ""))
    releases = [
        _of_days(name, a_table(records, "soort", "conversations", "kind", hides=hiding(soort=hides)))
        for name, hides in shows
    ]
    heard = hear(files_of(*releases), Handed({(name, 1): records for name, _ in shows}, (), Rules(5, 10), {}))
    assert {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)} == {"2025"}
