"""Everything that must not appear in public, in every form in which it might.

Names of organisations in full, without their legal form or article and with the legal form behind them, aliases,
numbers, ids and web domains; of names, numbers and ids the digests too. Which of them any ordinary text may hold
follows from how often their words occur in Dutch (`words/frequency.py`), and from the labels of the source.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tweeluik.checks.guard.patterns import SHORTEST
from tweeluik.checks.guard.secret import Kind, Secret
from tweeluik.problems import Place
from tweeluik.record.model import Release
from tweeluik.source.past import names, numbers
from tweeluik.source.records import Partner, Source
from tweeluik.words.folding import squeeze, words
from tweeluik.words.frequency import are_ordinary, is_word
from tweeluik.words.legal_forms import part
from tweeluik.words.names import ARTICLES, ENOUGH_WITHOUT_ARTICLE
from tweeluik.words.spellings import spellings
from tweeluik.words.wording import CELL_STATUSES, COUNTED, DIMENSIONS, STATUSES

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+)\.(?:nl|org|com|eu|net|info|nu)\b", re.IGNORECASE)
_AND = re.compile(r"\s+(?:&|\+|en)\s+", re.IGNORECASE)
_ENOUGH_OF_A_KEY = 16
_NAMES = ("name", "alias")
_OWN_WORDS = (
    *(form for noun in (*COUNTED.values(), *DIMENSIONS.values()) for form in (noun.one, noun.other)),
    *(label for labels in (STATUSES, CELL_STATUSES) for label in labels.values()),
    "Totaal", "Aantal", "Bron", "Gegevens", "Open gegevens", "Data", "Feed", "Annex", "Edities", "Publicaties",
    "Door de jaren", "Methode", "Kalender", "Verbeteringen", "Privacy", "Toegankelijkheid", "Wat kan iemand weten",
    "kaart.png", "kaart.svg",
)  # fmt: skip
"""What the product itself writes in capitals, in cells or in the names of files, whatever the source."""
_NOTE = "Toelichting"
"""Before a note on a whole table; before one on a category stands its label."""
_OPENING = 3
"""Words with which a note begins that tell it from another sentence."""
_HEXADECIMAL = re.compile("(?<![0-9a-z])[0-9a-f]{6,}$")
_NO_COUNT = 1_000_000
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
"""Left out by a program that knows no such letters."""
_MISREAD = (("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "cp850"), ("cp850", "cp1252"), ("cp1252", "cp850"))
"""In what a text was written, and in what it was read."""


def withheld(source: Source, releases: Sequence[Release], superseded: Sequence[Release] = ()) -> tuple[Secret, ...]:
    """All secrets of a source, former names too. A name may stand in the folders of versions that name it so."""
    named = [
        *((f"edities/{each.edition}/", each.named) for each in releases),
        *((f"edities/{each.edition}/versie-{each.version}/", each.named) for each in superseded),
    ]
    official = tuple(dict.fromkeys(_official_labels(source)))
    labels = tuple(dict.fromkeys((*official, *_titles(source), *_OWN_WORDS)))
    noted = tuple(dict.fromkeys(_notes(source, (*releases, *superseded))))
    told = _telling(official, labels, noted)
    secrets: dict[Secret, None] = {}
    for partner in source.partners:
        for secret in _of_partner(partner, named):
            secrets[told(secret)] = None
    for text in _of_key(source.protection_key):
        secrets[Secret("distinctive", "protection key", Place("protection.key"), text)] = None
    p = source.policy.p_percent
    if len(squeeze(p.source)) >= SHORTEST and not any(p.source in text for text in (*labels, *_prose(source))):
        secrets[Secret("distinctive", "source of p_percent", p.place, p.source)] = None
    return tuple(secrets)


@lru_cache(maxsize=2)
def _telling(
    official: tuple[str, ...], labels: tuple[str, ...], noted: tuple[str, ...]
) -> Callable[[Secret], Secret]:  # fmt: skip
    """Says of a secret what it is beside what the source says in public; of each once, since a preview asks again."""
    public = frozenset(word for label in official for word in _ordinary_words(label))
    in_words = {label: " ".join(words(label)) for label in labels}
    heads = (*official, _NOTE)

    @lru_cache(maxsize=1 << 14)
    def told(secret: Secret) -> Secret:
        return _beside_notes(_in_its_tier(secret, public, in_words), noted, heads)

    return told


def _of_key(key: str | None) -> Iterator[str]:
    """The beginning of a key, as it is written and as its bytes are in base64: nobody guesses so much of it."""
    if key is not None:
        yield key[:_ENOUGH_OF_A_KEY]
        yield base64.b64encode(bytes.fromhex(key)).decode()[:_ENOUGH_OF_A_KEY]


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
        yield from (edition.title, *(text for table in edition.tables for text in (table.title, table.id)))
    yield from (text for page in source.pages for text in (page.title, page.slug))


def _prose(source: Source) -> Iterator[str]:
    yield source.policy.threshold.source
    for edition in source.editions:
        yield from (correction.note for correction in edition.corrections)
        if edition.classification is not None:
            yield edition.classification.reason
    yield from (page.text for page in source.pages)


def _in_its_tier(secret: Secret, public: frozenset[str], labels: Mapping[str, str]) -> Secret:
    """The text as what it is (`Kind`), with the labels that hold it, or that it begins or ends with; also as words."""
    kind = _kind(secret, public)
    if kind == "distinctive":
        ends = _at_its_ends(secret.text, frozenset(labels.values())) if secret.field in _NAMES else ()
        return replace(secret, within=tuple(dict.fromkeys(ends)))
    name = f" {' '.join(words(secret.text))} "
    longer = (
        label for label, said in labels.items() if name in (spaced := f" {said} ") and _excuses(kind, name, spaced)
    )
    return replace(secret, kind=kind, within=tuple(longer))


def _notes(source: Source, releases: Sequence[Release]) -> Iterator[str]:
    """The notes on tables and categories, of editions to come and of every version."""
    for table in (each for edition in source.editions for each in edition.tables):
        yield from (*filter(None, (table.note,)), *(each.text for each in table.notes))
    for released in (each for release in releases for each in release.tables):
        yield from (*filter(None, (released.note,)), *(each.text for each in released.notes))


def _beside_notes(secret: Secret, notes: Sequence[str], heads: Sequence[str]) -> Secret:
    """A word with which a note begins has the capital of a sentence, although a label and a colon stand before it."""
    text = " ".join(secret.text.split())
    begun = [note.split()[:_OPENING] for note in notes if note.startswith(text)] if secret.kind == "ordinary" else []
    # With the words behind it: the same word before others is a name, whoever wrote it.
    said = (f"{head}: {' '.join(opening)}" for opening in begun for head in heads)
    return replace(secret, within=tuple(dict.fromkeys((*secret.within, *said)))) if begun else secret


def _at_its_ends(name: str, labels: frozenset[str]) -> Iterator[str]:
    """The labels with which a name begins or ends."""
    parts = words(name)
    for size in range(1, len(parts)):
        yield from (text for end in (parts[:size], parts[-size:]) if (text := " ".join(end)) in labels)


def _excuses(kind: Kind, name: str, label: str) -> bool:
    """Whoever is called like a label is not told by it when the label says what its words say anyway."""
    return kind == "ordinary" or name != label


def _kind(secret: Secret, public: frozenset[str]) -> Kind:
    """By what it is made of: words of the official labels, usual words, or few letters."""
    letters = squeeze(secret.text)
    if secret.field not in _NAMES:
        return "distinctive" if len(letters) >= SHORTEST else "short"
    used = words(secret.text)
    if used and (all(word in public for word in used) or are_ordinary(used)):
        return "phrase" if _has_legal_form(secret.text) else "ordinary"
    if len(letters) >= SHORTEST:
        return "distinctive"
    return "ordinary" if used and all(word in public or is_word(word) for word in used) else "short"


def _has_legal_form(name: str) -> bool:
    return bool(part(name).forms)


# --- one organisation -------------------------------------------------------------------------------------------------


def _of_partner(partner: Partner, named: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Secret]:
    for field, own in (("name", (partner.name,)), ("alias", names(partner)[1:])):
        for name in own:
            may = tuple(folder for folder, shown in named if name in shown)
            plain, forms = _spelled(name)
            for form in forms:
                yield Secret("distinctive", field, partner.place, form, may, digested=form in plain)
    for number in numbers(partner):
        yield Secret("distinctive", "registration", partner.place, number, digested=True)
        if number.startswith("0"):
            yield from _without_zeros(number.lstrip("0"), partner.place)
    yield Secret("distinctive", "id", partner.place, partner.id, digested=True)
    yield from (Secret("short", "id", partner.place, text) for text in _of_digits(partner.id))


def _of_digits(id_: str) -> Iterator[str]:
    """The hexadecimal digits of an id, and the number that a program makes of them; few figures may count anything."""
    digits = _HEXADECIMAL.search(id_)
    if digits is not None:
        number = int(digits[0], 16)
        yield from (f"{number}",) if number >= _NO_COUNT else ()
        if not digits[0].isdigit() and not digits[0].isalpha():
            yield digits[0]


def _without_zeros(number: str, place: Place) -> Iterator[Secret]:
    """As a spreadsheet leaves it: with a decimal, and bare where nothing on a site counts so far."""
    if int(number or 0) >= _NO_COUNT:
        yield Secret("short", "registration", place, number)
    yield Secret("distinctive", "registration", place, f"{number}.0")
    yield Secret("digest", "registration", place, number, digested=True)


@lru_cache(maxsize=1 << 12)
def _spelled(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a name is without its legal form, and every way to write it; a preview asks again at every change."""
    return frozenset(_without_legal_form(name)), tuple(dict.fromkeys(_forms(name)))


