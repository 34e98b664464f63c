"""Rows -> what becomes of each: new, changed, known already, or given back with the reason. No row is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from tweeluik.sheets import conversation_rows, dates, updating
from tweeluik.sheets.answers import Answers
from tweeluik.sheets.changes import Change
from tweeluik.sheets.codes import codes_of
from tweeluik.sheets.conversation_rows import find_changes, is_alike, read_conversation
from tweeluik.sheets.headings import AGREED, YEAR
from tweeluik.sheets.lines import Line, Where, find_oddities
from tweeluik.sheets.matching import Identity, Matcher
from tweeluik.sheets.misfits import DoesNotFit, Misfit
from tweeluik.sheets.partner_rows import Given, find_shared_numbers, read_identity, read_partner
from tweeluik.sheets.sameness import Told, digest, told_of
from tweeluik.sheets.terms import Words
from tweeluik.sheets.updating import find_missing, new_partner, update
from tweeluik.source.records import Conversation, Partner, Source
from tweeluik.words.said import said

Status = Literal["new", "changed", "known", "returned"]


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of a row; `partner` is the id of the organisation it is about, where that is known."""

    line: Line
    status: Status
    partner: str | None = None
    changes: tuple[Change, ...] = ()
    misfits: tuple[Misfit, ...] = ()


@dataclass(slots=True)
class Taken:
    """What the rows of a file come to."""

    outcomes: dict[Where, Outcome] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    """Every organisation that is new or changed, as it becomes."""

    conversations: dict[Where, Conversation] = field(default_factory=dict)
    """Every conversation that is new."""

    changed: dict[Where, tuple[Conversation, Conversation]] = field(default_factory=dict)
    """Every conversation that changes: as the source has it, and as it becomes."""

    new: set[str] = field(default_factory=set)
    rows: dict[str, list[Where]] = field(default_factory=dict)
    """Per organisation that is new or changed the rows that made it so."""

    def all(self) -> tuple[Outcome, ...]:
        """In the order of the file."""
        return tuple(self.outcomes[where] for where in sorted(self.outcomes))


def take(
    lines: Sequence[Line], source: Source, answers: Answers, *, new_id: Callable[[], str],
    refused: Mapping[Where, tuple[Misfit, ...]], since: date | None = None,
) -> Taken:  # fmt: skip
    """What becomes of every row.

    Args:
        lines: all rows of the file.
        source: what is known.
        answers: what people said that words mean.
        new_id: makes an id without meaning, another one each time.
        refused: rows that turned out not to fit into the source.
        since: from which day what differs is otherwise, for rows that do not say so.
    """
    taking = _Taking(source, answers, new_id, since)
    rest: list[Odd] = []
    for line in lines:
        odd = list(refused.get(line.where, ())) or list(find_oddities(line))
        if line.where in refused or any(each.is_whole for each in odd):
            taking.give_back(line, odd)
        else:
            rest.append((line, odd))
    taking.take_partners([each for each in rest if each[0].columns.kind == "partners"])
    taking.take_conversations([each for each in rest if each[0].columns.kind == "conversations"])
    return taking.taken


Odd = tuple[Line, list[Misfit]]
"""A row, and what is odd about it as a whole."""


_NAME_OTHERS = ("umbrella", "successor")
"""Columns in which a row names other organisations."""


