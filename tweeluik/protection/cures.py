"""What an editor may ask for in place of tables that cannot be published: each is tried before it is advised.

Categories are taken together with their neighbours in the vocabulary, never by who is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from tweeluik.protection.keys import Pair
from tweeluik.record.model import Category
from tweeluik.selection.reference import Reference
from tweeluik.selection.rules import is_named
from tweeluik.source.records import Edition, Merge, MergedName, Protection, Source, TableSpec

METHODS: tuple[Protection, ...] = ("rounding", "suppression")
MOST_ALONE = 2
"""Tables that are tried alone."""

MERGES_FIRST = 3
"""Categories with a neighbour that are tried before another method is."""

MERGED: tuple[MergedName, ...] = ("kind", "region", "form")


@dataclass(frozen=True, slots=True)
class Cure:
    """All editions that are not published yet, one or more of them asked for otherwise; and what to tell the editor.

    `source`: where something else is asked for than of editions, who is named in them.
    """

    editions: tuple[Edition, ...]
    words: str
    source: Source | None = None


def still_tells(editions: Sequence[Edition], cure: Cure) -> Callable[[tuple[str, int], str, frozenset[Pair]], bool]:
    """Whether a version tells of partners or conversations with some categories by a cure as it would without."""
    asked, made = ({each.id: each for each in some} for some in (editions, cure.editions))

    def stays(publication: tuple[str, int], counts: str, pairs: frozenset[Pair]) -> bool:
        before, after = asked.get(publication[0]), made.get(publication[0])
        if before is None or after is None:
            return True
        merged = {(each.dimension, code) for each in after.merge if each not in before.merge for code in each.codes}
        tables = (each.dimensions for each in after.tables if each.counts == counts)
        there = any({name for name, _ in pairs} <= {*names} for names in tables)
        return there and after.protection == before.protection and merged.isdisjoint(pairs)

    return stays


def cures(
    source: Source, editions: Sequence[Edition], edition: Edition, about: Sequence[Pair], table: str = "",
    *, named: Collection[str] | None = None,
) -> Iterator[Cure]:  # fmt: skip
    """Cures for one of the editions, from those that cost a reader least.

    `about`: the categories to blame first. `table`: the one whose number is told, where one is. `named`: the names that
    everybody has from what was published before; None: nothing was.
    """

    def otherwise(changed: Edition, words: str) -> Cure:
        return Cure(_put(editions, changed), _tried(words))

    asked = sorted(edition.tables, key=lambda each: each.id != table)
    merges = [(each, words_of(each)) for each in pairs(source, edition, about)]
    crossings = [*less_crossed(edition, sorted(asked, key=lambda each: not _asks_alone(edition, each, about)))]
    tables = [(_without(edition, each), f"leave out table {each.id}") for each in asked] if asked[1:] else []
    coarser = [(each, words_of(each)) for each in halved(source, edition)]
    first = [*crossings[: 1 if table else 0], *merges[:MERGES_FIRST]]
    yield from (otherwise(*each) for each in first)
    yield from (Cure(same, _tried(_by(method))) for method, same in _by_other_methods(editions))
    yield from _fewer_names(source, editions, edition, named)
    rest = zip_longest(coarser, crossings, tables, merges[MERGES_FIRST:])
    yield from (otherwise(*each) for each in chain.from_iterable(rest) if each is not None and each not in first)


def last_resorts(source: Source, editions: Sequence[Edition], edition: Edition) -> Iterator[Cure]:
    """Less and less, where nothing gentler does: no conversations, one table, one table of few categories.

    Then the same by the other method, or with nobody named, or both.
    """
    fewer = _with_fewer_tables(edition)
    coarse = [*halved(source, fewer[-1] if fewer else edition)]
    for made in (*fewer, *coarse):
        yield Cure(_put(editions, made), _tried(*_less(edition, made)))
    # Of many ways to ask for less the least and the most: each is tried in three more.
    for made in (edition, *[*halved(source, edition)][-1:], *fewer[-1:], *coarse[-1:] * bool(fewer)):
        yield from _in_several_ways(source, _put(editions, made), edition, _less(edition, made))


def no_numbers(source: Source, editions: Sequence[Edition], edition: Edition) -> Iterator[Cure]:
    """An edition without tables, which says of itself why; and nobody named in it, which tells nothing at all."""
    bare, words = _put(editions, replace(edition, tables=())), f"leave out all tables of edition {edition.id}"
    yield Cure(bare, _tried(words))
    yield Cure(bare, _tried(words, _nobody(edition)), _without_names(source, edition, _named(source, edition)))


def _with_fewer_tables(edition: Edition) -> list[Edition]:
    asked = sorted(edition.tables, key=lambda each: (len(each.dimensions), each.counts != "partners"))
    partners = tuple(each for each in asked if each.counts == "partners")
    some = [partners, *((each,) for each in asked[:MOST_ALONE])]
    return [_only(edition, each) for each in dict.fromkeys(some) if each and len(each) < len(asked)]


def _in_several_ways(
    source: Source, editions: Sequence[Edition], edition: Edition, less: Sequence[str]
) -> Iterator[Cure]:
    """Of what is asked for the ways that `cures` did not try alone: another method, nobody named, and both."""
    named = _named(source, edition)
    nobody = (_without_names(source, edition, named), [_nobody(edition)]) if named else None
    if nobody and less:
        yield Cure(tuple(editions), _tried(*less, *nobody[1]), nobody[0])
    for method, same in _by_other_methods(editions):
        if less:
            yield Cure(same, _tried(*less, _by(method)))
        if nobody:
            yield Cure(same, _tried(*less, _by(method), *nobody[1]), nobody[0])


def _less(edition: Edition, made: Edition) -> list[str]:
    """What an editor does who asks for less: which tables go, and what is taken together."""
    gone = [] if made.tables == edition.tables else [_left_out(edition, made)]
    return [*gone, *([] if made.merge == edition.merge else [words_of(made)])]


def _tried(*words: str) -> str:
    """What to do, one thing after another."""
    first, *others = words
    return f"{'; then '.join((f'first {first}' if others else first, *others))}; that was tried and is safe"


def _by(method: Protection) -> str:
    return f"write protection: {method} in every edition that is not published yet"


def _nobody(edition: Edition) -> str:
    return f"name nobody in edition {edition.id}, and take out its named_in"


def _by_other_methods(editions: Sequence[Edition]) -> Iterator[tuple[Protection, tuple[Edition, ...]]]:
    for method in METHODS:
        if any(each.protection != method for each in editions):
            yield method, tuple(replace(each, protection=method) for each in editions)


def _fewer_names(
    source: Source, editions: Sequence[Edition], edition: Edition, named: Collection[str] | None
) -> Iterator[Cure]:
    """Only those by name who were named before; nobody. Who is named for the first time is known in all that is out."""

    def without(who: Collection[str], words: str) -> Cure:
        return Cure(tuple(editions), _tried(words), _without_names(source, edition, who))

    if named is None:
        return
    here = _named(source, edition)
    new = frozenset(each.id for each in source.partners if each.id in here and each.name not in named)
    if new and new != here:
        words = f"name in edition {edition.id} only who was named before, and take out its other named_in"
        yield without(new, words)
    if here:
        yield without(here, _nobody(edition))


def _named(source: Source, edition: Edition) -> frozenset[str]:
    return frozenset(each.id for each in source.partners if is_named(each, edition))


def _without_names(source: Source, edition: Edition, who: Collection[str]) -> Source:
    """The source in which some organisations are not named in an edition."""
    partners = (
        replace(each, named_in=tuple(one for one in each.named_in if one.edition != edition.id))
        if each.id in who else each
        for each in source.partners
    )  # fmt: skip
    return replace(source, partners=tuple(partners))


def _asks_alone(edition: Edition, table: TableSpec, about: Sequence[Pair]) -> bool:
    """Whether nothing in the edition tells of a blamed dimension any more without the columns of a table."""
    told = {name for each in _without_columns(edition, table).tables for name in each.dimensions}
    return table.columns is not None and table.columns in {name for name, _ in about} - told


def less_crossed(edition: Edition, tables: Sequence[TableSpec]) -> Iterator[tuple[Edition, str]]:
    """The edition with one of the tables without its columns, and the words for it."""
    for each in tables:
        if each.columns:
            yield _without_columns(edition, each), f"leave out columns of table {each.id}"


def _without_columns(edition: Edition, table: TableSpec) -> Edition:
    return replace(edition, tables=tuple(replace(t, columns=None) if t == table else t for t in edition.tables))


def _put(editions: Sequence[Edition], changed: Edition) -> tuple[Edition, ...]:
    """The editions, one of them in its new form."""
    return tuple(changed if each.id == changed.id else each for each in editions)


def _only(edition: Edition, tables: Sequence[TableSpec]) -> Edition:
    return replace(edition, tables=tuple(each for each in edition.tables if each in tables))


def _left_out(edition: Edition, changed: Edition) -> str:
    kept = {each.id for each in changed.tables}
    gone = ", ".join(each.id for each in edition.tables if each.id not in kept)
    return f"leave out the tables {gone}"


def _without(edition: Edition, table: TableSpec) -> Edition:
    return replace(edition, tables=tuple(each for each in edition.tables if each != table))


# --- categories taken together ----------------------------------------------------------------------------------------


def words_of(edition: Edition) -> str:
    """What an edition takes together: the line that an editor may copy."""
    merges = ", ".join(
        f'{{dimension: {each.dimension}, codes: [{", ".join(each.codes)}], label: "{each.label}"}}'
        for each in edition.merge
    )
    return f"write merge: [{merges}]"


def _sides(source: Source, edition: Edition) -> Iterator[tuple[MergedName, tuple[Category, ...]]]:
    """The dimensions of the edition's tables whose categories can be taken together."""
    reference = Reference(source, edition)
    all_ = {"kind": reference.kinds, "region": reference.regions, "form": reference.forms}
    used = {name for table in edition.tables for name in table.dimensions}
    yield from ((name, all_[name].categories) for name in MERGED if name in used and len(all_[name].categories) > 2)  # noqa: PLR2004


