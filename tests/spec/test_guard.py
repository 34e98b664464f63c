"""The guard's numbers, both sides of each: how deep it looks, and which letters count where."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.factories import HERE
from tweeluik.checks.guard import digests, streams
from tweeluik.checks.guard.declared import find_undeclared
from tweeluik.checks.guard.decoding import DEEPEST
from tweeluik.checks.guard.encoded import runs_in
from tweeluik.checks.guard.escapes import decode
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.patterns import is_sure
from tweeluik.checks.guard.secret import Kind, Secret
from tweeluik.problems import Place


def packed(times: int) -> bytes:
    data = b"niets"
    for _ in range(times):
        data = gzip.compress(data)
    return data


@pytest.mark.parametrize(("times", "found"), [(DEEPEST, []), (DEEPEST + 1, ["cannot be searched: packed too deeply"])])
def test_what_is_packed_too_deeply_is_a_find(times: int, found: list[str]) -> None:
    assert [each.what for each in find_leaks({"bijlage.gz": packed(times)}, ())] == found


@pytest.mark.parametrize("data", [b"een\0twee", b"\x00", b"\x89PNG\r\n", b"\xff\xfea"])
def test_what_is_neither_text_nor_a_known_kind_of_file_is_a_find(data: bytes) -> None:
    (found,) = find_leaks({"bijlage": data}, ())
    assert found.what == "cannot be searched: neither text nor a known kind of file"


LISTED = "cannot be searched: a zip with bytes that belong to no file in it"


def a_zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("een.txt", "niets")
    return target.getvalue()


def not_listed() -> bytes:
    """A zip whose list names one of its two files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("een.txt", "niets")
        archive.writestr("twee.bin", zlib.compress(b"Zandbank Oosterhof"))
        archive.filelist.pop()
    return target.getvalue()


@pytest.mark.parametrize("data", [a_zip() + b"\x01", a_zip() + b"\0" * 4, not_listed()])
def test_whatever_stands_beside_the_files_of_a_zip_is_a_find(data: bytes) -> None:
    assert [each.what for each in find_leaks({"bijlage.zip": data}, ())] == [LISTED]
    assert not list(find_leaks({"bijlage.zip": a_zip()}, ()))


@pytest.mark.parametrize(("size", "found"), [(20, []), (21, ["cannot be searched: a packed file is too large"])])
def test_more_than_anybody_packs_is_a_find(monkeypatch: pytest.MonkeyPatch, size: int, found: list[str]) -> None:
    monkeypatch.setattr(streams, "MOST_BYTES", 20)
    assert [each.what for each in find_leaks({"bijlage.gz": gzip.compress(b"x" * size)}, ())] == found


@pytest.mark.parametrize("address", ["data:text/plain;base64,!", "data&#58;text/plain;base64,!"])
def test_an_address_that_holds_no_data_is_a_find_behind_its_escapes_too(address: str) -> None:
    (found,) = find_leaks({"index.html": f'<img src="{address}">'.encode()}, ())
    assert found.what == "cannot be searched: a data address that cannot be decoded"


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_what_is_packed_and_written_in_letters_is_read_from_any_position(before: str) -> None:
    text = before + base64.b64encode(zlib.compress(b"Zandbank Oosterhof")).decode()
    assert holds("Zandbank Oosterhof", text)


@pytest.mark.parametrize(
    ("path", "data", "found"),
    [
        ("index.html", b"x", []),
        ("edities/2025/annex.pdf", b"%PDF-1.7", []),
        (".well-known/security.txt", b"x", []),
        ("edities/2025/annex.pdf", b"x", ["not the kind of file that its name says"]),
        ("index.html", b"\x89PNG\0", ["not the kind of file that its name says"]),
        ("t.ods", b"<text/>", ["not the kind of file that its name says"]),
        ("index.html~", b"x", ["a kind of file that a site does not have"]),
        ("foto.png", b"\x89PNG", ["not the kind of file that its name says"]),
        ("foto.png", b"\x89PNG\r\n\x1a\n", ["a picture without the drawing that it was made from"]),
        ("foto.jpg", b"x", ["a kind of file that a site does not have"]),
        ("CNAME", b"x", ["a kind of file that a site does not have"]),
        (".git/index.html", b"x", ["a kind of file that a site does not have"]),
        (".index.html", b"x", ["a kind of file that a site does not have"]),
    ],
)
def test_a_kind_of_file_that_no_site_has_is_refused(path: str, data: bytes, found: list[str]) -> None:
    assert [each.what for each in find_undeclared({path: data})] == found


