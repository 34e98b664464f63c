"""What is about to be published, made safe beside everything that ever was: hidden or rounded otherwise."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.lines import NO_LINES, Lines
from tweeluik.checks.audit.published import Cell, Edition, Side, Table
from tweeluik.checks.audit.questions import Expression, Label, Question
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.worlds import Pair, Publication, Truth
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.worlds.clashes import Options, find_clash, find_clashes
from tweeluik.protection.worlds.demands import Demand, publications_of
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.moves import Room, Rooms, Turn
from tweeluik.protection.worlds.proof import Proof, Prover
from tweeluik.protection.worlds.terms import Found
from tweeluik.record.cell import Codes, Content, Rounded, Shown, Suppressed
from tweeluik.record.model import ReleasedTable

MOST_REPAIRS = 60
MOST_TOLD = 4
"""Rounded numbers that would be hidden in vain, before hiding is given up."""

AT_ONCE = 6
"""Questions that are repaired between two proofs."""

HIDING = 40.0
TURNING = 20.0
WITHHOLDING = 400.0
"""What hiding or turning a cell costs, in moved records; and hiding one that is rounded, which turning must precede."""


State = tuple[frozenset[int], frozenset[int], frozenset[object]]
"""What is turned, what is hidden, and what is asked that no world was found for."""


Stays = Callable[[Publication, str, frozenset[Pair]], bool]
"""Whether a publication that is not out yet still tells of so many partners, or conversations, with some categories."""

Could = Callable[[Stays], bool]


class NotSafe(Exception):
    """A question that no world answers, whatever is hidden or turned of what may be.

    `spent`: the effort ended before one was found. `before`: what was published before leaves none by itself.
    `against`: other questions, of which each is answered, and not all of them at once. `could`: whether there might be
    one if no more were told than some cells.
    """

    def __init__(
        self, question: Question, *, spent: bool = False, before: bool = False, against: Sequence[Question] = (),
        could: Could | None = None,
    ) -> None:  # fmt: skip
        self.question, self.spent, self.before, self.against = question, spent, before, tuple(against)
        self.could = could
        super().__init__("a number that nothing keeps from readers")


class _Clash(Exception):
    """Rounded cells that leave what others hide no room, whichever way they are rounded."""

    def __init__(self, cells: frozenset[int]) -> None:
        self.cells = cells
        super().__init__("numbers to hide")


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A publication as it may be: tables with their contents. `open`: it is not published yet, its cells may change.

    `one_way`: the cells (table and codes) that may not be rounded the other way.
    """

    name: Publication
    period: tuple[str, str]
    threshold: int
    base: int
    tables: tuple[ReleasedTable, ...]
    open: bool
    one_way: frozenset[tuple[str, Codes]] = frozenset()

    def edition(self) -> Edition:
        """The publication as its readers have it."""
        tables = tuple(map(_table, self.tables))
        identity, version = self.name
        return Edition(identity, version, f"edities/{identity}", self.period, self.threshold, self.base, 0, tables, ())

    def replaced(self, changes: Mapping[tuple[str, Codes], Content]) -> Draft:
        """With other contents in some cells."""
        tables = tuple(
            ReleasedTable(
                each.id, each.title, each.counts, each.dimensions,
                {codes: changes.get((each.id, codes), content) for codes, content in each.cells.items()},
            )
            for each in self.tables
        )  # fmt: skip
        return replace(self, tables=tables)


def _cell_of(of: Expression) -> tuple[Publication, frozenset[Pair]] | None:
    """The publication and the categories of the one cell that a set is; None: it is none."""
    parts = (of,) if isinstance(of, Label) else of.parts if of.least == len(of.parts) else ()
    labels = [each for each in parts if isinstance(each, Label)]
    if len(labels) < len(parts) or len({each.publication for each in labels}) != 1:
        return None
    return labels[0].publication, frozenset(each.pair for each in labels if each.pair is not None)


