"""The exclusion list: it stops the build, says how many, and never which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import HERE, a_partner, a_source
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.sealing import seal
from tweeluik.confidential.at_rest.comparison import Comparison, refuse_excluded, review_exclusions
from tweeluik.confidential.at_rest.exclusions import FILE, KEY, add_exclusions, read_list, seal_exclusions
from tweeluik.confidential.at_rest.listed import Line, read_lines
from tweeluik.disk.private import UNFINISHED
from tweeluik.problems import OpeningFailed, Place, SealingFailed, SourceHasProblems, WrongUsage
from tweeluik.source.organisations import known
from tweeluik.source.records import Judgement
from tweeluik.words.index import Index
from tweeluik.words.matching import Verdict

SOURCE = a_source(
    (
        a_partner("p-1", name="Stichting Lindenbrug", aliases=("De Brug",), registration="90123457"),
        a_partner("p-2", name="Vereniging Ærøsund", aliases=("Sûnd & Co B.V.",), registration="00914263"),
    )
)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    write_identity(tmp_path / "key")
    return tmp_path / "key"


# --- what matches -----------------------------------------------------------------------------------------------------

AMONG = Index({each.id: known(each) for each in SOURCE.partners})


def verdict(line: str) -> Verdict:
    found = Line(1, line).find(AMONG)
    assert len(found) <= 1
    return next((match.verdict for match in found.values()), Verdict.DIFFERENT)


@pytest.mark.parametrize(
    "line",
    ["Stichting Lindenbrug", "lindenbrug", "LINDEN-BRUG (stichting)", "Lindenbrug, Stichting", "Líndenbrüg", "Linden\u00adbrug",
     "Linden\u200bbrug", "L\u0456ndenbrug", "\u1d38indenbrug", "L i n d e n b r u g", "St. Lindenbrug", "Stg. Lindenbrug", "de brug",
     "90123457", "90 12 34 57", "9012.3457", "KvK 90123457", "KvK-nummer: 90 123 457", "Lindenbrug; ergens", "iets\tlindenbrug",
     "iets anders; 90123457", "AEROSUND", "Sund en Co; sund & co", "914263", "0914263", "00914263", "KvK 914263",
     "Lindenbrug # sinds 2024", "Stichting Lindenbrug // zie brief", "1. Stichting Lindenbrug", "12) Lindenbrug", "a. Lindenbrug",
     "- Stichting Lindenbrug", "* Lindenbrug", "\u2022 Lindenbrug", "[x] Lindenbrug", "Naam: Stichting Lindenbrug",
     "Stichting Lindenbrug,12345678", "Stichting Lindenbrug 12345678", "Stichting Lindenbrug KvK 12345678", '"Stichting Lindenbrug"',
     "mbt Lindenbrug", "cf. Lindenbrug", "TODO Lindenbrug", "Lindenbrug t.a.v. secretariaat", "<li>Lindenbrug</li>",
     "KvK \u0669\u0660\u0661\u0662\u0663\u0664\u0665\u0667", "\u2610 Lindenbrug", "2024-05-01 Lindenbrug",
     "o.a. Lindenbrug", "mogelijk Stichting Lindenbrug", "vml. Lindenbrug", "alle stichtingen Lindenbrug", "Lindenbrug etc.",
     "Lindenbrug en aanverwante stichtingen", "Lindenbrug & vrienden", "lindenbrug[.]nl", "hxxps://www.lindenbrug[.]nl",
     "De Stichting Lindenbrug", "Lindenbrug B.V.", "Lindenbrug vzw", "Lindenbrug e.V."],
)  # fmt: skip
def test_a_name_alias_or_number_in_any_spelling_is_on_the_list(line: str) -> None:
    assert verdict(line) is Verdict.SAME


@pytest.mark.parametrize(
    "line",
    ["Stichting Lindenbrugg", "Lindenburg", "Lindebrug", "Stichting Lindenbrug (SLB)", "Lindenbrug h.o.d.n. De Oever",
     "Lindenbrug, Averlicht", "Brug", "Lindenbrugge",
     "facebook.com/lindenbrug", "https://www.instagram.com/lindenbrug/"],
)  # fmt: skip
def test_what_is_alike_is_a_question(line: str) -> None:
    assert verdict(line) is Verdict.MAYBE


@pytest.mark.parametrize(
    "line",
    ["Linden", "Lindenbrug Noord", "9012345", "901234570", "Lindenbrug2", "Kanaalbrug"],
)  # fmt: skip
def test_what_is_another_passes(line: str) -> None:
    assert verdict(line) is Verdict.DIFFERENT


@pytest.mark.parametrize("line", ["", "  ", "# Stichting Lindenbrug", "-----", "=="])
def test_a_remark_and_a_row_of_dashes_are_no_lines(line: str) -> None:
    assert read_lines([line]) == ()


@pytest.mark.parametrize(
    ("line", "cure"),
    [("Stichting", "tells one organisation"), ("St.", "tells one organisation"), (";", "tells one organisation"), ("?!", "tells one organisation"),
     ("KvK 00000000", "zeros"), ("000000000001", "branch"), ("123", "too few"), ("RSIN 901234570", "no RSIN")],
)  # fmt: skip
def test_a_line_that_means_nobody_is_refused_by_its_number(tmp_path: Path, key: Path, line: str, cure: str) -> None:
    for keep in (add_exclusions, seal_exclusions):
        with pytest.raises(WrongUsage) as caught:
            keep(["", "Lindenbrug", line], tmp_path, Keyring([key]))
        (problem,) = caught.value.problems
        assert (problem.place, problem.what) == (Place("list", 3, 1), "a line that means no organisation")
        assert cure in problem.hint
    assert not (tmp_path / FILE).exists()


def test_a_line_that_means_nobody_stops_the_build_by_its_number(tmp_path: Path, key: Path) -> None:
    """In a list that was sealed with another program, or before lines were read so."""
    (tmp_path / FILE).write_bytes(
        seal(b"# uitleg\nIets Anders\nStichting\n", [str(Keyring([key]).identities[0].recipient)])
    )
    with pytest.raises(SourceHasProblems) as caught:
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))
    assert [each.place for each in caught.value.problems] == [Place(FILE, 3, 1)]


def test_an_organisation_without_letters_is_no_match() -> None:
    among = Index({"p-1": known(a_partner("p-1", name="!?", aliases=("…",)))})
    assert Line(1, "Lindenbrug").find(among) == {}


# --- what is said -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Lindenbrug"], "1 organisation of the source is"),
        (["De Brug", "Ærøsund"], "2 organisations of the source are"),
        (["De Brug", "Lindenbrug", "90123457", "Lindenbrugg"], "1 organisation of the source is"),
    ],
)
def test_it_says_how_many(tmp_path: Path, key: Path, lines: list[str], said: str) -> None:
    add_exclusions(lines, tmp_path, Keyring([key]))
    with pytest.raises(SourceHasProblems) as caught:
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))
    (problem,) = caught.value.problems
    assert problem.what == f"{said} on the exclusion list"
    assert not any(word in str(problem).casefold() for word in ("linden", "brug", "sund"))


def test_of_what_is_alike_it_says_how_many_too(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrugg", "Lindenburg", "Ærøsond"], tmp_path, Keyring([key]))
    with pytest.raises(SourceHasProblems) as caught:
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))
    (problem,) = caught.value.problems
    assert problem.what == "2 organisations of the source are perhaps on the exclusion list"
    assert "exclusions review" in problem.hint
    assert not any(word in str(problem).casefold() for word in ("linden", "brug", "sund", "p-1", "p-2"))


# --- what the holder sees, and judges ---------------------------------------------------------------------------------


def test_the_holder_sees_which_line_is_like_which_organisation(tmp_path: Path, key: Path) -> None:
    add_exclusions(["# uitleg", "Iets Anders", "2. Lindenburg # zie brief", "De Brug"], tmp_path, Keyring([key]))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    found = review_exclusions(SOURCE, tmp_path, Keyring([key]))
    assert [(each.line.number, each.partner.id, each.match.verdict) for each in found] == [
        (3, "p-1", Verdict.MAYBE),
        (4, "p-1", Verdict.SAME),
    ]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert "Linden" not in repr(found)


def test_what_the_holder_judged_different_passes_and_is_remembered(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenburg"], tmp_path, Keyring([key]))
    (alike,) = review_exclusions(SOURCE, tmp_path, Keyring([key]))
    judged = replace(SOURCE, judgements=(Judgement("p-1", alike.digest, "different", date(2026, 11, 27), HERE),))
    assert refuse_excluded(judged, tmp_path, Keyring([key])).tested
    assert review_exclusions(judged, tmp_path, Keyring([key])) == ()
    # The same line elsewhere in the list, with a mark and a remark, in a list that was sealed again.
    seal_exclusions(["Iets Anders", "- Lindenburg # gezien"], tmp_path, Keyring([key]))
    assert refuse_excluded(judged, tmp_path, Keyring([key])).tested


def test_what_is_sure_cannot_be_judged_away(tmp_path: Path, key: Path) -> None:
    """L9 is the rule of the letter about danger."""
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    (alike,) = review_exclusions(SOURCE, tmp_path, Keyring([key]))
    judged = replace(SOURCE, judgements=(Judgement("p-1", alike.digest, "different", date(2026, 11, 27), HERE),))
    with pytest.raises(SourceHasProblems):
        refuse_excluded(judged, tmp_path, Keyring([key]))
    assert [each.digest for each in review_exclusions(judged, tmp_path, Keyring([key]))] == [alike.digest]


def test_a_judgement_about_two_organisations_is_of_no_line(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Iets Anders"], tmp_path, Keyring([key]))
    judged = replace(SOURCE, judgements=(Judgement("p-1", "p-2", "different", date(2026, 11, 27), HERE),))
    assert refuse_excluded(judged, tmp_path, Keyring([key])).tested


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("Taalhuis Averlicht Noord", "ons Taalhuis Averlicht Noord sinds kort", Verdict.MAYBE),
        ("Taalhuis Averlicht", "ons Taalhuis Averlicht Noord sinds kort", Verdict.DIFFERENT),
        ("Stichting Ontmoeting Lindenbrug", "Lindenbrug", Verdict.MAYBE),
        ("Stichting Ontmoeting Lindenbrug Noord", "Lindenbrug, Ontmoeting", Verdict.MAYBE),
        ("Ontmoeting Linden", "Ontmoeting", Verdict.DIFFERENT),             # a word of everyday
        ("Ontmoeting Utrecht", "Utrecht", Verdict.DIFFERENT),               # a place
        ("Ontmoeting Lindo", "Lindo", Verdict.DIFFERENT),                   # five letters
        ("Ontmoeting Lindor", "Lindor", Verdict.MAYBE),                     # six
        ("Ontmoeting Lindenbrug", "Lindenbrug Noord", Verdict.DIFFERENT),   # not all of it
        ("Masjid An-Nour", "Moskee An-Nour", Verdict.MAYBE),
        ("Kastanje Cultural Centre", "Cultureel Centrum Kastanje", Verdict.MAYBE),
        ("Vlierhuis te Utrecht", "Stg. Vlierh.", Verdict.DIFFERENT),
        ("Stichting Vlierhuis Averlicht", "Vlierhuis Averl.", Verdict.MAYBE),
        ("Vlierhuis", "Vlierhuis te Utrecht # zie brief", Verdict.MAYBE),
        ("Vlierhuis", "3. Vlierhuis, afdeling Noord", Verdict.MAYBE),
        ("Vlierhuis", "De Brug \u2192 Vlierhuis", Verdict.MAYBE),
        ("Vlierhuis", "De Brug => Vlierhuis", Verdict.MAYBE),
        ("Vlierhuis", "Vlierhuis => zie brief", Verdict.SAME),
        ("Vlierhuis", "De Brug = Vlierhuis", Verdict.MAYBE),
        ("Vlierhuis", "De Brug (thans Vlierhuis)", Verdict.MAYBE),
        ("Vlierhuis Averlicht", "https://www.vlierhuis-averlicht.nl/over", Verdict.MAYBE),
        ("Vlierhuis Averlicht", "info@vlierhuisaverlicht.org", Verdict.MAYBE),
        ("Vlierhuis Averlicht", "info@vlierhuisaverlicht.example", Verdict.DIFFERENT),
        ("Averlicht", "De Brug -> de Oever", Verdict.DIFFERENT),
        ("Klaverzoom Weide", "NIET NOEMEN Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "uitsluiten Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "alles van Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "zelfde als Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "2x Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "p-001 Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "De Linde en Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "De Linde + Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "zowel De Linde als Klaverzoom Weide", Verdict.MAYBE),
        ("Klaverzoom Weide", "moskee Klaverzoom Weide en bestuur", Verdict.MAYBE),
        ("Klaverzoom Weide", "www.klaverzoomweide.nl/over-ons", Verdict.MAYBE),
        ("Klaverzoom Weide", "KLAVERZOOM WEIDE NOORD", Verdict.DIFFERENT),
        ("Klaverzoom Weide", "Linde Klaverzoom Weide", Verdict.DIFFERENT),
        ("Klaverzoom Weide", "van alles en nog wat", Verdict.DIFFERENT),
    ],
)  # fmt: skip
def test_a_name_is_seen_in_the_midst_of_a_line_and_a_line_in_the_midst_of_a_name(
    name: str, line: str, expected: Verdict
) -> None:
    found = Line(1, line).find(Index({"p-1": known(a_partner("p-1", name=name))}))
    assert next((match.verdict for match in found.values()), Verdict.DIFFERENT) is expected


def test_a_judgement_about_no_line_is_told(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Iets Anders"], tmp_path, Keyring([key]))
    judgement = Judgement("p-1", f"line-{'0' * 24}", "different", date(2026, 11, 27), Place("judgements.yaml", 2, 3))
    with pytest.raises(SourceHasProblems) as caught:
        refuse_excluded(replace(SOURCE, judgements=(judgement,)), tmp_path, Keyring([key]))
    assert [each.place for each in caught.value.problems] == [judgement.place]


def test_another_list_gives_a_line_another_digest(tmp_path: Path, key: Path) -> None:
    """Names can be guessed: without the key of the list a digest in the source would tell them."""
    digests = set()
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        add_exclusions(["Lindenburg"], tmp_path / name, Keyring([key]))
        digests |= {each.digest for each in review_exclusions(SOURCE, tmp_path / name, Keyring([key]))}
    assert len(digests) == 2


def test_an_older_list_gets_its_key_with_the_next_line(tmp_path: Path, key: Path) -> None:
    (tmp_path / FILE).write_bytes(seal(b"Lindenburg\n", [str(Keyring([key]).identities[0].recipient)]))
    with pytest.raises(WrongUsage) as caught:
        review_exclusions(SOURCE, tmp_path, Keyring([key]))
    assert "exclusions add" in caught.value.problems[0].hint
    add_exclusions(["Iets Anders"], tmp_path, Keyring([key]))
    assert len(review_exclusions(SOURCE, tmp_path, Keyring([key]))) == 1


def test_without_a_list_there_is_nothing_to_review(tmp_path: Path, key: Path) -> None:
    with pytest.raises(WrongUsage):
        review_exclusions(SOURCE, tmp_path, Keyring([key]))


# --- whether it is tested ---------------------------------------------------------------------------------------------


def test_a_source_that_passes_is_tested(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Iets Anders"], tmp_path, Keyring([key]))
    assert refuse_excluded(SOURCE, tmp_path, Keyring([key])) == Comparison(True, ("the exclusion list was tested",))


def test_without_an_identity_it_is_not_tested_and_says_so(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    (line,) = refuse_excluded(SOURCE, tmp_path, Keyring([])).lines
    assert line == "the exclusion list was not tested: name its holder's identity"


def test_without_a_list_there_is_nothing_to_say_but_to_a_holder(tmp_path: Path, key: Path) -> None:
    assert refuse_excluded(SOURCE, tmp_path, Keyring([])) == Comparison(False)
    assert refuse_excluded(SOURCE, tmp_path, Keyring([key])).lines == ("there is no exclusion list to test",)


def test_an_identity_of_nobody_does_not_pass(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    write_identity(tmp_path / "ander")
    with pytest.raises(OpeningFailed) as caught:
        refuse_excluded(SOURCE, tmp_path, Keyring([tmp_path / "ander"]))
    assert caught.value.problems[0].hint == "name the identity of the holder of the list"


def test_an_editors_identity_passes_and_says_that_nothing_was_tested(tmp_path: Path, key: Path) -> None:
    """Editors open the source with theirs, and must not be able to read the list."""
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    editor = Keyring([tmp_path / "editor"]) if write_identity(tmp_path / "editor") else Keyring([])
    editor.open(seal(b"partners", [str(editor.identities[0].recipient)]))
    assert refuse_excluded(SOURCE, tmp_path, editor) == Comparison(
        False, ("the exclusion list was not tested: it is sealed to another identity",)
    )


@pytest.mark.parametrize("damage", ["none of it", "the first byte", "the last byte", "half of it"])
def test_a_damaged_list_stops_the_build(tmp_path: Path, key: Path, damage: str) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    sealed = (tmp_path / FILE).read_bytes()
    damaged = {
        "none of it": b"",
        "the first byte": b"x" + sealed[1:],
        "the last byte": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "half of it": sealed[: len(sealed) // 2],
    }[damage]
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))


def test_a_damaged_list_is_not_taken_for_one_of_another(tmp_path: Path, key: Path) -> None:
    """Its holder also opened a file of the source, so that no identity is idle."""
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-1])
    keyring = Keyring([key])
    keyring.open(seal(b"partners", [str(keyring.identities[0].recipient)]))
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, keyring)


def test_a_list_that_is_no_text_stops_the_build(tmp_path: Path, key: Path) -> None:
    (tmp_path / FILE).write_bytes(seal(b"\xff\xfe\x00", [str(Keyring([key]).identities[0].recipient)]))
    with pytest.raises(OpeningFailed):
        refuse_excluded(SOURCE, tmp_path, Keyring([key]))


# --- keeping it -------------------------------------------------------------------------------------------------------


def kept(content: Path, key: Path) -> list[str]:
    """The lines of the list as its holder wrote them: one more holds the key of judgements."""
    return [line for line in read_list(content, Keyring([key])) if not line.startswith(KEY)]


def test_the_list_is_sealed_and_grows(tmp_path: Path, key: Path) -> None:
    add_exclusions(["# uitleg", "Een"], tmp_path, Keyring([key]))
    add_exclusions(["Twee", "Een", " "], tmp_path, Keyring([key]))
    assert kept(tmp_path, key) == ["# uitleg", "Een", "Twee"]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert b"Twee" not in (tmp_path / FILE).read_bytes()


def test_a_new_list_takes_the_place_of_the_earlier_one(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Oud"], tmp_path, Keyring([key]))
    seal_exclusions(["Een", "", "# uitleg", "Twee"], tmp_path, Keyring([key]))
    assert kept(tmp_path, key) == ["Een", "# uitleg", "Twee"]


def test_what_a_killed_run_left_is_told_with_its_cure(tmp_path: Path, key: Path) -> None:
    seal_exclusions(["Eerst"], tmp_path, Keyring([key]))
    before = (tmp_path / FILE).read_bytes()
    (tmp_path / f".{FILE}{UNFINISHED}").write_bytes(before[:10])
    with pytest.raises(SealingFailed) as caught:
        seal_exclusions(["Daarna"], tmp_path, Keyring([key]))
    assert f"delete the file whose name ends in {UNFINISHED}" in caught.value.problems[0].hint
    assert (tmp_path / FILE).read_bytes() == before


def test_nothing_is_no_list(tmp_path: Path, key: Path) -> None:
    for keep in (add_exclusions, seal_exclusions):
        with pytest.raises(WrongUsage):
            keep([" ", ""], tmp_path, Keyring([key]))
        with pytest.raises(WrongUsage):
            keep(["Een"], tmp_path, Keyring([]))
    assert not (tmp_path / FILE).exists()


def test_another_identity_adds_nothing(tmp_path: Path, key: Path) -> None:
    add_exclusions(["Lindenbrug"], tmp_path, Keyring([key]))
    write_identity(tmp_path / "ander")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(OpeningFailed):
        add_exclusions(["Meer"], tmp_path, Keyring([tmp_path / "ander"]))
    assert (tmp_path / FILE).read_bytes() == before


def test_no_holder_is_locked_out_by_another(tmp_path: Path, key: Path) -> None:
    write_identity(tmp_path / "tweede")
    both = [key, tmp_path / "tweede"]
    seal_exclusions(["Een"], tmp_path, Keyring(both))
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(WrongUsage):
        add_exclusions(["Twee"], tmp_path, Keyring([key]))
    assert (tmp_path / FILE).read_bytes() == before
    add_exclusions(["Twee"], tmp_path, Keyring(both))
    assert kept(tmp_path, tmp_path / "tweede") == ["Een", "Twee"]
