"""Leaks planted on purpose, one row per channel: the guard finds each, names place and field, and never says what it found."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import hashlib
import html
import io
import json
import lzma
import unicodedata
import uuid
import zipfile
import zlib
from functools import cache
from urllib.parse import quote

import pikepdf
import pytest
import typst

from tests.factories import a_partner, a_source
from tests.generated import generate
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.door.withheld import withheld
from tweeluik.problems import Place
from tweeluik.source.records import Source

NAME = "Stichting Zandkasteel & Zonen Überdorp"
TO_Z85 = bytes.maketrans(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
)
PARTNER = a_partner("p-7f3a9c", name=NAME, aliases=("De Zandkasteelbouwers", "ZKZ"), registration="00912345")
HERE = Place("partners/zand.yaml", 3, 1)
SECRETS = withheld(a_source((PARTNER,)), ())


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang=nl><head><title>Overzicht</title>{head}</head><body>{body}</body></html>".encode()
    )


def packed(member: str = "inhoud.txt", text: str = "niets", comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, text)
        archive.comment = comment
    return buffer.getvalue()


@cache
def typeset(text: str) -> bytes:
    """Most differ in what is put in afterwards."""
    return typst.compile(text.encode())


def pdf(text: str = "niets", **info: str) -> bytes:
    plain = typeset(f'#set text(lang: "nl")\n{text}')
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        for key, value in info.items():
            document.docinfo[f"/{key}"] = value
        document.save(buffer)
    return buffer.getvalue()


def pdf_with(change: object) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset("niets"))) as document:
        change(document)  # type: ignore[operator]
        document.save(buffer)
    return buffer.getvalue()


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["bijlage.txt"] = pikepdf.AttachedFileSpec(
        document, f"van {NAME}".encode(), filename="bijlage.txt"
    )


def outlined(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))


def annotated(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=NAME)
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])


def drawn(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(document.make_stream(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"))


def described(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:title"] = NAME


ESCAPED = "".join(f"\\u{ord(each):04x}" for each in NAME)
ENTITIES = "".join(f"&#{ord(each)};" for each in NAME)
BASE64 = base64.b64encode(f"bron: {NAME}".encode()).decode()

CHANNELS: dict[str, tuple[str, bytes]] = {
    "1 visible text": ("index.html", page(f"<p>Dank aan {NAME}.</p>")),
    "1 across tags": ("index.html", page("<p>Stichting <b>Zand</b>kasteel &amp; Zo<i>nen</i> Überdorp</p>")),
    "2 comment in HTML": ("index.html", page(f"<!-- {NAME} -->")),
    "2 comment in CSS": ("stijl.css", f"/* {NAME} */ p {{}}".encode()),
    "2 comment in a script": ("klein.js", f"// {NAME}\n".encode()),
    "3 alternative text": ("index.html", page(f'<img alt="{NAME}">')),
    "3 data attribute": ("index.html", page('<p data-bron="de-zandkasteelbouwers"></p>')),
    "3 id": ("index.html", page('<p id="zandkasteel-zonen-uberdorp"></p>')),
    "3 class": ("index.html", page('<p class="kaart p-7f3a9c"></p>')),
    "3 meta": ("index.html", page("", f'<meta name="author" content="{NAME}">')),
    "3 JSON-LD": ("index.html", page("", f'<script type="application/ld+json">{{"name": "{NAME}"}}</script>')),
    "4 hidden element": ("index.html", page(f"<p hidden>{NAME}</p>")),
    "4 noscript": ("index.html", page(f"<noscript>{NAME}</noscript>")),
    "4 template": ("index.html", page(f"<template>{NAME}</template>")),
    "5 entities": ("index.html", page(ENTITIES)),
    "5 entities twice": ("index.html", page(ENTITIES.replace("&", "&amp;"))),
    "5 percent": ("index.html", page(f'<a href="?q={quote(NAME)}">x</a>')),
    "5 unicode escapes": ("zoek.json", f'{{"x": "{ESCAPED}"}}'.encode()),
    "5 hexadecimal escapes": ("klein.js", b'"' + b"".join(b"\\x%02x" % each for each in b"De Zandkasteelbouwers") + b'"'),
    "5 CSS escapes": ("stijl.css", b"p::after {content: 'De \\5a andkasteelbouwers'}"),
    "5 quoted-printable": ("brief.txt", b"Stichting=20Zandkasteel=20&=20Zonen=20=C3=9Cberdorp"),
    "5 base64": ("index.html", page(f'<p data-x="{BASE64}"></p>')),
    "21 with a line end": ("a.csv", hashlib.sha256(b"00912345\n").hexdigest().encode()),
    "21 of a name with a line end": ("a.csv", hashlib.sha1(f"{NAME}\n".encode()).hexdigest().encode()),
    "21 in capitals": ("a.csv", hashlib.sha256(NAME.upper().encode()).hexdigest().encode()),
    "21 of a number without zeros": ("a.csv", hashlib.sha256(b"912345").hexdigest().encode()),
    "21 sha384": ("a.csv", hashlib.sha384(NAME.encode()).hexdigest().encode()),
    "21 sha3": ("a.csv", hashlib.sha3_256(NAME.encode()).hexdigest().encode()),
    "21 sha3 of another size": ("a.csv", hashlib.sha3_384(NAME.encode()).hexdigest().encode()),
    "21 sha3 of the smallest size, with a line end": ("a.csv", hashlib.sha3_224(f"{NAME}\n".encode()).hexdigest().encode()),
    "21 blake2 of another size": ("a.csv", hashlib.blake2b(NAME.encode(), digest_size=32).hexdigest().encode()),
    "21 blake2 in twenty bytes, in base64": ("a.csv", base64.b64encode(hashlib.blake2b(b"00912345", digest_size=20).digest())),
    "21 blake2 as long as a uuid": ("a.csv", hashlib.blake2s(b"p-7f3a9c", digest_size=16).hexdigest().upper().encode()),
    "21 shake": ("a.csv", hashlib.shake_256(NAME.encode()).hexdigest(32).encode()),
    "21 uuid5 of a seldom namespace": ("a.csv", str(uuid.uuid5(uuid.NAMESPACE_OID, "De Zandkasteelbouwers")).encode()),
    "21 uuid3 of a seldom namespace": ("a.csv", uuid.uuid3(uuid.NAMESPACE_X500, NAME).urn.encode()),
    "21 blake2": ("a.csv", hashlib.blake2b(b"p-7f3a9c").hexdigest().encode()),
    "21 uuid5": ("a.csv", str(uuid.uuid5(uuid.NAMESPACE_DNS, NAME)).encode()),
    "21 uuid3": ("a.csv", str(uuid.uuid3(uuid.NAMESPACE_URL, "p-7f3a9c")).encode()),
    "21 cut to eight digits": ("a.csv", hashlib.sha256(NAME.encode()).hexdigest()[:8].encode()),
    "21 cut to ten digits": ("a.csv", hashlib.sha1(b"00912345").hexdigest()[:10].encode()),
    "21 cut to eleven digits, in capitals": ("a.csv", hashlib.md5(b"p-7f3a9c").hexdigest()[:11].upper().encode()),
    "21 the last digits": ("a.csv", hashlib.sha256(NAME.encode()).hexdigest()[-16:].encode()),
    "21 in the name of a file": (f"p/{hashlib.sha1(NAME.encode()).hexdigest()[:8]}.html", b""),
    "21 of a name with underscores": ("a.csv", hashlib.md5(b"stichting_zandkasteel_zonen_uberdorp").hexdigest().encode()),
    "21 of two bytes a letter": ("a.csv", hashlib.sha256(NAME.encode("utf-16-le")).hexdigest().encode()),
    "21 of letters and marks apart": ("a.csv", hashlib.sha256(unicodedata.normalize("NFD", NAME).encode()).hexdigest().encode()),
    "21 of a text of JSON": ("a.csv", hashlib.sha256(json.dumps(NAME).encode()).hexdigest().encode()),
    "21 of a blob of git": ("a.csv", hashlib.sha1(b"blob 8\x0000912345").hexdigest().encode()),
    "21 in base32": ("a.csv", base64.b32encode(hashlib.sha256(NAME.encode()).digest())),
    "21 in base64 behind its name": ("i.html", page(f'<link integrity="sha384-{base64.b64encode(hashlib.sha384(NAME.encode()).digest()).decode()}">')),
    "21 in pairs": ("a.csv", hashlib.sha256(NAME.encode()).digest().hex(":").encode()),
    "21 within other digits": ("a.csv", f"id_abc{hashlib.sha256(NAME.encode()).hexdigest()[:20]}".encode()),
    "21 checksum": ("a.csv", b"%08x" % zlib.crc32(b"p-7f3a9c")),
    "5 ascii85": ("i.txt", base64.a85encode(NAME.encode())),
    "5 base85": ("i.txt", base64.b85encode(NAME.encode())),
    "5 base85 in JSON": ("i.json", json.dumps({"x": base64.b85encode(NAME.encode()).decode()}).encode()),
    "5 base85 in a page": ("i.html", f"<p>{html.escape(base64.b85encode(NAME.encode()).decode())}</p>".encode()),
    "5 Z85": ("i.txt", base64.b85encode(NAME.encode()).translate(TO_Z85)),
    "5 ascii85 with its marks": ("i.txt", base64.a85encode(NAME.encode(), adobe=True)),
    "5 ascii85 in JSON": ("i.json", json.dumps({"x": base64.a85encode(NAME.encode()).decode()}).encode()),
    "5 uuencode": ("i.txt", b"begin 644 x\n" + binascii.b2a_uu(NAME.encode()[:45]) + b"`\nend\n"),
    "5 rich text": ("i.txt", rb"{\rtf1 Zandkasteel & Zonen \'dcberdorp}"),
    "5 codes of letters": ("i.js", ",".join(map(str, NAME.encode())).encode()),
    "5 base64 among other bytes": ("i.txt", base64.b64encode(bytes(range(128, 255)) + NAME.encode() + bytes(range(128, 255)))),
    "3 abbreviation in a cell": ("t.csv", b"naam,n\r\nzkz,4\r\n"),
    "3 abbreviation in JSON": ("t.json", b'{"naam": "zkz"}'),
    "3 abbreviation in a script": ("t.js", b"const o=['zkz'];"),
    "18 encoded file name": (f"p/{base64.urlsafe_b64encode(NAME.encode()).decode()}.html", b""),
    "26 signs of no colour": ("i.html", page("".join(chr(0xE0000 + ord(each)) for each in "De Zandkasteelbouwers"))),
    "26 fillers": ("i.html", page("\u3164".join("De Zandkasteelbouwers"))),
    "26 a number in thousands": ("i.html", page("00,912,345")),
    "26 figures of another script": ("i.html", page("".join(chr(0x660 + int(each)) for each in "00912345"))),
    "26 number in two kinds of gap": ("i.html", page("KvK 00.91 2345.")),
    "26 number with a decimal": ("t.csv", b"kvk\r\n912345.0\r\n"),
    "26 lost letter": ("i.html", page("Zandkasteel & Zonen \ufffdberdorp")),
    "5 base32": ("i.txt", base64.b32encode(NAME.encode())),
    "5 base32 at another column": ("i.txt", base64.b32encode(f"abc{NAME}".encode())[3:]),
    "5 base32 with the other alphabet": ("i.txt", base64.b32hexencode(NAME.encode())),
    "5 base64 over lines": ("i.txt", base64.encodebytes(("x" * 40 + NAME + "y" * 90).encode())),
    "5 base64 that a script joins": ("t.js", " + ".join(f"'{BASE64[i : i + 16]}'" for i in range(0, 64, 16)).encode()),
    "5 hex dump": ("i.txt", NAME.encode().hex(" ").encode()),
    "5 hex dump with colons": ("i.txt", NAME.encode().hex(":").encode()),
    "5 hex dump with offsets": ("i.txt", f"00000000: {NAME.encode().hex(' ', 2)}\n".encode()),
    "5 hex dump over lines": ("i.txt", "\n".join(f"{i:08x}  {NAME.encode()[i : i + 16].hex(' ')}" for i in (0, 16, 32)).encode()),
    "5 hex dump with what it reads as": ("i.txt", "\n".join(f"{i:08x}  {NAME.encode()[i : i + 16].hex(' ')}  |{NAME[i : i + 16]}|" for i in (0, 16, 32)).encode()),
    "5 hex dump of xxd": ("i.txt", "\n".join(f"{i:08x}: {NAME.encode()[i : i + 16].hex(' ', 2)}  {NAME[i : i + 16]}" for i in (0, 16, 32)).encode()),
    "5 hexadecimal over lines": ("i.txt", "\n".join(NAME.encode().hex()[i : i + 20] for i in range(0, 90, 20)).encode()),
    "5 base32 in small letters": ("i.txt", base64.b32encode(NAME.encode()).rstrip(b"=").lower()),
    "10 abbreviation in a cell of a spreadsheet": ("t.ods", packed("content.xml", "<table:table-cell><text:p>zkz</text:p></table:table-cell>")),
    "10 abbreviation in a cell of a document": ("t.docx", packed("word/document.xml", "<w:tc><w:tcPr/><w:p><w:r><w:t>zkz</w:t></w:r></w:p></w:tc>")),
    "10 abbreviation in JSON within JSON": ("t.json", json.dumps({"x": json.dumps({"org": "zkz"})}).encode()),
    "43 identity of a plug-in": ("i.txt", b"AGE-PLUGIN-YUBIKEY-1" + b"Q" * 40),
    "43 key for signing": ("i.txt", b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n"),
    "5 packed without a head": ("i.txt", base64.b64encode(zlib.compress((NAME * 3).encode())[2:-4])),
    "26 from right to left": ("index.html", page("\u202b" + NAME[::-1])),
    "5 data URI": ("index.html", page(f'<img src="data:text/plain;base64,{BASE64}">')),
    "5 base64 of base64": ("index.html", page(base64.b64encode(BASE64.encode()).decode())),
    "5 hexadecimal": ("data.txt", f"bron: {NAME}".encode().hex().encode()),
    "5 punycode": ("links.txt", ("https://xn--" + "zandkasteelzonenüberdorp".encode("punycode").decode() + ".example").encode()),
    "6 search index": ("zoek.json", json.dumps({"index": [["de", "Zandkasteelbouwers"]]}).encode()),
    "7 feed": ("feed.xml", f"<feed><title>{NAME.replace('&', '&amp;')}</title></feed>".encode()),
    "7 sitemap": ("sitemap.xml", b"<urlset><loc>https://x.example/zandkasteel-zonen-uberdorp/</loc></urlset>"),
    "8 source map": ("klein.js.map", json.dumps({"sources": [f"../partners/{NAME}.yaml"]}).encode()),
    "9 redirects": ("_redirects", b"/p/00912345 /index.html 301\n"),
    "10 extra column": ("t.csv", b"kind,value,id\r\na,7,p-7f3a9c\r\n"),
    "10 key in JSON": ("t.json", b'{"p-7f3a9c": 1}'),
    "11 structured data": ("data.jsonld", json.dumps({"publisher": {"name": NAME}}).encode()),
    "12 title in a drawing": ("k.svg", f"<svg><title>{NAME.replace('&', '&amp;')}</title></svg>".encode()),
    "12 id in a drawing": ("k.svg", b'<svg><g id="p-7f3a9c"/></svg>'),
    "13 raster image": ("k.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    "14 text of a PDF": ("a.pdf", pdf("Dank aan De Zandkasteelbouwers.")),
    "14 hidden text of a PDF": ("a.pdf", pdf("#text(fill: white, size: 1pt)[De Zandkasteelbouwers]")),
    "14 information of a PDF": ("a.pdf", pdf(Author=NAME)),
    "14 metadata of a PDF": ("a.pdf", pdf_with(described)),
    "14 attachment of a PDF": ("a.pdf", pdf_with(attached)),
    "14 outline of a PDF": ("a.pdf", pdf_with(outlined)),
    "14 annotation of a PDF": ("a.pdf", pdf_with(annotated)),
    "14 earlier revision of a PDF": ("a.pdf", pdf() + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
    "14 image in a page of a PDF": ("a.pdf", pdf_with(drawn)),
    "14 encrypted PDF": ("a.pdf", b"%PDF-1.7\n" + b"\x01" * 50),
    "16 office file": ("t.ods", packed("content.xml", f"<text>{NAME.replace('&', '&amp;')}</text>")),
    "16 name in a zip": ("t.zip", packed("p-7f3a9c.txt")),
    "16 comment of a zip": ("t.zip", packed(comment=NAME.encode())),
    "16 abbreviation in the comment of a zip": ("t.zip", packed(comment=b"van zkz")),
    "16 gzip": ("t.gz", gzip.compress(NAME.encode())),
    "16 bzip2": ("t.bz2", bz2.compress(NAME.encode())),
    "16 xz": ("t.xz", lzma.compress(NAME.encode())),
    "16 zip in a zip": ("t.zip", packed("binnen.txt", base64.b64encode(packed(text=NAME)).decode())),
    "18 file name": ("organisaties/zandkasteel-zonen-uberdorp/index.html", page("")),
    "18 anchor": ("index.html", page('<a href="#De-Zandkasteelbouwers">x</a>')),
    "21 md5 of the name": ("t.csv", hashlib.md5(NAME.encode()).hexdigest().encode()),
    "21 sha1 of the id": ("t.csv", hashlib.sha1(b"p-7f3a9c").hexdigest().encode()),
    "21 sha256 of the number": ("t.csv", hashlib.sha256(b"00912345").hexdigest().encode()),
    "25 prose": ("over/index.html", page("<p>Wij spraken met de zandkasteelbouwers.</p>")),
    "26 capitals": ("index.html", page("DE ZANDKASTEELBOUWERS")),
    "26 spaced out": ("index.html", page("D e  Z a n d k a s t e e l b o u w e r s")),
    "26 hyphens": ("index.html", page("Zandkasteel-en-Zonen? De-Zand-kasteel-bouwers")),
    "26 soft hyphens": ("index.html", page("De Zand\u00adkasteel\u00adbouwers")),
    "26 zero width": ("index.html", page("De Zand\u200bkasteelbouwers")),
    "26 no accents": ("index.html", page("Stichting Zandkasteel & Zonen Uberdorp")),
    "26 other letters": ("index.html", page("De Zаndkаsteelbоuwers")),  # noqa: RUF001 (Cyrillic)
    "26 wide letters": ("index.html", page("Ｄｅ Ｚａｎｄｋａｓｔｅｅｌｂｏｕｗｅｒｓ")),  # noqa: RUF001
    "26 without its legal form": ("index.html", page("Zandkasteel & Zonen Überdorp")),
    "26 legal form behind": ("index.html", page("Zandkasteel & Zonen Überdorp, Stichting")),
    "26 abbreviation": ("index.html", page("<p>Met ZKZ gesproken.</p>")),
    "26 abbreviation in an attribute": ("index.html", page('<p title="zkz"></p>')),
    "26 number with dots": ("index.html", page("KvK 0091.2345")),
    "27 left-over": (".oud~", NAME.encode()),
    "37 title": ("index.html", b"<title>zkz</title>"),
    "44 unknown binary": ("bundel.bin", b"\x00\x01\x02\xff"),
    "50 notes": ("t.csv-metadata.json", json.dumps({"notes": NAME}).encode()),
    "utf-16": ("t.txt", NAME.encode("utf-16")),
}  # fmt: skip

REFUSED = {
    "13 raster image",
    "14 earlier revision of a PDF",
    "14 encrypted PDF",
    "14 image in a page of a PDF",
    "44 unknown binary",
}
"""What nobody can search is refused, whatever it holds."""


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_guard_finds(channel: str) -> None:
    path, data = CHANNELS[channel]
    found = list(find_leaks({path: data}, SECRETS))
    assert found
    in_name = channel in ("18 file name", "18 encoded file name", "21 in the name of a file")
    assert {each.place.file for each in found} == {"file 1 of 1, by name" if in_name else path}
    refused = any(each.what.startswith("cannot be searched") for each in found)
    assert refused is (channel in REFUSED)


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_guard_never_says_what_it_found(channel: str) -> None:
    path, data = CHANNELS[channel]
    said = " ".join(str(each) for each in find_leaks({path: data}, SECRETS)).casefold()
    assert not any(word in said for word in ("zandkasteel", "7f3a9c", "00912345", "zkz"))


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("index.html", page("<p>Een zandkasteel bouwen is leuk.</p>")),
        ("index.html", page("<p>ZKZ's en azkzb zijn geen namen.</p>".replace("ZKZ's", "zkz"))),
        ("t.csv", b"kind,value\r\na,912345\r\n"),
        ("t.csv", b"x,y\r\n0.09,12345\r\n"),
        ("k.svg", b'<svg><path d="M 12 00.91 2345 6"/></svg>'),
        ("i.css", b"a{color:#zkz;content:'lang genoeg om op ascii85 te lijken!!,(-)'}"),
        ("t.json", b'{"maat": 912345.5, "code": "20251127", "kleur": "#00ff8877"}'),
        ("t.json", b'{"value": 345, "other": 912}'),
        ("a.pdf", pdf("Een gewone tekst.")),
        ("t.ods", packed("content.xml", "<text>gewoon</text>")),
        ("manifest.txt", hashlib.sha256(b"iets anders").hexdigest().encode() + b"  index.html\n"),
    ],
)
def test_the_guard_is_silent_about(path: str, data: bytes) -> None:
    assert list(find_leaks({path: data}, SECRETS)) == []


OF_SEVEN = withheld(a_source((a_partner("p-1", name="Stichting Klaverzoom", registration="09123456"),)), ())


@pytest.mark.parametrize("data", ["kvk,9123456", '{"n": 9123456}', "nummer 9123456", "9123456.0"])
def test_a_number_that_lost_its_zero_is_found_where_nothing_counts_so_far(data: str) -> None:
    assert list(find_leaks({"t.csv": data.encode()}, OF_SEVEN))


@pytest.mark.parametrize("data", ["kvk,19123456", "91234567", "9,123,457", "a9123456f0", "9 1 23456"])
def test_other_figures_are_not_that_number(data: str) -> None:
    assert list(find_leaks({"t.json": data.encode()}, OF_SEVEN)) == []


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"een\ntwee\nDe Zandkasteelbouwers\nvier", 3),
        (b"een\nDe\nZandkasteelbouwers\nDe Zandkasteelbouwers", 3),
        (page("<p>De <b>Zand\n</b>kasteelbouwers</p>").replace(b"<body>", b"<body>\n"), 3),
        (b"een\n\n" + base64.b64encode(NAME.encode()) + b"\n", 3),
        (b"De Zandkasteelbouwers", 0),
    ],
)
def test_a_find_has_the_line_on_which_it_is_complete(data: bytes, line: int) -> None:
    assert {each.place.line for each in find_leaks({"i.html": data}, SECRETS)} == {line}


def test_every_find_has_its_own_line() -> None:
    names = ("Zandbank Oosterhof", "Zeearm Westerhof", "Duinpan Noorderhof")
    secrets = [Secret("distinctive", "name", Place(f"{n}.yaml", 1, 1), name) for n, name in enumerate(names)]
    data = "\n".join(["niets", names[2], "niets", names[0], names[1], names[2], ""]).encode()
    found = find_leaks({"i.txt": data}, secrets)
    assert {each.hint.split(";")[0]: each.place.line for each in found} == {
        "see 0.yaml:1:1": 4,
        "see 1.yaml:1:1": 5,
        "see 2.yaml:1:1": 2,
    }


# --- ordinary words ---------------------------------------------------------------------------------------------------

ORDINARY = (Secret("ordinary", "name", HERE, "Samen"),)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Wij werken samen aan de samenleving.</p>", False),
        ("<p>Samenleven</p>", False),
        ("<p>Dank aan Samen!</p>", True),
        ('<p title="samen"></p>', True),
        ('<p title="samenleven"></p>', False),
    ],
)
def test_an_ordinary_word_counts_in_its_own_form_and_wherever_somebody_points(body: str, found: bool) -> None:
    assert bool(list(find_leaks({"index.html": page(body)}, ORDINARY))) is found


def test_a_file_named_after_an_ordinary_word_counts() -> None:
    assert list(find_leaks({"partners/samen/index.html": page("")}, ORDINARY))


# --- names with consent -----------------------------------------------------------------------------------------------

NAMED = (
    Secret("distinctive", "name", HERE, "Platform Jonge Bouwers Zandkasteel", ("edities/2025/",)),
    Secret("distinctive", "name", HERE, "Zandkasteel"),
    Secret("ordinary", "alias", HERE, "Bouwers"),
)


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("edities/2025/index.html", "Platform Jonge Bouwers Zandkasteel", False),
        ("edities/2025/index.html", "Platform Jonge\n  Bouwers Zandkasteel", False),
        ("edities/2025/index.html", "Platform Jonge Bouwers Zandkasteel en Zandkasteel", True),
        ("edities/2026/index.html", "Platform Jonge Bouwers Zandkasteel", True),
        ("index.html", "Platform Jonge Bouwers Zandkasteel", True),
    ],
)
def test_a_name_with_consent_may_stand_in_its_edition_and_hides_nobody_else(path: str, text: str, found: bool) -> None:
    assert bool(list(find_leaks({path: page(text)}, NAMED))) is found


IDENTITY = "AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY,
        IDENTITY.lower(),
        IDENTITY.replace("KEY-1", "KEY-PQ-1"),
        base64.b64encode(f"a key: {IDENTITY}".encode()).decode(),
        "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED FILE-----",
        base64.b64encode(b"age-encryption.org/v1\n-> X25519 abcdefghijklmnop\nqrstuvwxyz\n").decode(),
    ],
)
def test_an_identity_or_a_sealed_file_is_never_published_whosever_it_is(text: str) -> None:
    (problem, *_) = find_leaks({"over/index.html": page(text)}, ())
    assert "holds an identity or a sealed file" in problem.what
    assert text not in str(problem)


@pytest.mark.parametrize("text", ["age-encryption.org/v1", "Een identiteit begint met AGE-SECRET-KEY-1."])
def test_words_about_identities_are_none(text: str) -> None:
    assert not list(find_leaks({"over/index.html": page(text)}, ()))


FAMILY = (
    Secret("distinctive", "name", HERE, "Stichting Kolimbravan", ("edities/2025/",)),
    Secret("distinctive", "name", HERE, "Kolimbravan", ("edities/2025/",)),
    Secret("distinctive", "name", HERE, "Stichting Kolimbravan Zuidwolde"),
    Secret("distinctive", "name", HERE, "Jong Kolimbravan"),
    Secret("ordinary", "alias", HERE, "Samen", ("edities/2025/",)),
    Secret("distinctive", "name", HERE, "Jong Kolimbravan, Stichting"),
    Secret("distinctive", "name", HERE, "Kolimbravan, Vereniging"),
    Secret("ordinary", "alias", HERE, "Samen Sterk"),
    Secret("ordinary", "alias", HERE, "Jong Samen"),
    Secret("distinctive", "name", HERE, "Damvo", ("edities/2025/",)),
    Secret("distinctive", "name", HERE, "Damvo Oost"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Met Stichting Kolimbravan gesproken.", False),
        ("Met stichting Kolimbravan en met Samen gesproken.", False),
        ("Met Stichting Kolimbravan Zuidwolde gesproken.", True),
        ("Met Jong Kolimbravan gesproken.", True),
        ("Kolimbravan</li><li>Vereniging Oost", False),
        ("Met Samen Sterk gesproken.", True),
        ("Met Jong Samen gesproken.", True),
        ("Met Damvo gesproken.", False),
        ("Met Damvo Oost gesproken.", True),
    ],
)
def test_a_name_with_consent_hides_no_longer_one(text: str, found: bool) -> None:
    assert bool(list(find_leaks({"edities/2025/index.html": page(text)}, FAMILY))) is found
    assert list(find_leaks({"index.html": page(text)}, FAMILY))


# --- what is withheld -------------------------------------------------------------------------------------------------


def test_every_confidential_text_of_every_organisation_is_withheld() -> None:
    source: Source = generate(3, "suppression")
    texts = {secret.text for secret in withheld(source, ())}
    for partner in source.partners:
        assert {partner.id, partner.name, *partner.aliases} <= texts


def test_a_secret_does_not_print_itself() -> None:
    assert NAME not in repr(SECRETS)
