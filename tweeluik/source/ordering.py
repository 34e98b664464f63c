"""Records with their lists in one order: nothing may follow from that of files or lists."""

from __future__ import annotations

from dataclasses import replace

from tweeluik.source.records import Collaboration, Conversation, Former, Partner, Term, Vocabulary


def sorted_vocabulary(vocabulary: Vocabulary) -> Vocabulary:
    """The kinds, regions and forms by their codes."""

    def in_order(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        told = (replace(term, replaces=tuple(sorted(term.replaces))) for term in terms)
        return tuple(sorted(told, key=lambda term: term.code))

    kinds, regions, forms = map(in_order, (vocabulary.kinds, vocabulary.regions, vocabulary.forms))
    return replace(vocabulary, kinds=kinds, regions=regions, forms=forms)


def sorted_partner(partner: Partner) -> Partner:
    """A partner with all its lists in order; the very same one where they are."""
    lists = {
        "aliases": tuple(sorted(partner.aliases)),
        "endorsed": tuple(sorted(partner.endorsed, key=lambda each: each.start)),
        "before": tuple(sorted(map(_sorted_former, partner.before), key=lambda each: each.until)),
        "successors": tuple(sorted(partner.successors)),
        "collaborations": tuple(sorted(map(_sorted_collaboration, partner.collaborations), key=lambda each: each.year)),
        "named_in": tuple(sorted(partner.named_in, key=lambda each: each.edition)),
    }
    is_sorted = all(getattr(partner, name) == each for name, each in lists.items())
    return partner if is_sorted else replace(partner, **lists)  # type: ignore[arg-type] # each of its own type


def _sorted_former(former: Former) -> Former:
    return former if former.aliases is None else replace(former, aliases=tuple(sorted(former.aliases)))


def _sorted_collaboration(each: Collaboration) -> Collaboration:
    measures = tuple(sorted(each.measures))
    return each if measures == each.measures else replace(each, measures=measures)


def sorted_conversation(conversation: Conversation) -> Conversation:
    """A conversation with its partners and measures in order; the very same one where they are."""
    partners, measures = tuple(sorted(conversation.partners)), tuple(sorted(conversation.measures))
    if (partners, measures) == (conversation.partners, conversation.measures):
        return conversation
    return replace(conversation, partners=partners, measures=measures)


def conversation_order(conversation: Conversation) -> tuple[object, ...]:
    """By which conversations are sorted: the day first, the place last of all."""
    each = conversation
    return each.date, each.partners, each.context, each.form, each.subject, each.measures, each.place
