"""Meetings with partners: `conversations/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tweeluik.problems import Place
from tweeluik.source.records.confidentiality import Record

Context = Literal["agenda", "society"]
Subject = Literal["integratie-en-samenleven", "overig"]


@dataclass(frozen=True, slots=True, repr=False)
class Conversation(Record):
    """One meeting with one or more partners."""

    date: date
    partners: tuple[str, ...]
    context: Context
    form: str
    subject: Subject
    measures: tuple[str, ...]
    place: Place
