"""Every message has a code, two languages and a paragraph; none is in the catalogue that nothing says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

import build
from tools.messages_page import PAGE, page
from tweeluik.cli import telling
from tweeluik.cli.commands.diff import _BECAME
from tweeluik.problems import Place, Problem
from tweeluik.review.trail import What
from tweeluik.selection.rules import PARTNER_RULES
from tweeluik.source import slips
from tweeluik.source.records import TRAITS
from tweeluik.words.language import language_of
from tweeluik.words.matching import Likeness, Verdict
from tweeluik.words.messages import Sentence, chapters, cures, find_kind, phrases, sayings, translate

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tweeluik"

SAYS = {"Problem": 2, "report": 2, "problem": 1, "_Broken": 1, "_Cure": 1, "_Wrong": 0, "Unreadable": 0}
"""What makes a problem, and which of its arguments says what is wrong; the next one is the cure."""

ON_THE_WAY = {
    "CannotUnseal": 0,
    "AgeRefused": 0,
    "NotPlain": 0,
    "SignatureRefused": 0,
    "NotTheirs": 0,
    "SignersWrong": 0,
    "BrokenLog": 1,
    "Failed": 0,
}
"""Exceptions whose words end up in a problem as they are, and which of their arguments those are."""

FILLED = "x1"
"""Stands for anything that is filled in."""


class Said(NamedTuple):
    """Words in the code, and where."""

    place: str
    text: str


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((each.relative_to(PACKAGE).as_posix(), ast.parse(each.read_text("utf-8"))) for each in sorted(PACKAGE.rglob("*.py")))  # fmt: skip


@cache
def within(scope: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a module or a function; they are asked for once for each call in it."""
    return tuple(ast.walk(scope))


def texts(node: ast.expr, module: ast.Module) -> Iterator[str]:
    """What an argument may say: of a choice both, of a name whatever is assigned to it in the module."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else FILLED for each in values)
        case ast.IfExp(body=one, orelse=other):
            yield from (*texts(one, module), *texts(other, module))
        case ast.BoolOp(values=values):
            for each in values:
                yield from texts(each, module)
        case ast.Name(id=name):
            for value in assigned(name, node, module):
                yield from texts(value, module)
        case _:
            return


def assigned(name: str, at: ast.expr, module: ast.Module) -> list[ast.expr]:
    """Whatever is assigned to a name in the function where it is used, or else in the module."""
    functions = (each for each in within(module) if isinstance(each, ast.FunctionDef))
    around = [each for each in functions if each.lineno <= at.lineno <= (each.end_lineno or 0)]
    return [found for scope in around for found in assignments(name, scope)] or list(assignments(name, module))


def assignments(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    for each in within(scope):
        match each:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case _:
                continue


def arguments(call: ast.Call, module: ast.Module) -> list[ast.expr]:
    """The arguments of a call, a tuple of the module written out."""
    result: list[ast.expr] = []
    for each in call.args:
        if isinstance(each, ast.Starred) and isinstance(each.value, ast.Name):
            for value in assigned(each.value.id, each.value, module):
                result += value.elts if isinstance(value, ast.Tuple) else []
        else:
            result.append(each)
    return result


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


@cache
def makers(file: str) -> dict[str, int]:
    """Functions of a module that make a problem of what they are given, and which of their parameters says it."""
    module = dict(modules())[file]
    made = dict[str, int]()
    if not any(isinstance(each, ast.Call) and name_of(each) in SAYS for each in within(module)):
        return made
    for function in (each for each in within(module) if isinstance(each, ast.FunctionDef)):
        names = [each.arg for each in function.args.args if each.arg != "self"]
        for call in (each for each in within(function) if isinstance(each, ast.Call) and name_of(each) in SAYS):
            what = call.args[SAYS[name_of(call)] :][:1]
            if what and isinstance(what[0], ast.Name) and what[0].id in names:
                made[function.name] = names.index(what[0].id)
    return made


def first_of(call: ast.Call, file: str) -> int | None:
    """Which argument of a call says what is wrong; None when it says nothing."""
    name = name_of(call)
    if isinstance(call.func, ast.Name):
        shared = {"problem": 0} if file.startswith("confidential/at_rest/") else {}
        return {**SAYS, **shared, **makers(file)}.get(name)
    return SAYS.get(name, makers(file).get(name))


def said(which: int) -> Iterator[Said]:
    """What problems say (0), or what cures them (1)."""
    for name, pair in vars(slips).items():
        if name[0].isalpha() and isinstance(pair, tuple):
            yield Said(f"source/slips.py {name}", pair[which])
    for file, module in modules():
        for call in (each for each in within(module) if isinstance(each, ast.Call)):
            first = first_of(call, file)
            found = arguments(call, module)[first + which :][:1] if first is not None else []
            if which == 0 and name_of(call) in ON_THE_WAY:
                found = call.args[ON_THE_WAY[name_of(call)] :][:1]
            for argument in found:
                yield from (Said(f"{file}:{call.lineno}", each) for each in texts(argument, module) if each)


PUT_TOGETHER = {"maybe the same organisation as", "the same organisation as"}
"""Beginnings of sentences that end with a place."""


@cache
def whats() -> list[Said]:
    return sorted({each for each in said(0) if re.sub(FILLED, "", each.text).strip(" :") and "\n" not in each.text})


def find_cures() -> list[Said]:
    return sorted({each for each in said(1) if re.sub(FILLED, "", each.text).strip(" ;:")})


def test_the_messages_are_found() -> None:
    assert len({each.text for each in whats()}) > 250
    assert {"a tab", "unknown key", "the file is missing", "a colon where no key can be"} <= {
        each.text for each in whats()
    }


def is_a_form_of(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a text of the code, with whatever it is filled in with, is one of these sentences."""
    if any(each.texts["en"] == text for each in sentences) or any(each.filled(text) is not None for each in sentences):
        return True
    form = re.compile(".+".join(map(re.escape, text.split(FILLED))))
    return any(form.fullmatch(each.texts["en"]) for each in sentences)


