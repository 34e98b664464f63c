"""The editions for the harvester of the Wet open overheid: an index of sitemaps, and a sitemap with its metadata.

Names of files, elements and lists are those of https://standaarden.overheid.nl/diwoo/metadata (0.9.8).
"""

from __future__ import annotations

from collections.abc import Iterator

from tweeluik.public.annex_content import document_date
from tweeluik.public.rendering import Renderer
from tweeluik.record.model import Publication


def woo_index(publication: Publication, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """The index, whose name the harvester knows, then the sitemap; nothing when the publication is in no index.

    A document of the index is an annex that was sent to parliament: a concept is no document yet.
    """
    if publication.woo is None:
        return
    sent = [
        each
        for each in publication.releases
        if each.tables and each.sent and each.edition not in publication.unpublished
    ]
    yield f"sitemapindex-diwoo-infocat{publication.woo.category_number:03}.xml", renderer.file("sitemapindex_woo.xml")
    yield "sitemap-woo.xml", renderer.file("sitemap_woo.xml", releases=sent, document_date=document_date)
