"""A document for Word (Office Open XML, ECMA-376), made so that it reads well aloud and has the same bytes everywhere.

Word shows and names what stands here by its built-in styles, so that headings, lists and captions are what they seem.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tweeluik.paper.package import package
from tweeluik.paper.word_blocks import FOOT, STYLES, BarChart, Document
from tweeluik.paper.word_body import LONG, MARGIN, SHORT, body
from tweeluik.paper.word_chart import chart_part
from tweeluik.paper.word_xml import HEAD, NAMESPACE, RELATED, WORD, paragraph, run
from tweeluik.words.xml import escape

LANGUAGE = "nl-NL"

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument"


class WrongStyles(Exception):
    """The part with the styles is no XML, or a style is not in it."""


def write_document(document: Document, styles: str) -> bytes:
    """The file. `styles` is its `word/styles.xml`, which says what everything looks like.

    Raises:
        WrongStyles: see there.
    """
    _check(styles)
    charts = tuple(block for each in document.sections for block in each.blocks if isinstance(block, BarChart))
    return package({
        "[Content_Types].xml": _types(len(charts)),
        "_rels/.rels": _relations((("officeDocument", "word/document.xml"), ("core", "docProps/core.xml"))),
        "docProps/core.xml": _core(document),
        "word/document.xml": body(document),
        "word/_rels/document.xml.rels": _relations(tuple(_parts(len(charts)))),
        "word/styles.xml": styles,
        "word/settings.xml": _SETTINGS,
        "word/numbering.xml": _NUMBERING,
        "word/footer1.xml": _footer(document, ""),
        "word/footer2.xml": _footer(document, _LYING_TABS),
        **{f"word/charts/chart{at}.xml": chart_part(each, document.colours) for at, each in enumerate(charts, start=1)},
    })  # fmt: skip


def _check(styles: str) -> None:
    # No declarations: an entity could stand for anything, as often as it likes.
    if "<!" in styles.replace("<!--", ""):
        raise WrongStyles
    try:
        found = ET.fromstring(styles.encode())  # noqa: S314 (no declarations)
    except ET.ParseError:
        raise WrongStyles from None
    ids = {each.get(f"{{{NAMESPACE}}}styleId") for each in found.iter(f"{{{NAMESPACE}}}style")}
    if not ids >= STYLES:
        raise WrongStyles


def _parts(charts: int) -> Iterator[tuple[str, str]]:
    """What the document refers to, by kind and name; the charts last, so that the number of each is known."""
    yield from (("styles", "styles.xml"), ("settings", "settings.xml"), ("numbering", "numbering.xml"))
    yield from (("footer", f"footer{at}.xml") for at in (1, 2))
    yield from (("chart", f"charts/chart{at}.xml") for at in range(1, charts + 1))


def _relations(parts: tuple[tuple[str, str], ...]) -> str:
    kinds = {"core": f"{_PACKAGE}/relationships/metadata/core-properties"}
    found = "".join(
        f'<Relationship Id="rId{at}" Type="{kinds.get(kind, f"{RELATED}/{kind}")}" Target="{target}"/>'
        for at, (kind, target) in enumerate(parts, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _types(charts: int) -> str:
    text = f"{_KIND}.wordprocessingml"
    parts = (
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/word/document.xml", f"{text}.document.main+xml"),
        *((f"/word/{name}.xml", f"{text}.{name}+xml") for name in ("styles", "settings", "numbering")),
        *((f"/word/footer{at}.xml", f"{text}.footer+xml") for at in (1, 2)),
        *((f"/word/charts/chart{at}.xml", f"{_KIND}.drawingml.chart+xml") for at in range(1, charts + 1)),
    )
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _core(document: Document) -> str:
    day = f"{document.day.isoformat()}T00:00:00Z"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.author)}</dc:creator><dc:description>{escape(document.comment)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
    )


def _footer(document: Document, tabs: str) -> str:
    before, between = document.page_of
    fields = (run(f"{document.foot}\t{before}"), _field("PAGE"), run(between), _field("NUMPAGES"))
    return f"{HEAD}<w:ftr {WORD}>{paragraph(''.join(fields), FOOT, tabs)}</w:ftr>"


_LYING_TABS = (
    f'<w:tabs><w:tab w:val="clear" w:pos="{SHORT - 2 * MARGIN}"/>'
    f'<w:tab w:val="right" w:pos="{LONG - 2 * MARGIN}"/></w:tabs>'
)
"""The number of the page at the right edge of pages that lie, where the style has it for those that stand."""


def _field(name: str) -> str:
    """What Word works out itself on every page."""
    return f'<w:fldSimple w:instr=" {name} ">{run("1")}</w:fldSimple>'


_SETTINGS = (
    f'{HEAD}<w:settings {WORD}><w:zoom w:percent="100"/><w:autoHyphenation/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    f'w:val="15"/></w:compat><w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
)

_NUMBERING = (
    f'{HEAD}<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
"""The bullets; the style of a list refers to them."""
