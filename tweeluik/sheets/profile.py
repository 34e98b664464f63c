"""A plan in the words of who made the spreadsheet: what is in it, what is asked, what changes, what is given back.

It names organisations: it is for the screen of an editor, and for nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tweeluik.sheets.exporting import CODE_HEADINGS, CODES
from tweeluik.sheets.files.model import Row, Sheet, letter
from tweeluik.sheets.files.written import LISTS
from tweeluik.sheets.headings import CONVERSATIONS, PARTNERS, Columns, nearest_heading
from tweeluik.sheets.importing import Plan
from tweeluik.sheets.lines import Part
from tweeluik.sheets.misfits import ASKED
from tweeluik.sheets.questions import is_ours
from tweeluik.sheets.taking import Outcome
from tweeluik.words.folding import letters

HELP = (CODES, LISTS)
"""The sheets that an export adds."""

KINDS = {"partners": "organisaties", "conversations": "gesprekken"}
STATUSES = {"new": "nieuw", "changed": "gewijzigd", "known": "stonden er al zo", "returned": "terug"}

_SCREEN = 30
"""So many changes are shown; all of them where that is asked."""

_MOST_COLUMNS = 40
_FEW = 5


def tell_plan(plan: Plan, *, whole: bool = False) -> Iterator[str]:
    """Everything that a person must know before anything is written.

    Args:
        plan: the plan.
        whole: tell every change, not the first thirty.
    """
    yield "In het bestand"
    for part in plan.parts:
        yield from _part(part)
    yield from _unread(plan)
    yield from _changes(plan, whole=whole)
    yield from _returned(plan)
    yield from _questions(plan)
    counts = plan.counts
    told = ", ".join(f"{number} {STATUSES[status]}" for status, number in counts.items())
    yield f"{_rows(sum(counts.values()))}: {told}"


def _part(part: Part) -> Iterator[str]:
    sheet, columns = part.sheet, part.columns
    yield f"  blad ‘{sheet.name}’: {KINDS[columns.kind]}, {_rows(len(part.lines))} onder de koppen in rij {columns.row}"
    yield f"    gelezen: {'; '.join(_understood(columns))}"
    above = [row.number for row in sheet.rows if row.number < columns.row]
    if above:
        yield f"    boven de koppen, niet gelezen: {_listed(above, 'rij')}"
    for column in columns.unread[:_MOST_COLUMNS]:
        filled = sum(1 for line in part.lines if column in line.row.cells)
        near = nearest_heading(columns.heading(column), columns.kind)
        hint = f" (bedoelt u ‘{near}’?)" if near else ""
        yield f"    kolom {letter(column)} ‘{columns.heading(column)}’ wordt niet overgenomen: {filled} gevuld{hint}"
    if len(columns.unread) > _MOST_COLUMNS:
        yield f"    en nog {len(columns.unread) - _MOST_COLUMNS} kolommen die niet worden overgenomen"
    for column, first in columns.again.items():
        yield f"    kolom {letter(column)} ‘{columns.heading(column)}’ is er al: kolom {letter(first)}"
    hidden = sorted(sheet.hidden_columns & {at for line in part.lines for at in line.row.cells})
    if hidden:
        yield f"    verborgen kolommen, wel gelezen: {', '.join(map(letter, hidden))}"
    yield from _odd(line.row for line in part.lines)


def _understood(columns: Columns) -> Iterator[str]:
    """The columns, each with what it is taken for where that is called otherwise."""
    known = PARTNERS if columns.kind == "partners" else CONVERSATIONS
    for column, key in columns.keys.items():
        heading = columns.heading(column)
        name = known[key][0] if key in known else heading
        yield (
            f"{letter(column)} {heading}"
            if letters(name) == letters(heading)
            else f"{letter(column)} {heading} = {name}"
        )


def _odd(rows: Iterable[Row]) -> Iterator[str]:
    kept = list(rows)
    for told, found in (
        ("verborgen", [row.number for row in kept if row.is_hidden]),
        ("doorgestreept", [row.number for row in kept if any(cell.is_struck for cell in row.cells.values())]),
        ("met een opmerking", [row.number for row in kept if any(cell.comment for cell in row.cells.values())]),
    ):
        if found:
            yield f"    {told}: {_listed(found, 'rij')}"


def _unread(plan: Plan) -> Iterator[str]:
    read = {part.sheet.name for part in plan.parts}
    for sheet in plan.book.sheets:
        if is_ours(sheet):
            yield f"  blad ‘{sheet.name}’: antwoorden op vragen"
        elif sheet.name not in {*read, *(HELP if _is_help(sheet) else ())}:
            why = "verborgen" if sheet.is_hidden else "leeg" if not sheet.rows else "geen koppen herkend"
            yield f"  blad ‘{sheet.name}’ is niet gelezen: {why}, {_rows(len(sheet.rows))}"
    yield from (f"  blad ‘{name}’ is niet gelezen: het heeft geen cellen" for name in plan.book.without_cells)


def _is_help(sheet: Sheet) -> bool:
    """Whether an export made this sheet, for people to read or to choose from."""
    first = [cell.text for cell in sheet.rows[0].cells.values()] if sheet.rows else []
    return (sheet.is_hidden and sheet.name == LISTS) or (sheet.name == CODES and tuple(first) == CODE_HEADINGS)


# --- what changes -----------------------------------------------------------------------------------------------------


def _changes(plan: Plan, *, whole: bool) -> Iterator[str]:
    told = [line for outcome in plan.outcomes for line in _change(plan, outcome)]
    if told:
        yield "Wat er verandert"
        yield from told if whole else told[:_SCREEN]
        if not whole and len(told) > _SCREEN:
            yield f"  en nog {len(told) - _SCREEN} (alles: --all)"


def _change(plan: Plan, outcome: Outcome) -> Iterator[str]:
    name = plan.names.get(outcome.partner or "", "een gesprek" if outcome.status == "changed" else "")
    if outcome.status == "new":
        yield f"  {outcome.line.told}: {f'{name}, nieuw' if name else 'een nieuw gesprek'}"
    for each in outcome.changes:
        yield f"  {outcome.line.told}: {name}: {each.heading}: {each.before or '(leeg)'} → {each.after or '(leeg)'}"


def _returned(plan: Plan) -> Iterator[str]:
    by_reason = reasons(plan)
    if by_reason:
        yield "Wat niet past, en terugkomt in een spreadsheet"
    for what, outcomes in by_reason.items():
        yield f"  {_rows(len(outcomes))}: {what} ({_where(outcomes)})"


def reasons(plan: Plan) -> Mapping[str, Sequence[Outcome]]:
    """Why rows are given back, with the rows; the reason of most rows first."""
    found = defaultdict[str, list[Outcome]](list)
    for outcome in plan.returned:
        for what in dict.fromkeys(_reason(outcome)):
            found[what].append(outcome)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0])))


def _reason(outcome: Outcome) -> Iterator[str]:
    for each in outcome.misfits:
        heading = outcome.line.columns.heading(each.column)
        yield f"{heading}: {each.what}" if heading else each.what


def _where(outcomes: Sequence[Outcome]) -> str:
    sheets = {each.line.where.sheet for each in outcomes}
    if len(sheets) == 1:
        return _listed([each.line.row.number for each in outcomes], "rij")
    first = "; ".join(each.line.told for each in outcomes[:_FEW])
    return first + (f" en nog {len(outcomes) - _FEW}" if len(outcomes) > _FEW else "")


def _questions(plan: Plan) -> Iterator[str]:
    if plan.questions:
        yield "Wat betekenen deze woorden? Antwoord op het blad ‘Vragen’ van die spreadsheet"
    for question, rows in plan.questions:
        near = f": {' of '.join(question.nearest)}?" if question.nearest else ""
        yield f"  {ASKED[question.about]} ‘{question.written}’, {_rows(rows)}{near}"


def _rows(number: int) -> str:
    return "1 rij" if number == 1 else f"{number} rijen"


def _listed(numbers: Sequence[int], what: str) -> str:
    first = ", ".join(map(str, numbers[:_FEW]))
    return f"{what} {first}" + (f" en nog {len(numbers) - _FEW}" if len(numbers) > _FEW else "")
