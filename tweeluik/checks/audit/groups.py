"""Groups: all, or nearly all, of a category in one other says of each organisation in the first that it is in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tweeluik.checks.audit.counting import Counting, expression
from tweeluik.checks.audit.crowd import Bits
from tweeluik.checks.audit.lines import NO_LINES, Lines, Pairs, is_part, meaning
from tweeluik.checks.audit.published import Edition
from tweeluik.checks.audit.questions import Asked, Expression, Label, Question, less
from tweeluik.checks.audit.reality import Agenda
from tweeluik.checks.audit.within import ancestors, labels_of
from tweeluik.checks.audit.worlds import Pair, Publication

GROUP_SHARE = 90
"""More than this percentage of a cell in one category of another dimension is a group."""


def ask_about_groups(
    true: Counting,
    edition: Edition,
    cells: Mapping[tuple[str, Pairs], tuple[str, Expression]],
    agenda: Agenda,
    *,
    size: int,
    others: Iterable[Edition] = (),
    lines: Lines = NO_LINES,
) -> Iterator[Question]:
    """Whether anybody of a cell is outside the category that nearly all of it is in; of cells below `size` (0: all).

    All are those beside the named, here or ever: whoever subtracts the names sees of the others where they are.
    `others`: publications about the same organisations, whose categories are asked about where this one has them not.
    Under another name, or taken together with more, a category is no other one; nor is the only year in which who is
    in an edition can have begun. Of what is taken together here all are in one part where it is shown that nobody is in
    the others.
    """
    others = tuple(others)
    began = frozenset(_began((edition, *others)))
    labels = [label for each in (edition, *others) for label in _categories(each) if label not in began]
    told = {label.pair for label in _categories(edition)}
    labels = [each for each in labels if each.publication == edition.publication or each.pair not in told]
    here, ever = _named(true, [edition.publication]), _named(true, true.truth)
    inside = {label: true.members("partners", label) for label in labels}
    nobody = {each.publication: dict(_nobody(true, each, ever, lines)) for each in others}
    for (counts, pairs), (table, of) in cells.items():
        whole = true.members("partners", of) if counts == "partners" else 0
        beside = [rest for rest in {whole & ~here, whole & ~ever} if not 0 < size <= rest.bit_count()]
        implied = {above for pair in pairs for above in (pair, *ancestors(pair, agenda), *only_parts(pair, agenda))}
        for label in labels if beside else ():
            other = label.pair not in implied and not _is_within(pairs, label, lines)
            other = other and not _is_all_there_is(pairs, label, nobody, lines)
            if other and any(_is_in(rest, inside[label]) for rest in beside):
                why = "whether all of a category are in another"
                yield Question("partners", less(of, label), Asked.SOMEBODY, edition.id, table, why)


def _categories(edition: Edition) -> Iterator[Label]:
    """Every category of partners of which there is another."""
    lone = _lone(edition)
    return (label for label in labels_of(edition) if label.pair is not None and label.pair[0] not in lone)


def _began(editions: Sequence[Edition]) -> Iterator[Label]:
    """The only year of others over all days of the first edition in which anybody who is in it can have begun.

    Between two versions of an edition all may be otherwise, so that only the last are asked.
    """
    here, last = editions[0], {each.id: each.version for each in sorted(editions, key=lambda each: each.version)}
    for each in editions if here.version == last[here.id] else ():
        if each.period[0] <= here.period[0] and here.period[1] <= each.period[1] and each.version == last[each.id]:
            labels = [label for label in labels_of(each) if label.pair is not None and label.pair[0] == "first_year"]
            so_far = [label for label in labels if label.pair and int(label.pair[1]) <= int(here.period[1][:4])]
            yield from so_far if len(so_far) == 1 else ()


def _is_within(pairs: Pairs, label: Label, lines: Lines) -> bool:
    """Whether a category is one of these under another name, or with more."""
    wide = meaning(frozenset({label.pair} if label.pair else ()), lines)
    each = (meaning(frozenset({pair}), lines) for pair in pairs)
    return any(of == wide or is_part(of, wide) for of in each)


def _nobody(true: Counting, edition: Edition, named: Bits, lines: Lines) -> Iterator[tuple[str, frozenset[str]]]:
    """Per dimension the lines of the categories of which a publication shows that beside names nobody is in them."""
    found: dict[str, frozenset[str]] = {}
    for table in (each for each in edition.tables if each.counts == "partners"):
        for codes, cell in table.cells.items():
            _, _, pairs = edition.key(table, codes)
            if len(pairs) == 1 and cell.status == "shown":
                ((name, of),) = meaning(pairs, lines)
                if not true.members("partners", expression(edition.publication, table, codes)) & ~named:
                    found[name] = found.get(name, frozenset()) | of
    yield from found.items()


def _is_all_there_is(
    pairs: Pairs, label: Label, nobody: Mapping[Publication, Mapping[str, frozenset[str]]], lines: Lines
) -> bool:
    """Whether a category is a part of one of these, and its publication shows that nobody is in the other parts."""
    ((name, mine),) = meaning(frozenset({label.pair} if label.pair else ()), lines)
    empty = nobody.get(label.publication, {}).get(name, frozenset())
    return any(each == name and mine < of and of - mine <= empty for each, of in meaning(pairs, lines))


def _is_in(some: Bits, category: Bits) -> bool:
    """Whether nearly all of some records are in a category."""
    return 100 * (some & ~category).bit_count() < (100 - GROUP_SHARE) * some.bit_count()


def _named(true: Counting, publications: Iterable[Publication]) -> Bits:
    """Who is named in any of some publications."""
    names = {name for each in publications for name, unit in true.truth[each].units.items() if unit.named}
    return true.units.everywhere(true.units.row(sorted(names)))


def only_parts(pair: Pair, agenda: Agenda) -> Iterator[Pair]:
    """What everybody in a part of the agenda is in as well, because there is nothing else in it."""
    parts = [below for below, above in agenda.items() if above == pair]
    if len(parts) == 1:
        yield parts[0]
        yield from only_parts(parts[0], agenda)


def _lone(edition: Edition) -> frozenset[str]:
    """Dimensions of one category: everybody is in it."""
    return frozenset(side.name for table in edition.tables for side in table.sides if len(side.labels) == 1)
