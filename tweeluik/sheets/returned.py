"""What did not fit -> a spreadsheet to mend and to import again: the rows as they were, with the reason in front."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tweeluik.sheets.files.model import letter
from tweeluik.sheets.files.to_ods import render_ods
from tweeluik.sheets.files.to_xlsx import render_xlsx
from tweeluik.sheets.files.written import Column, WrittenBook, WrittenSheet
from tweeluik.sheets.headings import AGREED, ORIGIN, REASON
from tweeluik.sheets.importing import Plan
from tweeluik.sheets.misfits import ASKED, Misfit, Question
from tweeluik.sheets.questions import HEADINGS, SHEET
from tweeluik.sheets.taking import Outcome
from tweeluik.words.language import Language
from tweeluik.words.said import one_of, said, shown

_YES_OR_NO = "Ja of nee"
_OURS = (REASON, ORIGIN, AGREED)
_IN_SHEETS: Language = "nl"
"""The headings of the spreadsheets are Dutch."""


def give_back(plan: Plan) -> WrittenBook:
    """A sheet for every sheet with rows that did not fit, and one with what is asked about words."""
    by_sheet = defaultdict[int, list[Outcome]](list)
    for each in plan.returned:
        by_sheet[each.line.where.sheet].append(each)
    sheets = tuple(_sheet(rows) for _, rows in sorted(by_sheet.items()))
    lists = {_YES_OR_NO: ("ja", "nee")}
    asked = tuple(_asked(question, rows) for question, rows in plan.questions)
    if asked:
        columns = tuple(Column(heading, width) for heading, width in zip(HEADINGS, (16, 40, 8, 40, 80), strict=True))
        sheets = (*sheets, WrittenSheet(SHEET, columns, asked))
    return WrittenBook(sheets, lists)


def render(book: WrittenBook, suffix: str) -> bytes:
    """The file, in the format of its name."""
    return render_ods(book) if suffix.lower() == ".ods" else render_xlsx(book)


def _sheet(rows: list[Outcome]) -> WrittenSheet:
    """Columns as they were, but for those that an earlier import added."""
    read = rows[0].line.columns
    kept = [at for at, heading in sorted(read.headings.items()) if heading not in _OURS]
    loose = sorted({at for each in rows for at, cell in each.line.row.cells.items() if cell.text} - {*read.headings})
    columns = (
        Column(REASON, 60), Column(AGREED, 14, _YES_OR_NO), Column(ORIGIN, 22),
        *(Column(read.heading(at), 24) for at in kept), *(Column(f"(zonder kop: {letter(at)})", 16) for at in loose),
    )  # fmt: skip
    return WrittenSheet(rows[0].line.sheet.name, columns, tuple(_row(each, [*kept, *loose]) for each in rows))


def _row(outcome: Outcome, columns: Iterable[int]) -> tuple[str, ...]:
    cells = outcome.line.row.cells
    reasons = "\n".join(dict.fromkeys(_reason(outcome, each) for each in outcome.misfits))
    where = outcome.line.told.shown(_IN_SHEETS)
    return (reasons, "", where, *(cells[at].text if at in cells else "" for at in columns))


def _reason(outcome: Outcome, misfit: Misfit) -> str:
    """With the cell as the person sees it: `Provincie (E302): …`."""
    heading = outcome.line.columns.heading(misfit.column)
    what, detail = misfit.what.shown(_IN_SHEETS), shown(misfit.detail, _IN_SHEETS)
    behind = f" ({detail})" if detail else ""
    where = f"{heading} ({letter(misfit.column)}{outcome.line.row.number}): " if heading else ""
    return f"{where}{what if where else what[0].upper() + what[1:]}{behind}"


def _asked(question: Question, rows: int) -> tuple[str, ...]:
    near = shown(one_of(question.nearest), _IN_SHEETS) if question.nearest else ""
    return (said(ASKED[question.about]).shown(_IN_SHEETS), question.written, str(rows), "", near)
