"""The annex as a document for Word, for who works with it further: the same words and numbers as the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Template

from tweeluik.paper import word_blocks as blocks
from tweeluik.paper.theme import Theme
from tweeluik.paper.word import WrongStyles, write_document
from tweeluik.paper.word_blocks import (
    Bar,
    BarChart,
    Block,
    Colours,
    Document,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    Text,
)
from tweeluik.public.annex_content import Annex, Facts, page_of
from tweeluik.public.charts import in_order, subtitle
from tweeluik.public.figure import Figure
from tweeluik.public.grid import Grid
from tweeluik.public.key_figures import KeyFigure
from tweeluik.public.message import Sentence, message, plain
from tweeluik.public.templates import Templates
from tweeluik.public.texts import overlap, told_notes
from tweeluik.words.phrases import Words

STYLES = "annex.styles.xml"

MOST_COLUMNS = 5
"""Of numbers, on a page that stands."""

ROOMY = 3
"""Columns of numbers that have room for a number and its range on one line."""

MOST_BARS = 16
"""In one chart: a longer one is broken into several, so that none is larger than a page."""


def render_word_annex(annex: Annex, templates: Templates, theme: Theme) -> bytes:
    """`annex.docx`.

    Raises:
        SourceHasProblems: the part with the styles is missing or wrong.
    """
    document = Document(
        title=annex.title,
        subject=annex.publication,
        author=annex.publisher,
        comment=annex.licence,
        day=annex.day,
        foot=annex.title if annex.mark is None else f"{annex.title} · {annex.mark}",
        page_of=page_of(annex.words),
        sections=tuple(_sections(annex)),
        colours=Colours(*(_hex(theme.on_paper[name]) for name in ("accent", "accent-soft", "ink"))),
    )
    try:
        return write_document(document, _styles(templates.text(STYLES), theme))
    except WrongStyles:
        raise templates.wrong(
            STYLES, 0, "these are no styles for Word, or one that the annex uses is missing"
        ) from None


def _styles(text: str, theme: Theme) -> str:
    """The styles with the colours and fonts of the theme, where they ask for them (`$accent`, `$word_text`)."""
    colours = {name.replace("-", "_"): _hex(colour) for name, colour in theme.on_paper.items()}
    return Template(text).safe_substitute(colours, **theme.fonts)


def _hex(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _sections(annex: Annex) -> Iterator[Section]:
    """Pages that stand, and for every wide table pages that lie."""
    standing: list[Block] = list(_first(annex))
    for grid in annex.tables:
        if len(grid.headings) > MOST_COLUMNS:
            yield Section(tuple(standing))
            yield Section(tuple(_subject(grid)), lies=True)
            standing = []
        else:
            standing += _subject(grid)
    standing += _named(annex.words, annex.named)
    if standing:
        yield Section(tuple(standing))


def _first(annex: Annex) -> Iterator[Block]:
    if annex.mark is not None:
        yield Paragraph(_text(annex.mark), blocks.NOTICE)
    yield Paragraph(_text(annex.publication), blocks.LEAD)
    yield Paragraph(_text(annex.title), blocks.TITLE)
    yield from _facts(annex.meta)
    yield from (Paragraph(_text(each), blocks.NOTICE) for each in annex.corrections)
    yield _heading(annex.words, "main_points")
    yield from (Paragraph(_key_figure(each), blocks.BULLET) for each in annex.figures)
    yield from (Paragraph(_sentence(each), blocks.BULLET) for each in annex.points)
    yield _heading(annex.words, "who")
    yield Paragraph(_text(annex.who))
    yield Paragraph(_text(annex.words.text("annex.not_counted")), keeps=True)
    yield from _bullets(annex.left_out)
    if annex.too_few is None:
        yield _heading(annex.words, "reading")
        yield Paragraph(_text(annex.reading))
    else:
        yield _heading(annex.words, "no_tables")
        yield Paragraph(_text(annex.too_few))
    yield _heading(annex.words, "about")
    yield from _facts(annex.about)


def _named(said: Words, names: tuple[str, ...]) -> Iterator[Block]:
    if names:
        yield _heading(said, "named")
        yield Paragraph(_text(said.text("annex.named_text")), keeps=True)
        yield from _bullets(names)


def _heading(said: Words, key: str) -> Paragraph:
    return Paragraph(_text(said.text(f"annex.{key}")), blocks.HEADING)


def _bullets(texts: Iterable[str]) -> Iterator[Block]:
    return (Paragraph(_text(each), blocks.BULLET) for each in texts)


def _facts(facts: Facts) -> Iterator[Block]:
    for name, said in facts:
        mark = "" if name.endswith("?") else ":"
        yield Paragraph((Run(f"{name}{mark}", blocks.STRONG), Run(f" {said}")), blocks.FACT)


def _text(text: str) -> Text:
    return (Run(text),)


def _sentence(sentence: Sentence) -> Text:
    parts = (_figure(part, blocks.STRONG) if isinstance(part, Figure) else (Run(part),) for part in sentence)
    return tuple(run for part in parts for run in part)


def _key_figure(each: KeyFigure) -> Text:
    before = (Run(". "), *_sentence(each.before)) if each.before else ()
    return (*_figure(each.figure, blocks.STRONG), Run(f" {each.caption}"), *before)


def _cell(grid: Grid, seen: Figure) -> Text:
    return _figure(seen, between=" " if len(grid.headings) <= ROOMY else "\n")


def _figure(seen: Figure, style: str = "", between: str = " ") -> Text:
    """The number, and what it can stand for."""
    shown = Run(seen.text, blocks.HIDDEN if seen.value is None else style)
    return (shown, Run(f"{between}({seen.range})", blocks.RANGE)) if seen.range else (shown,)


# --- a table with its chart -------------------------------------------------------------------------------------------


def _subject(grid: Grid) -> Iterator[Block]:
    yield Paragraph(_text(grid.table.title), blocks.HEADING)
    note = overlap(grid)
    if note is not None:
        yield Paragraph(_text(note), keeps=True)
    said = message(grid)
    yield from _charts(grid, message(grid, sides=1) or (grid.table.title,))
    caption = grid.caption
    yield Paragraph(_text(caption), blocks.CAPTION, keeps=True)
    rows = tuple(
        Row(_noted(row.label, row.mark), tuple(_cell(grid, seen) for seen in row.figures), row.is_total)
        for row in grid.rows
    )
    heads = (_text(grid.corner), *map(_noted, grid.headings, grid.heading_marks))
    yield Table(caption, plain(said) if said else caption, heads, rows)
    yield from (Paragraph(_note(*each), blocks.FACT) for each in told_notes(grid))


def _noted(label: str, mark: str) -> Text:
    return (Run(f"{label}\N{NO-BREAK SPACE}"), Run(mark, blocks.MARK)) if mark else (Run(label),)


def _note(mark: str, text: str) -> Text:
    return (Run(mark, blocks.MARK), Run(f" {text}")) if mark else (Run(text),)


def _charts(grid: Grid, title: Sentence) -> Iterator[Block]:
    """The categories of the first dimension, on as many charts as it takes; none when there is nothing to draw."""
    figures = {category.code: seen for category, seen in grid.margin(0)}
    margin = [(each.label, figures[each.code]) for each in in_order(grid)]
    most = max((_end(seen) for _, seen in margin if seen.value), default=0)
    if not most:
        return
    yield Paragraph(_sentence(title), blocks.CAPTION, keeps=True)
    yield Paragraph(_text(subtitle(grid)), blocks.LEAD, keeps=True)
    keys = grid.words.text("annex.at_least"), grid.words.text("annex.at_most")
    for start in range(0, len(margin), MOST_BARS):
        part = margin[start : start + MOST_BARS]
        said = "; ".join(f"{label}: {seen.full}" for label, seen in part)
        bars = tuple(_bar(label, seen, most) for label, seen in part)
        yield BarChart(plain(title), f"{said}.", keys, bars, most)


def _bar(label: str, seen: Figure, most: int) -> Bar:
    """What it may have runs to the edge at most: what is not shown may be anything, and would make all others short."""
    low = min(seen.low, most)
    return Bar(f"{label}: {seen.full}", low, max(0, min(_end(seen), most) - low))


def _end(seen: Figure) -> int:
    """Where its bar ends; a number of which nobody knows the most has the bar of its least."""
    return seen.low if seen.high is None else seen.high