def test_a_picture_beside_its_drawing_is_a_file_that_a_site_has() -> None:
    assert not list(find_undeclared({"foto.png": b"\x89PNG\r\n\x1a\n", "foto.svg": b"<svg/>"}))


def a_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def a_png(*between: bytes, lines: int = 2, behind: bytes = b"", inside: bytes = b"") -> bytes:
    """Two lines of three pixels in red, green, blue; `inside` stands behind the last of them."""
    head = a_chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0))
    pixels = a_chunk(b"IDAT", zlib.compress(b"\0" * 10 * lines + inside))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(between) + pixels + a_chunk(b"IEND", b"") + behind


@pytest.mark.parametrize(
    ("picture", "is_readable"),
    [
        (a_png(), True),
        (a_png(a_chunk(b"pHYs", bytes(9))), True),
        (a_png(a_chunk(b"tEXt", b"Comment\0Zandbank Oosterhof")), False),
        (a_png(a_chunk(b"eXIf", b"Zandbank Oosterhof")), False),
        (a_png(a_chunk(b"pHYs", b"Zandbank Oosterhof")), False),
        (a_png(a_chunk(b"pHYs", b"more than nine bytes of anything")), False),
        (a_png(behind=b"Zandbank Oosterhof"), False),
        (a_png(inside=b"Zandbank Oosterhof"), False),
        (a_png(lines=1), False),
        (a_png()[:-1], False),
        (a_png().replace(b"IDAT", b"IDAT\0"), False),
    ],
)
def test_a_picture_holds_pixels_and_nothing_else(picture: bytes, is_readable: bool) -> None:
    secret = Secret("distinctive", "name", HERE, "Zandbank Oosterhof")
    assert bool(list(find_leaks({"foto.png": picture}, [secret]))) is not is_readable


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("{sum}  a.txt", False),
        ("{sum}  weg.txt".replace("{sum}", "0" * 20 + "00924563" + "f" * 36), True),  # the sum of no file here
        ("x{sum}  a.txt", True),  # within more digits and letters it is no sum
    ],
)
def test_a_number_by_chance_in_the_sum_of_a_file_is_no_find(said: str, is_found: bool) -> None:
    data = next(each for each in (f"{n}".encode() for n in range(100_000)) if re.search("[0-9]{12}", _sum(each)))
    number = re.findall("[0-9]{12}", _sum(data))[0] if "{sum}" in said else "00924563"
    secret = Secret("distinctive", "registration", HERE, number)
    files = {"a.txt": data, "manifest.txt": said.replace("{sum}", _sum(data)).encode()}
    assert bool(list(find_leaks(files, [secret]))) is is_found


@pytest.mark.parametrize("make", [uuid.uuid3, uuid.uuid5])
@pytest.mark.parametrize("space", ["DNS", "URL", "OID", "X500"])
@pytest.mark.parametrize("name", ["Zandbank Oosterhof", "Coöperatie De Zandbank", "p-7f3a9c"])
def test_identifiers_are_made_of_a_name_as_programs_make_them(
    make: Callable[[uuid.UUID, str], uuid.UUID], space: str, name: str
) -> None:
    found = make(getattr(uuid, f"NAMESPACE_{space}"), name)
    assert list(find_leaks({"a.csv": str(found).encode()}, [Secret("distinctive", "name", HERE, name, digested=True)]))


