"""pages/*.md: running text with a head. The text is CommonMark; the public side renders it."""

from __future__ import annotations

import re
from html import unescape

from tweeluik.problems import Place
from tweeluik.source.contacts import find_contacts
from tweeluik.source.drafts import PageHead
from tweeluik.source.fields import PAGE
from tweeluik.source.page_text import find_unshown
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Page

_FENCE = "---"
_OTHER_FENCE = re.compile(r"(?:=|-|~|_|\*|\+|[‐-―−]){1,}")  # noqa: RUF001 - that is what a word processor makes of it
_COMMENT = re.compile("<!--")
_MARKUP = re.compile(r"[*`~]+|(?<![^\W_])_+|_+(?![^\W_])")
_SIGNS = "*`~_"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_page(text: str, file: str, slug: str, mailbox: str, reading: Reading) -> Page | None:
    """One page, or None after reporting why not. `mailbox` is the only address that it may hold."""
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if not ends or ends[0] != 0 or len(ends) == 1:
        reading.report(Place(file, 1, 1), "", "a page without a head", _cure(lines, ends))
        return None
    node, problems = read_yaml("\n".join(lines[1 : ends[1]]), file, first_line=2)
    reading.problems += problems
    head = PAGE.read(node, "", reading) if node is not None else None
    begins = next((at for at in range(ends[1] + 1, len(lines)) if lines[at]), ends[1] + 1)
    body = "\n".join(lines[begins:]).strip("\n")
    if not body.strip():
        reading.report(Place(file), "", "a page without text", "write it, or remove the file")
    _report_contacts(lines, ends[1] + 1, file, mailbox, reading)
    for each in find_unshown(lines[ends[1] + 1 :]):
        reading.report(Place(file, ends[1] + 2 + each.line, each.position + 1), "", each.what, each.cure)
    if not isinstance(head, PageHead):
        return None
    return Page(slug, head.title, head.order, body + "\n", head.place, begins + 1)


def _cure(lines: list[str], ends: list[int]) -> str:
    """What to do about a page that does not begin with its head."""
    first = lines[0].strip()
    if ends and ends[0] == 0:
        return "close the head with a line '---'"
    if not first and ends:
        return "remove what stands above the first line '---'"
    if _OTHER_FENCE.fullmatch(first):
        return "write the lines around the head as '---'"
    under = lines[1].strip() if len(lines) > 1 else ""
    if first.startswith("#") or (first and re.fullmatch("=+|-+", under)):
        return "write the title in a head: a line '---', then title and order, then a line '---'"
    return "start with a line '---', then title and order, then a line '---'"


def _report_contacts(lines: list[str], first: int, file: str, mailbox: str, reading: Reading) -> None:
    """What a line holds as it is written, as it reads without its markup, and together with the line above it."""
    above = ""
    for number, line in enumerate(lines[first:], first + 1):
        if (comment := _COMMENT.search(line)) is not None:
            place = Place(file, number, comment.start() + 1)
            reading.report(place, "", "a comment in a page, which readers would see", "remove it")
        shown = _as_shown(line)
        bare = _without_markup(shown)
        written = _kinds(shown, mailbox)
        for position, what, cure in find_contacts(shown, mailbox=mailbox):
            reading.report(Place(file, number, position + 1 if shown == line else 1), "", what, cure)
        read = _kinds(bare, mailbox)
        over_two = _kinds(f"{above} {bare}", mailbox) if above and bare else {}
        begun = {**read, **_kinds(above, mailbox)}
        for at, found, known in ((number, read, written), (number - 1, over_two, begun)):
            for what in found.keys() - known.keys():
                reading.report(Place(file, at, 1), "", what, found[what])
        above = bare


def _kinds(text: str, mailbox: str) -> dict[str, str]:
    """The kinds of things about persons in a text, each with what to do."""
    return {each.what: each.cure for each in find_contacts(text, mailbox=mailbox)}


def _without_markup(shown: str) -> str:
    """A line as it reads once emphasis, code and the lines of a table are gone."""
    text = shown.replace("|", " ")
    if any(sign in text for sign in _SIGNS):  # most lines have none, and a pattern asks at every letter
        text = _MARKUP.sub("", text)
    return " ".join(text.split())


def _as_shown(line: str) -> str:
    """A line as readers see it: in CommonMark an @ may be written as `&#64;`, or with a backslash before it."""
    return unescape(_ESCAPED.sub(r"\1", line))
