"""What a record says, without where it stands and in which order: two records that say the same are the same."""

from __future__ import annotations

from hashlib import sha256

from tweeluik.source.records import TRAITS, Conversation, Former, Partner

Told = tuple[object, ...]

_DIGITS = 10


def told(partner: Partner) -> Told:
    """Of an organisation."""
    return (
        partner.id, partner.name, frozenset(partner.aliases), partner.registration, partner.rsin, partner.kind,
        partner.region, partner.umbrella, partner.traceable_to_persons,
        tuple(sorted(((each.start, each.until) for each in partner.endorsed), key=str)),
        frozenset((each.year, frozenset(each.measures)) for each in partner.collaborations),
        frozenset((each.edition, each.consent, each.withdrawn) for each in partner.named_in),
        frozenset(map(_former, partner.before)), partner.ended, frozenset(partner.successors),
    )  # fmt: skip


def _former(former: Former) -> Told:
    aliases = None if former.aliases is None else frozenset(former.aliases)
    return (former.until, aliases, *(getattr(former, trait) for trait in TRAITS if trait != "aliases"))


def told_of(conversation: Conversation) -> Told:
    """Of a conversation."""
    each = conversation
    return each.date, frozenset(each.partners), each.context, each.form, each.subject, frozenset(each.measures)


def digest(conversation: Conversation) -> str:
    """Stands for a conversation, that has no id, in a spreadsheet: the same as long as it says the same."""
    each = conversation
    words = (str(each.date), *sorted(each.partners), each.context, each.form, each.subject, *sorted(each.measures))
    return "g-" + sha256("\n".join(words).encode()).hexdigest()[:_DIGITS]
