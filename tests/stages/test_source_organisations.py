"""One organisation, once: a pair that may be one is a question, and a person's answer is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import build
from tests.factories import HERE, a_partner
from tests.mistakes import BASE, TEMPLATES
from tweeluik.problems import WrongUsage
from tweeluik.source.judging import judge_different
from tweeluik.source.load import read_organisations, read_source, read_unjudged
from tweeluik.source.organisations import find_questions, find_unanswered
from tweeluik.source.records import Former, Judgement
from tweeluik.words.matching import Likeness, Verdict

ON = date(2026, 11, 27)
TWICE = """
- id: p-aa0001
  name: Voorbeeldbrug
  kind: stichting
  region: NL31
  traceable_to_persons: false
"""


def a_former(name: str) -> Former:
    return Former(date(2024, 12, 31), name, None, None, None, None, None, None, HERE)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The base of the broken sources, with "Stichting Voorbeeldbrug" entered again without its legal form."""
    for path in BASE.rglob("*.*"):
        target = tmp_path / "content" / path.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "content" / "partners" / "nieuw.yaml").write_text(TWICE, "utf-8")
    return tmp_path / "content"


def run(content: Path, *arguments: str) -> int:
    where = ("--content", str(content), "--templates", str(TEMPLATES), "--site", str(content.parent / "site"))
    return build.main([*arguments, *where])


# --- which pairs are questions ----------------------------------------------------------------------------------------


def test_former_names_and_numbers_are_compared_too() -> None:
    one = a_partner("p-1", name="Stichting De Linde", before=(a_former("Taalhuis Averlicht"),))
    other = a_partner("p-2", name="Vereniging Taalhuis Averlicht")
    third = a_partner("p-3", name="Buurtveer", rsin="900001215")
    fourth = a_partner("p-4", name="Welzijn Roderhage", rsin="900001215")
    found = find_questions((one, other, third, fourth))
    assert [(set(each.pair), *each.match) for each in found] == [
        ({"p-1", "p-2"}, Verdict.SAME, Likeness.LETTERS),
        ({"p-3", "p-4"}, Verdict.SAME, Likeness.NUMBER),
    ]


def test_who_continues_another_is_told_apart_by_the_source() -> None:
    old = a_partner("p-1", name="Stichting De Linde", ended=date(2024, 1, 1), successors=("p-2",))
    assert find_questions((old, a_partner("p-2", name="De Linde B.V."))) == ()


def test_a_branch_of_its_own_umbrella_is_told_apart_by_the_source() -> None:
    umbrella = a_partner("p-1", name="Stichting De Lindehof")
    names = ("De Lindehof afdeling Noord", "De Lindehof Utrecht", "De Lindenhof")
    for other, is_asked in zip(names, (False, False, True), strict=True):
        assert bool(find_questions((umbrella, a_partner("p-2", name=other, umbrella="p-1")))) == is_asked
        assert len(find_questions((umbrella, a_partner("p-2", name=other, umbrella="p-3")))) == 1


def test_another_number_makes_what_is_alike_another_and_what_is_equal_a_question() -> None:
    def asked(one: str, other: str) -> list[Verdict]:
        pair = (
            a_partner("p-1", name=one, registration="90123457"),
            a_partner("p-2", name=other, registration="90123458"),
        )
        return [each.match.verdict for each in find_questions(pair)]

    assert asked("Stichting Taalhuis Averlicht", "Taalhuis Averlicht") == [Verdict.MAYBE]
    assert asked("Taalhuis Averlicht", "Taalhuis Averlight") == []


def test_an_answer_closes_a_question_whoever_is_named_first() -> None:
    pair = (a_partner("p-1", name="Taalhuis Averlicht"), a_partner("p-2", name="Taalhuis Averlight"))
    for a, b in (("p-1", "p-2"), ("p-2", "p-1")):
        assert find_unanswered(pair, (Judgement(a, b, "different", ON, HERE),)) == ()
    assert len(find_unanswered(pair, ())) == 1


def test_a_repr_holds_no_name() -> None:
    (question,) = find_questions((a_partner("p-1", name="Klaverzoom"), a_partner("p-2", name="Stichting Klaverzoom")))
    assert "Klaver" not in repr(question)


# --- the build stops --------------------------------------------------------------------------------------------------


