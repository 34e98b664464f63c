"""The Dutch words that people write where the source has an English word of its own: keys, and fixed values."""

from __future__ import annotations

from collections.abc import Container, Mapping

from tweeluik.words.folding import letters

_KEYS: Mapping[str, tuple[str, ...]] = {
    # report.yaml, policy.yaml
    "title": ("titel",), "publisher": ("uitgever", "afzender"), "contact": ("contactpersoon", "contactgegevens"),
    "email": ("e-mail", "mail", "e-mailadres", "mailadres"), "base_url": ("adres", "website", "url"),
    "licence": ("licentie", "license"), "accessibility_statement": ("toegankelijkheidsverklaring",),
    "privacy_statement": ("privacyverklaring",),
    "threshold": ("drempel", "drempelwaarde"), "approvals": ("goedkeuringen",), "value": ("waarde", "getal", "aantal"),
    "source": ("bron", "herkomst"), "conversations_per_year": ("gesprekken per jaar",), "effort": ("inspanning",),
    # agenda.yaml, vocabulary.yaml
    "pillars": ("pijlers",), "themes": ("thema's",), "measures": ("maatregelen", "maatregel"), "pillar": ("pijler",),
    "theme": ("thema",), "label": ("naam", "omschrijving", "benaming"), "kinds": ("soorten",), "regions": ("regio's",),
    "forms": ("vormen",), "left_out": ("weggelaten", "telt niet mee", "uitgesloten"), "replaces": ("vervangt",),
    # partners/
    "id": ("kenmerk", "nummer", "identificatie"), "name": ("naam", "organisatie", "naam organisatie"),
    "aliases": ("andere namen", "afkorting", "afkortingen", "alias", "ook bekend als"),
    "registration": ("kvk", "kvk-nummer", "kvknr"), "kind": ("soort", "type", "soort organisatie"),
    "region": ("regio", "gebied", "provincie"), "umbrella": ("koepel", "koepelorganisatie"),
    "traceable_to_persons": ("herleidbaar", "herleidbaar tot personen"), "endorsed": ("onderschreven", "onderschrijft"),
    "collaborations": ("samenwerking", "samenwerkingen"), "year": ("jaar",), "named_in": ("genoemd in",),
    "consent": ("toestemming",), "withdrawn": ("ingetrokken",), "ended": ("gestopt", "beëindigd", "einddatum"),
    "successor": ("opvolger",), "before": ("eerder", "vroeger", "voorheen"),
    # conversations/
    "date": ("datum", "dag"), "partners": ("partner", "organisaties", "deelnemers"), "context": ("kader",),
    "form": ("vorm",), "subject": ("onderwerp",),
    # editions/
    "population": ("populatie",), "period": ("periode",), "from": ("van", "vanaf", "begin", "start"),
    "until": ("tot", "tot en met", "t/m", "eind", "einde"), "protection": ("bescherming",), "due": ("uiterlijk",),
    "late": ("waarom later", "waarom te laat", "te laat"), "withdraws": ("intrekken", "trekt in", "intrekking"),
    "sent": ("verstuurd", "verzonden"), "parliament": ("kamer", "tweede kamer"), "number": ("nummer", "ondernummer"),
    "inspection": ("inzage",), "place": ("plaats", "locatie"), "audience": ("publiek", "voor wie"),
    "classification": ("rubricering",), "marking": ("aanduiding", "markering"), "reason": ("reden",),
    "decided_by": ("besloten door",), "tables": ("tabellen",), "counts": ("telt",), "rows": ("rijen",),
    "columns": ("kolommen",), "corrections": ("verbeteringen", "correcties"), "version": ("versie",),
    "note": ("toelichting", "opmerking"), "as_of": ("stand per", "peildatum"), "order": ("volgorde",),
    "edition": ("editie",), "document": ("documentnummer",), "dossier": ("dossiernummer",),
}  # fmt: skip

_VALUES: Mapping[str, tuple[str, ...]] = {
    "final": ("definitief", "vastgesteld", "af"), "concept": ("voorlopig", "ontwerp", "draft"),
    "suppression": ("weglaten", "onderdrukken", "onderdrukking"), "rounding": ("afronden", "afronding"),
    "agenda-partners": ("partners", "actieagenda", "agendapartners"),
    "conversation-partners": ("gesprekspartners", "gesprekken"), "partners": ("organisaties",),
    "conversations": ("gesprekken",), "agenda": ("actieagenda",), "society": ("samenleving", "maatschappij"),
    "kind": ("soort",), "region": ("regio",), "pillar": ("pijler",), "theme": ("thema",), "measure": ("maatregel",),
    "form": ("vorm",), "first_year": ("eerste jaar",), "different": ("anders", "verschillend"),
    "overig": ("anders", "overige"), "integratie-en-samenleven": ("integratie",),
}  # fmt: skip


def _by_dutch(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for english, dutch in words.items():
        for each in dutch:
            found[letters(each)] = (*found.get(letters(each), ()), english)
    return found


_KEY_OF = _by_dutch(_KEYS)
_VALUE_OF = _by_dutch(_VALUES)


def key_of(dutch: str, known: Container[str]) -> str | None:
    """Which of the `known` keys a Dutch word stands for; None when it stands for none of them."""
    return next((each for each in _KEY_OF.get(letters(dutch), ()) if each in known), None)


def value_of(dutch: str, known: Container[str]) -> str | None:
    """Which of the `known` values a Dutch word stands for."""
    return next((each for each in _VALUE_OF.get(letters(dutch), ()) if each in known), None)
