"""Categories under other names through the years: to whoever knows the words of the field they are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from tests.stages.a_publication import dimension
from tests.stages.some_worlds import a_talk, a_unit, files_of, published, release_of, units
from tests.stages.test_lineage import JOINED, RENAMED, SPLIT, a_term
from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.counting import Counting
from tweeluik.checks.audit.examination import Examination
from tweeluik.checks.audit.hearing import Handed, hear
from tweeluik.checks.audit.lines import Lines, are_all, is_part, meaning
from tweeluik.checks.audit.over_periods import WHY
from tweeluik.checks.audit.over_time import Publications
from tweeluik.checks.audit.standing import ask_about_standing, standing
from tweeluik.checks.audit.worlds import Publication, Records, Truth, World
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.people import People
from tweeluik.record.cell import TOTAL, Codes, Content, Shown, Suppressed
from tweeluik.record.model import Release, ReleasedTable
from tweeluik.source.lineage import Lineage
from tweeluik.source.records import Term

HALF_JOINED = (
    a_term("a", 0, 2025),
    a_term("b", 0, 2025),
    a_term("c", 2026, 9999, "a", "b"),
    a_term("d", 2026, 9999, "b"),
)


@pytest.mark.parametrize(
    ("terms", "lines"),
    [
        (RENAMED, {"a": {"a>b>c"}, "b": {"a>b>c"}, "c": {"a>b>c"}}),
        (SPLIT, {"a": {"a>b", "a>c"}, "b": {"a>b"}, "c": {"a>c"}}),
        (JOINED, {"a": {"a>c"}, "b": {"b>c"}, "c": {"a>c", "b>c"}}),
        (HALF_JOINED, {"a": {"a>c"}, "b": {"b>c", "b>d"}, "c": {"a>c", "b>c"}, "d": {"b>d"}}),
        ((a_term("a"), a_term("b")), {"a": {"a"}, "b": {"b"}}),
    ],
)
def test_a_code_is_the_lines_that_it_is_on(terms: tuple[Term, ...], lines: dict[str, set[str]]) -> None:
    lineage = Lineage(terms)
    assert {code: set(lineage.lines(code)) for code in lineage} == lines


LINES: Lines = {
    **dict.fromkeys([("kind", "a"), ("kind", "x")], frozenset({"a>x"})),
    ("kind", "b"): frozenset({"b>y", "b>z"}),
    ("kind", "y"): frozenset({"b>y"}),
    ("kind", "z"): frozenset({"b>z"}),
    **dict.fromkeys([("form", "w"), ("form", "v")], frozenset({"w>v"})),
    **dict.fromkeys([("form", "g"), ("form", "q")], frozenset({"g>q"})),
}
"""Kind a of 2025 is x in 2026; b was divided into y and z; c is c. Forms w and g are called v and q."""


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("a", "x", "the same"), ("b", "y", "a part"), ("b", "y+z", "the same"), ("a+c", "c", "a part"), ("a+c", "x", "a part"),
        ("a", "y", ""), ("y", "b", ""), ("c", "c", "the same"), ("b", "y+c", ""),
    ],
)  # fmt: skip
def test_a_category_is_the_same_as_another_or_a_part_of_it(one: str, other: str, how: str) -> None:
    whole, part = (meaning(frozenset({("kind", code), ("region", "n")}), LINES) for code in (one, other))
    assert ((whole == part) * "the same") + (is_part(part, whole) * "a part") == how


@pytest.mark.parametrize(("parts", "all_"), [("y z", True), ("y", False), ("x z", False), ("y+z", True)])
def test_parts_leave_something_of_the_whole_or_nothing(parts: str, all_: bool) -> None:
    whole, *some = (meaning(frozenset({("kind", code)}), LINES) for code in ("b", *parts.split()))
    assert are_all(some, whole) is all_


# --- partners ---------------------------------------------------------------------------------------------------------

BEFORE, AFTER = ("2025", 1), ("2026", 1)


def a_table(records: Records, name: str, codes: Iterable[str], *, hides: str = "") -> ReleasedTable:
    """A table of partners by kind, or of conversations by form, with these codes."""
    counted = (records.units if name == "kind" else records.talks).values()
    own = [code for each in counted for found, code in each.codes if found == name]
    numbers = {**{(code,): own.count(code) for code in codes}, (TOTAL,): len(counted)}
    cells: dict[Codes, Content] = {key: Shown(number) for key, number in numbers.items()}
    cells |= {(code,): Suppressed() for code in hides.split()}
    side = dimension(name, tuple((code, code) for code in codes))
    return ReleasedTable(name, name, "partners" if name == "kind" else "conversations", (side,), cells)


def a_release(key: Publication, table: ReleasedTable) -> Release:
    first, last = (int(year) for year in (key[0][:4], key[0][-4:]))
    return release_of(key, table, period_from=date(first, 1, 1), period_until=date(last, 12, 31))


STOOD_STILL: Truth = {
    BEFORE: Records(units((3, "kind:a"), (4, "kind:b"), (5, "kind:c"))),
    AFTER: Records(units((3, "kind:x"), (1, "kind:y"), (3, "kind:z"), (5, "kind:c"))),
}
KINDS = {BEFORE: "abc", AFTER: "xyzc"}
HIDDEN = tuple(a_release(key, a_table(STOOD_STILL[key], "kind", of, hides=" ".join(of))) for key, of in KINDS.items())

Changes = Mapping[tuple[Publication, str], str]


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({(BEFORE, "u0"): "c"}, False),
        ({(BEFORE, "u0"): "b", (AFTER, "u0"): "y"}, True),
        ({(BEFORE, "u0"): "b", (AFTER, "u0"): "c"}, False),
        ({(AFTER, "u3"): "z"}, True),
        ({(AFTER, "u3"): "x"}, False),
    ],
)
def test_what_has_another_name_and_the_same_organisations_stood_still(changes: Changes, stands: bool) -> None:
    """Nobody came, went or changed: the kinds were called otherwise, and one was divided."""
    world = World({key: a_unit(f"kind:{code}", f"h{key[1][1:]}") for key, code in changes.items()})
    counting, editions = Counting(STOOD_STILL, [world]), published(*HIDDEN)
    assert standing(counting, Publications(editions, LINES)) == [True, stands]
    assert standing(counting, Publications(editions, {}))[1] is (stands or "c" not in changes.values())


def test_the_search_keeps_what_stood_still_under_another_name() -> None:
    """A world in which it does not is one that the audit does not take for an answer."""
    people = People(Everything(published(*HIDDEN), STOOD_STILL, {}, LINES), Effort.endless())
    crowd = people.crowd
    standing_kinds = {
        (frozenset(pair[1] for _, pair in tokens if pair), stands)
        for tokens, stands in zip(crowd.tokens, crowd.stands, strict=True)
    }
    assert (frozenset("ax"), True) in standing_kinds
    assert all(stands is (len(codes) != 1 or codes == {"c"}) for codes, stands in standing_kinds if codes <= set("ax"))


def asked(lines: Lines) -> set[str]:
    """Of kind x in 2026 are four of the five of kind a; who left is the one that is too many."""
    truth: Truth = {
        BEFORE: Records(units((5, "kind:a"), (5, "kind:c"))),
        AFTER: Records(units((4, "kind:x"), (5, "kind:c"), first=1)),
    }
    editions = published(
        *(a_release(key, a_table(truth[key], "kind", of)) for key, of in ((BEFORE, "ac"), (AFTER, "xc")))
    )
    told = Examination(editions, truth, Rules(5, 10), {}, lines=lines).questions
    still = ask_about_standing(Counting(truth), Publications(editions, lines))
    names = frozenset({("kind", "a"), ("kind", "x")})
    return {each.why for each in (*told, *still) if names <= _pairs(each.of) and "random" not in each.why}


def _pairs(of: object) -> frozenset[tuple[str, str]]:
    pair = getattr(of, "pair", None)
    return frozenset[tuple[str, str]]({pair} if pair else ()).union(*map(_pairs, getattr(of, "parts", ())))


def test_who_came_and_left_is_asked_of_what_has_another_name() -> None:
    assert asked({}) == set()
    assert {"who left between two publications", "who left where nobody came"} <= asked(LINES)


# --- conversations ----------------------------------------------------------------------------------------------------

YEAR, BOTH = ("2025", 1), ("2025-2026", 1)
PEOPLE = units((12, "kind:a"))
TALKS = {
    **{f"t{n}": a_talk("form:w", "u0", month=f"2025-0{1 + n}") for n in range(4)},
    **{
        f"{form}{n}": a_talk(f"form:{form}", f"u{n % 12}", month=f"2025-{1 + n % 12:02}")
        for form in "ghi" for n in range(40)
    },
}  # fmt: skip
"""Four visits of one organisation, and three times forty talks."""


def told_by(*forms: tuple[Publication, Mapping[str, str], str], lines: Lines) -> set[str]:
    """The publications of which too much is told: how each calls the forms, and which it hides."""
    truth, releases = dict[Publication, Records](), []
    for key, called, hides in forms:
        talks = {
            name: a_talk(f"form:{called[code]}", *talk.units, month=talk.month)
            for name, talk in TALKS.items() for _, code in talk.codes
        }  # fmt: skip
        truth[key] = Records(PEOPLE, talks)
        releases.append(a_release(key, a_table(truth[key], "form", dict.fromkeys(called.values()), hides=hides)))
    heard = hear(files_of(*releases), Handed(truth, (), Rules(5, 10), {}, lines=lines))
    return {each.place.file.split("/")[1] for each in heard.problems if each.what.endswith(WHY)}


OLD = {"w": "w", "g": "g", "h": "h", "i": "i"}
RENAMED_FORMS = OLD | {"w": "v", "g": "q"}
BY_TWOS = {"w": "g+w", "g": "g+w", "h": "h+i", "i": "h+i"}


@pytest.mark.parametrize(
    ("later", "lines", "expected"),
    [
        ((RENAMED_FORMS, f"q h i {TOTAL}"), LINES, {"2025"}),    # a visit under its new name
        ((RENAMED_FORMS, f"q h i {TOTAL}"), {}, set()),          # nobody says that a v was a w
        ((RENAMED_FORMS, f"v h {TOTAL}"), LINES, set()),
        ((BY_TWOS, f"h+i {TOTAL}"), LINES, {"2025", "2025-2026"}),  # 44 less 40: visits, and all but talks
        ((BY_TWOS, f"g+w h+i {TOTAL}"), LINES, set()),
    ],
)  # fmt: skip
def test_conversations_under_another_name_or_taken_together_are_subtracted(
    later: tuple[Mapping[str, str], str], lines: Lines, expected: set[str]
) -> None:
    """2025 hides w, h and all; the same talks stand in both years under other names."""
    assert told_by((YEAR, OLD, f"w h {TOTAL}"), (BOTH, *later), lines=lines) == expected
