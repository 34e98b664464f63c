"""Every object of a PDF is read, whatever wrote it, and what no reader would come to is refused."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as some

from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.pdf_objects import read_items
from tweeluik.checks.guard.pdf_signs import entries, text_of, texts_in
from tweeluik.checks.guard.raw import NotReadable
from tweeluik.checks.guard.secret import Secret
from tweeluik.problems import Place

KEEP, PACK = pikepdf.ObjectStreamMode.preserve, pikepdf.ObjectStreamMode.generate
TEXT = '#set document(title: "De Zandkasteelbouwers")\n= Kop\n#table(columns: 2, [a], [b], [1], [2])\n#link("https://x.example")[x]'
TAGGED = typst.compile(TEXT.encode(), pdf_standards=["ua-1", "a-2a"], timestamp=0)


def saved(data: bytes, mode: pikepdf.ObjectStreamMode = KEEP, *, as_text: bool = False) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(
            made,
            deterministic_id=True,
            object_stream_mode=mode,
            compress_streams=not as_text,
            normalize_content=as_text,
        )
    return made.getvalue()


BY_OTHERS: dict[str, bytes] = {
    "typst": TAGGED,
    "qpdf": saved(TAGGED),
    "qpdf, packed together": saved(TAGGED, PACK),
    "qpdf, as text": saved(TAGGED, as_text=True),
}


NO_LETTERS = dict.fromkeys((0x7F, 0x9F, 0xAD), "\ufffd")
"""By qpdf; the guard keeps them as they are."""


def strings(item: pikepdf.Object) -> Iterator[str]:
    """Every string and name, by qpdf."""
    if isinstance(item, (pikepdf.String, pikepdf.Name)):
        yield str(item)
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in item.items():
            yield key
            yield from () if getattr(value, "is_indirect", False) else strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            yield from () if getattr(value, "is_indirect", False) else strings(value)


@pytest.mark.parametrize("kind", BY_OTHERS)
def test_all_that_qpdf_reads_is_read(kind: str) -> None:
    data = BY_OTHERS[kind]
    items = read_items(data)
    texts = {text.translate(NO_LETTERS) for each in items for text in texts_in(each.about)}
    streams = {each.data for each in items if each.data is not None}
    with pikepdf.open(io.BytesIO(data)) as document:
        for each in (*document.objects, document.trailer):
            assert set(strings(each)) <= texts
            if isinstance(each, pikepdf.Stream):
                assert each.read_bytes() in streams


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"/Zand#6bas#74eel", "/Zandkasteel"),
        (b"/\xc3\x9cber", "/Über"),
        (b"/\xdcber", "/Über"),
        (b"(Zandkasteel)", "Zandkasteel"),
        (b"(Zand\\\nkasteel)", "Zandkasteel"),
        (b"(Zand(kas(t)e)el)", "Zand(kas(t)e)el"),
        (b"(Z\\141nd\\(kasteel\\)\\\\)", "Zand(kasteel)\\"),
        (b"(Zand\\nkas\\tteel)", "Zand\nkas\tteel"),
        (b"(Zand\rkas\r\nteel)", "Zand\nkas\nteel"),
        (b"(\xfe\xff\0Z\0a\0n\0d)", "Zand"),
        (b"(\xff\xfeZ\0a\0n\0d\0)", "Zand"),
        (b"(\xef\xbb\xbf\xc3\x9cber)", "Über"),
        (b"(\xdcber \x8dzand\x8e \xa0)", "Über “zand” €"),
        (b"<5A616E64>", "Zand"),
        (b"<5 a6\n16e 64 6>", "Zand`"),
        (b"<FEFF00DC006200650072>", "Über"),
    ],
)
def test_a_name_or_string_is_read_however_it_is_written(written: bytes, said: str) -> None:
    assert list(texts_in(b"<</A " + written + b">>")) == ["/A", said]


@given(raw=some.binary(max_size=12))
def test_a_string_says_what_qpdf_says(raw: bytes) -> None:
    by_qpdf = pikepdf.String(raw)
    text = text_of(b"<" + raw.hex().encode() + b">")
    assert text.translate(NO_LETTERS) == str(by_qpdf) or "\ufffd" in text


# --- refused ----------------------------------------------------------------------------------------------------------


def a_pdf(
    *objects: bytes, trailer: bytes = b"/Root 1 0 R", between: bytes = b"", skip: int = 0, moved: int = 0
) -> bytes:
    """A file of these objects, numbered from one, the first of which is the root."""
    made, starts = b"%PDF-1.7\n", list[int]()
    for number, each in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, each) + between
    table = b"".join(
        b"%010d 00000 %b \n" % (start + moved, b"f" if at < skip else b"n") for at, start in enumerate(starts)
    )
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (size, table, size, trailer, len(made))


def a_stream(data: bytes, about: bytes = b"", length: bytes = b"") -> bytes:
    return b"<</Length %b%b>>\nstream\n%b\nendstream" % (length or b"%d" % len(data), about, data)


ROOT = b"<</Type/Catalog>>"
PACKED = zlib.compress(b"Zandkasteel")
WRONG: dict[str, bytes] = {
    "a length that is another one elsewhere": a_pdf(
        ROOT, a_stream(b"abc", length=b"3 0 R"), b"4", a_stream(b"3 0 obj 3 endobj")
    ),
    "a comment among objects packed together": a_pdf(
        ROOT, a_stream(b"5 0 <</A 1 % Zand\n>>", b"/Type/ObjStm/N 1/First 4")
    ),
    "bytes between objects": a_pdf(ROOT, between=b"Zandkasteel\n"),
    "a comment between objects": a_pdf(ROOT, between=b"% Zandkasteel\n"),
    "a comment in an object": a_pdf(b"<</Type/Catalog % Zand\n>>"),
    "a long comment behind the head": b"%PDF-1.7\n%" + b"x" * 17 + a_pdf(ROOT)[8:],
    "a table that sends elsewhere": a_pdf(ROOT, moved=1),
    "a table that sends into a stream": a_pdf(ROOT, a_stream(b"3 0 obj\n" + ROOT + b"\nendobj")).replace(b"0000000042", b"0000000080"),
    "an object that its table calls free": a_pdf(ROOT, ROOT, skip=1),
    "a length that is too short": a_pdf(ROOT, a_stream(b"Zandkasteel", length=b"4")),
    "a length that is too long": a_pdf(ROOT, a_stream(b"Zandkasteel", length=b"40")),
    "a length that is no number": a_pdf(ROOT, a_stream(b"Zandkasteel", length=b"/Vier")),
    "a length without end": a_pdf(ROOT, a_stream(b"Zandkasteel", length=b"9" * 5000)),
    "a length that is nowhere": a_pdf(ROOT, a_stream(b"Zandkasteel", length=b"7 0 R")),
    "a length of another object": a_pdf(ROOT, a_stream(b"Zand\n3 0 obj\n19\nendobj\n", length=b"3 0 R"), b"20"),
    "a filter that nobody knows": a_pdf(ROOT, a_stream(PACKED, b"/Filter/JBIG2Decode")),
    "two filters": a_pdf(ROOT, a_stream(zlib.compress(PACKED), b"/Filter[/FlateDecode/FlateDecode]")),
    "a stream that breaks off": a_pdf(ROOT, a_stream(PACKED[:-3], b"/Filter/FlateDecode")),
    "bytes behind what is packed": a_pdf(ROOT, a_stream(PACKED + b"Zand", b"/Filter/FlateDecode")),
    "rows as a picture has them": a_pdf(ROOT, a_stream(PACKED, b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 4>>")),
    "rows without end": a_pdf(ROOT, a_stream(b"", b"/DecodeParms<</Predictor 15/Columns 9999999999>>")),
    "a stream that lies elsewhere": a_pdf(ROOT, a_stream(b"", b"/F(http://x.example)")),
    "a key twice": a_pdf(ROOT, a_stream(PACKED, b"/Filter/FlateDecode/Filter null")),
    "a key twice, the second in disguise": a_pdf(ROOT, a_stream(PACKED, b"/Filter/FlateDecode/Fil#74er null")),
    "a dictionary without end": a_pdf(ROOT, b"<</Length 0\nstream\n\nendstream"),
    "encrypted": a_pdf(ROOT, trailer=b"/Root 1 0 R/Encrypt<</Filter/Standard>>"),
    "an earlier table": a_pdf(ROOT, trailer=b"/Root 1 0 R/Prev 9"),
    "a second table": a_pdf(ROOT, trailer=b"/Root 1 0 R/XRefStm 9"),
    "no table": a_pdf(ROOT).replace(b"xref\n0", b"xrek\n0"),
    "a table that is too short": a_pdf(ROOT).replace(b"xref\n0 2", b"xref\n0 3"),
    "nothing": b"%PDF-1.7\n",
    "no PDF": b"Zandkasteel",
    "brackets too deep": a_pdf(b"(((((Zand)))))"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_no_reader_would_come_to_is_refused(kind: str) -> None:
    with pytest.raises(NotReadable):
        read_items(WRONG[kind])


@pytest.mark.parametrize(
    "data",
    [
        a_pdf(ROOT),
        a_pdf(ROOT, a_stream(b"Zandkasteel")),
        a_pdf(ROOT, a_stream(PACKED, b"/Filter[/FlateDecode]")),
        a_pdf(ROOT, a_stream(b"Zand", length=b"3 0 R"), b"4"),
        a_pdf(
            ROOT,
            a_stream(zlib.compress(b"\0Zand\2\0\0\0\1"), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>"),
        ),
        a_pdf(ROOT, b"[1 0 R null true -1.5 (a) <</B<</C[]>>>>]"),
    ],
)
def test_what_is_right_is_read(data: bytes) -> None:
    assert read_items(data)


def test_an_object_twice_is_refused() -> None:
    twice = a_pdf(ROOT, b"(Zand)", b"(Zee)").replace(b"3 0 obj", b"2 0 obj")
    with pytest.raises(NotReadable):
        read_items(twice)


def test_what_is_packed_together_is_held_against_its_table() -> None:
    data = BY_OTHERS["qpdf, packed together"]
    with pikepdf.open(io.BytesIO(data)) as document:
        holders = [each.objgen[0] for each in document.objects if isinstance(each, pikepdf.Stream)]
    assert holders
    assert any("/ObjStm" in each.names("/Type") for each in read_items(data))


@pytest.mark.parametrize("kind", BY_OTHERS)
def test_no_change_of_a_byte_ends_in_anything_but_an_answer(kind: str) -> None:
    data = BY_OTHERS[kind]
    for place in range(0, len(data), len(data) // 40):
        for byte in (b"", b"9", b"<", b")", b"\xff"):
            try:
                read_items(data[:place] + byte + data[place + 1 :])
            except NotReadable:
                continue


def test_of_a_dictionary_every_key_has_what_belongs_to_it() -> None:
    found = entries(b"\n<</A/B /C<</D[1]>> /E[/F<<>>] /G 7 0 R /H(a) /I -1 >>\n")
    assert found == {"/A": b"/B", "/C": b"<</D[1]>>", "/E": b"[/F<<>>]", "/G": b"7 0 R", "/H": b"(a)", "/I": b"-1"}


@pytest.mark.parametrize("sign", [b"[1 2]", b"(a)", b"7", b""])
def test_what_is_no_dictionary_has_no_keys(sign: bytes) -> None:
    assert entries(sign) == {}


def test_where_an_object_sends_to_another_nobody_is_meant() -> None:
    references = {found.decode() for found in re.findall(rb"/P (\d+) 0 R", TAGGED)}
    secrets = [
        Secret("distinctive", "id", Place("partners/alle.yaml", n, 3), f"p-{number}")
        for n, number in enumerate(references)
    ]
    assert secrets
    assert not list(find_leaks({"annex.pdf": TAGGED}, secrets))


def test_a_long_number_in_an_object_may_be_somebodys() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(TAGGED)) as document:
        document.Root.Nummers = pikepdf.Array([110, 12345678])
        document.save(made, object_stream_mode=KEEP)
    texts = {"registration": "12345678", "id": "110"}
    secrets = [Secret("distinctive", field, Place("partners/alle.yaml", 1, 3), text) for field, text in texts.items()]
    told = {each.what for each in find_leaks({"annex.pdf": made.getvalue()}, secrets)}
    assert told == {"number in a PDF: holds the registration of a record that must stay inside"}
