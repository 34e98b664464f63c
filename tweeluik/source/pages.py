"""pages/*.md: running text with a head. The text is CommonMark; the public side renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from tweeluik.problems import Place
from tweeluik.source.contacts import PERSON_NAMED, Contact, find_contacts
from tweeluik.source.drafts import PageHead
from tweeluik.source.fields import PAGE
from tweeluik.source.page_text import find_unshown
from tweeluik.source.people import people_of, without
from tweeluik.source.reader import read_yaml
from tweeluik.source.reading import Reading
from tweeluik.source.records import Page

_FENCE = "---"
_OTHER_FENCE = re.compile(r"(?:=|-|~|_|\*|\+|[‐-―−]){1,}")  # noqa: RUF001 - that is what a word processor makes of it
_COMMENT = re.compile("<!--")
_MARKUP = re.compile(r"[*`~]+|(?<![^\W_])_+|_+(?![^\W_])")
_SIGNS = "*`~_"
_KNOWN = "remove it; who is known by an office or by work may be named under people in the head of the page"
_UNNEEDED = "remove it, or write it as it stands in the text"
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
    people = () if node is None else people_of(node)
    names = tuple(each.name for each in people)
    _report_contacts(lines, ends[1] + 1, file, _Allowed(mailbox, names), reading)
    for each in people:
        if not _is_needed(each.name, names, lines[ends[1] + 1 :], mailbox):
            reading.report(each.place, each.path, "a name that the text does not need", _UNNEEDED)
    for found in find_unshown(lines[ends[1] + 1 :]):
        reading.report(Place(file, ends[1] + 2 + found.line, found.position + 1), "", found.what, found.cure)
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


class _Allowed(NamedTuple):
    """What a page may hold about persons: one address, and names of who is known by an office or by work."""

    mailbox: str
    people: tuple[str, ...]

    def find(self, text: str) -> Iterator[Contact]:
        """What may not stand in a text, with what to do."""
        for each in find_contacts(without(self.people, text), mailbox=self.mailbox):
            yield each._replace(cure=_KNOWN) if each.what == PERSON_NAMED else each

    def kinds(self, text: str) -> dict[str, str]:
        """The kinds of things about persons in a text, each with what to do."""
        return {each.what: each.cure for each in self.find(text)}


def _report_contacts(lines: list[str], first: int, file: str, allowed: _Allowed, reading: Reading) -> None:
    """What a line holds as it is written, as it reads without its markup, and together with the line above it."""
    above = ""
    for number, line in enumerate(lines[first:], first + 1):
        if (comment := _COMMENT.search(line)) is not None:
            place = Place(file, number, comment.start() + 1)
            reading.report(place, "", "a comment in a page, which readers would see", "remove it")
        shown = _as_shown(line)
        bare = _without_markup(shown)
        written = allowed.kinds(shown)
        for position, what, cure in allowed.find(shown):
            reading.report(Place(file, number, position + 1 if shown == line else 1), "", what, cure)
        read = allowed.kinds(bare)
        over_two = allowed.kinds(f"{above} {bare}") if above and bare else {}
        begun = {**read, **allowed.kinds(above)}
        for at, found, known in ((number, read, written), (number - 1, over_two, begun)):
            for what in found.keys() - known.keys():
                reading.report(Place(file, at, 1), "", what, found[what])
        above = bare


def _is_needed(name: str, names: tuple[str, ...], lines: list[str], mailbox: str) -> bool:
    """Whether more would be found in the text if the head of the page did not have this name."""
    bare = [_without_markup(_as_shown(line)) for line in lines]
    texts = (f"{above} {line}" for above, line in zip(["", *bare], bare, strict=False))
    whole, others = (_Allowed(mailbox, each) for each in (names, tuple(each for each in names if each != name)))
    return any([*others.find(each)] != [*whole.find(each)] for each in texts if without([name], each) != each)


def _without_markup(shown: str) -> str:
    """A line as it reads once emphasis, code and the lines of a table are gone."""
    text = shown.replace("|", " ")
    if any(sign in text for sign in _SIGNS):  # most lines have none, and a pattern asks at every letter
        text = _MARKUP.sub("", text)
    return " ".join(text.split())


def _as_shown(line: str) -> str:
    """A line as readers see it: in CommonMark an @ may be written as `&#64;`, or with a backslash before it."""
    return unescape(_ESCAPED.sub(r"\1", line))
