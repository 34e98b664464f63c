"""What protection claims, put in the plain data of the audit: it shares no type with us and believes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tweeluik.checks.audit.claims import CellName, Claim, Claims, Complement, Floors
from tweeluik.disclosure.system import Attacker, Target
from tweeluik.protection.keys import without
from tweeluik.protection.linked import Linked
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.cell import Shown, Suppressed


def claims(editions: Sequence[ProtectedEdition]) -> Claims:
    """All claims about all editions with numbers. Confidential: they tell which cells are sensitive, and to whom."""
    with_numbers = [each for each in editions if each.tables]
    floors: dict[Floors, int] = {(): 0}
    targets: list[Claim] = []
    for each in with_numbers:
        # Of tens of thousands of attackers every name of a cell is the same one.
        names = [_name(each, i) for i in range(len(each.linked.unknowns.every))]
        numbers = [floors.setdefault(_floors(names, attacker), len(floors)) for attacker in each.linked.attackers]
        targets += [_claim(each, target, numbers) for target in _asked(each)]
        if each.edition.protection != "rounding":
            targets += _group_claims(each, numbers)
    return Claims(
        attackers=tuple(floors),
        targets=tuple(dict.fromkeys(targets)),
        known=tuple(known for each in with_numbers for known in _known(each, 0)),
        ceilings=tuple(known for each in with_numbers for known in _known(each, 1)),
        agenda=_agenda(editions),
        complements=tuple(dict.fromkeys(each for protected in with_numbers for each in _complements(protected))),
    )


def _agenda(editions: Sequence[ProtectedEdition]) -> tuple[tuple[str, str, str], ...]:
    """(level, code, parent) of the agenda's parts, for tables that do not show the level between."""
    ancestors = {pair: found for each in editions for pair, found in each.linked.unknowns.keys.ancestors.items()}
    return tuple(sorted((level, code, found[0][1]) for (level, code), found in ancestors.items()))


def _asked(protected: ProtectedEdition) -> Iterator[Target]:
    """The targets on what readers do not see exactly, complements included."""
    # The mathematics: not for a site on which nothing is new.
    from tweeluik.protection.rounding_windows import rounding_targets, values_of  # noqa: PLC0415
    from tweeluik.protection.suppressing import difference_targets  # noqa: PLC0415

    linked, contents = protected.linked, protected.by_unknown
    if protected.edition.protection == "rounding":
        for target in rounding_targets(linked, values_of(contents)):
            if target.variable >= len(contents) or not isinstance(contents[target.variable], Shown):
                yield target
        return
    for target in (*linked.targets, *difference_targets(linked)):
        if target.variable >= len(contents) or isinstance(contents[target.variable], Suppressed):
            yield target


def _name(protected: ProtectedEdition, unknown: int) -> CellName:
    counts, pairs = protected.linked.unknowns.every[unknown].key
    return protected.edition.id, counts, tuple(sorted(pairs))


def _floors(names: Sequence[CellName], attacker: Attacker) -> Floors:
    return tuple((names[i], int(floor)) for i, floor in attacker.floors)


def _complements(protected: ProtectedEdition) -> Iterator[Complement]:
    """Those of the tables, and of groups: who is in a sensitive cell but not in the category of nearly all of it."""
    unknowns, edition = protected.linked.unknowns, protected.edition.id
    for complement, unknown in unknowns.complements:
        plus, minus = (tuple(tuple(sorted(pairs)) for _, pairs in keys) for keys in (complement.plus, complement.minus))
        yield Complement((edition, unknown.key[0], tuple(sorted(unknown.key[1]))), plus, minus)
    for parent, child in protected.linked.groups:
        name = _rest_of_group(protected, parent, child)
        yield Complement(name, (_name(protected, parent)[2],), (_name(protected, child)[2],))


def _rest_of_group(protected: ProtectedEdition, parent: int, child: int) -> CellName:
    edition, counts, key = _name(protected, parent)
    return edition, counts, (*key, *(without(pair) for pair in _name(protected, child)[2] if pair not in key))


def _claim(protected: ProtectedEdition, target: Target, numbers: Sequence[int]) -> Claim:
    edition, counts, key = _name(protected, target.variable)
    low, high, width = (None if each is None else int(each) for each in (target.low, target.high, target.width))
    return Claim(edition, counts, key, numbers[target.attacker], low, high, width)


def _group_claims(protected: ProtectedEdition, numbers: Sequence[int]) -> Iterator[Claim]:
    """Nobody knows that all of a sensitive cell is in one category of another dimension."""
    for parent, child in protected.linked.groups:
        name = _rest_of_group(protected, parent, child)
        yield from (Claim(*name, number, high=1) for number in dict.fromkeys(numbers))


def _known(protected: ProtectedEdition, side: int) -> Iterator[tuple[CellName, int]]:
    """What everybody knows at least (side 0) or at most (side 1), whatever is published now."""
    linked: Linked = protected.linked
    for i in range(len(linked.unknowns.all)):
        bound = linked.window(i)[side]
        if bound is not None and (side or bound):
            yield _name(protected, i), bound
