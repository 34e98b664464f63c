"""Dated publications, and what each asks for: `editions/`."""

from __future__ import annotations

from functools import partial

from tweeluik.source import record_rules as within
from tweeluik.source import saying
from tweeluik.source.days import Day
from tweeluik.source.drafts import make_inspection, make_period
from tweeluik.source.fields.codes import PLURAL
from tweeluik.source.records import CategoryNote, Classification, Correction, Edition, Merge, Parliament, TableSpec
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import CODE, FILE_NAME, Choice, Label, Reason, Text
from tweeluik.source.value_types import Many, Truth, Whole

DIMENSIONS = ("kind", "region", "pillar", "theme", "measure", "form", "first_year")

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
    PLURAL,
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
    Field("protection", Choice(("suppression", "rounding")),
          "Weglaten (suppression) of afronden (rounding). Wat ook afgerond te veel verraadt, wordt toch weggelaten."),
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
