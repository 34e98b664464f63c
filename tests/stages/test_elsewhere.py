"""A page fetches nothing from elsewhere and leads nobody away by itself, whatever its template says; links are left alone."""

from __future__ import annotations

import pytest

from tests.stages.test_templates import told
from tests.templates import PUBLIC
from tweeluik.problems import SourceHasProblems
from tweeluik.public.elsewhere import forbids_the_rest, leads_out
from tweeluik.public.rendering import Renderer
from tweeluik.public.templates import Templates

OUT = [
    '<meta http-equiv="refresh" content="5">',
    "<META HTTP-EQUIV=Refresh CONTENT='0; url=https://example.org/'>",
    '<meta content="0;url=/weg" http-equiv="&#114;efresh">',
    '<meta http-equiv="set-cookie" content="a=b">',
    '<link rel="stylesheet" href="https://example.org/a.css">',
    '<link rel="Preload" as="font" href="//example.org/a.woff2">',
    '<link rel="dns-prefetch" href="https://example.org">',
    '<link rel="alternate stylesheet" href="https://example.org/a.css">',
    '<base href="https://example.org/">',
    "<script src=https://example.org/a.js></script>",
    '<script\n async\n src="ht&#116;ps://example.org/a.js"></script>',
    '<img/src="//example.org/punt.gif">',
    '<img alt="a > b" src="https://example.org/punt.gif">',
    '<img srcset="a.png 1x, https://example.org/b.png 2x">',
    r'<img src="\\example.org\punt.gif">',
    '<img src="ht\ntps://example.org/punt.gif">',
    '<iframe src="https://example.org/kaart"></iframe>',
    '<video poster="https://example.org/a.jpg"></video>',
    '<object data="https://example.org/a.pdf"></object>',
    '<form action="https://example.org/"><button formaction="//example.org/a">a</button></form>',
    '<svg><image xlink:href="https://example.org/a.png"/></svg>',
    '<svg><use href="https://example.org/a.svg#b"/></svg>',
    '<a href="index.html" ping="https://example.org/geteld">a</a>',
    '<td background="https://example.org/a.png">',
    '<p style="background: url(https://example.org/a.png)">',
    "<style>@import '//example.org/a.css';</style>",
    '<img src="javascript:alert(1)">',
]
STAYS = [
    '<a href="https://example.org/">een verwijzing</a> <a href="mailto:a@example.org">post</a>',
    '<link rel="canonical" href="https://partners.example.nl/">',
    '<link rel="alternate" type="application/atom+xml" href="https://partners.example.nl/feed.xml">',
    '<link rel="stylesheet" href="../stijl/stijl.css"><link rel="icon" href="/partners/stijl/logo.svg">',
    '<meta property="og:image" content="https://partners.example.nl/kaart.png">',
    '<img src="data:image/png;base64,AAAA"><img src="stijl/a:b.png?c=d">'.replace("a:b", "a-b"),
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>',
    "<p>Lees https://example.org/, of zet er src= voor; ping='//a' is een attribuut.</p>",
    'main a[href^="http"]::after { content: url(stijl/pijl.svg); }',
]


@pytest.mark.parametrize("text", OUT)
def test_what_leads_out_by_itself_is_found_however_it_is_spelled(text: str) -> None:
    assert leads_out(f"<p>a</p>\n{text}\n<p>b</p>") is not None


@pytest.mark.parametrize("text", STAYS)
def test_what_stays_here_or_is_a_link_is_left_alone(text: str) -> None:
    assert leads_out(text) is None


def test_the_site_itself_is_not_elsewhere() -> None:
    text = '<script src="https://partners.example.nl/stijl/tabellen.js"></script>'
    assert leads_out(text) == text.removesuffix("></script>")
    assert leads_out(text, "https://partners.example.nl/") is None


@pytest.mark.parametrize(
    ("policy", "is_strict"),
    [
        ("default-src 'none'; img-src 'self' data:; script-src 'sha256-AbC+/_-='; style-src 'self' 'unsafe-inline'", True),
        ("DEFAULT-SRC 'none'", True),
        ("default-src 'self'", False),
        ("img-src 'self'", False),
        ("default-src 'none'; img-src *", False),
        ("default-src 'none'; script-src https:", False),
        ("default-src 'none'; script-src 'unsafe-inline'", False),
        ("default-src 'none'; connect-src telling.example.org", False),
    ],
)  # fmt: skip
def test_a_page_forbids_all_that_is_not_of_the_site(policy: str, is_strict: bool) -> None:
    page = f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><link href="a">'
    assert forbids_the_rest(page) is is_strict


def test_a_page_that_forbids_it_behind_what_it_fetched_or_nowhere_does_not() -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    assert not forbids_the_rest(f'<html><link rel="stylesheet" href="a.css">{meta}')
    assert not forbids_the_rest("<html><p>a</p>")


def refused(name: str, **texts: str) -> str:
    given = {each.replace("_", "."): text for each, text in texts.items()}
    with pytest.raises(SourceHasProblems) as failure:
        Renderer(Templates("sjablonen", given)).file(name, address="https://example.org/a.js")
    return told(failure)


def test_it_is_told_by_the_template_and_the_line_that_says_it_or_that_begins_it() -> None:
    what = "leads out of the site by itself"
    refresh = '<meta http-equiv="refresh" content="0">'
    assert refused("a.html", a_html=f"\n\n{refresh}") == f"sjablonen/a.html:3:1: {what}"
    assert refused("a.html", a_html="{% include 'b.html' %}", b_html=f"\n{refresh}") == f"sjablonen/b.html:2:1: {what}"
    assert refused("a.svg", a_svg="\n<image\n href='{{ address }}'/>") == f"sjablonen/a.svg:2:1: {what}"
    assert refused("a.css", a_css="p {}\n@import '//example.org/a.css';") == f"sjablonen/a.css:2:1: {what}"
    made = """{{ '<%s src=//example.org>'|format('script')|safe }}"""
    assert refused("a.html", a_html=made) == f"sjablonen/a.html: {what}"


def test_a_page_without_the_policy_of_the_site_is_refused_and_a_part_of_one_needs_none() -> None:
    told_of = "sjablonen/a.html: a page that does not forbid to fetch anything from elsewhere"
    assert refused("a.html", a_html="<!doctype html><html lang='nl'><p>a</p></html>") == told_of
    assert Renderer(Templates("sjablonen", {"a.html": "<p>a</p>"})).file("a.html") == b"<p>a</p>"


def test_own_templates_lead_nowhere_as_they_are_written() -> None:
    assert [name for name, text in PUBLIC.texts.items() if leads_out(text) is not None] == []
