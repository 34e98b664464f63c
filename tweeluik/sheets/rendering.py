"""Records -> lines of YAML, as the manual writes them: a key a line, years and former values on one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from tweeluik.source.records import TRAITS, Collaboration, Conversation, Endorsement, Former, Naming, Partner

_SAFE = re.compile(r"[^\W\d_](?:[\w .’'-]*[\w.’])?")
"""Text that YAML takes for nothing else, whatever stands around it."""

_WORDS_OF_YAML = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null", "none"))

KEYS = (
    "id", "name", "aliases", "registration", "rsin", "kind", "region", "umbrella", "traceable_to_persons", "endorsed",
    "collaborations", "named_in", "before", "ended", "successor",
)  # fmt: skip
"""Of an organisation, in the order in which they are written."""

LISTS = ("collaborations", "named_in", "before")
"""Keys with a list of records, one on a line."""


def partner_entries(partner: Partner) -> dict[str, list[str]]:
    """Per key that is there its lines, without the indentation of the record."""
    values = {
        "id": text(partner.id),
        "name": text(partner.name),
        "aliases": _listed(partner.aliases),
        "registration": _maybe(partner.registration),
        "rsin": _maybe(partner.rsin),
        "kind": text(partner.kind),
        "region": text(partner.region),
        "umbrella": _maybe(partner.umbrella),
        "traceable_to_persons": _truth(partner.traceable_to_persons),
        "endorsed": _endorsed(partner.endorsed),
        "ended": str(partner.ended or ""),
        "successor": text(partner.successors[0]) if len(partner.successors) == 1 else _listed(partner.successors),
    }
    found = {key: [f"{key}: {value}"] for key, value in values.items() if value}
    for key in LISTS:
        if items := list_items(partner, key):
            found[key] = [f"{key}:", *(f"  - {item}" for item in items.values())]
    return {key: found[key] for key in KEYS if key in found}


def list_items(partner: Partner, key: str) -> dict[str, str]:
    """The items of one of the lists, each by what tells it from the others: its year, its edition or its day."""
    if key == "collaborations":
        return {str(each.year): _collaboration(each) for each in partner.collaborations}
    if key == "before":
        return {str(each.until): _former(each) for each in partner.before}
    return {each.edition: _naming(each) for each in partner.named_in}


def render_partners(partners: Iterable[Partner]) -> str:
    """A file of organisations."""
    return "\n".join("".join(f"{line}\n" for line in record_lines(each)) for each in partners)


def record_lines(partner: Partner) -> list[str]:
    """The lines of one record in a list."""
    lines = [line for entry in partner_entries(partner).values() for line in entry]
    return [f"{'  ' if at else '- '}{line}" for at, line in enumerate(lines)]


def render_conversations(conversations: Iterable[Conversation]) -> str:
    """A file of conversations, one on a line."""
    return "".join(f"- {conversation_entry(each)}\n" for each in conversations)


def text(written: str) -> str:
    """Text as YAML has it: in quotes, unless nothing else can be made of it."""
    is_plain = _SAFE.fullmatch(written) is not None and written.casefold() not in _WORDS_OF_YAML
    return written if is_plain else quoted(written)


def quoted(written: str) -> str:
    """Text in quotes."""
    return json.dumps(written, ensure_ascii=False)


def _maybe(written: str | None) -> str:
    return "" if written is None else text(written)


def _listed(texts: Iterable[str]) -> str:
    items = ", ".join(map(_in_list, texts))
    return f"[{items}]" if items else ""


def _in_list(written: str) -> str:
    """Ids and words stand as they are, codes with digits in quotes: `1.10` is a number without them."""
    return written if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", written) and text(written) == written else quoted(written)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _endorsed(periods: tuple[Endorsement, ...]) -> str:
    if len(periods) == 1 and periods[0].until is None:
        return str(periods[0].start)
    items = (_flow({"from": str(each.start), "until": str(each.until or "")}) for each in periods)
    return f"[{', '.join(items)}]" if periods else ""


def _collaboration(each: Collaboration) -> str:
    return _flow({"year": str(each.year), "measures": f"[{', '.join(map(quoted, sorted(each.measures)))}]"})


def _naming(each: Naming) -> str:
    withdrawn = str(each.withdrawn or "")
    return _flow({"edition": quoted(each.edition), "consent": str(each.consent), "withdrawn": withdrawn})


def _former(each: Former) -> str:
    told: dict[str, str] = {trait: _told(getattr(each, trait)) for trait in TRAITS}
    return _flow({"until": str(each.until), **told})


def _told(value: str | bool | tuple[str, ...] | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _truth(value)
    if isinstance(value, tuple):
        return _listed(value) or "none"
    return value if value == "none" else _in_list(value)


def conversation_entry(each: Conversation) -> str:
    """A conversation on one line, between braces."""
    return _flow({
        "date": str(each.date),
        "partners": _listed(each.partners),
        "context": each.context,
        "form": _in_list(each.form),
        "measures": f"[{', '.join(map(quoted, each.measures))}]" if each.measures else "",
        "subject": each.subject,
    })  # fmt: skip


def _flow(values: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in values.items() if value)}}}"
