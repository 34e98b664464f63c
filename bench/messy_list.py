"""A list of three hundred rows with every kind of mess, and what a person fills in and mends until it fits."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

SYLLABLES = "bel dor fin gam hus jok kra lum mit nop pes riv sut tab vog wem zil".split()  # noqa: SIM905
"""Each differs from each other by two letters, so that no name of two of them is like another."""

HEADINGS = (
    "Naam organisatie", "Afkorting", "KvK-nummer", "Soort organisatie", "Provincie", "Koepel",
    "Herleidbaar tot personen", "Onderschreven op", "Maatregelen 2025", "Maatregelen 2026", "Maatregelen (2027)",
    "E-mail", "Opmerkingen", "Maatregelen 2025",
)  # fmt: skip
NUMBERS = (None, "{0}", "{0:.4} {0:.4}", "KvK {0}", "onbekend", "12345678", "123456789")
KINDS = (
    "Taalorganisatie", "taalorganisatie ", "Welzijns-organisatie", "sport-en-cultuur", "werkgevers",
    "Vrijwilligersorganisaties",
)  # fmt: skip
REGIONS = ("Utrecht", "NL32", "Zuid Holland", "Fryslân", "Landelijk", "Limburg (NL)", "Noord-Brabant, Zeeland")
TRUTHS = ("nee", "Nee", "N", "ja", False, True, "n.v.t.", None)
DATES = (
    date(2025, 3, 1), "1-3-2025", "01/03/2025", "3/14/2025", "1 maart 2025", "maart 2025", 45717, "1-3-25", None,
)  # fmt: skip
MEASURES = ("1.3a; 1.3b", "1.3a,1.3b", "1.3a en 1.3b", "1.3a\n1.3b", "1.3A", "1.1", 1.3, None)

ANSWERS = {
    "werkgevers": "Werkgeversorganisatie", "Vrijwilligersorganisaties": "Vrijwilligersorganisatie",
    "Fryslân": "Friesland",
    "Limburg (NL)": "Limburg", "n.v.t.": "nee", "1.1": "1.1a", "1.3": "1.3a; 1.3b; 1.3c",
}  # fmt: skip
"""What a person who knows the list fills in behind the questions."""


def messy(path: Path) -> None:
    """Each column goes round its own kinds of mess, so that every combination turns up."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Partners"
    sheet.append(HEADINGS)
    columns = [cycle(each) for each in (NUMBERS, KINDS, REGIONS, TRUTHS, DATES, MEASURES)]
    for n in range(300):
        number, kind, region, truth, day, measures = map(next, columns)
        name = f"{SYLLABLES[n % 17]}{SYLLABLES[n // 17 % 17]}{'plein' if n >= 289 else 'huis'}"
        sheet.append((
            f"Stichting {name.capitalize()}{'  ' if n % 7 else ''}",
            None,
            str(number).format(f"{20_000_000 + n}") if number else None,
            kind,
            region,
            "Koepel Welzijnswerk Hóvestin" if n % 17 == 0 else None,
            truth,
            day,
            measures,
            measures if n % 3 else "1.3a",
            None,
            "iemand@example.org",
            "let op: gestopt" if n % 20 == 0 else None,
            "1.3b" if n % 25 == 0 else None,
        ))  # fmt: skip
    sheet.append(("Totaal", *[None] * 7, "300"))
    sheet.row_dimensions[25].hidden = sheet.row_dimensions[26].hidden = True
    sheet["A20"].font = Font(strike=True)
    sheet["A30"].comment = Comment("gestopt per 1-1-2026", "iemand")
    sheet["HB5"], sheet["A10"], sheet["D12"] = "ver weg", '=CONCATENATE("Stichting ","Formule")', "#N/B"
    book.create_sheet("Lijsten").append(("a",))
    book.save(path)


def answered(path: Path) -> int:
    """Fill in the answers behind the questions; how many cells that is."""
    book = openpyxl.load_workbook(path)
    filled = 0
    for row in book["Vragen"].iter_rows(min_row=2):
        if (answer := ANSWERS.get(str(row[1].value))) is not None:
            row[3].value = answer
            filled += 1
    book.save(path)
    return filled


CURES = (
    ("datum", "Onderschreven op", "1-3-2025"),
    ("maand", "Onderschreven op", "1-3-2025"),
    ("is dit", "Onderschreven op", "1-3-2025"),
    ("nummer", "KvK-nummer", None),
    ("Provincie (", "Provincie", "Zeeland"),
    ("Herleidbaar", "Herleidbaar tot personen", "nee"),
    ("twee kolommen", "Maatregelen 2025", None),
    ("vul bij", "Toch overnemen", "ja"),
    ("formule die mislukte", "Soort organisatie", "Taalorganisatie"),
    ("formule zonder", "Naam organisatie", "Stichting Formule"),
    ("geen naam", "Naam organisatie", "Stichting Formule"),
)
"""Part of a reason, and what a person types in which column."""


def mended(path: Path) -> int:
    """Mend the cells that a person can: dates, a number of nobody, a double column, the odd rows; how many that is."""
    book = openpyxl.load_workbook(path)
    sheet, filled = book.worksheets[0], 0
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        reason = str(row[0].value)
        for part, heading, value in CURES:
            if part in reason:
                row[at[heading] - 1].value = value
                filled += 1
    book.save(path)
    return filled