def _table(table: ReleasedTable) -> Table:
    sides = tuple(
        Side(
            each.name, each.partition, {item.code: item.label for item in each.categories},
            {item.code: item.parent for item in each.categories if item.parent is not None},
        )
        for each in table.dimensions
    )  # fmt: skip
    return Table(
        table.id, table.title, table.counts, sides, {codes: _cell(each) for codes, each in table.cells.items()}
    )


def _cell(content: Content) -> Cell:
    match content:
        case Shown(value):
            return Cell(value, "shown")
        case Rounded(value):
            return Cell(value, "rounded")
        case Suppressed():
            return Cell(None, "suppressed")


def make_safe(
    drafts: Sequence[Draft],
    truth: Truth,
    rules: Rules,
    agenda: Agenda,
    noise: KeyedNoise,
    *,
    effort: Effort,
    lines: Lines = NO_LINES,
    suspects: Collection[Question] = (),
    withholds: bool = False,
) -> tuple[tuple[Draft, ...], Proof]:
    """The drafts with what had to be hidden or turned, and the worlds that prove them safe.

    `withholds`: rounded numbers may be hidden too, where turning does not help. What is hidden so must be
    rounded anew: the numbers beside it still tell what it was rounded to. `suspects`: questions that nothing answered
    where something else was asked for. They are asked first, alone: what is told by them is told soon, and all else is
    asked only where it is not.

    Raises:
        NotSafe: nothing that may be changed makes them safe, or nothing was found within the effort.
    """
    prover = Prover([each.edition() for each in drafts], truth, rules, agenda, effort, lines=lines)
    if suspects:
        # Of its own: what is changed for these first is not what is changed when all is asked at once.
        _run(_Stage(drafts, noise, prover, suspects))
        prover = Prover([each.edition() for each in drafts], truth, rules, agenda, effort, lines=lines)
    return _withholding(drafts, noise, prover) if withholds else _run(_Stage(drafts, noise, prover))


def _withholding(drafts: Sequence[Draft], noise: KeyedNoise, prover: Prover) -> tuple[tuple[Draft, ...], Proof]:
    """With rounded numbers hidden; others in place of those of which hiding promises more than any world gives."""
    told = frozenset[int]()
    for _ in range(MOST_TOLD):
        stage = _Stage(drafts, noise, prover, withholds=True, told=told)
        try:
            return _run(stage)
        except NotSafe as failed:
            cell = None if failed.spent else stage.hidden_cell(failed.question)
            if cell is None:
                raise
            told |= {cell}
            prover.publish([each.edition() for each in drafts])
    return _run(_Stage(drafts, noise, prover, withholds=True, told=told))


def _run(stage: _Stage) -> tuple[tuple[Draft, ...], Proof]:
    try:
        return stage.run()
    except OutOfEffort:
        raise NotSafe(stage.prover.left[0].question, spent=True) from None


