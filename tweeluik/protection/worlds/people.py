"""The organisations behind everything published as a crowd, with what their being otherwise does to conversations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

from tweeluik.checks.audit.lines import Meaning
from tweeluik.checks.audit.reality import Reality
from tweeluik.checks.audit.worlds import Pair, Publication, Talk, Unit
from tweeluik.checks.audit.worlds import World as Told
from tweeluik.disclosure.effort import Effort
from tweeluik.protection.periods import OF_PARTNERS
from tweeluik.protection.worlds.crowd import Crowd
from tweeluik.protection.worlds.everything import CONVERSATIONS, PARTNERS, Everything, hits_of_tokens
from tweeluik.protection.worlds.history import History
from tweeluik.protection.worlds.lives import Life
from tweeluik.protection.worlds.other_lives import OtherLives
from tweeluik.protection.worlds.seating import MANY, Taking
from tweeluik.protection.worlds.seats import Seats
from tweeluik.protection.worlds.world import NOBODY, Effect, Tokens, Way, World

P = ParamSpec("P")
T = TypeVar("T")

ELSEWHERE = -1
"""In place of the number of a publication without tables, which tells names alone."""


class People:
    """A crowd of organisations, each with its id, and worlds of them told as the audit wants them."""

    def __init__(self, everything: Everything, effort: Effort) -> None:
        self._everything = everything
        reality = Reality(everything.editions, everything.agenda)
        self.history = History(tuple(everything.spans()), everything.agenda)
        others = OtherLives(self.history, reality.is_no_odder)
        self._attended = _attended(everything)
        self._looks = {
            i: {name: _looks(unit.codes) for name, unit in everything.truth[publication].units.items()}
            for publication, i in everything.number.items()
        }
        self._cells: dict[tuple[int, int, frozenset[Pair] | None, Way], Counter[int]] = {}
        self.ids: list[str] = []
        self.crowd: Crowd[Life] = Crowd(
            self.history.tokens,
            lambda tokens: hits_of_tokens(everything, tokens),
            others.neighbours,
            _loosely(self._beside),
            others.is_usual,
            around=others.around,
            as_another=others.as_another,
            pieces=others.pieces,
            keeps=Standing(everything).keeps,
            held=_loosely(self._held),
            effort=effort,
        )
        self._fill()

    def _fill(self) -> None:
        truth, number = self._everything.truth, self._everything.number
        records: dict[str, dict[int, frozenset[Pair]]] = {}
        holding: dict[str, str] = {}
        before: dict[str, list[tuple[int, str]]] = {}
        named: dict[str, set[int]] = {}
        editions = self._everything.editions
        # Whose an organisation was last: an id need not tell which publication is later.
        for publication, i in sorted(number.items(), key=lambda each: (editions[each[1]].period[::-1], each)):
            for name, unit in truth[publication].units.items():
                records.setdefault(name, {})[i] = unit.codes
                holding[name] = unit.holding
                before.setdefault(name, []).append((i, unit.holding))
                if unit.named:
                    named.setdefault(name, set()).add(i)
        for publication in truth.keys() - number.keys():
            for name in truth[publication].units:
                named.setdefault(name, set()).add(ELSEWHERE)
        lives = {name: self.history.life(codes) for name, codes in records.items()}
        self._seats = Seats(self._everything, tuple(sorted(lives)), holding)
        few = {each for name in self._attended if len(alike := self._seats.alike(name).names) < MANY for each in alike}
        # In an order that no id decides; equals are equals.
        for name in sorted(lives, key=lambda each: (lives[each].order, each)):
            fixed = frozenset(named.get(name, ()))
            self.ids.append(name)
            self.crowd.add(lives[name], holding[name], fixed, moves_others=name in few, before=before[name])
        self._seat(few)
        self._acquaint()

    def _seat(self, few: Collection[str]) -> None:
        place, ids, seats = {name: record for record, name in enumerate(self.ids)}, self.ids, self._seats

        def taking(record: int, where: frozenset[int]) -> Taking:
            name = ids[record]
            takers, alike = (
                tuple(map(place.__getitem__, of)) for of in (seats.takers(name, where), seats.alike(name, where).names)
            )
            return Taking(takers, frozenset(alike), seats.aspects(name, where))

        for name in self._attended:
            alike = (
                frozenset(place[each] for each in self._seats.alike(name).names) if name in few else frozenset[int]()
            )
            self.crowd.seating.seat(place[name], self._seats.aspects(name), alike, taking)
        for one, other, alike_too in self._seats.shared():
            self.crowd.seating.apart[place[one], place[other]] = alike_too

    def _acquaint(self) -> None:
        number = {name: record for record, name in enumerate(self.ids)}
        for publication, i in self._everything.number.items():
            for talk in self._everything.truth[publication].talks.values():
                for name in talk.units:
                    for holding in talk.holdings - self.crowd.acquaintance.owners[number[name]]:
                        self.crowd.acquaintance.meet(holding, number[name], i)

    # --- conversations ------------------------------------------------------------------------------------------------

    def _beside(self, record: int, source: int, target: Tokens, way: Way) -> Effect:
        """What an organisation's being otherwise does to the cells of conversations."""
        effect = Counter[int]()
        for i in self._attended.get(self.ids[record], ()):
            before, after = _face(self.crowd.tokens[source], i), _face(target, i)
            if before != after:
                effect.update(self._cells_with(record, i, after, way))
                effect.subtract(self._cells_with(record, i, before, way))
        return tuple((cell, change) for cell, change in sorted(effect.items()) if change)

    def _cells_with(self, record: int, i: int, face: frozenset[Pair] | None, way: Way) -> Counter[int]:
        """How often the conversations of an organisation in a publication are in each cell, if it looks like this."""
        key = (record, i, face, way)
        if key not in self._cells:
            found = Counter[int]()
            name = self.ids[record]
            looks = self._looks[i]
            for called, talk in self._attended[name][i]:
                beside = self._seats.beside(name, called) if way is Way.ALL else frozenset[str]()
                others = [looks[each] for each in talk.units if each != name and each not in beside]
                if all(name < each for each in beside) and (others or face is not None):
                    faces = frozenset[Pair]().union(*others, face or frozenset())
                    found.update(self._everything.hits(i, CONVERSATIONS, (*talk.codes, *faces)))
            self._cells[key] = found
        return self._cells[key]

    def _held(self, world: World) -> Mapping[int, int]:
        """What a world changes in the cells of conversations, counted table by table."""
        told, effect = self.told(world), Counter[int]()
        for publication, i in self._everything.number.items():
            records = self._everything.truth[publication]
            ids = {name for where, name in told.talks if where == publication}
            for record in world.moved:
                ids.update(talk for talk, _ in self._attended.get(self.ids[record], {}).get(i, ()))
            for name in ids:
                true = records.talks[name]
                for sign, talk in ((-1, true), (1, told.talks.get((publication, name), true))):
                    here = (
                        [] if talk is None else [self._look(told, sign > 0, publication, each) for each in talk.units]
                    )
                    if here:
                        pairs = frozenset[Pair]().union(true.codes, *here)
                        effect.update(dict.fromkeys(self._everything.hits(i, CONVERSATIONS, pairs), sign))
        return {cell: change for cell, change in effect.items() if change}

    def _look(self, told: Told, other: bool, publication: Publication, name: str) -> frozenset[Pair]:
        """How an organisation looks in a publication: truly, or in the other world."""
        true = self._everything.truth[publication].units.get(name)
        unit = told.units.get((publication, name), true) if other else true
        return frozenset() if unit is None else _looks(unit.codes)

    # --- worlds as the audit wants them -------------------------------------------------------------------------------

    def told(self, world: World) -> Told:
        """What differs, by publication and id."""
        units: dict[tuple[Publication, str], Unit | None] = {}
        for record, kind in world.moved.items():
            self._tell(units, self.ids[record], self.crowd.holding[record], kind)
        for place, kind in enumerate(world.added):
            self._tell(units, f"another-{place}", f"another-{place}", kind)
        gone: dict[Publication, set[str]] = {}
        for (publication, name), unit in units.items():
            if unit is None:
                gone.setdefault(publication, set()).add(name)
        taken = {
            self.ids[record]: (self.ids[other], self.crowd.seating.left_by(record, world.moved[record]))
            for record, other in world.seats.items()
        }
        left = {publication: frozenset(names) for publication, names in gone.items()}
        whole = [self.ids[record] for record in self.crowd.seating.with_all_alike(world)]
        return Told(units, dict(self._seats.changed(taken, whole, left)))

    def _tell(self, units: dict[tuple[Publication, str], Unit | None], name: str, holding: str, kind: int) -> None:
        everything = self._everything
        for publication, i in everything.number.items():
            true = everything.truth[publication].units.get(name)
            codes = None if kind == NOBODY else self.history.codes(self.crowd.lives[kind], i)
            if codes != (None if true is None else true.codes):
                named, whose = (False, holding) if true is None else (true.named, true.holding)
                units[publication, name] = None if codes is None else Unit(whose, named, codes)


