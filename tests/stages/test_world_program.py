"""A world by a small program: whoever must leave a set leaves it, and others make up for what that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tweeluik.checks.audit.questions import OUTSIDER, Asked, Expression, Label, Question, every
from tweeluik.protection.worlds import search
from tweeluik.protection.worlds.answering import Answering
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.demands import Asker, Demand
from tweeluik.protection.worlds.history import History
from tweeluik.protection.worlds.kernels import Kernel
from tweeluik.protection.worlds.lives import Span
from tweeluik.protection.worlds.moves import Moves, Room, Rooms, Turn
from tweeluik.protection.worlds.other_lives import OtherLives
from tweeluik.protection.worlds.program import find
from tweeluik.protection.worlds.search import Searcher
from tweeluik.protection.worlds.seating import Taking
from tweeluik.protection.worlds.terms import NEAR, Found, Terms, Want
from tweeluik.protection.worlds.world import Known, Move, Tokens, Way, World

PLACES = "abcd"
OVERVIEW = ("2025", 1)


def tokens(life: tuple[str, str]) -> Tokens:
    return frozenset({(0, None), *((0, (name, code)) for name, code in zip(("kind", "region"), life, strict=True))})


def cells(of: Tokens) -> list[int]:
    """Cells 0 to 3: of a kind; 4 to 7: of a region."""
    codes = {pair for _, pair in of if pair}
    return [place + (4 if name == "region" else 0) for name, code in codes for place in [PLACES.index(code)]]


def neighbours(life: tuple[str, str]) -> list[tuple[str, str]]:
    kind, region = life
    return [(other, region) for other in PLACES if other != kind] + [(kind, o) for o in PLACES if o != region]


def searched(
    lives: list[tuple[str, str]], rooms: dict[int, Room], *, stay: frozenset[int] = frozenset()
) -> Found | None:
    """A world without anybody of kind a, counted again."""
    crowd = Crowd(tokens, cells, neighbours)
    for number, life in enumerate(lives):
        crowd.add(life, f"h{number}")
    moves = Moves(crowd, [move for kind in crowd.true for move in crowd.moves_from(kind)], Rooms(rooms))
    asker = Asker(crowd, Label(OVERVIEW, ("kind", "a")), {OVERVIEW: 0})
    want = Want(asker, sum(kind == "a" for kind, _ in lives), low=0)
    found = find(crowd, moves, want, Terms(Known(stay), 6))
    for world in found.worlds if found else ():
        changed = Counter[int]()
        for kind, change in crowd.changes(world):
            changed.update(dict.fromkeys(cells(crowd.tokens[kind]), change))
        assert all(low <= changed[cell] <= high for cell, (low, high) in rooms.items())
        assert asker.change(world) == -1
    return found


LIVES = [("a", "a"), ("b", "a"), ("b", "b"), ("c", "b"), ("c", "c"), ("d", "d")]
NARROW = dict.fromkeys(range(1, 8), (0.0, 0.0)) | {0: (-1.0, 0.0), 1: (0.0, 1.0)}


def test_the_only_one_of_a_kind_is_of_another_where_the_numbers_allow_it() -> None:
    found = searched(LIVES, NARROW)
    assert found is not None
    assert found.worlds[0].moved.keys() == {0}


def test_where_a_number_is_exact_another_takes_the_place() -> None:
    found = searched(LIVES, {**NARROW, 1: (0.0, 0.0), 3: (0.0, 1.0)})
    assert found is not None
    assert 0 in found.worlds[0].moved


def test_who_knows_his_own_record_is_not_told_otherwise() -> None:
    assert searched(LIVES, NARROW, stay=frozenset({0})) is None


def test_where_all_numbers_are_exact_nothing_is_found() -> None:
    assert searched(LIVES, dict.fromkeys(range(8), (0.0, 0.0))) is None


@pytest.mark.parametrize("hideable", [False, True])
def test_a_number_turns_against_its_line_where_one_of_the_line_is_hidden(*, hideable: bool) -> None:
    """The one of kind a, rounded to five, may be nobody if it were rounded to nothing; its line adds up with region a."""
    crowd = Crowd(tokens, cells, neighbours)
    for number, life in enumerate(LIVES):
        crowd.add(life, f"h{number}")
    rooms = Rooms(
        dict.fromkeys((2, 3, 5, 6, 7), (0.0, 0.0)) | {1: (0.0, 1.0)},
        hideable={4: 400.0} if hideable else {},
        turns={0: Turn((0.0, 8.0), (-1.0, 3.0), 20.0)},
        sums=(((0, 1), (4, -1)),),
    )
    moves = Moves(crowd, [move for kind in crowd.true for move in crowd.moves_from(kind)], rooms)
    want = Want(Asker(crowd, Label(OVERVIEW, ("kind", "a")), {OVERVIEW: 0}), 1, low=0)
    found = find(crowd, moves, want, Terms(Known(), 6))
    assert (found and (found.turned, found.hidden)) == ((frozenset({0}), frozenset({4})) if hideable else None)


# --- who shared a table -----------------------------------------------------------------------------------------------

AT_A, AT_B = 8, 9
"""Conversations with somebody of kind a, and with somebody of kind b: one was held, by the two of kind a together."""


def both_of_a_table(rooms: dict[int, Room]) -> Found | None:
    """A world in which neither of the two who sat together is of kind a."""

    def beside(_record: int, _source: int, target: Tokens, _way: Way) -> tuple[tuple[int, int], ...]:
        return ((AT_B, 1),) if (0, ("kind", "b")) in target else ()  # the other of them is still of kind a

    def held(world: World) -> dict[int, int]:
        kinds = {crowd.lives[world.moved.get(each, crowd.type_of[each])][0] for each in (0, 1)}
        return {AT_A: ("a" in kinds) - 1, AT_B: int("b" in kinds)}

    crowd = Crowd(tokens, cells, neighbours, beside, held=held)
    for number, life in enumerate([("a", "a"), ("a", "b"), ("b", "c"), ("b", "d")]):
        crowd.add(life, f"h{number}", moves_others=number < 2)
    for record in (0, 1):
        crowd.seating.seat(
            record, frozenset({(0, "kind")}), frozenset({record}), lambda *_: Taking((), frozenset(), frozenset())
        )
    crowd.seating.apart[0, 1] = False
    moves = Moves(crowd, [move for kind in crowd.true for move in crowd.moves_from(kind)], Rooms(rooms))
    want = Want(Asker(crowd, Label(OVERVIEW, ("kind", "a")), {OVERVIEW: 0}), 2, low=0)
    return find(crowd, moves, want, Terms(Known(), 6, together=True))


NOBODY_BUT_OF_A_OR_B = dict.fromkeys(range(2, 8), (0.0, 0.0))


@pytest.mark.parametrize(
    ("rooms", "possible"),
    [({}, True), ({AT_A: (-1.0, 0.0)}, True), ({AT_A: (0.0, 0.0)}, False), ({AT_B: (0.0, 2.0)}, True)],
)
def test_two_who_shared_a_table_are_otherwise_together_where_the_number_of_tables_allows_it(
    rooms: dict[int, Room], possible: bool
) -> None:
    found = both_of_a_table({**NOBODY_BUT_OF_A_OR_B, **rooms})
    assert (found is not None) == possible
    if found is not None:
        assert found.worlds[0].moved.keys() == {0, 1}


# --- one of a holding -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("umbrella", [0, 1])
def test_of_a_holding_the_one_comes_that_is_nearest_and_the_others_make_way(umbrella: int) -> None:
    """Two of kind b are of one holding: the one of region a may be of kind a, and the other is elsewhere for it."""
    crowd = Crowd(tokens, cells, neighbours)
    for life in [("b", "b"), ("b", "a")] if umbrella else [("b", "a"), ("b", "b")]:
        crowd.add(life, "h")
    asked = somebody(crowd, BOTH_A, OUTSIDER)
    rooms = dict.fromkeys(range(8), (-9.0, 9.0)) | {4: (0.0, 0.0), 5: (0.0, 0.0)}
    assert asked.doubles == {1 - umbrella}
    assert Searcher(crowd, Rooms(rooms)).meet([asked]) == []


# --- demands in turn --------------------------------------------------------------------------------------------------


def crowd_of(lives: list[tuple[str, str]]) -> Crowd[tuple[str, str]]:
    crowd = Crowd(tokens, cells, neighbours)
    for number, life in enumerate(lives):
        crowd.add(life, f"h{number}")
    return crowd


def somebody(crowd: Crowd[tuple[str, str]], of: Expression, *who: str) -> Demand:
    """Nobody is in a set, and somebody might be."""
    question = Question("partners", of, Asked.SOMEBODY, "2025", "t", "a group")
    return Demand(question, Asker(crowd, of, {OVERVIEW: 0}), (), None, 1, set(who))


BOTH_A = every(Label(OVERVIEW, ("kind", "a")), Label(OVERVIEW, ("region", "a")))
NOBODY_COMES = dict.fromkeys(range(1, 8), (-1.0, 0.0)) | {0: (-1.0, 1.0), 4: (0.0, 1.0)}


@pytest.mark.parametrize("who", [(OUTSIDER,), ("h0",), (OUTSIDER, "h0"), (OUTSIDER, "h0", "h1", "h2", "h3")])
def test_who_knows_the_one_record_that_is_near_is_answered_by_one_that_is_two_steps_away(
    monkeypatch: pytest.MonkeyPatch, who: tuple[str, ...]
) -> None:
    monkeypatch.setattr(Answering, "answer", lambda *_: None)  # nothing is found without a program
    crowd = crowd_of([("a", "b"), ("b", "c"), ("c", "d"), ("d", "d")])
    asked = somebody(crowd, BOTH_A, *who)
    assert Searcher(crowd, Rooms(NOBODY_COMES)).meet([asked]) == []
    assert not asked.left


@pytest.mark.parametrize(("low", "leave"), [(59, 1), (57, 3), (30, None)])
def test_of_a_large_set_as_many_leave_as_have_to_and_no_more(
    monkeypatch: pytest.MonkeyPatch, low: int, leave: int | None
) -> None:
    monkeypatch.setattr(search, "find", lambda *_: None)  # nothing is found by a program
    crowd = crowd_of([("a", PLACES[number % 4]) for number in range(60)])
    of = Label(OVERVIEW, ("kind", "a"))
    question = Question("partners", of, Asked.DOUBT, "2025", "t", "a number")
    asked = Demand(question, Asker(crowd, of, {OVERVIEW: 0}), tuple(range(60)), low, None, {OUTSIDER})
    searcher = Searcher(crowd, Rooms({0: (-4.0, 4.0)}))
    assert searcher.meet([asked]) == ([] if leave else [asked])
    assert [len(world.moved) for world in searcher.worlds] == ([leave] if leave else [])


def test_of_a_set_that_must_be_empty_nobody_is_looked_at_behind_one_who_cannot_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = list[int]()
    ways = Answering._ways_out

    def noted(self: Answering, demand: Demand, record: int, aside: frozenset[int]) -> Iterator[Kernel]:
        looked.append(record)
        return ways(self, demand, record, aside)

    monkeypatch.setattr(Answering, "_ways_out", noted)
    crowd = crowd_of([("a", "a")] * 5)
    of = Label(OVERVIEW, ("kind", "a"))
    question = Question("partners", of, Asked.EITHER, "2025", "t", "a number")
    asked = Demand(question, Asker(crowd, of, {OVERVIEW: 0}), tuple(range(5)), 0, None, {OUTSIDER})
    assert Searcher(crowd, Rooms(dict.fromkeys(range(8), (0.0, 0.0)))).meet([asked]) == [asked]
    assert set(looked) == {0}


def test_nothing_more_is_searched_once_a_demand_is_hopeless() -> None:
    crowd = crowd_of([("b", "b"), ("c", "c")])
    exact = Rooms(dict.fromkeys(range(8), (0.0, 0.0)))
    demands = [somebody(crowd, Label(OVERVIEW, ("kind", "a")), OUTSIDER), somebody(crowd, BOTH_A, OUTSIDER)]
    assert Searcher(crowd, exact).meet(demands) == demands
    assert Searcher(crowd, exact).meet(demands, lambda _: True) == demands[:1]


def test_all_moves_are_searched_shallowly_before_any_are_searched_deeply(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = list[tuple[int, int]]()
    monkeypatch.setattr(Answering, "answer", lambda *_: None)
    monkeypatch.setattr(search, "find", lambda _crowd, moves, _want, terms: searched.append((terms.longest, moves)))
    crowd = Crowd(tokens, cells, neighbours, keeps=lambda hits: 3 not in hits)
    for number, life in enumerate([("b", "b"), ("c", "c")]):
        crowd.add(life, f"h{number}")
    Searcher(crowd, Rooms({})).meet([somebody(crowd, Label(OVERVIEW, ("kind", "a")), OUTSIDER)])
    lengths, moves = zip(*searched[: len(search.DEPTHS) * 2], strict=True)
    assert lengths == tuple(longest for longest, _ in search.DEPTHS for _ in range(2))
    assert len(set(map(id, moves))) == 2


def test_all_moves_are_tried_in_whole_numbers_only_where_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    near = set[int]()
    monkeypatch.setattr(Answering, "answer", lambda *_: None)
    monkeypatch.setattr(search, "find", lambda _crowd, _moves, _want, terms: near.add(terms.near))
    crowd = crowd_of([("b", "b"), ("c", "c")])
    asked, searcher = somebody(crowd, Label(OVERVIEW, ("kind", "a")), OUTSIDER), Searcher(crowd, Rooms({}))
    assert searcher.meet([asked]) == [asked]
    assert near == {NEAR}
    assert not searcher.answers_at_last(asked)
    assert near == {NEAR, search.ALL}


def test_who_no_world_has_by_one_number_alone_is_looked_at_before_anybody_is_searched_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Answering, "answer", lambda *_: None)
    crowd = crowd_of([("b", "b"), ("c", "c")])
    by_many, by_one = Label(OVERVIEW, ("kind", "a")), Label(OVERVIEW, ("kind", "d"))
    demands = [somebody(crowd, each, OUTSIDER) for each in (by_many, by_one)]
    told = Searcher(crowd, Rooms({3: (0.0, 0.0)}))  # kind d: nobody
    assert told.meet(demands, lambda _: True) == [demands[1]]
    assert demands[0].left
    assert not told.worlds


@pytest.mark.parametrize("lent", [True, False])
def test_who_is_three_steps_away_is_what_another_is_in_all_years(lent: bool) -> None:
    def told(life: str) -> Tokens:
        return frozenset({(0, None), *((0, (str(year), code)) for year, code in enumerate(life))})

    def near(life: str) -> list[str]:
        return [life[:i] + code + life[i + 1 :] for i in range(3) for code in PLACES if code != life[i]]

    crowd = Crowd(told, lambda _: [0], near, usual=lambda _: False, as_another=lambda _, other: [other] if lent else [])
    for number, life in enumerate(("aaa", "bbb", "bbb")):
        crowd.add(life, f"h{number}")
    of = every(*(Label(OVERVIEW, (str(year), "a")) for year in range(3)))
    question = Question("partners", of, Asked.BOTH, "2025", "t", "a number")
    asked = Demand(question, Asker(crowd, of, {OVERVIEW: 0}), (0,), None, 3, {OUTSIDER, "h0"})
    assert Searcher(crowd, Rooms({0: (0.0, 0.0)})).meet([asked]) == ([] if lent else [asked])


@pytest.mark.parametrize("lent", [True, False])
def test_who_was_there_in_all_years_may_have_been_two_of_whom_one_came_when_the_other_left(lent: bool) -> None:
    def told(life: str) -> Tokens:
        return frozenset({(0, None), *((0, (str(year), code)) for year, code in enumerate(life) if code != "-")})

    def in_pieces(life: str) -> list[str]:
        return [piece for cut in (1, 2) for piece in (life[:cut] + "-" * (3 - cut), "-" * cut + life[cut:])]

    def hits(of: Tokens) -> list[int]:
        return [int(pair[0]) for _, pair in of if pair]

    crowd = Crowd(told, hits, lambda _: (), pieces=in_pieces if lent else lambda _: ())
    crowd.add("aaa", "h0")
    of = every(*(Label(OVERVIEW, (str(year), "a")) for year in range(3)))
    question = Question("partners", of, Asked.EITHER, "2025", "t", "a number")
    asked = Demand(question, Asker(crowd, of, {OVERVIEW: 0}), (0,), 0, 5, {OUTSIDER})
    rooms = Rooms(dict.fromkeys(range(3), (0.0, 0.0)))
    assert Searcher(crowd, rooms).meet([asked]) == ([] if lent else [asked])


NEXT_YEAR = ("2026", 1)
BOTH_YEARS = {OVERVIEW: 0, NEXT_YEAR: 1}


def in_two_years(life: str) -> Tokens:
    """A kind per year, and a theme, of which nobody knows who met it."""
    return frozenset((year, pair) for year in (0, 1) for pair in (None, ("kind", life[year]), ("theme", life[2])))


def around(life: str, known: frozenset[int]) -> list[str]:
    """Of another kind in the year that nobody knows."""
    return [life[:i] + code + life[i + 1 :] for i in (0, 1) if i not in known for code in "ab" if code != life[i]]


@pytest.mark.parametrize(("asked_for", "lent"), [(Asked.EITHER, True), (Asked.EITHER, False), (Asked.BOTH, True)])
def test_at_last_who_is_in_a_number_of_one_year_may_have_been_otherwise_in_that_year_alone(
    asked_for: Asked, lent: bool
) -> None:
    """Where one end is promised: where both are, who supposes that nobody changes would be left with one."""

    def hits(tokens: Tokens) -> list[int]:
        return [cell for cell, token in enumerate([(0, None), (1, ("kind", "a"))]) if token in tokens]

    crowd = Crowd(in_two_years, hits, lambda life: ["bb" + life[2]], around=around if lent else lambda *_: ())
    crowd.add("aar", "h0")
    of = Label(OVERVIEW, ("kind", "a"))
    question = Question("partners", of, asked_for, "2025", "t", "a number")
    asked = Demand(question, Asker(crowd, of, BOTH_YEARS), (0,), 0, 5, {OUTSIDER})
    rooms = Rooms({0: (0.0, 0.0), 1: (0.0, 0.0)})
    searcher = Searcher(crowd, rooms)
    assert searcher.meet([asked]) == [asked]
    assert searcher.answers_at_last(asked) is (lent and asked_for is Asked.EITHER)


@pytest.mark.parametrize("lent", [True, False])
def test_whom_somebody_met_in_one_year_may_make_room_in_the_other_for_somebody_else(lent: bool) -> None:
    """One goes from a to b, and as many are of kind b: the one that was met goes to c, where nobody met it."""

    def hits(tokens: Tokens) -> list[int]:
        return [cell for cell, token in enumerate([(0, None), (0, ("kind", "b"))]) if token in tokens]

    def elsewhere(life: str, known: frozenset[int]) -> list[str]:
        return ["cb-"] if life == "bb-" and known == {1} and lent else []

    near = {"aa-": ["ba-"], "bb-": ["cc-"]}
    crowd = Crowd(in_two_years, hits, lambda life: near.get(life, []), usual=lambda _: False, around=elsewhere)
    for number, life in enumerate(("aa-", "bb-")):
        crowd.add(life, f"h{number}")
    crowd.acquaintance.meet("h9", 1, 1)
    of = Label(OVERVIEW, ("kind", "a"))
    question = Question("partners", of, Asked.EITHER, "2025", "t", "a number")
    asked = Demand(question, Asker(crowd, of, BOTH_YEARS), (0,), 0, 5, {"h9"})
    rooms = Rooms({0: (0.0, 0.0), 1: (0.0, 0.0)})
    assert Searcher(crowd, rooms).meet([asked]) == ([] if lent else [asked])


@pytest.mark.parametrize("lent", [True, False])
def test_at_last_whom_somebody_met_in_one_year_may_have_been_otherwise_in_two_things_in_the_other(lent: bool) -> None:
    crowd = Crowd(in_two_years, lambda _: [], lambda life: [life[:2] + "r"],
                  usual=lambda _: False, around=around if lent else lambda *_: ())  # fmt: skip
    crowd.add("bbq", "h0")
    crowd.acquaintance.meet("h9", 0, 1)
    of = every(Label(OVERVIEW, ("kind", "a")), Label(OVERVIEW, ("theme", "r")))
    question = Question("partners", of, Asked.SOMEBODY, "2025", "t", "a group")
    asked = Demand(question, Asker(crowd, of, BOTH_YEARS), (), None, 1, {"h9"})
    assert Searcher(crowd, Rooms({})).answers_at_last(asked) is lent


def test_moves_of_two_steps_are_lent_by_those_of_whom_most_is_true_that_is_asked() -> None:
    sides = ("kind", "region", "form")

    def told(life: str) -> Tokens:
        return frozenset({(0, None), *((0, pair) for pair in zip(sides, life, strict=True))})

    def near(life: str) -> list[str]:
        return [life[:i] + code + life[i + 1 :] for i in range(3) for code in PLACES if code != life[i]]

    crowd = Crowd(told, lambda _: (), near)
    for number, life in enumerate(("bbb", "bbc", "bcb", "cbb", "ccb", "ddd", "add")):
        crowd.add(life, f"h{number}")
    of = every(*(Label(OVERVIEW, (side, "a")) for side in sides))
    question = Question("partners", of, Asked.SOMEBODY, "2025", "t", "a group")
    asked = Demand(question, Asker(crowd, of, {OVERVIEW: 0}), (), None, 1, {OUTSIDER})
    assert Searcher(crowd, Rooms({})).meet([asked]) == []


def test_at_last_those_of_many_moves_are_lent_that_change_no_number_which_may_not_change() -> None:
    regions = [f"{n:02}" for n in range(60)]
    cells = {(region, form): n for n, (region, form) in enumerate((r, f) for r in regions for f in "ab")}

    def told(life: tuple[str, str]) -> Tokens:
        return frozenset({(0, None), *((0, pair) for pair in zip(("region", "form"), life, strict=True))})

    def near(life: tuple[str, str]) -> list[tuple[str, str]]:
        return [(each, life[1]) for each in regions if each != life[0]] + [
            (life[0], each) for each in "ab" if each != life[1]
        ]

    def hits(of: Tokens) -> list[int]:
        codes = dict(pair for _, pair in of if pair)
        return [cells[codes["region"], codes["form"]]]

    crowd = Crowd(told, hits, near)
    crowd.add(("00", "b"), "h0")
    asked = somebody(crowd, Label(OVERVIEW, ("form", "a")), OUTSIDER)
    rooms = dict.fromkeys(range(120), (0.0, 0.0)) | {cells["00", "b"]: (-1.0, 0.0), cells["59", "a"]: (0.0, 1.0)}
    searcher = Searcher(crowd, Rooms(rooms))
    assert searcher.meet([asked]) == [asked]
    assert searcher.answers_at_last(asked)
    assert not asked.left


def test_whom_somebody_met_in_a_year_may_have_been_of_another_kind_in_the_year_before() -> None:
    """Who met both others at a table of this year still does not know of what kind they were last year."""
    history = History([Span((str(year), 1), (year,), {"kind": ("a", "b")}) for year in (2025, 2026)], {})
    others = OtherLives(history)
    crowd = Crowd(history.tokens, lambda _: (), others.neighbours, usual=lambda _: False, around=others.around)
    life = history.life(dict.fromkeys(range(2), frozenset({("kind", "a")})))
    for number in range(3):
        crowd.add(life, f"h{number}")
    for record in (1, 2):
        crowd.acquaintance.meet("h0", record, 1)
    of = Label(OVERVIEW, ("kind", "b"))
    question = Question("partners", of, Asked.SOMEBODY, "2025", "t", "a group")
    asked = Demand(question, Asker(crowd, of, {OVERVIEW: 0}), (), None, 2, {"h0"})
    assert Searcher(crowd, Rooms({})).meet([asked]) == []
    assert not asked.left


# --- cells that all moves change alike ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "both"), [((0, 0), (-1, 2), (0, 0)), ((-2, 1), (-1, 3), (-1, 1))])
def test_of_two_versions_of_a_cell_one_stands_for_both(one: Room, other: Room, both: Room) -> None:
    crowd = Crowd(tokens, lambda of: [each for cell in cells(of) for each in (cell, cell + 8)], neighbours)
    for number, life in enumerate(LIVES):
        crowd.add(life, f"h{number}")
    moves = [move for kind in crowd.true for move in crowd.moves_from(kind)]
    rooms: dict[int, Room] = {0: one, 8: other, 1: (0.0, 0.0)}
    assert Moves(crowd, moves, Rooms(rooms)).rooms.fixed == {0: both, 1: (0.0, 0.0)}
    apart = [*moves, Move(moves[0].source, moves[0].target, ((8, 1),))]
    assert Moves(crowd, apart, Rooms(rooms)).rooms.fixed == rooms
