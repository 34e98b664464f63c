"""The whole source."""

from __future__ import annotations

from dataclasses import dataclass, field

from tweeluik.problems import Place, Problem
from tweeluik.source.records.codes import Agenda, Vocabulary
from tweeluik.source.records.confidentiality import Record
from tweeluik.source.records.conversations import Conversation
from tweeluik.source.records.editions import Edition
from tweeluik.source.records.organisations import Judgement, Partner
from tweeluik.source.records.settings import Page, Phrase, Policy, Report, Shell


@dataclass(frozen=True, slots=True, repr=False)
class Source(Record):
    """The whole source. Every tuple is sorted by id, code or date, never in the order of the files."""

    report: Report
    policy: Policy
    agenda: Agenda
    vocabulary: Vocabulary
    partners: tuple[Partner, ...]
    conversations: tuple[Conversation, ...]
    editions: tuple[Edition, ...]
    pages: tuple[Page, ...]
    place: Place
    judgements: tuple[Judgement, ...] = ()
    wording: tuple[Phrase, ...] = ()
    protection_key: str | None = None
    """`protection.key`: 64 hexadecimal digits that keep the choices of protection from being guessed."""
    doubts: tuple[Problem, ...] = field(default=(), compare=False)
    """What was read and may not be what was meant; no part of what a source says."""

    @property
    def shell(self) -> Shell:
        """What is public as it stands."""
        return Shell(self.report, self.pages, self.place, self.wording)
