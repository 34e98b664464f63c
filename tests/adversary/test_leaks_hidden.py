"""Names behind the habits of programs: wrapped, cut, joined, drawn and packed; and public texts that only look like names."""

from __future__ import annotations

import base64
import bz2
import codecs
import gzip
import hashlib
import io
import json
import lzma
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from string import ascii_lowercase

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adversary.test_leaks import NAME, SECRETS, packed, page, pdf, pdf_with, typeset
from tests.factories import a_partner, a_source
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.checks.guard.signs import encoded_in_signs
from tweeluik.door.withheld import withheld
from tweeluik.problems import Place
from tweeluik.source.records import Page, Term

ALIAS = "De Zandkasteelbouwers"


def printed(size: int, one: Callable[[bytes], str], offset: str = "07x") -> bytes:
    """As a program prints bytes: so many on a line, behind where it begins."""
    data = f"van {NAME}.".encode()
    lines = (f"{at:{offset}} {one(data[at : at + size])}" for at in range(0, len(data), size))
    return "\n".join(lines).encode()


def in_words(size: int) -> Callable[[bytes], str]:
    return lambda data: " ".join(data[at : at + size][::-1].hex() for at in range(0, len(data), size))


def as_letters(data: bytes) -> str:
    """As `od -c`, with its one space behind the offset taken off."""
    return "".join(f"   {chr(each)}" if each < 128 else f" {each:03o}" for each in data).removeprefix(" ")


DUMPS = {
    "hex dump in words of two bytes": printed(16, in_words(2)),
    "hex dump in words of four bytes": printed(16, in_words(4), "08x"),
    "hex dump in a page": b"<pre>" + printed(16, lambda data: data.hex(" ", 2) + "  " + "." * len(data)) + b"</pre>",
    "dump in eights": printed(16, lambda data: " ".join(f"{each:03o}" for each in data), "07o"),
    "dump in bits": printed(6, lambda data: " ".join(f"{each:08b}" for each in data) + "  " + "." * len(data)),
    "dump in letters": printed(16, as_letters, "07o"),
    "list for a program over lines": ",\n".join(
        ", ".join(f"0x{each:02x}" for each in NAME.encode()[at : at + 8]) for at in range(0, len(NAME.encode()), 8)
    ).encode(),
}
BOLD = "".join(chr(0x1D400 + ord(each) - ord("A")) if each.isupper() else each for each in ALIAS.upper())


def png_with(comment: str) -> bytes:
    text = b"Comment\0" + comment.encode()
    return b"\x89PNG\r\n\x1a\n" + bytes(25) + struct.pack(">I", len(text)) + b"tEXt" + text + bytes(range(256))


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def between_members() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("een.txt", "niets")
        assert archive.fp is not None
        archive.fp.write(ALIAS.encode())
        archive.start_dir = archive.fp.tell()
        archive.writestr("twee.txt", "niets")
    return buffer.getvalue()


