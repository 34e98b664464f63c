"""Readers with a belief: what they prove of a question, each attacker with the records that he knows.

Of partners the promise is: a number that is hidden may be none and may be enough, unless a rounded one told one end of
it before; one that is rounded, or only follows, is not proven to lie between, nor is any by who knows what stood still.
Of conversations: nobody is bounded to within p percent, and no sensitive sum is exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import numpy as np

from bench.attacker.published import Label, Window, parts
from bench.attacker.questions import describe, groups, hidden
from bench.attacker.reader import OUTSIDER, STILL, Attacker, Finding, Reader
from bench.attacker.space import Literal, Question, Statement, View
from bench.attacker.truth import Seen, Talk

FEWEST_FOR_A_SUM = 3
OF_PARTNERS = ("kind", "region")
"""What conversations have from their partners."""


class PartnerReader(Reader):
    """Of organisations: everybody knows those that were ever named; an insider all of its holding."""

    def _windows(self) -> list[dict[Statement, Window]]:
        """A conversation with partners of a kind or region tells that there is one."""
        windows = super()._windows()
        for n, view in enumerate(self.space.views):
            for label, window in view.sight.publication.cells.items():
                described = [pair for pair in label.pairs if pair[0] in OF_PARTNERS]
                for pair in described if label.counts == "conversations" and window.low else ():
                    row = view.rows.get(Label("partners", (pair,)))
                    if row is not None:
                        statement = Statement(n, row)
                        windows[n][statement] = windows[n][statement].meet(Window(1, None))
        return windows

    def known_to(self, attacker: str) -> frozenset[Hashable]:
        named = self.history.named
        return frozenset(each for each in self.records if each in named or self.history.holdings[str(each)] == attacker)

    def is_sensitive(self, question: Question) -> bool:
        """The threshold rule: fewer holdings than the threshold, beside those that were named."""
        return 0 < len(self._holdings(self.meeting(question) - self.known_to(OUTSIDER))) < self.history.threshold

    def try_to_tell(self, attacker: Attacker, question: Question) -> Finding | None:
        meeting = self.meeting(question)
        holdings = self._holdings(meeting - attacker.known)
        enough = self.history.threshold - (1 if attacker.name in self._holdings(meeting) else 0)
        needed = all if self._is_promised_both(question) else any
        asked = (Window(0, 0), Window(enough, None))
        if needed(self._shown(self._whole, attacker, question, window) for window in asked):
            return None
        if needed(self._is_possible(attacker, question, window) for window in asked):
            return None
        return self._found(attacker, question, len(holdings))

    def _is_promised_both(self, question: Question) -> bool:
        """Whether a hidden number may be none and may be enough.

        Where one year hides and another rounds, who knows what stood still, or supposes that nothing changed, has the
        window of the rounded number for both, and can be promised one of the two only. So can everybody where a number
        that was rounded before told that there is one, or too few.
        """
        if not hidden(self.space, question) or self.name == STILL or self._was_told_before(question):
            return False
        return self.name == "facts" or not self._is_rounded_elsewhere(question)

    def _was_told_before(self, question: Question) -> bool:
        """Whether an earlier publication rounds a number of all of these, to too few, or of some of them, to one."""
        (literal,) = question
        named = self.known_to(OUTSIDER)
        mine = self.meeting(question) - named
        for n, view in enumerate(self.space.views[: literal.statement.view]):
            for label, window in self._rounded_in(view):
                there = self.meeting(frozenset({Literal(Statement(n, view.rows[label]))}))
                by_name = len(there & named)
                few = window.high is not None and window.high - by_name < self.history.threshold
                if (few and mine <= there) or (window.low > by_name and there - named <= mine):
                    return True
        return False

    @staticmethod
    def _rounded_in(view: View) -> Iterator[tuple[Label, Window]]:
        for label, window in view.sight.publication.cells.items():
            if label.counts == "partners" and not window.silent and not window.exact:
                yield label, window

    def _is_rounded_elsewhere(self, question: Question) -> bool:
        (literal,) = question
        view = self.space.views[literal.statement.view]
        labels = {label for label, row in view.rows.items() if row == literal.statement.row}
        others = (each.sight.publication.cells for each in self.space.views if each is not view)
        windows = (cells[label] for cells in others for label in labels if isinstance(label, Label) and label in cells)
        return any(window.high is not None and not window.exact for window in windows)

    def groups_told(self, attacker: Attacker) -> list[str]:
        """Categories of which everybody can tell that all are in one other: that says of each where it is."""
        told = []
        anything = [np.zeros(len(view.table)) for view in self.space.views]
        for whole, outside in groups(self.space) if self.name != STILL else ():
            inside = self.meeting(whole) - attacker.known and not self.meeting(outside) - attacker.known
            # Where nobody could be outside, as in a pillar of one theme, that all are inside is no news.
            news = inside and bool(self.space.cheapest(anything, outside))
            if news and not self._in_fractions(attacker, outside, Window(1, None)):
                told.append(describe(self.space, outside))
        return told

    def _holdings(self, organisations: frozenset[Hashable]) -> set[str]:
        return {self.history.holdings[str(each)] for each in organisations}


class TalkReader(Reader):
    """Of conversations: an insider knows those that it took part in."""

    def known_to(self, attacker: str) -> frozenset[Hashable]:
        return frozenset(each for each in self.records if attacker in self._present(each))

    def is_sensitive(self, question: Question) -> bool:
        """Fewer than three contributors, or the p% rule: without the first two less is left than p% of the first."""
        meeting, contributions = self.meeting(question), self.contributions(question)
        if len(contributions) < FEWEST_FOR_A_SUM:
            return bool(contributions)
        ranked = sorted(contributions, key=lambda each: (-len(contributions[each]), each))
        first = contributions[ranked[0]]
        rest = min(len(meeting - first - contributions[each]) for each in ranked[1:])
        return 100 * rest < self._p * len(first)

    def contributions(self, question: Question) -> dict[str, frozenset[Hashable]]:
        """Per holding the conversations it took part in with a partner of the kind and region that are asked for."""
        found: dict[str, set[Hashable]] = {}
        for talk in self.meeting(question):
            for organisation in self._contributors(talk, question):
                found.setdefault(self.history.holdings[organisation], set()).add(talk)
        return {holding: frozenset(talks) for holding, talks in found.items()}

    def _contributors(self, talk: Hashable, question: Question) -> frozenset[str]:
        """Who is of all kinds and regions that are asked for; where nobody is, of one; where none is, everybody."""
        held = [(each.statement.view, self._asked(each.statement)) for each in question if each.holds]
        described = [each for each in held if not each[1].keys().isdisjoint(OF_PARTNERS)] or held
        found = [self._who_is(talk, view, asked) for view, asked in described]
        return frozenset.intersection(*found) or frozenset().union(*found)

    def _who_is(self, talk: Hashable, view: int, asked: dict[str, str]) -> frozenset[str]:
        met = self.history.met[view]
        there = self._talk(talk).partners & met.keys()
        return frozenset(each for each in there if any(self._is(seen, asked) for seen in met[each]))

    def _asked(self, statement: Statement) -> dict[str, str]:
        rows = self.space.views[statement.view].rows
        label = next(name for name, row in rows.items() if row == statement.row)
        return dict(label.pairs) if isinstance(label, Label) else {}

    @staticmethod
    def _is(seen: Seen, asked: dict[str, str]) -> bool:
        return all(name not in asked or getattr(seen, name) in parts(asked[name]) for name in OF_PARTNERS)

    def try_to_tell(self, attacker: Attacker, question: Question) -> Finding | None:
        contributions = self.contributions(question)
        others = sorted(
            (each for each in contributions if each != attacker.name),
            key=lambda each: (-len(contributions[each]), each),
        )
        if not others:
            return None  # fmt: skip
        meeting, victim = self.meeting(question), contributions[others[0]]
        true = len(meeting - attacker.known)
        asked: Sequence[tuple[Window, ...]] = ((Window(0, true - 1), Window(true + 1, None)),) if true else ()
        if hidden(self.space, question):
            mine = meeting & attacker.known
            enough = -(-len(victim) * (100 + self._p) // 100) + len(mine - victim) - len(mine)
            # From an outsider the number itself is hidden; of a holding only a bound on what another had is promised.
            most = max(enough, true + 1) if attacker.name == OUTSIDER else enough
            asked = (*asked, (Window(most, None),)) if most > 0 else asked
        for windows in asked:
            if not any(self._shown(self._whole, attacker, question, each) for each in windows) and not any(
                self._is_possible(attacker, question, each) for each in windows
            ):
                return self._found(attacker, question, len(others))
        return None

    @property
    def _p(self) -> int:
        return self.history.last.p_percent

    def _talk(self, number: Hashable) -> Talk:
        return self.history.talks[int(str(number))]

    def _present(self, number: Hashable) -> set[str]:
        return {self.history.holdings[each] for each in self._talk(number).partners}