def pairs(source: Source, edition: Edition, about: Sequence[Pair]) -> Iterator[Edition]:
    """The edition with a blamed category and the one behind or before it as one."""
    seen: set[tuple[str, frozenset[str]]] = set()
    sides = dict(_sides(source, edition))
    for name, code in dict.fromkeys(about):
        side = next((each for each in MERGED if each == name), None)
        categories = sides.get(side, ()) if side else ()
        places = [place for place, each in enumerate(categories) if each.code == code]
        for place, near in ((p, p + step) for p in places for step in (1, -1)):
            if side and 0 <= near < len(categories):
                two = [categories[each] for each in sorted((place, near))]
                key = (name, frozenset(each.code for each in two))
                if key not in seen:
                    seen.add(key)
                    yield _together(edition, side, [two])


def halved(source: Source, edition: Edition) -> Iterator[Edition]:
    """The edition with half as many categories of a dimension, and with a quarter."""
    for size in (2, 4):
        for name, categories in _sides(source, edition):
            groups = [categories[at : at + size] for at in range(0, len(categories), size)]
            if len(groups) > 1:
                yield _together(edition, name, [each for each in groups if each[1:]])


def _together(edition: Edition, name: MergedName, groups: Sequence[Sequence[Category]]) -> Edition:
    """The edition with groups of its categories as one each; what was one already goes on in its group."""
    made = [
        Merge(name, tuple(code for each in group for code in each.code.split("+")), _label(group), edition.place)
        for group in groups
    ]
    taken = {code for each in made for code in each.codes}
    kept = (each for each in edition.merge if each.dimension != name or taken.isdisjoint(each.codes))
    return replace(edition, merge=(*kept, *made))


def _label(group: Sequence[Category]) -> str:
    *first, last = (each.label.replace('"', "’") for each in group)
    return f"{', '.join(first)} en {last}"
