"""What has to be hidden besides, where numbers of conversations tell too much together: cells that make a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tweeluik.checks.audit.questions import Expression, Label, Question
from tweeluik.checks.audit.worlds import Publication
from tweeluik.protection.keys import Key, Keys, Pair
from tweeluik.protection.protected import ProtectedEdition
from tweeluik.record.cell import TOTAL, Suppressed

Hidden = Mapping[str, frozenset[Key]]
"""Per edition what is to be hidden of it."""


def to_hide(questions: Iterable[Question], editions: Sequence[ProtectedEdition], keys: Keys, hidden: Hidden) -> Hidden:
    """What is to be hidden, with a number of each question, of the newest edition that may hide any: the last in it.

    A question in which a number is hidden for another waits: it may be answered by that. The same again: nothing is
    left to hide.
    """
    found = {edition: set(those) for edition, those in hidden.items()}
    choices = [choice for each in questions if (choice := _choice(each, editions, keys, hidden)) is not None]
    for edition, those in sorted(choices, key=lambda each: len(each[1])):
        if not found.get(edition, set()) & {*those}:
            found.setdefault(edition, set()).add(those[-1])
    return {edition: frozenset(those) for edition, those in found.items()}


def _choice(
    question: Question, editions: Sequence[ProtectedEdition], keys: Keys, hidden: Hidden
) -> tuple[str, Sequence[Key]] | None:
    """The newest edition that may hide a number of a question, and its numbers in that; None: there is none.

    Where those are all hidden, the categories beside them: what they are part of bounds the question too.
    """
    asked = tuple(dict.fromkeys(_cells(question.of)))
    for edition in reversed([each for each in editions if each.edition.protection == "suppression"]):
        shown, known = _shown(edition, keys), hidden.get(edition.edition.id, frozenset())
        cells = [pairs for publication, pairs in asked if publication == edition.publication]
        beside = [pairs for pairs in shown if {*map(_names, cells)} & {_names(pairs)}]
        for those in (cells, beside):
            mine = [shown[pairs] for pairs in those if pairs in shown and shown[pairs] not in known]
            if mine:
                return edition.edition.id, mine
    return None


def _names(pairs: frozenset[Pair]) -> frozenset[str]:
    return frozenset(name for name, _ in pairs)


def _shown(protected: ProtectedEdition, keys: Keys) -> Mapping[frozenset[Pair], Key]:
    """The numbers of conversations that are not hidden, by their categories."""
    found = {}
    for table, contents in zip(protected.tables, protected.contents, strict=True):
        for codes, content in contents.items():
            if table.spec.counts == "conversations" and not isinstance(content, Suppressed):
                sides = zip(table.dimensions, codes, strict=True)
                pairs = frozenset((side.name, code) for side, code in sides if code != TOTAL)
                found[pairs] = keys.of(table.spec.counts, table.dimensions, codes)
    return found


def _cells(of: Expression) -> Iterator[tuple[Publication, frozenset[Pair]]]:
    """The cells that a question is made of, in its order."""
    if isinstance(of, Label):
        yield of.publication, frozenset() if of.pair is None else frozenset({of.pair})
        return
    labels = [each for each in of.parts if isinstance(each, Label) and each.pair is not None]
    if len(labels) == len(of.parts) == of.least and len({each.publication for each in labels}) == 1:
        yield labels[0].publication, frozenset(each.pair for each in labels if each.pair is not None)
    for part in of.parts:
        yield from _cells(part)
