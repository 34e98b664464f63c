"""Every sentence that a site says about its numbers, held against the true counts: none may say what is not so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from bench.recounting.counting import Truth
from bench.recounting.seen import Files, NotUnderstood, Seen, parse
from bench.recounting.writing import KINDS

_N = r"(?:ongeveer )?((?:niet getoond|\d[\d.]*)(?: \(\d[\d.]*(?:–\d[\d.]*| of meer)?\))?)"
_SIDES = {"soort organisatie": "kind", "regio": "region", "thema": "theme", "pijler": "pillar", "vorm": "form"}
_WORDS = {"partner": "partners", "partners": "partners", "gesprek": "conversations", "gesprekken": "conversations"}


@dataclass(frozen=True)
class Years:
    """The truths by year, and the year whose page it is."""

    year: int
    truths: Mapping[int, Truth]
    table_of: Mapping[tuple[str, str], str]
    """By what is counted and the first dimension: the table that says it."""

    def total(self, year: int, counts: str) -> int:
        """All of a year."""
        truth, table = self.truths[year], next(each for (one, _), each in self.table_of.items() if one == counts)
        return truth.cell(table, ("_T",) * len(truth.sides[table]))


Check = Callable[[re.Match[str], Years], Iterator[tuple[str, int]]]
"""The numbers of a sentence as they are said, each with the true one; raises where the claim is untrue."""


def texts(files: Files, year: int) -> Iterator[tuple[str, str]]:
    """Every text about numbers of an edition, with where it stands."""
    page = LexborHTMLParser(files[f"edities/{year}/index.html"].decode())
    for where, selector in (("points", ".punten li"), ("messages", ".boodschap"), ("key figures", ".kerncijfers > li")):
        for node in page.css(selector):
            yield where, " ".join(node.text(separator=" ").split())
    home = LexborHTMLParser(files["index.html"].decode())
    for entry in home.css(".edities > li"):
        if f"edities/{year}/" in (entry.html or ""):
            yield from (("home", " ".join(node.text(separator=" ").split())) for node in entry.css("ul > li"))
    for selector in ('meta[name="description"]', 'meta[property="og:description"]'):
        told = page.css_first(selector)
        yield "description", " ".join((told.attributes.get("content") or "").split()) if told else ""
    yield from _for_machines(files, page, year)


def _for_machines(files: Files, page: LexborHTMLParser, year: int) -> Iterator[tuple[str, str]]:
    """What search engines, catalogues and readers of news are told."""
    own = page.css_first('script[type="application/ld+json"]')
    if own is not None:
        yield "schema.org", json.loads(own.text())["description"]
    for node in json.loads(files["data.jsonld"])["@graph"]:
        if node["@id"].endswith(f"edities/{year}/index.html#gegevensset"):
            yield "catalogue", node["dct:description"]["@value"]
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in ET.fromstring(files["feed.xml"]).iter(f"{atom}entry") if "feed.xml" in files else ():
        link = entry.find(f"{atom}link")
        if link is not None and (link.get("href") or "").endswith(f"edities/{year}/index.html"):
            yield "feed", entry.findtext(f"{atom}summary") or ""


def of_years(files: Files) -> Iterator[tuple[str, str]]:
    """What stands above the drawings of all editions."""
    page = LexborHTMLParser(files["door-de-jaren/index.html"].decode())
    for node in page.css(".grafieken .boodschap"):
        yield "years, messages", " ".join(node.text(separator=" ").split())


def read_sentences(files: Files, years: Years) -> Iterator[Seen]:
    """The numbers in all of them.

    Raises:
        NotUnderstood: a sentence says what is not so, or what nobody here knows how to check.
    """
    newest = of_years(files) if years.year == max(years.truths) else ()
    for where, text in (*texts(files, years.year), *newest):
        said = text.replace(" (", " (").replace("( ", "(").replace(" )", ")").replace(" :", ":").strip(" .")
        said = re.sub(r"\s+", " ", said)
        found = next(((check, match) for pattern, check in _CHECKS if (match := re.fullmatch(pattern, said))), None)
        if found is None:
            raise NotUnderstood(f"{where}: a sentence that nobody checks: {said!r}")
        check, match = found
        for number, true in check(match, years):
            seen = parse(where, "", (str(true),), number)
            yield seen


def _total(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    counts = "conversations" if "gesprek" in found[0] else "partners"
    yield found["n"], years.total(int(found["year"]), counts)


def _before(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    yield from _total(found, years)
    if found["then"]:
        counts = "conversations" if "gesprek" in found[0] else "partners"
        yield found["m"], years.total(int(found["then"]), counts)


def _largest(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    """The groups that a sentence names are the largest, or the largest of those that are shown."""
    group = found.groupdict()
    name, noun = _SIDES[group["side"]], _WORDS[group["noun"]]
    truth = years.truths[years.year]
    table = years.table_of[noun, name]
    rest = ("_T",) * (len(truth.sides[table]) - 1)
    counts = {code: truth.cell(table, (code, *rest)) for code in truth.labels[name]}
    named = _codes(truth, name, group["a"], group.get("b"))
    least = min(counts[code] for code in named)
    if not group["shown"] and any(count > least for code, count in counts.items() if code not in named):
        raise NotUnderstood(f"{found[0]!r}: another group is larger")
    said = [group["n"], *([group["m"]] if group.get("m") else [])]
    yield from zip(said, (counts[code] for code in named), strict=True)


def _codes(truth: Truth, name: str, first: str, second: str | None) -> list[str]:
    """One code or two. A name may hold the word that stands between two."""
    if second is None:
        return [_code(truth, name, first)]
    words = f"{first} en {second}".split(" en ")
    for at in range(1, len(words)):
        try:
            return [_code(truth, name, " en ".join(part)) for part in (words[:at], words[at:])]
        except KeyError:
            continue
    raise NotUnderstood(f"{first!r}, {second!r}: no groups")


def _code(truth: Truth, name: str, text: str) -> str:
    plurals = {plural: code for code, (_, plural) in KINDS.items() if plural}
    labels = {label: code for code, label in truth.labels[name].items()}
    folded = {key.casefold(): code for key, code in {**plurals, **labels}.items()}
    return folded[" ".join(text.split()).casefold()]


def _newest(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    truth = years.truths[years.year]
    yield found["n"], truth.cell("nieuw", (found["year"],))
    yield found["m"], years.total(years.year, "partners")


def _compared(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    now, then = years.total(int(found["now"]), "partners"), years.total(int(found["then"]), "partners")
    says = {"meer": now > then, "minder": now < then, "evenveel": now == then}[found["how"]]
    if not says:
        raise NotUnderstood(f"{found[0]!r}: that is not so")
    yield found["n"], then


def _beside(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    """Two years above a drawing."""
    counts = "conversations" if "esprekken" in found[0] else "partners"
    then, now = (years.total(int(found[name]), counts) for name in ("then", "now"))
    how = found.groupdict().get("how")
    if how and not {"meer": now > then, "minder": now < then}[how]:
        raise NotUnderstood(f"{found[0]!r}: that is not so")
    yield found["n"], then
    yield found["m"], now


def _unknown(found: re.Match[str], years: Years) -> Iterator[tuple[str, int]]:
    yield found["n"], years.total(int(found["then"]), "partners")


def _named(pattern: str) -> str:
    """A pattern with `N` and `M` for numbers by these names."""
    return pattern.replace("<N>", _N.replace("((", "(?P<n>(", 1)).replace("<M>", _N.replace("((", "(?P<m>(", 1))


_UNIT = r"(?:[Pp]artners|[Gg]esprekken)"
_NOUN = r"(?P<noun>partners?|gesprek(?:ken)?)"
_GROUP = r"grootste (?P<shown>getoonde )?groep(?:en)? naar (?P<side>[a-z ]+?)"
_MOVED = (
    r"In (?P<now>\d{4}) waren er (?P<how>meer|minder|evenveel) partners (?:dan|als) in (?P<then>\d{4}): "
    r"(?:toen (?:waren|was) het er )?<N>"
)
_UNSURE = (
    r"In (?P<then>\d{4}) (?:waren|was) er <N> partners?\. Door de afronding is niet te zeggen of het er in \d{4} "
    r"meer of minder zijn"
)
_CHECKS: tuple[tuple[str, Check], ...] = tuple(
    (_named(pattern), check)
    for pattern, check in (
        (r"In (?P<year>\d{4}) werkten? <N> maatschappelijke partners? mee aan de Actieagenda", _total),
        (r"In (?P<year>\d{4}) (?:is|zijn) <N> gesprek(?:ken)? met partners gevoerd", _total),
        (rf"<N> {_NOUN} in (?P<year>\d{{4}})(?: \(afgerond\))?(?: In (?P<then>\d{{4}}): <M>)?", _before),
        (rf"De {_GROUP} is ‘(?P<a>.+?)’: <N> {_NOUN}", _largest),
        (rf"De {_GROUP} zijn ‘(?P<a>.+?)’ met <N> en ‘(?P<b>.+?)’ met <M> {_NOUN}", _largest),
        (rf"(?P<a>.+?) vormen de {_GROUP}: <N> {_NOUN}", _largest),
        (rf"(?P<a>.+?) en (?P<b>.+?) vormen de {_GROUP}: <N> en <M> {_NOUN}", _largest),
        (rf"<N> {_NOUN} bij de {_GROUP}: (?P<a>.+?)(?: \(afgerond\))?", _largest),
        (r"Van de <M> partners? (?:is|zijn) er <N> nieuw in (?P<year>\d{4})", _newest),
        (_MOVED, _compared),
        (rf"In (?P<now>\d{{4}}) (?P<how>meer|minder) {_UNIT} dan in (?P<then>\d{{4}}): van <N> naar <M>", _beside),
        (rf"{_UNIT} in (?P<then>\d{{4}}) en (?P<now>\d{{4}}): <N> en <M>", _beside),
        (_UNSURE, _unknown),
        (r"Partners naar .+|Gesprekken naar .+", lambda _found, _years: iter(())),
    )
)  # fmt: skip
