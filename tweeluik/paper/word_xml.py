"""The smallest pieces of a document for Word, as XML."""

from __future__ import annotations

from tweeluik.words.xml import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
WORD = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATED}"'


def run(text: str, style: str = "") -> str:
    """Text in a style of characters, with its tabs and its breaks of a line; spaces stay as they are."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    told = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    for mark, element in (("\t", "<w:tab/>"), ("\n", "<w:br/>")):
        told = told.replace(mark, f'</w:t>{element}<w:t xml:space="preserve">')
    return f"<w:r>{properties}{told}</w:r>"


def paragraph(runs: str, style: str, properties: str = "") -> str:
    """Runs in a style of paragraphs; `properties` come in the order that the schema has them in."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'