def test_everything_that_is_said_has_a_code() -> None:
    sentences = [sentence for chapter in chapters() for kind in chapter.kinds for sentence in kind.sentences]
    assert [each for each in whats() if not is_a_form_of(each.text, sentences) and each.text not in PUT_TOGETHER] == []


def test_every_cure_is_there_in_dutch() -> None:
    sentences = (*cures(), *phrases())
    assert [each for each in find_cures() if not is_a_form_of(each.text, sentences)] == []


def test_everything_that_a_command_says_on_its_way_is_there_in_dutch() -> None:
    sentences = [
        *(each for chapter in chapters() for kind in chapter.kinds for each in kind.sentences),
        *cures(),
        *phrases(),
    ]
    said_on_the_way = {
        text
        for _, module in modules()
        for call in within(module)
        if isinstance(call, ast.Call) and name_of(call) in {"say", "progress"} and call.args
        for text in texts(call.args[0], module)
        if re.search("[a-z]{3}", re.sub(FILLED, "", text))
    }
    assert len(said_on_the_way) > 10
    assert [each for each in sorted(said_on_the_way) if not is_a_form_of(each, sentences)] == []


@cache
def words_of_the_code() -> str:
    """Every text of the code on a line of its own, with a mark for what is filled in."""
    lines = list[str]()
    for _, module in modules():
        for node in within(module):
            match node:
                case ast.Constant(value=str(text)):
                    lines.append(text)
                case ast.JoinedStr(values=values):
                    lines.append(
                        "".join(str(each.value) if isinstance(each, ast.Constant) else FILLED for each in values)
                    )
                case _:
                    continue
    return "\n".join(lines)


@cache
def forms_of_the_code() -> re.Pattern[str]:
    """Texts that are put together from others, with enough of their own to tell which."""
    lines = {line for line in words_of_the_code().splitlines() if FILLED in line and len(line.replace(FILLED, "")) > 7}
    return re.compile("|".join(".+".join(map(re.escape, line.split(FILLED))) for line in sorted(lines)))


OF_LIBRARIES = {"E901"}
"""What argparse says."""


def is_said(sentence: Sentence) -> bool:
    """Whether the code holds these words, whole or put together."""
    if sentence.texts["en"] in words_of_the_code():
        return True
    english = re.sub(r"\{\w+(:part)?\}", FILLED, sentence.texts["en"])
    pieces = [each.strip() for each in re.split(f"{FILLED}|, by ", english) if each.strip(" ,:'")]
    return all(each in words_of_the_code() for each in pieces) or forms_of_the_code().fullmatch(english) is not None


def test_nothing_is_in_the_catalogue_that_no_code_says() -> None:
    kinds = (kind for chapter in chapters() for kind in chapter.kinds if kind.code not in OF_LIBRARIES)
    unsaid = [(kind.code, each.texts["en"]) for kind in kinds for each in kind.sentences if not is_said(each)]
    assert unsaid == []
    assert [each.texts["en"] for each in cures() if not is_said(each)] == []


TOLD = {"said": 0, "_unless_agreed": 0, "_perhaps": 0, "_about_since": 0}
"""What makes a sentence with its values apart, and which of its arguments is the sentence."""