class _Stage:
    """Proof and repair in turn, until nothing is left to ask."""

    def __init__(
        self, drafts: Sequence[Draft], noise: KeyedNoise, prover: Prover, only: Collection[Question] = (),
        *, withholds: bool = False, told: frozenset[int] = frozenset(),
    ) -> None:  # fmt: skip
        self._only, self._withholds, self._told = only, withholds, told
        self._drafts = {each.name: each for each in drafts}
        self._published = tuple(drafts)
        self._noise, self.prover = noise, prover
        self._opened: tuple[tuple[Edition, ...], Rooms, Rooms | None] | None = None
        self._found: dict[int, tuple[Demand, set[str], Found | None]] = {}
        self._hidden: set[int] = set()
        self._turned: set[int] = set()
        self._seen: dict[State, tuple[Question, ...]] = {}
        self._settled: frozenset[int] = frozenset()
        self._wanted: dict[int, int] = {}

    @property
    def _everything(self) -> Everything:
        return self.prover.everything

    def run(self) -> tuple[tuple[Draft, ...], Proof]:
        proof = self._first_proof()
        for _ in range(MOST_REPAIRS):
            if not proof.unanswered:
                return tuple(self._drafts.values()), Proof(self.prover.needed(), ())
            self._go_on_from(self.prover.stuck)
            repaired = 0
            for demand in self.prover.stuck:
                repaired += self._repair(demand)
                if repaired >= AT_ONCE:
                    break
            drafts, left = self._published, proof.unanswered
            self._published = tuple(self._drafts.values())
            self.prover.publish([each.edition() for each in self._published])
            proof = self.prover.prove(self._is_hopeless, only=self._only)
            if drafts == self._published and left == proof.unanswered:
                break  # worlds that the audit does not accept
        raise NotSafe(proof.unanswered[0].question)

    def _first_proof(self) -> Proof:
        while True:
            try:
                return self.prover.prove(self._is_hopeless, self._refuse_clash, only=self._only)
            except _Clash as found:  # of cells that are out of it then: it ends
                self._hidden |= found.cells
                self._change(dict.fromkeys(found.cells, Suppressed()))
                self._published = tuple(self._drafts.values())
                self.prover.publish([each.edition() for each in self._published])

    def _refuse_clash(self, demands: Sequence[Demand]) -> None:
        options = self._options()
        if self._withholds:
            cells = frozenset(cell for _, cell in find_clashes(self._everything, demands, options))
            if cells and all(map(self._may_be_withheld, cells)):
                raise _Clash(cells)
        clash = find_clash(self._everything, demands, options)
        if clash is not None:
            closed = {cell: rooms for cell, rooms in options.items() if not self._draft(cell).open}
            before = (demand for demand, _ in find_clashes(self._everything, demands, closed))
            raise NotSafe(clash.question, before=any(self._is_of_the_past(each.question) for each in before))

    def _go_on_from(self, stuck: Sequence[Demand]) -> None:
        """Go on only where not all was just so before: what one demand turned the next turned back.

        Raises:
            NotSafe: it was, and nothing else is left to turn, or to hide.
        """
        asked = ((id(each.asker), each.low, each.high, each.ever, each.still, frozenset(each.left)) for each in stuck)
        state = frozenset(self._turned), frozenset(self._hidden), frozenset(asked)
        if state in self._seen:
            since = list(self._seen).index(state)
            if self._settle(list(self._seen)[since:]):
                return
            turned = (question for asked in list(self._seen.values())[since:] for question in asked)
            raise NotSafe(stuck[0].question, against=tuple(dict.fromkeys(turned)))
        self._seen[state] = tuple(each.question for each in stuck)

    def _settle(self, states: Sequence[State]) -> bool:
        """Turn no more what was turned there and back; whether there is any.

        First what is as it was wanted: others turn in its place. Then all of it, where something may be hidden.
        """
        turned = [each for each, _, _ in states]
        back = frozenset[int]().union(*turned) - frozenset.intersection(*turned) - self._settled
        as_wanted = frozenset(cell for cell in back if self._wanted.get(cell) == self._now(cell))
        more = as_wanted or (back if self._withholds else frozenset())
        self._settled |= more
        if more:
            self._seen, self._opened = {}, None
        return bool(more)

    def _is_hopeless(self, demand: Demand) -> bool:
        """Whether there is no world for a demand whatever is hidden or turned: then nobody need search for others."""
        return self._remedy(demand) is None

    def _remedy(self, demand: Demand) -> Found | None:
        """What a demand needs hidden or turned, as it is published now; looked for once for the same attackers."""
        _ = self._opened_rooms()  # of other numbers nothing is known yet
        known = self._found.get(id(demand))
        if known is None or known[0] is not demand or known[1] != demand.left:
            known = self._found[id(demand)] = (demand, set(demand.left), self._look_for(demand))
        return known[2]

    def _look_for(self, demand: Demand) -> Found | None:
        rooms, more = self._opened_rooms()
        found = self.prover.searcher.repair(demand, rooms)
        return self.prover.searcher.repair(demand, more) if found is None and more is not None else found

    def _repair(self, demand: Demand) -> bool:
        """Change what one demand needs changed, or answer it; whether anything was."""
        if not demand.left:  # answered by what was changed for another
            return False
        found = self._remedy(demand)
        if found is None:
            if self.prover.searcher.answers_at_last(demand):
                return True
            # Of the moves that were lent for that some may do where something is hidden or turned as well.
            found = self._look_for(demand)
        if found is None:
            raise NotSafe(demand.question, before=self._is_told_before(demand), could=partial(self._could, demand))
        self.prover.searcher.worlds += found.worlds
        self._hidden |= found.hidden
        self._turned ^= found.turned
        turned = {cell: Rounded(self._other(cell)) for cell in found.turned}
        self._wanted |= {cell: turned[cell].value for cell in self._needed(found)}
        self._change(turned | dict.fromkeys(found.hidden, Suppressed()))
        self._everything.publish([each.edition() for each in self._drafts.values()])
        return True

    def _needed(self, found: Found) -> Iterator[int]:
        """What was turned for a world itself: the others only let lines add up."""
        if not found.turned:
            return
        rooms, _ = self._opened_rooms()
        changes = self.prover.people.crowd.counted(found.worlds[0])
        for cell in sorted(found.turned):
            low, high = rooms.turns[cell].here
            if not low <= changes.get(cell, 0) <= high:
                yield cell

    def _change(self, contents: Mapping[int, Content]) -> None:
        """Other contents in some cells, wherever these stand."""
        for cell, content in contents.items():
            for place in self._everything.places[cell]:
                name = self._everything.editions[place.edition].publication
                self._drafts[name] = self._drafts[name].replaced({(place.table, place.codes): content})

    def _could(self, demand: Demand, stays: Stays) -> bool:
        """Whether there might be a world if open publications told of nothing but what stays.

        Nobody is taken to know what stood still then: of what is not told any more that is not told either.
        """
        rooms, _ = self._opened_rooms()
        gone = {cell for cell in rooms.bound if not self._stays(cell, stays)}
        fixed = {cell: self._either_way(cell, room) for cell, room in rooms.fixed.items() if cell not in gone}
        turns = {cell: self._either_way(cell, turn.here) for cell, turn in rooms.turns.items() if cell not in gone}
        hideable = {cell: cost for cell, cost in rooms.hideable.items() if cell not in gone}
        less = Rooms(fixed | turns, hideable)
        try:
            return self.prover.searcher.repair(replace(demand, still=False), less) is not None
        except OutOfEffort:
            return True

    def _either_way(self, cell: int, room: Room) -> Room:
        """What a cell may change by however it is rounded: what else is asked for is rounded anew."""
        draft = self._draft(cell)
        return (1 - 2 * draft.base, 2 * draft.base - 1) if draft.open and draft.base > 1 else room

    def _stays(self, cell: int, stays: Stays) -> bool:
        draft, told = self._draft(cell), self._everything.cells[cell]
        return not draft.open or stays(draft.name, told.counts, told.pairs)

    def _is_told_before(self, demand: Demand) -> bool:
        """Whether no world answers a question by what was published before alone."""
        closed = tuple(each.edition() for each in self._published if not each.open)
        return self._is_of_the_past(demand.question) and not self.prover.answers(demand.question, closed)

    def _is_of_the_past(self, question: Question) -> bool:
        """Whether a question is put in what was published before alone."""
        return not any(self._drafts[name].open for name in publications_of(question.of))

    # --- what may change ----------------------------------------------------------------------------------------------

    def _opened_rooms(self) -> tuple[Rooms, Rooms | None]:
        """The rooms of all cells with what may be hidden or turned of them, made once for what is published now.

        And the same where rounded ones may be hidden too; None: they may not.
        """
        if self._opened is None or self._opened[0] is not self._everything.editions:
            rooms = self._open_rooms()
            more = self._with_withheld(rooms) if self._withholds else None
            self._opened, self._found = (self._everything.editions, rooms, more), {}
        return self._opened[1:]

    def _open_rooms(self) -> Rooms:
        fixed: dict[int, Room] = {}
        hideable: dict[int, float] = {}
        turns: dict[int, Turn] = {}
        for cell, value in enumerate(self.prover.values):
            low, high = self._everything.bounds(cell)
            draft = self._draft(cell)
            if high is None:
                continue
            here = (low - value, high - value)
            if draft.open and draft.base == 1:
                hideable[cell] = HIDING * self._weight(cell) * (1 + math.log2(2 + value) / 4)
            elif cell not in self._settled and self._turns(cell):
                turns[cell] = self._turn(cell, here)
            else:
                fixed[cell] = here
        sums = tuple(
            each for i, edition in enumerate(self._everything.editions)
            if self._drafts[edition.publication].open and edition.base > 1
            for each in self._everything.sums(i)
            if all(self._everything.bounds(cell)[1] is not None for cell, _ in each)
        )  # fmt: skip
        return Rooms(fixed, hideable, turns, sums)

    def _with_withheld(self, rooms: Rooms) -> Rooms | None:
        """The rooms in which rounded cells may be hidden as well; None: no more than without."""
        some = frozenset(cell for cell in (*rooms.fixed, *rooms.turns) if self._may_be_withheld(cell))
        if not some:
            return None
        hideable = {cell: WITHHOLDING * self._weight(cell) for cell in sorted(some)}
        return replace(
            rooms,
            fixed={cell: room for cell, room in rooms.fixed.items() if cell not in some},
            hideable={**rooms.hideable, **hideable},
            around={cell: rooms.fixed.get(cell) or rooms.turns[cell].here for cell in sorted(some)},
        )

    def _turns(self, cell: int) -> bool:
        """Whether a cell is rounded, is not published yet, and may be rounded the other way."""
        draft = self._draft(cell)
        return (
            draft.open
            and draft.base > 1
            and self._now(cell) != self.prover.values[cell]
            and not self._goes_one_way(cell)
        )

    def _turn(self, cell: int, here: Room) -> Turn:
        return Turn(here, self._there(cell), TURNING * self._weight(cell))

    def _may_be_withheld(self, cell: int) -> bool:
        """Whether a cell is a rounded number that is not published yet.

        Of conversations too: of a kind that had some there was somebody, whatever the number of its partners tells.
        """
        rounded = self._draft(cell).open and self._draft(cell).base > 1 and self._content(cell).status == "rounded"
        return rounded and cell not in self._told

    def hidden_cell(self, question: Question) -> int | None:
        """The rounded cell that a question is about and that was hidden here; None: it is about another."""
        asked = _cell_of(question.of)
        hidden = (each for each in sorted(self._hidden) if self._draft(each).base > 1)
        return next((each for each in hidden if asked == (self._draft(each).name, self._pairs(each))), None)

    def _pairs(self, cell: int) -> frozenset[Pair]:
        return self._everything.cells[cell].pairs

    def _options(self) -> Options:
        """Per cell the rooms that it may have."""
        rooms, _ = self._opened_rooms()
        turns = {cell: (turn.here, turn.there) for cell, turn in rooms.turns.items()}
        return {cell: (room,) for cell, room in rooms.fixed.items()} | turns

    def _draft(self, cell: int) -> Draft:
        return self._drafts[self._everything.editions[self._everything.cells[cell].publication].publication]

    def _weight(self, cell: int) -> float:
        told = self._everything.cells[cell]
        edition = self._everything.editions[told.publication].id
        return 1 + self._noise.fraction("repair", edition, told.counts, sorted(told.pairs)) / 2

    def _goes_one_way(self, cell: int) -> bool:
        one_way = self._draft(cell).one_way
        return any((place.table, place.codes) in one_way for place in self._everything.places[cell])

    def _now(self, cell: int) -> int:
        return self._content(cell).value or 0

    def _content(self, cell: int) -> Cell:
        place = self._everything.places[cell][0]
        return self._everything.editions[place.edition].by_id[place.table].cells[place.codes]

    def _other(self, cell: int) -> int:
        """The other multiple that a rounded cell might have."""
        now, base = self._now(cell), self._draft(cell).base
        return now + base if now < self.prover.values[cell] else now - base

    def _there(self, cell: int) -> Room:
        value, other, base = self.prover.values[cell], self._other(cell), self._draft(cell).base
        return max(0, other - base + 1) - value, other + base - 1 - value
