"""Every key of every file of the source: what it holds, and in Dutch what editors are told about it.

The reader, the JSON Schemas and `docs/source-format.md` all follow from these declarations.
"""

from __future__ import annotations

from functools import partial

from tweeluik.source import past_rules as past
from tweeluik.source import record_rules as within
from tweeluik.source import saying
from tweeluik.source.drafts import (
    AgendaDraft,
    AgendaDrafts,
    PageHead,
    endorsed_since,
    make_inspection,
    make_period,
    make_term,
)
from tweeluik.source.records import (
    FIRST_YEAR,
    LAST_YEAR,
    NONE,
    Approvals,
    CategoryNote,
    Classification,
    Collaboration,
    Contact,
    Conversation,
    Correction,
    Edition,
    Endorsement,
    Former,
    FormerLabel,
    Judgement,
    Merge,
    Naming,
    Number,
    Parliament,
    Partner,
    Phrase,
    Report,
    Security,
    TableSpec,
    Term,
    Vocabulary,
    Woo,
)
from tweeluik.source.references import Defines, PartnerOrLine, Refers
from tweeluik.source.registers import Ministry, Registration, Rsin
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import BASE, CODE, EMAIL, FILE_NAME, LINK, Choice, Label, Reason, Text
from tweeluik.source.value_types import Day, Many, OneOrMany, OrNone, Truth, Whole
from tweeluik.source.woo import CATEGORIES
from tweeluik.source.wording import PhraseKey, text_fits, years_follow

YEAR = Whole(1900, 2999)
DIMENSIONS = ("kind", "region", "pillar", "theme", "measure", "form", "first_year")

# --- report.yaml, policy.yaml -----------------------------------------------------------------------------------------

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

# --- agenda.yaml, vocabulary.yaml -------------------------------------------------------------------------------------


_PLURAL = Field(
    "plural",
    Text(),
    "Hoe een zin alles in deze groep noemt, in het meervoud en zonder hoofdletter, zoals vrijwilligersorganisaties.",
    required=False,
)

FORMER_LABEL = Shape("former label", "Een eerdere naam.", FormerLabel, (
    Field("until", YEAR, "Laatste jaar waarin deze naam gold."),
    Field("label", Label(), "De naam van toen."),
))  # fmt: skip

FORMER_TERM = Shape("former label", "Een eerdere naam.", FormerLabel, (*FORMER_LABEL.fields, _PLURAL))


def _in_time(target: str, former: Shape[FormerLabel]) -> tuple[Field, ...]:
    return (
        Field("before", Many(former), "Eerdere namen, de oudste eerst.", required=False, absent=()),
        Field("replaces", OneOrMany(Many(Refers(target), distinct="")), "Code of codes waarvan dit het vervolg is.",
              required=False, absent=()),
    )  # fmt: skip


def _agenda_item(level: str, about: str, *parent: Field, years_required: bool = False) -> Shape[AgendaDraft]:
    make = partial(AgendaDraft, level=level) if parent else partial(AgendaDraft, level=level, parent=None)
    return Shape(level, about, make, (
        Field("code", Defines(level, once=False), "Code, tussen aanhalingstekens."),
        *parent,
        Field("label", Label(), "Naam zoals lezers die zien."),
        Field("from", YEAR, "Eerste jaar.", required=years_required, into="first"),
        Field("until", YEAR, "Laatste jaar.", required=years_required, into="last"),
        *_in_time(level, FORMER_LABEL),
    ), rules=(within.years_in_order, past.labels_in_order), also=saying.both("from", "until"))  # fmt: skip


PILLAR = _agenda_item("pillar", "Een pijler van de Actieagenda.", years_required=True)
THEME = _agenda_item(
    "theme", "Een thema.", Field("pillar", Refers("pillar"), "Code van de pijler.", into="parent"),
)  # fmt: skip
MEASURE = _agenda_item(
    "measure", "Een maatregel.", Field("theme", Refers("theme"), "Code van het thema.", into="parent"),
)  # fmt: skip

AGENDA = Shape("agenda.yaml", "De onderdelen van de Actieagenda.", AgendaDrafts, (
    Field("pillars", Many(PILLAR), "De pijlers."),
    Field("themes", Many(THEME), "De thema's."),
    Field("measures", Many(MEASURE), "De maatregelen."),
))  # fmt: skip