@pytest.mark.parametrize(
    ("run", "noted"),
    [
        ("0" * 64, 0),  # what the first line of the log has in place of the sum of the one before
        ("0" * 32, 0),
        ("f" * 31, 1),  # too short for a digest: a piece of one, or a word
        ("0" * 63 + "1", 1),
    ],
)
def test_of_one_digit_all_along_no_text_has_a_digest(run: str, noted: int) -> None:
    found = digests.Digests()
    found.note("log.jsonl", "text", run, runs_in(run))
    assert bool(found._begun) == noted


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def holds(name: str, text: str) -> bool:
    secret = Secret("distinctive", "name", HERE, name)
    return bool(list(find_leaks({"over.txt": text.encode()}, [secret])))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("zoomwg", "de z-o-o-m-w-g is er", True),  # six letters count however they are spaced
        ("zoomw", "de z-o-o-m-w is er", False),  # five only as they are written
        ("zoomw", "de zoomw is er", True),
        ("klaverzoomwg", "onklaverzoomwgen", True),  # twelve letters count inside other words too
        ("klaverzoomw", "onklaverzoomwen", False),  # eleven as words of their own
        ("klaverzoomw", "de klaver zoom w is er", True),
    ],
)
def test_how_many_letters_count_where(name: str, text: str, found: bool) -> None:
    assert holds(name, text) is found


# --- whose name may stand where ---------------------------------------------------------------------------------------

ELSEWHERE = Place("partners.yaml", 3, 1)
BANK = Secret("distinctive", "name", HERE, "Zandbank Oosterhof", allowed=("edities/2025/",))
SHORT = Secret("distinctive", "alias", HERE, "Zandbank")
STREET = Secret("distinctive", "name", ELSEWHERE, "Oosterhofstraat")


def finds(path: str, text: str, *secrets: Secret) -> list[str]:
    return [each.what for each in find_leaks({path: text.encode()}, secrets)]


@pytest.mark.parametrize(("name", "found"), [("Zandbankhoek", True), ("Zandbankhoe", False)])
@pytest.mark.parametrize("between", ["-", ", "])
def test_twelve_bytes_in_pairs_are_read_and_fewer_are_not(name: str, between: str, *, found: bool) -> None:
    pairs = between.join(f"{each:02x}" for each in name.encode())
    assert bool(finds("index.txt", f"code {pairs}", Secret("distinctive", "name", HERE, name))) is found


@pytest.mark.parametrize("mark", ["\u202b", "\u202d", "\u202e", "\u2067"])
@pytest.mark.parametrize("secret", ["12345678", "Zkzm"])
def test_what_a_mark_turns_round_is_read_as_it_is_shown(mark: str, secret: str) -> None:
    assert finds("index.txt", f"{mark}{secret[::-1]}", Secret("short", "alias", HERE, secret))


@pytest.mark.parametrize("text", ["Zandbank Oosterhof", "zandbank-oosterhof", "Z a n d b a n k Oosterhof"])
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("edities/2025/index.txt", False),
        ("edities/2026/index.txt", True),
        ("kopie/edities/2025/index.txt", True),
        ("edities/2025.txt", True),
    ],
)
def test_a_name_with_consent_may_stand_below_its_edition_in_any_spelling(text: str, path: str, found: bool) -> None:
    assert bool(finds(path, text, BANK)) is found


@pytest.mark.parametrize("text", ["Dank aan Samen.", "Dank aan SAMEN."])
@pytest.mark.parametrize(("path", "found"), [("edities/2025/index.txt", False), ("edities/2026/index.txt", True)])
def test_an_ordinary_word_with_consent_may_stand_below_its_edition_too(text: str, path: str, found: bool) -> None:
    samen = Secret("ordinary", "name", HERE, "Samen", allowed=("edities/2025/",))
    assert bool(finds(path, text, samen)) is found


def test_a_shorter_name_inside_one_with_consent_is_no_find_of_its_own() -> None:
    assert finds("edities/2025/index.txt", "de zandbank-oosterhof", BANK, SHORT) == []
    assert finds("edities/2025/index.txt", "de zandbank-oosterhof en Zandbank", BANK, SHORT) != []