def test_a_pair_stops_the_build_by_its_places_only(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(content, "check") == 10
    said = capsys.readouterr().err
    assert "partners/nieuw.yaml:2:3: name: the same organisation as the one at partners/een.yaml:1:1" in said
    assert "oorbeeldbrug" not in said


def test_a_name_that_is_used_twice_is_told_once(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "partners" / "nieuw.yaml").write_text(TWICE.replace("Voorbeeld", "Stichting Voorbeeld"), "utf-8")
    assert run(content, "check") == 10
    assert [line for line in capsys.readouterr().err.splitlines() if "name" in line] == [
        "partners/nieuw.yaml:3:9: [0].name: a name that is used already (the first is at partners/een.yaml:2:7) [E304]"
    ]


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_shows_names_on_the_terminal_and_how_to_answer(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    assert run(content, "organisations") == 0
    said = capsys.readouterr()
    assert "p-7f3a9c  Stichting Voorbeeldbrug" in said.out
    assert "p-aa0001  Voorbeeldbrug  (partners/nieuw.yaml:2:3)" in said.out
    assert "organisations --different" in said.out
    assert "confidential" in said.err
    assert {path: path.read_bytes() for path in content.rglob("*.*")} == before


def test_it_shows_them_whatever_else_is_wrong(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "policy.yaml").write_text("threshold: vijf\n", "utf-8")
    assert run(content, "organisations") == 0
    said = capsys.readouterr()
    assert "Voorbeeldbrug" in said.out
    assert "see the command check" in said.err


def test_an_answer_is_kept_and_the_build_goes_on(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "judgements.yaml").write_text("# Besproken in het team.\n", "utf-8")
    assert run(content, "organisations", "--different", "p-aa0001", "p-7f3a9c", "--on", "2026-11-27") == 0
    text = (content / "judgements.yaml").read_text("utf-8")
    assert text == "# Besproken in het team.\n- {a: p-aa0001, b: p-7f3a9c, judged: different, on: 2026-11-27}\n"
    assert [each.pair for each in read_source(content).judgements] == [{"p-aa0001", "p-7f3a9c"}]
    assert run(content, "organisations") == 0
    assert "no two records may be one organisation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("pair", "on", "told"),
    [
        (("p-aa0001", "p-55aa01"), ON, "there is no open question about these two"),
        (("p-aa0001", "p-000000"), ON, "there is no open question about these two"),
        (("p-000000", f"line-{'0' * 24}"), ON, "there is no open question about these two"),
        (("p-aa0001", "p-7f3a9c"), None, "a judgement needs two ids and a day"),
        ((), ON, "a judgement needs two ids and a day"),
    ],
)
def test_what_answers_no_question_is_not_kept(content: Path, pair: tuple[str, ...], on: date | None, told: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        judge(content, pair, on)
    assert caught.value.problems[0].what == told
    assert not (content / "judgements.yaml").exists()


def test_an_answer_about_a_line_of_the_list_is_kept_unseen(content: Path) -> None:
    assert b"b: line-" in judge(content, (f"line-{'0' * 24}", "p-aa0001"), ON)


def test_a_sealed_or_odd_file_is_left_to_the_editor(content: Path) -> None:
    (content / "judgements.yaml").write_text("[]", "utf-8")
    with pytest.raises(WrongUsage) as caught:
        judge(content, ("p-aa0001", "p-7f3a9c"), ON)
    assert caught.value.problems[0].what == "the list is written in another way than an item a line"
    assert caught.value.problems[0].hint == "add the judgement by hand"
    (content / "judgements.yaml").rename(content / "judgements.yaml.age")
    with pytest.raises(WrongUsage) as caught:
        judge(content, ("p-aa0001", "p-7f3a9c"), ON)
    assert caught.value.problems[0].what == "the judgements are kept sealed"
    assert "open it with the command edit, and add: - {a: p-aa0001" in caught.value.problems[0].hint


def judge(content: Path, pair: tuple[str, ...], on: date | None) -> bytes:
    partners, judgements, _problems = read_organisations(content)
    questions = find_unanswered(partners, judgements)
    return judge_different(pair, on, content, partners=partners, questions=questions)


def test_a_source_with_open_questions_can_be_read_for_a_review(content: Path) -> None:
    assert len(read_unjudged(content).partners) == 4


def test_the_example_asks_at_most_one_question_per_fifty_organisations() -> None:
    partners = read_unjudged(Path(__file__).parents[2] / "content").partners
    assert len(find_questions(partners)) <= len(partners) / 50
