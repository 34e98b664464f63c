"""A plan in the words of who made the spreadsheet: what is in it, what is asked, what changes, what is given back.

It names organisations: it is for the screen of an editor, and for nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tweeluik.sheets.crosses import is_crossed
from tweeluik.sheets.exporting import CODE_HEADINGS, CODES
from tweeluik.sheets.files.model import Row, Sheet, letter
from tweeluik.sheets.files.written import LISTS
from tweeluik.sheets.headings import CONVERSATIONS, PARTNERS, Columns, nearest_heading
from tweeluik.sheets.importing import Plan
from tweeluik.sheets.lines import Part
from tweeluik.sheets.misfits import ASKED
from tweeluik.sheets.questions import SHEET, is_ours
from tweeluik.sheets.taking import Outcome
from tweeluik.words.folding import letters
from tweeluik.words.said import Said, one_of, said

HELP = (CODES, LISTS)
"""The sheets that an export adds."""

KINDS = {"partners": "organisations", "conversations": "conversations"}

_SCREEN = 30
"""So many changes are shown; all of them where that is asked."""

_A_MEASURE = "maatregel"
"""How the heading of a column of measures begins, folded; without a year nobody knows when."""

_MOST_COLUMNS = 40
_FEW = 5


def tell_plan(plan: Plan, *, whole: bool = False) -> Iterator[Said]:
    """Everything that a person must know before anything is written.

    Args:
        plan: the plan.
        whole: tell every change, not the first thirty.
    """
    yield said("In the file")
    for part in plan.parts:
        yield from _part(part)
    yield from _unread(plan)
    yield from _changes(plan, whole=whole)
    yield from _returned(plan)
    yield from _questions(plan)
    counts = plan.counts
    what = "{rows}: {new} new, {changed} changed, {known} were there like this, {returned} given back"
    yield said(what, rows=_rows(sum(counts.values())), **counts)


def _part(part: Part) -> Iterator[Said]:
    sheet, columns = part.sheet, part.columns
    what = "sheet ‘{sheet}’: {kind}, {rows} below the headings in row {row}"
    kind = said(KINDS[columns.kind])
    yield said(what, sheet=sheet.name, kind=kind, rows=_rows(len(part.lines)), row=columns.row).below()
    for line in _columns(part):
        yield line.below().below()


def _columns(part: Part) -> Iterator[Said]:
    """What is taken over of a sheet, what is not, and what cannot be seen in it."""
    sheet, columns = part.sheet, part.columns
    yield said("taken over: {columns}", columns="; ".join(_understood(columns)))
    above = [row.number for row in sheet.rows if row.number < (columns.begins or columns.row)]
    if above:
        yield said("above the headings, not taken over: {rows}", rows=_listed(above))
    for column in columns.unread[:_MOST_COLUMNS]:
        yield _not_taken(part, column)
    if len(columns.unread) > _MOST_COLUMNS:
        yield said("and {number} more columns that are not taken over", number=len(columns.unread) - _MOST_COLUMNS)
    for column, first in columns.again.items():
        what = "column {column} ‘{heading}’ is there already: column {first}"
        yield said(what, column=letter(column), heading=columns.heading(column), first=letter(first))
    hidden = sorted(sheet.hidden_columns & {at for line in part.lines for at in line.row.cells})
    if hidden:
        yield said("hidden columns, taken over all the same: {columns}", columns=", ".join(map(letter, hidden)))
    yield from _odd(line.row for line in part.lines)
    if coloured := _coloured(part):
        yield said("coloured otherwise than the others: {rows}; no colour is read", rows=_listed(coloured))


def _coloured(part: Part) -> list[int]:
    """The rows of which a cell, empty or not, has another colour than most of its column below the headings."""
    odd = set[int]()
    for column in part.columns.headings:
        colours = {line.row.number: line.row.colours.get(column, "") for line in part.lines}
        usual = max(Counter(colours.values()).items(), key=lambda each: (each[1], not each[0]), default=("", 0))[0]
        odd.update(number for number, colour in colours.items() if colour != usual)
    return sorted(odd)


def _not_taken(part: Part, column: int) -> Said:
    heading = part.columns.heading(column)
    cells = [line.row.cells[column] for line in part.lines if column in line.row.cells]
    filled = len(cells)
    near = nearest_heading(heading, part.columns.kind)
    what = "column {column} ‘{heading}’ is not taken over: {number} filled in"
    if near:
        what = "column {column} ‘{heading}’ is not taken over: {number} filled in (do you mean ‘{near}’?)"
    elif cells and all(each.text and is_crossed(each) is not None for each in cells):
        what = (
            "column {column} ‘{heading}’ is not taken over: {number} filled in (crosses? write a measure and its year "
            "above them, as in 1.1a 2027)"
        )
    elif part.columns.kind == "partners" and letters(heading).startswith(_A_MEASURE):
        what = (
            "column {column} ‘{heading}’ is not taken over: {number} filled in (measures? put those of a year in one "
            "column, such as Maatregelen 2027, with semicolons between them)"
        )
    return said(what, column=letter(column), heading=heading, number=filled, near=near)


def _understood(columns: Columns) -> Iterator[str]:
    """The columns, each with what it is taken for where that is called otherwise."""
    known = PARTNERS if columns.kind == "partners" else CONVERSATIONS
    for column, key in columns.keys.items():
        heading = columns.heading(column)
        name = known[key][0] if key in known and column not in columns.crosses else heading
        yield (
            f"{letter(column)} {heading}"
            if letters(name) == letters(heading)
            else f"{letter(column)} {heading} = {name}"
        )


def _odd(rows: Iterable[Row]) -> Iterator[Said]:
    kept = list(rows)
    for what, found in (
        ("hidden: {rows}", [row.number for row in kept if row.is_hidden and not row.is_filtered]),
        ("hidden by a filter: {rows}", [row.number for row in kept if row.is_filtered]),
        ("struck through: {rows}", [row.number for row in kept if any(cell.is_struck for cell in row.cells.values())]),
        ("with a comment: {rows}", [row.number for row in kept if any(cell.comment for cell in row.cells.values())]),
    ):
        if found:
            yield said(what, rows=_listed(found))


def _unread(plan: Plan) -> Iterator[Said]:
    read = {part.sheet.name for part in plan.parts}
    for sheet in plan.book.sheets:
        if is_ours(sheet):
            yield said("sheet ‘{sheet}’: answers to questions", sheet=sheet.name).below()
        elif sheet.name not in {*read, *(HELP if _is_help(sheet) else ())}:
            why = "hidden" if sheet.is_hidden else "no headings were recognised" if sheet.rows else "empty"
            what = "sheet ‘{sheet}’ was not read: {why}, {rows}"
            yield said(what, sheet=sheet.name, why=said(why), rows=_rows(len(sheet.rows))).below()
    for name in plan.book.without_cells:
        yield said("sheet ‘{sheet}’ was not read: it has no cells", sheet=name).below()


def _is_help(sheet: Sheet) -> bool:
    """Whether an export made this sheet, for people to read or to choose from."""
    first = [cell.text for cell in sheet.rows[0].cells.values()] if sheet.rows else []
    return (sheet.is_hidden and sheet.name == LISTS) or (sheet.name == CODES and tuple(first[:2]) == CODE_HEADINGS[:2])


# --- what changes -----------------------------------------------------------------------------------------------------


def _changes(plan: Plan, *, whole: bool) -> Iterator[Said]:
    told = [line.below() for outcome in plan.outcomes for line in _change(plan, outcome)]
    if told:
        yield said("What changes")
        yield from told if whole else told[:_SCREEN]
        if not whole and len(told) > _SCREEN:
            yield said("and {number} more (all: --all)", number=len(told) - _SCREEN).below()


def _change(plan: Plan, outcome: Outcome) -> Iterator[Said]:
    where, name = outcome.line.told, plan.names.get(outcome.partner or "", "")
    if outcome.status == "new":
        told = ", ".join(f"{each.heading}: {_named(plan, each.key, each.after)}" for each in outcome.changes)
        what = "{where}: {name}, new: {told}" if name else "{where}: a new conversation: {told}"
        yield said(what, where=where, name=name, told=told)
        return
    for each in outcome.changes:
        what = "{where}: {name}: {column}: {before} → {after}"
        if each.since is not None:
            what = "{where}: {name}: {column}: {before} → {after} since {since}"
        before, after = (_or_empty(_named(plan, each.key, text)) for text in (each.before, each.after))
        yield said(
            what, where=where, name=name or said("a conversation"), column=each.heading, before=before, after=after,
            since=str(each.since),
        )  # fmt: skip


_ORGANISATIONS = ("partners", "umbrella", "successor")
"""What an organisation is told by that the row names, and not its own."""


def _named(plan: Plan, key: str, text: str) -> str:
    """A value with the names of organisations in place of their ids."""
    return "; ".join(plan.names.get(each, each) for each in text.split("; ")) if key in _ORGANISATIONS else text


def _or_empty(value: str) -> str | Said:
    return value or said("(empty)")


def _returned(plan: Plan) -> Iterator[Said]:
    by_reason = reasons(plan)
    if by_reason:
        yield said("What does not fit, and is given back in a spreadsheet")
    for what, outcomes in by_reason.items():
        yield said("{rows}: {what} ({where})", rows=_rows(len(outcomes)), what=what, where=_where(outcomes)).below()


def reasons(plan: Plan) -> Mapping[Said, Sequence[Outcome]]:
    """Why rows are given back, with the rows; the reason of most rows first."""
    found = defaultdict[Said, list[Outcome]](list)
    for outcome in plan.returned:
        for what in dict.fromkeys(_reason(outcome)):
            found[what].append(outcome)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0].shown("en"))))


def _reason(outcome: Outcome) -> Iterator[Said]:
    for each in outcome.misfits:
        heading = outcome.line.columns.heading(each.column)
        yield said("{column}: {what}", column=heading, what=each.what) if heading else each.what


def _where(outcomes: Sequence[Outcome]) -> Said:
    sheets = {each.line.where.sheet for each in outcomes}
    if len(sheets) == 1:
        return _listed([each.line.row.number for each in outcomes])
    first = said("{one}", one=outcomes[0].line.told)
    for each in outcomes[1:_FEW]:
        first = said("{one}; {other}", one=first, other=each.line.told)
    return _and_more(first, len(outcomes) - _FEW)


def _questions(plan: Plan) -> Iterator[Said]:
    if plan.questions:
        yield said("What do these words mean? Answer on the sheet ‘{sheet}’ of that spreadsheet", sheet=SHEET)
    for question, rows in plan.questions:
        what = "{about} ‘{written}’, {rows}"
        if question.nearest:
            what = "{about} ‘{written}’, {rows}: {near}?"
        yield said(
            what, about=said(ASKED[question.about]), written=question.written, rows=_rows(rows),
            near=one_of(question.nearest or ("",)),
        ).below()  # fmt: skip


def _rows(number: int) -> Said:
    return said("1 row") if number == 1 else said("{number} rows", number=number)


def _listed(numbers: Sequence[int]) -> Said:
    return _and_more(said("row {rows}", rows=", ".join(map(str, numbers[:_FEW]))), len(numbers) - _FEW)


def _and_more(first: Said, more: int) -> Said:
    return said("{first} and {number} more", first=first, number=more) if more > 0 else first