def test_every_sentence_that_is_told_is_there_in_dutch_and_no_other() -> None:
    """With all its holes: a name in one of them is never looked at for words."""
    told = {
        text.removesuffix(":")
        for _, module in modules()
        for call in (each for each in within(module) if isinstance(each, ast.Call))
        if name_of(call) in TOLD
        for text in texts(call.args[TOLD[name_of(call)]], module)
    }
    known = [*sayings(), *phrases()]
    assert [each for each in sorted(told - {""}) if not is_a_form_of(each, known)] == []
    assert [each.texts["en"] for each in sayings() if not is_said(each)] == []
    for each in sayings():
        assert set(re.findall(r"\{(\w+)\}", each.texts["nl"])) == set(each.holes), each.texts["en"]


LINES = {"Told": (0, 2), "say": (0,), "ask": (0, 1), "progress": (0,), "advise": (0,), "Comparison": (1,)}
"""What tells lines as they are, and in which arguments."""


def lines_told() -> Iterator[Said]:
    for file, module in modules():
        for call in (each for each in within(module) if isinstance(each, ast.Call) and name_of(each) in LINES):
            given = [call.args[at] for at in LINES[name_of(call)] if at < len(call.args)]
            given += [each.value for each in call.keywords if each.arg in {"lines", "warnings"}]
            for argument in given:
                yield from (Said(f"{file}:{call.lineno}", each) for each in texts_within(argument, module))


def texts_within(node: ast.expr, module: ast.Module, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """What lines may say: of a tuple each of them, of a choice both; what another function makes is its own concern."""
    parts: list[ast.expr] = []
    match node:
        case ast.Tuple(elts=elements):
            parts = elements
        case ast.Starred(value=value) | ast.GeneratorExp(elt=value):
            parts = [value]
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            parts = [one, other]
        case ast.Name(id=name):
            parts = assigned(name, node, module) if name not in seen else []
            seen |= {name}
        case _:
            yield from texts(node, module)
    for each in parts:
        yield from texts_within(each, module, seen)


def test_every_line_of_a_command_is_there_in_dutch() -> None:
    known = [*sayings(), *phrases()]
    found = sorted({each for each in lines_told() if re.sub(f"{FILLED}|\\W", "", each.text)})
    assert len(found) > 60
    assert [each for each in found if not is_a_form_of(each.text, known)] == []


WORDS = {
    "rules": [each.name for each in PARTNER_RULES],
    "traits": TRAITS,
    "verdicts": [each.value for each in Verdict],
    "likenesses": [each.value for each in Likeness],
    "events": get_args(What),
    "states": ["final", "provisional", "suppression", "rounding"],
    "changes": list(_BECAME.values()),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_that_are_told_in_a_line_are_there_in_dutch(name: str) -> None:
    english = {each.texts["en"] for each in phrases()}
    assert [each for each in WORDS[name] if each not in english] == []


def test_codes_are_in_order_and_stand_once() -> None:
    codes = [kind.code for chapter in chapters() for kind in chapter.kinds]
    assert codes == sorted(codes)
    assert all(one != other for one, other in pairwise(codes))
    assert all(re.fullmatch(r"[EW]\d{3}", code) for code in codes)


def test_a_sentence_has_one_code() -> None:
    english = [sentence.texts["en"] for chapter in chapters() for kind in chapter.kinds for sentence in kind.sentences]
    assert len(english) == len(set(english))


def test_every_kind_has_its_words_and_holes_in_both_languages() -> None:
    for kind in (each for chapter in chapters() for each in chapter.kinds):
        assert kind.about["nl"]
        assert kind.about["en"]
        assert kind.about["nl"].endswith(".")
        for sentence in kind.sentences:
            assert set(re.findall(r"\{(\w+)[:}]", sentence.texts["nl"])) == set(sentence.holes)
            assert not sentence.texts["nl"].endswith(".")


def test_the_page_of_messages_is_as_the_catalogue() -> None:
    """`python -m tools.messages_page` writes it."""
    assert (ROOT / PAGE).read_text("utf-8") == page()


# --- one message ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("expected a list, found a whole number", "verwacht: een lijst; gevonden: een heel getal"),
        ("expected a list, found 12", "verwacht: een lijst; gevonden: 12"),
        ("the key 'name' is missing", "de sleutel 'name' ontbreekt"),
        ("did you mean 'kind'?", "bedoelde u 'kind'?"),
        ("unknown kind", "onbekende soort"),
        ("a sentence that nobody wrote", "a sentence that nobody wrote"),
    ],
)
def test_a_sentence_is_translated_with_what_was_filled_in(english: str, dutch: str) -> None:
    assert translate(english, "nl") == dutch
    assert translate(english, "en") == english


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "nl_NL.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "nl_BE"}, "nl"),
        ({"LC_MESSAGES": "nl_NL", "LANG": "C.UTF-8"}, "nl"),
        ({"LC_ALL": "de_DE"}, "en"),
    ],
)
def test_the_language_is_that_of_the_system(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(("language", "begins"), [("nl", "Een bestand in YAML"), ("en", "YAML is indented")])
def test_a_code_is_explained(capsys: pytest.CaptureFixture[str], language: str, begins: str) -> None:
    assert build.main(["explain", "e101", "--lang", language]) == 0
    code, sentence, about = capsys.readouterr().out.splitlines()
    kind = find_kind("E101")
    assert kind is not None
    assert (code, sentence.strip()) == ("E101", kind.sentences[0].shown("nl" if language == "nl" else "en"))
    assert about.startswith(begins)


@pytest.mark.parametrize("written", ["[E101]", "E101,", "(e101)", "E101."])
def test_a_code_is_explained_as_it_stands_behind_a_message(capsys: pytest.CaptureFixture[str], written: str) -> None:
    assert build.main(["explain", written]) == 0
    assert capsys.readouterr().out.startswith("E101\n")


@pytest.mark.parametrize(("number", "cure"), [("101", " (did you mean 'E101'?)"), ("999", "")])
def test_a_code_without_its_letter_is_told_with_it(capsys: pytest.CaptureFixture[str], number: str, cure: str) -> None:
    assert build.main(["explain", number, "--lang", "en"]) == 2
    assert f"there is no message with the code {number}{cure} [E903]" in capsys.readouterr().err


def test_a_code_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["explain", "E999", "--lang", "nl"]) == 2
    assert "er is geen melding met de code E999 [E903]" in capsys.readouterr().err


