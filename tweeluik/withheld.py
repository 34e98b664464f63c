"""Everything that must not appear in public, in every form in which it might.

Names of organisations in full, without their legal form and with it behind them, aliases, numbers, ids, web domains,
and the usual hashes of all these: all numbers of the trade register can be hashed in minutes, so a hash hides nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from tweeluik.checks.folding import squeeze, words
from tweeluik.checks.leaks import SHORTEST, Secret
from tweeluik.problems import Place
from tweeluik.record import Release
from tweeluik.source.records import Partner, Source

LEGAL_FORMS = ("stichting", "vereniging", "coöperatie", "federatie", "bond", "b.v.", "bv", "n.v.", "nv", "u.a.")

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+)\.(?:nl|org|com|eu|net|info|nu)\b", re.IGNORECASE)
_HASHES = ("md5", "sha1", "sha256")
_HASHED = "hash"


def withheld(source: Source, releases: Sequence[Release]) -> tuple[Secret, ...]:
    """All secrets of a source. A name may stand in the editions whose release names it."""
    public = frozenset(word for text in _public_texts(source) for word in words(text))
    secrets: dict[Secret, None] = {}
    for partner in source.partners:
        allowed = tuple(f"edities/{each.edition}/" for each in releases if partner.name in each.named)
        secrets.update(dict.fromkeys(_of_partner(partner, public, allowed)))
    if source.protection_key is not None:
        secrets[Secret("distinctive", "protection key", Place("protection.key"), source.protection_key)] = None
    p = source.policy.p_percent
    if len(squeeze(p.source)) >= SHORTEST and not any(p.source in text for text in _public_texts(source)):
        secrets[Secret("distinctive", "source of p_percent", p.place, p.source)] = None
    return tuple(secrets)


def _public_texts(source: Source) -> Iterator[str]:
    """What the source itself says in public: its words are no sign of a name."""
    report, agenda, vocabulary = source.report, source.agenda, source.vocabulary
    yield from (report.title, report.publisher, report.contact.name, source.policy.threshold.source)
    yield from (each.label for each in (*agenda.pillars, *agenda.themes, *agenda.measures))
    yield from (each.label for each in (*vocabulary.kinds, *vocabulary.regions, *vocabulary.forms))
    for edition in source.editions:
        yield from (edition.title, *(table.title for table in edition.tables), *(c.note for c in edition.corrections))
        if edition.classification is not None:
            yield edition.classification.reason
    yield from (text for page in source.pages for text in (page.title, page.text))


def _of_partner(partner: Partner, public: frozenset[str], allowed: tuple[str, ...]) -> Iterator[Secret]:
    for field, names in (("name", (partner.name,)), ("alias", partner.aliases)):
        for name in names:
            may = allowed if field == "name" else ()
            for form in dict.fromkeys(_forms(name)):
                yield Secret(_kind(form, public), field, partner.place, form, may)
            yield from _hashes((name, name.casefold()), field, partner.place)
    if partner.registration is not None:
        yield Secret("distinctive", "registration", partner.place, partner.registration)
        yield from _hashes((partner.registration,), "registration", partner.place)
    yield Secret(_kind_of_id(partner.id), "id", partner.place, partner.id)
    yield from _hashes((partner.id,), "id", partner.place)


def _forms(name: str) -> Iterator[str]:
    """A name in full, without its legal form, with the legal form behind it, and the stem of a domain in it."""
    yield name
    first, _, rest = name.partition(" ")
    if rest and first.casefold() in LEGAL_FORMS:
        yield rest
        yield f"{rest}, {first}"
    last = name.rpartition(" ")
    if last[0] and last[2].casefold() in LEGAL_FORMS:
        yield last[0]
    for domain in _DOMAIN.finditer(name):
        yield domain[0]
        yield domain[1]


def _kind(name: str, public: frozenset[str]) -> Literal["distinctive", "ordinary"]:
    """Ordinary: too short, or made of words that the public texts use anyway."""
    if len(squeeze(name)) < SHORTEST or all(word in public for word in words(name)):
        return "ordinary"
    return "distinctive"


def _kind_of_id(text: str) -> Literal["distinctive", "ordinary"]:
    return "distinctive" if len(squeeze(text)) >= SHORTEST else "ordinary"


def _hashes(texts: Iterable[str], field: str, place: Place) -> Iterator[Secret]:
    for text in dict.fromkeys(texts):
        for name in _HASHES:
            digest = hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()
            yield Secret("distinctive", f"{_HASHED} of the {field}", place, digest)