def _term(target: str, about: str, *more: Field) -> Shape[Term]:
    return Shape(target, about, make_term, (
        Field("code", Defines(target), "Code. De code NL staat voor landelijk." if target == "region" else "Code."),
        Field("label", Label(), "Naam zoals lezers die zien."),
        _PLURAL,
        *more,
        Field("from", YEAR, "Eerste jaar waarin deze code bestaat.", required=False, into="first"),
        Field("until", YEAR, "Laatste jaar waarin deze code bestaat.", required=False, into="last"),
        *_in_time(target, FORMER_TERM),
    ), rules=(past.term_years_in_order, past.labels_in_order))  # fmt: skip


_LEFT_OUT = Field("left_out", Reason(), "Waarom deze soort niet meetelt.", required=False)

VOCABULARY = Shape("vocabulary.yaml", "De codes en hun namen.", Vocabulary, (
    Field("kinds", Many(_term("kind", "Een soort organisatie.", _LEFT_OUT)), "Soorten organisaties."),
    Field("regions", Many(_term("region", "Een gebied.")), "Gebieden, met hun NUTS-2-code."),
    Field("forms", Many(_term("form", "Een vorm van een gesprek.")), "Vormen van gesprekken."),
))  # fmt: skip

# --- partners/*.yaml --------------------------------------------------------------------------------------------------

COLLABORATION = Shape("collaboration", "Samenwerking in één jaar.", Collaboration, (
    Field("year", YEAR, "Jaar."),
    Field("measures", Many(Refers("measure"), distinct=""), "Codes van de maatregelen."),
))  # fmt: skip

NAMING = Shape("naming", "Toestemming om met naam in een editie te staan.", Naming, (
    Field("edition", Refers("edition"), "De editie, tussen aanhalingstekens."),
    Field("consent", Day(), "Datum van de toestemming."),
    Field("withdrawn", Day(), "Datum waarop de toestemming is ingetrokken.", required=False),
), rules=(within.withdrawn_after_consent,))  # fmt: skip

ENDORSEMENT = Shape("endorsement", "Een periode waarin de organisatie de doelen onderschrijft.", Endorsement, (
    Field("from", Day(), "Eerste dag.", into="start"),
    Field("until", Day(), "Laatste dag. Weglaten als de onderschrijving nog geldt.", required=False),
), rules=(past.endorsement_in_order,))  # fmt: skip

FORMER = Shape("former", "Wat eerder anders was, en tot wanneer.", Former, (
    Field("until", Day(), "Laatste dag waarop dit zo was."),
    Field("name", Text(), "De naam van toen.", required=False),
    Field("aliases", OrNone(Many(Text(), distinct=""), nothing=()), "De andere namen van toen.", required=False),
    Field("registration", OrNone(Registration()), "Het KvK-nummer van toen.", required=False),
    Field("kind", Refers("kind"), "De soort van toen.", required=False),
    Field("region", Refers("region"), "Het gebied van toen.", required=False),
    Field("umbrella", OrNone(Refers("partner")), "De koepel van toen. none: er was er geen.", required=False),
    Field("traceable_to_persons", Truth(), "Was de organisatie toen te herleiden tot personen?", required=False),
), rules=(past.former_tells_something,), also={"minProperties": 2})  # fmt: skip

PARTNER = Shape("partner", "Een organisatie. Nooit een persoon.", Partner, (
    Field("id", Defines("partner"), "Kenmerk zonder betekenis. Wordt nooit openbaar."),
    Field("name", Text(), "Naam van de organisatie."),
    Field("aliases", Many(Text(), distinct=""), "Andere namen.", required=False, absent=()),
    Field("registration", Registration(), "KvK-nummer, tussen aanhalingstekens.", required=False),
    Field("rsin", Rsin(), "Nummer bij de Belastingdienst (RSIN), tussen aanhalingstekens.", required=False),
    Field("kind", Refers("kind"), "Code van de soort organisatie."),
    Field("region", Refers("region"), "Code van het gebied."),
    Field("umbrella", Refers("partner"), "Kenmerk van de koepel waar de organisatie bij hoort.", required=False),
    Field("traceable_to_persons", Truth(), "Is de organisatie te herleiden tot één of enkele personen?"),
    Field("endorsed", OneOrMany(Many(ENDORSEMENT), Day(), endorsed_since),
          "Sinds wanneer de organisatie de doelen onderschrijft, of in welke perioden.", required=False, absent=()),
    Field("collaborations", Many(COLLABORATION, distinct="year"), "Waar zij aan meewerkte.", required=False, absent=()),
    Field("named_in", Many(NAMING, distinct="edition"), "Waar de naam mag staan.", required=False, absent=()),
    Field("before", Many(FORMER), "Wat eerder anders was.", required=False, absent=()),
    Field("ended", Day(), "Laatste dag van de organisatie. Weglaten als zij nog bestaat.", required=False),
    Field("successor", OneOrMany(Many(Refers("partner"), distinct="")), "Kenmerk van wie haar opvolgt, met `ended`.",
          required=False, absent=(), into="successors"),
), rules=(
    within.opaque_id, past.past_in_order, past.past_differs, past.endorsements_follow, past.end_is_the_end,
    past.successor_after_end, past.id_is_no_word,
), also=saying.all_of(saying.needs("successor", "ended"), saying.is_not("id", NONE)))  # fmt: skip

