"""The letter's rules: which organisations and conversations an edition is about.

Kamerstuk 32 824 nr. 447 (19 December 2024) sets them; the numbers L1 to L8 are those of `docs/architecture.md`. A rule
answers one question about one organisation in one edition. Rules are asked in order, and the first that is not met
leaves the organisation out, by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tweeluik.selection.reference import Reference
from tweeluik.source.records import Conversation, Edition, Partner, Population, Source

CONVERSATION_PARTNERS: Population = "conversation-partners"
AGENDA_PARTNERS: Population = "agenda-partners"


class Facts:
    """What the rules need to know about one edition, looked up once."""

    def __init__(self, source: Source, edition: Edition) -> None:
        self.edition = edition
        self.conversations_per_year = source.policy.conversations_per_year.value
        self.reference = Reference(source, edition)
        self._source = source

    @cached_property
    def kinds_left_out(self) -> frozenset[str]:
        """Codes of the kinds of organisation that the letter leaves out."""
        return frozenset(term.code for term in self._source.vocabulary.kinds if term.left_out is not None)

    @cached_property
    def structural(self) -> Mapping[tuple[str, int], frozenset[int]]:
        """Conversations on integration and living together, inside the period, by position, per (partner id, year)."""
        found = defaultdict[tuple[str, int], set[int]](set)
        for position, conversation in enumerate(self._source.conversations):
            if is_on_integration(self, conversation) and is_in_period(self, conversation):
                for partner in conversation.partners:
                    found[partner, conversation.date.year].add(position)
        return {key: frozenset(positions) for key, positions in found.items()}

    def talks(self, partner: Partner, year: int) -> int:
        """How many of these there were in a year with an organisation or with whom it continues."""
        line = self.reference.succession.line(partner.id)
        return len(frozenset[int]().union(*(self.structural.get((each.id, year), ()) for each in line)))


# --- organisations ----------------------------------------------------------------------------------------------------


def is_civil_society(facts: Facts, partner: Partner) -> bool:
    """L3: no governments, no executive bodies of government, no government research bodies."""
    return partner.kind not in facts.kinds_left_out


def is_not_traceable_to_persons(_facts: Facts, partner: Partner) -> bool:
    """L2: not traceable to one or a few persons."""
    return not partner.traceable_to_persons


def is_structural(facts: Facts, partner: Partner) -> bool:
    """L1: in every calendar year that the period touches, enough conversations inside the period (1, by the letter)."""
    asked = facts.conversations_per_year
    return all(facts.talks(partner, year) >= asked for year in facts.edition.covered.years)


def works_in_agenda(facts: Facts, partner: Partner) -> bool:
    """L6: worked together in the Actieagenda, on at least one measure, in a year of the period."""
    years = facts.edition.covered.years
    return any(each.year in years and each.measures for each in partner.collaborations)


def has_endorsed(facts: Facts, partner: Partner) -> bool:
    """L7: endorses the aims of the Actieagenda and the values of the open and free society on the reference date."""
    day = min(facts.edition.reference_date, partner.ended or date.max)
    return any(day in each for each in partner.endorsed)


@dataclass(frozen=True, slots=True)
class PartnerRule:
    """A rule about organisations, and the populations that it holds for."""

    number: str
    name: str
    holds: Callable[[Facts, Partner], bool]
    populations: frozenset[Population]


BOTH = frozenset({CONVERSATION_PARTNERS, AGENDA_PARTNERS})

PARTNER_RULES = (
    PartnerRule("L3", "civil society, not government", is_civil_society, BOTH),
    PartnerRule("L2", "not traceable to one or a few persons", is_not_traceable_to_persons, BOTH),
    PartnerRule("L1", "structural conversation partner", is_structural, frozenset({CONVERSATION_PARTNERS})),
    PartnerRule("L6", "worked together in the Actieagenda", works_in_agenda, frozenset({AGENDA_PARTNERS})),
    PartnerRule("L7", "endorses the aims on the reference date", has_endorsed, frozenset({AGENDA_PARTNERS})),
)

# --- conversations ----------------------------------------------------------------------------------------------------


def is_in_period(facts: Facts, conversation: Conversation) -> bool:
    """Inside the period of the edition, first and last day included."""
    return conversation.date in facts.edition.covered


def is_on_integration(_facts: Facts, conversation: Conversation) -> bool:
    """L1: about integration and living together."""
    return conversation.subject == "integratie-en-samenleven"


def is_in_agenda(_facts: Facts, conversation: Conversation) -> bool:
    """L8: contacts outside the Actieagenda, to keep in touch with society, are not reported on."""
    return conversation.context == "agenda"


CONVERSATION_RULES: Mapping[Population, tuple[Callable[[Facts, Conversation], bool], ...]] = {
    CONVERSATION_PARTNERS: (is_in_period, is_on_integration),
    AGENDA_PARTNERS: (is_in_period, is_in_agenda),
}

# --- editions ---------------------------------------------------------------------------------------------------------


def publishes_numbers(edition: Edition) -> bool:
    """L4, L5: the conversation partners are for inspection only; the public learns that there is a list, no numbers.

    An edition that is taken back says why, and shows none either.
    """
    return edition.population == AGENDA_PARTNERS and not edition.is_withdrawn


def is_named(partner: Partner, edition: Edition) -> bool:
    """Whether an organisation consented to be named in this edition and did not withdraw that."""
    return any(each.edition == edition.id and each.withdrawn is None for each in partner.named_in)


# --- selection --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class LeftOut:
    """An organisation outside an edition, and the first rule that it does not meet."""

    partner: Partner
    rule: PartnerRule


@dataclass(frozen=True, slots=True, repr=False)
class Selection:
    """Who and what an edition is about: its partners as they were on the reference date.

    `holding` maps every partner id to its umbrella on that day, or to itself; of either the oldest that it continues.
    `continued`: who had ended by then and is counted with those who continue it; the conversations name these.
    """

    edition: Edition
    partners: tuple[Partner, ...]
    conversations: tuple[Conversation, ...]
    left_out: tuple[LeftOut, ...]
    holding: Mapping[str, str]
    reference: Reference
    continued: Mapping[str, tuple[str, ...]]


def select(source: Source, edition: Edition) -> Selection:
    """Apply the rules of the edition's population to every organisation and every conversation."""
    facts = Facts(source, edition)
    reference, succession = facts.reference, facts.reference.succession
    verdicts = [(partner, next(unmet(facts, partner), None)) for partner in reference.partners]
    meeting = frozenset(partner.id for partner, rule in verdicts if rule is None)
    heirs = ((partner.id, succession.heirs(partner.id, meeting)) for partner in reference.partners)
    continued = {partner: found for partner, found in heirs if found}
    return Selection(
        edition=edition,
        partners=tuple(partner for partner, rule in verdicts if rule is None and partner.id not in continued),
        conversations=_conversations(facts, source, meeting - continued.keys(), continued),
        left_out=tuple(LeftOut(each, rule) for each, rule in verdicts if rule is not None and each.id not in continued),
        holding={each.id: succession.oldest(each.umbrella or each.id) for each in reference.partners},
        reference=reference,
        continued=continued,
    )


def unmet(facts: Facts, partner: Partner) -> Iterator[PartnerRule]:
    """The rules of the edition's population that an organisation does not meet, in their order."""
    asked = (rule for rule in PARTNER_RULES if facts.edition.population in rule.populations)
    return (rule for rule in asked if not rule.holds(facts, partner))


def _conversations(
    facts: Facts, source: Source, kept: frozenset[str], continued: Mapping[str, tuple[str, ...]]
) -> tuple[Conversation, ...]:
    rules = CONVERSATION_RULES[facts.edition.population]
    counted = (each for each in source.conversations if all(rule(facts, each) for rule in rules))
    told = (_as_continued(each, continued) for each in counted)
    return tuple(each for each in told if not kept.isdisjoint(each.partners))


def _as_continued(conversation: Conversation, continued: Mapping[str, tuple[str, ...]]) -> Conversation:
    """A conversation with those who continue its partners in their place."""
    if continued.keys().isdisjoint(conversation.partners):
        return conversation
    partners = {heir for each in conversation.partners for heir in continued.get(each, (each,))}
    return replace(conversation, partners=tuple(sorted(partners)))
