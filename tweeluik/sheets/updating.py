"""What a row says of an organisation that the source knows -> that organisation as it is from now on, and what changed.

What an organisation is (its name, kind, region, umbrella, number, whether it is traceable) changes from a day on, and
the past keeps what it was; or the source was wrong, and somebody says so. Nothing is ever taken away by an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from tweeluik.problems import Place
from tweeluik.sheets import histories
from tweeluik.sheets.changes import Change, shown, shown_periods
from tweeluik.sheets.headings import PARTNERS, YEAR
from tweeluik.sheets.misfits import DoesNotFit, Misfit
from tweeluik.sheets.partner_rows import CORRECTION, Given, Since
from tweeluik.source.past import DAY
from tweeluik.source.records import NONE, TRAITS, Collaboration, Endorsement, Former, Partner, Trait
from tweeluik.words.folding import letters
from tweeluik.words.said import Said, all_of, said

NOWHERE = Place("")
"""The place of a record that stands in no file yet."""


class Updated(NamedTuple):
    """The organisation as it becomes, what changed, and what of the row does not fit."""

    partner: Partner
    changes: tuple[Change, ...]
    misfits: tuple[Misfit, ...]

    def __repr__(self) -> str:
        return f"<{len(self.changes)} changes, {len(self.misfits)} misfits>"


_NEEDED = ("name", "kind", "region", "traceable_to_persons")


def find_missing(told: Container[str]) -> list[Misfit]:
    """What every organisation has, and is not among these keys."""
    missing = [PARTNERS[key][0] for key in _NEEDED if key not in told]
    return [Misfit(said("a new organisation lacks {columns}", columns=all_of(missing)))] if missing else []


def new_partner(id_: str, given: Given) -> Partner:
    """An organisation that the source does not know.

    Raises:
        DoesNotFit: something is missing that every organisation has.
    """
    missing = find_missing({key for key in _NEEDED if _value(given, key) is not None})
    if missing or given.name is None or given.kind is None or given.region is None:
        raise DoesNotFit(missing[0].what)
    return Partner(
        id=id_, name=given.name, aliases=_added((given.name,), (), given.aliases), registration=given.registration,
        kind=given.kind, region=given.region, umbrella=None if given.umbrella == NONE else given.umbrella,
        traceable_to_persons=bool(given.traceable_to_persons), endorsed=_endorsements(given),
        collaborations=_with_years((), given.years), named_in=given.named_in, place=NOWHERE, ended=given.ended,
        successors=given.successors, rsin=given.rsin, before=given.before,
    )  # fmt: skip


def first_told(partner: Partner) -> tuple[Change, ...]:
    """What is told of an organisation that is new, but for its name: so a person sees how each cell was read."""
    told = {
        **{key: shown(getattr(partner, key)) for key in ("aliases", "registration", "rsin", *_SINCE_A_DAY)},
        "endorsed": shown_periods(partner.endorsed),
        **{f"{YEAR}{each.year}": shown(tuple(sorted(each.measures))) for each in partner.collaborations},
        "ended": shown(partner.ended),
        "successor": shown(partner.successors),
    }
    return tuple(Change(key, "", text) for key, text in told.items() if text)


def update(partner: Partner, given: Given, *, by_id: bool) -> Updated:
    """The organisation with what a row says.

    Args:
        partner: as the source has it.
        given: what the row says.
        by_id: the row names the id, so that another spelling of the name is meant as such.
    """
    changes: list[Change] = []
    misfits: list[Misfit] = []
    now = partner
    for step in _steps(given, by_id=by_id):
        try:
            now, change = step(now)
        except DoesNotFit as failure:
            misfits.append(Misfit(failure.what, question=failure.question))
        else:
            changes += change
    return Updated(now, tuple(changes), tuple(misfits))


Step = Callable[[Partner], tuple[Partner, list[Change]]]


def _steps(given: Given, *, by_id: bool) -> Iterator[Step]:
    yield lambda partner: _carried(partner, given)
    yield lambda partner: _named(partner, given, by_id=by_id)
    for trait in _TRAITS:
        if _value(given, trait) is not None:
            yield partial(_changed, trait=trait, told=_value(given, trait), since=given.since)
    yield lambda partner: _aliased(partner, given)
    yield lambda partner: _numbered(partner, given)
    yield lambda partner: _endorsed(partner, given)
    yield lambda partner: _worked(partner, given)
    yield lambda partner: _ended(partner, given)
    yield lambda partner: _succeeded(partner, given)


_SINCE_A_DAY: tuple[Trait, ...] = ("kind", "region", "umbrella", "traceable_to_persons")
_TRAITS: tuple[Trait, ...] = ("registration", *_SINCE_A_DAY)


def _value(given: Given, key: str) -> object:
    value: object = getattr(given, key)
    return value


# --- what changes from a day on ---------------------------------------------------------------------------------------


def _named(partner: Partner, given: Given, *, by_id: bool) -> tuple[Partner, list[Change]]:
    """Another name, when it is another name: other signs and capitals count where the row names the id."""
    name = given.name
    if name is None or name == partner.name or name in partner.aliases:
        return partner, []
    if letters(name) == letters(partner.name):
        return _set(partner, "name", name) if by_id else (partner, [])
    if any(letters(name) == letters(each) for each in partner.aliases):
        return partner, []
    return _changed(partner, "name", name, given.since) if by_id or given.since else (partner, [])


def _changed(partner: Partner, trait: Trait, told: object, since: Since | None) -> tuple[Partner, list[Change]]:
    value = None if told == NONE else told
    former: object = getattr(partner, trait)
    if value == former:
        return partner, []
    if (trait == "registration" and former is None) or since == CORRECTION:
        return _set(partner, trait, value)
    if not isinstance(since, date):
        what = (
            "{column} is otherwise in the source: fill in under ‘{since}’ the day since which it is so, "
            "or ‘{correction}’ if the source was wrong"
        )
        raise DoesNotFit(_about_since(what, PARTNERS[trait][0]))
    if any(each.until >= since - DAY for each in partner.before if getattr(each, trait) is not None):
        what = "{column}: the source has a change on that day or later already"
        raise DoesNotFit(said(what, column=PARTNERS[trait][0]))
    after, changes = _set(partner, trait, value)
    return replace(after, before=_remembered(partner, trait, former, since - DAY)), [
        each._replace(since=since) for each in changes
    ]


def _set(partner: Partner, trait: Trait, value: object) -> tuple[Partner, list[Change]]:
    values: dict[str, Any] = {trait: value}  # each of its own type
    return replace(partner, **values), [Change(trait, shown(getattr(partner, trait)), shown(value))]


def _remembered(partner: Partner, trait: Trait, former: object, until: date) -> tuple[Former, ...]:
    values: dict[str, Any] = {trait: NONE if former is None else former}
    there = next((each for each in partner.before if each.until == until), None)
    if there is not None:
        return tuple(replace(each, **values) if each is there else each for each in partner.before)
    untold: dict[str, Any] = dict.fromkeys(TRAITS)
    entry = Former(until=until, place=NOWHERE, **(untold | values))
    return tuple(sorted((*partner.before, entry), key=lambda each: each.until))


# --- what is added ----------------------------------------------------------------------------------------------------


def _aliased(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    names = [partner.name, *(each.name for each in partner.before if each.name)]
    aliases = _added(names, partner.aliases, given.aliases)
    change = Change("aliases", shown(partner.aliases), shown(aliases))
    return replace(partner, aliases=aliases), [change] if aliases != partner.aliases else []


def _added(names: list[str] | tuple[str, ...], aliases: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    known = {letters(each) for each in (*names, *aliases)}
    return (*aliases, *(each for each in more if letters(each) not in known))


def _numbered(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    if given.rsin is None or given.rsin == partner.rsin:
        return partner, []
    if partner.rsin is not None and given.since != CORRECTION:
        raise _contradicts(PARTNERS["rsin"][0])
    return replace(partner, rsin=given.rsin), [Change("rsin", shown(partner.rsin), given.rsin)]


def _endorsements(given: Given) -> tuple[Endorsement, ...]:
    return tuple(Endorsement(each.start, each.until, NOWHERE) for each in given.endorsed)


def _endorsed(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    """A first endorsement, one more after an earlier one ended, the end of one; or the source was wrong."""
    had = tuple((each.start, each.until) for each in partner.endorsed)
    told = tuple((each.start, each.until) for each in given.endorsed)
    if not told or told == had or (len(told) == 1 and told[0][1] is None and told[0][0] in {start for start, _ in had}):
        return partner, []
    goes_on = all(a[0] == b[0] and a[1] in (None, b[1]) for a, b in zip(had, told, strict=False)) and len(told) >= len(
        had
    )
    is_next = bool(had) and had[-1][1] is not None and len(told) == 1 and told[0][0] > had[-1][1]
    if had and not goes_on and not is_next and given.since != CORRECTION:
        raise _contradicts(PARTNERS["endorsed"][0])
    endorsed = (*partner.endorsed, *_endorsements(given)) if is_next and not goes_on else _endorsements(given)
    change = Change("endorsed", shown_periods(partner.endorsed), shown_periods(endorsed))
    return replace(partner, endorsed=endorsed), [change]


def _worked(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    had = {each.year: tuple(sorted(each.measures)) for each in partner.collaborations}
    changes = [
        Change(f"{YEAR}{year}", shown(had.get(year, ())), shown(measures))
        for year, measures in sorted(given.years.items())
        if had.get(year, ()) != measures
    ]
    return replace(partner, collaborations=_with_years(partner.collaborations, given.years)), changes


def _with_years(
    collaborations: tuple[Collaboration, ...], years: Mapping[int, tuple[str, ...]]
) -> tuple[Collaboration, ...]:
    found = {each.year: each for each in collaborations}
    for year, measures in years.items():
        if year not in found or tuple(sorted(found[year].measures)) != measures:
            found[year] = Collaboration(year, measures, NOWHERE)
    return tuple(found[year] for year in sorted(found) if found[year].measures)


def _ended(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    if given.ended is None or given.ended == partner.ended:
        return partner, []
    if partner.ended is not None and given.since != CORRECTION:
        raise _contradicts(PARTNERS["ended"][0])
    late = [each.year for each in _with_years(partner.collaborations, given.years) if each.year > given.ended.year]
    if late:
        raise DoesNotFit(said("the organisation ended before {year}, and worked together in that year", year=late[0]))
    return replace(partner, ended=given.ended), [Change("ended", shown(partner.ended), str(given.ended))]


def _succeeded(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    if not given.successors or given.successors == partner.successors:
        return partner, []
    if partner.ended is None:
        raise DoesNotFit(said("a successor of an organisation that still exists: fill in its last day too"))
    return replace(partner, successors=given.successors), [
        Change("successor", shown(partner.successors), shown(given.successors))
    ]


def _carried(partner: Partner, given: Given) -> tuple[Partner, list[Change]]:
    """What an export carries along says what the source says, or the source itself is to be changed."""
    told_again = replace(partner, named_in=given.named_in, before=given.before)
    for key in histories.KEYS:
        if _value(given, key) and histories.shown(told_again, key) != histories.shown(partner, key):
            raise DoesNotFit(said("{column}: change this in the source itself", column=PARTNERS[key][0]))
    return partner, []


def _contradicts(column: str) -> DoesNotFit:
    what = "{column} is otherwise in the source: fill in ‘{correction}’ under ‘{since}’ if the source was wrong"
    return DoesNotFit(_about_since(what, column))


def _about_since(what: str, column: str) -> Said:
    return said(what, column=column, since=PARTNERS["since"][0], correction=CORRECTION)