def test_nor_is_a_long_one_nor_a_short_one_whose_letters_stand_in_another_word_too() -> None:
    longer = replace(BANK, text="Zandbank Oosterhof Noord")
    shorter = replace(BANK, allowed=())
    assert finds("edities/2025/index.txt", "de zandbank-oosterhof-noord", longer, shorter) == []
    assert finds("edities/2025/index.txt", "de zandbank-oosterhof-noord en zandbank-oosterhof", longer, shorter) != []
    assert finds("edities/2025/index.txt", "de zandbank-oosterhof op onzandbanken", BANK, SHORT) == []


def test_a_long_spelling_counts_where_only_its_short_one_lies_in_a_name_with_consent() -> None:
    consented = Secret("distinctive", "name", HERE, "Kolimbravandam Zuid", allowed=("edities/2025/",))
    other = [Secret("distinctive", "name", ELSEWHERE, text) for text in ("Kolimbravandam", "Stichting Kolimbravandam")]
    assert finds("edities/2025/index.txt", "met Stichting Kolimbravandam Zuid", consented, *other)
    assert not finds("edities/2025/index.txt", "met Kolimbravandam Zuid", consented, *other)


def test_a_short_name_with_consent_may_stand_in_base64_too() -> None:
    damvoort = Secret("distinctive", "name", HERE, "Damvoort", allowed=("edities/2025/",))
    text = base64.b64encode(b"Damvoort").decode()
    assert finds("index.txt", text, damvoort)
    assert not finds("edities/2025/index.txt", text, damvoort)


