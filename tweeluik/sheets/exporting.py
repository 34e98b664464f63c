"""The source -> a spreadsheet to fill in: what is known in its place, the next year empty, lists to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.sheets import histories
from tweeluik.sheets.changes import shown_periods
from tweeluik.sheets.codes import Code, Codes, Target, codes_of
from tweeluik.sheets.conversation_rows import SHOWN
from tweeluik.sheets.files.written import Column, WrittenBook, WrittenSheet
from tweeluik.sheets.headings import CONVERSATIONS, MEASURES, PARTNERS
from tweeluik.sheets.partner_rows import CORRECTION
from tweeluik.sheets.sameness import digest
from tweeluik.sheets.values import joined
from tweeluik.source import past
from tweeluik.source.records import Conversation, Partner, Source
from tweeluik.words.folding import letters

ENDED = "Opgeheven"
"""The sheet of organisations that have ended, so that an export is the whole source."""

CODES = "Codes"
"""The sheet that says what codes mean: for people, not for the import."""

CODE_HEADINGS = ("Code", "Betekenis", "Waarvoor")

_WIDTHS = {
    "id": 12,
    "name": 40,
    "aliases": 24,
    "rsin": 12,
    "umbrella": 24,
    "traceable_to_persons": 12,
    "date": 12,
    "partners": 50,
    "named_in": 24,
    "before": 24,
}
"""At least, in signs."""

_KEPT = 2
"""Columns that stay in sight: who or when a row is about."""


def export_partners(source: Source, *, year: int | None = None) -> WrittenBook:
    """Every organisation, one on a row, with an empty column for the year to fill in; a sheet apart for who has ended.

    Args:
        source: the source.
        year: that year; by default the one after the last with collaborations.

    Raises:
        WrongUsage: the Actieagenda has no measures in that year.
    """
    codes = codes_of(source)
    everyone = sorted(source.partners, key=lambda each: (each.name.casefold(), each.id))
    partners = [each for each in everyone if each.ended is None]
    known = sorted({each.year for partner in everyone for each in partner.collaborations})
    next_year = year or (known[-1] + 1 if known else min(each.first for each in source.agenda.measures))
    measures = _measures_of(codes, next_year)
    carried = [key for key in histories.KEYS if any(histories.shown(each, key) for each in everyone)]
    years = sorted({*known, next_year})
    now = range(years[-1], years[-1] + 1)  # a row says how an organisation is now, whichever year is asked for
    lists = {
        "Soort": _labels(codes["kind"], now),
        "Regio": _labels(codes["region"], now),
        "Ja of nee": ("ja", "nee"),
        f"{MEASURES} {next_year}": measures,
    }
    columns = (
        *(_column(key, PARTNERS[key][0]) for key in _BEFORE_YEARS),
        *(_year_column(each, is_asked=each == next_year) for each in years),
        *(_column(key, PARTNERS[key][0]) for key in _BEHIND_YEARS),
        *(_column(key, PARTNERS[key][0]) for key in carried),
    )  # fmt: skip
    names = _names(source)
    rows = {each.id: _partner_row(each, years, names, codes, carried) for each in everyone}
    gone = tuple(rows[each.id] for each in everyone if each.ended is not None)
    sheets = [WrittenSheet("Partners", columns, tuple(rows[each.id] for each in partners), _KEPT)]
    sheets += [WrittenSheet(ENDED, columns, gone, _KEPT)] if gone else []
    return WrittenBook((*sheets, _legend(codes, years, _OF_PARTNERS)), _filled(lists))


_BEFORE_YEARS = (
    "id", "name", "aliases", "registration", "rsin", "kind", "region", "umbrella", "traceable_to_persons", "endorsed",
)  # fmt: skip
_BEHIND_YEARS = ("since", "ended", "successor")
_CHOICES = {"kind": "Soort", "region": "Regio", "traceable_to_persons": "Ja of nee", "form": "Vorm", "context": "Kader",
            "subject": "Onderwerp"}  # fmt: skip


def export_conversations(source: Source, *, year: int | None = None) -> WrittenBook:
    """Every conversation of a year (by default of all years, and then the year after them can be chosen for too)."""
    codes = codes_of(source)
    held = [each for each in source.conversations if year in (None, each.date.year)]
    last = year or max((each.date.year for each in source.conversations), default=None)
    names = _names(source)
    years = sorted({each.date.year for each in held} or ({last} if last else set()))
    asked = range(years[0], years[-1] + (1 if year else 2)) if years else None
    lists = {
        "Organisaties": _of(source, names, asked),
        "Kader": (SHOWN["agenda"], SHOWN["society"]),
        "Vorm": _labels(codes["form"], asked),
        MEASURES: _measures_of(codes, last) if last else tuple(sorted(codes["measure"].known)),
        "Onderwerp": (SHOWN["integratie-en-samenleven"], SHOWN["overig"]),
    }
    columns = tuple(_column(key, headings[0]) for key, headings in CONVERSATIONS.items())
    rows = tuple(_conversation_row(each, names, codes) for each in held)
    sheets = (WrittenSheet("Gesprekken", columns, rows, _KEPT), _legend(codes, years, _OF_CONVERSATIONS))
    return WrittenBook(sheets, _filled(lists))


def _filled(lists: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {name: choices for name, choices in lists.items() if choices}


def _of(source: Source, names: Mapping[str, str], years: range | None) -> tuple[str, ...]:
    """The organisations that there were in one of these years, as cells call them; without years, those of today."""
    found = {
        names[each.id]
        for each in source.partners
        if each.ended is None or (years is not None and each.ended.year >= years.start)
    }
    return tuple(sorted(found, key=str.casefold))


def _names(source: Source) -> Mapping[str, str]:
    """By id what a cell calls an organisation: its name, or its id where who continues it has that name too."""
    used = Counter(letters(name) for each in source.partners for name in past.names(each))
    return {each.id: each.name if used[letters(each.name)] == 1 else each.id for each in source.partners}


def _column(key: str, heading: str) -> Column:
    if key in ("partners", "measures"):
        return Column(heading, _WIDTHS.get(key, 20), "Organisaties" if key == "partners" else MEASURES, is_open=True)
    return Column(heading, _WIDTHS.get(key, 16), _CHOICES.get(key))


def _year_column(year: int, *, is_asked: bool) -> Column:
    heading = f"{MEASURES} {year}"
    return Column(heading, 20, heading if is_asked else None, is_open=True, is_asked=is_asked)


def _labels(codes: Codes, years: range | None) -> tuple[str, ...]:
    """The labels of what may be used in one of these years; without years, of all."""
    found = {each.code: codes.label(each.code) for each in codes.all if years is None or each.holds_in(years)}
    return tuple(sorted(found.values(), key=str.casefold))


def _measures_of(codes: Mapping[Target, Codes], year: int) -> tuple[str, ...]:
    found = codes["measure"].in_year(sorted(codes["measure"].known), year)
    if not found:
        what = f"the Actieagenda has no measures in {year}"
        raise WrongUsage(Problem(Place("agenda.yaml"), "", what, "name another year with --year"))
    return found


def _partner_row(
    partner: Partner, years: Iterable[int], names: Mapping[str, str], codes: Mapping[Target, Codes],
    carried: Iterable[str],
) -> tuple[str, ...]:  # fmt: skip
    measures = {each.year: "; ".join(sorted(each.measures)) for each in partner.collaborations}
    return (
        partner.id,
        partner.name,
        joined(partner.aliases),
        partner.registration or "",
        partner.rsin or "",
        codes["kind"].label(partner.kind),
        codes["region"].label(partner.region),
        names.get(partner.umbrella or "", ""),
        "ja" if partner.traceable_to_persons else "nee",
        shown_periods(partner.endorsed),
        *(measures.get(year, "") for year in years),
        "",
        str(partner.ended or ""),
        joined(names[each] for each in partner.successors),
        *(histories.shown(partner, key) for key in carried),
    )  # fmt: skip


def _conversation_row(
    conversation: Conversation, names: Mapping[str, str], codes: Mapping[Target, Codes]
) -> tuple[str, ...]:
    return (
        digest(conversation),
        str(conversation.date),
        joined(names.get(each, each) for each in conversation.partners),
        SHOWN[conversation.context],
        codes["form"].label(conversation.form),
        "; ".join(conversation.measures),
        SHOWN[conversation.subject],
    )


def _legend(codes: Mapping[Target, Codes], years: Iterable[int], how: tuple[tuple[str, str], ...]) -> WrittenSheet:
    """What the codes mean, and `how` to fill in the rest."""
    told = sorted({*years})
    measures = [
        each for each in codes["measure"].all if any(each.first <= year <= each.last for year in told) or not told
    ]
    rows = [
        *((each.code, each.label, MEASURES) for each in measures),
        *(_told_term(each, heading, told) for target, heading in _TERMS.items() for each in codes[target].all),
        ("", ""),
        *how,
    ]
    return WrittenSheet(CODES, tuple(map(Column, CODE_HEADINGS, (26, 90, 16))), tuple(rows))


def _told_term(code: Code, heading: str, years: Sequence[int]) -> tuple[str, ...]:
    """A row may have a code still that can no longer be chosen."""
    ended = f" (tot en met {code.last})" if years and code.last < years[-1] else ""
    return (code.code, f"{code.label}{ended}", heading)


_TERMS: Mapping[Target, str] = {
    "kind": PARTNERS["kind"][0],
    "region": PARTNERS["region"][0],
    "form": CONVERSATIONS["form"][0],
}
"""What else has codes, as the column is called that holds them."""

_IN_ONE_CELL = ("Meer in één vak", "Zet er een puntkomma tussen: 1.1a; 1.2b")
_OF_PARTNERS = (
    _IN_ONE_CELL,
    ("Een leeg vak", "Verandert niets. Een streepje (-) bij een jaar: de organisatie werkte dat jaar niet mee."),
    (PARTNERS["umbrella"][0], "De naam van de koepel waar de organisatie bij hoort. Een streepje (-): bij geen."),
    (
        PARTNERS["traceable_to_persons"][0],
        "Ja, als er eigenlijk maar één of enkele mensen achter de organisatie zitten.",
    ),
    (
        PARTNERS["endorsed"][0],
        "De dag waarop de organisatie de doelen onderschreef. Een periode: 2025-03-01 t/m 2026-06-30.",
    ),
    (
        PARTNERS["since"][0],
        f"De dag waarop een verhuizing of andere wijziging inging, of ‘{CORRECTION}’ als de bron fout was.",
    ),
    (PARTNERS["ended"][0], "De laatste dag van een organisatie die is opgeheven."),
    (PARTNERS["successor"][0], "Wie het werk voortzet van een organisatie die is opgeheven."),
    (
        f"{PARTNERS['named_in'][0]}, {PARTNERS['before'][0]}",
        "Zoals het in de bron staat. Verander dit daar, niet hier.",
    ),
    ("Een nieuwe organisatie", f"Zet haar op een nieuwe rij, en laat ‘{PARTNERS['id'][0]}’ leeg."),
)
"""How to fill in the rest, for a colleague who has the spreadsheet alone."""

_OF_CONVERSATIONS = (
    _IN_ONE_CELL,
    (CONVERSATIONS["partners"][0], "Met hun naam of hun kenmerk."),
    (
        CONVERSATIONS["context"][0],
        f"{SHOWN['agenda']}, of {SHOWN['society']}: een gesprek om contact te houden, dat nooit openbaar wordt.",
    ),
    (CONVERSATIONS["measures"][0], "Nodig bij een gesprek voor de Actieagenda."),
    (CONVERSATIONS["subject"][0], f"Voor wie gesprekspartner is, telt alleen {SHOWN['integratie-en-samenleven']}."),
    ("Een nieuw gesprek", f"Zet het op een nieuwe rij, en laat ‘{CONVERSATIONS['id'][0]}’ leeg."),
)
