"""What is about to be published, made safe beside everything that ever was: hidden or rounded otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from tweeluik.checks.audit.answers import Rules
from tweeluik.checks.audit.lines import NO_LINES, Lines
from tweeluik.checks.audit.questions import Expression, Label, Question
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.worlds import Pair, Publication, Truth
from tweeluik.disclosure.effort import Effort, OutOfEffort
from tweeluik.protection.keyed_noise import KeyedNoise
from tweeluik.protection.worlds.clashes import find_clash, find_clashes
from tweeluik.protection.worlds.demands import Demand, publications_of
from tweeluik.protection.worlds.draft import Draft
from tweeluik.protection.worlds.everything import Everything
from tweeluik.protection.worlds.moves import Rooms
from tweeluik.protection.worlds.open_cells import OpenCells
from tweeluik.protection.worlds.proof import Proof, Prover
from tweeluik.protection.worlds.terms import Found
from tweeluik.record.cell import Content, Rounded, Suppressed

MOST_REPAIRS = 60
MOST_TOLD = 4
"""Rounded numbers that would be hidden in vain, before hiding is given up."""

AT_ONCE = 6
"""Questions that are repaired between two proofs."""

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


def _cell_of(of: Expression) -> tuple[Publication, frozenset[Pair]] | None:
    """The publication and the categories of the one cell that a set is; None: it is none."""
    parts = (of,) if isinstance(of, Label) else of.parts if of.least == len(of.parts) else ()
    labels = [each for each in parts if isinstance(each, Label)]
    if len(labels) < len(parts) or len({each.publication for each in labels}) != 1:
        return None
    return labels[0].publication, frozenset(each.pair for each in labels if each.pair is not None)


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
        self._only, self._withholds, self.prover = only, withholds, prover
        self._drafts = {each.name: each for each in drafts}
        self._published = tuple(drafts)
        self._open = OpenCells(prover, self._drafts, noise, withholds=withholds, told=told)
        self._found: dict[int, tuple[Demand, set[str], Found | None]] = {}
        self._found_in: Rooms | None = None
        self._hidden: set[int] = set()
        self._turned: set[int] = set()
        self._seen: dict[State, tuple[Question, ...]] = {}
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
            self._publish()
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
                self._publish()

    def _publish(self) -> None:
        """Ask from now on about what the drafts have become."""
        self._published = tuple(self._drafts.values())
        self.prover.publish([each.edition() for each in self._published])

    def _refuse_clash(self, demands: Sequence[Demand]) -> None:
        options = self._open.options()
        if self._withholds:
            cells = frozenset(cell for _, cell in find_clashes(self._everything, demands, options))
            if cells and all(map(self._open.may_be_withheld, cells)):
                raise _Clash(cells)
        clash = find_clash(self._everything, demands, options)
        if clash is not None:
            closed = {cell: rooms for cell, rooms in options.items() if not self._open.draft(cell).open}
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
        back = frozenset[int]().union(*turned) - frozenset.intersection(*turned) - self._open.settled
        as_wanted = frozenset(cell for cell in back if self._wanted.get(cell) == self._open.now(cell))
        more = as_wanted or (back if self._withholds else frozenset())
        if more:
            self._open.settle(more)
            self._seen = {}
        return bool(more)

    def _is_hopeless(self, demand: Demand) -> bool:
        """Whether there is no world for a demand whatever is hidden or turned: then nobody need search for others."""
        return self._remedy(demand) is None

    def _remedy(self, demand: Demand) -> Found | None:
        """What a demand needs hidden or turned, as it is published now; looked for once for the same attackers."""
        rooms, _ = self._open.rooms()
        if rooms is not self._found_in:  # of other numbers nothing is known yet
            self._found, self._found_in = {}, rooms
        known = self._found.get(id(demand))
        if known is None or known[0] is not demand or known[1] != demand.left:
            known = self._found[id(demand)] = (demand, set(demand.left), self._look_for(demand))
        return known[2]

    def _look_for(self, demand: Demand) -> Found | None:
        rooms, more = self._open.rooms()
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
        turned = {cell: Rounded(self._open.other(cell)) for cell in found.turned}
        self._wanted |= {cell: turned[cell].value for cell in self._needed(found)}
        self._change(turned | dict.fromkeys(found.hidden, Suppressed()))
        self._everything.publish([each.edition() for each in self._drafts.values()])
        return True

    def _needed(self, found: Found) -> Iterator[int]:
        """What was turned for a world itself: the others only let lines add up."""
        if not found.turned:
            return
        rooms, _ = self._open.rooms()
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
        rooms, _ = self._open.rooms()
        gone = {cell for cell in rooms.bound if not self._stays(cell, stays)}
        fixed = {cell: self._open.either_way(cell, room) for cell, room in rooms.fixed.items() if cell not in gone}
        turns = {cell: self._open.either_way(cell, turn.here) for cell, turn in rooms.turns.items() if cell not in gone}
        hideable = {cell: cost for cell, cost in rooms.hideable.items() if cell not in gone}
        less = Rooms(fixed | turns, hideable)
        try:
            return self.prover.searcher.repair(replace(demand, still=False), less) is not None
        except OutOfEffort:
            return True

    def _stays(self, cell: int, stays: Stays) -> bool:
        draft, told = self._open.draft(cell), self._everything.cells[cell]
        return not draft.open or stays(draft.name, told.counts, told.pairs)

    def hidden_cell(self, question: Question) -> int | None:
        """The rounded cell that a question is about and that was hidden here; None: it is about another."""
        asked = _cell_of(question.of)
        hidden = (each for each in sorted(self._hidden) if self._open.draft(each).base > 1)
        return next((each for each in hidden if asked == (self._open.draft(each).name, self._pairs(each))), None)

    def _pairs(self, cell: int) -> frozenset[Pair]:
        return self._everything.cells[cell].pairs

    def _is_told_before(self, demand: Demand) -> bool:
        """Whether no world answers a question by what was published before alone."""
        closed = tuple(each.edition() for each in self._published if not each.open)
        return self._is_of_the_past(demand.question) and not self.prover.answers(demand.question, closed)

    def _is_of_the_past(self, question: Question) -> bool:
        """Whether a question is put in what was published before alone."""
        return not any(self._drafts[name].open for name in publications_of(question.of))