@pytest.mark.parametrize(
    ("kind", "name", "text", "found"),
    [
        ("short", "Zkz", "de ZKZ kwam", True),
        ("short", "Zkz", "de zkz kwam", False),
        ("short", "Zkzm", "de zkzm kwam", True),
        ("short", "Zkzm", "de zkzm2025 kwam", True),
        ("short", "Zkzm", "de zkzmen kwamen", False),
        ("ordinary", "Hand in Hand", "Hand in Hand kwam.", True),
        ("ordinary", "'s Avonds", "ook \u2019s Avonds deed mee", True),
        ("ordinary", "'s Avonds", "\u2018s avonds is het laat", False),
        ("ordinary", "Samen", "\u201cSamen\u201d deed mee", True),
        ("ordinary", "Samen", "\u201eSamen\u201d deed mee", True),
        ("ordinary", "Samen", "\u201cSamen sterk\u201d was het motto", False),
        ("ordinary", "Samen", "<li>Samen (12)</li>", True),
        ("ordinary", "Samen Thuis", "met Samen-Thuis gesproken", True),
        ("ordinary", "Doe-Mee", "met Doe Mee gesproken", True),
        ("ordinary", "Samen Thuis", "wij zijn samen-thuis", False),
        ("ordinary", "Samen", "<td>Samen: 12 keer</td>", True),
        ("ordinary", "Samen", "<li>Samen 12 keer naar school gaan</li>", False),
        ("ordinary", "Hand in Hand", "Wij gaan hand in hand.", False),
        ("ordinary", "Hand in Hand", "Hand in hand gaan wij.", False),
        ("ordinary", "Hand in Hand", "HAND IN HAND kwam.", True),
        ("ordinary", "Hand in Hand", "ZO GAAN WIJ HAND IN HAND VERDER", False),
        ("ordinary", "Hand in Hand", "zie handinhand.example", True),
        ("ordinary", "Samen", "Samen werken wij.", False),
        ("ordinary", "Samen", "Ook met Samen werken wij.", True),
        ("ordinary", "Samen", "Dank. Samen werken wij.", False),
        ("ordinary", "Samen", "Met Samen werken wij.", True),
        ("ordinary", "Samen", "de Actieagenda Samen werkt", False),
        ("ordinary", "Samen", "Actieagenda Samen werkt", False),
        ("ordinary", "Samen", "ook met Samen werken wij", True),
        ("ordinary", "Samen", "ook met Samen Sterk werken wij", False),
        ("ordinary", "Samen", "S a m e n", False),
        ("ordinary", "Meedoen", "m e e d o e n", True),
        ("phrase", "Stichting Samen", "met de stichting samen", True),
        ("phrase", "Stichting Samen", "de stichting, samen met ons", False),
        ("phrase", "Stichting Samen", "stichting-samen", True),
    ],
)
def test_how_a_word_is_written_tells_whether_it_is_a_name(kind: Kind, name: str, text: str, found: bool) -> None:
    assert bool(finds("index.txt", text, Secret(kind, "name", HERE, name))) is found


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("t.csv", "naam,n\r\nSamen,4\r\n", True),
        ("t.csv", "naam,n\r\nsamen,4\r\n", False),
        ("t.csv", "wat,n\r\nSamen leren,4\r\n", False),
        ("t.txt", "taal, Samen, werk", True),
        ("t.json", '{"naam": "Samen"}', True),
        ("t.json", '{"naam": "Samen leren"}', False),
        ("i.html", "<tr><td>Samen</td></tr>", True),
        ("i.html", '<tr><th scope="row">Samen</th></tr>', True),
        ("i.html", "<ul><li>Samen</li></ul>", True),
        ("i.html", '<ul><li><a href="x">Samen</a></li></ul>', False),
        ("i.html", "<h2>Samen</h2><p>leren</p>", False),
        ("i.html", "<title>Samen</title>", False),
        ("i.html", "<p>met <b>Samen</b> leren</p>", True),
        ("i.html", "<p>met\n  Samen leren</p>", True),
        ("i.html", "<p>taal</p><p>Samen leren</p>", False),
        ("i.html", '<p class="samen">', False),
        ("i.html", '<p data-org="samen">', True),
        ("i.html", '<p id="samen-leren">', False),
        ("i.html", '<p id="org-samen">', True),
    ],
)
def test_where_a_word_stands_tells_whether_it_is_a_name(path: str, text: str, found: bool) -> None:
    assert bool(finds(path, text, Secret("ordinary", "name", HERE, "Samen"))) is found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("xn--bcher-kva", "bücher"),
        (r"b\'fccher", "bücher"),
        ("b=C3=BCcher", "bücher"),
        ("b%u00fccher", "bücher"),
        ("a=\r\nb", "ab"),
    ],
)
def test_an_escape_is_undone(written: str, read: str) -> None:
    assert decode(written) == read


def test_of_two_names_that_overlap_both_are_found() -> None:
    found = list(find_leaks({"index.txt": b"Zandbank Oosterhofstraat"}, (BANK, STREET)))
    assert len({each.hint for each in found}) == 2


def test_a_name_in_the_name_of_a_file_is_found_behind_its_escapes() -> None:
    assert list(find_leaks({"over/%5Aandbank%20Oosterho%66.txt": b""}, [BANK]))
    assert list(find_leaks({"over/%73amen.txt": b""}, [Secret("ordinary", "name", HERE, "Samen")]))


@pytest.mark.parametrize(("label", "found"), [("Samen leren", False), ("Samen sterk", True), ("Leren", True)])
def test_a_public_label_excuses_the_word_in_it_and_nothing_else(label: str, found: bool) -> None:
    samen = Secret("ordinary", "name", HERE, "Samen", within=(label,))
    assert bool(finds("index.txt", "Het thema Samen leren dus.", samen)) is found


@pytest.mark.parametrize(
    ("letters", "sure"),
    [(b"klaverzoomwg", True), (b"klaverzoomw", False), (b"123456789012", False), (b"abc123def456", True), (b"zoom12", True), (b"abc123", False)],
)  # fmt: skip
def test_figures_alone_and_hexadecimal_digits_are_never_sure_by_themselves(letters: bytes, sure: bool) -> None:
    assert is_sure(letters) is sure
