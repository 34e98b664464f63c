"""Everything that must not appear in public, in every form in which it might.

Names of organisations in full, without their legal form or article and with the legal form behind them, aliases,
numbers, ids, web domains, and the usual hashes of all these: all numbers of the trade register can be hashed in
minutes, so a hash hides nothing.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tweeluik.checks.guard.leaks import Secret
from tweeluik.checks.guard.patterns import SHORTEST
from tweeluik.problems import Place
from tweeluik.record.model import Release
from tweeluik.source.past import names, numbers
from tweeluik.source.records import Partner, Source
from tweeluik.words.folding import squeeze, words
from tweeluik.words.legal_forms import part
from tweeluik.words.names import ARTICLES, ENOUGH_WITHOUT_ARTICLE, spellings

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+)\.(?:nl|org|com|eu|net|info|nu)\b", re.IGNORECASE)
_AND = re.compile(r"\s+(?:&|\+|en)\s+", re.IGNORECASE)
_HASHES = ("md5", "sha1", "sha256", "sha512")
_SELDOM = ("sha224", "sha384", "sha3_256", "blake2b")
"""Looked for in texts as they are; the usual ones also in every way of writing, and with a line end."""
_HASH_DIGITS = 12
"""Programs cut hashes short; so many digits are no chance any more."""


def withheld(source: Source, releases: Sequence[Release], superseded: Sequence[Release] = ()) -> tuple[Secret, ...]:
    """All secrets of a source, former names too. A name may stand in the folders of versions that name it so."""
    named = [
        *((f"edities/{each.edition}/", each.named) for each in releases),
        *((f"edities/{each.edition}/versie-{each.version}/", each.named) for each in superseded),
    ]
    official = tuple(dict.fromkeys(_official_labels(source)))
    labels = tuple(dict.fromkeys((*official, *_titles(source))))
    public = frozenset(word for label in official for word in _ordinary_words(label))
    secrets: dict[Secret, None] = {}
    for partner in source.partners:
        for secret in _of_partner(partner, named):
            secrets[_in_its_tier(secret, public, labels)] = None
    if source.protection_key is not None:
        secrets[Secret("distinctive", "protection key", Place("protection.key"), source.protection_key)] = None
    p = source.policy.p_percent
    if len(squeeze(p.source)) >= SHORTEST and not any(p.source in text for text in (*labels, *_prose(source))):
        secrets[Secret("distinctive", "source of p_percent", p.place, p.source)] = None
    return tuple(secrets)


# --- what the source itself says in public ----------------------------------------------------------------------------


def _official_labels(source: Source) -> Iterator[str]:
    """Their words are no sign of a name. Not so those of running text: a leak there would excuse itself."""
    agenda, vocabulary = source.agenda, source.vocabulary
    yield from (each.label for each in (*agenda.pillars, *agenda.themes, *agenda.measures))
    for term in (*vocabulary.kinds, *vocabulary.regions, *vocabulary.forms):
        yield from term.labels


def _ordinary_words(label: str) -> Iterator[str]:
    """The first word, and those without a capital: a capital further on is a name's."""
    first, *others = label.split() or ("",)
    yield from words(first)
    yield from (word for each in others if each == each.lower() for word in words(each))


def _titles(source: Source) -> Iterator[str]:
    yield from (source.report.title, source.report.publisher, source.report.contact.name)
    for edition in source.editions:
        yield from (edition.title, *(table.title for table in edition.tables))
    yield from (page.title for page in source.pages)


def _prose(source: Source) -> Iterator[str]:
    yield source.policy.threshold.source
    for edition in source.editions:
        yield from (correction.note for correction in edition.corrections)
        if edition.classification is not None:
            yield edition.classification.reason
    yield from (page.text for page in source.pages)


def _in_its_tier(secret: Secret, public: frozenset[str], labels: tuple[str, ...]) -> Secret:
    """Ordinary: too short, or made of words that the official labels use anyway."""
    if secret.hashed:
        return secret
    used = words(secret.text)
    is_name = secret.field in ("name", "alias")
    if len(squeeze(secret.text)) >= SHORTEST and not (is_name and all(word in public for word in used)):
        return secret
    name = f" {' '.join(used)} "
    longer = (label for label in labels if name in (spaced := f" {' '.join(words(label))} ") and name != spaced)
    return replace(secret, kind="ordinary", within=tuple(longer))


# --- one organisation -------------------------------------------------------------------------------------------------


def _of_partner(partner: Partner, named: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Secret]:
    for field, own in (("name", (partner.name,)), ("alias", names(partner)[1:])):
        for name in own:
            may = tuple(folder for folder, shown in named if name in shown)
            for form in dict.fromkeys(_forms(name)):
                yield Secret("distinctive", field, partner.place, form, may)
            plain = dict.fromkeys(_without_legal_form(name))
            written = (text for each in plain for text in (each, each.casefold(), "-".join(words(each))))
            yield from _hashes(written, field, partner.place)
            yield from _exact_hashes(name, field, partner.place)
    for number in numbers(partner):
        yield Secret("distinctive", "registration", partner.place, number)
        yield from _hashes((number, number.lstrip("0")), "registration", partner.place)
        yield from _exact_hashes(number, "registration", partner.place)
    yield Secret("distinctive", "id", partner.place, partner.id)
    yield from _hashes((partner.id,), "id", partner.place)
    yield from _exact_hashes(partner.id, "id", partner.place)


def _forms(name: str) -> Iterator[str]:
    """Every way to write a name, and the stem of a domain in it."""
    for plain in dict.fromkeys(_without_legal_form(name)):
        for text in dict.fromkeys((plain, _AND.sub(" & ", plain), _AND.sub(" en ", plain))):
            yield from spellings(text)
    for domain in _DOMAIN.finditer(name):
        yield domain[0]
        yield domain[1]


def _without_legal_form(name: str) -> Iterator[str]:
    """A name in full, without its legal forms, with these behind it, and without its article."""
    yield name
    bare, forms = part(name)
    yield bare
    yield from (f"{bare}, {form}" for form in forms)
    article, _, rest = bare.partition(" ")
    if article.casefold() in ARTICLES and len(squeeze(rest)) >= ENOUGH_WITHOUT_ARTICLE:
        yield rest


def _exact_hashes(text: str, field: str, place: Place) -> Iterator[Secret]:
    """Of a text as it is with seldom functions, in capitals, and with the line end that a shell puts behind it."""
    yield from _hashes((text,), field, place, _SELDOM)
    yield from _hashes((f"{text}\n", f"{text.upper()}"), field, place)
    for space in (uuid.NAMESPACE_DNS, uuid.NAMESPACE_URL):
        for made in (uuid.uuid5(space, text), uuid.uuid3(space, text)):
            yield Secret("distinctive", f"hash of the {field}", place, made.hex[:_HASH_DIGITS], hashed=True)


def _hashes(texts: Iterable[str], field: str, place: Place, functions: Sequence[str] = _HASHES) -> Iterator[Secret]:
    for text in dict.fromkeys(texts):
        for name in functions:
            digest = hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()
            yield Secret("distinctive", f"hash of the {field}", place, digest[:_HASH_DIGITS], hashed=True)