def _forms(name: str) -> Iterator[str]:
    """Every way to write a name, and the stem of a domain in it."""
    for plain in dict.fromkeys(_without_legal_form(name)):
        for text in dict.fromkeys((plain, _AND.sub(" & ", plain), _AND.sub(" en ", plain))):
            yield from spellings(text)
        if not plain.isascii():
            yield from filter(squeeze, (_NOT_ASCII.sub("", plain), *_misread(plain)))
    for domain in _DOMAIN.finditer(name):
        yield domain[0]
        yield domain[1]


def _misread(name: str) -> Iterator[str]:
    """What programs make of letters that they take for another encoding's: `KoÃ¶peratie`, once and twice over.

    Not where the letters of it are a word, as those of `Ã‰Ã©n` are "aan".
    """
    for written, read in _MISREAD:
        once = name.encode(written, "ignore").decode(read, "ignore")
        for wrong in (once, once.encode(written, "ignore").decode(read, "ignore")) if read == "cp1252" else (once,):
            if not any(map(is_word, set(words(wrong)) - set(words(name)))):
                yield wrong


def _without_legal_form(name: str) -> Iterator[str]:
    """A name in full, without its legal forms, with these behind it, and without its article."""
    yield name
    bare, forms = part(name)
    yield bare
    yield from (f"{bare}, {form}" for form in forms)
    article, _, rest = bare.partition(" ")
    if article.casefold() in ARTICLES and len(squeeze(rest)) >= ENOUGH_WITHOUT_ARTICLE:
        yield rest
