"""Meetings with partners: `conversations/`."""

from __future__ import annotations

from tweeluik.source import record_rules as within
from tweeluik.source import saying
from tweeluik.source.days import Day
from tweeluik.source.records import Conversation
from tweeluik.source.references import Refers
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import Choice
from tweeluik.source.value_types import Many

CONVERSATION = Shape("conversation", "Een gesprek met een of meer partners.", Conversation, (
    Field("date", Day(), "Datum."),
    Field("partners", Many(Refers("partner"), distinct=""), "Kenmerken van de partners."),
    Field("context", Choice(("agenda", "society")), "agenda: voor de Actieagenda. society: ander contact."),
    Field("form", Refers("form"), "Code van de vorm."),
    Field("measures", Many(Refers("measure"), distinct=""), "Codes van de maatregelen. Verplicht bij agenda.",
          required=False, absent=()),
    Field("subject", Choice(("integratie-en-samenleven", "overig")), "Onderwerp."),
), rules=(within.agenda_has_measures, within.not_long_ago), also=saying.all_of(
    saying.where("context", "agenda", needs=("measures",)), saying.not_like("date", "^(?:0|1[0-8])"),
))  # fmt: skip