# --- wording.yaml -----------------------------------------------------------------------------------------------------

PHRASE = Shape("phrase", "Een eigen woord of tekst van het ministerie, in plaats van die van Tweeluik.", Phrase, (
    Field("key", PhraseKey(), "Sleutel van de tekst, zoals term.programme."),
    Field("text", Text(), "De eigen tekst, met dezelfde plaatsen tussen accolades."),
    Field("from", YEAR, "Eerste jaar waarvoor deze tekst geldt.", required=False, absent=FIRST_YEAR, into="first"),
    Field("until", YEAR, "Laatste jaar waarvoor deze tekst geldt.", required=False, absent=LAST_YEAR, into="last"),
), rules=(text_fits, years_follow))  # fmt: skip

# --- judgements.yaml --------------------------------------------------------------------------------------------------

JUDGEMENT = Shape("judgement", "Twee namen lijken op elkaar, maar zijn van verschillende organisaties: dat is het "
                  "oordeel van een mens.", Judgement, (
    Field("a", Refers("partner"), "Kenmerk van een organisatie."),
    Field("b", PartnerOrLine(), "Kenmerk van de andere, of het teken van een regel van de uitsluitingslijst."),
    Field("judged", Choice(("different",)), "different: het zijn verschillende organisaties."),
    Field("on", Day(), "Datum van het oordeel."),
), rules=(within.judges_two,))  # fmt: skip

# --- conversations/* --------------------------------------------------------------------------------------------------

CONVERSATION = Shape("conversation", "Een gesprek met een of meer partners.", Conversation, (
    Field("date", Day(), "Datum."),
    Field("partners", Many(Refers("partner"), distinct=""), "Kenmerken van de partners."),
    Field("context", Choice(("agenda", "society")), "agenda: voor de Actieagenda. society: ander contact."),
    Field("form", Refers("form"), "Code van de vorm."),
    Field("measures", Many(Refers("measure"), distinct=""), "Codes van de maatregelen. Verplicht bij agenda.",
          required=False, absent=()),
    Field("subject", Choice(("integratie-en-samenleven", "overig")), "Onderwerp."),
), rules=(within.agenda_has_measures, within.not_long_ago), also=saying.all_of(
    saying.where("context", "agenda", needs=("measures",)), saying.not_like("date", "^(?:0|1[0-8])"),
))  # fmt: skip

# --- editions/*.yaml --------------------------------------------------------------------------------------------------

_FROM = Field("from", Day(), "Eerste dag.", into="start")
_UNTIL = Field("until", Day(), "Laatste dag.")

PERIOD = Shape("period", "Een periode; de eerste en de laatste dag horen erbij.", make_period, (_FROM, _UNTIL))

INSPECTION = Shape("inspection", "De vertrouwelijke inzage.", make_inspection, (
    _FROM,
    _UNTIL,
    Field("place", Text(), "Waar de stukken liggen.", into="location"),
    Field("audience", Text(), "Voor wie."),
), rules=(within.inspection_in_order,))  # fmt: skip

CLASSIFICATION = Shape("classification", "De rubricering van het vertrouwelijke deel.", Classification, (
    Field("marking", Text(), "Aanduiding, zoals Vertrouwelijk."),
    Field("reason", Reason(), "Waarom. Lezers zien deze tekst."),
    Field("until", Day(), "Tot wanneer."),
    Field("decided_by", Text(), "Wie dit heeft besloten: een functie, geen naam."),
))  # fmt: skip

PARLIAMENT = Shape("parliament", "Vindplaats in de stukken van de Tweede Kamer.", Parliament, (
    Field("dossier", Text(), "Dossiernummer, zoals 32 824."),
    Field("number", Whole(1, 99_999), "Ondernummer.", required=False),
    Field("document", Text(), "Documentnummer.", required=False),
))  # fmt: skip

