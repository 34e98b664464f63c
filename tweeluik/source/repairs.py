"""Mechanical mistakes, mended in their own line: what a person would do with the cure in hand, without thinking.

A repair gets the line, the position of the problem in it (from 0) and its cure, and gives the line as it should be, or
None where a person has to look. It knows one line; whether the source is better for it, `mending` asks the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from html import unescape

from tweeluik.problems import Problem
from tweeluik.source import slips
from tweeluik.source.dutch_words import value_of
from tweeluik.source.tokens import plain_or_quoted, quoted, token_at
from tweeluik.source.value_types import FALSE, TRUE

Repair = Callable[[str, int, str], str | None]

_OFFERED = re.compile(r".*'(.+)'\??")
_FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
"""By their first three letters."""


# --- slips of the keyboard --------------------------------------------------------------------------------------------


def _tabs(line: str, _position: int, _cure: str) -> str:
    indent = re.match(r"[ \t]*", line)
    return line if indent is None else indent[0].replace("\t", "  ") + line[indent.end() :]


def _other_comment(line: str, position: int, _cure: str) -> str:
    return f"{line[:position]}# {line[position:].lstrip('/').lstrip()}"


def _dash(line: str, position: int, _cure: str) -> str:
    return f"{line[:position]}- {line[position + 1 :].lstrip()}"


def _hard_spaces(line: str, _position: int, _cure: str) -> str:
    return re.sub(f"[{slips.HARD_SPACES}]", " ", line)


def _colon(line: str, position: int, _cure: str) -> str | None:
    found = re.compile(r"[ ]*[:=;；﹔：∶﹕][ ]*").search(line, position)  # noqa: RUF001 - those are meant
    return None if found is None else f"{line[: found.start()].rstrip()}: {line[found.end() :]}"


def _cut_text(line: str, position: int, _cure: str) -> str | None:
    """Quotes around a text with ' #' in it: a whole value, or an item of a list on one line."""
    before = line[:position]
    opened = max(before.rfind("["), before.rfind("{"))
    if opened < 0:
        return _whole_value(line, position, "")
    start = max(opened, before.rfind(",")) + 1
    start += len(line[start:]) - len(line[start:].lstrip())
    found = re.compile(r"[ ]*[,\]}]").search(line, position)
    if found is None or ": " in line[start:position]:
        return None
    return f"{line[:start]}{quoted(line[start : found.start()])}{line[found.start() :]}"


def _whole_value(line: str, _position: int, _cure: str) -> str | None:
    """Quotes around all that stands behind the key."""
    found = re.match(r"([ ]*(?:-[ ]+)?(?:[A-Za-z_]\w*:[ ]+)?)(.*?)[ ]*$", line)
    if found is None or not found[2] or found[2][0] in "[{":
        return None
    text = found[2]
    if text[0] in "\"'":
        text = text[1:-1] if len(text) > 1 and text[-1] == text[0] else text if text[0] == "'" else text[1:]
    return f"{found[1]}{quoted(text)}"


def _text_with_colon(line: str, position: int, cure: str) -> str | None:
    """A text with a colon in it, within braces or alone; or keys that a line holds without their braces."""
    if cure.startswith("put braces"):
        found = re.match(r"([ ]*(?:-[ ]+)?[A-Za-z_]\w*:[ ]+)(.*?)[ ]*$", line)
        return None if found is None else f"{found[1]}{{{found[2]}}}"
    start = line[:position].rfind(": ") + 2
    if "{" not in line[:start]:
        return _whole_value(line, position, "")
    found = re.compile(r"[ ]*[,}]").search(line, position)
    return None if found is None else f"{line[:start]}{quoted(line[start : found.start()])}{line[found.start() :]}"


_RUN_ON = re.compile(r"[^\s,:{}\[\]]+(?:[ ]*,[ ]*[^\s,:{}\[\]]+)+(?=[ ]*(?:,[ ]*\w+:|\}))")
"""Codes with commas between them, up to the next key or the end of the braces."""


def _text_with_comma(line: str, position: int, cure: str) -> str | None:
    """Quotes around a text within braces, from behind its key to the end of what a comma cut off; or brackets."""
    if cure == "write it as [one, two]":
        run = _RUN_ON.match(line, position)
        return None if run is None else f"{line[:position]}[{run[0]}]{line[run.end() :]}"
    start = line[:position].rfind(": ") + 2
    found = re.compile(r"[ ]*[,}]").search(line, position)
    if found is None or line[start : start + 1] in {'"', "'"}:
        return None
    return f"{line[:start]}{quoted(line[start : found.start()])}{line[found.start() :]}"


def _close_quotes(line: str, position: int, _cure: str) -> str | None:
    """The quote that is missing at the end of a line; within brackets nobody knows where it belongs."""
    opened = line[:position].count("[") + line[:position].count("{") > 0
    return None if opened or line[position] != "'" else f"{line[:position]}{quoted(line[position + 1 :].rstrip())}"


def _straight_quotes(line: str, position: int, _cure: str) -> str:
    token = token_at(line, position)
    return token.become(quoted(token.text[1:-1]))


def _next_record(line: str, position: int, _cure: str) -> str | None:
    if not line[position:].startswith("id:"):
        return f" {line}" if position % 2 else None  # it stood right below what followed a dash without its space
    return f"{line[: max(position - 2, 0)]}- {line[position:]}"


# --- values -----------------------------------------------------------------------------------------------------------


def _quotes(line: str, position: int, cure: str) -> str | None:
    token = token_at(line, position)
    return token.become(quoted(token.text)) if cure.startswith("put quotes") and token.text[:1] not in "[{" else None


def _as_number(line: str, position: int, cure: str) -> str | None:
    token = token_at(line, position)
    return token.become(token.bare) if cure == "remove the quotes" else None


def _as_truth(line: str, position: int, _cure: str) -> str | None:
    token = token_at(line, position)
    word = token.bare.lower()
    return token.become("true" if word in TRUE else "false") if word in TRUE | FALSE else None


def _as_day(line: str, position: int, _cure: str) -> str | None:
    token = token_at(line, position)
    day = _day(token.bare)
    return None if day is None else token.become(day.isoformat())


def _day(text: str) -> date | None:
    """The one day that a notation can mean; of two digits for a year nobody knows the century."""
    text = re.sub(f"[{slips.LONG_DASHES}]", "-", text)
    number = text.isdecimal()
    if number and len(text) == 5:  # noqa: PLR2004 - days since 1900
        return _FIRST_DAY_OF_EXCEL + timedelta(days=int(text))
    parts = re.fullmatch(r"(\d{4})[-/.]?(\d\d?)[-/.]?(\d\d?)", text) if not number or len(text) == 8 else None  # noqa: PLR2004
    if parts is not None:
        return _valid(parts[1], parts[2], parts[3]) or _valid(parts[1], parts[3], parts[2])
    dutch = re.fullmatch(r"(\d\d?)[-/. ](\d\d?)[-/. ](\d{4})", text)
    if dutch is not None:
        return _valid(dutch[3], dutch[2], dutch[1])
    words = re.fullmatch(r"(\d\d?)[ -]?([a-z]+)\.?[ -]?(\d{4})", text.lower())
    month = None if words is None else _MONTHS.get(words[2][:3])
    return None if words is None or month is None else _valid(words[3], str(month), words[1])


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _as_list(line: str, position: int, cure: str) -> str | None:
    token = token_at(line, position)
    if cure != "write it as [one, two]" or token.text[:1] in {'"', "'", "-", ""}:
        return None
    items = [each.strip() for each in re.split(r"[,;/|]", token.text)]
    if not all(re.fullmatch(r"[\w.-]+", each) for each in items) and len(items) > 1:
        return None
    written = ", ".join(map(plain_or_quoted, items))
    return token.become(written if token.before.rstrip().endswith("[") else f"[{written}]")


def _parted_by_semicolons(line: str, position: int, _cure: str) -> str:
    token = token_at(line, position)
    return token.become(";".join(each.strip() for each in re.split(r"[,;/|&]", token.bare)))


def _without_entities(line: str, position: int, _cure: str) -> str:
    token = token_at(line, position)
    text = unescape(token.bare)
    return token.become(quoted(text) if token.bare != token.text or re.search(r": | #|^\W", text) else text)


def _read_right(line: str, position: int, _cure: str) -> str | None:
    token = token_at(line, position)
    try:
        return token.become(token.text.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return None


# --- words ------------------------------------------------------------------------------------------------------------


def _unindented(line: str, _position: int, _cure: str) -> str:
    return line.lstrip()


def _nothing(_line: str, _position: int, _cure: str) -> str:
    return ""


def _english_key(line: str, position: int, cure: str) -> str | None:
    offered = _OFFERED.fullmatch(cure)
    found = re.compile(r"[^:]+").match(line, position)
    if offered is None or found is None:
        return None
    is_other_word = cure.startswith("did you mean") and found[0].strip().casefold() != offered[1].casefold()
    return None if is_other_word else f"{line[:position]}{offered[1]}{line[found.end() :]}"


def _code_of_label(line: str, position: int, cure: str) -> str | None:
    offered = _OFFERED.fullmatch(cure)
    return None if offered is None else token_at(line, position).become(plain_or_quoted(offered[1]))


def _same_word(line: str, position: int, cure: str) -> str | None:
    """A fixed word in Dutch or in other capitals; what is merely like it, a person looks at."""
    offered, token = _OFFERED.fullmatch(cure), token_at(line, position)
    if offered is None or not cure.startswith("did you mean"):
        return None
    is_same = token.bare.casefold() == offered[1].casefold() or value_of(token.bare, {offered[1]}) is not None
    return token.become(plain_or_quoted(offered[1])) if is_same else None


_REPAIRS: Mapping[str, Repair] = {
    slips.TAB[0]: _tabs,
    slips.OTHER_COMMENT[0]: _other_comment,
    slips.NO_SPACE[0]: _dash,
    slips.LONG[0]: _dash,
    slips.BULLET[0]: _dash,
    slips.HARD[0]: _hard_spaces,
    slips.OTHER_COLON[0]: _colon,
    slips.NO_SPACE_BEHIND_COLON[0]: _colon,
    slips.CUT[0]: _cut_text,
    slips.APOSTROPHE[0]: _whole_value,
    slips.QUOTE[0]: _whole_value,
    slips.BEGINS[0]: _whole_value,
    slips.UNCLOSED[0]: _close_quotes,
    slips.COLON[0]: _text_with_colon,
    "a comma in a text without quotes": _text_with_comma,
    "a sign that cannot start a text": _whole_value,
    "an unknown tag": _whole_value,
    "a key without its dash": _next_record,
    "not a part of the list above it": _next_record,
    "curly quotes around a value": _straight_quotes,
    "expected text": _quotes,
    "expected a whole number": _as_number,
    "expected true or false": _as_truth,
    "expected a date": _as_day,
    "a date as Excel counts days": _as_day,
    "there is no such date": _as_day,
    "expected a list": _as_list,
    "a list without commas between its items": _as_list,
    "a list without semicolons between its items": _parted_by_semicolons,
    "a sign in the notation of web pages": _without_entities,
    "letters that were read in another encoding": _read_right,
    "the Dutch word for a key": _english_key,
    "unknown key": _english_key,
    "unknown column": _english_key,
    "a label where a code is meant": _code_of_label,
    "unknown value": _same_word,
    "unknown kind": _same_word,
    "unknown region": _same_word,
    "unknown form": _same_word,
    "unknown pillar": _same_word,
    "unknown theme": _same_word,
    "unknown measure": _same_word,
    "unknown edition": _same_word,
    "an indented paragraph, which readers would see as code": _unindented,
    slips.RULE[0]: _nothing,
}
"""By what is wrong, without what was found."""


def repair(line: str, problem: Problem) -> str | None:
    """The line without a problem; None where that is not mechanical."""
    mend = _REPAIRS.get(problem.what.partition(", found")[0])
    mended = None if mend is None else mend(line, problem.place.column - 1, problem.hint)
    return None if mended == line else mended


OF_ENTRIES = frozenset({"the key 'seconds' is no longer there"})
"""What is wrong with a key and all that stands below it."""


def without_entry(lines: Sequence[str], at: int) -> Mapping[int, str]:
    """The lines of a key at the margin with what stands below it, as comments: nothing is thrown away."""
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " #"):
        end += 1
    while end > at + 1 and not lines[end - 1].startswith(" "):
        end -= 1
    return {each: f"# {lines[each]}" for each in range(at, end) if lines[each].strip()}
