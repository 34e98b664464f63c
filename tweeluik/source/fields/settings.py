"""Who publishes, by which numbers, with what words: `report.yaml`, `policy.yaml`, `wording.yaml`, `pages/`."""

from __future__ import annotations

from tweeluik.source import past_rules as past
from tweeluik.source import record_rules as within
from tweeluik.source import saying
from tweeluik.source.days import Day
from tweeluik.source.drafts import PageHead
from tweeluik.source.fields.codes import YEAR
from tweeluik.source.records import FIRST_YEAR, LAST_YEAR, Approvals, Contact, Number, Phrase, Report, Security, Woo
from tweeluik.source.registers import Ministry
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import BASE, EMAIL, LINK, Choice, Reason, Text
from tweeluik.source.value_types import Truth, Whole
from tweeluik.source.woo import CATEGORIES
from tweeluik.source.wording import PhraseKey, text_fits

CONTACT = Shape("contact", "Waar lezers terechtkunnen.", Contact, (
    Field("name", Text(), "Naam van de redactie of het team, niet van een persoon."),
    Field("email", EMAIL, "Functioneel e-mailadres. Dit is het enige adres dat in de bron mag staan."),
))  # fmt: skip

SECURITY = Shape("security", "Waar iemand een zwakke plek van de website kan melden. Zet de site dan in de hoofdmap "
                 "van het adres: men zoekt dit in .well-known/security.txt.", Security, (
    Field("contact", LINK, "Adres van de pagina met het meldformulier."),
    Field("expires", Day(), "Tot wanneer dit geldt, hoogstens een jaar vooruit."),
))  # fmt: skip

DIWOO = Shape("diwoo", "Hoe de Woo-index van de overheid de verstuurde edities opneemt. Zet de site dan in de "
              "hoofdmap van het adres: de index begint daar bij robots.txt.", Woo, (
    Field("organisation", Ministry(), "Adres van de organisatie in het register van de overheid (TOOI)."),
    Field("category", Choice(CATEGORIES), "Informatiecategorie van artikel 3.3 van de Wet open overheid."),
))  # fmt: skip

REPORT = Shape("report.yaml", "Wie het overzicht uitgeeft.", Report, (
    Field("title", Text(), "Titel van de website."),
    Field("publisher", Text(), "Naam van de organisatie die het overzicht uitgeeft."),
    Field("contact", CONTACT, "Waar lezers terechtkunnen."),
    Field("base_url", BASE, "Adres van de website, met https:// en een schuine streep aan het eind.", required=False),
    Field("licence", Choice(("CC0-1.0", "CC-BY-4.0")), "Licentie van de cijfers en teksten."),
    Field("accessibility_statement", LINK, "Link naar de toegankelijkheidsverklaring.", required=False),
    Field("privacy_statement", LINK, "Link naar de privacyverklaring van de organisatie.", required=False),
    Field("security", SECURITY, "Waar iemand een zwakke plek van de website kan melden.", required=False),
    Field("diwoo", DIWOO, "Hoe de Woo-index van de overheid de edities opneemt.", required=False),
), rules=(within.index_has_addresses,), also=saying.needs("diwoo", "base_url"))  # fmt: skip


def _number(least: int, most: int, about: str) -> Shape[Number]:
    return Shape("number", about, Number, (
        Field("value", Whole(least, most), "Het getal."),
        Field("source", Reason(), "Waar dit getal vandaan komt: een wet, brief of besluit."),
    ))  # fmt: skip


def _policy_number(key: str, least: int, most: int, about: str, *, required: bool = True) -> Field:
    return Field(key, _number(least, most, about), about, required=required)


_APPROVING = "Hoeveel verschillende mensen een editie goedkeuren voor publicatie."

APPROVALS = Shape("approvals", _APPROVING, Approvals, (
    Field("value", Whole(0, 5), "Het getal."),
    Field("source", Reason(), "Waar dit getal vandaan komt: een wet, brief of besluit."),
    Field("not_by_author", Truth(), "true: wie volgens git de laatste wijziging schreef, mag niet goedkeuren.",
          required=False, absent=False),
))  # fmt: skip

POLICY = Shape("policy.yaml", "De getallen van het beleid, elk met de reden ervan.", within.make_policy, (
    _policy_number("threshold", 3, 1000, "Drempel: het kleinste aantal partners dat zichtbaar mag zijn."),
    _policy_number("p_percent", 1, 100, "De p van de p%-regel, voor aantallen gesprekken. Wordt nooit openbaar."),
    Field("approvals", APPROVALS, _APPROVING),
    _policy_number("conversations_per_year", 1, 365, "Vanaf hoeveel gesprekken per jaar iemand gesprekspartner is."),
    _policy_number("effort", 1, 1000, "Hoeveel keer het gewone werk het beschermen van een editie hoogstens kost. "
                   "Geteld in rekenstappen, niet in tijd: op elke computer komt hetzelfde uit.", required=False),
    _policy_number("group_size", 3, 100_000, "Vanaf hoeveel partners zonder naam in een categorie het geen geheim is "
                   "dat zij allemaal in één andere staan. Zonder dit getal is dat altijd een geheim.", required=False),
), gone=(
    ("seconds", "work is counted, not timed: write effort: {value: 1, source: …} instead, or nothing"),
))  # fmt: skip


PHRASE = Shape("phrase", "Een eigen woord of tekst van het ministerie, in plaats van die van Tweeluik.", Phrase, (
    Field("key", PhraseKey(), "Sleutel van de tekst, zoals term.programme."),
    Field("text", Text(), "De eigen tekst, met dezelfde plaatsen tussen accolades."),
    Field("from", YEAR, "Eerste jaar waarvoor deze tekst geldt.", required=False, absent=FIRST_YEAR, into="first"),
    Field("until", YEAR, "Laatste jaar waarvoor deze tekst geldt.", required=False, absent=LAST_YEAR, into="last"),
), rules=(text_fits, past.years_follow))  # fmt: skip


PAGE = Shape("page", "De kop van een pagina.", PageHead, (
    Field("title", Text(), "Titel."),
    Field("order", Whole(0, 9999), "Plaats in het menu; de laagste eerst."),
))  # fmt: skip