class _Taking:
    """What is known while the rows are taken one by one."""

    def __init__(self, source: Source, answers: Answers, new_id: Callable[[], str], since: date | None) -> None:
        self.taken = Taken()
        self._words = Words(codes_of(source), answers)
        self._matcher = Matcher(source.partners, answers)
        self._partners = {each.id: each for each in source.partners}
        self._conversations = source.conversations
        self._marks: dict[str, Told] = {}
        self._new_id = new_id
        self._since = since
        self._touched: dict[tuple[str, str], Line] = {}

    def give_back(self, line: Line, misfits: Iterable[Misfit], partner: str | None = None) -> None:
        """A row does not fit."""
        self.taken.outcomes[line.where] = Outcome(line, "returned", partner, misfits=tuple(misfits))

    # --- organisations ------------------------------------------------------------------------------------------------

    def take_partners(self, lines: Sequence[Odd]) -> None:
        """Umbrellas first: their members name them."""
        american = _american(lines)
        found = [(line, odd, *read_identity(line)) for line, odd in lines]
        shared = find_shared_numbers(identity for _, _, identity, _ in found)
        shared = {each for each in shared if not self._matcher.knows(each)}
        found.sort(key=lambda each: ("umbrella" in each[0].cells or "successor" in each[0].cells, each[0].where))
        for _, odd, identity, _ in found:
            if identity.numbers & shared and not self._matcher.takes_over(identity.id):
                odd.append(Misfit(said("this number stands with several organisations in this file: see whose it is")))
        waiting = found
        # Who names an organisation of a row further down waits for it.
        while waiting:
            known = len(self.taken.new)
            for line, odd, identity, unread in waiting:
                self._take_partner(line, identity, odd, unread, american=american)
            waiting = [each for each in waiting if self._waits(each[0])] if len(self.taken.new) > known else []

    def _waits(self, line: Line) -> bool:
        outcome = self.taken.outcomes[line.where]
        asked = [each.question for each in outcome.misfits if each.column in line.columns.named(_NAME_OTHERS)]
        return outcome.status == "returned" and any(each is not None for each in asked)

    def _take_partner(
        self, line: Line, identity: Identity, odd: list[Misfit], unread: list[Misfit], *, american: bool
    ) -> None:
        """A row with everything that does not fit in it, or else what becomes of its organisation."""
        name = line.cells.get("name")
        is_told = not unread and (name.trouble is None if name else bool(identity.id or identity.numbers))
        id_, doubts, is_new = self._find(identity) if is_told else (None, [], False)
        present = self._partners.get(id_) if id_ is not None else None
        given, wrong = read_partner(line, self._words, self._matcher, present, american=american)
        wrong = [*odd, *unread, *doubts, *wrong, *(find_missing(line.cells) if is_new else ())]
        if wrong and not (present is not None and all(each.if_changed for each in wrong)):
            self.give_back(line, {(each.what, each.column): each for each in wrong}.values(), id_)
        elif present is None:
            partner = new_partner(identity.id or self._fresh_id(), given)
            self.taken.new.add(partner.id)
            self._matcher.add(partner)
            self._keep(line, "new", partner, updating.first_told(partner), line.cells)
        else:
            given = replace(given, since=given.since or self._since)
            self._update(line, present, given, wrong, by_id=identity.id is not None)

    def _find(self, identity: Identity) -> tuple[str | None, list[Misfit], bool]:
        """The organisation that a row is about, why nobody can tell, and whether it is new for certain."""
        try:
            id_ = self._matcher.find(identity)
        except DoesNotFit as failure:
            return None, [Misfit(failure.what, question=failure.question)], False
        return id_, [], id_ is None

    def _update(self, line: Line, present: Partner, given: Given, odd: Sequence[Misfit], *, by_id: bool) -> None:
        """What a row changes; what is odd about it (`odd`) matters only if it changes anything."""
        updated = update(present, given, by_id=by_id)
        misfits = [*updated.misfits, *self._contradictions(present.id, updated.changes)]
        if misfits or (odd and updated.changes):
            self.give_back(line, [*odd, *misfits], present.id)
        elif updated.changes:
            self._keep(line, "changed", updated.partner, updated.changes, [each.key for each in updated.changes])
        else:
            self.taken.outcomes[line.where] = Outcome(line, "known", present.id)

    def _keep(
        self, line: Line, status: Status, partner: Partner, changes: tuple[Change, ...], keys: Iterable[str]
    ) -> None:
        self._partners[partner.id] = self.taken.partners[partner.id] = partner
        self.taken.rows.setdefault(partner.id, []).append(line.where)
        self._touched.update(((partner.id, key), line) for key in keys)
        self.taken.outcomes[line.where] = Outcome(line, status, partner.id, changes)

    def _contradictions(self, id_: str, changes: Iterable[Change]) -> Iterable[Misfit]:
        """What another row of the file says otherwise."""
        for change in changes:
            if (other := self._touched.get((id_, change.key))) is not None and change.key != "aliases":
                what = "another row says otherwise: keep one"
                if change.key.startswith(YEAR):
                    what = "{column}: another row says otherwise: keep one"
                yield Misfit(said(what, column=change.heading), detail=other.told)

    def _fresh_id(self) -> str:
        while (made := self._new_id()) in self._partners:
            pass
        return made

    # --- conversations ------------------------------------------------------------------------------------------------

    def take_conversations(self, lines: Sequence[Odd]) -> None:
        """A conversation that is told as often as the source has it is known; one that looks like another is asked.

        Those with the mark of an export come first: what they were is theirs.
        """
        american = _american(lines)
        left: dict[Told, list[Conversation]] = {}
        for each in reversed(self._conversations):
            left.setdefault(told_of(each), []).append(each)
        self._marks = {digest(each): told_of(each) for each in self._conversations}
        first: dict[Told, Line] = {}
        for line, odd in sorted(lines, key=lambda each: ("id" not in each[0].cells, each[0].where)):
            found, misfits = read_conversation(line, self._words, self._matcher, self._partners, american=american)
            if found is not None and left.get(told_of(found)) and all(each.if_changed for each in odd):
                left[told_of(found)].pop()
                self.taken.outcomes[line.where] = Outcome(line, "known")
            elif found is None or odd:
                self.give_back(line, (*odd, *misfits))
            elif (mark := line.cells.get("id")) is not None and self._conversations:
                self._change(line, mark.text, found, left)
            elif mark is None and (misfit := self._again(line, found, first.get(told_of(found)))) is not None:
                self.give_back(line, (misfit,))
            else:
                self.taken.conversations[line.where] = found
                self.taken.outcomes[line.where] = Outcome(line, "new", changes=conversation_rows.first_told(found))
            if found is not None:
                first.setdefault(told_of(found), line)

    def _change(self, line: Line, mark: str, found: Conversation, left: Mapping[Told, list[Conversation]]) -> None:
        """The conversation that an export put on this row says something else now."""
        of_mark = left.get(self._marks.get(mark, ()), [])
        if not of_mark:
            what = (
                "this id is that of no conversation in the source (any more): export again, "
                "or leave it empty for a new one"
            )
            self.give_back(line, (Misfit(said(what)),))
            return
        former = of_mark.pop()
        self.taken.changed[line.where] = former, found
        self.taken.outcomes[line.where] = Outcome(line, "changed", changes=find_changes(former, found))

    def _again(self, line: Line, found: Conversation, other: Line | None) -> Misfit | None:
        if line.is_agreed:
            return None
        if other is not None:
            what = "the same conversation as in another row: if it is one more, fill in ja under ‘{column}’"
        elif any(is_alike(found, each) for each in self._conversations):
            what = (
                "the source has a conversation with these organisations on that day already: if it is one more, "
                "fill in ja under ‘{column}’"
            )
        else:
            return None
        return Misfit(said(what, column=AGREED), detail=other.told if other else "", may_be_agreed=True)


def _american(lines: Iterable[Odd]) -> bool:
    """Whether somewhere the month stands in front of the day."""
    keys = ("date", "endorsed", "ended")
    return any(dates.is_american(cell) for line, _ in lines for key in keys if (cell := line.cells.get(key)))
