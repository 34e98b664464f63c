"""Organisations, and judgements about two of them: `partners/`, `judgements.yaml`."""

from __future__ import annotations

from tweeluik.source import past_rules as past
from tweeluik.source import record_rules as within
from tweeluik.source import saying
from tweeluik.source.days import Day
from tweeluik.source.drafts import endorsed_since
from tweeluik.source.fields.codes import YEAR
from tweeluik.source.records import NONE, Collaboration, Endorsement, Former, Judgement, Naming, Partner
from tweeluik.source.references import Defines, PartnerOrLine, Refers
from tweeluik.source.registers import Registration, Rsin
from tweeluik.source.schema import Field, Shape
from tweeluik.source.texts import Alias, Choice, Name
from tweeluik.source.value_types import Many, OneOrMany, OrNone, Truth

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
    Field("name", Name(), "De naam van toen.", required=False),
    Field("aliases", OrNone(Many(Alias(), distinct=""), nothing=()), "De andere namen van toen.", required=False),
    Field("registration", OrNone(Registration()), "Het KvK-nummer van toen.", required=False),
    Field("kind", Refers("kind"), "De soort van toen.", required=False),
    Field("region", Refers("region"), "Het gebied van toen.", required=False),
    Field("umbrella", OrNone(Refers("partner")), "De koepel van toen. none: er was er geen.", required=False),
    Field("traceable_to_persons", Truth(), "Was de organisatie toen te herleiden tot personen?", required=False),
), rules=(past.former_tells_something,), also={"minProperties": 2})  # fmt: skip

PARTNER = Shape("partner", "Een organisatie. Nooit een persoon.", Partner, (
    Field("id", Defines("partner"), "Kenmerk zonder betekenis. Wordt nooit openbaar."),
    Field("name", Name(), "Naam van de organisatie."),
    Field("aliases", Many(Alias(), distinct=""), "Andere namen.", required=False, absent=()),
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


JUDGEMENT = Shape("judgement", "Twee namen lijken op elkaar, maar zijn van verschillende organisaties: dat is het "
                  "oordeel van een mens.", Judgement, (
    Field("a", Refers("partner"), "Kenmerk van een organisatie."),
    Field("b", PartnerOrLine(), "Kenmerk van de andere, of het teken van een regel van de uitsluitingslijst."),
    Field("judged", Choice(("different",)), "different: het zijn verschillende organisaties."),
    Field("on", Day(), "Datum van het oordeel."),
), rules=(within.judges_two,))  # fmt: skip
