"""Stand-ins: the records stay what they are, and ids have no say in their order."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tweeluik.checks.audit.worlds import Records, Talk, Truth, Unit
from tweeluik.protection.worlds import stand_ins
from tweeluik.protection.worlds.stand_ins import with_stand_ins

YEARS = (("2025", 1), ("2026", 1))
KINDS = ("bond", "club", "koor")


def a_truth(seed: int) -> dict[tuple[str, int], Records]:
    """Two years of organisations, some of one holding, some alike, and their conversations."""
    chance = Random(seed)
    holding = {f"p{n}": f"h{n // 2 if n < 6 else n}" for n in range(14)}
    truth = {}
    for year in YEARS:
        units = {
            name: Unit(own, chance.random() < 0.2, frozenset({("kind", chance.choice(KINDS))}))
            for name, own in holding.items()
            if chance.random() < 0.8
        }
        talks = {}
        for n in range(9):
            who = frozenset(chance.sample(sorted(units), chance.randint(1, 3)))
            talks[f"{year[0]}-{n}"] = Talk(
                who,
                frozenset(holding[each] for each in who),
                frozenset({("form", "gesprek")}),
                f"{year[0]}-0{n % 3 + 1}",
            )
        truth[year] = Records(units, talks)
    return truth


def renamed(truth: Truth, seed: int) -> Truth:
    """The same world with other ids, in another order."""
    chance = Random(seed)

    def other(old: str, known: dict[str, str] = {}) -> str:  # noqa: B006 (one table of new names per call of `renamed`)
        return known.setdefault(f"{seed} {old}", f"{chance.random():.12f}")

    found = {}
    for publication, records in truth.items():
        units = [(other(n), Unit(other(u.holding), u.named, u.codes)) for n, u in records.units.items()]
        talks = [
            (other(n), Talk(frozenset(map(other, t.units)), frozenset(map(other, t.holdings)), t.codes, t.month))
            for n, t in records.talks.items()
        ]
        chance.shuffle(units)
        chance.shuffle(talks)
        found[publication] = Records(dict(units), dict(talks))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_other_ids_and_another_order_give_the_same_records_in_the_same_order(seed: int) -> None:
    truth = a_truth(seed)
    one, other = with_stand_ins(truth), with_stand_ins(renamed(truth, seed + 1))
    for publication in truth:
        assert list(one[publication].units.items()) == list(other[publication].units.items())
        assert list(one[publication].talks.items()) == list(other[publication].talks.items())


@pytest.mark.parametrize("seed", range(12))
def test_who_differs_only_far_away_is_told_apart_by_that_and_not_by_an_id(seed: int) -> None:
    """2 and 4 both met 0, and 6 met 5, who also had a conversation alone: of 2, 4 and 6 that is two steps away."""
    units = {f"p{n}": Unit(f"h{n}", False, frozenset({("kind", KINDS[n in {2, 4, 6}])})) for n in range(7)}
    talks = {
        f"t{who}": Talk(
            frozenset(f"p{n}" for n in who),
            frozenset(f"h{n}" for n in who),
            frozenset({("form", "gesprek")}),
            "2025-03",
        )
        for who in ("02", "04", "56", "5")
    }
    truth = {YEARS[0]: Records(units, talks)}
    assert with_stand_ins(truth) == with_stand_ins(renamed(truth, seed))


def many_alike(seed: int, number: int) -> dict[tuple[str, int], Records]:
    """Two years of organisations that can change places: each with conversations of its own, with guests, some at one table."""
    chance = Random(seed)
    often, together = ((1, 1, 2) * number)[:number], chance.sample(range(number), number // 3)
    truth = {}
    for year in YEARS:
        units = {f"p{n}": Unit(f"h{n}", n % 5 == 0, frozenset({("kind", KINDS[n % 2])})) for n in range(number)}
        talks = {
            f"{year[0]}-{n}-{time}": Talk(
                frozenset({f"p{n}"}),
                frozenset({f"h{n}", f"x{year[0]}-{n}"} if time else {f"h{n}"}),
                frozenset({("form", "gesprek")}),
                f"{year[0]}-0{time + 1}",
            )
            for n in range(number)
            for time in range(often[n])
        }
        for name, who in ((f"{year[0]}-all", together), (f"{year[0]}-two", together[:2])):
            met = frozenset(f"p{n}" for n in who), frozenset(f"h{n}" for n in who)
            talks[name] = Talk(*met, frozenset({("form", "bezoek")}), f"{year[0]}-07")
        truth[year] = Records(units, talks)
    return truth


@pytest.mark.parametrize("seed", range(10))
def test_who_can_change_places_takes_along_what_is_its_own(seed: int) -> None:
    truth = many_alike(seed, 24)
    one, other = with_stand_ins(truth), with_stand_ins(renamed(truth, seed + 1))
    for publication, records in truth.items():
        assert one[publication] == other[publication]
        assert Counter(map(len, talks_of(records).values())) == Counter(map(len, talks_of(one[publication]).values()))
        assert all(talk.holdings >= {one[publication].units[each].holding for each in talk.units}
                   for talk in one[publication].talks.values())  # fmt: skip


def talks_of(records: Records) -> dict[str, list[str]]:
    """Per organisation its conversations."""
    return {name: [each for each, talk in records.talks.items() if name in talk.units] for name in records.units}


def test_of_a_hundred_that_can_change_places_none_is_set_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds, refine = list[int](), stand_ins._Refined._refine_once

    def counted(refined: stand_ins._Refined) -> None:
        rounds.append(1)
        refine(refined)

    monkeypatch.setattr(stand_ins._Refined, "_refine_once", counted)
    with_stand_ins(many_alike(0, 100))
    assert len(rounds) < 2 * stand_ins.ROUNDS  # for everybody who is set apart there are as many more


@pytest.mark.parametrize("seed", range(5))
def test_nothing_but_the_ids_is_otherwise(seed: int) -> None:
    truth = a_truth(seed)
    made = with_stand_ins(truth)
    for publication, records in truth.items():
        units, talks = records.units.values(), records.talks.values()
        new_units, new_talks = made[publication].units.values(), made[publication].talks.values()
        assert Counter((u.named, u.codes) for u in units) == Counter((u.named, u.codes) for u in new_units)
        assert Counter((len(t.units), len(t.holdings), t.codes, t.month) for t in talks) == Counter(
            (len(t.units), len(t.holdings), t.codes, t.month) for t in new_talks
        )


def test_an_organisation_and_its_holding_are_the_same_in_every_publication() -> None:
    truth = a_truth(3)
    made = with_stand_ins(truth)
    held: dict[str, set[str]] = {}
    for records in made.values():
        for name, unit in records.units.items():
            held.setdefault(name, set()).add(unit.holding)
    assert len(held) == len({name for records in truth.values() for name in records.units})
    assert {len(each) for each in held.values()} == {1}
