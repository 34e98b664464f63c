"""A template with a mistake is a problem with its file and line, and nothing of what it was given."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest
from jinja2 import Environment

from tests import once
from tests.stages.a_publication import a_publication
from tests.templates import PUBLIC
from tweeluik.disk.templates import MOST_BYTES, read_templates
from tweeluik.paper.folder import NotFilled, fill
from tweeluik.problems import SourceHasProblems
from tweeluik.public import sandbox
from tweeluik.public.rendering import Renderer, Shell
from tweeluik.public.site import render_site
from tweeluik.public.templates import Compiled, Templates

SHELL = Shell("index.html", "Titel", "Beschrijving")


def told(failure: pytest.ExceptionInfo[SourceHasProblems]) -> str:
    (problem,) = failure.value.problems
    return str(problem).removesuffix(" (compare it with the one that came with Tweeluik)")


def render(text: str, **others: str) -> str:
    """What is told of a wrong template."""
    texts = {"fout.html": text, **{name.replace("_", "."): other for name, other in others.items()}}
    with pytest.raises(SourceHasProblems) as failure:
        Renderer(Templates("sjablonen", texts)).page("fout.html", SHELL, secret="Zeldzaam")
    assert "Zeldzaam" not in str(failure.value.problems)
    assert failure.value.__suppress_context__
    return told(failure)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\n\n{{ page.titel }}", "sjablonen/fout.html:3:1: asks for a name that is not there"),
        ("\n{{ niets }}", "sjablonen/fout.html:2:1: asks for a name that is not there"),
        ("\n{{ niets.iets }}", "sjablonen/fout.html:2:1: asks for a name that is not there"),
        ("a\n{% endfor %}", "sjablonen/fout.html:2:1: not as a template is written: a spelling error"),
        ("{{ page.title", "sjablonen/fout.html:1:1: not as a template is written: a spelling error"),
        ("{{ page|wat }}", "sjablonen/fout.html:1:1: not as a template is written: a spelling error"),
        ("\n{% include 'weg.html' %}", "sjablonen/fout.html:2:1: asks for a template that is not there"),
        ("{% include '../../etc/passwd' %}", "sjablonen/fout.html:1:1: asks for a template that is not there"),
        ("{{ 1 // 0 }}", "sjablonen/fout.html:1:1: cannot be worked out"),
        ("{{ secret|int(secret) + 1 }}", "sjablonen/fout.html:1:1: cannot be worked out"),
        ("{{ secret|day }}", "sjablonen/fout.html:1:1: cannot be worked out"),
        ("{{ range(10**9)|length }}", "sjablonen/fout.html:1:1: cannot be worked out"),
        ("{{ page.__class__.__mro__ }}", "sjablonen/fout.html:1:1: asks for what a template may not reach"),
        (
            "{{ ('{0.__class__}').format(page) }}",
            "sjablonen/fout.html:1:1: asks for what a template may not reach",
        ),
    ],
)
def test_a_mistake_in_a_template_is_told_by_its_line(text: str, what: str) -> None:
    assert render(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "{{ [1].index(1) }}{{ [2].append(1) }}",
        "{{ {}.keys() }}{{ {}.clear() }}",
        "{{ page.path }}{{ page.__init__ }}",
        "{{ {}.pop }}",
        "{% set a = namespace(b=1) %}{{ a.b }}{{ [].pop }}{{ {}.update({}) }}",
    ],
)
def test_what_may_be_reached_of_a_value_opens_nothing_else_of_it(text: str) -> None:
    for _ in range(2):
        assert render(f"{text}{text}") == "sjablonen/fout.html:1:1: asks for what a template may not reach"


MUCH = "does more than any page needs: a loop or a text without end"
LARGE = "{% set a = range(999)|list %}"
ENDLESS = {
    "a loop in a loop": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "a loop that passes over everything": LARGE + "{% for i in a %}{% for j in a if j < 0 %}{% endfor %}{% endfor %}",
    "a loop that begins itself": LARGE
    + "{% for i in a recursive %}{% if loop.depth < 3 %}{{ loop(a) }}{% endif %}{% endfor %}",
    "a power": "{{ 9 ** (9 ** 9) }}",
    "squares": "{% set n = namespace(a=9) %}{% for i in range(60) %}{% set n.a = n.a * n.a %}{% endfor %}",
    "a text many times": "{{ 'x' * 10 ** 12 }}",
    "many times a text": "{{ 10 ** 12 * 'x' }}",
    "a list many times": "{{ ([0] * 10 ** 12)|length }}",
    "doubling": "{% set n = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
    "doubling by a sum": "{% set n = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "doubling what is written": "{% set a = 'xxxxxxxx' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
    "lists in lists": "{% set n = namespace(a=1) %}{% for i in range(60) %}{% set n.a = (n.a, n.a) %}{% endfor %}{{ n.a }}",
    "a large list each time": LARGE + "{% for i in a %}{% set b = a|max %}{% endfor %}",
    "a method": "{% for i in range(99999) %}{% set b = 'x'.ljust(10 ** 7) %}{% endfor %}",
    "a filter": "{% for i in range(99999) %}{% set b = 'x'|center(10 ** 7) %}{% endfor %}",
    "more memory than there is": "{{ (1).to_bytes(10 ** 17, 'big') }}",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_template_that_would_never_end_is_told_by_its_line(text: str) -> None:
    with mock.patch.object(sandbox, "MOST_STEPS", 20_000):
        assert render(f"\n{text}") == f"sjablonen/fout.html:2:1: {MUCH}"


TWICE = {
    "macros": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(40) }}",
    "templates": "{% set l = (l is defined and l[1:]) or range(40)|list %}{% if l|length > 1 %}"
    + "{% include 'fout.html' %}" * 2 + "{% endif %}",
}  # fmt: skip


@pytest.mark.parametrize("text", TWICE.values(), ids=TWICE)
def test_what_asks_twice_for_itself_ends(text: str) -> None:
    with mock.patch.object(sandbox, "MOST_STEPS", 20_000):
        assert render(text) == f"sjablonen/fout.html:1:1: {MUCH}"


def test_what_one_file_may_do_the_next_may_do_again_and_it_stops_at_the_same_turn() -> None:
    """It is counted and not timed."""
    texts = {"a": "{% for i in range(many) %}{% if not loop.last %},{% endif %}{{ i }}{% endfor %}"}
    renderer = Renderer(Templates("sjablonen", texts))

    def ends(many: int) -> bool:
        try:
            return renderer.file("a", many=many).count(b",") == many - 1
        except SourceHasProblems:
            return False

    with mock.patch.object(sandbox, "MOST_STEPS", 1_000):
        assert [ends(many) for many in (332, 333, 334, 335)] * 2 == [ends(many) for many in (332, 333, 334, 335) * 2]
        assert (ends(333), ends(334)) == (True, False)


def test_nothing_in_a_template_says_something_else_each_time() -> None:
    assert render("{{ [1, 2]|random }}") == "sjablonen/fout.html:1:1: not as a template is written: a spelling error"
    assert render("{{ lipsum() }}") == "sjablonen/fout.html:1:1: asks for a name that is not there"
    for where in ("page.__repr__", "''.upper", "[1]|map('upper')", "[texts.as_of]", "range(3).index", "cycler"):
        assert render(f"{{{{ {where} }}}}") == "sjablonen/fout.html:1:1: asks for what a template may not reach"


def test_the_line_is_that_of_the_template_that_has_the_mistake() -> None:
    assert render("{% include 'deel.html' %}", deel_html="\n{{ niets }}").startswith("sjablonen/deel.html:2:1: ")
    assert render("{% include 'deel.html' %}", deel_html="\n\n{% if %}").startswith("sjablonen/deel.html:3:1: ")


@pytest.mark.parametrize(
    "name", ["home.html", "macros.html", "annex.typ", "theme/theme.toml", "theme/logo.svg", "tables.js"]
)
def test_a_template_that_is_missing_is_named(name: str) -> None:
    texts = {each: text for each, text in PUBLIC.texts.items() if each != name}
    with pytest.raises(SourceHasProblems) as failure:
        render_site(a_publication(), Templates("sjablonen", texts))
    assert "is not there" in told(failure)


def test_hidden_files_are_no_templates_and_those_in_folders_are(tmp_path: Path) -> None:
    (tmp_path / "delen").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("a.html", "delen/b.html", ".a.html.swp", ".git/config"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    assert read_templates(tmp_path) == {"a.html": "a", "delen/b.html": "a"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_plain_text_is_refused_all_at_once_and_waited_for_never(tmp_path: Path) -> None:
    (tmp_path / "goed.html").write_text("a", encoding="utf-8")
    (tmp_path / "groot.html").write_bytes(b"a" * (MOST_BYTES + 1))
    (tmp_path / "oud.html").write_bytes("à".encode("latin-1"))
    (tmp_path / "elders.html").symlink_to(tmp_path / "goed.html")
    (tmp_path / "map").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pijp.html")
    with pytest.raises(SourceHasProblems) as failure:
        read_templates(tmp_path)
    found = {Path(each.place.file).name: each.what for each in failure.value.problems}
    assert found == {
        "groot.html": "too large for a template",
        "oud.html": "not text in UTF-8",
        "elders.html": "not a plain file",
        "map": "not a plain file",
        "pijp.html": "not a plain file",
    }


@pytest.mark.parametrize("places", [once.ONCE, once.AFRESH], ids=["as tests do", "as the program does"])
def test_a_template_is_compiled_once_as_long_as_its_text_is_the_same(places: once.Places) -> None:
    compiled: Compiled = {}

    def made(text: str, folder: str) -> bytes:
        return Renderer(Templates(folder, {"a": text}, compiled)).file("a", number=len(compiled))

    name = f"{__name__} {places is once.ONCE}"
    with (
        once.put(places),
        mock.patch.object(Environment, "compile", autospec=True, side_effect=Environment.compile) as compiles,
    ):
        assert made(f"{name} {{{{ number }}}}", "een") == f"{name} 0".encode()
        assert made(f"{name} {{{{ number }}}}", "een") == f"{name} 1".encode()
        assert compiles.call_count == 1
        assert made("Anders.", "een") == b"Anders."
        assert compiles.call_count == 2


def test_a_template_that_was_compiled_for_another_folder_is_blamed_by_its_own() -> None:
    for folder in ("een", "twee", "een"):
        with pytest.raises(SourceHasProblems) as failure:
            Renderer(Templates(folder, {"a": "{% if 1 %}\n{{ geen.van.beide }}{% endif %}"})).file("a")
        assert told(failure) == f"{folder}/a:2:1: asks for a name that is not there"


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ words.append(1) }}",
        "{{ niets }}",
        "{{ 1 // 0 }}",
        "{{ words + 1 }}",
        "{{ 'a'|int(words) + 1 }}",
        "{% include 'een.txt' %}",
        "{{ '%d' % words }}",
    ],
)
def test_a_template_of_papers_and_reviewers_runs_no_program_and_says_nothing_of_what_it_was_given(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "een.txt").write_text(text, encoding="utf-8")
    with pytest.raises(NotFilled) as failure:
        fill(tmp_path, "een.txt", {"words": ["Zeldzaam"]}, seen={}, is_markup=False)
    assert (str(failure.value), failure.value.__suppress_context__) == ("", True)