class Standing:
    """Cells of partners that truly had the same organisations in several publications: who is in one, is in all."""

    def __init__(self, everything: Everything) -> None:
        members: dict[int, list[str]] = {}
        for publication, i in everything.number.items():
            for name, unit in sorted(everything.truth[publication].units.items()):
                for number in everything.hits(i, PARTNERS, unit.codes):
                    members.setdefault(number, []).append(name)
        alike: dict[tuple[Meaning, frozenset[str]], list[frozenset[int]]] = {}
        for meant, cells in everything.told_alike():
            there = frozenset(name for cell in cells for name in members.get(cell, ()))
            alike.setdefault((meant, there), []).append(cells)
        self._alike: dict[int, list[list[frozenset[int]]]] = {}
        for stood in (each for each in alike.values() if len(each) > 1):
            for cell in frozenset[int]().union(*stood):
                self._alike.setdefault(cell, []).append(stood)

    def keeps(self, hits: frozenset[int]) -> bool:
        """Whether a record that is in some cells is in all that stood still with them."""
        stood = (each for cell in hits for each in self._alike.get(cell, ()))
        return not any(hits.isdisjoint(cells) for each in stood for cells in each)


Table = tuple[str, Talk]
"""A conversation by its id, and what it was: of hundreds of thousands nothing is there twice."""