NOTE = Shape("note", "Een toelichting bij één categorie van de tabel.", CategoryNote, (
    Field("code", Text(), "Code van de categorie; van wat samen is genomen de codes met een + ertussen."),
    Field("text", Text(), "De toelichting. Lezers zien deze tekst."),
))  # fmt: skip

TABLE = Shape("table", "Een tabel.", TableSpec, (
    Field("id", FILE_NAME, "Kenmerk en bestandsnaam van de tabel."),
    Field("title", Label(), "Titel."),
    Field("counts", Choice(("partners", "conversations")), "Wat de tabel telt."),
    Field("rows", Choice(DIMENSIONS), "Indeling van de rijen."),
    Field("columns", Choice(DIMENSIONS), "Indeling van de kolommen.", required=False),
    Field("note", Text(), "Een toelichting bij de hele tabel. Lezers zien deze tekst.", required=False),
    Field("notes", Many(NOTE, distinct="code"), "Toelichtingen bij categorieën.", required=False, absent=()),
), rules=(within.table_makes_sense, within.name_is_free))  # fmt: skip

MERGE = Shape("merge", "Categorieën die de editie samen neemt.", Merge, (
    Field("dimension", Choice(("kind", "region", "form")), "Welke indeling: soort, gebied of vorm."),
    Field("codes", Many(CODE, distinct=""), "De codes die samen één categorie worden."),
    Field("label", Label(), "De naam van die categorie."),
    _PLURAL,
), also=saying.all_of(saying.at_least("codes", 2)))  # fmt: skip

CORRECTION = Shape("correction", "Een verbetering na publicatie.", Correction, (
    Field("version", Whole(2, 999), "Nummer van de verbeterde versie: 2, 3, …"),
    Field("date", Day(), "Datum."),
    Field("note", Text(), "Wat er is verbeterd, of waarom de editie is ingetrokken."),
    Field("withdraws", Truth(), "true: deze versie trekt de editie in. Lezers zien dan alleen nog waarom.",
          required=False, absent=False),
))  # fmt: skip

EDITION = Shape("edition", "Een editie. De bestandsnaam is het kenmerk.", partial(Edition, id=""), (
    Field("title", Text(), "Titel."),
    Field("population", Choice(("conversation-partners", "agenda-partners")), "Welke regels bepalen wie erin staat."),
    Field("period", PERIOD, "De periode waarover de editie gaat."),
    Field("status", Choice(("concept", "final")), "concept of final (definitief)."),
    Field("as_of", Day(), "Bij een concept: tot en met welke dag de gegevens zijn ingevuld (stand per).",
          required=False),
    Field("protection", Choice(("suppression", "rounding")), "Weglaten (suppression) of afronden (rounding)."),
    Field("due", Day(), "Wanneer de editie uiterlijk naar de Tweede Kamer gaat.", required=False),
    Field("sent", Day(), "Wanneer de editie naar de Tweede Kamer is gestuurd.", required=False),
    Field("late", Reason(), "Waarom de editie later naar de Tweede Kamer gaat dan op de uiterste dag. Lezers zien "
          "deze tekst.", required=False),
    Field("parliament", PARLIAMENT, "Vindplaats in de stukken van de Tweede Kamer.", required=False),
    Field("inspection", INSPECTION, "De vertrouwelijke inzage.", required=False),
    Field("classification", CLASSIFICATION, "De rubricering van het vertrouwelijke deel.", required=False),
    Field("tables", Many(TABLE, distinct="id"), "De tabellen, in hun volgorde.", required=False, absent=()),
    Field("corrections", Many(CORRECTION), "Verbeteringen na publicatie.", required=False, absent=()),
    Field("merge", Many(MERGE), "Categorieën die in alle tabellen van de editie samen worden genomen.",
          required=False, absent=()),
), rules=(
    within.period_in_order, within.concept_has_as_of, within.sent_after_period, within.late_is_late,
    within.corrections_count_up,
    within.notice_is_complete,
), also=saying.all_of(
    saying.where("status", "concept", needs=("as_of",)), saying.where("status", "final", lacks="as_of"),
    saying.where("population", "conversation-partners", needs=("inspection", "classification")),
    saying.needs("late", "due"),
))  # fmt: skip

# --- pages/*.md -------------------------------------------------------------------------------------------------------

PAGE = Shape("page", "De kop van een pagina.", PageHead, (
    Field("title", Text(), "Titel."),
    Field("order", Whole(0, 9999), "Plaats in het menu; de laagste eerst."),
))  # fmt: skip
