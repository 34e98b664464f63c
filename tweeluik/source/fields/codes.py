"""The parts of the Actieagenda and the kinds, regions and forms, over the years: `agenda.yaml`, `vocabulary.yaml`."""

from __future__ import annotations

from functools import partial

from tweeluik.source import past_rules as past
from tweeluik.source import record_rules as within
from tweeluik.source import saying
from tweeluik.source.drafts import AgendaDraft, AgendaDrafts, make_term
from tweeluik.source.records import FormerLabel, Term, Vocabulary
from tweeluik.source.references import Defines, Refers
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import Label, Reason, Text
from tweeluik.source.value_types import Many, OneOrMany, Whole

YEAR = Whole(1900, 2999)


PLURAL = Field(
    "plural",
    Text(),
    "Hoe een zin alles in deze groep noemt, in het meervoud en zonder hoofdletter, zoals vrijwilligersorganisaties.",
    required=False,
)

FORMER_LABEL = Shape("former label", "Een eerdere naam.", FormerLabel, (
    Field("until", YEAR, "Laatste jaar waarin deze naam gold."),
    Field("label", Label(), "De naam van toen."),
))  # fmt: skip

FORMER_TERM = Shape("former label", "Een eerdere naam.", FormerLabel, (*FORMER_LABEL.fields, PLURAL))


def _in_time(target: str, former: Shape[FormerLabel]) -> tuple[Field, ...]:
    return (
        Field("before", Many(former), "Eerdere namen, de oudste eerst.", required=False, absent=()),
        Field("replaces", OneOrMany(Many(Refers(target), distinct="")), "Code of codes waarvan dit het vervolg is.",
              required=False, absent=()),
    )  # fmt: skip


def _agenda_item(level: str, about: str, *parent: Field, years_required: bool = False) -> Shape[AgendaDraft]:
    make = partial(AgendaDraft, level=level) if parent else partial(AgendaDraft, level=level, parent=None)
    return Shape(level, about, make, (
        Field("code", Defines(level, once=False), "Code, tussen aanhalingstekens."),
        *parent,
        Field("label", Label(), "Naam zoals lezers die zien."),
        Field("from", YEAR, "Eerste jaar.", required=years_required, into="first"),
        Field("until", YEAR, "Laatste jaar.", required=years_required, into="last"),
        *_in_time(level, FORMER_LABEL),
    ), rules=(within.years_in_order, past.labels_in_order), also=saying.both("from", "until"))  # fmt: skip


PILLAR = _agenda_item("pillar", "Een pijler van de Actieagenda.", years_required=True)
THEME = _agenda_item(
    "theme", "Een thema.", Field("pillar", Refers("pillar"), "Code van de pijler.", into="parent"),
)  # fmt: skip
MEASURE = _agenda_item(
    "measure", "Een maatregel.", Field("theme", Refers("theme"), "Code van het thema.", into="parent"),
)  # fmt: skip

AGENDA = Shape("agenda.yaml", "De onderdelen van de Actieagenda.", AgendaDrafts, (
    Field("pillars", Many(PILLAR), "De pijlers."),
    Field("themes", Many(THEME), "De thema's."),
    Field("measures", Many(MEASURE), "De maatregelen."),
))  # fmt: skip


def _term(target: str, about: str, *more: Field) -> Shape[Term]:
    return Shape(target, about, make_term, (
        Field("code", Defines(target), "Code. De code NL staat voor landelijk." if target == "region" else "Code."),
        Field("label", Label(), "Naam zoals lezers die zien."),
        PLURAL,
        *more,
        Field("from", YEAR, "Eerste jaar waarin deze code bestaat.", required=False, into="first"),
        Field("until", YEAR, "Laatste jaar waarin deze code bestaat.", required=False, into="last"),
        *_in_time(target, FORMER_TERM),
    ), rules=(past.years_follow, past.labels_in_order))  # fmt: skip


_LEFT_OUT = Field("left_out", Reason(), "Waarom deze soort niet meetelt.", required=False)

VOCABULARY = Shape("vocabulary.yaml", "De codes en hun namen.", Vocabulary, (
    Field("kinds", Many(_term("kind", "Een soort organisatie.", _LEFT_OUT)), "Soorten organisaties."),
    Field("regions", Many(_term("region", "Een gebied.")), "Gebieden, met hun NUTS-2-code."),
    Field("forms", Many(_term("form", "Een vorm van een gesprek.")), "Vormen van gesprekken."),
))  # fmt: skip