def _attended(everything: Everything) -> Mapping[str, Mapping[int, list[Table]]]:
    """Per organisation and publication its conversations, where the publication tells of conversations."""
    found: dict[str, dict[int, list[Table]]] = {}
    for publication, i in everything.number.items():
        for table in everything.truth[publication].talks.items() if everything.tells_of(i, CONVERSATIONS) else ():
            for name in sorted(table[1].units):
                found.setdefault(name, {}).setdefault(i, []).append(table)
    return found


def _loosely(method: Callable[P, T]) -> Callable[P, T]:
    """A method that does not keep alive whose it is.

    The crowd asks back what only its people know. Of a large source they are half of the memory, and nobody looks for
    cycles.
    """
    weak = WeakMethod(method)

    def asked(*given: P.args, **named: P.kwargs) -> T:
        known = weak()
        if known is None:
            raise ReferenceError
        return known(*given, **named)

    return asked


def _looks(codes: frozenset[Pair]) -> frozenset[Pair]:
    return frozenset(pair for pair in codes if pair[0] in OF_PARTNERS)


def _face(tokens: Tokens, publication: int) -> frozenset[Pair] | None:
    """How an organisation looks in a publication; None: it is not in it."""
    if (publication, None) not in tokens:
        return None
    return frozenset(pair for where, pair in tokens if where == publication and pair and pair[0] in OF_PARTNERS)