def bomb(millions: int) -> bytes:
    """So many million noughts and one more, packed: the first million, over and over."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    million = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(bytes(1)) + packer.flush()
    size = millions * 1_000_000 + 1
    return gzip.compress(b"")[:10] + million * millions + last + struct.pack("<II", zlib.crc32(bytes(size)), size)


def pdf_page_with(instructions: bytes) -> bytes:
    return pdf_with(lambda document: document.pages[0].contents_add(document.make_stream(instructions)))


def pdf_stream_with(**entries: object) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(ALIAS.encode("utf-16-be"))
        for key, value in entries.items():
            stream[f"/{key}"] = value
        document.Root.Font = stream

    return pdf_with(change)


def pdf_with_an_object_that_no_table_names() -> bytes:
    data, packed = typeset("niets"), zlib.compress(ALIAS.encode("utf-16-be"))
    hidden = b"999 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream\nendobj\n" % (len(packed), packed)
    table = data.rindex(b"xref\n0 ")
    end = data[table:].replace(b"startxref\n%d\n" % table, b"startxref\n%d\n" % (table + len(hidden)))
    return data[:table] + hidden + end


def moved(text: str, places: int) -> str:
    return text.lower().translate(
        {ord(each): ascii_lowercase[n - 26 + places] for n, each in enumerate(ascii_lowercase)}
    )


def mirrored(text: str) -> str:
    return text.lower().translate(str.maketrans(ascii_lowercase, ascii_lowercase[::-1]))


HIDDEN: dict[str, tuple[str, bytes]] = {
    **{name: ("i.html" if "page" in name else "i.txt", data) for name, data in DUMPS.items()},
    "sha3 of small letters": ("a.csv", hashlib.sha3_512(NAME.lower().encode()).hexdigest().encode()),
    "sha384 of an address": ("a.csv", hashlib.sha384(b"zandkasteelbouwers").hexdigest().encode()),
    "blake2 with a line end of Windows": ("a.csv", hashlib.blake2b(b"p-7f3a9c\r\n").hexdigest().encode()),
    "uuid5 of small letters": ("a.csv", str(uuid.uuid5(uuid.NAMESPACE_URL, NAME.lower())).encode()),
    "sections of XML within a name": ("a/x.xml", b"<a><![CDATA[De Zandkas]]><![CDATA[teelbouwers]]></a>"),
    "text and a section of XML": ("a/x.svg", b"<svg><text>De Zandkas<![CDATA[teelbouwers]]></text></svg>"),
    "a section of XML in a page": ("a/x.html", page("<p>De Zandkas<![CDATA[teel]]>bouwers</p>")),
    "a section of XML with a tag in it": ("a/x.xml", b"<a><![CDATA[De <i>Zandkas]]><![CDATA[teelbouwers</i>]]></a>"),
    "comment within a name": ("i.html", page("De Zand<!-- oud -->kasteelbouwers")),
    "script within a name": ("i.html", page("De Zand<script>var a = 1</script>kasteelbouwers")),
    "hidden element within a name": ("i.html", page("De Zand<i hidden>qqq</i>kasteelbouwers")),
    "comment within a name in CSS": ("i.css", b"p::after {content: 'De Zand' /* q */ 'kasteelbouwers'}"),
    "attribute with a bracket within a name": ("i.html", page('De Zand<b title="a>b">kasteel</b>bouwers')),
    "attribute without quotes": ("i.html", page("<p id=zkz></p>")),
    "abbreviation between underscores": ("i.txt", b"org_ZKZ_2025"),
    "abbreviation in an id with underscores": ("i.html", page('<p id="org_zkz"></p>')),
    "abbreviation after a line end in JSON": ("i.json", json.dumps({"x": "dank\nZKZ kwam"}).encode()),
    "abbreviation in tags within a line": ("i.html", page("<p>Met <b>Z</b><i>K</i>Z</p>")),
    "pairs of surrogates": ("i.json", json.dumps({"x": BOLD}).encode()),
    "letters of mathematics": ("i.txt", BOLD.encode()),
    "small capitals": ("i.txt", "De ᴢᴀɴᴅᴋᴀꜱᴛᴇᴇʟʙᴏᴜᴡᴇʀꜱ".encode()),
    "right to left": ("i.txt", f"\u202e{ALIAS[::-1]}".encode()),
    "old escapes of scripts": ("i.txt", "".join(f"%u{ord(each):04x}" for each in ALIAS).encode()),
    "word in a mail header": ("i.txt", f"=?utf-8?b?{in_base64(NAME.encode())}?=".encode()),
    "en for &": ("i.txt", "Zandkasteel en Zonen Überdorp".encode()),
    "two letters for an umlaut": ("i.txt", b"Stichting Zandkasteel & Zonen Ueberdorp"),
    "without its article": ("i.txt", b"info@zandkasteelbouwers.example"),
    "picture in an address": ("i.html", page(f'<img src="data:image/png;base64,{in_base64(png_with(NAME))}">')),
    "broken address": ("i.html", page('<img src="data:text/plain;base64,!!!">')),
    "font in an address": ("i.css", f"src: url(data:font/woff2;base64,{in_base64(b'wOF2' + bytes(range(200)))})".encode()),
    "base64 of two bytes a letter": ("i.txt", base64.b64encode(ALIAS.encode("utf-16-le"))),
    "base64 of a packed text": ("i.txt", base64.b64encode(zlib.compress(NAME.encode()))),
    "base64 of an id": ("i.txt", b'"' + base64.b64encode(b"p-7f3a9c") + b'"'),
    "base64 of an id within more": ("i.txt", base64.b64encode(b"o:p-7f3a9c;")),
    "base64 of a number": ("i.txt", base64.b64encode(b"00912345")),
    "hexadecimal number": ("i.txt", b"00912345".hex().encode()),
    "hash in an integrity attribute": ("i.txt", b"sha256-" + base64.b64encode(hashlib.sha256(NAME.encode()).digest())),
    "long hash": ("i.txt", hashlib.sha512(NAME.encode()).hexdigest().encode()),
    "hash of a slug": ("i.txt", hashlib.sha1(b"zandkasteel-zonen-uberdorp").hexdigest().encode()),
    "hash cut short": ("i.txt", hashlib.md5(NAME.encode()).hexdigest()[:12].encode()),
    "name in the header of gzip": ("t.gz", b"\x1f\x8b\x08\x08" + bytes(6) + ALIAS.encode() + b"\0" + gzip.compress(b"-")[10:]),
    "behind a packed file": ("t.gz", gzip.compress(b"niets") + b"meer"),
    "behind a zip": ("t.zip", packed() + ALIAS.encode()),
    "before a zip": ("t.zip", ALIAS.encode() + packed()),
    "between the members of a zip": ("t.zip", between_members()),
    "bomb": ("t.gz", bomb(64)),
    "packed without end": ("t.gz", gzip.compress(b"niets" * 99)[:-9]),
    "behind a PDF": ("a.pdf", pdf() + ALIAS.encode()),
    "spoken text in a PDF": ("a.pdf", pdf_page_with(f"/Span <</ActualText ({ALIAS})>> BDC EMC".encode())),
    "spoken text in a PDF in two bytes": (
        "a.pdf", pdf_page_with(b"/Span <</ActualText <FEFF%s>>> BDC EMC" % ALIAS.encode("utf-16-be").hex().encode()),
    ),
    "octal text in a PDF": ("a.pdf", pdf_page_with(b"(%s) Tj" % b"".join(b"\\%03o" % each for each in ALIAS.encode()))),
    "letters set apart in a PDF": ("a.pdf", pdf_page_with(b"BT [(De Z) 20 (and) -3 (kast)] TJ (eelbouwers) Tj ET")),
    "name of a font": ("a.pdf", pdf_stream_with(Length1=5)),
    "name of a compact font": ("a.pdf", pdf_stream_with(Subtype=pikepdf.Name.OpenType)),
    "cut by three dots": ("i.html", page("<p>Stichting Zandkasteel &amp; Zo...</p>")),
    "cut by one sign": ("i.html", page("<td>De Zandkasteelb&hellip;</td>")),
    "cut between words": ("i.txt", "Zandkasteel & Zonen …".encode()),
    "cut in a value": ("i.json", json.dumps({"naam": "Stichting Zandkast..."}).encode()),
    "cut at its beginning": ("i.txt", "…kasteel en Zonen Überdorp sprak.".encode()),
    "cut in brackets": ("i.txt", b"De Zandkasteel[...] sprak"),
    "a word put in": ("i.html", page("<p>Stichting Zandkasteel &amp; Zonen te Überdorp</p>")),
    "two words put in": ("i.html", page("<p>Zandkasteel, Dochters en Zonen uit Überdorp</p>")),
    "a word put in over a line end": ("i.txt", "Zandkasteel\nen al zijn Zonen, Überdorp".encode()),
    "a word put in between tags": ("i.html", page("<p>Zandkasteel &amp; Zonen <em>bij</em> <b>Überdorp</b></p>")),
    "13 letters on": ("i.txt", codecs.encode(ALIAS, "rot13").encode()),
    "13 letters on, an accent left": ("i.txt", codecs.encode(NAME, "rot13").encode()),
    "3 letters on": ("i.html", page(moved(ALIAS, 3))),
    "1 letter back": ("i.txt", moved(ALIAS, 25).encode()),
    "the alphabet mirrored": ("i.txt", mirrored(ALIAS).encode()),
    "13 letters on in base64": ("i.txt", base64.b64encode(codecs.encode(ALIAS, "rot13").encode())),
    "digits for letters": ("i.html", page(ALIAS.replace("o", "0").replace("e", "3"))),
    "one digit for a letter": ("i.txt", b"De Zandkasteelb0uwers"),
    "other digits for letters": ("i.txt", ALIAS.translate(str.maketrans("aste", "4573")).encode()),
    "signs for letters": ("i.txt", ALIAS.translate(str.maketrans("as", "@$")).encode()),
    "signs and digits for letters": ("i.html", page(ALIAS.translate(str.maketrans("aeo", "@30")))),
    "backwards": ("i.txt", ALIAS[::-1].encode()),
    "backwards with digits for letters": ("i.txt", ALIAS[::-1].replace("o", "0").encode()),
    "id as a number": ("t.csv", b"kind,value,rij\r\na,7,%d\r\n" % 0x7F3A9C),
    "digits of an id in an attribute": ("i.html", page('<p data-rij="7f3a9c"></p>')),
    "digits of an id in JSON": ("t.json", b'{"rij": "7F3A9C"}'),
    "digits of an id in a cell": ("t.csv", b"kind,rij\r\na,7f3a9c\r\n"),
    "hash of an id and a year": ("t.csv", hashlib.sha256(b"p-7f3a9c2025").hexdigest().encode()),
    "hash of an id, a sign and a year": ("t.csv", hashlib.md5(b"p-7f3a9c-2031").hexdigest().encode()),
    "hash of a name without spaces": ("t.csv", hashlib.sha256(b"zandkasteelzonenuberdorp").hexdigest().encode()),
    "abbreviation in an address": ("i.txt", b"Zie https://x.example/zkz en verder"),
    "abbreviation in the question of an address": ("i.txt", b"https://x.example/?org=zkz&n=1"),
    "small signs beside letters": ("i.html", page("<ruby>De Zand<rt>qq</rt>kasteelbouwers</ruby>")),
    "entities of its own": ("i.xml", b'<!DOCTYPE x [<!ENTITY a "De Zand"><!ENTITY b "kasteelbouwers">]><x>&a;&b;</x>'),
    "selectors of variants": ("i.txt", ("x" + "".join(chr(0xE0100 + ord(each) - 16) for each in ALIAS)).encode()),
    "bits without width": ("i.txt", "".join("\u200b\u200c"[int(bit)] for each in ALIAS for bit in f"{ord(each):08b}").encode()),
    "codes in sixteens": ("i.js", ",".join(hex(ord(each)) for each in ALIAS).encode()),
    "codes in eights": ("i.txt", " ".join(f"{ord(each):03o}" for each in ALIAS).encode()),
    "codes behind backslashes": ("i.js", "".join(f"\\{ord(each):03o}" for each in ALIAS).encode()),
    "codes in bits": ("i.txt", " ".join(f"{ord(each):08b}" for each in ALIAS).encode()),
    "codes in bits without spaces": ("i.txt", "".join(f"{ord(each):08b}" for each in ALIAS).encode()),
    "runs of letters in Word": ("a.docx", packed("word/document.xml", "<w:t>De Zandka</w:t></w:r><w:proofErr/><w:r><w:t>steelbouwers</w:t>")),
    "property of a Word file": ("a.docx", packed("docProps/custom.xml", f"<vt:lpwstr>{ALIAS}</vt:lpwstr>")),
    "text that was taken out of Word": ("a.docx", packed("word/document.xml", f"<w:delText>{ALIAS}</w:delText>")),
    "name of a style": ("a.ods", packed("content.xml", '<style:style style:name="De_20_Zandkasteelbouwers"/>')),
    "object of a PDF that no table names": ("a.pdf", pdf_with_an_object_that_no_table_names()),
    "layer of a PDF": ("a.pdf", pdf_with(lambda document: document.Root.__setitem__("/OCProperties", pikepdf.Dictionary(Name=ALIAS)))),
    "form of a PDF": ("a.pdf", pdf_with(lambda document: document.Root.__setitem__("/AcroForm", pikepdf.Dictionary(T=ALIAS)))),
    "remark in a PDF": ("a.pdf", pdf().replace(b"%PDF-1.7\n", b"%%PDF-1.7\n%%%s\n" % ALIAS.encode(), 1)),
    "letters apart in a drawing": ("k.svg", "".join(f'<tspan x="{n}">{each}</tspan>' for n, each in enumerate(ALIAS)).encode()),
    "id as a number in JSON": ("t.json", b'{"rij": %d}' % 0x7F3A9C),
    "id as a number with a decimal": ("t.csv", b"rij\r\n%d.0\r\n" % 0x7F3A9C),
    "id as a number in an attribute": ("i.html", page(f'<tr data-rij="{0x7F3A9C}">')),
    "hash of two ids": ("t.csv", hashlib.sha256(b"p-7f3a9cp-19d2e0").hexdigest().encode()),
    "hash of two ids, among many": ("t.csv", b"\n".join(hashlib.sha256(each).hexdigest().encode() for each in (
        *(b"%d" % number for number in range(150)), b"p-7f3a9cp-19d2e0"))),
    "hash of two ids, the other way": ("t.csv", hashlib.sha256(b"p-19d2e0p-7f3a9c").hexdigest().encode()),
    "hash of two ids with a sign": ("t.csv", hashlib.md5(b"p-7f3a9c|p-19d2e0").hexdigest().encode()),
    "hash of an id and a number": ("t.csv", hashlib.sha1(b"p-7f3a9c:00912345").hexdigest().encode()),
    **{
        f"{make().name} of a name and a number in an address": (
            "i.html", page(f'<a href="/x/{base64.urlsafe_b64encode(make(f"{NAME}00912345".encode()).digest()).decode().rstrip("=")}">')
        )
        for make in (hashlib.md5, hashlib.sha1, hashlib.sha512)
    },
    **{
        f"{written} read as {read}": ("i.html", page(f"<p>Dank aan {NAME.encode(written).decode(read, 'ignore')}.</p>"))
        for written, read in (("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "cp850"), ("cp1252", "cp850"))
    },
    "read as another encoding twice": (
        "i.txt", NAME.encode().decode("cp1252", "ignore").encode().decode("cp1252", "ignore").encode()
    ),
    "abbreviation for mail": ("i.txt", b"Schrijf naar info@zkz.amsterdam of bel."),
    "abbreviation of a site": ("i.html", page("<p>Zie ook www.zkz.amsterdam en meer</p>")),
    "abbreviation as a domain": ("i.html", page("<p>Zie zkz.nl</p>")),
    "hash of an encoding of Windows": ("i.txt", hashlib.md5(NAME.encode("cp1252")).hexdigest().encode()),
    "hash with a line end of Windows": ("i.txt", hashlib.sha1(f"{NAME}\r\n".encode()).hexdigest().encode()),
    "base64 of gzip": ("i.txt", base64.b64encode(gzip.compress(NAME.encode()))),
    "base64 of gzip in an address": ("i.html", page(f'<a href="?x={base64.urlsafe_b64encode(gzip.compress(NAME.encode(), mtime=0)).decode()}">')),
    "bytes with dashes": ("i.txt", "-".join(f"{each:02X}" for each in ALIAS.encode()).encode()),
    "bytes with commas": ("i.json", ", ".join(f"{each:02x}" for each in ALIAS.encode()).encode()),
    "codes on lines of their own": ("i.json", json.dumps([*ALIAS.encode()], indent=2).encode()),
    "codes in a column": ("i.txt", "\r\n".join(str(each) for each in ALIAS.encode()).encode()),
    "abbreviation with points": ("i.html", page("<p>Dank aan de Z.K.Z. voor alles.</p>")),
    "abbreviation with points and spaces": ("i.html", page("<p>Dank aan Z. K. Z</p>")),
    "letters on a black ground": ("i.txt", "".join(chr(0x1F170 + ord(each) - 65) for each in "ZANDKASTEELBOUWERS").encode()),
    "letters of flags": ("i.txt", "\u200b".join(chr(0x1F1E6 + ord(each) - 65) for each in "ZANDKASTEELBOUWERS").encode()),
    "hash without accents": ("i.txt", hashlib.sha256(b"zandkasteel & zonen uberdorp").hexdigest().encode()),
    "hash of words alone": ("i.txt", hashlib.sha1(b"zandkasteel zonen uberdorp").hexdigest().encode()),
    "hash of a name and a number": ("i.txt", base64.b64encode(hashlib.sha256(f"{NAME};00912345".encode()).digest())),
}  # fmt: skip


OTHERS = tuple(Secret("distinctive", "id", Place("b.yaml", n, 1), f"p-{n:06x}", digested=True) for n in (0x19D2E0, 0x2))


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_the_shortest_list_of_codes_is_read_wherever_it_begins(before: str) -> None:
    codes = f"{before}{','.join(map(str, b'ZANDKASTELEN'))}"
    assert b"ZANDKASTELEN" in set(encoded_in_signs(codes))
    assert b"ZANDKASTELE" not in set(encoded_in_signs(codes[:-3])), "eleven are chance"


@pytest.mark.parametrize("channel", HIDDEN)
def test_the_guard_finds(channel: str) -> None:
    path, data = HIDDEN[channel]
    found = list(find_leaks({path: data}, (*SECRETS, *OTHERS)))
    assert found
    said = " ".join(str(each) for each in found).casefold()
    assert not any(word in said for word in ("zandkasteel", "7f3a9c", "00912345", "zkz"))


@pytest.mark.parametrize(
    "text",
    [
        "De zanderige kasteelbouwers...",
        "Zandkas...",
        "Stichting ...",
        "en zo voort... de zonen van Überdorp",
        "Zandkasteel en de zonen van alle andere mooie Überdorp",
        "Een zandkasteel, zonen.",
        "Het Zandkasteel | de Zonen | bij Überdorp",
        "Zandkasteel; 4 Zonen; 3 Überdorp",
        "18338076 83380761 x8338076",
        "8.338.075",
        moved("De Zandkasteelbou", 3),
        "De Z4ndk4steel",
        hashlib.sha256(b"p-7f3a9c p-000002 ").hexdigest(),
        hashlib.sha256(b"p-7f3a9cp-7f3a9c").hexdigest(),
        hashlib.sha256(b"p-7f3a9c1999").hexdigest(),
        "a7f3a9c 7f3a9cd x7f3a9c0",
        "https://zkzx.example en het woord zkz",
        "0x44 0x65 0x20 1010 01000100 \U0001f469\u200d\U0001f469\u200d\U0001f467 100 101 102 103",
    ],
)
def test_the_guard_is_silent_about_what_is_only_like_it(text: str) -> None:
    assert not list(find_leaks({"i.html": page(f"<p>{text}</p>")}, (*SECRETS, *OTHERS)))


CONSENTED = (
    Secret("distinctive", "name", Place("a.yaml", 1, 1), "Kolimbravan Bouwers", ("edities/2025/",)),
    Secret("distinctive", "name", Place("b.yaml", 1, 1), "Kolimbravan Zuidwolderveen"),
    Secret("distinctive", "name", Place("c.yaml", 1, 1), "Huis van de Haverdrecht Bouwers"),
    Secret("distinctive", "name", Place("c.yaml", 1, 1), "Centrum Odemoorderveen"),
    Secret(
        "distinctive", "name", Place("d.yaml", 1, 1), "Platform Jonge Haverdrecht Zuidwolderveen", ("edities/2025/",)
    ),
    Secret("distinctive", "name", Place("e.yaml", 1, 1), "Haverdrecht Zuidwolderveen"),
    Secret("distinctive", "name", Place("g.yaml", 1, 1), "Leren Werken Wonen Toekomst Buurt"),
    Secret("distinctive", "name", Place("f.yaml", 1, 1), "Vlierdrecht Oosterwolderveen", ("edities/2025/",)),
)


@pytest.mark.parametrize(
    ("text", "in_its_edition", "elsewhere"),
    [
        (moved("Kolimbravan Bouwers", 13), False, True),
        ("K0limbravan B0uwers", False, True),
        ("Kolimbravan Bouw...", False, True),
        ("Kolimbravan...", False, True),
        ("Kolimbravan en Bouwers", False, False),
        ("Platform Jonge Haverdrecht, Zuidwolderveen", False, True),
        ("Haverdrecht en Zuidwolderveen", True, True),
        ("Vlierdrecht en Oosterwolderveen", False, True),
        ("Kolimbravan Zuidw...", True, True),
        ("het huis van en voor de Haverdrecht en Bouwers", True, True),
        ("het huis van de mensen van Haverdrecht Bouwers", True, True),
        ("het huis van de mensen en van Haverdrecht Bouwers", False, False),
        ("het centrum van Odemoorderveen", False, False),
        ("het centrum...", False, False),
        ("leren en werken, wonen en toekomst in de buurt", False, False),
    ],
)
def test_a_name_with_consent_may_stand_in_any_way_and_hides_nobody_else(
    text: str, in_its_edition: bool, elsewhere: bool
) -> None:
    found = [bool(list(find_leaks({f"{folder}i.html": page(text)}, CONSENTED))) for folder in ("edities/2025/", "")]
    assert found == [in_its_edition, elsewhere]


@pytest.mark.parametrize(
    ("name", "label", "text", "found"),
    [
        ("Noord-Haverland Actief", "Noord-Haverland", "In Noord-Haverland...", False),
        ("Noord-Haverland Actief", "Noord-Haverland", "In Noord-Haverl...", False),
        ("Noord-Haverland Actief", "Noord-Haverland", "In Noord-Haverland Act...", True),
        ("Noord-Haverland Actief", "Gewoon", "In Noord-Haverland...", True),
        ("Actief Noord-Haverland", "Noord-Haverland", "... Noord-Haverland", False),
        ("Actief Noord-Haverland", "Gewoon", "... Noord-Haverland", True),
        ("Samen Leren Zandbank", "Gewoon", "Wij willen samen leren...", False),
        ("Samen Leren Zandbank", "Gewoon", "Wij willen samen leren zandb...", True),
        ("Zandbankbouwers Oost", "Gewoon", "De bouw van een Zandbank...", True),
        ("Zandbankbouwers Oost", "Gewoon", "De bouw van een Zandban...", False),
    ],
)
def test_what_is_left_of_a_name_counts_when_it_says_more_than_words_and_labels(
    name: str, label: str, text: str, found: bool
) -> None:
    assert bool(list(find_leaks({"i.html": page(f"<p>{text}</p>")}, secrets_of(name, label=label)))) is found


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("00912345", True),
        ("kvk00912345", True),
        ("NL00912345B01", True),
        ("000912345000", True),
        ("0091 2345", True),
        ("0091\u00a02345", True),
        ("00.91.23.45", True),
        ("0091<b>2345</b>", True),
        ("0 0 9 1 2 3 4 5", True),
        ("00,912,345", True),
        ("0,0,9,1,2,3,4,5", False),
        ("009,123,45", False),
        ("0.0 91.2 34.5", False),
        ("00;912345", False),
        ("M0.0 9.1 2 3 45", False),
        ("0.091 2345", False),
        ("00.91 2345", True),
        ("7 00.91 2345", False),
        ("00.91 2345 7", False),
        ("1 0091 2345 6", True),
        ("10091 2345", False),
        ("0091 23456", False),
    ],
)
def test_digits_are_a_number_when_they_are_written_as_one(text: str, found: bool) -> None:
    assert bool(list(find_leaks({"i.html": page(text)}, SECRETS))) is found


# --- false alarms -----------------------------------------------------------------------------------------------------


def secrets_of(name: str, id: str = "p-00zz77", label: str = "Gewoon") -> tuple[Secret, ...]:
    source = a_source((a_partner(id, name=name),))
    kind = Term("soort", label, None, Place("vocabulary.yaml"))
    return withheld(replace(source, vocabulary=replace(source.vocabulary, kinds=(kind,))), ())


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Kracht", "met daadkracht en krachtig", False),
        ("Kracht", "dank aan Kracht", True),
        ("Kracht", "K r a c h t", True),
        ("Kracht", "de Krachts avond", True),
        ("VBX", "aan de V.B.X. gevraagd", True),
        ("VBX", "de heer V.B. Xander", False),
        ("VBX", "aan de V.B.Xantippe", False),
        ("VB", "aan V.B. gevraagd", False),
        ("Één Wijkerzijl", "een bijdrage aan Wijkerzijl", False),
        ("Één Wijkerzijl", "dank aan Één Wijkerzijl", True),
        ("VBX", "van vbx.nlx en a@b.vbxen.nl", False),
        ("De Rede", "een goede rede", False),
        ("De Rede", "DE-REDE", True),
        ("Aan Tafel", "vandaan tafels halen", False),
        ("Stichting Samen", "wij doen dit samen", False),
        ("Stichting Samen", "samen met Samen", True),
        ("Stichting Samen", "met stichting samen", True),
        ("Stichting Samen", "Samenleving", False),
    ],
)
def test_a_short_name_counts_as_words_of_its_own(name: str, text: str, found: bool) -> None:
    assert bool(list(find_leaks({"i.html": page(f"<p>{text}</p>")}, secrets_of(name)))) is found


@pytest.mark.parametrize("way", [str, str.upper, str.lower, str.title], ids=["as it is", "capitals", "small", "titled"])
@pytest.mark.parametrize(
    "name", ["Громадське Будинок", "громадське бюро мовне", "Γνώμη Νέων Εστία", "Қазақ Ғылым Орталығы"]
)
def test_a_name_in_another_script_is_found_in_capitals_and_in_small_letters(
    name: str, way: Callable[[str], str]
) -> None:
    assert list(find_leaks({"i.html": page(f"<p>Zie {way(name)}.</p>")}, secrets_of(name)))
    assert not list(find_leaks({"i.html": page(f"<p>Zie {way(name[:-3])}.</p>")}, secrets_of(name)))


def test_an_id_is_no_number_when_it_is_as_small_as_what_tables_count() -> None:
    assert not list(find_leaks({"t.csv": b"rij,waarde\r\na,43981\r\n"}, secrets_of("Zandbank", "p-00abcd")))
    assert list(find_leaks({"t.csv": b"rij,waarde\r\na,11259375\r\n"}, secrets_of("Zandbank", "p-abcdef")))


def test_an_id_of_hexadecimal_digits_is_not_found_within_a_hash() -> None:
    secrets = secrets_of("Zandbank", "abc123")
    assert not list(find_leaks({"manifest.txt": b"77abc12399ff0088  index.html"}, secrets))
    assert list(find_leaks({"t.csv": b"rij,waarde\r\nABC123,7\r\n"}, secrets))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Samen leren lezen</p>", False),
        ('<p title="Samen leren lezen"></p>', False),
        ("<p>Samen leren\n lezen</p>", False),
        ("<p>Samen leren lezen: Samen</p>", True),
        ("<p>Wij gaan met Samen leren</p>", True),
        ('<p title="samen"></p>', True),
        ('<p id="partner-samen"></p>', True),
        ('<p id="partner_samen"></p>', True),
        ('<p id="partnerSamen"></p>', True),
    ],
)
def test_a_public_label_may_hold_an_ordinary_word(body: str, found: bool) -> None:
    assert bool(list(find_leaks({"i.html": page(body)}, secrets_of("Samen", label="Samen leren lezen")))) is found


def test_a_public_label_that_is_a_name_of_ordinary_words_stands_where_labels_stand_and_no_other_does() -> None:
    cell = page("<table><tr><td>Samen leren</td></tr></table>")
    assert not list(find_leaks({"i.html": cell}, secrets_of("Samen leren", label="Samen leren")))
    assert list(find_leaks({"i.html": cell}, secrets_of("Samen leren")))
    assert list(
        find_leaks(
            {"i.html": cell.replace(b"leren", b"Zandbank")}, secrets_of("Samen Zandbank", label="Samen Zandbank")
        )
    )


def test_a_public_label_hides_no_distinctive_name() -> None:
    secrets = secrets_of("Stichting Zandbank", label="Ook Stichting Zandbankbewoners")
    assert list(find_leaks({"i.html": page("<p>Ook Stichting Zandbankbewoners</p>")}, secrets))


@pytest.mark.parametrize("text", ["taalmaatjes hazelmonde", "TAALMAATJES HAZELMONDE", "taalmaatjes-hazelmonde"])
def test_a_leak_in_running_text_does_not_excuse_itself(text: str) -> None:
    source = a_source((a_partner(name="Taalmaatjes Hazelmonde"),))
    leaking = Page("over", "Over", 1, f"Wij spraken met {text}.", Place("pages/over.md"))
    secrets = withheld(replace(source, pages=(leaking,)), ())
    assert list(find_leaks({"over/index.html": page(leaking.text)}, secrets))


@pytest.mark.parametrize(
    ("name", "label", "found"),
    [
        ("Nieuwkomers", "Nieuwkomers aan het werk", False),
        ("Aan het Werk", "Nieuwkomers aan het werk", False),
        ("Taalmaatjes", "Met Taalmaatjes in de buurt", True),
    ],
)
def test_words_of_official_labels_are_ordinary_unless_they_look_like_a_name(name: str, label: str, found: bool) -> None:
    text = page(f"<p>{label}, en ook {name.lower()}.</p>")
    assert bool(list(find_leaks({"i.html": text}, secrets_of(name, label=label)))) is found


def test_an_ordinary_word_counts_in_capitals() -> None:
    assert list(find_leaks({"i.html": page("<p>Dank aan SAMEN</p>")}, secrets_of("Samen")))


# --- whatever the bytes -----------------------------------------------------------------------------------------------

WHOLE: dict[str, Callable[[], bytes]] = {
    "zip": lambda: packed("inhoud.txt", NAME),
    "gzip": lambda: gzip.compress(NAME.encode()),
    "bzip2": lambda: bz2.compress(NAME.encode()),
    "xz": lambda: lzma.compress(NAME.encode()),
}


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return {kind: make() for kind, make in WHOLE.items()}


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None)
@given(at=st.integers(9, 10_000), value=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_container_with_a_name_is_never_passed_over(
    whole: dict[str, bytes], kind: str, at: int, value: int, cut: bool
) -> None:
    data = bytearray(whole[kind])
    at = max(at % len(data), 9)
    if cut:
        del data[at:]
    else:
        data[at] = value
    assert list(find_leaks({"bijlage": bytes(data)}, SECRETS))


@pytest.fixture(scope="module")
def a_pdf() -> bytes:
    return pdf(Author="Een schrijver")


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 10_000), data=st.binary(min_size=1, max_size=8))
def test_a_damaged_pdf_does_not_break_the_guard(a_pdf: bytes, at: int, data: bytes) -> None:
    at %= len(a_pdf)
    list(find_leaks({"bijlage.pdf": a_pdf[:at] + data + a_pdf[at + len(data) :]}, SECRETS))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_break_the_guard(data: bytes) -> None:
    for magic in (b"", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"%PDF-"):
        list(find_leaks({"bijlage": magic + data}, SECRETS))


def in_percents(text: str) -> str:
    return "".join(f"%{each:02x}" for each in text.encode())


def in_entities(text: str) -> str:
    return "".join(f"&#x{ord(each):x};" for each in text)


def in_escapes(text: str) -> str:
    return "".join(f"\\u{{{ord(each):x}}}" for each in text)


def in_hexadecimals(text: str) -> str:
    return text.encode().hex()


def in_letters(text: str) -> str:
    return in_base64(text.encode())


@settings(max_examples=200, deadline=None)
@given(
    before=st.text(max_size=30),
    after=st.text(max_size=30),
    ways=st.lists(st.sampled_from([in_percents, in_entities, in_escapes, in_hexadecimals, in_letters]), max_size=3),
)
def test_a_name_is_found_behind_any_three_encodings(before: str, after: str, ways: list[Callable[[str], str]]) -> None:
    text = ALIAS
    for way in ways:
        text = way(text)
    assert list(find_leaks({"i.txt": f"{before} {text} {after}".encode(errors="replace")}, SECRETS))
