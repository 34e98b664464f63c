"""Organisations and conversations as the text of source files, as a person would type them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tools.example.conversations import Conversation
from tools.example.organisations import Former, Naming, Organisation

NOTE = "# Verzonnen voorbeeld: "
AWKWARD = ": #'\"&{}[],"


def partners_file(organisations: Iterable[Organisation]) -> str:
    """A file of organisations."""
    blocks = ("\n".join(_organisation_lines(each)) for each in organisations)
    return f"{NOTE}deze organisaties bestaan niet.\n\n" + "\n\n".join(blocks) + "\n"


def _organisation_lines(organisation: Organisation) -> Iterable[str]:
    yield f"- id: {organisation.id}"
    yield f"  name: {_text(organisation.name)}"
    if organisation.aliases:
        yield f"  aliases: [{', '.join(map(_text, organisation.aliases))}]"
    if organisation.registration:
        yield f'  registration: "{organisation.registration}"'
    yield f"  kind: {organisation.kind}"
    yield f"  region: {organisation.region}"
    if organisation.umbrella:
        yield f"  umbrella: {organisation.umbrella}"
    yield f"  traceable_to_persons: {'true' if organisation.traceable else 'false'}"
    yield from _endorsed(organisation)
    if organisation.measures:
        yield "  collaborations:"
    for year, measures in organisation.measures.items():
        yield f"    - {{year: {year}, measures: [{_quoted(measures)}]}}"
    if organisation.named_in:
        yield "  named_in:"
    yield from (f"    - {_naming(each)}" for each in organisation.named_in)
    if organisation.before:
        yield "  before:"
    yield from (f"    - {_former(each)}" for each in organisation.before)
    if organisation.ended:
        yield f"  ended: {organisation.ended}"
        yield f"  successor: {organisation.successor}"


def _endorsed(organisation: Organisation) -> Iterable[str]:
    if organisation.endorsed_until:
        again = f", {{from: {organisation.endorsed_again}}}" if organisation.endorsed_again else ""
        yield f"  endorsed: [{{from: {organisation.endorsed}, until: {organisation.endorsed_until}}}{again}]"
    elif organisation.endorsed:
        yield f"  endorsed: {organisation.endorsed}"


def _former(former: Former) -> str:
    return f"{{until: {former.until}, {', '.join(f'{key}: {_text(value)}' for key, value in former.was.items())}}}"


def _naming(naming: Naming) -> str:
    withdrawn = f", withdrawn: {naming.withdrawn}" if naming.withdrawn else ""
    return f'{{edition: "{naming.edition}", consent: {naming.consent}{withdrawn}}}'


def conversations_yaml(conversations: Iterable[Conversation]) -> str:
    """A year of conversations as YAML, one a line."""
    return f"{NOTE}deze gesprekken zijn niet gevoerd.\n" + "".join(map(_conversation_line, conversations))


def _conversation_line(conversation: Conversation) -> str:
    measures = f", measures: [{_quoted(conversation.measures)}]" if conversation.measures else ""
    partners = ", ".join(conversation.partners)
    return (
        f"- {{date: {conversation.day}, partners: [{partners}], context: {conversation.context}, "
        f"form: {conversation.form}{measures}, subject: {conversation.subject}}}\n"
    )


def conversations_csv(conversations: Iterable[Conversation]) -> str:
    """A year of conversations as CSV; no comment fits in there."""
    rows = (
        f"{each.day},{';'.join(each.partners)},{each.context},{each.form},{';'.join(each.measures)},{each.subject}\n"
        for each in conversations
    )
    return "date,partners,context,form,measures,subject\n" + "".join(rows)


def _quoted(codes: Sequence[str]) -> str:
    return ", ".join(f'"{code}"' for code in codes)


def _text(text: str) -> str:
    if any(each in AWKWARD for each in text.replace(" ", "")):
        return '"' + text.replace('"', '\\"') + '"'
    return text