# --- many messages ----------------------------------------------------------------------------------------------------


def a_problem(what: str = "unknown key", line: int = 1, file: str = "partners/a.yaml") -> Problem:
    return Problem(Place(file, line, 1), "", what)


def screen(*problems: Problem) -> list[str]:
    return list(telling.as_screen(problems, "en", excerpt=telling.nothing))


def test_causes_come_before_what_follows_from_them() -> None:
    told = screen(a_problem("unknown kind", file="a.yaml"), a_problem("a tab", file="z.yaml"))
    assert [line.split(": ")[1].split(" [")[0] for line in told] == ["a tab", "unknown kind"]


@pytest.mark.parametrize(("number", "lines", "last"), [(3, 3, None), (4, 4, None), (5, 4, "and 2 more like these [E205]"), (793, 4, "and 790 more like these [E205]")])  # fmt: skip
def test_like_problems_are_told_by_the_first_three(number: int, lines: int, last: str | None) -> None:
    told = screen(*(a_problem(line=line) for line in range(1, number + 1)))
    assert len(told) == lines
    if last is not None:
        assert told[-1].strip() == last


def test_no_list_is_longer_than_a_screen() -> None:
    kinds = [kind.sentences[0].texts["en"] for chapter in chapters() for kind in chapter.kinds][:40]
    told = screen(*(a_problem(kind, line) for kind in kinds for line in (1, 2)))
    assert len(told) <= telling.SCREEN + 2
    assert re.fullmatch(r"  and \d\d other problems, in 1 file; --all shows them", told[-1])


def test_all_are_told_to_who_asks_for_all() -> None:
    problems = [a_problem(line=line) for line in range(1, 100)]
    assert len(list(telling.as_lines(problems, "en", excerpt=telling.nothing))) == 99


@pytest.mark.parametrize(
    ("file", "what", "shown"),
    [
        ("vocabulary.yaml", "unknown key", ["    2 | kinds: [x]", "      |        ^"]),
        ("editions/2025.yaml", "unknown key", ["    2 | kinds: [x]", "      |        ^"]),
        ("vocabulary.yaml", "an e-mail address in the text", []),
        ("partners/a.yaml", "unknown key", []),
        ("conversations/a.yaml", "unknown key", []),
        ("judgements.yaml", "unknown key", []),
        ("pages/over.md", "a telephone number in the text", []),
    ],
)
def test_a_line_is_shown_with_a_mark_where_nothing_in_it_is_confidential(
    tmp_path: Path, file: str, what: str, shown: list[str]
) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("# eerst\nkinds: [x]\n", "utf-8")
    assert list(telling.from_source(tmp_path)(Problem(Place(file, 2, 8), "", what))) == shown


def test_a_line_that_is_gone_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text("een\n", "utf-8")
    assert telling.from_source(tmp_path)(Problem(Place("vocabulary.yaml", 9, 1), "", "unknown key")) == ()
    assert telling.from_source(tmp_path)(Problem(Place("agenda.yaml", 1, 1), "", "unknown key")) == ()
